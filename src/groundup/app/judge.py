"""What is said of a model that predicts classes: scores against the base rate, confusion, each class, calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundup.app import show
from groundup.app.classes import MOST_SHOWN
from groundup.app.numbers import heading, layers, network
from groundup.app.report import Sheet, Words
from groundup.app.rows import Rows
from groundup.app.wording import as_options
from groundup.errors import InputError
from groundup.formulas import metrics

MOST_COLUMNS = 8
ENOUGH = 50
"""Fewer rows say nothing of calibration bucket by bucket."""
BALANCED = "Balanced weights make the chances of rare classes too large on purpose: use the answers, not the chances."
NAMES = {
    "accuracy": "accuracy",
    "balanced_accuracy": "mean recall of the classes",
    "f1": "F1",
    "auc": "AUC",
    "log_loss": "log loss",
    "brier": "Brier score",
}


class View:
    """A classifier of two classes, told the other way round where `positive` is its first class."""

    def __init__(self, model: Any, positive: str | None = None):
        names = [str(name) for name in model.classes_]
        if positive is not None and (len(names) != 2 or positive not in names):
            known = " and ".join(map(repr, names)) if len(names) == 2 else f"{len(names)} classes"
            raise InputError(f"--positive names one of two classes; this model knows {known}, and came {positive!r}.")
        self.model, self.turned = model, positive is not None and positive == names[0]
        self.classes_ = model.classes_[::-1] if self.turned else model.classes_
        if hasattr(model, "feature_names_in_"):
            self.feature_names_in_ = model.feature_names_in_

    @property
    def names(self) -> list[str]:
        """The classes as text, the positive one last."""
        return [str(name) for name in self.classes_]

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """The chance of each class, (rows, classes)."""
        chance = np.asarray(self.model.predict_proba(X), dtype=np.float64)
        return chance[:, ::-1] if self.turned else chance

    def answers(self, chance: NDArray[np.float64], threshold: float | None) -> NDArray[np.int64]:
        """The place of the class that is answered."""
        if threshold is None:
            return chance.argmax(axis=1) if len(self.names) > 2 else (chance[:, 1] >= 0.5).astype(np.int64)
        if len(self.names) != 2:
            raise InputError(f"--threshold is for two classes; this model knows {len(self.names)}. Leave it out.")
        if not 0 <= threshold <= 1:
            raise InputError(f"--threshold must be a chance between 0 and 1; got {threshold:g}. The usual one is 0.5.")
        return (chance[:, 1] >= threshold).astype(np.int64)


def codes(view: View, rows: Rows) -> NDArray[np.int64]:
    """The place of each row's class among the model's."""
    place = {name: k for k, name in enumerate(view.names)}
    return np.array([place[str(name)] for name in rows.y.tolist()], dtype=np.int64)


def scores(code: NDArray[np.int64], chance: NDArray[np.float64], answer: NDArray[np.int64]) -> dict[str, float]:
    """Six numbers; F1 and AUC are those of the second of two classes, or the mean over the classes."""
    k = chance.shape[1]
    known = list(range(k))
    two = k == 2
    f1 = metrics.f1(code == 1, answer == 1) if two else metrics.f1(code, answer, average="macro")
    each = areas(code, chance)
    there = [area for area in each if not math.isnan(area)]
    auc = each[1] if two else float(np.mean(there)) if there else math.nan
    return {
        "accuracy": metrics.accuracy(code, answer),
        "balanced_accuracy": metrics.balanced_accuracy(code, answer),
        "f1": float(f1),
        "auc": auc,
        "log_loss": metrics.log_loss(code, chance, labels=known),
        "brier": metrics.brier(code, chance, labels=known),
    }


def areas(code: NDArray[np.int64], chance: NDArray[np.float64]) -> list[float]:
    """The AUC of each class against all others; NaN where these rows hold only one side."""
    return [float(metrics.roc_auc(code == k, chance[:, k], positive=True)) for k in range(chance.shape[1])]


def judgement(view: View, rows: Rows, threshold: float | None = None) -> dict[str, Any]:
    """Everything that these rows say about the model, as names and values."""
    code, chance = codes(view, rows), view.predict_proba(rows.X)
    if not np.isfinite(chance).all():
        return {"scores": dict.fromkeys(NAMES, math.nan)}
    answer, known = view.answers(chance, threshold), list(range(len(view.names)))
    counts = metrics.confusion_matrix(code, answer, labels=known)
    settings: dict[str, Any] = {"average": None, "labels": known, "zero_division": math.nan}
    columns: dict[str, Any] = {
        "rows": counts.sum(axis=1),
        "answered": counts.sum(axis=0),
        "precision": metrics.precision(code, answer, **settings),
        "recall": metrics.recall(code, answer, **settings),
        "f1": metrics.f1(code, answer, **settings),
        "auc": areas(code, chance),
    }
    each = {name: {what: column[k] for what, column in columns.items()} for k, name in enumerate(view.names)}
    return {
        "scores": scores(code, chance, answer),
        "confusion": {"labels": view.names, "counts": counts.tolist()},
        "per_class": each,
        "calibration": calibration(code, chance),
    }


def calibration(code: NDArray[np.int64], chance: NDArray[np.float64]) -> dict[str, Any]:
    """Whether the chances are true: of the second of two classes, or of the answer."""
    two = chance.shape[1] == 2
    yes = (code == (1 if two else chance.argmax(axis=1))).astype(float)
    said = chance[:, 1] if two else chance.max(axis=1)
    curve = metrics.calibration_curve(yes, said, positive=1)
    return {
        "bias": metrics.prediction_bias(yes, said),
        "error": metrics.expected_calibration_error(yes, said, positive=1),
        "buckets": {"predicted": curve.predicted, "observed": curve.observed, "rows": curve.weight},
    }


def without_model(view: View, learnt: Rows | None, judged: Rows) -> dict[str, float]:
    """The scores of answering by the shares of the classes alone, if they are known those of the rows learnt from."""
    there: NDArray[np.int64] = np.bincount(codes(view, learnt or judged), minlength=len(view.names))
    chance = np.tile(there / there.sum(), (len(judged.y), 1))
    return scores(codes(view, judged), chance, chance.argmax(axis=1))


def summary(estimator: Any, rows: Rows, held: Rows | None, balance: dict[str, Any]) -> dict[str, Any]:
    """All that is printed after a fit, as names and values."""
    view = View(estimator)
    learnt = judgement(view, rows)
    unseen = None if held is None else judgement(view, held)
    judged = learnt if unseen is None else unseen
    made = {
        "model": type(estimator).__name__,
        "label": rows.label,
        "rows": len(rows.y),
        "rows_left_out": rows.dropped,
        "rows_held_out": 0 if held is None else len(held.y),
    }
    made |= {key: value for key, value in balance.items() if key != "warnings"} | {"warnings": balance["warnings"]}
    made |= weights(estimator, rows) if hasattr(estimator, "coef_") else layers(estimator)
    return made | {
        "class_weight": getattr(estimator, "class_weight", None),
        "reason": estimator.reason_,
        "epochs": estimator.n_iter_,
        "gap": float(estimator.gap_),
        "scores": learnt["scores"],
        "scores_held_out": None if unseen is None else unseen["scores"],
        "scores_without_model": without_model(view, rows, rows if held is None else held),
        "judged_on": "rows learnt from" if held is None else "rows held out",
        **{key: judged.get(key) for key in ("confusion", "per_class", "calibration")},
    }


def weights(estimator: Any, rows: Rows) -> dict[str, Any]:
    """{feature: weight} of the log-odds for two classes; for more {class: {feature: weight}}."""
    lines = [dict(zip(rows.features, line, strict=True)) for line in estimator.coef_.tolist()]
    if len(lines) == 1:
        return {"weights": lines[0], "bias": float(estimator.intercept_[0])}
    names = [str(name) for name in estimator.classes_]
    return {
        "weights": dict(zip(names, lines, strict=True)),
        "bias": dict(zip(names, estimator.intercept_.tolist(), strict=True)),
    }


def content(report: dict[str, Any]) -> list[Words | Sheet]:
    """The summary of a fit, for people; the balance of the classes has been told before."""
    names = list(report["classes"])
    columns = {"rows learnt from": report["scores"]}
    if report["scores_held_out"]:
        columns["rows held out"] = report["scores_held_out"]
    made: list[Words | Sheet] = [heading(report)]
    weighed = weight_sheet(report, names) if "weights" in report else network(report)
    made += [weighed, Words("")] if isinstance(weighed, Words) else [weighed]
    made += told(report, names, columns | {"without a model": report["scores_without_model"]})
    if report["class_weight"] is not None:
        made.append(Words(BALANCED, warns=True))
    return [*made, Words(f"Training: {as_options(report['reason'])}")]


def told(report: dict[str, Any], names: Sequence[str], columns: dict[str, dict[str, float]]) -> list[Words | Sheet]:
    """Scores, confusion, each class, and whether the chances are true."""
    two = len(names) == 2
    of_whom = (
        {"f1": f"F1 of {names[1]}"} if two else {"f1": "F1, mean of the classes", "auc": "AUC, mean of the classes"}
    )
    lines = [
        [of_whom.get(key, name), *(f"{column[key]:.4g}" for column in columns.values())] for key, name in NAMES.items()
    ]
    made: list[Words | Sheet] = [Sheet("", ["score", *columns], lines)]
    if not report.get("confusion"):
        return made
    *_, (where, judged), (_, base) = columns.items()
    made += [Words(against_base_rate(judged["log_loss"], base["log_loss"])), Words("")]
    made.append(confusion_sheet(report["label"], report["confusion"], where))
    made.append(class_sheet(report["label"], report["per_class"]))
    made += never_answered(report["per_class"])
    bias, error = report["calibration"]["bias"], report["calibration"]["error"]
    of = f"the chance of {names[1]}" if two else "the chance of the answer"
    buckets = f"; in ten buckets it is off by {100 * error:.2g} points"
    many = sum(report["calibration"]["buckets"]["rows"]) >= ENOUGH
    return [*made, Words(f"Calibration: {of} is on average {said(bias)}{buckets if many else ''}.")]


def never_answered(each: dict[str, dict[str, float]]) -> list[Words]:
    """A warning for classes that these rows hold and the model never answers."""
    never = [repr(name) for name, one in each.items() if one["rows"] and not one["answered"]]
    if not never:
        return []
    more = ", ..." if len(never) > MOST_COLUMNS else ""
    move = " A lower threshold does: see groundup evaluate --help." if len(each) == 2 else ""
    return [Words(f"No row is answered {', '.join(never[:MOST_COLUMNS])}{more}.{move}", warns=True)]


def said(bias: float) -> str:
    """How much the mean chance is above the share.

    >>> said(0.0213), said(-1e-9)
    ('2.1 points too high', 'right')
    """
    return "right" if abs(bias) < 5e-4 else f"{100 * abs(bias):.2g} points too {'high' if bias > 0 else 'low'}"


def against_base_rate(loss: float, base: float) -> str:
    """The log loss in words.

    >>> against_base_rate(0.25, 1.0)
    'Log loss 0.25 against 1 for the base rate: the model takes away 75 % of the surprise.'
    """
    words = f"Log loss {loss:.4g} against {base:.4g} for the base rate"
    if not loss < base:
        return f"{words}: knowing only how frequent each class is would be better than this model."
    return f"{words}: the model takes away {100 * (1 - loss / base):.3g} % of the surprise."


def weight_sheet(report: dict[str, Any], names: Sequence[str]) -> Words | Sheet:
    """The weights: of the log-odds for two classes, else a column for each class."""
    found, bias = report["weights"], report["bias"]
    if len(names) == 2:
        with np.errstate(over="ignore"):
            lines = [[name, weight, float(np.exp(weight))] for name, weight in found.items()]
        title = f"log-odds of {names[1]} against {names[0]}; one more of a feature multiplies the odds"
        return Sheet(title, ["feature", "weight", "odds times"], [["(bias)", bias, ""], *lines])
    if len(names) > MOST_COLUMNS:
        return Words(
            f"{len(names)} classes with a weight for each of {len(found[names[0]])} features; --json has them."
        )
    lines = [[name, *(found[k][name] for k in names)] for name in found[names[0]]]
    title = "weights of the score of each class; the largest score is the answer"
    return Sheet(title, ["feature", *names], [["(bias)", *(bias[k] for k in names)], *lines])


def confusion_sheet(label: str, confusion: dict[str, Any], where: str) -> Sheet:
    """The counts; of many classes the most frequent mistakes."""
    names, counts = confusion["labels"], np.array(confusion["counts"])
    if len(names) <= MOST_COLUMNS:
        lines = [[f"truly {name}", *(f"{count:,}" for count in row)] for name, row in zip(names, counts, strict=True)]
        return Sheet(f"{where}: truth in the lines, answers in the columns", [label, *names], lines)
    wrong = counts - np.diag(np.diagonal(counts))
    most = np.argsort(-wrong, axis=None, kind="stable")[:10]
    pairs = [divmod(int(place), len(names)) for place in most if wrong.flat[place] > 0]
    lines = [[f"{names[i]} taken for {names[j]}", f"{wrong[i, j]:,}"] for i, j in pairs]
    return Sheet(f"{where}: the most frequent mistakes", [label, "rows"], lines)


def class_sheet(label: str, each: dict[str, dict[str, float]]) -> Sheet:
    """Precision, recall, F1 and AUC of each class."""
    shown = sorted(each.items(), key=lambda item: -item[1]["rows"])[:MOST_SHOWN]
    order = [item for item in each.items() if item in shown]
    more = f" (the largest {MOST_SHOWN} of {len(each)})" if len(each) > MOST_SHOWN else ""
    lines = [
        [
            name,
            f"{one['rows']:,}",
            f"{one['answered']:,}",
            *(cell(one[key]) for key in ("precision", "recall", "f1", "auc")),
        ]
        for name, one in order
    ]
    return Sheet("", [f"{label}{more}", "rows", "answered", "precision", "recall", "F1", "AUC"], lines)


def cell(value: float) -> str:
    """Four digits, and a dash for 0/0.

    >>> cell(0.98765), cell(float("nan"))
    ('0.9877', '-')
    """
    return "-" if math.isnan(value) else show.number(round(value, 4))
