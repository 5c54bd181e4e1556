"""`groundup forecast`: what gradient descent will do with these rows, before it starts."""

from __future__ import annotations

import math
from typing import Annotated, Any, Optional

import typer

import groundup as gu
from groundup.app import options, show
from groundup.app.rows import labelled, open_table


def forecast(
    csv: options.Csv,
    label: options.Label,
    features: options.Features = None,
    loss: options.Loss = "mse",
    l2: options.L2 = 0.0,
    learning_rate: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Also count the steps at this learning rate.", show_default=False),
    ] = None,
    drop_missing: options.DropMissing = False,
    delimiter: options.Delimiter = None,
    decimal_comma: options.DecimalComma = False,
    no_header: options.NoHeader = False,
    json: options.Json = False,
) -> None:
    """Say before training how it will go.

    Which learning rates are stable, how many steps it will take, and what standardising would change.

    Example:  groundup forecast trips.csv --label fare --features miles,minutes
    """
    table = open_table(csv, delimiter=delimiter, decimal_comma=decimal_comma, no_header=no_header)
    rows = labelled(table, label, features, drop_missing=drop_missing)
    ahead = gu.forecast(rows.X, rows.y, loss, l2=l2)
    report = {"label": rows.label, "rows": len(rows.y), "rows_left_out": rows.dropped}
    report |= {"as_they_are": numbers(ahead, learning_rate), "advice": list(ahead.advice)}
    if ahead.standardised is not None:
        report["standardised"] = numbers(ahead.standardised, learning_rate)
    if json:
        show.as_json(report)
    else:
        show.say(f"Predicting {rows.label} from {', '.join(rows.features)}: {len(rows.y):,} rows", strong=True)
        compare(ahead, learning_rate)
        for sentence in ahead.advice:
            show.say(sentence)


ROWS = {
    "largest_curvature": "largest curvature",
    "smallest_curvature": "smallest curvature",
    "condition": "condition (largest / smallest)",
    "largest_stable_learning_rate": "largest stable learning rate",
    "safe_learning_rate": "safe learning rate",
    "best_learning_rate": "best learning rate",
    "steps_at_best_rate": "steps to within 1 % at the best rate",
    "steps_at_given_rate": "steps to within 1 % at the given rate",
}


def numbers(ahead: Any, learning_rate: float | None = None) -> dict[str, float]:
    """The forecast as names and numbers."""
    found: dict[str, float] = {name: getattr(ahead, name) for name in ROWS if hasattr(ahead, name)}
    if ahead.exact and math.isfinite(ahead.best_learning_rate):
        found["steps_at_best_rate"] = ahead.steps_to(0.01, ahead.best_learning_rate)
        if learning_rate is not None:
            found["steps_at_given_rate"] = ahead.steps_to(0.01, learning_rate)
    return found


def compare(ahead: Any, learning_rate: float | None = None) -> None:
    """The features as they are, beside the same ones standardised."""
    first = numbers(ahead, learning_rate)
    second = {} if ahead.standardised is None else numbers(ahead.standardised, learning_rate)
    columns = ["", "as they are", *(["standardised"] if second else [])]
    lines = [[ROWS[name], value, *([second.get(name, math.nan)] if second else [])] for name, value in first.items()]
    show.table("", columns, [[cell if isinstance(cell, str) else _steps(cell) for cell in line] for line in lines])


def _steps(value: float) -> str:
    return "never" if value == math.inf else show.number(value)
