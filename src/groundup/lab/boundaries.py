"""Where a classifier changes its mind: the chance along one feature, or the regions over two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundup.errors import InputError
from groundup.lab.classes import STROKES, Judged, judged, shortened
from groundup.lab.paper import DATA, INK, MOST_POINTS, SECOND, axes, columns, feature_names, label_name, legend

TINTS = ("#d9e4ef", "#f7e4d8", "#ebebeb", "#e2eddd", "#f3ecd0", "#e6deee")
MARKERS = ("o", "s", "^", "D", "v", "P")
EDGES = (INK, SECOND, "0.25", "#3f6b33", "#8a6d0b", "#5b3f7d")


def plot_boundary(
    model: Any,
    X: Any,
    y: Any,
    *,
    features: Sequence[int | str] | None = None,
    y_name: str | None = None,
    ax: Any = None,
) -> Any:
    """Where the answer changes from one class to another, with the rows, and those that are on the wrong side.

    With one feature: the chance of each class along it. With two: the region of each class; for two classes the lines
    where the chance is 0.1, 0.5 and 0.9. With more, `features` names the one or two to draw, by name or place, and the
    others are held at their means. X (rows, features), y (rows,) of labels. Returns the Axes.

    >>> import groundup as gu
    >>> penguin = gu.examples.penguins(["bill_length_mm", "bill_depth_mm"])
    >>> model = gu.LogisticRegression().fit(penguin.X, penguin.y)
    >>> ax = plot_boundary(model, penguin.X, penguin.y)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Adelie', 'Chinstrap', 'Gentoo', 'wrong: 12 of 333 rows']
    """
    rows, matrix = judged(model, X, y), columns(X)
    names = feature_names(model, X, matrix.shape[1])
    chosen = _chosen(features, names)
    if len(rows.classes) > len(MARKERS):
        raise InputError(
            f"a map shows at most {len(MARKERS)} classes; this model knows {len(rows.classes)}. "
            "Look at plot_confusion instead."
        )
    ax = axes(ax)
    drawing = _curves if len(chosen) == 1 else _regions
    drawing(ax, model, matrix, rows, chosen)
    others = ", the other features at their means" if len(chosen) < len(names) else ""
    ax.set_xlabel(names[chosen[0]] + (others if len(chosen) == 2 else ""), parse_math=False)
    what = "class" if label_name(y, y_name) == "y" else label_name(y, y_name)
    of_one = f"chance of {rows.names[1]}" if len(rows.classes) == 2 else f"chance of each {what}"
    ax.set_ylabel(names[chosen[1]] if len(chosen) == 2 else of_one + others, parse_math=False)
    legend(ax, fontsize=9)
    for text in ax.get_legend().get_texts():
        text.set_parse_math(False)
    return ax


def _chosen(features: Sequence[int | str] | None, names: list[str]) -> list[int]:
    if features is None and len(names) <= 2:
        return list(range(len(names)))
    asked = [] if features is None else [features] if isinstance(features, str) else list(features)
    places = [names.index(str(item)) if item in names else item for item in asked]
    good = [place for place in places if isinstance(place, int) and 0 <= place < len(names)]
    if len(good) not in (1, 2) or len(good) != len(asked) or len(set(good)) < len(good):
        came = "none was named" if features is None else f"got {features!r}"
        raise InputError(
            f"features must be one or two of {', '.join(map(repr, names))}, or their places from 0; {came}."
        )
    return good


def _wide(x: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Evenly spaced from a little below the smallest to a little above the largest."""
    low, high = float(x.min()), float(x.max())
    room = 0.06 * (high - low) or 1.0
    return np.linspace(low - room, high + room, count)


def _chances(model: Any, matrix: NDArray[np.float64], rows: Judged, chosen: list[int], at: Any) -> Any:
    """The chances where the chosen features are `at` and the others at their means."""
    places = np.tile(matrix.mean(axis=0), (len(at), 1))
    places[:, chosen] = at
    return judged(model, places, np.full(len(at), rows.classes[0])).chance


def _curves(ax: Any, model: Any, matrix: NDArray[np.float64], rows: Judged, chosen: list[int]) -> None:
    x = _wide(matrix[:, chosen[0]], 300)
    chance = _chances(model, matrix, rows, chosen, x[:, None])
    two = len(rows.classes) == 2
    step = -(-len(matrix) // MOST_POINTS)
    jitter = 0.03 * (np.arange(len(matrix)) * 0.6180339887498949 % 1 - 0.5)  # spread evenly, the same each time
    for k, name in enumerate(rows.names):
        own = np.flatnonzero(rows.code == k)[::step]
        level = float(k) if two else -0.08 - 0.06 * k
        style: dict[str, Any] = {"markerfacecolor": "none", "color": EDGES[k], "alpha": 0.45, "markersize": 5}
        ax.plot(matrix[own, chosen[0]], level + jitter[own], MARKERS[k], label=f"rows of {name}", zorder=2, **style)
    for k, (colour, dashes) in enumerate(STROKES[: len(rows.classes)]):
        if two and k == 0:
            continue
        label = f"chance of {rows.names[k]}"
        ax.plot(x, chance[:, k], color=colour, linestyle=dashes, linewidth=2.4, label=label, zorder=3)
    if two:
        ax.axhline(0.5, color=DATA, linestyle=(0, (3, 3)), linewidth=1.2, zorder=1)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])


def _regions(ax: Any, model: Any, matrix: NDArray[np.float64], rows: Judged, chosen: list[int]) -> None:
    x, y = (_wide(matrix[:, place], 220) for place in chosen)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    chance = _chances(model, matrix, rows, chosen, grid)
    k = len(rows.classes)
    answer = chance.argmax(axis=1).reshape(len(y), len(x))
    ax.contourf(x, y, answer, levels=np.arange(k + 1) - 0.5, colors=TINTS[:k], zorder=0)
    if k == 2:
        levels = chance[:, 1].reshape(len(y), len(x))
        lines = ax.contour(
            x, y, levels, levels=[0.1, 0.5, 0.9], colors=INK, linewidths=[1, 2.2, 1], linestyles=["--", "-", "--"]
        )
        ax.clabel(lines, fmt="%g", fontsize=8)
    else:
        for j in range(k):  # where class j is as likely as the likeliest of the others
            lead = (chance[:, j] - np.delete(chance, j, axis=1).max(axis=1)).reshape(len(y), len(x))
            if lead.min() < 0 < lead.max():
                ax.contour(x, y, lead, levels=[0.0], colors=INK, linewidths=1.4)
    _dots(ax, matrix[:, chosen], rows)


def _dots(ax: Any, points: NDArray[np.float64], rows: Judged) -> None:
    """A marker for each class, and a ring around the rows that the model takes for another."""
    step = -(-len(points) // MOST_POINTS)
    size = float(np.clip(40 / len(points) ** 0.3, 3.0, 7.0))
    for k, label in enumerate(rows.classes):
        own = points[rows.code == k][::step]
        look: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": EDGES[k], "markersize": size}
        ax.plot(*own.T, MARKERS[k], markeredgewidth=1.0, label=shortened(str(label)), zorder=2, **look)
    wrong = rows.chance.argmax(axis=1) != rows.code
    ax.plot(
        *points[wrong][::step].T,
        "x",
        color="black",
        markersize=size + 2,
        markeredgewidth=1.6,
        label=f"wrong: {int(wrong.sum()):,} of {len(points):,} rows",
        zorder=3,
    )
