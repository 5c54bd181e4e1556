# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Trainings that step after each row: drawn by chance, or in their order, and at whose pace they are asked."""

from __future__ import annotations

from typing import Any

from groundup.exam.candidates import started, telling, ways
from groundup.exam.candidates.facade import Candidate

Array = Any


def row_by_row(c: Candidate, thing: Any, X: Array, y: Array, rate: float) -> bool:
    """Whether it steps after each row, without an argument for the batch: its own pace is left to it.

    The rows are drawn, or taken in their order: then three epochs tell.
    """
    taught = started.as_written(getattr(c.maker, "function", thing))
    drawn_rows = c.mode == "stochastic" and telling.draws(taught) and "batch" not in c.maker.knobs
    if drawn_rows and ways.one_row_drawn(c, X, y, rate):
        c.conventions["training"] = "an epoch is one step on one row, drawn by chance: single steps are right"
        return _at_its_own_pace(c, rate)
    if {"batch", "seed", "shuffle"} & c.maker.knobs.keys() or c.mode != "descent":
        return False
    drawn = telling.draws(thing)
    if not drawn and not ways.in_order(c, X, y, rate):
        return False
    untold = any(c.maker.default(c.maker.knobs[word]) is None for word in ("rate", "epochs"))
    if (untold and drawn) or "step" not in c.conventions:
        return False
    if not 1e-9 < c.misfit < 0.05:
        return False
    if untold:
        c.conventions["training"] = "it descends row after row, in their order: three epochs are right"
        return _at_its_own_pace(c, rate)
    for word in ("rate", "epochs"):
        del c.maker.knobs[word]
    c.mode = "stochastic"
    c.can -= {"rate", "epochs", "descent", "steps"}
    c.swings = not drawn
    words = "it steps after each row, drawn by chance: its answers are judged, not its single steps"
    c.conventions["training"] = words if drawn else "it descends row after row, in their order: three epochs are right"
    c.conventions = {k: v for k, v in c.conventions.items() if k not in ("step", "loss")}
    return True


def _at_its_own_pace(c: Candidate, rate: float) -> bool:
    """True: it is taught slowly, and where it arrives is not asked, since at one rate its answers swing."""
    c.mode, c.swings, c.pace = "stochastic", True, (False, rate, 300)
    c.can -= {"rate", "epochs", "descent", "steps"}
    c.conventions = {k: v for k, v in c.conventions.items() if k not in ("step", "loss")}
    return True
