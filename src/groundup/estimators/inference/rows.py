"""The rows once more, for what no statistic holds: leverages, residuals, robust covariance.

    classical   s² A A'                         every row has the same noise
    HC0         A Σ (w r u)(w r u)' A'          each row has its own, and r² is a first guess at it
    HC1         HC0 x n / (n - p)               a least-squares fit makes residuals too small
    HC2         r² / (1 - h)                    each by its own leverage h
    HC3         r² / (1 - h)²                   about what leaving the row out would do: the choice for few rows

MacKinnon and White, Some heteroskedasticity-consistent covariance matrix estimators, J. Econometrics 29 (1985);
Long and Ervin, Using heteroscedasticity consistent standard errors, The American Statistician 54 (2000).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.estimators.inference.geometry import Geometry
from groundup.estimators.inference.kept import Kept, inverse_root

COVARIANCES = ("classical", "HC0", "HC1", "HC2", "HC3")


class Rows(NamedTuple):
    """u (rows, unknowns), the residuals of a model (rows, outputs), leverages (rows,) and weights (rows,).

    `along` (unknowns, outputs) is u'Wy: the least squares in the coordinates of u.
    """

    u: Array
    residual: Array
    leverage: Array
    weight: Array
    along: Array


def rows_of(kept: Kept, geometry: Geometry, X: Array, y: Array, weight: Array | None, W: Array, bias: Array) -> Rows:
    """The rows as a model with weights W (d, k) and bias (k,) sees them."""
    w = np.ones(len(X)) if weight is None else weight.astype(float)
    u = geometry.rows(X)
    residual, along = y.astype(float), np.zeros((u.shape[1], y.shape[1]))
    for _ in range(3):  # what the first projection leaves over by rounding, the next ones find
        step = u.T @ (w[:, None] * residual)
        residual, along = residual - u @ step, along + step
    dW = W - kept.coefficients
    shift = bias - kept.intercept
    if dW.any() or shift.any():
        residual = residual - ((X - kept.means) @ dW + (shift + kept.means @ dW))
    return Rows(u, residual, w * np.square(u).sum(axis=1), w, along)


def meat(rows: Rows, output: int, kind: str, *, repeats: bool) -> Array:
    """Σ (w r u)(w r u)', each r² corrected as `kind` says; with `repeats` a row of weight w is w rows of weight 1."""
    w, r = rows.weight, rows.residual[:, output]
    square = np.square(r) * (w if repeats else np.square(w))
    square = corrected(square, w, rows.leverage, kind, rows.u.shape[1], repeats=repeats)
    return rows.u.T @ (square[:, None] * rows.u)


def corrected(square: Array, w: Array, leverage: Array | None, kind: str, unknowns: int, *, repeats: bool) -> Array:
    """The squares times what `kind` asks for."""
    if kind == "HC1":
        n = float(w.sum()) if repeats else float(np.count_nonzero(w))
        return square * (n / (n - unknowns)) if n > unknowns else np.full_like(square, np.nan)
    if kind == "HC0" or leverage is None:
        return square
    left = 1 - (np.where(w > 0, leverage / np.where(w > 0, w, 1.0), 0.0) if repeats else leverage)
    alone = left <= 1e-12
    if alone.any():
        row = int(np.argmax(alone))
        raise InputError(
            f"covariance={kind!r} divides by 1 - leverage; row {row} has leverage 1: nothing but that row "
            "determines some coefficient. Use 'HC1', or leave that row out."
        )
    return square / (left if kind == "HC2" else np.square(left))


def joint(c: Array, covariance: Array) -> float:
    """c' covariance^-1 c; NaN where the covariance has no inverse."""
    try:
        size = np.sqrt(covariance.diagonal())
        root = inverse_root(covariance / size / size[:, None])
    except np.linalg.LinAlgError:
        return float("nan")
    return float(np.square(root.T @ (c / size)).sum())
