# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A rate that falls, of one that steps after each row: with one row an epoch is one step, which shows its rate."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks.descent import parameters
from groundup.exam.checks.ways import READ, usual_decays
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any


@check(
    "M02b",
    "A decay lets the learning rate of one that steps row by row fall along a usual schedule.",
    tasks="regression classification",
    needs="rate epochs decay",
    boundary="known mistakes only: a decay of a rate that has decayed already, growing",
    read=READ,
)
def decay_of_rows(c: Candidate, rng: Any) -> Evidence:
    """Six epochs of one row: each is one step along the gradient of that row, by the rate of that epoch."""
    if "steps" in c.can or c.deviation is not None or c.scales_inside:
        raise NotExamined("its steps with all rows in one batch tell")
    X, y = np.array([[0.8, -0.5, 0.6]]), np.array([2.0 if c.task == "regression" else 1])
    decay, rate = 0.8 if c.quiet.get("decay") == 1.0 else 0.25, 0.05
    stops = [np.zeros(4)]
    stops += [parameters(c, c.study(X, y.astype(float), rate=rate, epochs=k, decay=decay)) for k in range(1, 7)]
    shares: list[float] = []
    for before, after in itertools.pairwise(stops):
        g, step = reference.gradient(c.task, before, X, y.astype(float)), before - after
        shares.append(float(step @ g / max(float(g @ g), 1e-300)))
        if np.abs(step - shares[-1] * g).max() > 1e-7 * np.abs(stops[1]).max():
            raise NotExamined("its steps with one row are not along the gradient")
    if not shares[0] > 0:
        raise NotExamined("with one row it does not move")
    found = np.array(shares) / shares[0]
    told = f"in six epochs of one row it moved by {np.round(found, 4).tolist()} times its first rate"
    name = next((w for w, book in usual_decays(decay, 6).items() if np.allclose(found, book / book[0], rtol=1e-5)), "")
    if name:
        c.conventions["decay"] = f"its rate falls as {name}"
        return Evidence(0.0, 0.0, told)
    t = np.arange(6)
    compound = [
        np.cumprod(f) for k in (0, 1) for f in (1 / (1 + decay * (t + k)), decay ** (t + k), (1 - decay) ** (t + k))
    ]
    if any(np.allclose(found, book / book[0], rtol=1e-5) for book in compound):
        return Evidence(1.0, 0.0, f"{told}: a decay of a rate that has decayed already", "compounds")
    if np.all(np.diff(found) > -1e-6) and np.any(np.diff(found) > 1e-6):  # an average of weights rises and falls
        return Evidence(1.0, 0.0, f"{told}: it grows", "grows")
    raise NotExamined(f"its schedule is none of the usual ones: {told}")
