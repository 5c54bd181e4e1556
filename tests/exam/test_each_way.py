"""A class with several ways of training is asked about its penalty once for each.

Kills: a penalty that is right in the usual way and pulls at the bias in another, and a right one that fails for it.
"""

from __future__ import annotations

from groundup.exam.loading import load
from groundup.exam.sitting import sit

RIDGE = """
import numpy as np
class RidgeRegression:
    def __init__(self, learning_rate=0.01, epochs=5000, alpha=0.1, solver="gd"):
        if solver not in ("gd", "exact"):
            raise ValueError(f"solver is gd or exact; got {solver!r}")
        self.learning_rate, self.epochs, self.alpha, self.solver = learning_rate, epochs, alpha, solver
    def fit(self, X, y):
        n, d = X.shape
        if self.solver == "exact":
            Z = np.hstack((np.ones((n, 1)), X))
            price = np.eye(d + 1)
            price[0, 0] = 0
            theta = np.linalg.solve(Z.T @ Z + n * self.alpha * price, Z.T @ y)
            self.bias, self.weights = theta[0], theta[1:]
            return self
        self.weights, self.bias = np.zeros(d), 0.0
        for _ in range(self.epochs):
            e = X @ self.weights + self.bias - y
            self.weights = self.weights - self.learning_rate * (X.T @ e / n + self.alpha * self.weights)
            self.bias = self.bias - self.learning_rate * e.mean()
        return self
    def predict(self, X):
        return X @ self.weights + self.bias
"""


def seen(code: str, folder):
    """The card of a file."""
    file = folder / f"{folder.name}.py"
    file.write_text(code)
    return sit(load(str(file)))


def test_a_ridge_that_is_right_in_both_ways_passes(tmp_path):
    card = seen(RIDGE, tmp_path)
    assert card.passed, [(v.id, v.words) for v in card.failed]


def test_a_penalty_that_pulls_at_the_bias_in_the_other_way_only_is_caught_and_said(tmp_path):
    card = seen(RIDGE.replace("            price[0, 0] = 0\n", ""), tmp_path)
    assert [v.id for v in card.failed] == ["A09"]
    assert card.failed[0].words.startswith("with solver='exact': the bias ")


def test_a_way_that_is_refused_is_not_counted(tmp_path):
    refused = RIDGE.replace(
        "        n, d = X.shape\n", '        n, d = X.shape\n        assert self.solver != "exact"\n'
    )
    assert "A09" not in {v.id for v in seen(refused, tmp_path).failed}
