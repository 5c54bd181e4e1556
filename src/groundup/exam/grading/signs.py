# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""What the book says of labels and predictions, and which other number it is that a candidate gives instead."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from groundup.exam.grading.formulas import Formula
from groundup.exam.grading.names import MEANS
from groundup.formulas import metrics

Array = Any


def book(f: Formula, y: Array, prediction: Array) -> float:
    """The reference's value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(f.target.reference(y, prediction))


def sign_of(f: Formula, value: float, y: Array, p: Array) -> str:
    """Which other number this is."""
    if np.isnan(value):
        return "nan"
    if np.isinf(value):
        return "inf"
    others: dict[str, float] = {"negative": -book(f, y, p)}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        turned = "weighted by the predictions" if f.target.name.endswith("_weighted") else "arguments swapped"
        others[turned] = _or_nan(lambda: float(f.target.reference(p, y)))
        metric, _, own = f.target.name.rpartition("_")
        for mean in MEANS if f.target.data == "classes" and own in MEANS else ():
            if mean != own:
                others[f"{mean} mean"] = _or_nan(lambda m=mean: float(metrics.NAMES[metric](y, p, average=m)))
        names = {
            "numbers": ("mse", "mae", "rmse", "r2"),
            "labels": ("accuracy", "precision", "recall", "specificity", "f1"),
        }
        for name in names.get(f.target.data, ()):
            if name != f.target.name:
                others[name] = _or_nan(lambda n=name: float(metrics.NAMES[n](y, p)))
        others["one minus"] = 1 - book(f, y, p)
        others["root"] = abs(book(f, y, p)) ** 0.5
        others["squared"] = book(f, y, p) ** 2
        others["half"] = book(f, y, p) / 2
        others["over n - 1"] = book(f, y, p) * len(y) / (len(y) - 1)
        others["base 2"] = book(f, y, p) / np.log(2)
        if f.target.data == "numbers":
            others["all pairs"] = float(np.mean((y[:, None] - p[None, :]) ** 2))
            others["signed"] = float(np.mean(p - y))
            others["squared correlation"] = float(np.corrcoef(y, p)[0, 1] ** 2)
            others["single precision"] = float(f.target.reference(y.astype(np.float32), p.astype(np.float32)))
        if f.target.name == "mape":
            others["over the prediction"] = float(np.mean(np.abs((y - p) / p)))
        others["in percent"] = 100 * book(f, y, p)
        if f.target.name == "log_loss":
            others["base 10"] = book(f, y, p) / np.log(10)
            others["sign between"] = float(-np.mean(y * np.log(p) - (1 - y) * np.log(1 - p)))
            others["twice the same logarithm"] = float(-np.mean(np.log(p)))
            for guard in (0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6):
                others[f"guard {guard:g}"] = float(-np.mean(y * np.log(p + guard) + (1 - y) * np.log(1 - p + guard)))
            others["positives only"] = float(-np.mean(y * np.log(p)))
            others["halves swapped"] = float(-np.mean((1 - y) * np.log(p) + y * np.log(1 - p)))
        if f.target.data == "labels":
            others["mean of precision and recall"] = float((metrics.precision(y, p) + metrics.recall(y, p)) / 2)
    return next((w for w, o in others.items() if np.isclose(value, o, rtol=1e-6, atol=1e-9)), "")


def _or_nan(call: Any) -> float:
    try:
        return call()
    except Exception:
        return float("nan")
