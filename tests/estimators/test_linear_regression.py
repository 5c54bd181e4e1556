"""LinearRegression as its users meet it."""

import json
import math
import subprocess
import sys
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.linear_model import ElasticNet, GammaRegressor, PoissonRegressor, Ridge
from sklearn.linear_model import LinearRegression as Peer
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

import groundup as gu
from groundup.formulas import losses

CARS, FLIGHTS = gu.examples.cars(), gu.examples.flights()


def rows(seed=0, n=40, d=3, outputs=None):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * 2 + 1
    return X, rng.normal(size=n if outputs is None else (n, outputs)) + X[:, :1].squeeze() if outputs is None else (
        rng.normal(size=(n, outputs)) + X[:, :1]
    )


MANNERED = [
    gu.LinearRegression(),
    gu.LinearRegression("mae", solver="gradient_descent", learning_rate=0.05, epochs=50),
    gu.LinearRegression(solver="gradient_descent", batch_size=8, epochs=20, random_state=0),
    gu.LinearRegression("huber", solver="gradient_descent", l2=0.1),
]


# One batch is another sum than three batches, so a stochastic fit on repeated rows takes another path.
STOCHASTIC = {
    f"check_sample_weight_equivalence_on_{kind}_data": "batches of weighted and of repeated rows differ"
    for kind in ("dense", "sparse")
}


@pytest.mark.parametrize("estimator", MANNERED, ids=repr)
@pytest.mark.filterwarnings("ignore::UserWarning")  # the checks train for few epochs, and duck typing is intended
def test_scikit_learn_s_manners(estimator):
    """All of scikit-learn's checks, with no expected failures."""
    expected = STOCHASTIC if estimator.batch_size else {}
    results = check_estimator(estimator, on_fail=None, expected_failed_checks=expected)
    failed = [f"{r['check_name']}: {r['exception']}" for r in results if r["status"] == "failed"]
    assert not failed, failed
    assert sum(r["status"] == "passed" for r in results) > 40


class TestAnswers:
    def test_the_cars(self):
        model = gu.LinearRegression().fit(CARS.X, CARS.y)
        loss = gu.formulas.losses.mse(CARS.y, model.predict(CARS.X))
        assert round(float(loss), 3) == 1.470
        assert model.gap_ == 0

    def test_descent_and_closed_form_agree_on_the_flights(self):
        """To 1e-8 relative, run to convergence on thousands of miles; raw miles would take ten million updates."""
        X, y = FLIGHTS.X[:, :1] / 1000, FLIGHTS.y
        exact = gu.LinearRegression().fit(X, y)
        descent = gu.LinearRegression(solver="gradient_descent", epochs=5000, tolerance=1e-13).fit(X, y)
        assert descent.reason_.startswith("converged")
        np.testing.assert_allclose(descent.coef_, exact.coef_, rtol=1e-8)
        np.testing.assert_allclose(descent.intercept_, exact.intercept_, rtol=1e-8)

    @given(
        seed=st.integers(0, 10**6),
        intercept=st.booleans(),
        weighted=st.booleans(),
        outputs=st.sampled_from([None, 1, 3]),
    )
    @settings(max_examples=40, deadline=None)
    def test_equals_the_peer(self, seed, intercept, weighted, outputs):
        X, y = rows(seed, outputs=outputs)
        w = np.random.default_rng(seed).integers(1, 5, len(X)).astype(float) if weighted else None
        ours = gu.LinearRegression(fit_intercept=intercept).fit(X, y, sample_weight=w)
        peer = Peer(fit_intercept=intercept).fit(X, y, sample_weight=w)
        assert ours.coef_.shape == peer.coef_.shape
        np.testing.assert_allclose(ours.coef_, peer.coef_, rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(ours.intercept_, peer.intercept_, rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(ours.predict(X), peer.predict(X), rtol=1e-9, atol=1e-11)
        assert ours.score(X, y, w) == pytest.approx(peer.score(X, y, w), rel=1e-10)

    @pytest.mark.parametrize("l2", [1e-12, 0.25, 4096.0])
    def test_ridge_has_every_digit(self, l2):
        """Kills: a ridge from the singular values alone, whose small coefficients end after 12 digits."""
        rng = np.random.default_rng(0)
        X, y = rng.normal(size=(12, 3)) * [1.0, 256.0, 2.0**-10], rng.normal(size=12) + 3
        model = gu.LinearRegression("l2", l2=2 * l2).fit(X, y)
        Z = [[Fraction(1), *map(Fraction, row)] for row in X.tolist()]
        b = [Fraction(float(v)) for v in (model.intercept_, *model.coef_)]
        left = [
            Fraction(v) - sum(c * z for c, z in zip(b, row, strict=True)) for v, row in zip(y.tolist(), Z, strict=True)
        ]
        slope = [
            sum(r * row[j] for r, row in zip(left, Z, strict=True)) - (Fraction(l2) * b[j] if j else 0)
            for j in range(4)
        ]
        A = np.array([[float(sum(r[i] * r[j] for r in Z)) for j in range(4)] for i in range(4)]) + np.diag(
            [0, l2, l2, l2]
        )
        off = np.linalg.solve(A, np.array(slope, dtype=float))
        np.testing.assert_array_less(np.abs(off), 4e-16 * np.abs(np.array(b, dtype=float)))

    @pytest.mark.parametrize("scale", [1.0, 1e6])
    @pytest.mark.parametrize("loss", ["log_cosh", "pseudo_huber"])
    def test_labels_far_from_the_start(self, loss, scale):
        """Minutes in the air or microseconds: at weight 0 log cosh has no curvature. Kills: weight 0 as the answer."""
        y = scale * FLIGHTS.y
        model = gu.LinearRegression(loss).fit(FLIGHTS.X, y)
        r = model.predict(FLIGHTS.X) - y
        pull = np.tanh(r) if loss == "log_cosh" else r / np.hypot(1, r)
        assert abs(pull.mean()) < 1e-6
        assert abs(pull @ FLIGHTS.X[:, 0]) < 1e-6 * (np.abs(pull) @ FLIGHTS.X[:, 0])
        assert "converged" in model.reason_

    @pytest.mark.parametrize("loss", ["poisson", "gamma", "tweedie", "log_cosh", "half_squared"])
    @pytest.mark.parametrize("l2", [0.0, 0.01])
    def test_l1_under_a_bent_loss(self, loss, l2):
        """The conditions of the minimum to 9 digits, on columns of sizes 0.01 to 100. Kills: a thousand epochs that end
        on the way, as they did, or after one step beyond all bounds."""
        rng = np.random.default_rng(0)
        X = rng.normal(size=(60, 4)) * [0.01, 1.0, 10.0, 100.0]
        y = rng.gamma(2, np.exp(X[:, 1] + 1))
        model = gu.LinearRegression(loss, l1=0.05, l2=l2).fit(X, y)
        z = X @ model.coef_ + model.intercept_
        g = losses.NAMES[loss].gradient(z, y)
        slope, b = X.T @ g / 60 + l2 * model.coef_, model.coef_
        off = np.where(b == 0, np.maximum(np.abs(slope) - 0.05, 0), np.abs(slope + 0.05 * np.sign(b)))
        assert (off <= 1e-9 * (np.abs(X).T @ np.abs(g) / 60)).all()
        assert abs(g.sum()) <= 1e-9 * np.abs(g).sum()
        assert 0 < np.count_nonzero(b) < 4 or loss == "log_cosh"

    def test_a_direct_way_that_does_not_arrive_says_so(self):
        """Labels that a line separates have no best line under the logistic loss."""
        with pytest.warns(gu.NotConvergedWarning, match="separated"):
            gu.LinearRegression("logistic").fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
        within = gu.LinearRegression(losses.EpsilonInsensitive(5.0)).fit([[0.0], [1.0], [2.0]], [0.1, 1.0, 0.3])
        assert "proven optimal" in within.reason_  # every row within 5 of the start: a loss of 0, and no warning

    @pytest.mark.parametrize("loss", ["mse", "poisson", "huber"])
    @pytest.mark.parametrize("absent", [-9999.0, 1e200])
    def test_a_row_of_weight_0_is_no_row_whatever_it_holds(self, loss, absent):
        """Kills: a column of 1e200 that sets the scale of all rows, 0 x infinity in a sum of costs."""
        X, y = rows(5)
        w = np.tile([1.0, 2.0, 0.0, 0.5], 10)
        y, here = np.abs(y), w > 0
        junk = X.copy()
        junk[~here] = absent
        model = gu.LinearRegression(loss).fit(junk, y, w)
        without = gu.LinearRegression(loss).fit(X[here], y[here], w[here])
        np.testing.assert_array_equal(model.coef_, without.coef_)
        junk[~here] = np.nan
        with pytest.raises(gu.InputError, match="row 2"):
            gu.LinearRegression(loss).fit(junk, y, w)

    def test_a_batch_is_never_made_of_rows_of_weight_0(self):
        X, y = rows(6)
        w = np.tile([0.0, 1.0], 20)
        settings = {"solver": "gradient_descent", "batch_size": 1, "epochs": 2, "shuffle": False}
        model = gu.LinearRegression(**settings).fit(X, y, w)
        np.testing.assert_array_equal(model.coef_, gu.LinearRegression(**settings).fit(X[1::2], y[1::2]).coef_)

    @pytest.mark.parametrize("alpha", [0.1, 3.0, 100.0])
    def test_l2_is_ridge_in_other_units(self, alpha):
        """Kills: a penalised bias, a factor of n or 2."""
        X, y = rows()
        peer = Ridge(alpha, tol=1e-12).fit(X, y)
        for model in (gu.LinearRegression("l2", l2=2 * alpha), gu.LinearRegression(l2=2 * alpha / len(X))):
            np.testing.assert_allclose(model.fit(X, y).coef_, peer.coef_, rtol=1e-9)
            assert model.intercept_ == pytest.approx(peer.intercept_, rel=1e-9)

    @pytest.mark.parametrize("loss", ["mse", "l2", "rmse"])
    def test_a_sum_a_mean_and_a_root_have_one_minimum(self, loss):
        X, y = rows()
        exact = gu.LinearRegression().fit(X, y)
        model = gu.LinearRegression(loss, solver="gradient_descent", epochs=20_000, tolerance=1e-11).fit(X, y)
        np.testing.assert_allclose(model.coef_, exact.coef_, rtol=1e-8)

    def test_squares_are_pulled_to_an_outlier_and_absolute_values_are_not(self):
        """Ten rows on the line y = 2 x + 1; then one label is 100 too high."""
        x = np.arange(10.0)[:, None]
        y = 2 * x[:, 0] + 1
        y[9] += 100
        mse = gu.LinearRegression("mse").fit(x, y)
        assert mse.coef_[0] == pytest.approx(
            2 + 100 * 4.5 / 82.5, rel=1e-12
        )  # the pull: 100 (x - mean) / Σ (x - mean)²
        mae = gu.LinearRegression("mae").fit(x, y)
        assert mae.coef_[0] == pytest.approx(2, rel=1e-12)
        assert mae.intercept_ == pytest.approx(1, rel=1e-12)
        descent = gu.LinearRegression(
            "mae", solver="gradient_descent", epochs=40_000, schedule=lambda e: 1 / (1 + e / 400)
        )
        assert descent.fit(x, y).coef_[0] == pytest.approx(2, abs=0.01)

    @pytest.mark.parametrize("loss", ["mae", "l1", "huber", "quantile", "epsilon_insensitive"])
    @pytest.mark.parametrize("l2", [0.0, 0.2])
    def test_auto_is_the_exact_answer_where_there_is_one(self, loss, l2):
        """Kills: a penalty in the units of a sum used for a mean. No small step in any direction goes lower."""
        X, y = rows()
        model = gu.LinearRegression(loss, l2=l2).fit(X, y)
        objective = model.objective(X, y, None)
        best = objective.model.from_weights_and_bias(model.coef_, model.intercept_)
        least = objective.value(best)
        assert model.gap_ <= 1e-9 * least
        for direction in np.random.default_rng(0).normal(size=(50, len(best))):
            assert objective.value(best + 1e-3 * direction) >= least - 1e-12 * least

    @pytest.mark.parametrize("l2", [0.0, 0.5])
    @pytest.mark.parametrize("loss", ["mse", "l2"])
    def test_l1_is_the_lasso_with_exact_zeros(self, loss, l2):
        """scikit-learn's mean of half squares is half of ours. Kills: a penalty's scale, zeros that are only small."""
        X, y = rows(n=80, d=6)
        n = len(X) if loss == "l2" else 1
        model = gu.LinearRegression(loss, l1=0.4 * n, l2=l2 * n).fit(X, y)
        alpha, share = (0.4 + l2) / 2, 0.4 / (0.4 + l2)
        peer = ElasticNet(alpha, l1_ratio=share, tol=1e-14, max_iter=100_000).fit(X, y)
        np.testing.assert_allclose(model.coef_, peer.coef_, rtol=1e-8, atol=1e-12)
        assert model.intercept_ == pytest.approx(peer.intercept_, rel=1e-8)
        assert np.count_nonzero(model.coef_ == 0) == np.count_nonzero(peer.coef_ == 0) > 0

    @pytest.mark.parametrize(("loss", "Other"), [("poisson", PoissonRegressor), ("gamma", GammaRegressor)])
    @pytest.mark.parametrize("alpha", [0.0, 0.3])
    def test_counts_and_sizes_equal_the_peer(self, loss, Other, alpha):
        """A mean of losses and l2/2: the same units as scikit-learn's. Kills: a prediction left in the score."""
        rng = np.random.default_rng(4)
        X = rng.normal(size=(200, 3))
        y = rng.poisson(np.exp(X @ [0.1, 0.2, 0.3] + 1)) + 0.5
        ours = gu.LinearRegression(loss, l2=alpha).fit(X, y)
        peer = Other(alpha=alpha, tol=1e-11, max_iter=1000).fit(X, y)
        np.testing.assert_allclose(ours.coef_, peer.coef_, rtol=1e-6)
        np.testing.assert_allclose(ours.predict(X), peer.predict(X), rtol=1e-6)
        assert ours.reason_.startswith("converged")

    def test_warm_start_goes_on(self):
        model = gu.LinearRegression(
            solver="gradient_descent", learning_rate=0.01, epochs=10, tolerance=0, warm_start=True
        )
        with pytest.warns(gu.NotConvergedWarning):
            model.fit(CARS.X, CARS.y).fit(CARS.X, CARS.y)
        with pytest.warns(gu.NotConvergedWarning):
            once = clone(model).set_params(epochs=20).fit(CARS.X, CARS.y)
        np.testing.assert_allclose(model.coef_, once.coef_, rtol=1e-12)

    def test_float32_and_integers(self):
        X, y = rows()
        want = gu.LinearRegression().fit(X.astype(np.float32).astype(float), y)
        got = gu.LinearRegression().fit(X.astype(np.float32), y.astype(np.float32))
        np.testing.assert_allclose(got.coef_, want.coef_, rtol=1e-5)
        whole = np.arange(12).reshape(6, 2) % 5
        np.testing.assert_allclose(
            gu.LinearRegression().fit(whole, whole[:, 0]).coef_,
            gu.LinearRegression().fit(whole * 1.0, whole[:, 0]).coef_,
        )

    def test_inputs_are_never_changed(self):
        X, y = rows()
        w = np.ones(len(X))
        copies = X.copy(), y.copy(), w.copy()
        for a in (X, y, w):
            a.flags.writeable = False
        for solver in ("exact", "gradient_descent"):
            gu.LinearRegression(solver=solver, epochs=5, tolerance=0).fit(X, y, w).predict(
                X
            ) if solver == "exact" else (gu.LinearRegression(solver=solver, batch_size=7).fit(X, y, w).predict(X))
        assert all(np.array_equal(a, b) for a, b in zip((X, y, w), copies, strict=True))


class TestFrames:
    @pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
    def test_names(self, frame):
        table = frame({"distance": [1.0, 2.0, 4.0], "wind": [0.0, 1.0, 1.0]})
        model = gu.LinearRegression().fit(table, [1.0, 2.0, 3.5])
        assert list(model.feature_names_in_) == ["distance", "wind"]
        assert model.predict(table) == pytest.approx([1, 2, 3.5])
        with pytest.raises(ValueError, match="wind"):
            model.predict(frame({"distance": [1.0]}))

    def test_the_formula_has_the_names(self):
        model = gu.LinearRegression().fit(pd.DataFrame({"distance": [1.0, 2.0]}), [3.0, 5.0])
        assert "2 distance" in model._repr_html_()


class TestErrors:
    """One sentence: expected; came; what to do."""

    @pytest.mark.parametrize(
        ("settings", "words"),
        [
            ({"learning_rate": -1}, "learning_rate must be a finite number above 0; got -1"),
            ({"learning_rate": math.nan}, "learning_rate must be a finite number above 0; got nan"),
            ({"learning_rate": "sage"}, "'safe'"),
            ({"batch_size": 0}, "batch_size must be at least 1; got 0. Use None for all rows"),
            ({"batch_size": 2.5}, "batch_size must be a whole number"),
            ({"epochs": 0}, "epochs must be at least 1; got 0"),
            ({"solver": "gradient_decent"}, "Did you mean 'gradient_descent'"),
            ({"loss": "msee"}, "Did you mean 'mse'"),
            ({"l2": -0.1}, "l2 must be a finite number of at least 0; got -0.1"),
            ({"tolerance": -1}, "tolerance must be"),
            ({"random_state": "seed"}, "random_state must be"),
        ],
    )
    def test_knobs(self, settings, words):
        settings = {"solver": "gradient_descent", **settings}
        with pytest.raises((ValueError, TypeError)) as caught:
            gu.LinearRegression(**settings).fit(CARS.X, CARS.y)
        assert words in str(caught.value)

    @pytest.mark.parametrize(
        ("X", "y", "words"),
        [
            ([[1.0], [math.nan]], [1, 2], "row 1"),
            ([[1.0, 2.0], [3.0, math.inf]], [1, 2], "column 1"),
            ([[1.0], ["two"]], [1, 2], "row 1, column 0 holds the text 'two'"),
            ([[1.0], [2.0]], [1, 2, 3], "3"),
            ([1.0, 2.0], [1, 2], "reshape"),
            ([], [], "0"),
            ([[1.0], [2.0]], [1, math.nan], "row 1"),
        ],
    )
    def test_rows(self, X, y, words):
        with pytest.raises((ValueError, TypeError)) as caught:
            gu.LinearRegression().fit(X, y)
        assert words.lower() in str(caught.value).lower()
        assert "\n" not in str(caught.value).strip()

    def test_a_bad_cell_is_told_once(self):
        """A warning that no minimum was reached came before the sentence that names the cell."""
        X = np.ones((30, 3)) * np.arange(30.0)[:, None]
        X[-1, 1] = math.nan
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            with pytest.raises(gu.InputError, match="row 29, column 1 holds NaN"):
                gu.LinearRegression().fit(X, X[:, 0])
        assert not said

    def test_predict_before_fit(self):
        with pytest.raises(gu.NotFittedError, match="fit"):
            gu.LinearRegression().predict([[1.0]])

    def test_nan_at_predict_is_found_although_the_fast_path_does_not_look(self):
        model = gu.LinearRegression().fit(CARS.X, CARS.y)
        with pytest.raises(ValueError, match="row 2"):
            model.predict(np.array([[1.0], [2.0], [math.nan]]))
        with pytest.raises(ValueError, match="row 1"):
            gu.LinearRegression().fit(CARS.X, 0 * CARS.y).predict(np.array([[1.0], [math.inf]]))

    def test_more_features_at_predict_than_at_fit(self):
        with pytest.raises(ValueError, match="X has 2 features, but LinearRegression is expecting 1 feature"):
            gu.LinearRegression().fit(CARS.X, CARS.y).predict([[1.0, 2.0]])


class TestCellsThatAreNotFinite:
    SETTINGS = (
        {},
        {"l2": 1.0},
        {"l1": 0.1},
        {"loss": "rmse", "solver": "exact"},
        {"solver": "gradient_descent", "epochs": 20},
        {"solver": "gradient_descent", "epochs": 1},
        {"solver": "adam", "batch_size": 32, "epochs": 2},
        {"solver": "gradient_descent", "early_stopping": True, "epochs": 20},
        {"fit_intercept": False},
        {"loss": "huber"},
    )

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    @pytest.mark.parametrize("more", SETTINGS, ids=str)
    @pytest.mark.parametrize("shape", [(30, 7), (5, 7), (9000, 20)], ids=str)
    def test_the_same_sentence_as_ever(self, value, more, shape):
        """The sums of the rows tell, and what they tell is what a look at each cell would have said."""
        X, y = rows(n=shape[0], d=shape[1])
        row, column = shape[0] * 2 // 3, 5
        X[row, column] = value
        X[-1, -1] = np.nan
        holds = "NaN (a missing value)" if np.isnan(value) else str(value)
        with pytest.raises(gu.InputError) as fault:
            gu.LinearRegression(**more).fit(X, y)
        assert str(fault.value) == (
            f"X must hold finite numbers, no NaN and no inf; row {row}, column 5 holds {holds} (1 more like it). "
            "Fill it in, or leave that row out."
        )

    @pytest.mark.parametrize("more", [{}, {"solver": "gradient_descent", "epochs": 20}], ids=str)
    def test_finite_cells_that_overflow_are_not_blamed(self, more):
        """Kills: rows of 1e300, whose squares no float holds, taken for NaN."""
        X, y = rows()
        X[:, 1] *= 1e300
        model = gu.LinearRegression(**more)
        if more:
            with pytest.raises(gu.InputError, match="features whose squares a float can hold"):
                model.fit(X, y)
        else:
            np.testing.assert_allclose(
                model.fit(X, y).predict(X), Peer().fit(X / [1, 1e300, 1], y).predict(X / [1, 1e300, 1])
            )


class TestCompany:
    def test_pipeline_grid_search_and_clone(self):
        pipe = make_pipeline(gu.StandardScaler(), gu.LinearRegression(solver="gradient_descent", epochs=50))
        grid = GridSearchCV(pipe, {"linearregression__l2": [0.0, 0.1, 10.0]}, cv=3)
        X, y = rows(n=60)
        assert grid.fit(X, y).best_params_["linearregression__l2"] in (0.0, 0.1)
        assert clone(pipe).get_params()["linearregression__epochs"] == 50

    def test_no_scikit_learn_behind_the_scenes(self):
        code = (
            "import sys, groundup as gu; m = gu.LinearRegression().fit([[0.], [1.]], [0., 1.]); m.predict([[2.]]); "
            "repr(m); m._repr_html_(); print('sklearn' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert json.loads(done.stdout.strip().lower()) is False


class TestPortions:
    def test_partial_fit_goes_on_with_its_memory(self):
        """Kills: momentum lost between portions, weights that start at zero again."""
        whole = gu.LinearRegression(solver="momentum", learning_rate=0.001, epochs=4, tolerance=0)
        with pytest.warns(gu.NotConvergedWarning):
            whole.fit(CARS.X, CARS.y)
        portions = clone(whole)
        for _ in range(4):
            portions.partial_fit(CARS.X, CARS.y)
        np.testing.assert_allclose(portions.coef_, whole.coef_, rtol=1e-12)
        np.testing.assert_allclose(portions.intercept_, whole.intercept_, rtol=1e-12)

    def test_other_columns_are_refused(self):
        model = gu.LinearRegression(learning_rate=0.01).partial_fit(CARS.X, CARS.y)
        with pytest.raises(ValueError, match="X has 2 features"):
            model.partial_fit([[1.0, 2.0]], [1.0])

    @pytest.mark.parametrize("Model", [gu.LinearRegression, gu.LogisticRegression])
    def test_early_stopping_is_not_ignored(self, Model):
        with pytest.raises(gu.InputError, match="early_stopping is for a training step by step"):
            Model(early_stopping=True).fit(CARS.X, CARS.y > 16)


@pytest.mark.parametrize("constant", [3.1, 1e9 + 0.3, -7 / 3])
def test_a_constant_column_among_weighted_rows_is_as_if_it_were_not_there(constant):
    """Kills: the rounding of a weighted mean taken for a column of its own, and a bare LinAlgError after it."""
    rng = np.random.default_rng(3)
    X, w = rng.normal(size=(50_000, 2)), rng.uniform(0.5, 2, 50_000)
    y = X @ [1.0, 2.0] + rng.normal(size=50_000)
    with_constant = np.c_[X, np.full(50_000, constant)]
    alone = gu.LinearRegression().fit(X, y, sample_weight=w)
    model = gu.LinearRegression().fit(with_constant, y, sample_weight=w)
    np.testing.assert_allclose(model.coef_[:2], alone.coef_, rtol=1e-10)
    np.testing.assert_allclose(model.predict(with_constant), alone.predict(X), atol=1e-9)
    plain = gu.LinearRegression().fit(with_constant, y)
    assert abs(plain.coef_[2] * constant) < 1e-8
    assert "columns 2 depend on columns before them" in plain.reason_
