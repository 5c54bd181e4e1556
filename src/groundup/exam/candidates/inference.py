# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Find out how a candidate works: by a learning rate or at once, by which scale of the loss, from which start.

None of this is a mistake: a mean or a sum, a half or none, labels 0/1 or -1/1, a column of ones, standardised columns.
What is found is kept in `conventions` and stands on the card.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import (
    aside,
    needed,
    one_by_one,
    reading,
    rests,
    spelling,
    started,
    telling,
    torch_models,
    ways,
    worded,
)
from groundup.exam.candidates.columns import told_of_columns
from groundup.exam.candidates.facade import Candidate
from groundup.exam.candidates.forms import CLASSES, exact_labels, rows, shape, wants_a_vector, wants_minus_one
from groundup.exam.candidates.learnt import Learnt
from groundup.exam.candidates.makers import EstimatorMaker, says_l1
from groundup.exam.candidates.networks import Network, network
from groundup.exam.candidates.penalties import own_penalty
from groundup.exam.candidates.scales import angle, read_step
from groundup.exam.evidence import NotExamined

Array = Any


def candidate(thing: Any, task: str) -> Candidate | Network:
    """The candidate, ready to be asked, with its conventions found out. Raises whatever the thing itself raises.

    The task "network" may be followed by what it answers: "network regression".
    """
    if task.startswith("network"):
        return network(thing, task.removeprefix("network").strip())
    both = torch_models.pair(thing)
    if both is None:
        return _found_out(Candidate(thing, task), thing)
    found: list[Candidate] = []
    for column in (True, False):
        torch = torch_models.TorchCandidate(*both, task)
        torch.column, torch.outputs = column, CLASSES if task == "multiclass" else 1
        c = Candidate(torch.as_functions(), task)
        c.torch = torch
        found.append(_found_out(c, thing))
        if c.misfit < 1e-3 or c.mode != "descent":
            return told_of_columns(c, *rows(task))
    return min(found, key=lambda c: c.misfit)


def _found_out(c: Candidate, thing: Any) -> Candidate:
    task = c.task
    c.told, c.promises = telling.docstrings(thing), telling.promises(thing)
    c.labels = np.arange(CLASSES) if task == "multiclass" else np.array([0, 1])
    if task == "multiclass" and telling.says_one_against_rest(getattr(c.maker, "function", thing)):
        c.one_against_rest = True
        c.conventions["method"] = "as it says itself, one against the rest: a logistic regression for each class"
    if started.is_one_step(getattr(c.maker, "function", None)):
        c.conventions["epochs"] = "one call is one step: it is called again with what it answered"
    half = telling.rounding(c.told)
    if half:
        c.least = 20 * half  # a few rounded numbers are added up, or taken from one another
        c.conventions["digits"] = f"as it says itself, its answers are rounded, to {2 * half:g}"
    whole, y = rows(task)
    X = whole[:, :1] if wants_a_vector(c, whole, y) else whole
    rests.no_decay(c)
    rests.price_of_zero(c, X, y)
    rests.free_of_penalty(c, X, y)
    if isinstance(c.maker, EstimatorMaker) and needed.has_no_pace(c.maker.init, c.maker.knobs):
        shape(c, X, y)  # what it raises is told
        raise NotExamined("it must be given a learning rate and can be told no epochs, so that it may not arrive")
    if _another_method(c, thing) or not {"rate", "epochs"} <= c.maker.knobs.keys():
        shape(c, X, y)
        worded.price_with_a_word(c, X, y)
        return _what_it_shows(c, X, y)
    c.mode = "descent"
    top, _ = reference.curvature(task, X)
    shape(c, X, y, rate=1e-2 / top, epochs=1)
    _steps(c, thing, X, y, 1e-2 / top)
    if one_by_one.row_by_row(c, thing, X, y, 1e-2 / top):
        return _what_it_shows(c, X, y)
    if c.two_biases and "steps" in c.can:
        ways.goes_another_way(c, X, y, "its first step moves two biases, which are added up")
    if {"steps"} <= c.can and "loss" not in c.conventions and ways.share_of_a_safe_rate(c, X, y, 1e-2 / top):
        words = "the learning rate is a share of one that it finds from X, so its single steps are not judged"
        ways.goes_another_way(c, X, y, words)
    worded.price_with_a_word(c, X, y, rate=1e-2 / top, epochs=3)
    ways.inert(c, X, y, 1e-2 / top, SOLVERS)
    plain = "steps" not in c.can or ways.plain_path(c, X, y, 1e-2 / top)
    if not plain and not ways.without_strangers(c, lambda: ways.plain_path(c, X, y, 1e-2 / top)):
        words = telling.own_words(thing)
        falling = "" if words else ways.falls_and_arrives(c, X, y, 1e-2 / top)
        if falling:
            ways.goes_another_way(c, X, y, f"its learning rate falls as {falling}, t being the epoch")
            c.mode = "stochastic"  # where curvatures are very unlike it is still on its way
        elif not words and telling.falling_rate(c.told) and ways.falls_as_told(c, X, y, 1e-2 / top):
            words = telling.falling_rate(c.told)
        if words:
            ways.goes_another_way(c, X, y, f"as it says itself ({words}), its path is not that of plain descent")
    return _what_it_shows(c, X, y)


SOLVERS = ("solver", "optimizer", "optimiser", "method", "algorithm")


def _another_method(c: Candidate, thing: Any) -> bool:
    """Whether it says itself that it does not walk by plain gradient descent; then its rate is left alone."""
    for name in SOLVERS:
        default = spelling.parameters(c.maker.cls).get(name) if "estimator" in c.can else None
        value = getattr(thing, name, None if default is None else default.default)
        if isinstance(value, str) and not any(word in value.lower() for word in ("gradient", "gd", "descent", "batch")):
            c.conventions["training"] = f"its {name} is {value!r}, so its single steps are not judged"
            c.twin = _descending(thing, name, c) if {"rate", "epochs"} <= c.maker.knobs.keys() else None
            _drop_rate(c)
            c.maker.knobs.pop("epochs", None)
            return True
    return False


def _descending(thing: Any, name: str, c: Candidate) -> Candidate | None:
    """The same candidate with gradient descent for its solver, where it offers that by name; else None."""
    base = c.maker.base if isinstance(c.maker, EstimatorMaker) else None
    if base is None or name not in c.maker.init:
        return None
    for value in ("gradient_descent", "gd"):
        try:
            twin = candidate(c.maker.cls(**{**base, name: value}), c.task)
        except Exception:
            continue
        if isinstance(twin, Candidate) and twin.mode == "descent":
            c.conventions["training"] += f"; those with {name}={value!r} are"
            return twin
    return None


def _steps(c: Candidate, thing: Any, X: Array, y: Array, rate: float) -> None:
    """Three studies of one epoch: is the answer a start and a step, and what is the step?"""
    try:
        one, two, four = (ways.parameters(c, c.study(X, y, rate=k * rate, epochs=1)) for k in (1.0, 2.0, 4.0))
    except Exception:
        if "function" in c.can:
            raise
        c.mode = "exact"
        return
    best = reference.optimum(c.task, X, ways.targets(c, y))
    if spelling.plain(c.maker.knobs["rate"]) == "alpha" and ways.arrives_anyway(c, X, y, best):
        _no_rate(c, False)
        return
    unmoved = bool(np.allclose(one, two, rtol=1e-9, atol=0)) and float(np.abs(one).max()) > 1e-9
    if unmoved or np.linalg.norm(2 * one - two - best) < 0.1 * np.linalg.norm(best):
        _no_rate(c, unmoved)
        return
    if wants_minus_one(c, X, y, rate, one, two):
        one, two, four = (ways.parameters(c, c.study(X, y, rate=k * rate, epochs=1)) for k in (1.0, 2.0, 4.0))
    if (
        "proba" not in c.can
        and not telling.bends(thing)
        and ways.linear_unit(c, X, y, (two - one) / rate, 2 * one - two)
    ):
        return
    again, again2 = (ways.parameters(c, c.study(X, y, rate=k * rate, epochs=1, seed=8)) for k in (1.0, 2.0))
    if not np.allclose(again2 - again, two - one, rtol=1e-5, atol=1e-14):
        if _only_the_start_is_drawn(c, X, y, (one, two), (again, again2)):
            c.conventions["start"] = "it starts from weights that its seed draws"
        else:
            c.mode = "stochastic"
    if c.mode == "stochastic":
        c.conventions["training"] = "it depends on chance even with all rows in one batch"
    c.start = _start(c, X, y, 2 * one - two)
    read_step(c, X, y, (two - one) / rate)
    if (
        c.mode == "descent"
        and c.misfit > 1e-6
        and _right_in_own_columns(c, X, y, two - one)
        and _forgets_units(c, X, y, rate)
    ):
        c.scales_inside = True
        c.conventions["columns"] = "it standardises the columns inside, so its single steps are not judged"
        if not _arrives(c, X, y):
            c.mode = "stochastic"
            c.conventions["training"] = "it has not quite arrived when it stops: twice the epochs move its answers"
        return
    if c.mode == "descent" and ways.scales_labels(c, X, y, rate):
        c.hides = c.scales_inside = c.scales_labels = True
        what = "labels" if c.deviation is None else "columns and labels"
        c.deviation = None
        c.conventions["columns"] = f"it standardises {what} inside, so its single steps are not judged"
        c.mode = "descent" if _arrives(c, X, y) else "stochastic"
        return
    if c.mode == "descent" and ways.one_length(two - one):
        ways.goes_another_way(c, X, y, "its first step has one length for all weights, as Adam's has", False)
        return
    c.can |= {"descent", "steps"} if c.mode == "descent" else set[str]()
    exact = np.allclose(four, c.start + 4 * (two - one), rtol=1e-6, atol=1e-9)
    if not exact and c.mode == "descent":
        c.conventions["step"] = "the first step is not in proportion to the learning rate"


def _only_the_start_is_drawn(c: Candidate, X: Array, y: Array, *pairs: tuple[Array, Array]) -> bool:
    """Whether with each seed the step of the weights is along the gradient at that seed's own start."""
    for one, two in pairs:
        g = reference.gradient(c.task, 2 * one - two, X, ways.targets(c, y))[:-1]
        step = (two - one)[:-1]
        share = float((step * g).sum() / max(float((g * g).sum()), 1e-300))
        if not np.abs(step - share * g).max() < 1e-6 * np.abs(step).max():
            return False
    return True


def _right_in_own_columns(c: Candidate, X: Array, y: Array, step: Array) -> bool:
    """Whether a step, told in the columns as given, is that of descent in standardised ones."""
    if c.task == "multiclass" or c.deviation is not None:
        return False
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    own = np.append(step[:-1] * X.std(axis=0), step[-1] + X.mean(axis=0) @ step[:-1])
    return angle(own[:-1], -reference.gradient(c.task, np.zeros(X.shape[1] + 1), Z, ways.targets(c, y))[:-1]) < 1e-6


def _forgets_units(c: Candidate, X: Array, y: Array, rate: float) -> bool:
    """Whether already after one epoch the units and origins of the columns play no part in what it predicts.

    The steps of plain descent depend on both; those with columns that are standardised inside do not.
    """
    if c.task == "multiclass":
        return False
    other = X * [2.0, 0.5, 4.0][: X.shape[1]] + [1.0, -2.0, 3.0][: X.shape[1]]
    answers = [c.study(rows, y, rate=rate, epochs=1) for rows in (X, other)]
    one, two = (
        learnt.predict(rows) if c.task == "regression" else learnt.proba(rows)[:, 1]
        for learnt, rows in zip(answers, (X, other), strict=True)
    )
    return bool(np.ptp(one) > 0 and np.abs(one - two).max() < 1e-6 * np.ptp(one))


def _arrives(c: Candidate, X: Array, y: Array) -> bool:
    """Whether twice the epochs bring the same answers."""
    plan = c.plan(X)
    one, two = (
        learnt.predict(X) if c.task == "regression" else learnt.proba(X)[:, 1]
        for learnt in (c.study(X, y, rate=plan["rate"], epochs=k * plan["epochs"]) for k in (1, 2))
    )
    return bool(np.abs(one - two).max() < 1e-9 * np.ptp(one))


def _start(c: Candidate, X: Array, y: Array, guess: Array) -> Array:
    """Zero, where an epoch at rate 0 leaves zeros; else where the steps of two rates say that it begins.

    Two rates alone mislead where a step is not in proportion to its rate, as when the bias is updated first.
    """
    try:
        still = ways.parameters(c, c.study(X, y, rate=0.0, epochs=1))
    except Exception:
        return guess
    return guess if np.any(still) else np.zeros_like(guess)


def _no_rate(c: Candidate, unmoved: bool) -> None:
    """What looked like a learning rate plays no part, or is the price of a penalty."""
    c.mode = "exact"
    if unmoved:
        c.conventions["training"] = "the learning rate plays no part: the answer is found at once"
    else:
        _drop_rate(c)


def _drop_rate(c: Candidate) -> None:
    """Leave the learning rate alone; what is called alpha is then the price of a penalty."""
    name = c.maker.knobs.pop("rate", "")
    if spelling.plain(name) == "alpha" and not {"l1", "l2"} & c.maker.knobs.keys():
        own = getattr(c.maker, "cls", c.maker)
        word = "l1" if says_l1(c.maker.name, (own.__doc__ or "").strip().partition("\n\n")[0]) else "l2"
        c.maker.knobs[word] = name
        c.can |= {word}


def _what_it_shows(c: Candidate, X: Array, y: Array) -> Candidate:
    """Whether standard errors and a variance are there to be asked about."""
    c.can |= {"exact"} if c.mode == "exact" else set[str]()
    aside.find_out(c, X, y)
    learnt = c.study(X, y)
    aside.own_columns(c, learnt)
    if c.mode == "exact" and c.task != "multiclass" and not c.other_model and not _at_optimum(c, X, y, learnt):
        learnt = c.study(X, y) if ways.without_strangers(c, lambda: _at_optimum(c, X, y, c.study(X, y))) else learnt
    if c.mode == "exact" and _depends_on_chance(c, X, y, learnt):
        c.mode = "stochastic"
        c.conventions["training"] = "its answer depends on the seed"
        c.can -= {"exact"}
    c.least = max(c.least, 5e-3 if reading.single_precision(learnt.result, c.mode != "exact") else 0.0)
    if c.mode == "exact" and c.task == "classification" and "labels" not in c.conventions:
        learnt = exact_labels(c, X, y, learnt)
    if c.mode == "exact" and c.task != "multiclass" and c.can & {"predict", "proba"}:
        ways.other_units(c, learnt, X, y)
    c.can |= {"errors"} if learnt.standard_errors() is not None else set[str]()
    c.can |= {"variance"} if learnt.variance() is not None else set[str]()
    if c.task != "multiclass" and learnt.exposed() is not None:
        c.can |= {"weights"}
    if not c.other_model:
        c.own_penalty = own_penalty(c, X, y, learnt)
    if c.own_penalty is not None:
        c.conventions["penalty"] = f"a penalty on {c.own_penalty.words}, as it says itself, which cannot be set to none"
    return c


def _at_optimum(c: Candidate, X: Array, y: Array, learnt: Learnt) -> bool:
    """Whether its weights are those of the least loss, where they can be seen."""
    try:
        theta = learnt.theta
    except NotExamined:
        return True
    best = reference.optimum(c.task, X, ways.targets(c, y))
    return theta.shape == best.shape and bool(np.abs(theta - best).max() < 1e-4 * np.abs(best).max())


def _depends_on_chance(c: Candidate, X: Array, y: Array, learnt: Learnt) -> bool:
    """Whether another seed brings another answer."""
    try:
        other = c.study(X, y, seed=8)
        a, b = ((one.predict(X) if c.task == "regression" else one.proba(X)) for one in (learnt, other))
    except NotExamined:
        return False
    return not np.allclose(a, b, rtol=1e-6, atol=1e-9)
