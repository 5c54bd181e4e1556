"""The pictures that `--plot` saves: drawn on paper of their own, so that no window opens."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import groundup as gu
from groundup.app.rows import Rows
from groundup.errors import InputError, MissingExtraError

KINDS = (".png", ".svg", ".pdf")


def check(path: Path | None) -> None:
    """Refuse a kind of picture that cannot be made, before any time is spent on training."""
    if path is None:
        return
    if path.suffix.lower() not in KINDS:
        raise InputError(f"--plot must name a file that ends in {', '.join(KINDS)}; got {str(path)!r}.")
    if not path.parent.is_dir():
        raise InputError(f"--plot {str(path)!r}: there is no folder {str(path.parent)!r}. Make it first.")
    _figure(1, 1)


def of_fit(model: Any, rows: Rows, path: Path) -> None:
    """The line on its data, the loss, the misses, the bowl: as many of these as the model has."""
    one = len(rows.features) == 1
    steps = len(model.history_.get("loss", ())) > 1
    diverged = model.reason_.startswith("diverg")
    panels: list[Callable[..., Any]] = []
    if one and not diverged:
        panels.append(partial(gu.lab.plot_line, model, rows.X, rows.y, y_name=rows.label))
    if steps:
        panels.append(partial(gu.lab.plot_loss, model))
    if not diverged:
        panels.append(partial(gu.lab.plot_residuals, model, rows.X, rows.y, y_name=rows.label))
    if one and steps and not diverged:
        panels.append(partial(gu.lab.plot_surface, model, rows.X, rows.y))
    across = min(2, len(panels))
    figure, axes = _figure(math.ceil(len(panels) / across), across)
    for draw, ax in zip(panels, axes, strict=False):
        draw(ax=ax)
    for ax in axes[len(panels) :]:
        ax.remove()
    figure.savefig(path, dpi=130)


def _figure(down: int, across: int) -> tuple[Any, list[Any]]:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("matplotlib", extra="plot", purpose="pictures") from None
    figure = Figure(figsize=(6.5 * across, 4.3 * down), layout="constrained")
    return figure, list(figure.subplots(down, across, squeeze=False).flat)
