# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A docstring that says what is made small, loss and penalty, is taken at its word.

At the least of  a x loss + b x Σ w² + c x Σ |w|  the rows pull at each weight that is not 0 by  2 b w + c sign(w).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.candidates.promised import NAMED, Promise, promise
from groundup.exam.checks import tables
from groundup.exam.checks.descent import parameters
from groundup.exam.checks.laws import softmax_only
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
ROWS = 60
MIX = 0.3
"""The share of sizes in an elastic net: not a half, so that the two parts cannot change places unseen."""
PULL = 0.3
"""How strong the penalty is, against the curvature of the loss."""
ALLOWED, TWICE = 0.1, 0.01
"""The mistakes are factors. A factor 2, which is let pass, is a closer one, as other mistakes may come near it."""
ARRIVED = {"exact": 0.01, "descent": 0.01, "stochastic": 1e-3}
"""How far longer training may move the answer that is judged: its price is then known better than it is asked."""
PRICES = ("l2", "l1", "inverse penalty")


def words(c: Candidate) -> dict[str, str]:
    """What a formula may call its settings, and the one word for each."""
    own = {word: c.maker.knobs[word] for word in (*PRICES, "mix") if word in c.maker.knobs}
    found = {name: word.split()[0] for word, name in reversed(own.items())}
    prices = {found[name] for word, name in own.items() if word != "mix"}
    return (dict.fromkeys(NAMED, prices.pop()) if len(prices) == 1 else {}) | found


def settings(promised: Promise, n: int, curved: float) -> dict[str, float]:
    """Prices at which the promised penalty is PULL times as curved as the loss."""

    def at(v: float) -> dict[str, float]:
        return {"l2": v, "l1": v, "inverse": 1 / v, "mix": MIX}

    def strength(v: float) -> float:
        loss, squares, sizes = promised.prices(n, at(v))
        return (2 * squares + sizes) / (loss * n * curved) if loss > 0 else 0.0

    best = min(np.geomspace(1e-6, 1e6, 241), key=lambda v: abs(np.log(max(strength(float(v)), 1e-300) / PULL)))
    if not 0.5 * PULL < strength(float(best)) < 2 * PULL:
        raise NotExamined("the penalty that its words promise could not be set")
    return at(float(best))


def pulls(
    c: Candidate, theta: Array, X: Array, y: Array, promised: Promise, given: dict[str, float]
) -> tuple[Array, Array]:
    """(how the rows pull at the weights that are not 0, how the promised penalty does)."""
    loss, squares, sizes = promised.prices(len(X), given)
    w = theta[:-1]
    on = np.abs(w) > 0.01 * np.abs(w).max()
    pull = -reference.gradient(c.task, theta, X, y)[:-1] * len(X) * loss * (2 if promised.letter == "Q" else 1)
    return pull[on], (2 * squares * w + sizes * np.sign(w))[on]


@check(
    "A22",
    "Its answer is the least of the loss and the penalty that its words promise.",
    boundary="0.1 of the price, where twice the epochs move it by less than 0.01; a factor of 2 is let pass",
    read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.4: shrinkage",
)
def least_of_its_words(c: Candidate, rng: Any) -> Evidence:
    """The formula of its docstring, as arithmetic; n rows are n rows, and a factor 2 of the slope is a convention."""
    promised = promise(c.told, words(c))
    if promised is None:
        raise NotExamined("its words promise no loss and penalty as a formula of its settings")
    softmax_only(c)
    if (promised.letter == "Q") != (c.task == "regression"):
        raise NotExamined("the formula in its words is of another task")
    table = tables.of(c.task, rng, ROWS)
    X, y = c.view(table.X), tables.targets(c.task, table.y)
    given = settings(promised, ROWS, 2.0 if promised.letter == "Q" else 0.2)
    theta = answer(c, table, given)
    if not theta[:-1].any():
        return Evidence(1.0, ALLOWED, f"its words promise {promised.text}; all its weights are 0", "all weights are 0")
    pull, wanted = pulls(c, theta, X, y, promised, given)
    ratio = float((pull * wanted).sum() / (wanted * wanted).sum())
    gap = float(np.abs(pull - wanted).max() / np.abs(wanted).max())
    told = f"its words promise {promised.text}; the rows pull at the weights by {ratio:.4g} times what that says"
    for factor, say in ((2.0, "twice"), (0.5, "half")):
        if np.abs(pull - factor * wanted).max() < TWICE * np.abs(factor * wanted).max():
            c.conventions["price"] = f"its penalty counts {say} what the formula in its words says"
            return Evidence(0.0, ALLOWED, told)
    turned = pulls(c, theta, X, y, promised, {**given, "mix": 1 - MIX})[1]
    named = {"over the rows": 1 / ROWS, "the rows": ROWS, "wrong sign": -1.0, "four times": 4.0}
    near = {
        say for say, k in named.items() if np.abs(pull - k * wanted).max() < ALLOWED * np.abs(wanted).max() * abs(k)
    }
    sign = next(iter(near), "no effect" if abs(ratio) < 1e-3 else "")
    if np.abs(pull - turned).max() < ALLOWED * np.abs(turned).max() and np.ptp(turned - wanted) > 0:
        sign = "parts changed places"
    return Evidence(gap, ALLOWED, told, sign if gap > ALLOWED else "")


def answer(c: Candidate, table: tables.Table, given: dict[str, float]) -> Array:
    """Its parameters after long training; NotExamined where still longer training moves them."""
    shown: dict[str, Any] = {word: given[word.split()[0]] for word in (*PRICES, "mix") if word in c.maker.knobs}
    plan = c.plan(table.X) if {"rate", "epochs"} <= c.maker.knobs.keys() and c.mode != "exact" else {}
    for share in (0.5, 0.1) if plan else (1.0,):
        paces = [{"rate": share * plan["rate"], "epochs": k * plan["epochs"]} for k in (2, 5)] if plan else [{}]
        found = [parameters(c, c.study(table.X, table.y, **shown, **pace)) for pace in paces]
        apart = float(np.abs(found[0] - found[-1]).max())
        if apart <= ARRIVED[c.mode] * float(np.abs(found[-1]).max()) and (plan or c.mode != "stochastic"):
            return found[-1]
    raise NotExamined("with a penalty its training does not arrive at once, or its answer depends on chance")
