# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A price of a penalty may be counted in any unit, but it is one price: at every learning rate, and in its own notes.

rates    training that has arrived has the same price at every rate; a step that shrinks by the price, and not by
         rate x price, arrives where the price is price / rate
notes    where it writes down loss + price x penalty in each epoch, the rows pull at its weights by that price
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.descent import parameters
from groundup.exam.checks.laws import softmax_only
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
READ = "Parikh and Boyd, Proximal Algorithms (2014), 4.2: the proximal gradient method"
DECAYS = r"decoupl|weight.?decay|multiplicative"
"""Weights that are made smaller by a share of themselves in each step, whatever its rate, are an own way to say it."""
NOTES = re.compile(r"loss|cost|hist|objective|(^|_)j(_|$)", re.IGNORECASE)
OTHER_NOTES = re.compile(r"val|test|acc|score|grad|norm", re.IGNORECASE)
PRICES = {"l2": 0.3, "l1": 0.02}
ARRIVED, ALLOWED = 0.01, 0.1
"""How far twice the epochs may move a price that is compared; and how far two prices may be apart.

What is left of the way shrinks by a factor q in these epochs. To be 0.1 away after them and to move by 0.01 only, q
must be above 0.9; but the plan is so long that even in the flattest direction q is below 1e-4. So a right one keeps 0.1
by far, and the mistakes are factors of 2 and more: a half, the rows, the classes, the rate.
"""


def one_word(c: Candidate) -> str:
    """The penalty that it has an argument for; NotExamined where there is none, or its answer is a matter of chance."""
    word = next((w for w in PRICES if w in c.can and w in c.maker.knobs), "")
    if not word or "mix" in c.maker.knobs:
        raise NotExamined("it has no argument for one penalty")
    return word


def price_at(c: Candidate, word: str, table: tables.Table, rate: float, epochs: int) -> float:
    """How hard the rows pull at its weights, in its own columns and in prices; NaN where training was under way."""
    X, y, found = c.view(table.X), tables.targets(c.task, table.y), list[float]()
    for more in (epochs, 2 * epochs + 1):
        theta = parameters(c, c.study(table.X, table.y, rate=rate, epochs=more, **{word: PRICES[word]}))
        w, pull = theta[:-1], -reference.gradient(c.task, theta, X, y)[:-1]
        on = np.abs(w) > 0.01 * np.abs(w).max()
        size, along = (w * w, pull * w) if word == "l2" else (np.abs(w)[on] ** 0, (pull * np.sign(w))[on])
        found.append(float(along.sum() / max(float(size.sum()), 1e-300)) / PRICES[word])
    return found[1] if found[1] > 0 and abs(found[0] / found[1] - 1) < ARRIVED else np.nan


@check(
    "A09k",
    "The price of a penalty does not hang on the learning rate: training arrives at the same weights.",
    needs="rate epochs steps",
    boundary="0.1, where twice the epochs move the price by less than 0.01",
    read=READ,
)
def one_price_at_all_rates(c: Candidate, rng: Any) -> Evidence:
    """Half the rate and twice the epochs: the rows pull at the weights as hard as before.

    At the minimum of loss + price x penalty no rate is left over, so a right one differs by what is left of the way.
    """
    word = one_word(c)
    softmax_only(c)
    if re.search(DECAYS, f"{c.maker.knobs[word]} {c.told}", re.IGNORECASE):
        raise NotExamined("its weights decay by a share of themselves in each step, as it says")
    table = tables.of(c.task, rng, 60)
    plan = c.plan(table.X)
    rate, epochs = 0.5 * plan["rate"], 2 * plan["epochs"]
    whole, half = price_at(c, word, table, rate, epochs), price_at(c, word, table, rate / 2, 2 * epochs)
    if not np.isfinite(whole + half):
        raise NotExamined("with a penalty its training does not arrive at once, or the penalty does not pull")
    told = f"at half the learning rate the price is {half / whole:.4g} times as high"
    sign = next(
        (w for w, k in (("over the rate", 2.0), ("times the rate", 0.5)) if abs(half / whole / k - 1) < 0.1), ""
    )
    return Evidence(abs(half / whole - 1), ALLOWED, told, sign)


def notes(learnt: Learnt, epochs: int) -> Iterator[Array]:
    """What it wrote down in each epoch, or nearly: lists of numbers that are called a loss, or handed back."""
    result = learnt.result
    kept = [("loss", part) for part in result] if isinstance(result, tuple) else list(_named(result))
    for name, value in kept:
        if NOTES.search(str(name)) and not OTHER_NOTES.search(str(name)) and isinstance(value, list | np.ndarray):
            try:
                found = np.asarray(value, dtype=float)
            except (ValueError, TypeError):
                continue
            if found.ndim == 1 and epochs <= len(found) <= epochs + 1 and np.isfinite(found).all():
                yield found


def _named(result: Any) -> Iterator[tuple[str, Any]]:
    for name, value in (result if isinstance(result, dict) else getattr(result, "__dict__", {})).items():
        yield from value.items() if isinstance(value, dict) else [(name, value)]


def noted_price(c: Candidate, word: str, table: tables.Table, rate: float) -> float:
    """The price that explains what it noted after several epochs; NaN where none does, 0 for notes of the loss alone.

    note = a x loss + b x penalty with two numbers for all epochs, the penalty with the bias or without.
    """
    X, y, stops = c.view(table.X), tables.targets(c.task, table.y), (3, 5, 8, 12, 17, 23, 30)
    settings: dict[str, Any] = {"rate": rate, word: PRICES[word]}
    thetas = [parameters(c, c.study(table.X, table.y, epochs=k, **settings)) for k in stops]
    losses = [reference.loss(c.task, theta, X, y) for theta in thetas]
    for noted in notes(c.study(table.X, table.y, epochs=stops[-1] + 1, **settings), stops[-1] + 1):
        for late in (0, 1):
            told = noted[np.array(stops) - late]
            for last in (-1, None):
                sizes = [float((t[:last] ** 2).sum() / 2 if word == "l2" else np.abs(t[:last]).sum()) for t in thetas]
                both = np.column_stack([losses, sizes])
                (a, b), *_ = np.linalg.lstsq(both, told, rcond=None)
                if np.abs(both @ [a, b] - told).max() < 1e-6 * np.ptp(told) and a > 0:
                    return float(b / a) / PRICES[word]
    return np.nan


@check(
    "A09l",
    "The penalty in the losses that it writes down has the price that its weights obey.",
    needs="rate epochs",
    boundary="0.1, where twice the epochs move the price by less than 0.01",
    read=READ,
)
def price_of_its_notes(c: Candidate, rng: Any) -> Evidence:
    """The noted losses are a x loss + b x penalty along its path; at the end the rows pull by b / a.

    Any unit of the price passes, and so do notes of the loss alone. All of it is exact but for what is left of the way.
    """
    word = one_word(c)
    table = tables.of(c.task, rng, 60)
    plan = c.plan(table.X)
    rate, epochs = 0.5 * plan["rate"], 2 * plan["epochs"]
    noted = noted_price(c, word, table, rate)
    if not abs(noted) > 1e-6:
        raise NotExamined("it notes no losses with a penalty in them")
    price = price_at(c, word, table, rate, epochs)
    if not np.isfinite(price):
        raise NotExamined("with a penalty its training does not arrive at once, or the penalty does not pull")
    told = f"its weights obey {price / noted:.4g} times the price that stands in the losses that it notes"
    named = {"half of it": 0.5, "twice as high": 2.0, "the rows": 60.0, "over the rows": 1 / 60}
    named |= {"the classes": float(len(c.labels)), "over the classes": 1 / len(c.labels)}
    sign = next((words for words, k in named.items() if abs(price / noted / k - 1) < ALLOWED), "")
    return Evidence(abs(price / noted - 1), ALLOWED, told, sign)
