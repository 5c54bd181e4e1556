"""Rows drawn with replacement are a mistake where an epoch is promised, and none where steps are counted."""

from __future__ import annotations

import numpy as np
import pytest

from groundup.exam.candidates import candidate
from groundup.exam.checks.batches import all_rows_in_one_batch
from groundup.exam.evidence import NotExamined
from groundup.exam.jail import Limits, ask_all
from groundup.exam.mutants import catalogue


class DrawnSteps:
    """Stochastic descent by steps, each on rows that are drawn: no epoch is promised."""

    def __init__(self, lr=0.01, n_iters=100, batch_size=8, seed=0):
        self.lr, self.n_iters, self.batch_size, self.seed = lr, n_iters, batch_size, seed

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.n_iters):
            rows = rng.integers(0, len(y), self.batch_size)
            error = X[rows] @ self.w + self.b - y[rows]
            self.w, self.b = self.w - self.lr * X[rows].T @ error / len(rows), self.b - self.lr * error.mean()
        return self

    def predict(self, X):
        return X @ self.w + self.b


@pytest.mark.parametrize("seed", range(10))
def test_an_epoch_of_drawn_rows_is_caught_with_every_seed(seed):
    """Kills: a boundary of chance wide enough for rows that an epoch never saw."""
    mutant = next(m for m in catalogue() if m.id == "batches: with replacement")
    [verdict] = ask_all(lambda: candidate(mutant.make(), "regression"), [all_rows_in_one_batch], seed, Limits())
    assert (verdict.outcome, verdict.symptom) == ("failed", "rows used more than once")


def test_steps_on_drawn_rows_are_a_convention():
    with pytest.raises(NotExamined, match="counts steps and not epochs"):
        all_rows_in_one_batch.ask(candidate(DrawnSteps, "regression"), np.random.default_rng(0))
