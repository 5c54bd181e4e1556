"""How a model got where it is: the loss on its way down, and the bowl that it walked through."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from groundup.errors import InputError, InputTypeError, NotFittedError
from groundup.formulas import losses
from groundup.lab.paper import FAINT, INK, SECOND, axes, columns, feature_names, labels, legend, number

LOWEST = "lowest on this map"


def plot_loss(model: Any, *, name: str | None = None, ax: Any = None) -> Any:
    """The loss, epoch by epoch, with its minimum as a dashed line and the gap that is left as an arrow.

    `model` is a fitted model, or its `history_`: a mapping with "loss" and, where they are known, "epoch" and "gap"
    (how far the loss is above its minimum). The axis is logarithmic once the loss falls, or grows, a hundredfold.
    Returns the Axes.

    >>> import groundup as gu
    >>> cars = gu.examples.cars()
    >>> model = gu.LinearRegression(solver="gradient_descent", epochs=5000).fit(cars.X, cars.y)
    >>> plot_loss(model).get_xlabel()
    'epoch'
    """
    history, name = _history(model), name or _loss_name(model)
    loss = np.asarray(history["loss"], dtype=np.float64)
    epoch = np.asarray(history.get("epoch", np.arange(len(loss))), dtype=np.float64)
    unknown = np.append(np.full(len(loss) - 1, math.nan), getattr(model, "gap_", math.nan))
    gap = np.asarray(history.get("gap", unknown), dtype=np.float64)
    if not np.isfinite(loss).any():
        raise InputError("the history holds no finite loss, so there is nothing to draw; look at model.reason_.")
    ax = axes(ax)
    few = len(loss) <= 40
    ax.plot(epoch, loss, color=INK, linewidth=2.2, marker="o" if few else None, markersize=4, label=name, zorder=3)
    known = np.flatnonzero(np.isfinite(gap) & np.isfinite(loss))
    if len(known):
        _mark_minimum(ax, epoch[known], loss[known], gap[known])
    seen = loss[np.isfinite(loss) & (loss > 0)]
    if len(seen) and seen.max() > 100 * seen.min():
        ax.set_yscale("log")
    ax.set_xlabel("epoch")
    ax.locator_params(axis="x", integer=True)
    ax.set_ylabel(name, parse_math=False)
    legend(ax)
    return ax


def plot_surface(model: Any, X: Any, y: Any, *, x_name: str | None = None, ax: Any = None) -> Any:
    """The loss over weight and bias as a map with contour lines, and the path of the descent across it.

    For a model with one feature and one output that was trained step by step (solver="gradient_descent", ...): its
    `history_` holds "weights" and "bias". X (rows, 1), y (rows,). Returns the Axes.

    >>> import groundup as gu
    >>> cars = gu.examples.cars()
    >>> model = gu.LinearRegression(solver="gradient_descent", learning_rate=0.05, epochs=5000).fit(cars.X, cars.y)
    >>> plot_surface(model, cars.X, cars.y).get_ylabel()
    'bias'
    """
    matrix = columns(X)
    if matrix.shape[1] != 1:
        raise InputError(f"a map of weight and bias needs one feature; X has {matrix.shape[1]}. Leave the others out.")
    observed, history = labels(y, len(matrix)), _history(model)
    path = np.column_stack([_column(history, "weights"), _column(history, "bias")])
    loss = losses.named(getattr(model, "loss", "mse"))
    finite = path[np.isfinite(path).all(axis=1)]
    weights, biases = (_around(finite[:, axis]) for axis in (0, 1))
    height = _heights(loss, matrix[:, 0], observed, weights, biases)
    end = _heights(loss, matrix[:, 0], observed, path[-1:, 0], path[-1:, 1])[0, 0]

    ax = axes(ax)
    levels = height.min() + np.ptp(height) * np.linspace(0.02, 1, 14) ** 2.5
    ax.contour(weights, biases, height, levels=levels, colors=FAINT, linewidths=1)
    lines = ax.contour(weights, biases, height, levels=levels[2::4], colors="0.5", linewidths=1.2)
    ax.clabel(lines, fmt=number, fontsize=8)
    few = len(path) <= 60
    ax.plot(*path.T, color=INK, linewidth=1.6, marker="." if few else None, label=f"{len(path) - 1:,} epochs", zorder=3)
    ax.plot(*path[0], "o", color=INK, markerfacecolor="white", markersize=9, label="start", zorder=4)
    ax.plot(*_lowest(weights, biases, height, path[-1], end), "*", color=SECOND, markersize=13, label=LOWEST, zorder=4)
    ax.plot(*path[-1], "s", color=INK, fillstyle="none", markeredgewidth=1.8, markersize=12, label="end", zorder=4)
    ax.set_xlabel(f"weight (of the feature {x_name or feature_names(model, X, 1)[0]})", parse_math=False)
    ax.set_ylabel("bias")
    legend(ax)
    return ax


def _mark_minimum(ax: Any, epoch: Any, loss: Any, gap: Any) -> None:
    """The minimum is the loss less the gap, where the gap is smallest."""
    best = int(np.argmin(gap))
    minimum = float(loss[best] - gap[best])
    ax.axhline(minimum, color=SECOND, linestyle="--", linewidth=1.6, label=f"minimum {number(minimum)}", zorder=2)
    last, left = len(gap) - 1, max(0.0, float(gap[-1]))  # rounding may put a gap below 0
    ax.annotate(
        f"gap {number(left)}{_share(left, minimum)}",
        (epoch[last], loss[last]),
        xytext=(-16, 30 if loss[last] <= np.median(loss) else -60),
        textcoords="offset points",
        ha="right",
        arrowprops={"arrowstyle": "-|>", "color": "0.2", "connectionstyle": "arc3,rad=-0.2"},
        color="0.1",
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
        zorder=5,
    )


def _share(gap: float, minimum: float) -> str:
    if not minimum > 1e-12 * gap:
        return ""
    share = gap / minimum
    if share < 1e-4:
        return ":\nthe minimum is reached" if share < 1e-9 else ",\nless than 0.01 % of the minimum"
    return f",\n{100 * share:.2g} % of the minimum" if share < 1 else f",\n{number(share)} times the minimum"


def _history(model: Any) -> Mapping[str, Any]:
    history: Any = model if isinstance(model, Mapping) else getattr(model, "history_", None)  # pyright: ignore[reportUnknownVariableType]
    if history is None:
        raise NotFittedError("this model has no history yet; call fit first, or hand over a mapping with 'loss'.")
    if "loss" not in history:
        raise InputTypeError(f"a history needs 'loss'; this one holds {', '.join(map(repr, history)) or 'nothing'}.")
    return history


def _loss_name(model: Any) -> str:
    loss = getattr(model, "loss", None)
    short = {"mse": "mean squared error", "mae": "mean absolute error", "rmse": "root mean squared error"}
    return short.get(str(loss), "loss" if loss is None else f"{loss} loss")


def _column(history: Mapping[str, Any], name: str) -> Any:
    if name not in history:
        raise InputError(
            f"the history holds no {name!r}, because the exact solver takes no steps; train with "
            "solver='gradient_descent' to see a path."
        )
    values = np.asarray(history[name], dtype=np.float64)
    return values.reshape(len(values))


def _around(path: Any) -> Any:
    """80 places that hold the whole path with room around it."""
    low, high = float(path.min()), float(path.max())
    margin = 0.35 * (high - low) or 1.0
    return np.linspace(low - margin, high + margin, 80)


def _lowest(weights: Any, biases: Any, height: Any, place: Any, value: float) -> Any:
    """The lowest place of the map's grid, or the end of the path where that is lower still."""
    row, column = np.unravel_index(np.argmin(height), height.shape)
    return place if value <= height[row, column] else (weights[column], biases[row])


def _heights(loss: Any, x: Any, y: Any, weights: Any, biases: Any) -> Any:
    """The loss on every place of the map, from at most 2,000 evenly spaced rows."""
    step = -(-len(x) // 2000)
    x, y = x[::step], y[::step]
    return np.array([[loss(y, weight * x + bias) for weight in weights] for bias in biases])
