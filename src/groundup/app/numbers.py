"""What is said of a model that predicts numbers: the formula or the weights, and how far it is off."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from groundup.app import show
from groundup.app.report import Sheet, Words
from groundup.app.rows import Rows
from groundup.app.wording import as_options
from groundup.formulas import losses, metrics

MOST_WEIGHTS = 20


def scores(estimator: Any, rows: Rows) -> dict[str, float]:
    """How far the predictions are from the labels, in four numbers."""
    prediction = estimator.predict(rows.X)
    if not np.isfinite(prediction).all():
        return dict.fromkeys(("MAE", "MSE", "RMSE", "R2"), math.nan)
    return {
        "MAE": losses.mae(rows.y, prediction),
        "MSE": losses.mse(rows.y, prediction),
        "RMSE": losses.rmse(rows.y, prediction),
        "R2": float(metrics.r2(rows.y, prediction)),
    }


def summary(estimator: Any, rows: Rows, held: Rows | None) -> dict[str, Any]:
    """All that is printed, as names and values."""
    made: dict[str, Any] = {
        "model": type(estimator).__name__,
        "label": rows.label,
        "rows": len(rows.y),
        "rows_left_out": rows.dropped,
        "rows_held_out": 0 if held is None else len(held.y),
    }
    if hasattr(estimator, "coef_"):
        made["weights"] = dict(zip(rows.features, np.ravel(estimator.coef_).tolist(), strict=True))
        made["bias"] = float(estimator.intercept_)
    else:
        made |= layers(estimator)
    return made | {
        "reason": estimator.reason_,
        "epochs": estimator.n_iter_,
        "gap": float(estimator.gap_),
        "losses": scores(estimator, rows),
        "losses_held_out": None if held is None else scores(estimator, held),
    }


def layers(estimator: Any) -> dict[str, Any]:
    """The widths of a network from the features to the answer, and how many numbers it has learnt."""
    widths = [len(estimator.coefs_[0]), *(weights.shape[1] for weights in estimator.coefs_)]
    learnt = sum(part.size for part in [*estimator.coefs_, *estimator.intercepts_])
    return {"layers": widths, "activation": str(estimator.activation), "parameters": learnt}


def content(report: dict[str, Any]) -> list[Words | Sheet]:
    """The summary, for people."""
    made: list[Words | Sheet] = [heading(report)]
    weights = report.get("weights")
    if weights is None:
        made += [network(report), Words("")]
    elif len(weights) <= 4:
        made += [Words(show.formula(report["label"], list(weights), list(weights.values()), report["bias"])), Words("")]
    else:
        largest = sorted(weights.items(), key=lambda item: -abs(item[1]))[:MOST_WEIGHTS]
        more = f" (the largest {MOST_WEIGHTS} of {len(weights)})" if len(weights) > MOST_WEIGHTS else ""
        rows = [("(bias)", report["bias"]), *largest]
        made.append(Sheet(f"weights{more}", ["feature", "weight"], rows))
    tests = report["losses_held_out"]
    columns = ["loss", "rows learnt from", *(["rows held out"] if tests else [])]
    lines = [[name, value, *([tests[name]] if tests else [])] for name, value in report["losses"].items()]
    return [*made, Sheet("", columns, lines), Words(f"Training: {as_options(report['reason'])}")]


def heading(report: dict[str, Any]) -> Words:
    """Which model on how many rows."""
    left = f" ({report['rows_left_out']:,} rows with missing cells were left out)" if report["rows_left_out"] else ""
    held = f", {report['rows_held_out']:,} held out" if report["rows_held_out"] else ""
    count = "1 row" if report["rows"] == 1 else f"{report['rows']:,} rows"
    return Words(f"{report['model']} on {count}{held}{left}", strong=True)


def network(report: dict[str, Any]) -> Words:
    """Its layers in one line."""
    widths = report["layers"]
    hidden = " x ".join(map(str, widths[1:-1]))
    neurons = f"{hidden} neurons ({report['activation']}) -> " if hidden else ""
    inputs, outputs = (
        f"{n} {what}{'' if n == 1 else 's'}" for n, what in ((widths[0], "feature"), (widths[-1], "output"))
    )
    return Words(f"{inputs} -> {neurons}{outputs}: {report['parameters']:,} weights and biases")
