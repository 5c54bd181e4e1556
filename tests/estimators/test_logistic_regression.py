"""LogisticRegression as its users meet it."""

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.linear_model import LogisticRegression as Peer
from sklearn.metrics import log_loss
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

import groundup as gu
from groundup.estimators.logistic_regression import LogisticRegression
from groundup.solve.schedules import Cosine


def rows(seed=0, n=80, d=3, K=2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * 2 + 1
    y = (X @ rng.normal(size=(d, K)) * 0.5 + rng.gumbel(size=(n, K))).argmax(axis=1)
    y[:K] = np.arange(K)
    return X, y


def has_minimum(model):
    return model.reason_.startswith("converged")


@pytest.mark.parametrize(
    "estimator",
    [
        LogisticRegression(),
        LogisticRegression(multiclass="one-vs-rest"),
        LogisticRegression(solver="gradient_descent", epochs=2000),
        LogisticRegression(l2=0.1, class_weight=None),
    ],
    ids=str,
)
def test_scikit_learn_s_manners(estimator):
    """All of scikit-learn's checks, with no expected failures."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the checks fit rows that are separable, or a single class
        done = check_estimator(estimator, on_skip=None)
    assert len(done) > 50
    assert {result["status"] for result in done} <= {"passed", "skipped"}


class TestLaws:
    @given(seed=st.integers(0, 10**6), K=st.sampled_from([2, 3]))
    @settings(max_examples=25, deadline=None)
    def test_mean_chance_is_the_share_of_the_class(self, seed, K):
        """The slope along the bias is mean(p) - mean(y). Kills: a penalised bias, an early stop."""
        X, y = rows(seed, K=K)
        for l2 in (0.0, 0.3):
            model = LogisticRegression(l2=l2).fit(X, y)
            if has_minimum(model):
                shares = model.predict_proba(X).mean(axis=0) - np.bincount(y) / len(y)
                assert np.abs(shares).max() < 1e-10

    @given(seed=st.integers(0, 10**6), K=st.sampled_from([2, 3]), times=st.integers(2, 4))
    @settings(max_examples=20, deadline=None)
    def test_a_weight_is_so_many_copies(self, seed, K, times):
        X, y = rows(seed, K=K)
        w = np.random.default_rng(seed).integers(0, times + 1, len(X))
        w[:K] = 1
        weighted = quiet(LogisticRegression(l2=0.01)).fit(X, y, w)
        copied = quiet(LogisticRegression(l2=0.01)).fit(np.repeat(X, w, axis=0), np.repeat(y, w))
        np.testing.assert_allclose(weighted.coef_, copied.coef_, rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(weighted.intercept_, copied.intercept_, rtol=1e-9, atol=1e-11)

    @given(seed=st.integers(0, 10**6), K=st.sampled_from([2, 3]))
    @settings(max_examples=20, deadline=None)
    def test_order_shift_and_scale_change_nothing_they_should_not(self, seed, K):
        X, y = rows(seed, K=K)
        rng = np.random.default_rng(seed)
        plain = quiet(LogisticRegression()).fit(X, y)
        if not has_minimum(plain):
            return
        order = rng.permutation(len(X))
        scale, shift = 10.0 ** rng.integers(-6, 7, X.shape[1]), rng.normal(size=X.shape[1]) * 100
        moved = LogisticRegression().fit((X * scale + shift * scale)[order], y[order])
        np.testing.assert_allclose(moved.coef_ * scale, plain.coef_, rtol=1e-8, atol=1e-9)
        np.testing.assert_allclose(
            moved.predict_proba(X * scale + shift * scale), plain.predict_proba(X), rtol=1e-8, atol=1e-10
        )

    @given(seed=st.integers(0, 10**6))
    @settings(max_examples=20, deadline=None)
    def test_names_of_classes_change_nothing(self, seed):
        X, y = rows(seed, K=3)
        plain = quiet(LogisticRegression()).fit(X, y)
        named = quiet(LogisticRegression()).fit(X, np.array(["ant", "bee", "cow"])[y])
        assert np.array_equal(plain.coef_, named.coef_)
        assert named.classes_.tolist() == ["ant", "bee", "cow"]
        assert np.array_equal(np.array(["ant", "bee", "cow"])[plain.predict(X)], named.predict(X))

    def test_softmax_of_two_classes_is_logistic(self):
        """With a third class that nobody can be, and scores 0 and z: the difference of the rows is the weight."""
        from groundup.data.blocks import ArrayBlocks
        from groundup.formulas.losses import CrossEntropy
        from groundup.models.affine import Affine
        from groundup.models.likelihood import likeliest
        from groundup.models.objective import Cost, Objective

        X, y = rows(K=2)
        model = LogisticRegression().fit(X, y)
        cost = Cost(Affine(3, 2), CrossEntropy())
        both = likeliest(Objective(cost, ArrayBlocks(X, np.eye(2)[y])))
        np.testing.assert_allclose(both.W[:, 1] - both.W[:, 0], model.coef_[0], rtol=1e-11)
        np.testing.assert_allclose(both.W.sum(axis=1), 0, atol=1e-14)

    def test_one_vs_rest_is_each_class_alone(self):
        X, y = rows(K=3, n=200)
        whole = LogisticRegression(multiclass="one-vs-rest").fit(X, y)
        for k in range(3):
            alone = LogisticRegression().fit(X, y == k)
            np.testing.assert_allclose(whole.coef_[k], alone.coef_[0], rtol=1e-12)
        np.testing.assert_allclose(whole.predict_proba(X).sum(axis=1), 1, rtol=1e-14)

    def test_balanced_gives_each_class_the_same_weight(self):
        X, y = rows(n=200)
        keep = (y == 0) | (np.arange(200) % 4 == 0)
        X, y = X[keep], y[keep]
        model = LogisticRegression(class_weight="balanced").fit(X, y)
        p = model.predict_proba(X)[:, 1]
        assert np.mean(p[y == 1]) + np.mean(p[y == 0]) == pytest.approx(1, abs=1e-9)
        share = np.bincount(y)
        named = LogisticRegression(class_weight={0: len(y) / 2 / share[0], 1: len(y) / 2 / share[1]}).fit(X, y)
        np.testing.assert_allclose(model.coef_, named.coef_, rtol=1e-10)

    def test_several_labels_are_several_models(self):
        X, y = rows(n=100)
        other = np.random.default_rng(1).integers(0, 2, 100)
        model = LogisticRegression().fit(X, np.column_stack([y, other]))
        alone = LogisticRegression().fit(X, other)
        np.testing.assert_allclose(model.predict_proba(X)[:, 1], alone.predict_proba(X)[:, 1], rtol=1e-12)
        assert model.predict(X).shape == (100, 2)
        assert np.array_equal(model.predict(X)[:, 1], alone.predict(X))
        np.testing.assert_array_equal(model.predict(X, threshold=0.0), 1)


def quiet(model):
    """A twin of the model whose fit does not warn: random rows may be separable."""

    class Quiet(type(model)):
        def fit(self, *arguments, **more):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", gu.NotConvergedWarning)
                return super().fit(*arguments, **more)

    model.__class__ = Quiet
    return model


SETS = {
    "breast cancer": load_breast_cancer(return_X_y=True),
    "iris": load_iris(return_X_y=True),
    "wine": load_wine(return_X_y=True),
    "digits": tuple(part[:600] for part in load_digits(return_X_y=True)),
    "penguins": (gu.examples.penguins().X, gu.examples.penguins().y),
}


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("l2", [1e-3, 1e-1])
def test_the_same_optimum_as_the_peer_and_no_worse_on_rows_not_seen(name, l2):
    """To 1e-12 in the objective and 1e-8 in every probability, and in held-out log loss at the same penalty."""
    X, y = SETS[name]
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0, stratify=y)
    scaler = StandardScaler().fit(X_train)
    X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)
    n = len(X_train)
    ours = LogisticRegression(l2=l2).fit(X_train, y_train)
    peer = Peer(C=1 / (l2 * n), tol=1e-10, max_iter=20_000, solver="newton-cg").fit(X_train, y_train)

    def objective(model):
        loss = log_loss(y_train, model.predict_proba(X_train), labels=model.classes_)
        return loss + l2 / 2 * np.sum(model.coef_**2)

    assert has_minimum(ours)
    np.testing.assert_allclose(objective(ours), objective(peer), rtol=1e-12)
    np.testing.assert_allclose(ours.predict_proba(X_train), peer.predict_proba(X_train), rtol=0, atol=1e-8)
    ours_out = log_loss(y_test, ours.predict_proba(X_test), labels=ours.classes_)
    assert ours_out <= log_loss(y_test, peer.predict_proba(X_test), labels=peer.classes_) * (1 + 1e-4)
    assert (ours.predict(X_test) == y_test).mean() > 0.8


@pytest.mark.parametrize("K", [2, 3])
def test_descent_and_newton_end_in_one_place(K):
    X, y = rows(K=K, n=150)
    newton = LogisticRegression().fit(X, y)
    descent = LogisticRegression(solver="gradient_descent", epochs=100_000, tolerance=1e-10).fit(X, y)
    assert descent.reason_.startswith("converged")
    np.testing.assert_allclose(descent.coef_, newton.coef_, rtol=1e-6, atol=1e-8)
    assert (np.diff(descent.history_["loss"]) <= 1e-15).all()  # the safe rate never goes up


@pytest.mark.parametrize("multiclass", ["softmax", "one-vs-rest"])
def test_the_safe_rate_is_safe_and_not_timid(multiclass):
    """Kills: a rate that forgets the number of classes. Twice the safe rate and more must be able to go wrong."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(60, 2)) * 30, rng.integers(0, 5, 60)
    model = LogisticRegression(solver="gradient_descent", multiclass=multiclass, epochs=300, tolerance=0).fit(X, y)
    assert (np.diff(model.history_["loss"]) <= 1e-15).all()


class TestTraining:
    def test_newton_can_be_watched(self):
        X, y = rows()
        training = LogisticRegression(solver="newton").training(X, y)
        losses = [state.loss for state in training]
        assert 4 < len(losses) < 12
        assert losses == sorted(losses, reverse=True)
        np.testing.assert_allclose(training.weights, LogisticRegression().fit(X, y).coef_[0], rtol=1e-9)
        assert has_minimum(training.finish())

    def test_mini_batches_count_their_updates(self):
        X, y = rows(n=50)
        training = LogisticRegression(batch_size=8, epochs=3, random_state=0, tolerance=0).training(X, y)
        assert sum(1 for _ in training) == 3 * 7 + 1

    def test_history_of_several_models_says_whose_line_it_is(self):
        X, y = rows(K=3, n=200)
        model = LogisticRegression(multiclass="one-vs-rest").fit(X, y)
        assert set(model.history_["output"]) == {0, 1, 2}

    def test_warm_start_goes_on(self):
        X, y = rows()
        model = LogisticRegression(warm_start=True).fit(X, y)
        assert model.fit(X, y).n_iter_ <= 2
        with pytest.raises(gu.InputError, match="warm_start"):
            model.fit(X[:, :2], y)

    def test_partial_fit_learns_batch_by_batch(self):
        X, y = rows(n=400)
        model = LogisticRegression(solver="gradient_descent", learning_rate=0.1)
        for _ in range(60):
            for part in np.array_split(np.arange(400), 8):
                model.partial_fit(X[part], y[part], classes=[0, 1])
        best = LogisticRegression().fit(X, y)
        assert log_loss(y, model.predict_proba(X)) < log_loss(y, best.predict_proba(X)) * 1.01

    def test_partial_fit_knows_classes_that_have_not_come_yet(self):
        X, y = rows(n=30, K=3)
        model = LogisticRegression().partial_fit(X[y < 2], y[y < 2], classes=[0, 1, 2])
        assert model.predict_proba(X).shape == (30, 3)
        model.partial_fit(X[y == 2], y[y == 2])
        with pytest.raises(gu.InputError, match="row 0"):
            model.partial_fit(X[:1], [7])
        with pytest.raises(gu.InputError, match="first call"):
            model.partial_fit(X, y, classes=[0, 1])


class TestAnswers:
    def test_threshold(self):
        X, y = rows()
        model = LogisticRegression().fit(X, y)
        p = model.predict_proba(X)[:, 1]
        assert np.array_equal(model.predict(X, threshold=0.8) == 1, p >= 0.8)
        assert (model.predict(X, threshold=0) == 1).all()
        assert (model.predict(X, threshold=1) == 0).all()
        for wrong in (1.5, -0.1, float("nan")):
            with pytest.raises(gu.InputError, match="between 0 and 1"):
                model.predict(X, threshold=wrong)
        with pytest.raises(gu.InputError, match="3 classes"):
            quiet(LogisticRegression()).fit(*rows(K=3)).predict(X, threshold=0.3)

    @pytest.mark.parametrize(
        "labels", [["no", "yes"], [False, True], [3, 7], [-1.0, 1.0], np.array(["a", "b"], dtype=object)], ids=repr
    )
    def test_labels_of_any_type(self, labels):
        X, y = rows()
        labels = np.asarray(labels)
        model = LogisticRegression().fit(X, labels[y])
        assert model.classes_.tolist() == labels.tolist()
        assert set(model.predict(X).tolist()) <= set(labels.tolist())
        assert model.score(X, labels[y]) > 0.6

    def test_far_scores_overflow_nothing(self):
        model = LogisticRegression().fit(*rows())
        far = np.array([[1e300, 0, 0], [-1e300, 0, 0]])
        assert np.isfinite(model.predict_proba(far)).all()
        assert np.isneginf(model.predict_log_proba(far)).sum() == 2

    def test_errors_say_what_to_do(self):
        X, y = rows()
        with pytest.raises(gu.UnknownNameError, match="one-vs-rest"):
            LogisticRegression(multiclass="ovr").fit(X, y)
        with pytest.raises(gu.UnknownNameError, match="newton"):
            LogisticRegression(solver="newtom").fit(X, y)
        with pytest.raises(gu.InputError, match="mapping"):
            LogisticRegression(class_weight=3).fit(X, y)
        with pytest.raises(gu.InputError, match="class_weight"):
            LogisticRegression(class_weight={5: 1.0}).fit(X, y)
        with pytest.raises(gu.InputError, match="0 and 1"):
            LogisticRegression().fit(X, np.column_stack([y, y + 1]))
        with pytest.raises(gu.InputError, match="continuous"):
            LogisticRegression().fit(X, y + 0.5)

    def test_in_scikit_learn_s_tools(self):
        X, y = rows(n=120)
        search = GridSearchCV(
            make_pipeline(StandardScaler(), LogisticRegression()), {"logisticregression__l2": [0, 0.1]}
        )
        assert search.fit(X, y).best_score_ > 0.5
        model = LogisticRegression(l2=0.5).fit(X, y)
        assert clone(model).l2 == 0.5
        assert np.array_equal(pickle.loads(pickle.dumps(model)).predict_proba(X), model.predict_proba(X))


class TestSeparation:
    def test_a_feature_is_named(self):
        frame = pd.DataFrame({"age": [20.0, 30, 40, 50], "income": [1.0, 3, 2, 4]})
        with pytest.warns(gu.NotConvergedWarning) as caught:
            model = LogisticRegression().fit(frame, ["young", "young", "old", "old"])
        assert "age alone" in model.reason_
        assert "'young'" in model.reason_
        assert str(caught[0].message) == model.reason_
        assert caught[0].filename == __file__

    def test_a_penalty_or_an_early_stop_is_no_separation(self):
        X, y = np.arange(6.0)[:, None], np.array([0, 0, 0, 1, 1, 1])
        assert has_minimum(LogisticRegression(l2=0.01).fit(X, y))

    def test_a_class_with_one_row_is_mentioned(self):
        X = np.array([[0.0, 1], [1, 0], [2, 1], [3, 0], [1.5, 9]])
        with pytest.warns(gu.NotConvergedWarning, match="one row only"):
            LogisticRegression().fit(X, [0, 0, 0, 0, 1])

    def test_one_class(self):
        with pytest.warns(gu.NotConvergedWarning, match="only one class came, 'a'"):
            model = LogisticRegression().fit([[1.0], [2.0]], ["a", "a"])
        assert model.predict([[5.0]]).tolist() == ["a"]
        assert model.predict_proba([[5.0]]).tolist() == [[1.0]]
        assert np.isfinite(model.intercept_).all()

    def test_columns_that_say_nothing_new_are_named(self):
        X, y = rows(n=100)
        frame = pd.DataFrame({"a": X[:, 0], "seven": 7.0, "b": X[:, 1], "twice a": 2 * X[:, 0]})
        model = LogisticRegression().fit(frame, y)
        assert "rank 2 of 4: seven, twice a" in model.reason_
        assert abs(model.coef_[0, 1]) < 1e-12
        assert model.coef_[0, 3] == pytest.approx(2 * model.coef_[0, 0], rel=1e-10)

    def test_no_false_convergence_on_many_rows(self, monkeypatch):
        """The way for many rows, on rows that are separable."""
        import groundup.models.large as large

        monkeypatch.setattr(large, "KEPT_NUMBERS", 1000)
        rng = np.random.default_rng(0)
        X = rng.normal(size=(3000, 3))
        with pytest.warns(gu.NotConvergedWarning, match="classes are separated"):
            LogisticRegression().fit(X, X[:, 0] + X[:, 1] > 0)


@pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
def test_newton_takes_a_schedule_by_its_name():
    """Kills: the name itself called as a function."""
    X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), [0, 1, 0, 1]
    names = gu.LogisticRegression(solver="newton", schedule="cosine", epochs=4, tolerance=0).fit(X, y)
    same = gu.LogisticRegression(solver="newton", schedule=Cosine(4), epochs=4, tolerance=0).fit(X, y)
    np.testing.assert_array_equal(names.coef_, same.coef_)


class TestSmallSlopesWithoutAMinimum:
    """Descent said "converged" where classes are separated in part: the slope goes to 0, the weights on for ever."""

    SETTINGS = (
        {"solver": "gradient_descent", "epochs": 20_000, "tolerance": 1e-3},
        {"solver": "lbfgs"},
        {"solver": "nesterov", "epochs": 10_000, "tolerance": 1e-3},
        {"solver": "lbfgs", "multiclass": "one-vs-rest"},
    )

    @pytest.mark.parametrize("settings", SETTINGS)
    @pytest.mark.parametrize("kind", ["dummy", "shared value", "softmax"])
    @pytest.mark.parametrize("sparse", [False, True])
    def test_separated_in_part(self, settings, kind, sparse):
        rng = np.random.default_rng(0)
        X = np.column_stack([rng.normal(size=60), np.arange(60) < 5.0])
        y = (X[:, 0] + rng.logistic(size=60) > 0).astype(int)
        y[:5] = 1
        if kind == "shared value":
            X, y = np.array([[1.0], [2.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])
        if kind == "softmax":
            y = np.where(np.arange(60) < 5, 2, rng.integers(0, 3, 60))
        if sparse:
            X = pytest.importorskip("scipy.sparse").csr_array(X)
        with pytest.warns(gu.NotConvergedWarning, match="separated"):
            model = gu.LogisticRegression(**settings).fit(X, y)
        assert model.reason_.startswith("not converged: the gradient's norm fell from")

    @pytest.mark.parametrize("settings", SETTINGS)
    def test_where_there_is_a_minimum_it_is_said(self, settings):
        rng = np.random.default_rng(0)
        X = rng.normal(size=(90, 2))
        y = (X @ rng.normal(size=(2, 3)) + rng.gumbel(size=(90, 3))).argmax(axis=1)
        assert gu.LogisticRegression(**settings).fit(X, y).reason_.startswith("converged")
