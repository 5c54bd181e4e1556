"""Ridge regression: a price l2 |b|² on the coefficients, from one triangle, for as many l2 as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.least_squares.normal_equations import few
from groundup.solve.least_squares.refine import polish
from groundup.solve.least_squares.solution import LeastSquares


def ridge_path(solution: LeastSquares, penalties: Sequence[float]) -> tuple[Array, Array]:
    """b(l2) = (R'R + l2)^-1 R't and its intercept, for each l2: one factorisation, many penalties.

    With R = U S V' and t = `projections` this is V (S + l2 / S)^-1 U't; a penalty of 0 gives the answer itself.
    Shapes: coefficients (penalties, d, k), intercepts (penalties, k). Raises InputError for a negative penalty.

    Hoerl and Kennard, Ridge regression, Technometrics 12 (1970).
    """
    for penalty in penalties:
        if not 0 <= penalty < np.inf:
            raise InputError(f"l2 must be a finite number of at least 0; got {penalty!r}. Use 0 for no penalty.")
    triangle: Array = solution.told
    if not np.isfinite(triangle).all():
        return np.array([solution.coefficients] * len(penalties)), np.array([solution.intercept] * len(penalties))
    with np.errstate(all="ignore"):
        U, S, V = np.linalg.svd(triangle, full_matrices=False)
        shrunk = [(1 / (S + l2 / S))[:, None] * (U.T @ solution.projections) for l2 in penalties]
        path = [solution.coefficients if l2 == 0 else V.T @ c for c, l2 in zip(shrunk, penalties, strict=True)]
        intercepts = [
            solution.intercept if l2 == 0 else solution.label_means - solution.feature_means @ b
            for b, l2 in zip(path, penalties, strict=True)
        ]
    return np.array(path), np.array(intercepts)


def penalised(blocks: Any, solution: LeastSquares, penalties: Sequence[float]) -> tuple[Array, Array]:
    """`ridge_path`; where there are few numbers, each answer refined in doubled precision."""
    coefficients, intercepts = ridge_path(solution, penalties)
    if not few(blocks) or not np.isfinite(coefficients).all():
        return coefficients, intercepts
    with np.errstate(all="ignore"):
        for i, l2 in enumerate(penalties):
            if l2 > 0:
                rough = solution._replace(coefficients=coefficients[i], intercept=intercepts[i])
                best = polish(blocks, rough, _penalised_inverse(solution.told, l2), l2)
                if np.isfinite(best.coefficients).all():  # columns of 1e150 leave the penalty no digit of theirs
                    coefficients[i], intercepts[i] = best.coefficients, best.intercept
    return coefficients, intercepts


def _penalised_inverse(R: Array, l2: float) -> Array:
    """B with B B' = (R'R + l2)^-1, from the triangle of R above sqrt(l2) I; 0 for columns that tell nothing."""
    taller = np.concatenate((R, np.sqrt(l2) * np.eye(R.shape[1])))
    return np.where(R.any(axis=0)[:, None], np.linalg.inv(np.linalg.qr(taller, mode="r")), 0.0)
