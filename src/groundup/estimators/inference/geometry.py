"""How the rows lie: where they are many and spread wide a prediction is sure, elsewhere it is not.

    variance of the score at x = s² |u(x)|²,      u(x) = [1, (x - m) T] V

V V' is the inverse of the Gram matrix of the rows [1, (x - m) T], so that Σ w u u' = 1. With T the inverse of the
triangle R and m the means, V is 1 but for its corner 1 / sqrt(Σ w). Everything else is read off u: the variance of a
coefficient is the length of its row of [1, -mT; 0, T] V, and the leverage of a row is w |u|².
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.estimators.inference.kept import Kept
from groundup.models.basis import Basis, product
from groundup.solve.least_squares.factor import factor
from groundup.solve.least_squares.refine import exponents


class Geometry:
    """Rows seen in coordinates in which they are uncorrelated: the basis [1, (x - m) T], and V.

    `size` (d,) is how large the columns are, which decides what counts as nothing beside them.
    """

    def __init__(self, basis: Basis, root: Array, intercept: bool, size: Array):
        self.basis, self.root, self.intercept, self.size = basis, root, intercept, size

    @classmethod
    def of(cls, kept: Kept) -> Geometry:
        """From what a linear model keeps."""
        R, means, W = kept.triangle, kept.means, kept.weight_sum
        root_weight = math.sqrt(W)
        size = np.maximum(np.abs(R).max(axis=0, initial=0.0), root_weight * np.abs(means))
        if kept.map is not None and kept.shift is not None and kept.root is not None:
            basis = Basis(kept.shift, kept.map, kept.map.shape[1], kept.condition, [], kept.doubled)
            return cls(basis, kept.root, kept.fit_intercept, size)
        features = exponents(size)
        scale = np.ldexp(1.0, -features)
        T = scale[:, None] * factor(R * scale, means * scale, W, kept.n_rows, features).inverse
        root = np.eye(T.shape[1] + int(kept.fit_intercept))
        if kept.fit_intercept:
            root[0, 0] = 1 / root_weight
        return cls(Basis(means, T, T.shape[1], kept.condition, [], False), root, kept.fit_intercept, size)

    def rows(self, X: Array) -> Array:
        """u for each row of X; (rows, unknowns)."""
        return self.basis.rows(X, self.intercept) @ self.root

    @cached_property
    def coefficients(self) -> Array:
        """A with A A' the covariance of (bias, b) for s = 1; (coefficients, unknowns). The bias comes first."""
        T, first = self.basis.map, int(self.intercept)
        A = T @ self.root[first:]
        if not self.intercept:
            return A
        high, low = product(self.basis.shift[None, :], T)
        return np.concatenate([self.root[:1] - (high + low) @ self.root[1:], A])

    @cached_property
    def known(self) -> Array:
        """Whether the rows determine a coefficient at all, however many they are; (coefficients,)."""
        d = len(self.size)
        if self.basis.rank == d:
            return np.ones(d + int(self.intercept), bool)
        weights = self.seen(np.eye(d))
        return np.concatenate([self.seen(-self.basis.shift[None, :]), weights]) if self.intercept else weights

    def seen(self, directions: Array) -> Array:
        """Which of the `directions` (m, d) the rows have a spread along; elsewhere they say nothing."""
        if self.basis.rank == len(self.size):
            return np.ones(len(directions), bool)
        size = np.where(self.size > 0, self.size, 1.0)
        along = directions / size
        length = np.sqrt((along**2).sum(axis=1))
        T = self.basis.map / size[:, None]
        Q: Any = np.linalg.qr(T / np.sqrt((T**2).sum(axis=0)))[0]
        beside = np.sqrt(((along - (along @ Q) @ Q.T) ** 2).sum(axis=1))
        return beside <= min(1e-3, max(1e-9, 1e-13 * self.basis.condition)) * length
