"""What a candidate promises in its own words is owed: a departure fails. Without the words it earns a remark."""

from __future__ import annotations

import numpy as np
import pytest

from groundup.exam import examine, grade


class Careless:
    """Least squares by the normal equations, where a missing number is taken for 0."""

    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), np.nan_to_num(X)])
        self.theta_ = np.linalg.lstsq(A.T @ A, A.T @ y, rcond=None)[0]
        return self

    def predict(self, X):
        return np.column_stack([np.ones(len(X)), X]) @ self.theta_


class Promising(Careless):
    """Least squares by the normal equations. Raises ValueError for rows with missing numbers."""


@pytest.mark.parametrize(
    ("candidate", "outcome"), [(Careless, "remark"), (Promising, "failed"), (Promising(), "failed")]
)
def test_what_is_promised_is_owed(candidate, outcome):
    """Kills: words that are not read, of a class or of an object of it; and a failure without a promise."""
    card = examine(candidate, task="regression")
    assert {verdict.id: verdict.outcome for verdict in card.verdicts}["A13b"] == outcome
    assert card.passed == (outcome == "remark")


def test_a_formula_is_held_to_its_words():
    def relu(x):
        return np.where(np.asarray(x) > 0, x, 0.0)

    assert grade(relu, "relu").passed
    relu.__doc__ = "max(0, x). A NaN stays NaN."
    assert not grade(relu, "relu").passed
