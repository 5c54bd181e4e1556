"""A formula in a docstring, loss and penalty, is read as arithmetic and held against the answer."""

from __future__ import annotations

import numpy as np
import pytest

import groundup as gu
from groundup.exam.candidates.promised import promise

SETTINGS = {"alpha": "l2", "lam": "l2", "lambda_": "l2", "reg": "l2", "C": "inverse", "l1_ratio": "mix"}


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("Minimises ||y - Xw - b||^2 + alpha ||w||^2.", "Q+l2*S"),
        ("J = 1/2m Σ (ŷ - y)² + λ/(2m) Σ θ_j²", None),  # lambda is no setting here
        ("J = 1/(2m) * sum_i (y_i - w0 - x_i w)^2 + lambda_ * sum_j |w_j|", "1/(2*n)*Q+l2*A"),
        ("cost: 1/2n ‖y − Xw − b‖² + alpha·‖w‖₁", "1/(2*n)*Q+l2*A"),
        ("lambda_/2 * ||W||^2 is added to the mean cross-entropy, the bias is left alone.", "l2/2*S+(L/n)"),
        ("the average log loss over the samples plus reg/2 * ||param[1:]||^2. Parameters: reg", "(L/n)+l2/2*S"),
        ("0.5 ||w||^2 + C * sum log(1 + exp(-s (xw + b))), s in {-1, +1}", "0.5*S+inverse*L"),
        ("sum_i log(1 + exp(-t_i (x_i w + b))) + 1/(2C) ||w||^2", "L+1/(2*inverse)*S"),
        ("1/(2n) * ||y - Xw||_2^2 + alpha * (l1_ratio * ||w||_1 + 0.5 * (1 - l1_ratio) * ||w||_2^2)", ...),
        ("cost = -1/m * sum(log p[i, y_i]) + reg/2 * ||W||_F^2", "(L/n)+l2/2*S"),
        ("MSE + alpha * |w|_1 alpha: the strength", "(Q/n)+l2*A"),
        ("Ridge regression: the weights are (X'X + alpha I)^-1 X'y.", None),
        ("0.5 * ||a - y||^2 for one example", None),
    ],
)
def test_formulas_are_read_as_they_are_written(told, text):
    """Kills: a half that is lost, 1/2n read as n/2, a parameter's description taken for a factor."""
    found = promise(told, SETTINGS)
    wanted = "1/(2*n)*Q+l2*(mix*A+0.5*(1-mix)*S)" if text is ... else text
    assert (found.text if found else None) == wanted


def test_a_promise_is_arithmetic_and_nothing_else():
    """Kills: words of a stranger's file that are run as code."""
    assert promise("||y||^2 + alpha ||w||^2 * __import__('os')", {"alpha": "l2"}).text == "Q+l2*S"
    assert promise("||y - Xw||^2 + other ||w||^2", {"alpha": "l2"}) is None


class LassoGD:
    """1/(2n) ||y - Xw - b||^2 + alpha * ||w||_1, by proximal gradient steps of length lr."""

    threshold = staticmethod(lambda lr, alpha, n: lr * alpha)

    def __init__(self, alpha=0.1, lr=0.1, n_iters=5000):
        self.alpha, self.lr, self.n_iters = alpha, lr, n_iters

    def fit(self, X, y):
        n, d = X.shape
        self.w, self.b, t = np.zeros(d), 0.0, self.threshold(self.lr, self.alpha, n)
        for _ in range(self.n_iters):
            r = X @ self.w + self.b - y
            w = self.w - self.lr * X.T @ r / n
            self.w, self.b = np.sign(w) * np.maximum(np.abs(w) - t, 0), self.b - self.lr * r.mean()
        return self

    def predict(self, X):
        return X @ self.w + self.b


class LassoOverRows(LassoGD):
    """1/(2n) ||y - Xw - b||^2 + alpha * ||w||_1, by proximal gradient steps of length lr."""

    threshold = staticmethod(lambda lr, alpha, n: lr * alpha / n)


class LassoWithoutRate(LassoGD):
    """1/(2n) ||y - Xw - b||^2 + alpha * ||w||_1, by proximal gradient steps of length lr."""

    threshold = staticmethod(lambda lr, alpha, n: alpha)


class LassoUnsaid(LassoOverRows):
    """Least squares with an l1 penalty of its own units."""


class RidgeLogit:
    """The average log loss over the rows plus lam/2 * ||w||^2; the bias is not penalised."""

    share = staticmethod(lambda n: n)

    def __init__(self, lam=0.1, lr=0.1, n_iters=5000):
        self.lam, self.lr, self.n_iters = lam, lr, n_iters

    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.n_iters):
            e = (self.predict_proba(X) - y) / self.share(len(X))
            self.w, self.b = self.w - self.lr * (X.T @ e + self.lam * self.w), self.b - self.lr * e.sum()
        return self

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-np.clip(X @ self.w + self.b, -500, 500)))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)


class RidgeLogitSummed(RidgeLogit):
    """The average log loss over the rows plus lam/2 * ||w||^2; the bias is not penalised."""

    share = staticmethod(lambda n: 1)


class ElasticNet:
    """1/(2n) ||y - Xw - b||^2 + alpha * (l1_ratio * ||w||_1 + 0.5 * (1 - l1_ratio) * ||w||^2), by coordinates."""

    turned = False

    def __init__(self, alpha=0.1, l1_ratio=0.5, n_iters=500):
        self.alpha, self.l1_ratio, self.n_iters = alpha, l1_ratio, n_iters

    def fit(self, X, y):
        n, d = X.shape
        first, second = (self.l1_ratio, 1 - self.l1_ratio)[:: -1 if self.turned else 1]
        A, mean = X - X.mean(axis=0), X.mean(axis=0)
        self.w, r = np.zeros(d), y - y.mean()
        for _ in range(self.n_iters):
            for j in range(d):
                rho, old = A[:, j] @ r / n + self.w[j] * (A[:, j] @ A[:, j]) / n, self.w[j]
                top = np.sign(rho) * max(abs(rho) - self.alpha * first, 0.0)
                self.w[j] = top / (A[:, j] @ A[:, j] / n + self.alpha * second)
                r = r - A[:, j] * (self.w[j] - old)
        self.b = y.mean() - mean @ self.w
        return self

    def predict(self, X):
        return X @ self.w + self.b


class ElasticNetTurned(ElasticNet):
    """1/(2n) ||y - Xw - b||^2 + alpha * (l1_ratio * ||w||_1 + 0.5 * (1 - l1_ratio) * ||w||^2), by coordinates."""

    turned = True


@pytest.mark.parametrize(
    ("cls", "task", "outcome", "named"),
    [
        (LassoGD, "regression", "passed", None),
        (LassoOverRows, "regression", "failed", "by the number of rows"),
        (LassoWithoutRate, "regression", "failed", None),
        (LassoUnsaid, "regression", "not examined", None),
        (RidgeLogit, "classification", "passed", None),
        (RidgeLogitSummed, "classification", "failed", "by the number of rows"),
        (ElasticNet, "regression", "passed", None),
        (ElasticNetTurned, "regression", "failed", "changed places"),
    ],
)
def test_an_answer_is_held_to_the_formula_of_its_own_words(cls, task, outcome, named):
    """Kills: a price that is n times too weak, or hangs on the rate, and passes as a unit of its own."""
    card = gu.exam.examine(cls, task=task)
    assert {v.id: v.outcome for v in card.verdicts}["A22"] == outcome
    assert card.passed == (outcome != "failed")
    assert named is None or named in card.mistake


@pytest.mark.parametrize(("start", "outcome"), [(0, "failed"), (-1, "passed")])
def test_a_penalty_that_spares_a_column_in_place_of_the_bias_is_seen(start, outcome):
    """Kills: the column of ones stands last, and the penalty leaves out the first one."""

    def train(X, y, learning_rate=0.5, epochs=3000, lam=1.0):
        A = np.column_stack([X, np.ones(len(X))])
        theta, mask = np.zeros(A.shape[1]), np.ones(A.shape[1])
        mask[start] = 0
        for _ in range(epochs):
            p = 1 / (1 + np.exp(-A @ theta))
            theta = theta - learning_rate * (A.T @ (p - y) + lam * mask * theta) / len(y)
        return theta

    card = gu.exam.examine(train, task="classification")
    assert {v.id: v.outcome for v in card.verdicts}["C13"] == outcome
    assert outcome == "passed" or card.mistake == "the penalty leaves out a column in place of the bias"
