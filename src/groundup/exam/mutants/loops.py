# ruff: noqa: E501  # a change is one line of code, as it stands in the candidate
"""Mistakes of training loops: batches, shuffling, seeds, tolerance, penalties."""

from __future__ import annotations

from groundup.exam.mutants.making import Mutant, of

RANGE = "for start in range(0, n, self.batch_size):"
ORDER = "order = rng.permutation(n) if self.shuffle else np.arange(n)"
ROWS = "rows = order[start : start + self.batch_size]"
BATCH = "xb, yb = X[rows], y[rows]"
GW = "2 * xb.T @ error / len(rows)"
L2 = "+ 2 * self.l2 * self.w\n"
STOP = "calm = calm + 1 if 0 <= change < self.tol else 0"
WALK = """order = np.arange(n)
            for i in range(n):
                j = rng.integers(n)
                order[i], order[j] = order[j], order[i]"""

BATCHES = {
    "last batch lost": (RANGE, "for start in range(0, n - n % self.batch_size, self.batch_size):"),
    "whole batch lost": (RANGE, "for start in range(0, n - self.batch_size, self.batch_size):"),
    "last batch full": [
        (GW, "2 * xb.T @ error / self.batch_size"),
        ("2 * error.mean()", "2 * error.sum() / self.batch_size"),
    ],
    "divided by all rows": [(GW, "2 * xb.T @ error / n"), ("2 * error.mean()", "2 * error.sum() / n")],
    "number of batches": [
        (
            RANGE,
            "size = -(-n // self.batch_size) if self.batch_size < n else n\n            for start in range(0, n, size):",
        ),
        (ROWS, "rows = order[start : start + size]"),
    ],
    "one batch": (
        "self.b = self.b - self.learning_rate * grad_b",
        "self.b = self.b - self.learning_rate * grad_b\n                break",
    ),
    "shuffled apart": (BATCH, "xb, yb = X[rows], y[start : start + self.batch_size]"),
    "never shuffled": (ORDER, "order = np.arange(n)"),
    "biased shuffle": (ORDER, WALK),
    "with replacement": (ORDER, "order = rng.integers(0, n, n)"),
    "rising loss": (STOP, "calm = 5 if change < self.tol else 0"),
    "stops at once": (STOP, "calm = 5 if change > self.tol else 0"),
    "loose tolerance": (STOP, "calm = 5 if change < 1e-3 * previous else 0"),
    "overlap": (RANGE, "for start in range(0, n, max(self.batch_size - 1, 1)):"),
    "first batch": (ROWS, "rows = order[: self.batch_size]"),
    "penalty no effect": (L2, "\n"),
    "penalty sign": (L2, "- 2 * self.l2 * self.w\n"),
    "penalty l2 by l1": (L2, "+ 2 * self.l2 * np.sign(self.w)\n"),
    "penalty squared": (L2, "+ 2 * self.l2**2 * self.w\n"),
    "penalty l1 by l2": ("self.l1 * np.sign(self.w)", "self.l1 * 2 * self.w"),
    "bias summed": ("grad_b = 2 * error.mean()", "grad_b = 2 * error.sum()"),
    "bias never updated": ("self.b = self.b - self.learning_rate * grad_b", "pass"),
    "seed ignored": ("np.random.default_rng(self.seed)", "np.random.default_rng()"),
    "one epoch short": ("for _epoch in range(self.epochs):", "for _epoch in range(1, self.epochs):"),
    "test batch": ("return X @ self.w + self.b", "return (X - X.mean(axis=0)) @ self.w + self.b"),
}
MUTANTS: list[Mutant] = [*of("batches", "regression", "MiniBatchRegression", BATCHES)]
