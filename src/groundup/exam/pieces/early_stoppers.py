# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Early stopping: a class that is told a loss after each epoch, and says when to stop.

    EarlyStopping(patience, min_delta, mode).step(loss, weights) -> whether to stop     best weights in best_weights

It says so by what it answers, or by an attribute such as stop. Whether the patience counts the first bad epoch, and
whether an equal loss is better, is taste; that the best weights are copies, and not the arrays that go on changing, is
none.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.pieces import watched
from groundup.exam.pieces.stopping import DELTAS, REFUSALS, Stopper, kind_of

STOP = "Goodfellow, Bengio, Courville, Deep Learning, 7.8: early stopping"
BESTS = (
    *("best", "best_loss", "best_score", "best_", "min_loss", "best_val_loss", "val_loss_min", "best_value"),
    *("min_validation_loss", "best_metric"),
)
COURSES: dict[str, tuple[list[float], int]] = {
    "up after the best": ([5, 4, 3, 3.5, 3.6, 3.7, 3.8, 3.9, 4.0, 4.1], 2),
    "down again, but not below the best": ([5, 2, 4, 3.9, 3.8, 3.7, 3.6, 3.5, 3.4, 3.3], 1),
    "a new best in between": ([5, 4, 4.5, 3.5, 3.6, 3.7, 3.8, 3.9, 4.0, 4.1, 4.2], 3),
    "up and down": ([5, 4, 4.5, 4.2, 4.5, 4.2, 4.5, 4.2, 4.5, 4.2, 4.5], 1),
}
"""Validation losses, and where their best is."""


def settle(f: Stopper) -> None:
    """Find out whether larger is better, where it has no setting for it and its words say so."""
    said = re.search("acc|score|auc|f1|r2", f.valued) or re.search("(higher|larger) is better|maximi", f.text)
    if f.direction(True) or not said or f.up:
        return
    falls, rises = ([sign * k for k in range(60)] for sign in (-1.0, 1.0))
    f.up = f.stops(falls, 3) is not None and f.stops(rises, 3) is None
    f.conventions |= {"better": "larger values are better to it"} if f.up else {}


@check("Y01", "While the loss falls it does not stop.", boundary="never", read=STOP)
def falling(f: Stopper, rng: Any) -> Evidence:
    """60 epochs, each better than all before."""
    settle(f)
    at = f.stops([float(60 - k) for k in range(60)], 3)
    return Evidence(0.0 if at is None else 1.0, 0.0, f"it stopped at epoch {at} of a loss that falls in each")


def waits_of(f: Stopper, larger: bool = False) -> list[tuple[str, int, int | None]]:
    """(course, patience, how many epochs after the best it stops)."""
    waits: list[tuple[str, int, int | None]] = []
    for words, (losses, best) in COURSES.items():
        for patience in (1, 2, 4):
            at = f.stops([float(v) for v in losses], patience, larger=larger)
            if words == "a new best in between" and patience == 1 and at is not None and at < best:
                continue
            waits.append((words, patience, None if at is None else at - best))
    return waits


@check("Y02", "It stops when the best loss is `patience` epochs old.", boundary="the same epoch", read=STOP)
def patience_after_the_best(f: Stopper, rng: Any) -> Evidence:
    """At the patience or one epoch later: both are usual, but it must be one of the two everywhere."""
    settle(f)
    waits = waits_of(f)
    extra = {None if wait is None else wait - patience for _, patience, wait in waits}
    if extra <= {0} or extra <= {1}:
        f.conventions["patience"] = (
            "it stops after " + ("patience" if extra <= {0} else "more than patience") + " epochs without a new best"
        )
        return Evidence(0.0, 0.0, "it stops where it should")
    base = 1 if sum(wait == patience + 1 for _, patience, wait in waits) > len(waits) / 2 else 0
    words, patience, wait = next(w for w in waits if w[2] is None or w[2] - w[1] != base)
    losses, _ = COURSES[words]
    said = "never" if wait is None else f"{wait} epochs after the best"
    signs = {
        "never stops": extra == {None},
        "stops too early": all(wait is not None and wait < patience for _, patience, wait in waits),
        "stops too late": all(wait is None or wait > patience + 1 for _, patience, wait in waits),
        "counts from the last loss": words.startswith(("down", "up and")),
        "count not set back": words.startswith("a new best"),
    }
    sign = next((s for s, true in signs.items() if true), "")
    return Evidence(1.0, 0.0, f"losses {losses}, patience {patience}: it stops {said}", sign)


@check("Y04", "A fall by less than min_delta does not count.", boundary="the same epoch", read=STOP)
def smallest_fall(f: Stopper, rng: Any) -> Evidence:
    """And a larger one does."""
    settle(f)
    small = f.stops([100 - 0.01 * k for k in range(30)], 3, min_delta=0.5)
    large = f.stops([1e4 * 4.0**-k for k in range(7)], 3, min_delta=0.5)
    bad = float(small is None) + float(large is not None)
    words = f"falls of 0.01 with min_delta 0.5: it {'never stops' if small is None else f'stops at {small}'}; "
    words += f"falls of three quarters: it {'goes on' if large is None else f'stops at {large}'}"
    sign = "min_delta not used" if small is None else "wrong side" if large is not None else ""
    return Evidence(bad, 0.0, words, sign)


@check(
    "Y05", "A loss that is not a number does not count as an improvement.", boundary="it stops", read=STOP, manners=True
)
def nan_stops(f: Stopper, rng: Any) -> Evidence:
    """Every comparison with NaN is false."""
    settle(f)
    try:
        at = f.stops([3.0, 2.0, *[float("nan")] * 12], 3)
    except (ValueError, ArithmeticError) as error:
        return Evidence(0.0, 0.0, f"it refuses NaN: {error}")
    return Evidence(float(at is None), 0.0, "with NaN from epoch 2 on it never stops", "never")


@check("Y06", "The best loss that it keeps is the smallest.", boundary="equal", read=STOP)
def keeps_the_best(f: Stopper, rng: Any) -> Evidence:
    """Where it shows one."""
    settle(f)
    losses = [5.0, 3.0, 4.0, 3.5]
    f.stops(losses, 10)
    shown = [getattr(f.made, n, None) for n in BESTS]
    found = next((v for v in shown if isinstance(v, float | int) and np.ndim(v) == 0), None)
    if found is None:
        raise NotExamined("it shows no best loss")
    gap = abs(abs(float(found)) - 3.0)
    sign = "the last one" if abs(found) == 3.5 else "the first one" if abs(found) == 5 else ""
    return Evidence(gap, 0.0, f"of the losses {losses} it keeps {found}", sign)


@check("Y07", "The best weights come back as they were at the best loss.", boundary="equal", read=STOP)
def best_weights(f: Stopper, rng: Any) -> Evidence:
    """The arrays that it is handed are changed in place after each epoch; in one shape that it takes it must hold."""
    settle(f)
    found: list[tuple[float, str, str]] = []
    for shape in f.shapes():
        if f.told and shape not in (*f.told, "model") and found:
            break
        try:
            found += _come_back(f, shape)
        except REFUSALS:
            continue
    if not found:
        raise NotExamined("it keeps no weights that could be found")
    bad, words, sign = min(found)
    return Evidence(bad, 0.0, words, sign)


def _come_back(f: Stopper, shape: str) -> list[tuple[float, str, str]]:
    """The worst of two courses with weights of one shape; nothing where no best weights could be found."""
    seen: list[tuple[float, str, str]] = []
    for losses, best in (COURSES["up after the best"], COURSES["a new best in between"]):
        at = f.run([float(v) for v in losses], 4, shape, False)
        left = watched.level(f.box.inside)
        f.box.fill(99.0)
        levels = [*f.best_levels()]
        if not levels and at is not None and left is not None and left == 10.0 + best:
            levels = [left]  # put back when it said stop
        for level in levels:
            last = 10.0 + (len(losses) - 1 if at is None else at)
            sign, words = {
                99.0: ("by reference", "those that were changed after it said stop"),
                last: ("the last ones", "those of the last epoch"),
            }.get(level, ("", f"those of epoch {level - 10:g}"))
            bad = level != 10.0 + best
            words = f"the loss is best at epoch {best}; the weights that come back are {words}"
            seen.append((float(bad), words, sign if bad else ""))
    return [max(seen)] if seen else []


@check("Y08", "Where larger is better it stops as it does where smaller is.", boundary="the same epochs", read=STOP)
def larger_is_better(f: Stopper, rng: Any) -> Evidence:
    """With mode="max" and the values turned: a larger value sets the count back, by more than min_delta."""
    if not f.direction(True):
        raise NotExamined("it has no setting for which values are better")
    wrong = [(w, a[2], b[2]) for a, b in zip(waits_of(f), waits_of(f, True), strict=True) for w in [a[:2]] if a != b]
    words = "the same epochs either way"
    if wrong:
        (course, patience), lower, upper = wrong[0]
        turned = [-v for v in COURSES[course][0]]
        words = (
            f"values {turned}, patience {patience}: it stops {upper} epochs after the best, and {lower} turned round"
        )
    elif f.knob(*DELTAS):
        small = f.stops([100 - 0.01 * k for k in range(30)], 3, larger=True, min_delta=0.5)
        large = f.stops([1e4 * 4.0**-k for k in range(7)], 3, larger=True, min_delta=0.5)
        if small is None or large is not None:
            return Evidence(1.0, 0.0, "min_delta counts another way than where smaller is better", "min_delta")
    return Evidence(float(bool(wrong)), 0.0, words)


QUESTIONS = [falling, patience_after_the_best, smallest_fall, nan_stops, keeps_the_best, best_weights, larger_is_better]

__all__ = ["QUESTIONS", "Stopper", "kind_of"]
