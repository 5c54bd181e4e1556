"""Which rows pull the fit towards themselves, and which columns repeat each other.

Belsley, Kuh, Welsch, Regression Diagnostics (1980), chapters 2 and 3; Cook, Technometrics 19 (1977).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.read import as_matrix, as_weights
from groundup.errors import InputTypeError
from groundup.estimators.inference.geometry import Geometry
from groundup.estimators.inference.kept import column_norms, keep
from groundup.formulas.losses import Squared
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective


class Influence(NamedTuple):
    """What each row does to the fit; (rows,), with several outputs (rows, outputs) for all but the leverage."""

    leverage: Array
    """h: how much a row's own y counts in its prediction, from 0 to 1. They add up to the number of coefficients."""
    residual: Array
    """y - prediction; for a classifier Pearson's, (y - p) / sqrt(p (1 - p))."""
    studentised: Array
    """The residual over its standard error, s sqrt((1 - h) / w): beyond 3 is rare."""
    studentised_external: Array
    """The same with s from all other rows: Student's t with one degree of freedom less, if the model holds."""
    cooks_distance: Array
    """How far all predictions move when the row is left out, in units of p s²: above 1 is much."""
    dffits: Array
    """How far the row's own prediction moves when it is left out, in its standard errors."""


def influence(model: Any, X: Any, y: Any, sample_weight: Any = None) -> Influence:
    """Leverage, residuals and Cook's distance of each row that `model` was fitted to.

    X, y and sample_weight are the rows of `fit`. Where columns of y have models of their own, all is (rows, columns);
    a softmax has one number a row, with residuals that have no sign. A row of leverage 1 is fitted whatever its y is:
    NaN for the rest.
    Raises InputError where the formulas do not hold: with a penalty, a loss that is not squared, or away from the
    minimum.

    >>> from groundup import LinearRegression, examples
    >>> cars = examples.cars()
    >>> model = LinearRegression().fit(cars.X, cars.y)
    >>> rows = influence(model, cars.X, cars.y)
    >>> rows.leverage.sum().round(12), rows.cooks_distance.argmax()
    (np.float64(2.0), np.int64(6))

    Cook and Weisberg, Residuals and Influence in Regression (1982).
    """
    answer = getattr(model, "_influence", None)
    if answer is None:
        raise InputTypeError(
            f"influence is known for LinearRegression and LogisticRegression; got {type(model).__name__}. "
            "Fit one of them."
        )
    return answer(X, y, sample_weight)


def of_rows(residual: Array, leverage: Array, scaled: Array, df: float, unknowns: int) -> Influence:
    """All of it from the residuals as they are, the leverages, and the residuals `scaled` to sqrt(w) r / s."""
    with np.errstate(all="ignore"):
        h = leverage[:, None] if residual.ndim == 2 else leverage
        left = np.where(1 - h > 1e-12, 1 - h, np.nan)
        studentised = scaled / np.sqrt(left)
        external = studentised  # where s is known, as for a classifier, there is nothing to estimate from the others
        if df < np.inf:
            external = studentised * np.sqrt((df - 1) / (df - np.square(studentised)))
        cooks = np.square(studentised) * h / left / unknowns
        return Influence(leverage, residual, studentised, external, cooks, external * np.sqrt(h / left))


def of_classes(u: Array, p: Array, member: Array, weight: Array) -> Influence:
    """The same for a softmax, whose rows have hat matrices M = A'u u'A of all classes, with A A' = diag(p) - p p'.

        leverage  tr M      residual  |e|, e = (y - p) / sqrt(p)      studentised  |(1 - M)^-1/2 e|
        Cook's distance  |M^1/2 (1 - M)^-1 e|² / unknowns,      which for two classes are the formulas above

    u (rows, classes, unknowns) are the scores' coordinates, p and member (rows, classes) chances and truth.
    Residuals have no sign here: |e|² = 1 / p(own class) - 1.
    """
    root = np.sqrt(p)
    A = root[:, :, None] * np.eye(p.shape[1]) - p[:, :, None] * root[:, None, :]
    B = np.sqrt(weight)[:, None, None] * np.einsum("nkc,nku->ncu", A, u)
    values, vectors = np.linalg.eigh(B @ B.transpose(0, 2, 1))
    h = np.clip(values, 0.0, 1.0)
    left = np.where(1 - h > 1e-12, 1 - h, np.nan)
    e = (member - p) / np.where(root > 0, root, 1.0)
    along = np.sqrt(weight)[:, None] * np.einsum("nck,nc->nk", vectors, e)
    studentised = np.sqrt((np.square(along) / left).sum(axis=1))
    moved = (np.square(along / left) * h).sum(axis=1)
    residual = np.sqrt(np.square(e).sum(axis=1))
    return Influence(h.sum(axis=1), residual, studentised, studentised, moved / u.shape[2], np.sqrt(moved))


def vif(X: Any, sample_weight: Any = None, *, fit_intercept: bool = True) -> Array:
    """1 / (1 - R²_j): how many times larger a coefficient's variance is because of the other columns; (features,).

    R²_j is that of column j predicted from the others. 1 is a column that nothing else says; above 10 single
    coefficients are hard to read; infinite is a column that the others, or the bias, determine.

    >>> vif([[1.0, 1.0], [2.0, 2.0], [3.0, 4.0], [4.0, 3.0]]).round(4)
    array([2.7778, 2.7778])

    Belsley, Kuh, Welsch, Regression Diagnostics (1980), section 3.1.
    """
    matrix = as_matrix(X)
    blocks = ArrayBlocks(matrix, np.zeros((len(matrix), 1)), as_weights(sample_weight, len(matrix)))
    model = Affine(blocks.n_features, 1, fit_intercept=fit_intercept)
    condensed = Objective(Cost(model, Squared()), blocks).condensed()
    assert condensed is not None
    with np.errstate(all="ignore"):
        kept = keep(condensed, model.start())
        geometry, first = Geometry.of(kept), int(fit_intercept)
        factor = np.square(column_norms(kept.triangle) * column_norms(geometry.coefficients[first:].T))
        return np.where(geometry.known[first:], factor, np.inf)
