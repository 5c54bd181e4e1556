"""Right learners whose answer is not that of all rows, and others that were once failed by chance.

Rows that are set aside to validate, rows drawn with replacement, an iteration that stops at 1e-9, Adam on a table whose
curvatures are unlike, eight columns and four classes. The seeds are those that failed them. Statistical boundaries have
a false-alarm probability of 1e-9 each. Kills: a boundary that is narrower than chance, and one so wide that a wrong
learner of the same kind passes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import groundup as gu
from groundup.exam import reference
from groundup.exam.loading import load
from groundup.exam.sitting import sit

FOLDER = Path(__file__).parent / "fourth_catalogue"


def learner(task, drawn=False, sign=1.0, bias=1.0, factor=1.0):
    """Descent on some of the rows: three fifths of them, or n rows drawn with replacement."""

    class Learner:
        def __init__(self, learning_rate=0.1, max_epochs=2000, random_state=0):
            self.learning_rate, self.max_epochs, self.random_state = learning_rate, max_epochs, random_state

        def fit(self, X, y):
            draws, n = np.random.default_rng(self.random_state), len(y)
            rows = draws.integers(0, n, n) if drawn else draws.permutation(n)[: 3 * n // 5]
            Y = reference.one_hot(y, int(np.max(y)) + 1) if task == "multiclass" else np.asarray(y, dtype=float)
            W = np.zeros((X.shape[1] + 1, *Y.shape[1:]))
            for _ in range(self.max_epochs):
                step = sign * reference.gradient(task, W, X[rows], Y[rows])
                step[-1] *= bias
                W = W - self.learning_rate * step
            self.coef_, self.intercept_ = factor * W[:-1].T, W[-1]
            return self

        def predict(self, X):
            z = X @ self.coef_.T + self.intercept_
            return z if task == "regression" else z.argmax(axis=1) if z.ndim == 2 else (z > 0).astype(int)

    if task != "regression":
        Learner.predict_proba = lambda self, X: reference.response(task, X @ self.coef_.T + self.intercept_)
    return Learner


TASKS = ("regression", "classification", "multiclass")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("task", TASKS)
def test_rows_that_are_set_aside_or_drawn_pass(task, drawn, seed):
    card = gu.exam.examine(learner(task, drawn), task=task, seed=seed)
    assert card.passed, str(card)


@pytest.mark.parametrize("wrong", [{"bias": 0.0}, {"factor": 0.5}, {"sign": -1.0}])
@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("task", TASKS)
def test_wrong_ones_of_the_same_kind_fail(task, drawn, wrong):
    assert not gu.exam.examine(learner(task, drawn, **wrong), task=task).passed


@pytest.mark.parametrize(
    ("file", "task", "seed"),
    [
        ("h_right_enet_cd.py:ElasticNetRegressor", "", 1),
        ("d_right_logreg_early_stopping.py", "", 4),
        ("i_right_softmax_adam.py", "", 5),
        ("g_right_softmax_classifier.py", "", 14),
    ],
)
def test_seeds_that_failed_a_right_one(file, task, seed):
    card = sit(load(str(FOLDER / file)), task, seed=seed)
    assert card.passed, str(card)
