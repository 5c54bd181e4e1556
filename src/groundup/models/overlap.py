"""Have the labels of rows that are mostly zeros a likeliest model? Decided by products alone, or on a few columns.

They have one if the classes overlap: no direction D makes some margin of a row positive and none negative. That is so
if and only if some positive weights, one for each row i and class k that it does not belong to, balance the margins:

    Σ_ik  v_ik (x_i for the own class, minus x_i for class k)  =  0,      all v_ik > 0                       (Stiemke)

Such weights come with a Newton step. Its equation, slope + H step = 0, is this balance with v_ik the chance p_ik of
the wrong class, changed as it would be if it were straight: v_ik = p_ik (1 + d_ik - Σ_l p_il d_il), where the step
moves the scores of row i by d_i. So, at any place whatever: if the step of Newton's method takes less than all of every
wrong chance, the classes overlap. Where they do not, some score must move by 1 or more, however far one has gone.

Then what moves most is made of few columns, mostly: a word, or some that come together. On these alone an exact simplex
method finds a direction; it is one of the whole, where all other weights stay, and no rounding is in its proof.

Stiemke, Über positive Lösungen homogener linearer Gleichungen, Mathematische Annalen 76 (1915); Albert and Anderson, On
the existence of maximum likelihood estimates in logistic regression models, Biometrika 71 (1984).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.formulas.activations import softmax
from groundup.models.affine import Affine
from groundup.models.bent import BentObjective
from groundup.models.separation import ROUNDING, Overlap, Separation, Sides, separation

TAKEN = 0.5
"""The classes overlap if a step takes less than 1 of every wrong chance; rounding is far below the other half."""
SOLVED = 1e-3
"""A step whose equation is fulfilled up to this share says what the exact one says."""
SHARES = (0.1, 0.01, 1e-3, 1e-4)
"""Columns count whose weights move by this share of the most: few first."""
MOST_NUMBERS = 1_000_000


class Look(NamedTuple):
    """What is known: the verdict, and for a separation which columns it is made of."""

    verdict: Separation | Overlap | None
    columns: Array


NOTHING = Look(None, np.zeros(0, dtype=int))


def look(objective: BentObjective, parameters: Array) -> Look:
    """Whether the classes overlap, with what Newton's method would do at these parameters; nothing if that is unknown.

    The objective is log loss of two classes, or cross-entropy, without a penalty, on sparse rows in memory.
    """
    rows, affine = objective.blocks, objective.model
    assert isinstance(rows, ArrayBlocks)
    assert isinstance(affine, Affine)
    found = objective.way(parameters)
    step, left = -found.step, found.left
    y = _both(rows.y, 1 - rows.y)
    z, d = (_both(affine.score(at, rows.X)) for at in (parameters, step))
    if left <= SOLVED and taken(np.asarray(softmax.value(z)), d, y) < TAKEN:
        return Look(Overlap(), NOTHING.columns)
    W, b = affine.unpack(step)
    size = np.abs(W).max(axis=1) * _largest(rows.X.csr)
    for share in SHARES:
        some = np.flatnonzero(size > share * size.max())
        sides = _sides(rows, y, some, affine.fit_intercept)
        found = sides and separation(sides, 20 * _both(W[some]), 20 * _both(b[None])[0], np.zeros(len(some)))
        if found is None:
            break  # more columns are more work
        if isinstance(found, Separation):
            return Look(found, some)
    return NOTHING


def taken(chance: Array, moved: Array, y: Array) -> float:
    """max Σ_l p_l d_l - d_k over the classes k that a row need not have: the largest share of a chance that goes.

    >>> chance, y = np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> round(taken(chance, np.array([[0.0, 0.5], [0.0, 0.1]]), y), 3)  # 0.2 becomes 0.2 - 0.2 x 0.4
    0.4
    """
    return float(np.max(((chance * moved).sum(axis=1, keepdims=True) - moved)[y < 1], initial=-math.inf))


def surely_apart(rows: ArrayBlocks, affine: Affine, parameters: Array) -> bool:
    """Whether each row has its own class ahead of all others by more than rounding can be."""
    W, b = affine.unpack(parameters)
    csr = rows.X.csr
    sides = Sides.of(rows.X, rows.y, affine.fit_intercept)
    size = np.asarray(abs(csr) @ np.abs(_both(W))) + np.abs(_both(b[None]))
    longest = int(np.diff(csr.indptr).max(initial=0))
    bound = 8 * (longest + 4) * ROUNDING * size.max(axis=1, keepdims=True)
    margins = sides.margins(_both(affine.score(parameters, rows.X)))
    return len(sides.classes) == len(rows.X) and bool((margins > bound)[sides.others()].all())


def _largest(csr: Any) -> Array:
    """The largest entry of each column, without its sign."""
    largest = np.zeros(csr.shape[1])
    np.maximum.at(largest, csr.indices, np.abs(csr.data))
    return largest


def _sides(rows: ArrayBlocks, y: Array, some: Array, intercept: bool) -> Sides | None:
    """The rows that hold some of these columns, cut down to them, and of those without one for each label; None where
    these are too many numbers.
    """
    part = rows.X.csr[:, some].tocsr()
    part.sum_duplicates()
    lengths = np.diff(part.indptr)
    held = np.flatnonzero(lengths)
    if not len(some) or len(held) * len(some) > MOST_NUMBERS:
        return None
    X = np.zeros((len(held), len(some)))
    X[np.repeat(np.arange(len(held)), lengths[held]), part.indices] = part.data
    others = np.unique(y[lengths == 0], axis=0)
    labels = np.concatenate([y[held], others])
    return Sides.of(np.concatenate([X, np.zeros((len(others), len(some)))]), labels, intercept)


def _both(z: Array, first: Array | None = None) -> Array:
    """Two classes from the one score, or label, of the second: the first has 0, or what is given."""
    if z.shape[1] > 1:
        return z
    return np.concatenate([np.zeros_like(z) if first is None else first, z], axis=1)
