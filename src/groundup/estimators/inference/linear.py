"""The summary of a linear regression: what the rows say about its coefficients, and what they do not.

    s² = Σ w r² / (n - p)          standard error_j = s sqrt((X'WX)^-1_jj)          t = coefficient / standard error

The numbers are conventional: log-likelihood n/2 (log(2 pi) + log(Σ w r² / n) + 1), negative, plus Σ log(w) / 2; AIC
-2 log-likelihood + 2 p and BIC with p log n, where p counts the coefficients and not s.

Greene, Econometric Analysis, chapters 3 to 5; Hastie, Tibshirani, Friedman, sections 3.2, 3.4 and 7.6.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.estimators.inference.geometry import Geometry
from groundup.estimators.inference.kept import Kept, column_norms
from groundup.estimators.inference.rows import Rows, joint, meat
from groundup.estimators.inference.table import Table, chance, count, number
from groundup.formulas.distributions import F, StudentT

NEAR, FAR = 1e-6, 0.1
"""So many standard errors from the least squares a distance is worth a note, and takes the tests away."""


@dataclass(frozen=True, eq=False, repr=False)
class LinearSummary(Table):
    """The summary of a linear regression. For several outputs each number below is an array (outputs,)."""

    residual_deviation: Any = math.nan
    """s, the estimated standard deviation of the noise, in the units of y."""
    residual_sum: Any = math.nan
    """Σ w r²; infinite where it is beyond the floats."""
    r2: Any = math.nan
    adjusted_r2: Any = math.nan
    f: Any = math.nan
    """Are all coefficients but the bias 0? Explained variance per coefficient over s²; Wald's for HC0 to HC3."""
    f_p_value: Any = math.nan
    f_degrees: tuple[float, float] = (math.nan, math.nan)
    effective_parameters: Any = math.nan
    """The coefficients that the rows could choose freely: p, and less with a penalty."""
    distance: Any = 0.0
    """How far the model is from the least squares: the longest way in any direction, in standard errors."""

    def facts(self, output: int | None) -> Iterator[tuple[str, str]]:
        """Rows, fit and tests."""

        def of(value: Any) -> Any:
            return np.atleast_1d(value)[output or 0]

        q, df = self.f_degrees
        yield "rows", count(self.n)
        yield "degrees of freedom", count(of(self.degrees_of_freedom))
        yield "residual deviation", number(of(self.residual_deviation))
        yield "R²", f"{of(self.r2):.6f}" if math.isfinite(of(self.r2)) else "-"
        yield "adjusted R²", f"{of(self.adjusted_r2):.6f}" if math.isfinite(of(self.adjusted_r2)) else "-"
        yield (f"F({q:g}, {df:g})" if math.isfinite(q) else "F"), number(of(self.f))
        yield "p of F", chance(of(self.f_p_value))
        yield "log-likelihood", f"{of(self.log_likelihood):.6g}"
        yield "AIC", f"{of(self.aic):.6g}"
        yield "BIC", f"{of(self.bic):.6g}"
        yield "condition", number(self.condition)
        yield "condition, standardised", number(self.condition_standardised)


class Question(NamedTuple):
    """What is asked, and of which model: W (d, k) and bias (k,)."""

    W: Array
    bias: Array
    names: list[str]
    outputs: list[str] | None
    level: float
    covariance: str
    repeats: bool
    rows: Rows | None


def summarise(kept: Kept, geometry: Geometry, question: Question) -> LinearSummary:
    """All that the rows say, for every output."""
    columns = [_column(kept, geometry, question, j) for j in range(question.W.shape[1])]
    one = question.outputs is None
    stacked: dict[str, Any] = {}
    for name in columns[0]:
        values = [column[name] for column in columns]
        stacked[name] = values[0] if one else np.array(values)
    n = columns[0].pop("n")
    stacked.pop("n")
    degrees = stacked.pop("f_degrees")
    return LinearSummary(
        title=_title(kept, question, n),
        names=question.names,
        outputs=question.outputs,
        level=question.level,
        covariance=question.covariance,
        n=n,
        condition=_condition(kept),
        condition_standardised=float(kept.condition),
        notes=_notes(kept, geometry, question, columns),
        f_degrees=columns[0]["f_degrees"] if not one else degrees,
        **stacked,
    )


class Fit(NamedTuple):
    """One output: n rows, `free` weights, what is left, s, and how far from the least squares, in standard errors."""

    n: float
    free: float
    df: float
    excess: float
    left: float
    s: float
    distance: float


def fit_of(kept: Kept, W: Array, bias: float, j: int, *, repeats: bool = False) -> Fit:
    """How well weights W (d,) and the bias fit output j."""
    n = kept.weight_sum if repeats else float(kept.n_rows)
    penalised = kept.l1 > 0 or kept.l2 > 0
    excess = _excess(kept, W, bias, j)
    free = _free(kept, W) if penalised else float(kept.rank)
    df = n - free - int(kept.fit_intercept)
    if df < 0.5:
        df = 0.0  # as many unknowns as rows: whatever the rows are, they are fitted
    least = float(kept.residual_norm[j]) if df > 0 else 0.0
    left = math.hypot(least, excess)
    s = (left if penalised else least) / math.sqrt(df) if df > 0 else math.nan
    return Fit(n, free, df, excess, left, s, 0.0 if excess == 0 else float(np.float64(excess) / s))


def _column(kept: Kept, geometry: Geometry, question: Question, j: int) -> dict[str, Any]:
    """Every number for one output."""
    W, bias = question.W[:, j], question.bias[j]
    fit = fit_of(kept, W, bias, j, repeats=question.repeats)
    estimate = np.concatenate([[bias], W]) if kept.fit_intercept else W
    with np.errstate(all="ignore"):
        root = _root(kept, geometry, question, j, fit.s)
        errors = np.where(geometry.known, column_norms(root.T), np.nan)
        tested = kept.l1 == kept.l2 == 0 and fit.distance <= FAR and fit.df > 0
        f = _f(kept, geometry, question, j, fit.s) if tested and kept.rank else math.nan
        return {
            "n": fit.n,
            "coefficients": estimate,
            "standard_errors": errors,
            **_tests(estimate, errors, fit.df, question.level, tested),
            "covariance_matrix": _known_only(root @ root.T, geometry.known),
            **_quality(kept, fit, j, question.repeats),
            "f": f,
            "f_p_value": math.nan if math.isnan(f) else float(F(kept.rank, fit.df).sf(f)),
            "f_degrees": (float(kept.rank), fit.df),
            "distance": fit.distance,
        }


def _quality(kept: Kept, fit: Fit, j: int, repeats: bool) -> dict[str, float]:
    """What is said of the fit as a whole."""
    n, df, fitted = fit.n, fit.df, kept.fit_norm[j]
    parameters = fit.free + int(kept.fit_intercept)
    total = math.hypot(fitted, kept.residual_norm[j]) if df > 0 else fitted
    r2 = (fitted / total) ** 2 - (fit.excess / total) ** 2 if total > 0 else math.nan
    log_likelihood = -n / 2 * (math.log(2 * math.pi) + 2 * float(np.log(fit.left)) - math.log(n) + 1)
    if not repeats:
        log_likelihood += kept.log_weights / 2
    return {
        "degrees_of_freedom": df,
        "log_likelihood": log_likelihood,
        "aic": -2 * log_likelihood + 2 * parameters,
        "bic": -2 * log_likelihood + math.log(n) * parameters,
        "residual_deviation": fit.s,
        "residual_sum": float(np.square(np.float64(fit.left))),
        "r2": r2,
        "adjusted_r2": 1 - (1 - r2) * (n - int(kept.fit_intercept)) / df if df > 0 else math.nan,
        "effective_parameters": parameters,
    }


def _excess(kept: Kept, W: Array, bias: float, j: int) -> float:
    """The root of what the model's Σ w r² is above the least: |R (W - W*)| and sqrt(Σw) (level - level*) together."""
    dW = W - kept.coefficients[:, j]
    level = math.sqrt(kept.weight_sum) * (bias - kept.intercept[j] + kept.means @ dW) if kept.fit_intercept else 0.0
    return float(column_norms(np.append(kept.triangle @ dW, level)[:, None])[0])


def _free(kept: Kept, W: Array) -> float:
    """The effective number of weights: trace of R (R'R + price)^-1 R' over those that are not 0."""
    active = W != 0 if kept.l1 > 0 else np.ones(len(W), bool)
    if not active.any():
        return 0.0
    squares = np.square(np.linalg.svd(kept.triangle[:, active], compute_uv=False))  # pyright: ignore
    squares = squares[squares > 0]
    return float((squares / (squares + kept.price)).sum()) if kept.price > 0 else float(min(active.sum(), kept.rank))


def _root(kept: Kept, geometry: Geometry, question: Question, j: int, s: float) -> Array:
    """A matrix whose product with its own transpose is the covariance of (bias, W); NaN where none is known."""
    A = geometry.coefficients
    if kept.l1 > 0:
        return np.full_like(A, np.nan)
    if kept.l2 > 0:
        return s * _shrunken(kept)
    if question.covariance == "classical" or question.rows is None:
        return s * A
    M = meat(question.rows, j, question.covariance, repeats=question.repeats)
    values, vectors = np.linalg.eigh(M) if np.isfinite(M).all() else (np.full(len(M), np.nan), M)
    return A @ (vectors * np.sqrt(np.maximum(values, 0.0)))


def _shrunken(kept: Kept) -> Array:
    """(R'R + price)^-1 R' below the bias's row: how ridge coefficients move with y."""
    _, S, V = np.linalg.svd(kept.triangle, full_matrices=False)
    B = V.T * (S / (S * S + kept.price))
    if not kept.fit_intercept:
        return B
    top = np.concatenate([[1 / math.sqrt(kept.weight_sum)], -kept.means @ B])
    return np.concatenate([top[None], np.concatenate([np.zeros((len(B), 1)), B], axis=1)])


def _tests(estimate: Array, errors: Array, df: float, level: float, tested: bool) -> dict[str, Array]:
    nothing = np.full_like(estimate, np.nan)
    if not tested:
        return {"statistics": nothing, "p_values": nothing, "lower": nothing, "upper": nothing}
    law = StudentT(df)
    t = estimate / errors
    reach = law.upper_quantile((1 - level) / 2) * errors
    p_values = np.minimum(2 * law.sf(np.abs(t)), 1.0)
    return {"statistics": t, "p_values": p_values, "lower": estimate - reach, "upper": estimate + reach}


def _f(kept: Kept, geometry: Geometry, question: Question, j: int, s: float) -> float:
    if question.covariance == "classical" or question.rows is None:
        return float((np.float64(kept.fit_norm[j]) / s) ** 2 / kept.rank)
    V = geometry.root[int(kept.fit_intercept) :]
    M = meat(question.rows, j, question.covariance, repeats=question.repeats)
    return joint(V @ question.rows.along[:, j], V @ M @ V.T) / kept.rank


def _known_only(covariance: Array, known: Array) -> Array:
    return np.where(known & known[:, None], covariance, np.nan)


def _condition(kept: Kept) -> float:
    """Of the columns as they are: singular values of [1, X], from the triangle and the means."""
    whole = kept.triangle
    if kept.fit_intercept:
        below = np.concatenate([np.zeros((len(whole), 1)), whole], axis=1)
        whole = np.concatenate([math.sqrt(kept.weight_sum) * np.append(1.0, kept.means)[None], below])
    values: Any = np.linalg.svd(whole, compute_uv=False)
    least = values[-1] if len(values) == whole.shape[1] else 0.0
    return float(values[0] / least) if least > 0 else math.inf


def _title(kept: Kept, question: Question, n: float) -> str:
    how = "Least squares" if kept.l1 == kept.l2 == 0 else "Least squares with a penalty"
    errors = "" if question.covariance == "classical" else f", {question.covariance} standard errors"
    return f"{how} on {count(n)} rows{errors}"


def _notes(kept: Kept, geometry: Geometry, question: Question, columns: list[dict[str, Any]]) -> list[str]:
    notes: list[str] = []
    distance = max(column["distance"] for column in columns)
    if kept.l1 > 0:
        notes.append(
            "No standard errors, tests or intervals: l1 chose which weights are 0 by looking at y and pulled the "
            "others towards 0, and the classical formulas know of neither. R², the residual deviation and the counts "
            "of effective parameters hold. Fit with l1=0 for tests, on rows that had no part in the choice."
        )
    elif kept.l2 > 0:
        notes.append(
            "No tests or intervals: l2 pulls the weights towards 0 on purpose, and how far is unknown. The standard "
            "errors say how much the weights would vary with new noise, without that bias; R², the residual deviation "
            "and the effective parameters hold. Fit with l2=0 for tests."
        )
    elif distance > FAR:
        notes.append(
            f"These coefficients are not the least squares: some combination of them is {distance:.3g} standard "
            "errors away. The standard errors are those of the least squares; tests and intervals hold only there and "
            "are left out. Train longer, or use solver='exact'."
        )
    elif distance > NEAR:
        notes.append(
            f"These coefficients are within {distance:.2g} standard errors of the least squares in every direction; "
            "tests and intervals are those of the least squares to that extent."
        )
    notes += _notes_on_rows(kept, geometry, question, columns)
    return notes


def _notes_on_rows(kept: Kept, geometry: Geometry, question: Question, columns: list[dict[str, Any]]) -> list[str]:
    notes: list[str] = []
    if columns[0]["degrees_of_freedom"] <= 0:
        notes.append(
            "There are as many coefficients as rows, so every row is fitted and nothing is left to judge the noise by: "
            "no standard errors. Give more rows."
        )
    elif (kept.residual_norm <= 1e-13 * kept.fit_norm).any():
        notes.append(
            "The rows lie on the fit to 13 digits, so the residual deviation and all that follows from it measure the "
            "rounding of the data and no noise."
        )
    if not geometry.known.all():
        unknown = [name for name, known in zip(question.names, geometry.known, strict=True) if not known]
        listed = ", ".join(unknown[:8]) + (", ..." if len(unknown) > 8 else "")
        notes.append(
            f"Columns depend on each other (rank {kept.rank} of {len(kept.means)}): the rows do not determine {listed} "
            "one by one. Of all equally good coefficients these are the shortest; predictions, R² and F hold."
        )
    if kept.weighted:
        notes.append(
            "sample_weight counts repeated rows: a row of weight 2 is two rows."
            if question.repeats
            else "sample_weight is read as precision: the noise of a row has variance s² / weight. "
            "If the weights count repeated rows, use weights='repeats'."
        )
    if question.covariance == "classical" and kept.condition > 1e8:
        notes.append(
            f"The standardised columns have condition {kept.condition:.2g}: nearly the same column comes more than "
            "once, and single coefficients say little. See vif(X)."
        )
    return notes
