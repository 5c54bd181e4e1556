"""scikit-learn's callbacks: its own ProgressBar and ScoringMonitor, and one that writes down every hook."""

import pickle
import re

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

import groundup as gu

callback = pytest.importorskip("sklearn.callback", reason="needs scikit-learn 1.9")

# Short runs end above the minimum on purpose.
pytestmark = pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning", "ignore::UserWarning")

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 2))
Y = X @ [1.0, -2.0] + 0.1 * RNG.normal(size=40)
STEPS = {"solver": "gradient_descent", "learning_rate": 0.1, "epochs": 5, "tolerance": 0}


class Diary:
    """Writes down each hook: its name, whose task, which task, and the loss of the model so far."""

    def __init__(self, enough=None):
        self.lines, self.losses, self.enough = [], [], enough

    def setup(self, estimator, context):
        self.lines.append("setup")

    def teardown(self, estimator, context):
        self.lines.append("teardown")

    def on_fit_task_begin(self, estimator, context):
        self.lines.append(f"begin {context.task_name} {context.task_id}")

    def on_fit_task_end(self, estimator, context, *, X=None, y=None, metadata=None, fitted_estimator=None):
        self.lines.append(f"end {context.task_name} {context.task_id}")
        if fitted_estimator is not None:
            self.losses.append(np.mean((fitted_estimator.predict(X) - y) ** 2))
        return context.task_name == "epoch" and context.task_id == self.enough


def models():
    return [
        gu.LinearRegression(**STEPS),
        gu.LogisticRegression(**STEPS),
        gu.NeuralNetworkRegressor((4,), epochs=5, random_state=0),
        gu.NeuralNetworkClassifier((4,), epochs=5, random_state=0),
        gu.NeuralNetworkRegressor((), **STEPS),
    ]


def labels(model):
    return (Y > 0).astype(int) if "Classifier" in type(model).__name__ or "Logistic" in type(model).__name__ else Y


@pytest.mark.parametrize("model", models(), ids=lambda m: type(m).__name__)
def test_the_four_hooks_in_their_order(model):
    """Kills: an epoch that is not told or told twice, a begin without an end, weights of another epoch."""
    diary = Diary()
    assert model.set_callbacks(diary) is model
    assert model.fit(X, labels(model)) is model
    epochs = [line for k in range(5) for line in (f"begin epoch {k}", f"end epoch {k}")]
    assert diary.lines == ["setup", "begin fit 0", *epochs, "end fit 0", "teardown"]
    if labels(model) is Y:
        np.testing.assert_allclose(diary.losses[:5], model.history_["loss"][1:], rtol=1e-9)
    assert len(diary.losses) == 6
    assert model.listeners == ()


@pytest.mark.parametrize("model", models(), ids=lambda m: type(m).__name__)
def test_they_change_no_digit(model):
    plain, told = clone(model).fit(X, labels(model)), clone(model).set_callbacks(Diary()).fit(X, labels(model))
    np.testing.assert_array_equal(plain.predict(X), told.predict(X))
    assert plain.reason_ == told.reason_


def test_true_ends_the_training():
    model = gu.LinearRegression(**STEPS).set_callbacks(Diary(enough=2)).fit(X, Y)
    assert model.reason_ == "stopped by a callback after 3 epochs"
    assert model.n_iter_ == 3


def test_a_fit_without_steps_is_one_task():
    diary = Diary()
    gu.LinearRegression().set_callbacks(diary).fit(X, Y)
    assert diary.lines == ["setup", "begin fit 0", "end fit 0", "teardown"]


def test_converged_early_and_torn_down_after_an_error():
    diary = Diary()
    gu.LinearRegression(**(STEPS | {"epochs": 10_000, "tolerance": 0.5})).set_callbacks(diary).fit(X, Y)
    begun = [line for line in diary.lines if line.startswith("begin epoch")]
    assert sum(line.startswith("end epoch") for line in diary.lines) == len(begun) < 50

    def fails(state):
        raise RuntimeError("broken off")

    diary = Diary()
    model = gu.LinearRegression(**STEPS, listeners=[lambda state: fails(state) if state.step == 2 else None])
    with pytest.raises(RuntimeError, match="broken off"):
        model.set_callbacks(diary).fit(X, Y)
    assert diary.lines[-1] == "teardown"


def test_taken_away_copied_and_pickled():
    diary = Diary()
    model = gu.LinearRegression(**STEPS).set_callbacks(diary)
    clone(model).fit(X, Y)
    assert diary.lines.count("setup") == 1, "a clone tells the same callback"
    twin = pickle.loads(pickle.dumps(model)).fit(X, Y)
    assert twin.n_iter_ == 5
    assert diary.lines.count("setup") == 1, "a pickled one has a callback of its own"
    model.set_callbacks().fit(X, Y)
    assert diary.lines.count("setup") == 1
    with pytest.raises(TypeError, match="FitCallback"):
        model.set_callbacks(print)


def test_the_progress_bar_of_scikit_learn(capfd):
    pytest.importorskip("rich")
    gu.NeuralNetworkRegressor((4,), epochs=7, random_state=0).set_callbacks(callback.ProgressBar()).fit(X, Y)
    shown = capfd.readouterr().out
    assert "NeuralNetworkRegressor - fit" in shown
    assert "100%" in shown


def test_the_scoring_monitor_of_scikit_learn():
    monitor = callback.ScoringMonitor(scoring="r2")
    model = gu.LinearRegression(**STEPS).set_callbacks(monitor).fit(X, Y)
    scores = [line["r2"] for line in monitor.get_logs().data if line["task_name"] == "epoch"]
    assert len(scores) == 5
    assert scores == sorted(scores)
    assert scores[-1] == pytest.approx(model.score(X, Y), rel=1e-12)


def test_in_a_pipeline_and_a_grid(capfd):
    """The bar of the outer one shows ours. Kills: a tree of tasks that ours is no part of."""
    pytest.importorskip("rich")
    pipe = make_pipeline(gu.StandardScaler(), gu.NeuralNetworkRegressor((4,), epochs=3, random_state=0))
    pipe.set_callbacks(callback.ProgressBar(max_propagation_depth=2)).fit(X, Y)
    shown = re.sub(r"\s+", " ", capfd.readouterr().out)
    assert "NeuralNetworkRegressor - fit" in shown
    grid = GridSearchCV(gu.LinearRegression(**STEPS), {"learning_rate": [0.1, 0.2]}, cv=2)
    grid.set_callbacks(callback.ProgressBar(max_propagation_depth=None)).fit(X, Y)
    assert "LinearRegression - fit" in capfd.readouterr().out
    assert grid.best_score_ > 0
    assert "fit" not in vars(grid.best_estimator_)


def test_a_callback_among_the_listeners_is_told_where_it_belongs():
    with pytest.raises(gu.InputTypeError, match=r"use model\.set_callbacks"):
        gu.LinearRegression(**STEPS, listeners=[Diary()]).fit(X, Y)
