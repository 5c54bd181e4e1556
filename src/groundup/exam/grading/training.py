# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Questions for the parts of a training: clipping of gradients and early stopping."""

from __future__ import annotations

import copy
import inspect
import re
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Evidence, NotExamined, check
from groundup.exam.grading.names import Target

Array = Any
CLIP = "Goodfellow, Bengio, Courville, Deep Learning, 10.11.1: clipping gradients"
STOP = "Goodfellow, Bengio, Courville, Deep Learning, 7.8: early stopping"


class Part(Asked):
    """The function or class, what its name promises, and the conventions that were seen."""

    def __init__(self, thing: Any, target: Target):
        super().__init__()
        self.thing, self.target = thing, target
        self.names = spelling.parameters(thing)
        self.made: Any = None

    def knob(self, *spellings: str) -> str:
        """Its own name for one of these; empty where there is none."""
        exact = next((n for s in spellings for n in self.names if n == s), "")
        return exact or next((n for s in spellings for n in self.names if spelling.plain(n) == s), "")


# Clipping


def clipped(f: Part, g: Array, limit: float) -> Array:
    """What becomes of one gradient, given as an array or, where that is wanted, as a list of one."""
    more = (limit,)
    if f.target.name == "clip_by_value" and len([p for p in f.names.values() if p.default is p.empty]) == 3:
        more = (-limit, limit)
    several = next(iter(f.names), "").lower().endswith("s")
    for given in ([g.copy()], g.copy()) if several else (g.copy(), [g.copy()]):
        try:
            out = f.thing(given, *more)
        except (TypeError, AttributeError, IndexError):
            continue
        out = given if out is None else out[0] if isinstance(out, tuple) else out
        found = np.asarray(out, dtype=float)
        found = found[0] if isinstance(given, list) and found.shape[:1] == (1,) and found.ndim == g.ndim + 1 else found
        if found.shape == g.shape:
            return found
    raise NotExamined("it could not be called with a gradient and a limit")


def by_norm(f: Part) -> None:
    """These questions are about the length."""
    if f.target.name != "clip_by_norm":
        raise NotExamined("it clips each number by itself")


@check("K01", "A gradient within the limit stays as it is.", boundary="1e-12", read=CLIP)
def short_stays(f: Part, rng: Any) -> Evidence:
    """Clipping is no normalising."""
    g = np.array([0.3, -0.4])
    mine = clipped(f, g, 1.0)
    gap = float(np.abs(mine - g).max())
    sign = "normalised" if np.allclose(np.linalg.norm(mine), 1.0) else ""
    return Evidence(gap, 1e-12, f"[0.3, -0.4], of length 0.5, became {mine.tolist()} at the limit 1", sign)


@check("K02", "A longer gradient is cut to the limit.", boundary="1e-5", read=CLIP)
def long_is_cut(f: Part, rng: Any) -> Evidence:
    """Its direction stays, where clipping is by the norm."""
    worst, words, sign = 0.0, "", ""
    for g, limit in ((np.array([3.0, -4.0]), 1.0), (np.array([1.0, 1.0, 1.0, 1.0]), 1.5), (np.array([30.0, 0.5]), 2.5)):
        mine = clipped(f, g, limit)
        length = float(np.linalg.norm(g))
        value, norm = np.clip(g, -limit, limit), g * limit / length
        right = norm if f.target.name == "clip_by_norm" else value
        gap = float(np.abs(mine - right).max() / limit)
        if not gap <= max(worst, 1e-5):
            others = {
                "by value": value,
                "by norm": norm,
                "not clipped": g,
                "length 1": g / length,
                "square of the length": g * limit / length**2,
                "largest number": g * limit / np.abs(g).max(),
                "sum of sizes": g * limit / np.abs(g).sum(),
                "only above": np.minimum(g, limit),
            }
            worst = gap if np.isfinite(gap) else np.inf
            sign = next((s for s, o in others.items() if np.allclose(mine, o, rtol=1e-6)), "")
            found, wanted = np.round(mine, 5).tolist(), np.round(right, 5).tolist()
            words = f"{g.tolist()} at the limit {limit:g} became {found}, not {wanted}"
    return Evidence(worst, 1e-5, words or "the largest difference, as a part of the limit", sign)


@check("K03", "A gradient of zero stays zero.", boundary="equal", read=CLIP)
def zero_stays(f: Part, rng: Any) -> Evidence:
    """0 / 0 is not a number."""
    mine = clipped(f, np.zeros(3), 1.0)
    return Evidence(float(not np.array_equal(mine, np.zeros(3))), 0.0, f"[0, 0, 0] became {mine.tolist()}")


@check("K04", "A matrix is clipped like the row of its numbers.", boundary="1e-5", read=CLIP)
def matrix(f: Part, rng: Any) -> Evidence:
    """The length of a matrix is the root of the sum of all squares."""
    g = np.array([[3.0, 4.0], [0.0, 12.0]])
    mine = clipped(f, g, 2.6)
    right = g * 0.2 if f.target.name == "clip_by_norm" else np.minimum(g, 2.6)
    rows = g * np.minimum(1, 2.6 / np.linalg.norm(g, axis=1, keepdims=True))
    sign = (
        "row by row"
        if np.allclose(mine, rows)
        else "largest singular value"
        if mine.ndim == 2 and np.isclose(np.linalg.norm(mine, 2), 2.6)
        else ""
    )
    gap = float(np.abs(mine - right).max())
    return Evidence(gap, 1e-4, f"[[3, 4], [0, 12]] at 2.6 became {np.round(mine, 4).tolist()}", sign)


@check("K05", "Gradients in one list are cut by their joint length.", boundary="1e-5", read=CLIP)
def joint_length(f: Part, rng: Any) -> Evidence:
    """[3, -4] and [0, 12] have the joint length 13; each by itself is a convention unless the names say "global"."""
    by_norm(f)
    both = [np.array([3.0, -4.0]), np.array([0.0, 12.0])]
    if not next(iter(f.names), "").lower().endswith("s"):
        raise NotExamined("it clips one gradient")
    given = [g.copy() for g in both]
    try:
        out = f.thing(given, 2.6)
        out = given if out is None or np.ndim(out) == 0 else out
        out = out[0] if isinstance(out, tuple) and len(out) == 2 and isinstance(out[0], list | tuple) else out
        mine = np.concatenate([np.asarray(part, dtype=float) for part in out])
    except (TypeError, ValueError, AttributeError, IndexError, KeyError):
        raise NotExamined("it takes no list of gradients") from None
    right = np.concatenate(both) * 0.2
    each = np.concatenate([g * 2.6 / np.linalg.norm(g) for g in both])
    if mine.shape != right.shape:
        raise NotExamined("it takes no list of gradients")
    said = f"{getattr(f.thing, '__name__', '')} {getattr(f.thing, '__doc__', '')}".lower()
    if np.allclose(mine, each) and not re.search("global|joint|total|grad_norm|gradient_norm|together|overall", said):
        f.conventions["clipping"] = "each gradient of a list is clipped by itself"
        return Evidence(0.0, 1e-5, "each by itself")
    gap = float(np.abs(mine - right).max() / 2.6)
    words = f"[3, -4] and [0, 12] at the limit 2.6 became {np.round(mine, 5).tolist()}, not {right.tolist()}"
    return Evidence(gap, 1e-5, words, "each" if np.allclose(mine, each) else "")


# Early stopping


def stops(f: Part, losses: list[float], patience: int, **more: float) -> int | None:
    """At which loss it asks to stop, counted from 0; None where it never does."""
    name = f.knob("patience", "n_iter_no_change", "wait", "tolerance", "max_bad_epochs")
    given: dict[str, Any] = {name: patience} if name else {}
    for word, value in more.items():
        own = f.knob(word, *{"min_delta": ("delta", "tol", "threshold", "epsilon")}.get(word, ()))
        if not own:
            raise NotExamined(f"it has no argument for {word}")
        given[own] = value
    if not name:
        raise NotExamined("it has no argument for the patience")
    made = f.thing(**given) if inspect.isclass(f.thing) else copy.deepcopy(f.thing)
    f.made = made
    calls = ("step", "update", "check", "should_stop", "early_stop", "on_epoch_end", "__call__")
    call = next((getattr(made, n) for n in calls if callable(getattr(made, n, None))), None)
    if call is None:
        raise NotExamined("it has no step, update or check")
    names = list(spelling.parameters(call))
    for k, loss in enumerate(losses):
        arguments = [loss if n == 0 else k if "epoch" in name else np.zeros(2) for n, name in enumerate(names)]
        if names and "epoch" in names[0] and len(names) > 1:
            arguments[:2] = [k, loss]
        arguments = arguments[: max(1, sum(p.default is p.empty for p in spelling.parameters(call).values()))]
        out = call(*arguments)
        if isinstance(out, tuple):
            out = next((v for v in out if isinstance(v, bool | np.bool_)), None)
        if out is None:
            flags = ("stop", "should_stop", "early_stop", "stopped", "stop_training", "stop_", "done")
            out = next((getattr(made, n) for n in flags if isinstance(getattr(made, n, None), bool | np.bool_)), None)
            if out is None:
                raise NotExamined("whether it stops could not be made out")
        if out:
            return k
    return None


COURSES: dict[str, tuple[list[float], int]] = {
    "up after the best": ([5, 4, 3, 3.5, 3.6, 3.7, 3.8, 3.9, 4.0, 4.1], 2),
    "down again, but not below the best": ([5, 2, 4, 3.9, 3.8, 3.7, 3.6, 3.5, 3.4, 3.3], 1),
    "a new best in between": ([5, 4, 4.5, 3.5, 3.6, 3.7, 3.8, 3.9, 4.0, 4.1, 4.2], 3),
    "up and down": ([5, 4, 4.5, 4.2, 4.5, 4.2, 4.5, 4.2, 4.5, 4.2, 4.5], 1),
}
"""Validation losses, and where their best is."""


@check("Y01", "While the loss falls it does not stop.", boundary="never", read=STOP)
def falling(f: Part, rng: Any) -> Evidence:
    """60 epochs, each better than all before."""
    at = stops(f, [float(60 - k) for k in range(60)], 3)
    return Evidence(0.0 if at is None else 1.0, 0.0, f"it stopped at epoch {at} of a loss that falls in each")


@check("Y02", "It stops when the best loss is `patience` epochs old.", boundary="the same epoch", read=STOP)
def patience_after_the_best(f: Part, rng: Any) -> Evidence:
    """At the patience or one epoch later: both are usual, but it must be one of the two everywhere."""
    waits: list[tuple[str, int, int | None]] = []
    for words, (losses, best) in COURSES.items():
        for patience in (1, 2, 4):
            at = stops(f, [float(v) for v in losses], patience)
            if words == "a new best in between" and patience == 1 and at is not None and at < best:
                continue
            waits.append((words, patience, None if at is None else at - best))
    extra = {None if wait is None else wait - patience for _, patience, wait in waits}
    if extra <= {0} or extra <= {1}:
        f.conventions["patience"] = (
            "it stops after " + ("patience" if extra <= {0} else "more than patience") + " epochs without a new best"
        )
        return Evidence(0.0, 0.0, "it stops where it should")
    base = 1 if sum(wait == patience + 1 for _, patience, wait in waits) > len(waits) / 2 else 0
    words, patience, wait = next(w for w in waits if w[2] is None or w[2] - w[1] != base)
    losses, best = COURSES[words]
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
def smallest_fall(f: Part, rng: Any) -> Evidence:
    """And a larger one does."""
    small = stops(f, [100 - 0.01 * k for k in range(30)], 3, min_delta=0.5)
    large = stops(f, [1e4 * 4.0**-k for k in range(7)], 3, min_delta=0.5)
    bad = float(small is None) + float(large is not None)
    words = f"falls of 0.01 with min_delta 0.5: it {'never stops' if small is None else f'stops at {small}'}; "
    words += f"falls of three quarters: it {'goes on' if large is None else f'stops at {large}'}"
    sign = "min_delta not used" if small is None else "wrong side" if large is not None else ""
    return Evidence(bad, 0.0, words, sign)


@check(
    "Y05", "A loss that is not a number does not count as an improvement.", boundary="it stops", read=STOP, manners=True
)
def nan_stops(f: Part, rng: Any) -> Evidence:
    """Every comparison with NaN is false."""
    at = stops(f, [3.0, 2.0, *[float("nan")] * 12], 3)
    return Evidence(float(at is None), 0.0, "with NaN from epoch 2 on it never stops", "never")


@check("Y06", "The best loss that it keeps is the smallest.", boundary="equal", read=STOP)
def keeps_the_best(f: Part, rng: Any) -> Evidence:
    """Where it shows one."""
    losses = [5.0, 3.0, 4.0, 3.5]
    stops(f, losses, 10)
    names = (
        "best",
        "best_loss",
        "best_score",
        "best_",
        "min_loss",
        "best_val_loss",
        "val_loss_min",
        "best_value",
        "min_validation_loss",
    )
    found = next(
        (
            getattr(f.made, n)
            for n in names
            if np.ndim(getattr(f.made, n, "")) == 0 and isinstance(getattr(f.made, n, None), float | int)
        ),
        None,
    )
    if found is None:
        raise NotExamined("it shows no best loss")
    gap = abs(abs(float(found)) - 3.0)
    sign = "the last one" if abs(found) == 3.5 else "the first one" if abs(found) == 5 else ""
    return Evidence(gap, 0.0, f"of the losses {losses} it keeps {found}", sign)


QUESTIONS = {
    "clipping": [short_stays, long_is_cut, zero_stays, matrix, joint_length],
    "stopper": [falling, patience_after_the_best, smallest_fall, nan_stops, keeps_the_best],
}
