"""The summary of a logistic regression: coefficients, odds ratios, and whether the features say anything at all.

    standard error = sqrt((X'W p(1-p) X)^-1_jj)      z = coefficient / standard error      odds ratio = e^coefficient

    deviance         -2 log-likelihood
    likelihood ratio 2 (log-likelihood - that of a model without features), chi-squared with a degree for each weight
    pseudo-R²        1 - log-likelihood / that of a model without features (McFadden)

AIC is deviance + 2 p and BIC deviance + p log n, where p counts the coefficients.

McCullagh and Nelder, Generalized Linear Models (1989), chapter 4; Agresti, Categorical Data Analysis, chapters 4 to 7.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.estimators.inference.kept import column_norms
from groundup.estimators.inference.likelihood import Likelihood
from groundup.estimators.inference.table import Table, chance, count, number
from groundup.formulas.distributions import ChiSquare, Normal
from groundup.models.basis import LINALG

NEAR, FAR = 1e-6, 0.1


@dataclass(frozen=True, eq=False, repr=False)
class LogisticSummary(Table):
    """The summary of a logistic regression.

    For two classes the coefficients are those of the second against the first. For softmax there is an output for each
    class but the baseline, and numbers such as the deviance are of all together; for separate columns each has its own.
    """

    odds_ratios: Any = None
    """e^coefficient: by what factor the odds grow when a feature grows by 1."""
    odds_lower: Any = None
    odds_upper: Any = None
    deviance: Any = math.nan
    null_deviance: Any = math.nan
    pseudo_r2: Any = math.nan
    likelihood_ratio: Any = math.nan
    likelihood_ratio_p_value: Any = math.nan
    likelihood_ratio_degrees: Any = math.nan
    effective_parameters: Any = math.nan
    distance: Any = 0.0
    """How far the model is from the likeliest, in standard errors of the direction."""

    statistic_name = "z"

    def facts(self, output: int | None) -> Iterator[tuple[str, str]]:
        """Rows, deviance and tests; of a softmax once for all classes."""
        if output and np.ndim(self.deviance) == 0:
            return

        def of(value: Any) -> Any:
            return np.atleast_1d(value)[output or 0]

        yield "rows", count(self.n)
        yield "degrees of freedom", count(of(self.degrees_of_freedom))
        yield "log-likelihood", f"{of(self.log_likelihood):.6g}"
        yield "deviance", f"{of(self.deviance):.6g}"
        yield "deviance without features", f"{of(self.null_deviance):.6g}"
        yield "pseudo-R²", f"{of(self.pseudo_r2):.6f}" if math.isfinite(of(self.pseudo_r2)) else "-"
        yield f"likelihood ratio, chi²({of(self.likelihood_ratio_degrees):g})", number(of(self.likelihood_ratio))
        yield "p of the ratio", chance(of(self.likelihood_ratio_p_value))
        yield "AIC", f"{of(self.aic):.6g}"
        yield "BIC", f"{of(self.bic):.6g}"
        yield "condition", number(self.condition)
        yield "condition, standardised", number(self.condition_standardised)

    def below(self, output: int | None) -> tuple[str, Iterator[tuple[str, ...]]]:
        """The odds ratios and their intervals."""
        of: Any = slice(None) if output is None else output
        cells = zip(self.names, self.odds_ratios[of], self.odds_lower[of], self.odds_upper[of], strict=True)
        return "odds ratio", (
            (name, number(ratio), "", "", "", number(low), number(high)) for name, ratio, low, high in cells
        )


class Question(NamedTuple):
    """What is asked: names of features and outputs, and for each output its model and the contrast of its scores."""

    names: list[str]
    outputs: list[str] | None
    contrasts: list[tuple[int, Array]]
    title: str
    level: float
    covariance: str
    repeats: bool
    meats: list[Array] | None
    together: bool
    class_weight: bool


def summarise(parts: list[Likelihood], question: Question) -> LogisticSummary:
    """All that the rows say, for every output."""
    with np.errstate(all="ignore"):
        rows = [_coefficients(parts[model], model, contrast, question) for model, contrast in question.contrasts]
        quality = [_quality(part, question) for part in parts]
    one = question.outputs is None
    stacked: dict[str, Any] = {
        name: rows[0][name] if one else np.array([row[name] for row in rows]) for name in rows[0]
    }
    for name in quality[0]:
        stacked[name] = quality[0][name] if question.together else np.array([item[name] for item in quality])
    first = parts[0]
    return LogisticSummary(
        title=question.title,
        names=question.names,
        outputs=question.outputs,
        level=question.level,
        covariance=question.covariance,
        n=_n(first, question),
        condition=first.condition,
        condition_standardised=first.condition_standardised,
        notes=_notes(parts, question),
        **stacked,
    )


def _n(part: Likelihood, question: Question) -> float:
    return part.weight_sum if question.repeats else float(part.n_rows)


def _coefficients(part: Likelihood, model: int, contrast: Array, question: Question) -> dict[str, Any]:
    """The table of one output: a contrast of the scores of its model."""
    estimate = part.W @ contrast
    if part.fit_intercept:
        estimate = np.concatenate([[part.bias @ contrast], estimate])
    known = part.geometry.known
    root = np.full((len(estimate), 1), np.nan)
    if part.factor is not None:
        whole = part.factor @ _shrinkage(part)
        root = np.tensordot(whole, contrast, axes=(1, 0))
        if question.meats is not None:
            values, vectors = np.linalg.eigh(question.meats[model])
            root = np.tensordot(part.factor, contrast, axes=(1, 0)) @ (vectors * np.sqrt(np.maximum(values, 0.0)))
    errors = np.where(known, column_norms(root.T), np.nan)
    law = Normal()
    tested = part.l1 == part.l2 == 0 and part.distance <= FAR and (question.meats or not question.class_weight)
    shown = errors if tested else np.full_like(errors, np.nan)
    z = estimate / shown
    reach = law.upper_quantile((1 - question.level) / 2) * shown
    return {
        "coefficients": estimate,
        "standard_errors": errors,
        "statistics": z,
        "p_values": np.minimum(2 * law.sf(np.abs(z)), 1.0),
        "lower": estimate - reach,
        "upper": estimate + reach,
        "covariance_matrix": np.where(known & known[:, None], root @ root.T, np.nan),
        "odds_ratios": np.exp(estimate),
        "odds_lower": np.exp(estimate - reach),
        "odds_upper": np.exp(estimate + reach),
    }


def _shrinkage(part: Likelihood) -> Array:
    """(1 + penalty)^-1 in the coordinates of F: how much of a change of y a ridge lets through; 1 without one."""
    assert part.factor is not None
    unknowns = part.factor.shape[2]
    if part.l2 == 0:
        return np.eye(unknowns)
    F = part.factor[int(part.fit_intercept) :].reshape(-1, unknowns)
    return LINALG.inv(np.eye(unknowns) + part.l2 * part.weight_sum * F.T @ F)


def _quality(part: Likelihood, question: Question) -> dict[str, float]:
    n, rank, scores = _n(part, question), part.map.shape[1], max(1, part.W.shape[1] - 1)
    parameters = float((rank + int(part.fit_intercept)) * scores)
    tested = part.l1 == part.l2 == 0 and part.distance <= FAR
    if part.l2 > 0 and part.factor is not None:
        parameters = float(np.trace(_shrinkage(part)))
    elif part.l1 > 0:
        parameters = float(np.count_nonzero(part.W)) + int(part.fit_intercept) * scores
    ratio = 2 * (part.log_likelihood - part.null) if tested else math.nan
    return {
        "degrees_of_freedom": n - parameters,
        "log_likelihood": part.log_likelihood,
        "aic": -2 * part.log_likelihood + 2 * parameters,
        "bic": -2 * part.log_likelihood + math.log(n) * parameters,
        "deviance": -2 * part.log_likelihood,
        "null_deviance": -2 * part.null,
        "pseudo_r2": 1 - part.log_likelihood / part.null if part.null < 0 else math.nan,
        "likelihood_ratio": ratio,
        "likelihood_ratio_p_value": float(ChiSquare(rank * scores).sf(ratio)) if tested and rank else math.nan,
        "likelihood_ratio_degrees": float(rank * scores),
        "effective_parameters": parameters,
        "distance": part.distance,
    }


def _notes(parts: list[Likelihood], question: Question) -> list[str]:
    notes: list[str] = []
    first = parts[0]
    distance = max(part.distance for part in parts)
    reasons = [part.reason for part in parts if part.reason]
    if first.l1 > 0:
        notes.append(
            "No standard errors, tests or intervals: l1 chose which weights are 0 by looking at y and pulled the "
            "others towards 0, and the classical formulas know of neither. Fit with l1=0 for tests, on rows that had "
            "no part in the choice."
        )
    elif first.l2 > 0:
        notes.append(
            "No tests or intervals: l2 pulls the weights towards 0 on purpose, and how far is unknown. The standard "
            "errors say how much the weights would vary with new labels, without that bias. Fit with l2=0 for tests."
        )
    elif reasons:
        notes.append(
            f"No likeliest coefficients exist, so standard errors and intervals mean nothing: {reasons[0]}. The "
            "likelihood and its ratio are those that were reached."
        )
    elif distance > FAR:
        notes.append(
            f"These coefficients are not the likeliest: some combination of them is {distance:.3g} standard errors "
            "away. The standard errors are those of the likeliest; tests and intervals hold only there and are left "
            "out. Train longer, or use solver='newton'."
        )
    elif distance > NEAR:
        notes.append(
            f"These coefficients are within {distance:.2g} standard errors of the likeliest in every direction; "
            "tests and intervals are those of the likeliest to that extent."
        )
    return notes + _notes_on_rows(first, question)


def _notes_on_rows(first: Likelihood, question: Question) -> list[str]:
    notes: list[str] = []
    known = first.geometry.known
    if not known.all():
        unknown = [name for name, is_known in zip(question.names, known, strict=True) if not is_known]
        listed = ", ".join(unknown[:8]) + (", ..." if len(unknown) > 8 else "")
        notes.append(
            f"Columns depend on each other (rank {first.map.shape[1]} of {len(first.shift)}): the rows do not "
            f"determine {listed} one by one. Of all equally good coefficients these are the shortest; chances and the "
            "likelihood ratio hold."
        )
    if question.class_weight:
        notes.append(
            "class_weight counts rows of a class more often than they came: the likelihood is not that of the rows, "
            "and classical tests do not hold. Robust ones do: summary(X, y, covariance='HC0', weights='precision')."
        )
    elif first.weighted and question.repeats:
        notes.append("sample_weight counts repeated rows: a row of weight 2 is two rows.")
    if question.covariance != "classical":
        notes.append("The likelihood ratio is classical: it holds if the model does.")
    return notes
