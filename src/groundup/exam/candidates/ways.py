# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Ways that are not plain descent, and none of them a mistake: momentum, Adam, a decay, weights in other units."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import reading, spelling, worded
from groundup.exam.candidates.facade import Candidate
from groundup.exam.candidates.learnt import Learnt

Array = Any


def targets(c: Candidate, y: Array) -> Array:
    """What the gradient compares with: numbers, 0/1, or one-hot rows."""
    if c.task == "multiclass":
        return reference.one_hot(y, len(c.labels))
    return y.astype(float)


def parameters(c: Candidate, learnt: Learnt) -> Array:
    """Weights and then the bias, a matrix for many classes."""
    if c.task == "multiclass":
        W, b = learnt.matrix()
        return np.vstack([W, b])
    return learnt.raw


def plain_path(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether twelve epochs are plain descent, by whatever factor of the rate its first one shows."""
    if c.one_against_rest or c.reference_class is not None:
        return True
    Z, t = c.view(X), targets(c, y)
    rate = 30 * rate
    step, g = parameters(c, c.study(X, y, rate=rate, epochs=1)) - c.start, reference.gradient(c.task, c.start, Z, t)
    share = -float(np.sum(step * g) / max(float(np.sum(g * g)), 1e-300))
    if np.abs(step + share * g).max() > 1e-8 * np.abs(step).max():
        S = (X - X.mean(axis=0)) / X.std(axis=0)
        own = reference.gradient(c.task, np.zeros_like(c.start), S, t)[:-1]
        told = (step[:-1].T * X.std(axis=0)).T
        # Along the gradient in standardised columns is another way; any other first step is judged.
        return not -float((told * own).sum()) > (1 - 1e-8) * float(np.linalg.norm(told) * np.linalg.norm(own))
    right = reference.descend(c.task, c.start, Z, t, share, 12)
    mine = parameters(c, c.study(X, y, rate=rate, epochs=12))
    return bool(np.abs(mine - right).max() < 1e-7 * np.abs(right - c.start).max())


def linear_unit(c: Candidate, X: Array, y: Array, step: Array, start: Array) -> bool:
    """Whether a classifier steps down the squared errors of its scores: Adaline, a linear unit with a threshold.

    Who says to be a logistic regression is none, and is held to its word.
    """
    if c.task != "classification" or c.says(r"logi[st]|log.?loss|cross.?entropy|likelihood"):
        return False
    g = reference.gradient("regression", start, X, np.asarray(c.labels, dtype=float)[y])
    share = -float(np.sum(step * g) / max(float(np.sum(g * g)), 1e-300))
    if not share > 0 or np.abs(step + share * g).max() > 1e-6 * np.abs(step).max():
        return False
    c.unit, c.mode, c.start, c.summed = "linear unit", "stochastic", start, share > 0.9 * len(X)
    c.measured = 4 * share / (len(X) if c.summed else 1)  # four times as curved as the log loss
    c.factor = c.measured
    c.conventions["training"] = "it steps down the squared errors of its scores, as Adaline does, and not the log loss"
    return True


def in_order(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether three epochs are steps of plain descent on one row after the other, in their order."""
    if c.one_against_rest or c.reference_class is not None:
        return False
    Z, t = c.view(X), targets(c, y)
    mine = parameters(c, c.study(X, y, rate=rate, epochs=3))
    still = parameters(c, c.study(X, y, rate=0.0, epochs=1))  # two rates alone do not tell where it starts
    for factor, start in itertools.product((1.0, 2.0), (c.start, still)):
        theta = start
        for i in (*range(len(y)),) * 3:
            theta = theta - factor * rate * reference.gradient(c.task, theta, Z[i : i + 1], t[i : i + 1])
        if np.abs(mine - theta).max() < 1e-8 * np.abs(theta - start).max():
            c.start = start
            return True
    return False


def one_row_drawn(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether one epoch is one step of plain descent on one row, whichever it is: twice, with two seeds."""
    if c.task == "multiclass" or c.one_against_rest or not {"rate", "epochs"} <= c.maker.knobs.keys():
        return False
    t = targets(c, y)
    for seed in (7, 8):
        start, one = (parameters(c, c.study(X, y, rate=r, epochs=1, seed=seed)) for r in (0.0, rate))
        slopes = [reference.gradient(c.task, start, X[i : i + 1], t[i : i + 1]) for i in range(len(y))]
        steps = [start - factor * rate * g for factor in (1.0, 2.0) for g in slopes]
        if not any(np.abs(one - step).max() < 1e-9 * np.abs(step - start).max() for step in steps):
            return False
    return True


def falls_and_arrives(c: Candidate, X: Array, y: Array, rate: float) -> str:
    """How its rate falls, where that is as 1 / (1 + d t): whoever walks so arrives, and need not say it.

    A rate that is multiplied by the same share in every epoch has an end to its sum, and stops short of the minimum; so
    does one whose sum over 3,000 epochs is less than a hundred times the first, wherever curvatures are unlike.
    """
    if c.one_against_rest or c.reference_class is not None:
        return ""
    Z, t = c.view(X), targets(c, y)
    if _ends_at_nothing(c, X, y, 30 * rate):
        return "1 - t / epochs"
    stops = [c.start, *(parameters(c, c.study(X, y, rate=30 * rate, epochs=k)) for k in range(1, 7))]
    shares: list[float] = []
    for before, after in itertools.pairwise(stops):
        g, step = reference.gradient(c.task, before, Z, t), before - after
        shares.append(float(np.sum(step * g) / max(float(np.sum(g * g)), 1e-300)))
        if np.abs(step - shares[-1] * g).max() > 1e-7 * np.abs(step).max():
            return ""
    growth = np.diff(shares[0] / np.array(shares))
    fall = float(growth[0])
    steady = fall > 1e-6 and np.allclose(growth, fall, rtol=1e-4)
    return f"1 / (1 + {fall:.3g} t)" if steady and np.log1p(3000 * fall) / fall > 100 else ""


def falls_as_told(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether each of its steps is along the gradient, by a rate that never grows and falls: so it may say of itself.

    Where it falls with the share of the epochs that are gone, two epochs tell the second rate, and three another two.
    """
    Z, t = c.view(X), targets(c, y)

    def slope(theta: Array) -> Array:
        return reference.gradient(c.task, theta, Z, t)

    def rates(stops: list[Array]) -> list[float]:
        found: list[float] = []
        for before, after in itertools.pairwise(stops):
            g, step = slope(before), before - after
            found.append(float(np.sum(step * g) / max(float(np.sum(g * g)), 1e-300)))
            if not np.abs(step - found[-1] * g).max() < 1e-7 * np.abs(stops[1] - stops[0]).max():
                return []
        return found

    def falling(found: list[float]) -> bool:
        slack = 1e-7 * abs(found[0]) if found else 0.0
        never_up = all(before + slack >= after > -slack for before, after in itertools.pairwise(found))
        return bool(found) and found[0] > 0 and never_up and found[-1] < found[0] - slack

    stops = [c.start, *(parameters(c, c.study(X, y, rate=30 * rate, epochs=k)) for k in range(1, 14))]
    found = rates(stops)
    if found or not falling(rates(stops[:3])):
        return falling(found)
    found = rates(stops[:2])
    return any(falling([found[0], *rates([*stops[1:2], middle, stops[3]])]) for middle in _between(slope, stops))


def _between(slope: Callable[[Array], Array], stops: list[Array]) -> Iterator[Array]:
    """Where the second of three steps may have ended, by Newton's method for the second and the third rate."""
    first = float(np.linalg.norm(stops[1] - stops[0]) / np.linalg.norm(slope(stops[0])))
    for start in ((1.0, 0.0), (0.5, 0.5)):
        two, nudge = first * np.array(start), 1e-6 * first
        for _ in range(20):
            middle, nudged = (stops[1] - rate * slope(stops[1]) for rate in (two[0], two[0] + nudge))
            miss, beside = (at - two[1] * slope(at) - stops[3] for at in (middle, nudged))
            bends = np.stack([np.ravel(beside - miss) / nudge, -slope(middle).ravel()], axis=1)
            two = two - np.linalg.lstsq(bends, miss.ravel(), rcond=None)[0]
        yield stops[1] - two[0] * slope(stops[1])


def _ends_at_nothing(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether its rate falls in a line, to nothing after the last epoch, however many there are."""
    Z, t = c.view(X), targets(c, y)
    share = 0.0
    for epochs in (1, 2, 3, 7):
        theta, mine = c.start, parameters(c, c.study(X, y, rate=rate, epochs=epochs))
        if epochs == 1:
            g = reference.gradient(c.task, theta, Z, t)
            share = float(np.sum((theta - mine) * g) / max(float(np.sum(g * g)), 1e-300))
        for k in range(epochs):
            theta = theta - share * (1 - k / epochs) * reference.gradient(c.task, theta, Z, t)
        if not np.abs(mine - theta).max() < 1e-6 * np.abs(theta - c.start).max():
            return False
    return True


def share_of_a_safe_rate(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether its steps are a share of a rate that it finds from X alone: another one for 2 X, the same for other y."""

    def share(rows: Array, labels: Array) -> float:
        step = parameters(c, c.study(rows, labels, rate=rate, epochs=1)) - c.start
        g = reference.gradient(c.task, c.start, c.view(rows), targets(c, labels))
        along = -float(np.sum(step * g) / max(float(np.sum(g * g)), 1e-300))
        return along if np.abs(step + along * g).max() < 1e-8 * np.abs(step).max() else np.nan

    other = y[::-1].copy() if c.task != "regression" else 3.0 * y[::-1] + 1.0
    one, wide, apart = share(X, y), share(2 * X, y), share(X, other)
    return bool(one > 0 and abs(apart / one - 1) < 1e-8 and 0.2 < wide / one < 0.7)


def goes_another_way(c: Candidate, X: Array, y: Array, words: str, own_rate: bool = True) -> None:
    """Its steps are not judged, its answers are: at the first of some paces that bring it to the minimum.

    A pace is a share of the rate of plain descent, or, where the step is as long as the rate, a rate, and epochs.
    """
    if not own_rate and always_one_length(c, X, y):
        c.can |= {"descent", "steps"}
        return
    c.other_path = c.conventions["training"] = words
    c.can -= {"descent", "steps"}
    best = reference.optimum(c.task, X, targets(c, y))
    least = reference.loss(c.task, best, X, targets(c, y))
    found: list[tuple[float, tuple[bool, float, int]]] = []
    paces = [(1.0, 300), (0.3, 1000), (0.1, 2000), (0.02, 3000), (1.0, 3000)]
    for rate, epochs in paces if own_rate else [(0.1, 1000), *paces]:  # steps as long as the rate: gently first
        c.pace = (own_rate, rate, epochs)
        try:
            learnt = c.study(X, y)
            mine = learnt.theta
            over = reference.loss(c.task, mine, X, targets(c, y)) - least
        except (ArithmeticError, ValueError, RuntimeError):
            continue
        found.append((over if np.isfinite(over) else np.inf, c.pace))
        if over < 1e-12:
            break
    over, c.pace = min(found, default=(np.inf, (own_rate, 1.0, 300)))
    c.mode = "descent" if over < 1e-14 and own_rate else "stochastic"


def scales_labels(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether labels are standardised inside, perhaps with the columns, and its answers put back in their own units."""
    if c.task != "regression" or "predict" not in c.can:
        return False
    learnt = c.study(X, y, rate=rate, epochs=3)
    raw = learnt.exposed()
    if raw is None:
        return False
    inner, answers = reference.with_bias(c.view(X)) @ raw, learnt.predict(X)
    if np.allclose(answers, inner, rtol=1e-6):
        return False
    return any(np.allclose(answers, y.mean() + y.std(ddof=k) * inner, rtol=1e-9) for k in (0, 1))


def without_strangers(c: Candidate, right: Callable[[], bool]) -> bool:
    """Whether it is right with 0 for one argument that is a number and whose name says nothing; then it stays so."""
    known = set(c.maker.knobs.values())
    for name in c.maker.names_of_settings():
        value = c.maker.default(name)
        if name in known or type(value) not in (int, float) or not value:
            continue
        c.maker.knobs["stranger"], c.quiet = name, {**c.quiet, "stranger": type(value)(0)}
        try:
            if right():
                c.conventions[name] = (
                    f"{name}={value:g} has a part in what it makes small, so it is asked with {name}=0"
                )
                return True
        except Exception:  # 0 may be no value of this argument
            pass
        del c.maker.knobs["stranger"], c.quiet["stranger"]
    return False


def arrives_anyway(c: Candidate, X: Array, y: Array, best: Array) -> bool:
    """Whether it comes to the minimum at next to no learning rate: then what looks like one is none."""
    try:
        found = parameters(c, c.study(X, y, rate=1e-9, epochs=1000, tolerance=1e-10))
    except Exception:
        return False
    found = found - found.mean(axis=1, keepdims=True) if c.task == "multiclass" else found
    return bool(np.linalg.norm(found - best) < 0.02 * np.linalg.norm(best))


def inert(c: Candidate, X: Array, y: Array, rate: float, solvers: Sequence[str]) -> None:
    """Where a setting names the way of training, others may count for other ways only: those are not asked for."""
    named = [name for name in c.maker.names_of_settings() if isinstance(c.maker.default(name), str)]
    way = next((name for name in named if spelling.plain(name) in (*solvers, "mode")), "")
    if "steps" not in c.can or not (way or worded.other_words(c)):
        return
    plain = parameters(c, c.study(X, y, rate=rate, epochs=3))
    for word, value in (("batch", 4), ("momentum", 0.5), ("tolerance", 1e9), ("decay", 0.5), ("shuffle", True)):
        asked: dict[str, Any] = {word: value}
        if word == "shuffle" and {"batch", word} <= c.can:  # with all rows in one batch it never plays a part
            asked["batch"] = 4
            plain = parameters(c, c.study(X, y, rate=rate, epochs=3, shuffle=False, batch=4))
        if word not in c.can or not np.array_equal(plain, parameters(c, c.study(X, y, rate=rate, epochs=3, **asked))):
            continue
        few = {"rate": rate, "epochs": 3}
        by = way or worded.only_with_a_word(c, X, y, few, {**few, **asked})[0]
        if by:
            c.can.discard(word)
            c.conventions[word] = f"{c.maker.knobs[word]} plays no part with {by}={c.maker.default(by)!r}"


def always_one_length(c: Candidate, X: Array, y: Array) -> bool:
    """Whether twelve long steps are each as long as the other: that is the sign of the gradient, and no Adam."""
    rate = c.plan(X)["rate"]
    stops = [parameters(c, c.study(X, y, rate=rate, epochs=k)) for k in range(1, 13)]
    return all(one_length(after - before) for before, after in itertools.pairwise(stops))


def one_length(step: Array) -> bool:
    """Whether a step is as long for one weight as for another."""
    sizes = np.abs(np.ravel(step))
    return bool(sizes.size > 3 and sizes.min() > 0 and np.ptp(sizes) < 1e-3 * sizes.max())


def other_units(c: Candidate, learnt: Learnt, X: Array, y: Array) -> None:
    """Whether the weights that it shows are those of columns in other units, while its answers are right ones."""
    shown = learnt.exposed()
    if shown is None or (c.task == "classification" and "proba" not in c.can):
        return
    mine, best = learnt.effective(), reference.optimum(c.task, X, targets(c, y))
    if (
        mine.shape != shown.shape
        or np.allclose(shown, mine, rtol=1e-6, atol=1e-8)
        or not np.allclose(mine, best, rtol=1e-4, atol=1e-5)
    ):
        return
    _, bias = reading.weights_and_bias(learnt.result, X.shape[1])
    own = mine[:-1] * X.std(axis=0)
    parallel = abs(float(shown[:-1] @ own)) > (1 - 1e-8) * float(np.linalg.norm(shown[:-1]) * np.linalg.norm(own))
    if parallel or (bias is None and np.allclose(shown[:-1], mine[:-1], rtol=1e-4)):
        c.hides = True
        c.conventions["weights"] = "the weights that it shows are not for the columns as given; its answers are judged"
