"""The paper that pictures are drawn on: one look for all, readable in grey."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundup.errors import InputError, MissingExtraError

INK, SECOND, DATA, FAINT = "#12355b", "#b3541e", "0.45", "0.75"
"""Dark blue, rust, and two greys. Everything also differs in line style or marker."""

MOST_POINTS = 5000
"""More points than this only make a blot; evenly spaced rows stand for all, and the legend says so."""


def axes(ax: Any = None) -> Any:
    """`ax` with the house's look, or a new one."""
    try:
        from matplotlib import pyplot
    except ImportError:
        raise MissingExtraError("matplotlib", extra="plot", purpose="pictures") from None
    if ax is None:
        ax = pyplot.subplots(figsize=(7, 4.5), layout="constrained")[1]
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color("0.4")
    ax.tick_params(color="0.4", labelcolor="0.15")
    return ax


def legend(ax: Any, **options: Any) -> None:
    """A legend that does not hide the data."""
    made = ax.legend(frameon=True, framealpha=0.85, edgecolor="none", **options)
    for handle in made.legend_handles:
        if handle.get_alpha() is not None and hasattr(handle, "set_sizes"):  # faint dots cannot be found in a legend
            handle.set_alpha(0.8)
            handle.set_sizes([24])


def columns(X: Any) -> NDArray[np.float64]:
    """X as (rows, features); a single list is one feature."""
    matrix = np.asarray(X, dtype=np.float64)
    return matrix[:, None] if matrix.ndim == 1 else matrix


def labels(y: Any, rows: int) -> NDArray[np.float64]:
    """y as (rows,)."""
    column = np.asarray(y, dtype=np.float64)
    if column.size != rows or column.ndim > 2:
        raise InputError(f"y must hold one number for each of the {rows} rows of X; its shape is {column.shape}.")
    return column.reshape(rows)


def feature_names(model: Any, X: Any, count: int) -> list[str]:
    """The names that the model learnt, else those of X, else x or x0, x1, ..."""
    for names in (getattr(model, "feature_names_in_", None), getattr(X, "columns", None)):
        if names is not None and len(names) == count:
            return [str(name) for name in names]
    return ["x"] if count == 1 else [f"x{place}" for place in range(count)]


def label_name(y: Any, name: str | None) -> str:
    """The name that was given, else that of a Series, else y."""
    return str(name or getattr(y, "name", None) or "y")


def number(value: float) -> str:
    """A number as people write it: 4 digits, thousands marked, a real minus sign.

    >>> number(-1234.5678), number(0.0001234), number(24), number(1.5e9)
    ('−1,235', '0.0001234', '24', '1.5e+09')
    """
    text = f"{value:,.0f}" if 1000 <= abs(value) < 1e7 else f"{value:.4g}"
    return text.replace("-", "−", 1) if text.startswith("-") else text


def scatter(ax: Any, x: NDArray[np.float64], y: NDArray[np.float64], what: str = "data") -> None:
    """Rows as dots: hollow where they are few, faint where they are many."""
    rows = len(x)
    step = -(-rows // MOST_POINTS)
    shown = len(x[::step])
    label = f"{what} ({rows:,} rows)" if step == 1 else f"{what} ({shown:,} of {rows:,} rows)"
    size = float(np.clip(6000 / max(shown, 1), 9, 42))
    few = shown <= 200
    ax.scatter(
        x[::step],
        y[::step],
        s=size,
        marker="o",
        facecolors="white" if few else DATA,
        edgecolors=DATA if few else "none",
        linewidths=1.2,
        alpha=None if few else float(np.clip(300 / shown, 0.15, 0.8)),
        label=label,
        zorder=2,
    )
