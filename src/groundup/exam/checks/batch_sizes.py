# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""What a batch size is, asked of those whose weights tell nothing row by row; and an end by chance.

A step with all rows together does not see their order; a row at a time, each step sees where the last one led.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, spelling
from groundup.exam.checks import tables
from groundup.exam.checks.batches import READ, odometer
from groundup.exam.checks.laws import answers
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
BETTER = (
    r"improv|patience|no.?change|validation|early.?stop|stops? (when|if|as soon as)[^.]{0,40}(rise|grow|increas|worse)"
)


@check(
    "B11d",
    "A batch size is the number of rows in a batch, not the number of batches.",
    needs="batch epochs",
    tasks="regression classification multiclass",
    boundary="known mistake only: a size of 1 takes all rows at once, and a size of all rows takes them apart",
    read=READ,
)
def size_of_a_batch(c: Candidate, rng: Any) -> Evidence:
    """One epoch of the same rows in two orders: all rows at once give the same weights in both."""
    if c.mode != "stochastic" or "size" not in spelling.plain(c.maker.knobs["batch"]):
        raise NotExamined("its epochs with all rows in one batch do not depend on chance")
    table = tables.of(c.task, rng, 24)
    order = rng.permutation(24)
    rate = {"rate": 0.1} if "rate" in c.maker.knobs else {}

    def moved(batch: int) -> float:
        asked = {"epochs": 1, "batch": batch, "seed": 7, **rate}
        one, two = (
            answers(c, c.study(X, y, **asked), table.X)
            for X, y in ((table.X, table.y), (table.X[order], table.y[order]))
        )
        return float(np.abs(one - two).max() / max(float(np.ptp(one)), 1e-300))

    single, whole = moved(1), moved(24)
    words = f"with the rows in another order an answer moved by {single:.3g} of the spread with batches of 1, and by "
    wrong = single <= 1e-9 and whole > 1e-6
    return Evidence(float(wrong), 0.0, words + f"{whole:.3g} with all rows in one batch", "number of batches")


@check(
    "B11e",
    "In one epoch every row is used, also where the learning rate falls.",
    needs="rate epochs batch",
    boundary="none is left out",
    read=READ,
)
def no_row_left_out(c: Candidate, rng: Any) -> Evidence:
    """10 rows in batches of 4, 4 and 2: by how much each moved its own weight."""
    if not c.conventions.get("training", "").startswith("its learning rate falls"):
        raise NotExamined("its learning rate does not fall; where it does not, the whole epoch is asked")
    if "epoch" not in c.maker.knobs["epochs"].lower():
        raise NotExamined("it counts steps and not epochs, so that its rows may be drawn")
    seen = np.abs(odometer(c, 10, 4))
    left_out = np.flatnonzero(seen <= 1e-3 * seen.max())
    words = f"10 rows in batches of 4, 4 and 2: the rows moved their weights by {np.round(seen, 3).tolist()}"
    sign = "the last, smaller batch is left out" if len(left_out) == 2 else ""
    return Evidence(float(len(left_out)), 0.0, words, sign)


@check(
    "B22e",
    "A tolerance of nothing does not end the training in small batches while it is under way.",
    needs="batch epochs tolerance weights",
    tasks="regression",
    boundary="1 standard error of the optimum, where its last epoch still moved it by a hundredth of that",
    read=READ,
)
def end_by_chance(c: Candidate, rng: Any) -> Evidence:
    """With its own rate and batches: where half of its epochs lead as far as all, it ended by itself."""
    said = " ".join([c.told, *c.maker.names_of_settings()])
    if c.mode == "exact" or re.search(BETTER, said, re.IGNORECASE) or c.deviation is not None or c.scales_inside:
        raise NotExamined("it ends on purpose where an epoch is no better, or in columns of its own")
    own = {word: c.maker.default(c.maker.knobs.get(word, "")) for word in ("rate", "batch", "epochs")}
    if not all(isinstance(value, int | float) for value in own.values()):
        raise NotExamined("it does not come with a rate, a batch size and epochs")
    table = tables.numbers(rng, 80, noise=1.0)
    away = reference.with_bias(table.X)

    def at(epochs: int, seed: int) -> Array:
        return c.study(table.X, table.y, **{**own, "tolerance": 0.0, "seed": seed, "epochs": epochs}).theta

    for seed in (1, 2, 3):
        end, low, high = at(own["epochs"], seed), 1, int(own["epochs"])
        far = float(np.linalg.norm(away @ (end - reference.optimum("regression", table.X, table.y))))
        if not far > 1.0 or not np.array_equal(end, at(high // 2, seed)):
            continue
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if np.array_equal(at(middle, seed), end) else (middle + 1, high)
        step = float(np.linalg.norm(away @ (end - at(low - 1, seed)))) if low > 1 else np.inf
        if step > 1e-2 * far:
            words = f"after {low} epochs it ended, {far:.3g} standard errors from the optimum, though its last epoch "
            return Evidence(far, 1.0, f"{words}moved it by {step:.3g} of them", "stopped")
    return Evidence(0.0, 1.0, "it goes on to its last epoch, or to the optimum")
