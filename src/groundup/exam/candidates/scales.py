# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Which scale of the loss a first step is along, in which columns, and beside which class of reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import ways

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate

Array = Any
ROWS = 29
"""As many as the table has on which conventions show."""
SCALES = {
    "regression": {
        "1/2 the mean": (1.0, False),
        "the mean": (2.0, False),
        "1/2 the sum": (1.0, True),
        "the sum": (2.0, True),
    },
    "classification": {
        "the mean": (1.0, False),
        "the sum": (1.0, True),
        "twice the mean": (2.0, False),
        "twice the sum": (2.0, True),
    },
    "multiclass": {"the mean": (1.0, False), "the sum": (1.0, True)},
}
LOSS = {"regression": "squared errors", "classification": "log losses", "multiclass": "log losses"}


def angle(a: Array, b: Array) -> float:
    """How far two directions are from one another: 0 where they agree, 2 where they are opposite."""
    return 1 - float(np.sum(a * b)) / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-300)


def read_step(c: Candidate, X: Array, y: Array, step: Array) -> None:
    """The scale of the loss, from the weights' part of a step; standardised columns where only those explain it."""
    t = ways.targets(c, y)
    off: dict[int | None, float] = {}
    for c.deviation in (None, 0, 1):
        g = reference.gradient(c.task, c.start, c.view(X), t)
        c.misfit = min(c.misfit, angle(step, -g))
        if angle(step[:-1], -g[:-1]) < 1e-6:
            off[c.deviation] = angle(step, -g)  # n or n - 1 shows beside the bias only
        if None in off:
            break
    c.deviation = min(off, key=lambda deviation: off[deviation] if off[deviation] > 1e-12 else 0.0, default=None)
    g = reference.gradient(c.task, c.start, c.view(X), t)
    if c.deviation is not None:
        c.conventions["columns"] = "it standardises the columns itself"
    if c.task == "multiclass":
        _reference_class(c, step, g)
    parts = [k for k in (slice(-1), slice(-1, None)) if np.abs(g[k]).max() > 1e-9 * np.abs(g).max()]
    shares = [-float(np.sum(step[k] * g[k]) / max(np.sum(g[k] ** 2), 1e-300)) for k in parts]
    for words, (factor, summed) in SCALES[c.task].items():
        expected = factor * (ROWS if summed else 1)
        if any(np.isclose(share, expected, rtol=1e-4) for share in shares):
            c.factor, c.summed = factor, summed
            c.conventions["loss"] = f"it makes {words} of the {LOSS[c.task]} small"
            break
    c.measured = max(map(abs, shares), default=1.0)
    if np.linalg.norm(c.start) > 1e-9:
        c.conventions["start"] = "it does not start at weight 0"


def _reference_class(c: Candidate, step: Array, g: Array) -> None:
    """Whether the score of the first or the last class stays at 0, and the others descend."""
    for place, words in ((0, "first"), (step.shape[1] - 1, "last")):
        held = np.delete(g, place, axis=1)
        moved = np.delete(step - step[:, [place]], place, axis=1)
        if angle(moved, -held) < 1e-6:
            c.reference_class = place
            c.conventions["classes"] = f"the {words} class is the reference: its score is always 0"
            c.factor, c.summed = 1.0, bool(np.linalg.norm(moved) > 2 * np.linalg.norm(held))
