"""Where to cut a chance into yes and no: by a threshold as given, or by a rule that chooses one on these rows."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundup.app import show
from groundup.app.judge import View, cell, codes
from groundup.app.report import Sheet, Words
from groundup.app.rows import Rows
from groundup.errors import InputError
from groundup.formulas.metrics.thresholds import ChosenThreshold, choose_threshold, threshold_curve

SHOWN = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Thresholds that the table always has."""
EDGE = (0.01, 0.02, 0.05)
"""Those that it has too where the one that counts is nearer to 0 (or, each taken from 1, nearer to 1) than 0.1."""


class Rule(NamedTuple):
    """What was typed: at most one threshold, or one way to choose it; costs may go with a threshold too."""

    threshold: float | None = None
    by: str | None = None
    recall: float | None = None
    precision: float | None = None
    cost_false_positive: float | None = None
    cost_false_negative: float | None = None

    @property
    def costs(self) -> dict[str, float]:
        """The costs that were given."""
        named = {"cost_false_positive": self.cost_false_positive, "cost_false_negative": self.cost_false_negative}
        return {name: cost for name, cost in named.items() if cost is not None}

    @property
    def given(self) -> list[str]:
        """The options that were typed."""
        return [f"--{name.replace('_', '-')}" for name, value in self._asdict().items() if value is not None]


def check(rule: Rule) -> None:
    """Refuse two rules at once: each would choose its own threshold."""
    ways = [option for option in rule.given if not option.startswith("--cost")]
    ways += ["--cost-..."] if rule.costs and ways != ["--threshold"] else []
    if len(ways) > 1:
        raise InputError(f"one rule chooses the threshold; got {' and '.join(ways)}. Leave all but one out.")


def cut(view: View, rows: Rows, rule: Rule) -> dict[str, Any] | None:
    """The threshold, what it costs or reaches, and the whole curve; None where nothing was asked.

    A chosen threshold is told in as few digits as cut these rows in the same place.
    """
    if not rule.given:
        return None
    if len(view.names) != 2:
        raise InputError(
            f"{rule.given[0]} is for two classes; this model knows {len(view.names)}: {', '.join(view.names[:8])}. "
            "Leave it out."
        )
    yes, chance = codes(view, rows), view.predict_proba(rows.X)[:, 1]
    settings: dict[str, Any] = {"by": rule.by or "f1", **rule.costs, "positive": 1}
    if rule.threshold is None:
        chosen = choose_threshold(yes, chance, **settings, recall=rule.recall, precision=rule.precision)
        threshold = shortest(chosen, chance)
    else:
        view.answers(np.zeros((1, 2)), rule.threshold)
        chosen, threshold = None, rule.threshold
    curve = threshold_curve(yes, chance, **settings)
    made: dict[str, Any] = {"positive": view.names[1], "threshold": threshold, "rule": rule.given, "rows": len(yes)}
    made["at"] = [at(yes, chance, cut, rule) for cut in sorted({*SHOWN, threshold, *_beside(threshold)})]
    made["curve"] = {**curve._asdict(), "precision": curve.precision, "recall": curve.recall}
    if rule.costs:
        made["best_cost"] = choose_threshold(yes, chance, **settings).value
        made |= {"best_for_true_chances": in_theory(rule)}
    return made


def _beside(threshold: float) -> list[float]:
    """More thresholds where those always shown leave a gap: a rare class is found at small chances."""
    if threshold < SHOWN[0]:
        return list(EDGE)
    return [1 - edge for edge in EDGE] if threshold > SHOWN[-1] else []


def shortest(chosen: ChosenThreshold, chance: NDArray[np.float64]) -> float:
    """The threshold in as few digits as find the same rows."""
    found = chance >= chosen.threshold
    rounded = (round(chosen.threshold, digits) for digits in range(2, 17))
    same = (short for short in rounded if np.array_equal(chance >= short, found))
    return chosen.threshold if math.isinf(chosen.threshold) else next(same, chosen.threshold)


def in_theory(rule: Rule) -> float:
    """c_fp / (c_fp + c_fn), the best threshold for chances that are true."""
    false_positive = 1.0 if rule.cost_false_positive is None else rule.cost_false_positive
    false_negative = 1.0 if rule.cost_false_negative is None else rule.cost_false_negative
    both = false_positive + false_negative
    return false_positive / both if both > 0 else math.nan


def at(yes: NDArray[np.int64], chance: NDArray[np.float64], threshold: float, rule: Rule) -> dict[str, float]:
    """What a threshold does to these rows."""
    found = chance >= threshold
    tp, fp = int(np.sum(found & (yes == 1))), int(np.sum(found & (yes == 0)))
    fn, tn = int(np.sum(~found & (yes == 1))), int(np.sum(~found & (yes == 0)))
    made = {
        "threshold": threshold,
        "false_positives": fp,
        "false_negatives": fn,
        "precision": tp / (tp + fp) if tp + fp else math.nan,
        "recall": tp / (tp + fn) if tp + fn else math.nan,
        "f1": 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else math.nan,
    }
    if rule.costs:
        costs = {"cost_false_positive": 1.0, "cost_false_negative": 1.0} | rule.costs
        made["cost"] = (costs["cost_false_positive"] * fp + costs["cost_false_negative"] * fn) / (tp + fp + fn + tn)
    return made


def content(made: dict[str, Any], rule: Rule, view: View, model: str) -> list[Words | Sheet]:
    """The thresholds side by side, and what the chosen one does."""
    cost = ["cost of a row"] if rule.costs else []
    columns = ["threshold", "false positives", "false negatives", "precision", "recall", "F1", *cost]
    lines = [
        [
            f"{show.number(one['threshold'])}{' *' if one['threshold'] == made['threshold'] else ''}",
            f"{one['false_positives']:,}",
            f"{one['false_negatives']:,}",
            *(cell(one[key]) for key in ("precision", "recall", "f1", *(["cost"] if cost else []))),
        ]
        for one in made["at"]
    ]
    turned = f" --positive '{made['positive']}'" if view.turned else ""
    told: list[Words | Sheet] = [Words(f"Threshold {show.number(made['threshold'])}", strong=True)]
    told += [Sheet(f"{made['positive']} is answered where its chance is at least ...", columns, lines)]
    told += [Words(_why(made, rule))]
    if rule.costs:
        theory = show.number(made["best_for_true_chances"])
        told.append(Words(f"For chances that are true the best threshold is c_fp / (c_fp + c_fn) = {theory}."))
    if rule.threshold is None and math.isfinite(made["threshold"]):
        told.append(
            Words(
                f"It was chosen on these {made['rows']:,} rows, so on others expect a little less. To use it: groundup "
                f"predict {model} new.csv --threshold {made['threshold']!r}"
                f"{turned}"
            )
        )
    return [*told, Words("")]


def _why(made: dict[str, Any], rule: Rule) -> str:
    here = next(one for one in made["at"] if one["threshold"] == made["threshold"])
    half = next(one for one in made["at"] if one["threshold"] == 0.5)
    if rule.costs:
        asked = "" if rule.threshold is None else f", and {show.number(made['best_cost'])} at the best threshold"
        return f"Errors cost {cell(here['cost'])} a row on average, against {cell(half['cost'])} at 0.5{asked}."
    if rule.threshold is not None:
        return f"* as asked; precision {cell(here['precision'])}, recall {cell(here['recall'])}."
    if rule.recall is not None:
        wanted, other = f"a recall of at least {rule.recall:g}", "precision"
    elif rule.precision is not None:
        wanted, other = f"a precision of at least {rule.precision:g}", "recall"
    else:
        return f"* has the largest {str(rule.by).replace('_', ' ')} on these rows."
    return (
        f"* has the largest {other} among all with {wanted}: {cell(here[other])}, against {cell(half[other])} at 0.5."
    )
