"""scikit-learn's manners: parameters, names of columns, routing, cloning, pickling, cards; and without scikit-learn."""

import copy
import pickle
import subprocess
import sys
import warnings

import numpy as np
import pytest
import sklearn
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.exceptions import NotFittedError as TheirNotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.metadata_routing import get_routing_for_object

import groundup
from groundup.data.read import as_labels, as_targets, as_weights
from groundup.errors import GroundupWarning, InputError, InputTypeError, NotFittedError, UnknownNameError
from groundup.estimators.base import Classifier, Estimator, Regressor, Transformer

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")


class Line(Regressor):
    """The smallest regressor: least squares through the origin."""

    _fitted_by = "coef_"

    def __init__(self, l2=0.0, *, inner=None, names=()):
        self.l2 = l2
        self.inner = inner
        self.names = names

    def fit(self, X, y, sample_weight=None):
        X = self._learn_features(X)
        y, self._flat = as_targets(y, len(X))
        w = np.ones(len(X)) if (w := as_weights(sample_weight, len(X))) is None else w
        self.coef_ = np.linalg.solve(X.T @ (w[:, None] * X) + self.l2 * np.eye(X.shape[1]), X.T @ (w[:, None] * y)).T
        return self

    def predict(self, X):
        X = self._read_features(X)
        with np.errstate(all="ignore"):
            z = X @ self.coef_.T
        return self._checked(z[:, 0] if self._flat else z, X)

    def _formula(self):
        return f"z = {self.coef_[0, 0]:.3g} x & <more>" if hasattr(self, "coef_") else "z = w x"


class Commonest(Classifier):
    """The smallest classifier: always the commonest class."""

    def fit(self, X, y):
        X = self._learn_features(X)
        self.classes_, counts = np.unique(as_labels(y, len(X)), return_counts=True)
        self.commonest_ = self.classes_[np.argmax(counts)]
        return self

    def predict(self, X):
        return np.full(len(self._read_features(X, finite=True)), self.commonest_)


rng = np.random.default_rng(0)
X = rng.normal(size=(30, 2))
Y = X @ [1.0, 2.0]
FRAME = pd.DataFrame(X, columns=["a", "b"])


class TestParameters:
    def test_get_and_set(self):
        """Kills: parameters lost, invented, or set on the wrong one of two estimators."""
        line = Line(1.0, inner=Line(2.0))
        assert line.get_params(deep=False) == {"l2": 1.0, "inner": line.inner, "names": ()}
        assert line.get_params()["inner__l2"] == 2.0
        assert line.set_params(l2=3.0, inner__l2=4.0) is line
        assert (line.l2, line.inner.l2) == (3.0, 4.0)
        line.set_params(inner=Line(5.0), inner__l2=6.0)
        assert line.inner.l2 == 6.0

    def test_unknown_names(self):
        with pytest.raises(UnknownNameError, match=r"a parameter of Line must be one of.*Did you mean 'l2'\?"):
            Line().set_params(l3=1)

    def test_loose_arguments_are_refused_where_the_class_is_written(self):
        """Kills: parameters that clone and GridSearchCV cannot see."""
        with pytest.raises(InputTypeError, match=r"takes \*\*more. Write them out"):

            class Loose(Estimator):
                def __init__(self, **more):
                    pass

    def test_repr_shows_what_differs(self):
        assert repr(Line()) == "Line()"
        assert repr(Line(0.5, names=("a",))) == "Line(l2=0.5, names=('a',))"
        assert repr(Line(np.array([1.0, 2.0]))) == "Line(l2=array([1., 2.]))"
        assert eval(repr(Line(0.5, inner=Line(1)))).get_params()["inner__l2"] == 1

    def test_clone(self):
        """Kills: a clone that shares parameters, that has learnt, or that forgot what it was asked to route."""
        line = Line(1.0, inner=Line(2.0), names=["a"]).set_fit_request(sample_weight=True).fit(X, Y)
        for twin in (clone(line), line.__sklearn_clone__()):
            assert type(twin) is Line
            assert not hasattr(twin, "coef_")
            assert twin.inner is not line.inner
            assert twin.names == ["a"]
            assert twin.names is not line.names
            assert get_routing_for_object(twin).fit.requests == {"sample_weight": True}

    def test_pickle_and_copy(self):
        line = Line(1.0).fit(FRAME, Y)
        for twin in (pickle.loads(pickle.dumps(line)), copy.deepcopy(line), copy.copy(line)):
            np.testing.assert_array_equal(twin.predict(FRAME), line.predict(FRAME))
            assert "_groundup_version" not in twin.__dict__

    def test_pickles_of_another_version(self):
        state = Line().__getstate__()
        assert state["_groundup_version"] == groundup.__version__
        with pytest.warns(GroundupWarning, match="pickled by groundup 0.0.1"):
            Line().__setstate__({**state, "_groundup_version": "0.0.1"})


class TestFeatures:
    def test_before_fit(self):
        """Kills: an AttributeError about coef_ instead of a sentence, or one that scikit-learn's users cannot catch."""
        for kind in (NotFittedError, TheirNotFittedError, ValueError, AttributeError):
            with pytest.raises(kind, match="Call 'fit' first"):
                Line().predict(X)

    def test_a_fit_that_failed_has_not_learnt(self):
        line = Line()
        with pytest.raises(InputError):
            line.fit(X, Y[:-1])
        with pytest.raises(NotFittedError):
            line.predict(X)

    def test_remembered_and_forgotten(self):
        line = Line().fit(FRAME, Y)
        assert line.n_features_in_ == 2
        assert line.feature_names_in_.tolist() == ["a", "b"]
        line.fit(X[:, :1], Y)
        assert line.n_features_in_ == 1
        assert not hasattr(line, "feature_names_in_")

    def test_width(self):
        for wrong in (X[:, :1], np.ones((1, 3)), [[1.0]]):
            n = np.shape(wrong)[1]
            with pytest.raises(InputError, match=f"X has {n} features, but Line is expecting 2 features as input"):
                Line().fit(X, Y).predict(wrong)
        with (
            pytest.raises(InputError, match=r"is expecting 2 features as input \(a, b\)"),
            pytest.warns(UserWarning, match="valid feature names"),
        ):
            Line().fit(FRAME, Y).predict(np.ones((1, 3)))

    @pytest.mark.parametrize(
        ("columns", "words"),
        [
            (["b", "a"], "Feature names must be in the same order as they were in fit.\n"),
            (
                ["a", "c"],
                "Feature names unseen at fit time:\n- c\nFeature names seen at fit time, yet now missing:\n- b",
            ),
            (["a"], "Feature names seen at fit time, yet now missing:\n- b"),
        ],
    )
    @pytest.mark.parametrize(
        "make", [lambda x, names: pd.DataFrame(x, columns=names), lambda x, names: pl.DataFrame(x, schema=names)]
    )
    def test_names(self, columns, words, make):
        """Kills: columns that were swapped between fit and predict, and a number for the wrong reason."""
        other = make(X[:, : len(columns)], columns)
        with pytest.raises(InputError, match="should match those that were passed during fit.\n" + words):
            Line().fit(FRAME, Y).predict(other)

    def test_names_on_one_side_only(self):
        with pytest.warns(UserWarning, match="X does not have valid feature names, but Line was fitted with") as seen:
            Line().fit(FRAME, Y).predict(X)
        assert seen[0].filename == __file__
        with pytest.warns(UserWarning, match="X has feature names, but Line was fitted without"):
            Line().fit(X, Y).predict(FRAME)

    def test_pandas_and_polars_agree(self):
        line = Line().fit(FRAME, Y)
        np.testing.assert_array_equal(line.predict(pl.DataFrame(X, schema=["a", "b"])), line.predict(FRAME))

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    def test_the_fast_path_still_finds_the_cell(self, value):
        """Kills: the promise that a cell not looked at on the way in is found on the way out."""
        bad = X.copy()
        bad[17, 1] = value
        for dtype in (np.float64, np.float32):
            with pytest.raises(InputError, match=r"X must hold finite numbers.*row 17, column 1"):
                Line().fit(X, Y).predict(bad.astype(dtype))
        with pytest.raises(InputError, match="row 17, column 1"):
            Commonest().fit(X, Y > 0).predict(bad)

    def test_finite_rows_may_overflow(self):
        """Kills: a fault blamed on rows that are finite."""
        assert Line().fit(X, Y).predict([[1e308, 1e308]])[0] == np.inf

    def test_empty_rows(self):
        with pytest.raises(InputError, match=r"0 sample\(s\)"):
            Line().fit(X, Y).predict(np.empty((0, 2)))

    def test_the_array_itself_comes_back(self):
        assert Line().fit(X, Y)._read_features(X) is X


class TestKinds:
    def test_tags(self):
        assert is_regressor(Line())
        assert is_classifier(Commonest())
        assert Line().__sklearn_tags__().target_tags.required
        assert not Transformer().__sklearn_tags__().target_tags.required
        assert Transformer().__sklearn_tags__().transformer_tags.preserves_dtype == ["float64", "float32"]

    def test_scores(self):
        from sklearn.metrics import accuracy_score, r2_score

        noisy, w = Y + rng.normal(size=30), rng.random(30)
        line = Line().fit(X, noisy)
        assert line.score(X, noisy, w) == pytest.approx(r2_score(noisy, line.predict(X), sample_weight=w), rel=1e-13)
        two = np.column_stack([noisy, Y])
        line = Line().fit(X, two)
        assert line.score(X, two) == pytest.approx(r2_score(two, line.predict(X)), rel=1e-13)
        names = np.where(noisy > 0, "yes", "no")
        common = Commonest().fit(X, names)
        assert common.score(X, names) == accuracy_score(names, common.predict(X))
        assert common.score(X, names, w) == pytest.approx(accuracy_score(names, common.predict(X), sample_weight=w))

    def test_abstract_ones_say_so(self):
        for call in (Regressor().predict, Classifier().predict, Transformer().fit, Transformer()._transform):
            with pytest.raises(NotImplementedError):
                call(X)


class TestRouting:
    def test_requests(self):
        """Kills: weights that a search drops in silence."""
        line = Line()
        assert get_routing_for_object(line).fit.requests == {"sample_weight": None}
        assert line.set_fit_request(sample_weight=True).set_score_request(sample_weight="judge") is line
        assert get_routing_for_object(line).fit.requests == {"sample_weight": True}
        assert get_routing_for_object(line).score.requests == {"sample_weight": "judge"}
        assert get_routing_for_object(line).predict.requests == {}
        line.set_fit_request()
        assert get_routing_for_object(line).fit.requests == {"sample_weight": True}
        with pytest.raises(UnknownNameError, match="takes sample_weight"):
            line.set_partial_fit_request(sample_weight=True)

    def test_a_search_hands_weights_on(self):
        weights = np.r_[np.ones(15), np.zeros(15)] + 1e-9
        wrong = np.r_[Y[:15], -Y[15:]]
        with sklearn.config_context(enable_metadata_routing=True):
            line = Line().set_fit_request(sample_weight=True).set_score_request(sample_weight=True)
            search = GridSearchCV(line, {"l2": [0.0, 1.0]}, cv=[(np.arange(30), np.arange(30))])
            search.fit(X, wrong, sample_weight=weights)
        np.testing.assert_allclose(search.best_estimator_.coef_, [[1.0, 2.0]], atol=1e-6)
        assert search.best_params_ == {"l2": 0.0}

    def test_pipelines_and_searches(self):
        from groundup.estimators.scalers import StandardScaler

        pipe = make_pipeline(StandardScaler(), Line())
        search = GridSearchCV(pipe, {"line__l2": [0.0, 10.0], "standardscaler__with_mean": [True, False]}, cv=3)
        search.fit(FRAME, Y)
        assert search.best_params_ == {"line__l2": 0.0, "standardscaler__with_mean": False}
        assert search.best_score_ == pytest.approx(1.0)
        assert "Line" in pipe._repr_html_()
        assert "Line()" in repr(pipe)


class TestCards:
    def test_html(self):
        """Kills: a formula or a parameter that is read as HTML."""
        card = Line(0.5, names=("<img src=x onerror=alert(1)>",)).fit(X, Y)._repr_html_()
        assert "<img" not in card
        assert " x &amp; &lt;more&gt;</code>" in card
        assert "<b>0.5</b>" in card
        assert "z = w x" in Line()._repr_html_()
        assert len(Line(names=tuple(range(10_000)))._repr_html_()) < 2000

    def test_mimebundle(self):
        assert Line()._repr_mimebundle_()["text/plain"] == "Line()"
        assert "Line" in Line()._repr_mimebundle_(include=None)["text/html"]
        assert "<code>" not in Commonest()._repr_html_()


def run(code):
    return subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)


def test_nothing_here_imports_scikit_learn_or_pandas():
    """Kills: an import of 1.3 seconds for a library that the user never asked for."""
    done = run(
        "import sys, numpy as np, groundup\n"
        "from groundup.estimators.scalers import StandardScaler\n"
        "from groundup.estimators.splitting import train_test_split\n"
        "X, test = train_test_split(np.arange(8.0).reshape(4, 2), random_state=0)\n"
        "scaler = StandardScaler().fit(X); scaler.transform(test); repr(scaler); scaler._repr_html_()\n"
        "try:\n    StandardScaler().transform(X)\n"
        "except groundup.errors.NotFittedError: pass\n"
        "print(sorted({'sklearn', 'pandas', 'polars', 'scipy', 'torch', 'pyarrow'} & set(sys.modules)))"
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "[]"


def test_pipeline_is_imported_only_here():
    """The pipeline of the other library keeps its own class; ours is only a step in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pipe = Pipeline([("line", Line())]).fit(X, Y)
    assert pipe.score(X, Y) == pytest.approx(1.0)
