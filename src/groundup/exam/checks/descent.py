# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Gradient descent, step by step: its path is known exactly, so these questions raise no false alarm."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import experiment, paths, tables
from groundup.exam.checks.laws import softmax_only
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
STEPS = 12
READ = "Boyd and Vandenberghe, Convex Optimization, 9.3: gradient descent"


def parameters(c: Candidate, learnt: Any) -> Array:
    """Weights and then the bias, a matrix for many classes."""
    return np.vstack(learnt.matrix()) if c.task == "multiclass" else learnt.raw


def centred(c: Candidate, theta: Array) -> Array:
    """For many classes only differences between them mean anything."""
    return theta - theta.mean(axis=1, keepdims=True) if c.task == "multiclass" else theta


def far(c: Candidate, mine: Array, right: Array, start: Array) -> float:
    """The distance between two answers, against how far the right one has moved."""
    gap = np.abs(centred(c, mine) - centred(c, right)).max()
    return float(gap / max(np.abs(centred(c, right) - centred(c, start)).max(), 1e-12))


def slope(c: Candidate, theta: Array, X: Array, y: Array) -> Array:
    """The gradient by which it descends: that of a reference class is 0; against the rest each has a sigmoid."""
    if c.one_against_rest:
        return np.stack([reference.gradient("classification", t, X, y[:, k]) for k, t in enumerate(theta.T)], axis=1)
    g = reference.gradient(c.task, theta, X, y)
    if c.reference_class is not None:
        g[:, c.reference_class] = 0.0
    return g


def descended(c: Candidate, X: Array, y: Array, rate: float, steps: int) -> Array:
    """Where so many steps of its own kind lead."""
    theta = c.start
    for _ in range(steps):
        theta = theta - rate * slope(c, theta, X, y)
    return theta


@check(
    "B01",
    "After 12 epochs of gradient descent the weights are those of w <- w - rate x gradient, twelve times.",
    needs="steps",
    boundary="1e-8 of the way",
    read=READ,
)
def whole_path(c: Candidate, rng: Any) -> Evidence:
    """The path against the recursion; where it differs, which wrong recursion it follows."""
    table = tables.of(c.task, rng, 37, c.width)
    y = tables.targets(c.task, table.y)
    X = c.view(table.X)
    rate = 0.7 * c.plan(table.X)["rate"]
    learnt = c.study(table.X, table.y, rate=rate, epochs=STEPS)
    if c.one_against_rest and not learnt.shows_matrix:
        softmax_only(c)
    mine = parameters(c, learnt)
    scaled = rate * c.scale(len(X))
    right = descended(c, X, y, scaled, STEPS)
    distance = far(c, mine, right, c.start)
    if c.one_against_rest and distance > 1e-8:  # its docstring may have named a method that it does not use
        plain = reference.descend(c.task, c.start, X, y, scaled, STEPS)
        distance = min(distance, far(c, mine, plain, c.start))
    if distance <= 1e-8:
        return Evidence(distance, 1e-8, "the distance from the right path, as a part of the way")
    n = len(X)
    scales = [c.scale(n)] if "loss" in c.conventions else [1.0, 2.0, n, 2.0 * n]
    sign = next(
        (
            words
            for scale in scales
            for words, other in paths.named(c.task, c.start, X, y, rate * scale, STEPS)
            if np.all(np.isfinite(other)) and far(c, mine, other, c.start) < 1e-6
        ),
        "",
    )
    known = f"; it is exactly where one comes with this change: {sign}" if sign else ""
    if not sign and _right_on_equal_rows(c, table, rate, scaled):
        sign = "rows and labels come apart"
        known = "; where all rows are equal it comes out right: then it does not matter which label goes with which row"
    words = f"after {STEPS} epochs the weights are off by {distance:.2g} of the way they should have gone{known}"
    return Evidence(distance, 1e-8, words, sign, experiment.one_step(c))


def _right_on_equal_rows(c: Candidate, table: Any, rate: float, scaled: float) -> bool:
    """Whether it takes the right path where every row is the first: then labels may stand beside any of them."""
    X = np.repeat(table.X[:1], len(table.X), axis=0)
    if not np.array_equal(c.view(X), X):
        return False
    mine = parameters(c, c.study(X, table.y, rate=rate, epochs=STEPS))
    right = descended(c, X, tables.targets(c.task, table.y), scaled, STEPS)
    return bool(np.all(np.isfinite(mine))) and far(c, mine, right, c.start) <= 1e-8


@check(
    "B02",
    "Each step at a safe rate makes the loss smaller by at least rate x (1 - rate L / 2) x |gradient|².",
    needs="steps",
    boundary="the descent lemma, to rounding",
    read=READ,
)
def descent_lemma(c: Candidate, rng: Any) -> Evidence:
    """The loss after 1, 2, ... epochs against the bound; the candidate's own rate is used in its own scale."""
    softmax_only(c)
    table = tables.of(c.task, rng, 41, c.width)
    y, X = tables.targets(c.task, table.y), c.view(table.X)
    plan = c.plan(table.X)
    scaled = plan["rate"] * c.scale(len(X))
    top, _ = reference.curvature(c.task, X)
    worst, at, theta = -np.inf, 0, c.start
    for k in range(1, 6):
        after = parameters(c, c.study(table.X, table.y, rate=plan["rate"], epochs=k))
        g = slope(c, theta, X, y)
        bound = reference.loss(c.task, theta, X, y) - scaled * (1 - scaled * top / 2) * float(np.sum(g * g))
        short = reference.loss(c.task, after, X, y) - bound
        worst, at, theta = (short, k, after) if not short <= worst else (worst, at, after)
    scale = max(1.0, abs(reference.loss(c.task, c.start, X, y)))
    words = f"in epoch {at} the loss misses the fall that theory promises by {worst / scale:.3g}"
    return Evidence(worst / scale, 1e-10, words + (" of the loss at the start" if scale > 1 else ""))


@check(
    "B03",
    "At 0.95 of the largest stable learning rate training converges; the rate is not secretly another one.",
    needs="steps",
    tasks="regression",
    boundary="loss within 1e-6 of its minimum",
    read=READ,
)
def stable_edge(c: Candidate, rng: Any) -> Evidence:
    """Just below the edge 2 / L."""
    table = tables.numbers(rng, 40, c.width)
    X, y = c.view(table.X), table.y
    values = np.linalg.eigvalsh(reference.hessian("regression", np.zeros(0), X))
    edge = 2 / values[-1] / c.scale(len(X))
    epochs = int(30 * max(values[-1] / values[0], 20))
    mine = parameters(c, c.study(table.X, y, rate=0.95 * edge, epochs=epochs))
    least = reference.loss(c.task, reference.optimum(c.task, X, y), X, y)
    gap = reference.loss(c.task, mine, X, y) / least - 1
    return Evidence(gap, 1e-6, f"after {epochs} epochs the loss is {gap:.3g} (relative) above its minimum")


@check(
    "B03b",
    "Above the largest stable rate the loss grows without end, or the trouble is reported.",
    needs="steps",
    tasks="regression",
    boundary="the weights blow up, or the trouble is reported",
    read=READ,
)
def beyond_the_edge(c: Candidate, rng: Any) -> Evidence:
    """At 1.3 times the edge the loss must have exploded after 400 epochs, unless that is said."""
    impatient(c)
    table = tables.numbers(rng, 40, c.width)
    X, y = c.view(table.X), table.y
    top, _ = reference.curvature(c.task, X)
    rate = 1.3 * 2 / top / c.scale(len(X))
    said, mine = _trained_aloud(c, table, rate)
    if said or not np.all(np.isfinite(mine)):
        return Evidence(0.0, 0.0, "the trouble is reported, or shows as values that are not finite")
    growth = reference.loss(c.task, mine, X, y) / reference.loss(c.task, c.start, X, y)
    silent = float(growth < 1e6)
    words = f"at a rate that cannot work, it ended in silence with a loss {growth:.3g} times that of the start"
    words += "; so it walks by another rate than it is given" if growth < 1 else ""
    return Evidence(silent, 0.0, words, "silent")


def impatient(c: Candidate) -> None:
    """One that stops where its loss no longer falls is not asked about losses that grow."""
    if "patience" in c.can:
        raise NotExamined("it stops by a patience, which ends a loss that grows too")


def _trained_aloud(c: Candidate, table: tables.Table, rate: float) -> tuple[bool, Array]:
    """Whether it complained, by an exception or a warning of its own, and the weights."""
    quiet = {"tolerance": 1e-8} if "tolerance" in c.can else {}
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            mine = parameters(c, c.study(table.X, table.y, rate=rate, epochs=400, **quiet))
        except (ArithmeticError, ValueError, RuntimeError):
            return True, c.start
    return any(not issubclass(w.category, RuntimeWarning) for w in heard), mine


@check(
    "B04",
    "A learning rate of 0 changes nothing.",
    needs="steps",
    boundary="equal",
    read=READ,
)
def rate_zero(c: Candidate, rng: Any) -> Evidence:
    """Whatever moves at rate 0 is moved by something else than the gradient."""
    table = tables.of(c.task, rng, 20, c.width)
    try:
        mine = parameters(c, c.study(table.X, table.y, rate=0.0, epochs=3))
    except (ValueError, TypeError) as error:
        raise NotExamined(f"it refuses a learning rate of 0 ({type(error).__name__})") from None
    moved = float(np.abs(mine - c.start).max())
    return Evidence(moved, 1e-15, f"at rate 0 a weight moved by {moved:.3g}")


@check(
    "B04b",
    "Twice the learning rate makes the first step exactly twice as long.",
    needs="steps",
    boundary="1e-9",
    read=READ,
)
def in_proportion(c: Candidate, rng: Any) -> Evidence:
    """A rate that is squared, clipped or scaled shows here."""
    softmax_only(c)
    table = tables.of(c.task, rng, 20, c.width)
    rate = 0.2 * c.plan(table.X)["rate"]
    one, two = (parameters(c, c.study(table.X, table.y, rate=k * rate, epochs=1)) - c.start for k in (1, 2))
    ratio = float(np.linalg.norm(two) / max(float(np.linalg.norm(one)), 1e-300))
    sign = "rate squared" if abs(ratio - 4) < 1e-3 else ("no step" if ratio == 0 else "")
    return Evidence(abs(ratio - 2), 1e-7, f"twice the rate made the step {ratio:.5g} times as long", sign)


@check(
    "B24",
    "Whole numbers in X train like the same numbers with a decimal point.",
    needs="descent",
    boundary="1e-12",
    read="NumPy, user guide: data types",
)
def integer_columns(c: Candidate, rng: Any) -> Evidence:
    """An array of integers made for the weights cuts off every update."""
    table = tables.of(c.task, rng, 30, c.width)
    X = np.rint(3 * table.X).astype(int)
    y = np.rint(table.y).astype(int)
    plan = c.short(X)
    labels = y.astype(float) if c.task == "regression" else y
    whole, real = c.study(X, y, **plan), c.study(X.astype(float), labels, **plan)
    gap = float(np.abs(parameters(c, whole) - parameters(c, real)).max())
    return Evidence(gap, 1e-9, f"with whole numbers a weight differs by {gap:.3g}")
