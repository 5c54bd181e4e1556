"""The pictures that `--plot` and `--report` save: drawn on paper of their own, so that no window opens."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import groundup as gu
from groundup.app.report import Picture
from groundup.app.rows import Rows
from groundup.errors import InputError, MissingExtraError

KINDS = (".png", ".svg", ".pdf")
MOST_ON_A_MAP = 6


class Panel(NamedTuple):
    """A drawing still to be made on some axes, and what it shows."""

    caption: str
    draw: Callable[..., Any]


def check(path: Path | None, page: Path | None = None) -> None:
    """Refuse a kind of picture that cannot be made, before any time is spent on training; a page has pictures too."""
    if page is not None or path is not None:
        figure(1, 1)
    if path is None:
        return
    if path.suffix.lower() not in KINDS:
        raise InputError(f"--plot must name a file that ends in {', '.join(KINDS)}; got {str(path)!r}.")
    if not path.parent.is_dir():
        raise InputError(f"--plot {str(path)!r}: there is no folder {str(path.parent)!r}. Make it first.")


def of_numbers(model: Any, rows: Rows, *, training: bool = True) -> list[Panel]:
    """The line on its data, the loss, the misses, the bowl: as many of these as the model has."""
    one = len(rows.features) == 1
    diverged = model.reason_.startswith("diverg")
    linear = hasattr(model, "coef_")
    panels: list[Panel] = []
    if one and not diverged:
        draw = partial(gu.lab.plot_line, model, rows.X, rows.y, y_name=rows.label)
        panels.append(Panel("The prediction on the data.", draw))
    if training:
        panels += of_training(model)
    if not diverged:
        draw = partial(gu.lab.plot_residuals, model, rows.X, rows.y, y_name=rows.label)
        panels.append(Panel("What the prediction misses: a cloud without shape around 0 is good.", draw))
    if training and linear and one and of_training(model) and not diverged:
        draw = partial(gu.lab.plot_surface, model, rows.X, rows.y)
        panels.append(Panel("The loss as a map over weight and bias, with the path of the training.", draw))
    return panels


def of_classes(model: Any, rows: Rows, *, threshold: float | None = None) -> list[Panel]:
    """Confusion, ROC, precision-recall and calibration; where the answer changes, for one or two features."""
    point = {} if threshold is None else {"threshold": threshold}
    both = len(set(rows.y.tolist())) > 1
    lab = gu.lab
    confusion = partial(lab.plot_confusion, model, rows.X, rows.y, y_name=rows.label, **point)
    panels = [Panel("Which class was taken for which: right answers on the diagonal.", confusion)]
    if len(rows.features) <= 2 and len(model.classes_) <= MOST_ON_A_MAP:
        draw = partial(lab.plot_boundary, model, rows.X, rows.y, y_name=rows.label)
        panels.append(Panel("Where the answer changes from one class to another.", draw))
    if both:
        roc = partial(lab.plot_roc, model, rows.X, rows.y, **point)
        panels.append(Panel("ROC: what is found, against the false alarms that it costs, for every threshold.", roc))
        curve = partial(lab.plot_precision_recall, model, rows.X, rows.y, **point)
        panels.append(Panel("Precision and recall for every threshold.", curve))
    calibration = partial(lab.plot_calibration, model, rows.X, rows.y)
    panels.append(Panel("Calibration: are the chances true? On the diagonal they are.", calibration))
    return panels


def of_training(model: Any) -> list[Panel]:
    """The loss on its way down, where the training took more than one step."""
    if len(model.history_.get("loss", ())) < 2 or "output" in model.history_:
        return []
    name = "log loss" if hasattr(model, "classes_") else None
    return [Panel("The loss on its way down.", partial(gu.lab.plot_loss, model, name=name))]


def save(panels: list[Panel], path: Path) -> None:
    """All of them on one sheet, two side by side."""
    across = min(2, len(panels))
    sheet, axes = figure(math.ceil(len(panels) / across), across)
    for panel, ax in zip(panels, axes, strict=False):
        panel.draw(ax=ax)
        _plain_names(ax)
    for ax in axes[len(panels) :]:
        ax.remove()
    sheet.savefig(path, dpi=130)


def drawn(panels: list[Panel]) -> list[Picture]:
    """Each as SVG, with identifiers of its own, to stand together on one page."""
    made: list[Picture] = []
    for place, panel in enumerate(panels, 1):
        sheet, (ax,) = figure(1, 1)
        panel.draw(ax=ax)
        _plain_names(ax)
        made.append(Picture(panel.caption, _svg(sheet, f"p{place}-", panel.caption)))
    return made


def figure(down: int, across: int) -> tuple[Any, list[Any]]:
    """An empty sheet and its axes; MissingExtraError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("matplotlib", extra="plot", purpose="pictures") from None
    sheet = Figure(figsize=(6.5 * across, 4.3 * down), layout="constrained")
    return sheet, list(sheet.subplots(down, across, squeeze=False).flat)


def _plain_names(ax: Any) -> None:
    """Names from a file may hold dollar signs, between which matplotlib would read mathematics."""
    made = ax.get_legend()
    texts: list[Any] = [ax.title, ax.xaxis.label, ax.yaxis.label, *ax.texts, *(made.get_texts() if made else [])]
    for text in texts:
        text.set_parse_math(False)


def _svg(sheet: Any, prefix: str, caption: str) -> str:
    """The drawing without prologue, date or address, and the same for the same numbers."""
    import matplotlib

    out = io.StringIO()
    settings: Any = matplotlib
    with settings.rc_context({"svg.hashsalt": "groundup", "svg.fonttype": "path"}):
        sheet.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    text = re.sub(r"<!--.*?-->", "", text[text.index("<svg") :], flags=re.DOTALL)  # comments repeat the file's words
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}", text)
    return text.replace("<svg ", f'<svg role="img" aria-label="{caption}" ', 1)
