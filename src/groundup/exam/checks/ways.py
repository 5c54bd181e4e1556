# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Other ways downhill, by their own names: momentum, a rate that decays, Adam; and training that goes on.

Where an argument promises one of them, its path is that of the book in one of its usual forms. All rows are in one
batch, so the path is known exactly.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.descent import far, parameters, slope
from groundup.exam.checks.laws import softmax_only
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
STEPS = 6
READ = "Goodfellow, Bengio, Courville, Deep Learning, 8.3 and 8.5: momentum, learning rates, Adam"
RESUME = ("resume", "continue_fit", "continue_training", "fit_more", "train_more")


class Path:
    """A table, a rate, and the candidate's own gradient on it."""

    def __init__(self, c: Candidate, rng: Any):
        softmax_only(c)
        self.c, self.table = c, tables.of(c.task, rng, 33)
        self.X, self.y = c.view(self.table.X), tables.targets(c.task, self.table.y)
        self.rate = 0.2 * c.plan(self.table.X)["rate"]
        self.scaled = self.rate * c.scale(len(self.X))

    def gradient(self, theta: Array) -> Array:
        """The slope at these parameters."""
        return slope(self.c, theta, self.X, self.y)

    def own(self, epochs: int, **settings: Any) -> Array:
        """Where the candidate is after so many epochs."""
        learnt = self.c.study(self.table.X, self.table.y, rate=self.rate, epochs=epochs, **settings)
        return parameters(self.c, learnt)

    def off(self, mine: Array, right: Array) -> float:
        """The distance between two answers, as a part of the way."""
        return far(self.c, mine, right, self.c.start)


def with_momentum(path: Path, share: float, steps: int) -> Iterator[tuple[str, Array]]:
    """Where each usual form of momentum leads."""
    g, rate, start = path.gradient, path.scaled, path.c.start
    for words, fresh in (("heavy ball", 1.0), ("a moving average of gradients", 1 - share)):
        for look in (False, True):
            theta, v = start, np.zeros_like(start)
            for _ in range(steps):
                v = share * v + fresh * g(theta - rate * share * v if look else theta)
                theta = theta - rate * v
            yield f"Nesterov's, {words}" if look else words, theta
        theta, v = start, np.zeros_like(start)
        for _ in range(steps):
            v = share * v + fresh * g(theta)
            theta = theta - rate * (fresh * g(theta) + share * v)
        yield f"Nesterov's, {words}", theta
    theta, v = start, np.zeros_like(start)
    for k in range(steps):
        v = share * v + (1 - share) * g(theta)
        theta = theta - rate * v / (1 - share ** (k + 1))
    yield "a corrected moving average of gradients", theta


@check(
    "M01",
    "With momentum it goes the way of the book: each step adds a share of the one before.",
    needs="steps momentum",
    boundary="1e-7 of the way, in any usual form",
    read=READ,
)
def momentum_path(c: Candidate, rng: Any) -> Evidence:
    """Six epochs with a share of 0.6: heavy ball, a moving average, or Nesterov's."""
    path = Path(c, rng)
    mine = path.own(STEPS, momentum=0.6)
    gaps = {words: path.off(mine, right) for words, right in with_momentum(path, 0.6, STEPS)}
    words = min(gaps, key=lambda w: gaps[w])
    if gaps[words] <= 1e-7:
        c.conventions["momentum"] = f"its momentum is {words}"
        return Evidence(gaps[words], 1e-7, f"the way of {words}")
    plain = dict(with_momentum(path, 0.0, STEPS))["heavy ball"]
    sign = "no effect" if path.off(mine, plain) < 1e-7 else ""
    told = f"after {STEPS} epochs it is {gaps[words]:.2g} of the way from {words}, the nearest of the usual forms"
    return Evidence(gaps[words] if np.isfinite(gaps[words]) else np.inf, 1e-7, told, sign)


def shares_of_the_rate(path: Path, epochs: int, decay: float) -> tuple[Array, Array]:
    """By what share of the rate the weights, and the bias, moved in each epoch."""
    stops = [path.c.start, *(path.own(k, decay=decay) for k in range(1, epochs + 1))]
    shares: list[tuple[float, float]] = []
    for before, after in itertools.pairwise(stops):
        g, step = path.gradient(before), before - after
        parts = ((g[:-1], step[:-1]), (g[-1:], step[-1:]))
        found = [float((s * d).sum() / ((s * s).sum() * path.scaled)) for s, d in parts]
        if np.abs(step[:-1] - found[0] * path.scaled * g[:-1]).max() > 1e-5 * np.abs(step).max():
            raise NotExamined("its steps are not along the gradient")
        shares.append((found[0], found[1]))
    both = np.array(shares)
    return both[:, 0], both[:, 1]


def usual_decays(decay: float, epochs: int) -> dict[str, Array]:
    """The shares of the rate in each epoch by the usual schedules, counted from 0 and from 1."""
    found: dict[str, Array] = {}
    for first in (0, 1):
        t = np.arange(first, epochs + first, dtype=float)
        found |= {
            f"1 / (1 + decay t), t from {first}": 1 / (1 + decay * t),
            f"exp(-decay t), t from {first}": np.exp(-decay * t),
            f"(1 - decay)^t, t from {first}": (1 - decay) ** t,
            f"decay^t, t from {first}": decay**t,
            f"1 / (1 + decay)^t, t from {first}": (1 + decay) ** -t,
            f"1 / sqrt(1 + decay t), t from {first}": 1 / np.sqrt(1 + decay * t),
            f"1 / (1 + t)^decay, t from {first}": (1 + t) ** -decay,
            f"1 / (1 + decay sqrt t), t from {first}": 1 / (1 + decay * np.sqrt(t)),
        }
    return found


@check(
    "M02",
    "A decay lets the learning rate fall along a usual schedule.",
    needs="steps decay",
    boundary="known mistakes only: no effect, growing, compounding, another rate for the bias",
    read=READ,
)
def decay_path(c: Candidate, rng: Any) -> Evidence:
    """The share of the rate in each of five epochs is read off its own steps."""
    path = Path(c, rng)
    decay = 0.8 if c.quiet.get("decay") == 1.0 else 0.25
    weights, bias = shares_of_the_rate(path, 5, decay)
    told = f"in five epochs it moved by {np.round(weights, 4).tolist()} times the rate"
    usual = usual_decays(decay, 5)
    name = next((words for words, book in usual.items() if np.allclose(weights, book, rtol=1e-5, atol=1e-9)), "")
    t = np.arange(5)
    products = [np.cumprod(1 / (1 + decay * (t + k))) for k in (0, 1)]
    products += [np.cumprod(decay ** (t + k)) for k in (0, 1)] + [np.cumprod((1 - decay) ** (t + k)) for k in (0, 1)]
    products += [np.cumprod(np.exp(-decay * (t + k))) for k in (0, 1)]
    if name:
        c.conventions["decay"] = f"its rate falls as {name}"
        apart = float(np.abs(bias - weights).max())
        return Evidence(apart, 1e-4, f"{told}, and its bias by {np.round(bias, 4).tolist()}", "bias at another rate")
    if any(np.allclose(weights, book, rtol=1e-5, atol=1e-9) for book in products):
        return Evidence(1.0, 0.0, f"{told}: a decay of a rate that has decayed already", "compounds")
    if np.any(np.diff(weights) > 1e-6):
        return Evidence(1.0, 0.0, f"{told}: it grows", "grows")
    if np.any(weights < -1e-9):
        return Evidence(1.0, 0.0, f"{told}: it goes uphill", "below zero")
    if np.ptp(weights) < 1e-9 and path.off(path.own(60, decay=decay), path.own(60)) < 1e-12:
        return Evidence(1.0, 0.0, f"{told}, and in sixty the decay changed nothing", "no effect")
    raise NotExamined(f"its schedule is none of the usual ones: {told}")


@check(
    "M03",
    "A candidate that is said to be Adam takes Adam's first steps.",
    boundary="1e-4 of the way",
    read=READ,
)
def adam_path(c: Candidate, rng: Any) -> Evidence:
    """Six epochs by the paper, with its own beta1 and beta2."""
    spelt = {name.strip("_").lower().replace("_", ""): name for name in c.maker.names_of_settings()}
    if not c.other_path or not {"beta1", "beta2"} <= spelt.keys() or c.says(r"amsgrad|nadam|adamax|radam|adabelief"):
        raise NotExamined("it does not say that it is Adam")
    b1, b2 = (c.maker.default(spelt[name]) for name in ("beta1", "beta2"))
    if not (isinstance(b1, float) and isinstance(b2, float)):
        raise NotExamined("its beta1 and beta2 cannot be seen")
    path = Path(c, rng)
    theta, m, v = c.start, np.zeros_like(c.start), np.zeros_like(c.start)
    for k in range(1, STEPS + 1):
        g = path.gradient(theta)
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        theta = theta - path.rate * m / (1 - b1**k) / np.sqrt(v / (1 - b2**k))
    mine = path.own(STEPS)
    gap, first = path.off(mine, theta), np.abs(path.own(1) - c.start).mean() / path.rate
    sign = "not corrected" if abs(first - 1) > 1e-2 else ""
    words = f"after {STEPS} epochs it is {gap:.3g} of the way off; its first step is {first:.4g} times the rate"
    return Evidence(gap, 1e-4, words, sign)


def _aside(step: Array, g: Array) -> float:
    """How far a step is from the direction of a gradient, as a part of it."""
    share = float((step * g).sum() / max(float((g * g).sum()), 1e-300))
    return float(np.abs(step - share * g).max() / max(float(np.abs(step).max()), 1e-300)) if share > 0 else 1.0


@check(
    "M04",
    "Its first step goes along the gradient, weights and bias alike.",
    boundary="1e-8, after a common factor",
    read=READ,
)
def first_step(c: Candidate, rng: Any) -> Evidence:
    """Momentum, a decay and a search along the line change how far the first step goes, not where to."""
    if not c.other_path or c.other_path.startswith("its first step"):
        raise NotExamined("its whole path is judged, or its steps have one length")
    path = Path(c, rng)
    step, g = c.start - path.own(1), path.gradient(c.start)
    gap = _aside(step, g)
    if gap > 1e-7:  # it may standardise the columns inside
        width, middle = path.X.std(axis=0), path.X.mean(axis=0)
        own = reference.gradient(c.task, np.zeros_like(g), (path.X - middle) / width, path.y)
        told = np.concatenate([(step[:-1].T * width).T, [step[-1] + middle @ step[:-1]]])
        gap = min(gap, _aside(told, own))
    return Evidence(gap, 1e-7, f"its first step is {gap:.3g} of itself off the gradient's direction")


@check(
    "B17",
    "Training that goes on where it stopped ends where it would have ended without a stop.",
    needs="estimator steps",
    boundary="1e-9 of the way",
    read=READ,
)
def resumed(c: Candidate, rng: Any) -> Evidence:
    """3 + 4 epochs against 7, with momentum where it has an argument for it."""
    softmax_only(c)
    path = Path(c, rng)
    labels = path.table.y if c.task == "regression" else c.labels[path.table.y]
    more: dict[str, Any] = {"momentum": 0.6} if "momentum" in c.can else {}
    whole = path.own(7, **more)
    way, made = _goes_on(c, path, labels, more)
    mine = parameters(c, Learnt(c, made, path.table.X, c.labels))
    gap = path.off(mine, whole)
    words = f"{way}: 3 + 4 epochs end {gap:.3g} of the way from where 7 end"
    if gap <= 1e-9:
        return Evidence(gap, 1e-9, words)
    sign = "starts again" if path.off(mine, path.own(4, **more)) < 1e-9 else ""
    sign = "never moves on" if path.off(mine, path.own(3, **more)) < 1e-9 else sign
    if way == "warm_start" and more and not sign:
        raise NotExamined("its warm_start keeps the weights, and starts the momentum anew")
    return Evidence(gap, 1e-9, words, sign)


def _goes_on(c: Candidate, path: Path, labels: Array, more: dict[str, Any]) -> tuple[str, Any]:
    """(how it is asked to go on, the object after 3 + 4 epochs)."""
    X, maker, own = path.table.X, c.maker, c.maker.cls
    settings = c.settings(X, {"rate": path.rate, "epochs": 3, **more})
    name = next((n for n in RESUME if callable(getattr(own, n, None))), "")
    if "warm_start" in c.can:
        made = maker.unfitted({**settings, "warm_start": True}, X.shape[1], len(c.labels))
        told = {maker.knobs[w]: v for w, v in settings.items() if maker.knobs[w] in maker.fit}
        getattr(made, maker.teach)(X, labels, **told)
        epochs = maker.knobs["epochs"]
        if epochs in maker.fit:
            told[epochs] = 4
        else:
            setattr(made, epochs, 4)
        getattr(made, maker.teach)(X, labels, **told)
        return "warm_start", made
    if name:
        made = c.study(X, path.table.y, rate=path.rate, epochs=3, **more).result
        getattr(made, name)(X, labels, 4)
        return name, made
    if callable(getattr(own, "partial_fit", None)):
        made = maker.unfitted({**settings, "epochs": 1}, X.shape[1], len(c.labels))
        from groundup.exam.candidates import spelling

        taught = list(spelling.parameters(own.partial_fit))
        given = {"classes": c.labels} if "classes" in taught and c.task != "regression" else {}
        for _ in range(7):
            made.partial_fit(X, labels, **given)
        return "partial_fit", made
    raise NotExamined("it offers no way to go on: no warm_start, no partial_fit")
