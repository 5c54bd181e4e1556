"""Scalers of a file: habits pass, and what only some tables show is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from groundup.exam.jail import Limits, ask_all
from groundup.exam.pieces.scalers import QUESTIONS, Scaler


class StandardScaler:
    """`slip` says what is wrong with it, or which habit it has."""

    slip = ""

    def fit(self, X):
        self.mean = X.mean(axis=0)
        self.deviation = np.sqrt((X**2).mean(axis=0) - self.mean**2) if self.slip == "one pass" else X.std(axis=0)
        self.deviation = self.deviation + (1e-8 if self.slip == "guard" else 0)
        return self

    def transform(self, X):
        if self.slip == "in place":
            X = np.copy(X)
            X -= self.mean
            X /= self.deviation
            return X
        return (X - self.mean) / self.deviation


def failed(cls, seed):
    return [v.id for v in ask_all(lambda: Scaler(cls), QUESTIONS, seed, Limits()) if v.outcome == "failed"]


@pytest.mark.parametrize(("slip", "seen"), [("", []), ("guard", []), ("one pass", ["T08"]), ("in place", ["T09"])])
def test_what_is_seen_of_a_scaler(slip, seen):
    """Kills: a variance by mean(x²) - mean(x)²; integers scaled in place; 1e-8 in the divisor taken for a mistake."""
    for seed in range(20):
        assert failed(type("StandardScaler", (StandardScaler,), {"slip": slip}), seed) == seen


def test_a_scaler_without_fit_of_its_own_is_asked_by_fit_transform():
    class MinMaxScaler:
        def fit_transform(self, X):
            self.low, self.high = X.min(axis=0), X.max(axis=0)
            return self.transform(X)

        def transform(self, X):
            return (X - self.low) / (self.high - self.low)

    assert not failed(MinMaxScaler, 0)
