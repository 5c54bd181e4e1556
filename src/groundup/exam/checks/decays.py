# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A rate that falls, of one that steps after each row: with one row an epoch is one step, which shows its rate.

With many rows, what it does in its second epoch shows whether the rate that it comes with has not died in the first.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.descent import parameters
from groundup.exam.checks.laws import answers
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


@check(
    "M02c",
    "The decay that it comes with leaves some of the learning rate for the second epoch.",
    tasks="regression classification multiclass",
    needs="estimator predict rate epochs decay",
    boundary="its second epoch moves the answers by more than 1e-6 of what is missing",
    read=READ,
)
def second_epoch(c: Candidate, rng: Any) -> Evidence:
    """600 rows, all settings its own: a rate that is meant to fall from epoch to epoch, and falls with every row.

    The best answers are known; whoever is far from them after one epoch, and does not move in the next, never arrives.
    """
    name = c.maker.knobs["decay"]
    if any(
        c.says(rf"{name}\W[^.\n]*\b(after|per|with|every|each|in)\b[^.\n]*\b{w}") for w in ("row", "sample", "step")
    ):
        raise NotExamined("it says itself that its rate falls from row to row, or from step to step")
    table = tables.of(c.task, rng, 600)
    labels = table.y if c.task == "regression" else c.labels[table.y]
    best = reference.response(
        c.task,
        reference.with_bias(table.X) @ reference.optimum(c.task, table.X, tables.targets(c.task, table.y)),
    )
    best = np.column_stack([1 - best, best]) if c.task == "classification" else best

    def after(epochs: int) -> Array:
        asked = {"seed": 7, "early_stopping": False, "tolerance": 0.0, "epochs": epochs}
        np.random.seed(7)
        given = {word: value for word, value in asked.items() if word in c.maker.knobs}
        return answers(
            c, Learnt(c, c.maker.learn(*c.shown(table.X, labels), given, len(c.labels)), table.X, c.labels), table.X
        )

    one, two = after(1), after(2)
    missing = float(np.abs(two - best).max() / np.ptp(best))
    if not missing > 0.05:
        raise NotExamined("with its own settings one epoch is enough")
    moved = float(np.abs(two - one).max() / np.ptp(best)) / missing
    told = f"after an epoch of 600 rows an answer is {missing:.3g} of their spread off; the second moves it by "
    return Evidence(moved, (1e-6, 1e6), f"{told}{moved:.3g} of that", "dies in the first epoch")
