"""What a model has learnt, drawn on the rows it learnt from."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from groundup.errors import InputError
from groundup.formulas import losses
from groundup.lab.paper import (
    DATA,
    INK,
    SECOND,
    axes,
    columns,
    feature_names,
    label_name,
    labels,
    legend,
    number,
    scatter,
)


def plot_line(
    model: Any,
    X: Any,
    y: Any,
    *,
    feature: int | str | None = None,
    x_name: str | None = None,
    y_name: str | None = None,
    ax: Any = None,
) -> Any:
    """The fitted line on its data: y against a feature, with the line in words in the legend.

    With several features, `feature` says which one (a name or a place); the others are held at their means, and each
    row is moved by what the line says the others contribute, so that rows and line belong together.
    X (rows, features), y (rows,). `x_name` and `y_name` label the axes, with units: x_name="distance (miles)".
    Returns the Axes; `ax.figure.savefig("line.png")` saves it.

    >>> import groundup as gu
    >>> cars = gu.examples.cars()
    >>> model = gu.LinearRegression().fit(cars.X, cars.y)
    >>> ax = plot_line(model, cars.X, cars.y, x_name="weight (1,000 lb)", y_name="miles per gallon")
    >>> ax.get_xlabel()
    'weight (1,000 lb)'
    """
    matrix = columns(X)
    rows, count = matrix.shape
    observed, names = labels(y, rows), feature_names(model, X, matrix.shape[1])
    place = _place(feature, names)
    x, others = matrix[:, place], np.tile(matrix.mean(axis=0), (rows, 1))
    others[:, place] = x
    if count > 1:
        observed = observed - _predict(model, matrix) + _predict(model, others)
    along = np.tile(matrix.mean(axis=0), (200, 1))
    along[:, place] = np.linspace(x.min(), x.max(), 200)
    line = _predict(model, along)

    ax = axes(ax)
    name = x_name or names[place]
    label = y_name or label_name(y, None)
    scatter(ax, x, observed, "data")
    ax.plot(
        along[:, place], line, color=INK, linewidth=2.4, label=_equation(along[:, place], line, name, label), zorder=3
    )
    ax.set_xlabel(name, parse_math=False)
    ax.set_ylabel(label if count == 1 else f"{label}, the other features at their means", parse_math=False)
    legend(ax)
    return ax


def plot_residuals(model: Any, X: Any, y: Any, *, y_name: str | None = None, ax: Any = None) -> Any:
    """What the line misses, y - prediction, against the prediction.

    A good fit is a cloud without shape around zero. A bend says that a straight line is not the truth, a funnel that
    the noise grows; the dashed line, the median of the misses in ten slices of equally many rows, shows either.
    X (rows, features), y (rows,). Returns the Axes.

    >>> import groundup as gu
    >>> flight = gu.examples.flights()
    >>> ax = plot_residuals(gu.LinearRegression().fit(flight.X, flight.y), flight.X, flight.y)
    >>> ax.get_ylabel()
    'y − prediction'
    """
    matrix = columns(X)
    observed, prediction = labels(y, len(matrix)), _predict(model, matrix)
    missed = observed - prediction
    ax = axes(ax)
    scatter(ax, prediction, missed, "misses")
    ax.axhline(0, color=INK, linewidth=2, zorder=3)
    if len(missed) >= 50:
        slices = np.array_split(np.argsort(prediction, kind="stable"), 10)
        ax.plot(
            [np.median(prediction[rows]) for rows in slices],
            [np.median(missed[rows]) for rows in slices],
            color=SECOND,
            linestyle="--",
            marker="s",
            markersize=5,
            linewidth=1.8,
            label="median of a tenth of the rows",
            zorder=4,
        )
    spread = losses.rmse(observed, prediction)
    ax.axhspan(-spread, spread, color=DATA, alpha=0.12, linewidth=0, label=f"± RMSE = {number(spread)}", zorder=1)
    name = label_name(y, y_name)
    ax.set_xlabel(f"predicted {name}" if name != "y" else "prediction", parse_math=False)
    ax.set_ylabel(f"{name} − prediction", parse_math=False)
    legend(ax)
    return ax


def _predict(model: Any, matrix: Any) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="X does not have valid feature names")  # the order is that of fit
        return np.asarray(model.predict(matrix), dtype=np.float64).reshape(len(matrix))


def _place(feature: int | str | None, names: list[str]) -> int:
    if feature is None and len(names) == 1:
        return 0
    if feature in names:
        return names.index(str(feature))
    if isinstance(feature, int) and 0 <= feature < len(names):
        return feature
    came = "none was named" if feature is None else f"got {feature!r}"
    raise InputError(f"feature must be one of {', '.join(map(repr, names))} or its place from 0; {came}.")


def _equation(x: Any, line: Any, name: str, label: str) -> str:
    """'air_time = 18.4 + 0.126 x distance', or a few plain words where the curve is no straight line."""
    slope = (line[-1] - line[0]) / (x[-1] - x[0]) if x[-1] > x[0] else 0.0
    start = line[0] - slope * x[0]
    if np.max(np.abs(start + slope * x - line)) > 1e-6 * (np.ptp(line) + abs(line[0])):
        return "the model"
    sign = "−" if slope < 0 else "+"
    short = [text.split(" (")[0] for text in (label, name)]
    return f"{short[0]} = {number(start)} {sign} {number(abs(slope))} × {short[1]}"
