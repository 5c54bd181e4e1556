"""`groundup fit`: from a CSV file to a model, with the training in sight."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

import groundup as gu
from groundup.app import options, pictures, show
from groundup.app.rows import Rows, labelled, open_table, split
from groundup.errors import InputError, UnknownNameError
from groundup.formulas import losses, metrics

MODELS = ("linear",)
MOST_WEIGHTS = 20


def fit(
    csv: options.Csv,
    label: options.Label,
    model: Annotated[str, typer.Option(help="The kind of model: linear.")] = "linear",
    features: options.Features = None,
    loss: options.Loss = "mse",
    solver: Annotated[str, typer.Option(help="auto (exact where that exists), gradient_descent, adam, ...")] = "auto",
    learning_rate: Annotated[str, typer.Option(help="A number, or safe: computed from the data.")] = "safe",
    batch_size: Annotated[
        int | None, typer.Option(help="Rows in one update. [default: all]", show_default=False)
    ] = None,
    epochs: Annotated[int, typer.Option(help="Passes over the rows.")] = 1000,
    tolerance: Annotated[float, typer.Option(help="Stop once the distance has shrunk by this factor.")] = 1e-8,
    l1: Annotated[float, typer.Option(help="The price of absolute weights; 0 is none.")] = 0.0,
    l2: options.L2 = 0.0,
    standardise: Annotated[
        bool,
        typer.Option(
            "--standardise", help="Train on features of mean 0 and spread 1; weights are told in the file's units."
        ),
    ] = False,
    test: Annotated[float, typer.Option(help="The share of rows held out to test the model on, such as 0.2.")] = 0.0,
    seed: Annotated[int, typer.Option(help="Decides which rows are held out, and the order of mini-batches.")] = 0,
    save: Annotated[Path | None, typer.Option(help="Save the model to this file (.npz).", show_default=False)] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Save pictures to this file (.png, .svg, .pdf).", show_default=False)
    ] = None,
    drop_missing: options.DropMissing = False,
    delimiter: options.Delimiter = None,
    decimal_comma: options.DecimalComma = False,
    no_header: options.NoHeader = False,
    json: options.Json = False,
) -> None:
    """Fit a model to the rows of a CSV file.

    Example:  groundup fit trips.csv --label fare --features miles,minutes --test 0.2 --save fare.npz

    Watch it learn:  groundup fit trips.csv --label fare --solver gradient_descent --standardise --plot fare.png

    Exit status: 0 fitted, 1 the training diverged, 2 the input is wrong.
    """
    if model not in MODELS:
        raise UnknownNameError("--model", model, MODELS)
    pictures.check(plot)
    table = open_table(csv, delimiter=delimiter, decimal_comma=decimal_comma, no_header=no_header)
    rows, held = split(labelled(table, label, features, drop_missing=drop_missing), test, seed)
    with show.progress(epochs, quiet=json) as listener:
        estimator = gu.LinearRegression(
            loss,
            solver=solver,
            learning_rate=rate(learning_rate),
            batch_size=batch_size,
            epochs=epochs,
            tolerance=tolerance,
            l1=l1,
            l2=l2,
            random_state=seed,
            listeners=(listener,),
        )
        train(estimator, rows, standardise=standardise)
    if save is not None:
        gu.save(estimator, save)
    if plot is not None:
        pictures.of_fit(estimator, rows, plot)
    report = summary(estimator, rows, held) | {"saved": save and str(save), "plot": plot and str(plot)}
    if json:
        show.as_json(report)
    else:
        tell(report)
    if estimator.reason_.startswith("diverg"):
        raise typer.Exit(1)


def rate(text: str) -> float | str:
    """A learning rate as typed: a number or the word safe."""
    try:
        return float(text)
    except ValueError:
        if text == "safe":
            return text
    raise InputError(f"--learning-rate must be a number or safe; got {text!r}.")


def train(estimator: Any, rows: Rows, *, standardise: bool) -> Any:
    """The estimator, fitted; with `standardise` on features of mean 0 and spread 1, and then told in the file's units.

    w = v / spread and b = c - Σ w mean give the same line as v and c on the standardised features.
    """
    if not standardise:
        return _named(estimator.fit(rows.X, rows.y), rows)
    largest = np.max(np.abs(rows.X), axis=0)  # squares of numbers beyond 1e154 would overflow
    largest[largest == 0] = 1.0
    mean, spread = largest * (rows.X / largest).mean(axis=0), largest * (rows.X / largest).std(axis=0)
    spread[spread == 0] = 1.0
    estimator.fit((rows.X - mean) / spread, rows.y)
    history = estimator.history_
    estimator.coef_, estimator.intercept_ = _in_units(estimator.coef_, estimator.intercept_, mean, spread)
    if "weights" in history:
        history["weights"], history["bias"] = _in_units(history["weights"], history["bias"], mean, spread)
    return _named(estimator, rows)


def _named(estimator: Any, rows: Rows) -> Any:
    """With the names of columns and label, so that `predict` and `evaluate` need not be told."""
    estimator.feature_names_in_ = np.array(rows.features, dtype=object)
    estimator.label_name_ = rows.label
    return estimator


def _in_units(weights: Any, bias: Any, mean: NDArray[Any], spread: NDArray[Any]) -> tuple[Any, Any]:
    with np.errstate(over="ignore", invalid="ignore"):  # the history of a training that diverged
        weights = weights / spread
        return weights, bias - weights @ mean


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
    weights = np.ravel(estimator.coef_)
    return {
        "model": type(estimator).__name__,
        "label": rows.label,
        "rows": len(rows.y),
        "rows_left_out": rows.dropped,
        "rows_held_out": 0 if held is None else len(held.y),
        "weights": dict(zip(rows.features, weights.tolist(), strict=True)),
        "bias": float(estimator.intercept_),
        "reason": estimator.reason_,
        "epochs": estimator.n_iter_,
        "gap": float(estimator.gap_),
        "losses": scores(estimator, rows),
        "losses_held_out": None if held is None else scores(estimator, held),
    }


def tell(report: dict[str, Any]) -> None:
    """The summary, for people."""
    left = f" ({report['rows_left_out']:,} rows with missing cells were left out)" if report["rows_left_out"] else ""
    held = f", {report['rows_held_out']:,} held out" if report["rows_held_out"] else ""
    count = "1 row" if report["rows"] == 1 else f"{report['rows']:,} rows"
    show.say(f"{report['model']} on {count}{held}{left}", strong=True)
    weights = report["weights"]
    if len(weights) <= 4:
        show.say(show.formula(report["label"], list(weights), list(weights.values()), report["bias"]))
        show.say()
    else:
        largest = sorted(weights.items(), key=lambda item: -abs(item[1]))[:MOST_WEIGHTS]
        more = f" (the largest {MOST_WEIGHTS} of {len(weights)})" if len(weights) > MOST_WEIGHTS else ""
        show.table(f"weights{more}", ["feature", "weight"], [["(bias)", report["bias"]], *map(list, largest)])
    tests = report["losses_held_out"]
    columns = ["loss", "rows learnt from", *(["rows held out"] if tests else [])]
    show.table(
        "", columns, [[name, value, *([tests[name]] if tests else [])] for name, value in report["losses"].items()]
    )
    show.say(f"Training: {report['reason']}")
    for what, key in (("Model", "saved"), ("Pictures", "plot")):
        if report[key]:
            show.say(f"{what} saved to {report[key]}")
