"""Settings that are words are tried one by one; prices and batches that count with one word only are asked with it.

Two more conventions: rows taken one after the other in their order, and a penalty on standardised columns.
"""

from __future__ import annotations

import pytest

from groundup.exam import examine
from groundup.exam.candidates.worded import words_of
from groundup.exam.loading import load

WAYS = """
import numpy as np

class LinearRegression:
    def __init__(self, learning_rate=0.01, n_iters=1000, gradient_descent="batch", batch_size=16,
                 penalty=None, alpha=0.1):
        self.learning_rate = learning_rate
        self.n_iters = n_iters
        self.gradient_descent = gradient_descent
        self.batch_size = batch_size
        self.penalty = penalty
        self.alpha = alpha
    def _pen(self):
        if self.penalty == "l2":
            return self.alpha * self.w
        elif self.penalty == "l1":
            return self.alpha * np.sign(self.w)
        return 0
    def fit(self, X, y):
        n, d = X.shape
        rng = np.random.default_rng(0)
        self.w, self.b = np.zeros(d), 0.0
        for _ in range(self.n_iters):
            if self.gradient_descent == "batch":
                parts = [np.arange(n)]
            elif self.gradient_descent == "stochastic":
                parts = [[i] for i in rng.permutation(n)]
            elif self.gradient_descent == "mini-batch":
                p = rng.permutation(n)
                parts = [p[k:k + self.batch_size] for k in range(0, n, self.batch_size)]
            else:
                raise ValueError("unknown gradient_descent")
            for k in parts:
                e = X[k] @ self.w + self.b - y[k]
                self.w = self.w - self.learning_rate * (X[k].T @ e / len(k) + self._pen())
                self.b = self.b - self.learning_rate * e.mean()
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
SOLVERS = """
import numpy as np

class Linear:
    def __init__(self, solver="normal", lr=0.01, epochs=2000):
        self.solver, self.lr, self.epochs = solver, lr, epochs
    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), X])
        if self.solver == "normal":
            t = np.linalg.solve(A.T @ A, A.T @ y)
        elif self.solver == "svd":
            t = np.linalg.pinv(A) @ y
        elif self.solver == "gd":
            t = np.zeros(A.shape[1])
            for _ in range(self.epochs):
                t = t - self.lr * A.T @ (A @ t - y) / len(y)
        else:
            raise ValueError(f"unknown solver {self.solver}")
        self.intercept_, self.coef_ = t[0], t[1:]
        return self
    def predict(self, X):
        return X @ self.coef_ + self.intercept_
"""
ROW_BY_ROW = """
import math

class SoftmaxRegression:
    def __init__(self, lr=0.1, epochs=100):
        self.lr = lr
        self.epochs = epochs
    def _softmax(self, z):
        m = max(z)
        e = [math.exp(v - m) for v in z]
        s = sum(e)
        return [v / s for v in e]
    def _scores(self, x):
        return [self.b[c] + sum(xj * self.W[j][c] for j, xj in enumerate(x))
                for c in range(self.k)]
    def fit(self, X, y):
        self.k = max(y) + 1
        d = len(X[0])
        self.W = [[0.0] * self.k for _ in range(d)]
        self.b = [0.0] * self.k
        for _ in range(self.epochs):
            for x, label in zip(X, y):
                p = self._softmax(self._scores(x))
                for c in range(self.k):
                    err = p[c] - (1.0 if c == label else 0.0)
                    self.b[c] -= self.lr * err
                    for j in range(d):
                        self.W[j][c] -= self.lr * err * x[j]
        return self
    def predict_proba(self, X):
        return [self._softmax(self._scores(x)) for x in X]
    def predict(self, X):
        return [max(range(self.k), key=p.__getitem__) for p in self.predict_proba(X)]
"""
RIDGE = """
import numpy as np
class Ridge:
    def __init__(self, alpha=1.0):
        self.alpha = alpha
    def fit(self, X, y):
        mu, sigma = X.mean(axis=0), X.std(axis=0)
        S = (X - mu) / sigma
        w = np.linalg.solve(S.T @ S + self.alpha * np.eye(X.shape[1]), S.T @ (y - y.mean()))
        self.coef_ = w / sigma
        self.intercept_ = y.mean() - mu @ self.coef_
        return self
    def predict(self, X):
        return X @ self.coef_ + self.intercept_
"""
WRONG = {
    "a name that is not there": (WAYS, "regression", "np.sign", "np.sing", "S02"),
    "a price with the wrong sign": (WAYS, "regression", "self.alpha * np.sign", "-self.alpha * np.sign", "S04"),
    "a price that is forgotten": (WAYS, "regression", "self.alpha * np.sign(self.w)", "0 * self.w", "S04"),
    "a solver without a bias": (
        SOLVERS,
        "regression",
        "t = np.linalg.pinv(A) @ y",
        "t = np.append(0, np.linalg.pinv(X) @ y)",
        "S03",
    ),
    "a bias that stays behind": (ROW_BY_ROW, "multiclass", "self.b[c] -= self.lr * err", "self.b[c] -= 0.0", "B01"),
    "prices by the spread once only": (RIDGE, "regression", "w / sigma", "w / sigma**2", "A01"),
}


@pytest.fixture
def made(tmp_path):
    """The class of some code, out of a file: what words a setting knows is read there."""

    def write(code):
        path = tmp_path / f"learner_{abs(hash((code, str(tmp_path))))}.py"
        path.write_text(code, encoding="utf-8")
        return load(f"{path}:{code.split('class ')[1].split(':')[0]}")

    return write


@pytest.mark.parametrize(
    ("code", "task"), [(WAYS, "regression"), (SOLVERS, "regression"), (RIDGE, "regression"), (ROW_BY_ROW, "multiclass")]
)
def test_right_ones_pass(code, task, made):
    """Kills: a batch or a price that is asked for where another word is set; a refusal taken for a mistake."""
    card = examine(made(code), task)
    assert card.passed, str(card)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_ones_are_caught_by_the_question_about_it(name, made):
    code, task, right, wrong, id = WRONG[name]
    assert code.count(right) == 1
    card = examine(made(code.replace(right, wrong)), task)
    assert id in [v.id for v in card.failed], str(card)


def test_every_word_is_asked_and_the_price_with_its_word(made):
    card = examine(made(WAYS), "regression")
    asked = next(v for v in card.verdicts if v.id == "S02")
    assert asked.outcome == "passed"
    for word in ("l1", "l2", "stochastic", "mini-batch"):
        assert repr(word) in asked.words
    assert "penalty='l2'" in card.conventions["penalty"]
    assert next(v for v in card.verdicts if v.id == "A09").outcome == "passed"


def test_words_are_found_in_look_ups_and_cases(made):
    """Kills: a reader that knows == only."""
    assert sorted(words_of(made(DISPATCH), ["mode", "kind", "way", "save_path"])) == [
        ("kind", "a"),
        ("kind", "b"),
        ("mode", "fast"),
        ("mode", "slow"),
        ("way", "down"),
        ("way", "up"),
    ]


DISPATCH = """
KINDS = {"a": 1, "b": 2}
class Picks:
    def __init__(self, mode="fast", kind="a", way="up", save_path="x"):
        self._mode, self.kind, self.way, self.save_path = mode, kind, way, save_path
        self.how = mode
    def fit(self, X, y):
        steps = {"fast": 1, "slow": 2}[self.how.lower()] + KINDS[self.kind]
        match self.way:
            case "up" | "down":
                steps += 1
        return steps + (self.save_path == "x")
"""
