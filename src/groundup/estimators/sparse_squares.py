"""Least squares on sparse rows: LSQR on centred columns, which are never made dense.

    minimise  Σ w (y - X b - a)² + ridge² Σ b²,      b = unit v,      v by LSQR

The unit of a column is its length, ridge included, so that columns of 1e40 and of 1e-40 are alike. Where there are more
columns than rows all units are the user's, so that the answer is that of least norm, unless that leaves some column
with a slope.
"""

from __future__ import annotations

import math
import warnings
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.errors import NotConvergedWarning, twin
from groundup.estimators import fitting
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.objective import Objective
from groundup.solve.lsqr import Found, lsqr

MOST_STEPS = 10_000
UPRIGHT = 1e-10


class Centred(NamedTuple):
    """The rows times the roots of their weights, less the means; below them the ridge's."""

    X: Any
    root: Array
    means: Array
    lengths: Array
    """Σ w (x - mean)² + ridge² of each column; 0 where rounding is all that is left."""
    ridge: float
    unit: Array

    def times(self, v: Array) -> Array:
        """A v."""
        b = self.unit * v
        return np.concatenate((self.root * (self.X @ b - self.means @ b), self.ridge * b))

    def back(self, u: Array) -> Array:
        """A'u."""
        rows = self.root * u[: len(self.root)]
        return self.unit * (self.X.T @ rows - self.means * rows.sum() + self.ridge * u[len(self.root) :])

    def target(self, labels: Array) -> Array:
        """What A v comes near to."""
        return np.concatenate((self.root * labels, np.zeros(len(self.unit))))

    def solved(self, labels: Array) -> list[Found]:
        """An answer for each column of labels, with the largest cos = |a'r| / (|a| |r|) over all columns a."""
        found = [lsqr(self.times, self.back, self.target(y), len(self.unit), MOST_STEPS) for y in labels.T]
        return [one._replace(cosine=self._cosine(one, y)) for one, y in zip(found, labels.T, strict=True)]

    def _cosine(self, found: Found, labels: Array) -> float:
        target = self.target(labels)
        r = target - self.times(found.x)
        size, some = math.sqrt(float(r @ r)), self.unit > 0
        whole = math.sqrt(float(target @ target)) + found.norm * math.sqrt(float(found.x @ found.x))
        slope = float((np.abs(self.back(r)[some]) / (self.unit * np.sqrt(self.lengths))[some]).max(initial=0.0))
        return slope / size if slope > 1e-14 * whole else 0.0  # what is less may be rounding


def _lengths(csr: Any, weight: Array, means: Array) -> Array:
    """Σ w (x - mean)² of each column: over its entries, and over its rows of zeros at once, so that nothing cancels."""
    d, entries = csr.shape[1], np.diff(csr.indptr)
    row: Array = np.repeat(np.arange(len(weight)), entries)
    away = csr.data - means[csr.indices]
    there = np.bincount(csr.indices, weight[row], minlength=d)
    empty = np.where(np.bincount(csr.indices, minlength=d) < len(weight), weight.sum() - there, 0.0)
    return np.bincount(csr.indices, weight[row] * away * away, minlength=d) + means**2 * empty


def squares_on_sparse(objective: Objective, blocks: ArrayBlocks) -> fitting.Answer:
    """Least squares, with l2: each output by LSQR."""
    X, penalty, model = blocks.X, objective.penalty, cast(Affine, objective.model)
    assert isinstance(penalty, ElasticNet)
    root = np.ones(len(X)) if blocks.sample_weight is None else np.sqrt(blocks.sample_weight.astype(np.float64))
    weight = float(root @ root)
    means = X.T @ (root * root) / weight if model.fit_intercept else np.zeros(X.shape[1])
    label_means = (root * root) @ blocks.y / weight if model.fit_intercept else np.zeros(blocks.n_outputs)
    lengths = _lengths(X.csr, root * root, means)
    ridge = math.sqrt(penalty.l2 / (2 * objective.total.slope(1.0, weight * model.n_outputs)))
    told = lengths > 1e-28 * weight * means**2
    lengths = np.where(told, lengths + ridge * ridge, 0.0)
    by_length = told / np.sqrt(np.where(told, lengths, 1.0))
    users = len(X) <= X.shape[1] and ridge == 0
    rows = Centred(X, root, means, lengths, ridge, told.astype(float) if users else by_length)
    found = rows.solved(blocks.y - label_means)
    if users and max(one.cosine for one in found) > UPRIGHT:
        rows = rows._replace(unit=by_length)
        found = rows.solved(blocks.y - label_means)
    W = np.stack([rows.unit * one.x for one in found], axis=1)
    parameters = model.pack(W, label_means - means @ W)
    steps, cosine = max(one.steps for one in found), max(one.cosine for one in found)
    reason = f"LSQR on sparse rows: {steps} steps, and what is left over is upright on every column to {cosine:.1g}"
    if cosine > UPRIGHT:
        reason += f", not to {UPRIGHT:.0g}: columns nearly depend on others. Use l2."
        warnings.warn(reason, cast(type[Warning], twin(NotConvergedWarning, "ConvergenceWarning")), stacklevel=5)
    history = {"loss": np.array([objective.value(parameters)])}
    return fitting.Answer(parameters, reason, steps, math.nan, history)
