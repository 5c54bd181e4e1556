"""Learners in NumPy that step in single precision: a right one passes, a wrong one fails as in double precision.

Kills: the last digits of float32 taken for mistakes, and the same excuse for a solver that loses half of its digits.
"""

from __future__ import annotations

import pytest

from groundup.exam.loading import load
from groundup.exam.sitting import sit

LINE = """
import numpy as np
class LinearRegressionGD:
    def __init__(self, lr=0.01, epochs=1000):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        X, y = np.asarray(X).astype(np.float32), np.asarray(y).astype(np.float32)
        n, lr = np.float32(len(y)), np.float32(self.lr)
        self.w, self.b = np.zeros(X.shape[1], dtype=np.float32), np.float32(0)
        for _ in range(self.epochs):
            e = X @ self.w + self.b - y
            self.w -= lr * (X.T @ e) / n
            self.b -= lr * e.mean()
        return self
    def predict(self, X):
        return np.asarray(X, dtype=np.float32) @ self.w + self.b
"""
LOGISTIC = """
import numpy as np
class LogisticRegression:
    def __init__(self, lr=0.1, epochs=1000):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        X, y = np.asarray(X).astype(np.float32), np.asarray(y).astype(np.float32)
        lr, self.history = np.float32(self.lr), []
        self.w, self.b = np.zeros(X.shape[1], dtype=np.float32), np.float32(0)
        for _ in range(self.epochs):
            e = self.predict_proba(X) - y
            self.w -= lr * (X.T @ e) / np.float32(len(y))
            self.b -= lr * e.mean()
            self.history.append(float(np.abs(e).mean()))
        return self
    def predict_proba(self, X):
        return 1 / (1 + np.exp(-np.clip(np.asarray(X, dtype=np.float32) @ self.w + self.b, -60, 60)))
    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
"""
SOFTMAX = """
import numpy as np
class SoftmaxRegression:
    def __init__(self, lr=0.1, epochs=1000):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        X, self.classes_ = np.asarray(X).astype(np.float32), np.unique(y)
        Y, lr = (y[:, None] == self.classes_).astype(np.float32), np.float32(self.lr)
        self.params = {"W": np.zeros((X.shape[1], len(self.classes_)), dtype=np.float32),
                       "b": np.zeros(len(self.classes_), dtype=np.float32)}
        for _ in range(self.epochs):
            E = (self.predict_proba(X) - Y) / np.float32(len(X))
            self.params["W"] -= lr * (X.T @ E)
            self.params["b"] -= lr * E.sum(axis=0)
        return self
    def predict_proba(self, X):
        Z = np.asarray(X, dtype=np.float32) @ self.params["W"] + self.params["b"]
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        return P / P.sum(axis=1, keepdims=True)
    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
"""
NETWORK = """
import numpy as np
class MLP:
    def __init__(self, hidden=8, lr=0.1, epochs=500, seed=0):
        self.hidden, self.lr, self.epochs, self.seed = hidden, lr, epochs, seed
    def fit(self, X, y):
        X, y = np.asarray(X, dtype=np.float32), np.asarray(y, dtype=np.float32).reshape(-1, 1)
        rng, lr = np.random.default_rng(self.seed), np.float32(self.lr)
        self.W1 = rng.normal(size=(X.shape[1], self.hidden)).astype(np.float32)
        self.b1 = np.zeros(self.hidden, dtype=np.float32)
        self.W2 = rng.normal(size=(self.hidden, 1)).astype(np.float32)
        self.b2 = np.zeros(1, dtype=np.float32)
        for _ in range(self.epochs):
            h = np.tanh(X @ self.W1 + self.b1)
            d = (h @ self.W2 + self.b2 - y) / np.float32(len(X))
            back = d @ self.W2.T * (1 - h * h)
            self.W2 -= lr * (h.T @ d)
            self.b2 -= lr * d.sum(axis=0)
            self.W1 -= lr * (X.T @ back)
            self.b1 -= lr * back.sum(axis=0)
        return self
    def predict(self, X):
        return (np.tanh(np.asarray(X, dtype=np.float32) @ self.W1 + self.b1) @ self.W2 + self.b2).ravel()
"""
TWINS = {
    "regression": (LINE, "lr * e.mean()", "lr * e.sum()", "B01"),
    "regression, the mean over n - 1": (LINE, "(X.T @ e) / n", "(X.T @ e) / (n - 1)", "B01"),
    "classification": (LOGISTIC, " / np.float32(len(y))", "", "B01"),
    "multiclass": (SOFTMAX, "E.sum(axis=0)", "E.sum()", "B01"),
    "a network": (NETWORK, " * (1 - h * h)", "", "E01b"),
}
AT_ONCE = """
import numpy as np
class NormalEquations:
    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), X]).astype(np.float32)
        self.theta = np.linalg.inv(A.T @ A) @ A.T @ np.asarray(y, dtype=np.float32)
        return self
    def predict(self, X):
        return np.column_stack([np.ones(len(X)), X]).astype(np.float32) @ self.theta
"""


def seen(code: str, folder):
    """The card of a file."""
    file = folder / f"{folder.name}.py"
    file.write_text(code)
    return sit(load(str(file)))


@pytest.mark.parametrize("name", TWINS)
def test_a_right_one_passes_and_its_wrong_twin_fails(name, tmp_path):
    code, right, wrong, question = TWINS[name]
    card = seen(code, tmp_path)
    assert card.passed, [(v.id, v.words) for v in card.failed or card.verdicts[:2]]
    assert code.count(right) == 1
    assert question in {v.id for v in seen(code.replace(right, wrong), tmp_path).failed}


def test_who_solves_at_once_is_not_excused(tmp_path):
    assert seen(AT_ONCE, tmp_path).outcome == "not passed"


def test_weights_of_double_precision_are_not_excused_by_a_table_in_single_precision(tmp_path):
    code = LINE.replace("np.zeros(X.shape[1], dtype=np.float32), np.float32(0)", "np.zeros(X.shape[1]), 0.0")
    assert code != LINE
    assert seen(code, tmp_path).outcome == "not passed"
