# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""First weights, dropout, and units that gate one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.boundary import binomial, chi_square
from groundup.exam.evidence import Evidence, P
from groundup.exam.practice.calls import Answer, Calls
from groundup.exam.practice.exercise import Exercise, function_code, shown
from groundup.exam.practice.formulas import plain, settings
from groundup.formulas import activations, catalogue

Array = Any
FIRST = "Goodfellow, Bengio, Courville, Deep Learning, 8.4: parameter initialization"


def _he(f: Answer, rng: Any) -> Evidence:
    W = np.asarray(f.thing(60, 50, 5))
    low, high = chi_square(3000)
    total = float(np.sum(W**2) * 60 / 2)
    return Evidence(total, (low, high), f"the sum of squares times fan_in / 2 is {total:.5g} for 3000 weights")


def _glorot(f: Answer, rng: Any) -> Evidence:
    W = np.asarray(f.thing(60, 40, 5))
    edge = float(np.abs(W).max() / np.sqrt(6 / 100))
    return Evidence(edge, (0.98, 1.0), f"the largest weight is {edge:.5g} times √(6 / (fan_in + fan_out))")


def _both_signs(f: Answer, rng: Any) -> Evidence:
    W = np.asarray(f.thing(60, 50, 5))
    low, high = binomial(3000, 0.5)
    positive = int(np.sum(W > 0))
    return Evidence(float(positive), (float(low), float(high)), f"{positive} of 3000 weights are positive")


def _seeded(f: Answer, rng: Any) -> Evidence:
    one, two, other = (np.asarray(f.thing(4, 3, seed)) for seed in (1, 1, 2))
    bad = float(not np.array_equal(one, two)) + float(np.array_equal(one, other))
    return Evidence(bad, 0.0, "the same seed must give the same weights, another seed others")


def _first_weights(name: str, equation: str, law: Callable[[Answer, Any], Evidence], claim: str, more: str) -> Exercise:
    return Calls(
        name=f"{name}_weights",
        topic="networks",
        title=f"first weights by {name.capitalize()}",
        task=f"Write `first_weights(fan_in, fan_out, seed)`: a matrix (fan_in, fan_out) of random first weights, "
        f"{more}.",
        equations=(equation,),
        hints=(
            "np.random.default_rng(seed) is a generator of your own.",
            "fan_in counts the rows of the matrix: what comes in.",
            "A variance is not a deviation: which of the two does your generator ask for?",
        ),
        thing="first_weights",
        code=function_code("first_weights(fan_in, fan_out, seed)", equation + "."),
        reference=lambda fan_in, fan_out, seed: np.array([fan_in, fan_out]),
        ask=lambda make, *a: np.array(np.shape(make(*a))),
        tables=lambda rng: (int(rng.integers(2, 9)), int(rng.integers(2, 9)), 0),
        laws=(
            (claim, law, P),
            ("Half of the weights are positive.", _both_signs, P),
            ("The seed decides, and nothing else.", _seeded),
        ),
        whole=False,
        read=FIRST,
    )


def _dropped(f: Answer, rng: Any) -> Evidence:
    kept = int(np.sum(np.asarray(f.thing(np.ones((40, 50)), 0.7, 3)) != 0))
    low, high = binomial(2000, 0.7)
    return Evidence(float(kept), (float(low), float(high)), f"of 2000 numbers {kept} were kept, with keep = 0.7")


def _scaled_up(f: Answer, rng: Any) -> Evidence:
    found = np.asarray(f.thing(np.full((20, 20), 3.0), 0.5, 3))
    values = sorted(set(np.round(found.ravel(), 9).tolist()))
    bad = float(values != [0.0, 6.0])
    return Evidence(bad, 0.0, f"of threes, with keep = 0.5, there are now {values[:4]}; they should be 0 or 3 / 0.5")


def _all_kept(f: Answer, rng: Any) -> Evidence:
    gap = float(np.abs(np.asarray(f.thing(np.arange(6.0).reshape(2, 3), 1.0, 0)) - np.arange(6.0).reshape(2, 3)).max())
    return Evidence(gap, 0.0, f"with keep = 1 a number moved by {gap:.3g}")


def _gated() -> Iterator[Exercise]:
    x = np.array([[1.0, 2.0, 3.0, -1.0]])
    for name in ("maxout", "glu", "swiglu", "geglu", "reglu", "bilinear"):
        if name not in activations.NAMES:
            continue
        f, entry = activations.NAMES[name], catalogue.find(name)[0]
        turned = {"the two halves are exchanged": lambda x, f=f: f(np.roll(x, x.shape[-1] // 2, axis=-1))}
        yield Calls(
            name=name,
            topic="networks",
            title=f"the unit {name}",
            task=f"Write `{name}(x)`{settings(f)}: the last axis of x is cut into two halves, first a and then b, and "
            f"the result is half "
            "as wide.",
            equations=(entry.equation,),
            hints=(
                f"{x.tolist()} gives {shown(f(x))}.",
                plain(entry.notes),
                "np.split(x, 2, axis=-1) makes the two halves.",
            ),
            thing=name,
            code=function_code(f"{name}(x)", entry.equation + "."),
            reference=f.value,
            tables=lambda rng: (np.round(rng.normal(size=(3, 6)), 2),),
            given=((x,),),
            slips=turned if name not in ("maxout", "bilinear") else {},
            read="Shazeer, GLU variants improve transformer, arXiv:2002.05202 (2020)",
        )


EXERCISES: list[Exercise] = [
    _first_weights(
        "he",
        "W ~ normal, with mean 0 and variance 2 / fan_in",
        _he,
        "Their variance is 2 / fan_in.",
        "drawn from a normal law",
    ),
    _first_weights(
        "glorot",
        "W ~ uniform between ±√(6 / (fan_in + fan_out))",
        _glorot,
        "They reach to the edge √(6 / (fan_in + fan_out)), and not beyond.",
        "drawn evenly between two edges",
    ),
    Calls(
        name="dropout",
        topic="networks",
        title="dropout in training",
        task="Write `dropout(X, keep, seed)`: every number is kept with probability `keep`, each by itself, and "
        "divided by `keep`; the "
        "others become 0. So the expected value stays, and nothing is to be done when predicting.",
        equations=("x / keep with probability keep, else 0",),
        hints=(
            "rng.random(X.shape) < keep is True with probability keep.",
            "The division belongs to training: that is inverted dropout.",
            "The seed decides; np.random.default_rng(seed) is a generator of your own.",
        ),
        thing="dropout",
        code=function_code("dropout(X, keep, seed)", "x / keep with probability keep, else 0."),
        reference=lambda X, keep, seed: np.array(X.shape),
        ask=lambda drop, *a: np.array(np.shape(drop(*a))),
        tables=lambda rng: (rng.normal(size=(3, 4)), 0.8, 1),
        laws=(
            ("The share that is kept is that of a coin.", _dropped, P),
            ("What is kept is divided by keep.", _scaled_up),
            ("With keep = 1 nothing changes.", _all_kept),
        ),
        read="Goodfellow, Bengio, Courville, Deep Learning, 7.12: dropout",
    ),
    *_gated(),
]
