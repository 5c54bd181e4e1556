"""Questions about awkward tables: a right learner passes, however it learns, and a slip in one place is seen."""

from __future__ import annotations

import numpy as np
import pytest

import groundup as gu
from groundup.exam import jail
from groundup.exam.candidates import candidate
from groundup.exam.checks import all_checks
from groundup.exam.grading import elementwise, metrics
from groundup.exam.grading.formulas import Formula
from groundup.exam.grading.names import target


def verdict(thing, task, question, seed=3):
    (asked,) = [q for q in all_checks(task.split()[0]) if q.id == question]
    return jail.one([], lambda: candidate(thing, task), asked, seed)


class Lasso:
    """Coordinate by coordinate; `slip` says what is wrong with it."""

    slip = ""

    def __init__(self, l1=0.1, max_iter=1000, tol=1e-6):
        self.l1, self.max_iter, self.tol = l1, max_iter, tol

    def fit(self, X, y):
        middle, n = X.mean(axis=0), len(y)
        Z, r, w = X - middle, y - y.mean(), np.zeros(X.shape[1])
        squares = (Z * Z).sum(axis=0) / n
        for _ in range(self.max_iter):
            before = w.copy()
            for j in range(len(w)):
                pull = Z[:, j] @ r / n + squares[j] * w[j]
                price = self.l1 * (squares[j] if self.slip == "own price" else 1)
                new = np.sign(pull) * max(abs(pull) - price, 0) / squares[j]
                if self.slip == "never back" and w[j] == 0 and j > 4:
                    new = 0.0
                r, w[j] = r - Z[:, j] * (new - w[j]), new
            if np.abs(w - before).max() < self.tol:
                break
        self.coef_, self.intercept_ = w, y.mean() - middle @ w
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_


@pytest.mark.parametrize("seed", range(5))
def test_a_slow_lasso_is_a_right_one(seed):
    """Kills: a boundary that only a direct solver keeps."""
    assert verdict(Lasso, "regression", "A09d", seed).outcome == "passed"


@pytest.mark.parametrize("slip", ["own price", "never back"])
def test_a_lasso_with_a_slip_is_caught(slip):
    wrong = type("Wrong", (Lasso,), {"slip": slip})
    assert verdict(wrong, "regression", "A09d").outcome == "failed"


class Newton:
    """Logistic regression with an l2 penalty and weights of rows."""

    slip = ""

    def __init__(self, l2=0.0):
        self.l2 = l2

    def fit(self, X, y, sample_weight=None):
        weight = np.ones(len(y)) if sample_weight is None or self.slip == "weights ignored" else sample_weight
        A, theta = np.column_stack([X, np.ones(len(X))]), np.zeros(X.shape[1] + 1)
        price = self.l2 * (np.arange(len(theta)) < X.shape[1])
        price = price * ([*np.abs(X).mean(axis=0), 1] if self.slip == "own price" else 1)
        for _ in range(40):
            p = 1 / (1 + np.exp(-A @ theta))
            H = A.T @ (A * (weight * p * (1 - p))[:, None]) + np.diag(price)
            theta = theta - np.linalg.solve(H, A.T @ (weight * (p - y)) + price * theta)
        self.coef_, self.intercept_ = theta[:-1], theta[-1]
        return self

    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-(X @ self.coef_ + self.intercept_)))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)


@pytest.mark.parametrize(("question", "slip"), [("C14", "own price"), ("C16", "own price"), ("C19", "weights ignored")])
def test_penalties_and_weights_of_classes(question, slip):
    assert verdict(Newton, "classification", question).outcome == "passed"
    wrong = type("Wrong", (Newton,), {"slip": slip})
    assert verdict(wrong, "classification", question).outcome in ("failed", "remark")


class Ols:
    """Least squares of least norm, with its standard errors; `slip` spoils one of them."""

    slip = ""

    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), X])
        inverse, rank = np.linalg.pinv(A.T @ A, rcond=1e-12), np.linalg.matrix_rank(A)
        self.theta_ = np.linalg.pinv(A, rcond=1e-12) @ y
        free = len(y) - (A.shape[1] if self.slip == "all columns" else rank)
        free = max(free, 1) if self.slip == "never nothing" else free
        s2 = float(((y - A @ self.theta_) ** 2).sum() / free) if free > 0 else np.nan
        self.stderr_ = np.sqrt(s2 * np.diag(inverse))
        if self.slip == "bias":
            self.stderr_[0] = np.sqrt(s2)
        return self

    def predict(self, X):
        return np.column_stack([np.ones(len(X)), X]) @ self.theta_


@pytest.mark.parametrize(
    ("question", "slip"), [("A04b", "bias"), ("A04c", "all columns"), ("A15b", "never nothing"), ("A17", "")]
)
def test_standard_errors_of_awkward_tables(question, slip):
    assert verdict(Ols, "regression", question).outcome == "passed"
    if slip:
        wrong = type("Wrong", (Ols,), {"slip": slip})
        assert verdict(wrong, "regression", question).outcome in ("failed", "remark")


def test_two_of_two_columns_that_are_the_same_have_no_error():
    assert verdict(Ols, "regression", "A04d").outcome == "remark"


@pytest.mark.parametrize("question", ["C14", "C15", "C15b", "C17", "C18", "C19", "A06b", "A20"])
def test_our_own_many_classes_are_asked_and_pass(question):
    """Kills: a docstring that names softmax and one-vs-rest, taken for a declaration of the second."""
    assert verdict(gu.LogisticRegression(), "multiclass", question).outcome == "passed"


@pytest.mark.parametrize("question", ["C17", "C17b", "C16", "A06b", "A20"])
def test_our_own_two_classes(question):
    assert verdict(gu.LogisticRegression(), "classification", question).outcome == "passed"


class Scaled(gu.NeuralNetworkRegressor):
    """Standardises the columns, and forgets it when it predicts."""

    def predict(self, X):
        return super().predict(X + 0.3 * self.mean_)

    def fit(self, X, y, **more):
        self.mean_ = X.mean(axis=0)
        return super().fit(X, y, **more)


def test_a_network_is_asked_about_its_own_settings():
    own = gu.NeuralNetworkRegressor(epochs=40)
    assert verdict(own, "network regression", "E13").outcome == "passed"
    assert verdict(own, "network regression", "E14").outcome == "passed"
    assert verdict(Scaled(epochs=40), "network regression", "E13").outcome == "failed"  # standardise=True is a promise
    assert (
        verdict(gu.NeuralNetworkRegressor(epochs=5, learning_rate=1e-6), "network regression", "E12").outcome
        == "remark"
    )


def test_slopes_far_out_and_tables_of_one_column():
    def softplus(x):
        return np.logaddexp(0, x)

    softplus.derivative = lambda x: np.exp(x) / (1 + np.exp(x))
    far = jail.one([], lambda: Formula(softplus, target("softplus")), elementwise.far_slope, 0)
    assert (far.outcome, far.symptom) == ("failed", "nan")

    def half_flat(y, prediction):
        return np.mean((np.ravel(y) - prediction) ** 2)

    right = jail.one([], lambda: Formula(gu.formulas.metrics.mse, target("mse")), metrics.all_in_columns, 0)
    wrong = jail.one([], lambda: Formula(half_flat, target("mse")), metrics.all_in_columns, 0)
    assert (right.outcome, wrong.outcome) == ("passed", "remark")
