# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""At the minimum with a penalty, the rows pull at each weight exactly as hard as the penalty pulls back.

    l2    pull = price x w                  l1    pull = price x sign(w), and at most the price where w is 0

The scale of the price is a convention, and found out from the pulls; that it is one price is not. Nor is it one whether
the weights are those of the columns as given or of standardised ones. So tables of every shape can be asked about: more
columns than rows, columns that are related, columns in unlike units, many classes.

Karush, Kuhn and Tucker; Hastie, Tibshirani, Wainwright, Statistical Learning with Sparsity, 2.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, spelling
from groundup.exam.checks import tables
from groundup.exam.checks.laws import difference, softmax_only
from groundup.exam.checks.words import UNITS
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
READ = "Hastie, Tibshirani, Wainwright, Statistical Learning with Sparsity, 2: the optimality conditions of the lasso"
CLASSES = "classification multiclass"


def awkward(rng: Any) -> Iterator[tuple[str, Array, Array]]:
    """Few rows, more columns than rows, columns that are related, one column twice, columns in other units."""
    for n, p in ((9, 3), (6, 9), (120, 8)):
        table = tables.numbers(rng, n, p)
        yield f"{n} rows and {p} columns", table.X, table.y
    table = tables.numbers(rng, 40)
    yield "related columns", related(table.X, 0.1), table.y
    table = tables.numbers(rng, 40)
    yield "one column twice", table.X[:, [0, 1, 1, 2]], table.y
    yield "unlike units", table.X * [1e-2, 1.0, 1e2], table.y


def related(X: Array, apart: float) -> Array:
    """The first two of three columns alike, but for so much."""
    return X @ np.array([[1.0, 1.0, 0.0], [0.0, apart, 0.0], [0.0, 0.0, 1.0]])


def in_either_columns(ask: Callable[[bool], Evidence]) -> Evidence:
    """The answer for weights of the columns as given; that for standardised columns, where only there it is right."""
    given = ask(False)
    own = given if given.passed else ask(True)
    return own if own.passed else given


def pulls(c: Candidate, learnt: Any, X: Array, y: Array, own: bool = False) -> tuple[Array, Array]:
    """(weights, how hard the rows pull at each), for standardised columns where they are its `own`."""
    w, pull = _as_given(c, learnt, X, y)
    width = X.std(axis=0) if own else np.ones(X.shape[1])
    return (w.T * width).T, (pull.T / width).T


def _as_given(c: Candidate, learnt: Any, X: Array, y: Array) -> tuple[Array, Array]:
    """The same for the columns as given: a column for each class that has weights."""
    A = reference.with_bias(X)
    if c.task == "multiclass":
        theta = learnt.theta
        g = reference.gradient(c.task, theta, X, tables.targets(c.task, y))
        moved = np.abs(theta[:-1]).max(axis=0) > 0  # a class of reference has no weights
        moved = moved if moved.any() else ~moved
        return theta[:-1][:, moved], -len(y) * g[:-1][:, moved]
    theta = learnt.theta
    missed = y - reference.response(c.task, A @ theta)
    return theta[:-1], X.T @ missed


def uneven_l1(c: Candidate, X: Array, y: Array, price: float, slack: Array | None = None, own: bool = False) -> float:
    """How far the pulls are from one price, as a part of it; `slack` is what does not count of the pull of each column.

    The price is read off the weights that are not 0, where slack is least. Where all are 0, no pull may be larger than
    twice what the price is in a table of as many rows that is easy to learn.
    """
    w, pull = pulls(c, c.study(X, y, l1=price), X, y, own)
    spared: Array = np.zeros(X.shape[1]) if slack is None else slack
    spared = spared[:, None] if w.ndim == 2 else spared
    on = w != 0
    if not on.any():
        most = 2 * max(easy_price(c, len(X), price, own), 0.0)
        return 0.0 if np.abs(pull).max(initial=0.0) <= most else np.inf
    free = np.where(on, spared, np.inf)
    unit = float((pull * np.sign(w))[free <= 1.001 * free.min()].mean())
    off = np.where(on, np.abs(pull * np.sign(w) - unit), np.maximum(np.abs(pull) - unit, 0.0))
    return float((off / (unit + spared)).max()) if unit > 0 else np.inf


def easy_price(c: Candidate, n: int, price: float, own: bool) -> float:
    """What a small l1 penalty, a tenth of this price, is in n rows, times ten; 0 where it leaves no weight at all."""
    rng = np.random.default_rng(8)
    table = tables.of(c.task, rng, max(n, 40))
    w, pull = pulls(c, c.study(table.X, table.y, l1=price / 10), table.X, table.y, own)
    return 10 * float((pull * np.sign(w))[w != 0].mean()) if np.any(w) else 0.0


def uneven_l2(w: Array, pull: Array) -> float:
    """How far the pulls are from one price times the weights, as a part of them."""
    price = float((pull * w).sum() / max(float((w * w).sum()), 1e-300))
    return float(np.abs(pull - price * w).max() / max(float(np.abs(pull).max()), 1e-300)) if price > 0 else np.inf


def no_alpha(c: Candidate) -> None:
    """An alpha may be the price of either penalty, or a rate."""
    if spelling.plain(c.maker.knobs.get("l2", "")) == "alpha":
        raise NotExamined("its alpha may be something else than the price of a penalty")


@check(
    "A09e",
    "An l2 penalty has one price in tables of every shape: more columns than rows, related columns, unlike units.",
    tasks="regression",
    needs="l2 exact weights",
    boundary="1e-5, with any scale of the penalty",
    read="Hastie, Tibshirani, Friedman, 3.4.1: ridge regression",
)
def ridge_everywhere(c: Candidate, rng: Any) -> Evidence:
    """The pull on each weight is the price times the weight."""
    cases = list(awkward(rng))

    def ask(own: bool) -> Evidence:
        worst, words = 0.0, "the largest difference from price x w, as a part of the pull"
        for what, X, y in cases:
            far = uneven_l2(*pulls(c, c.study(X, y, l2=0.3), X, y, own))
            if not far <= 1e-5 and under_way(c, X, y, l2=0.3):
                continue
            if not far <= worst:
                worst, words = far, f"with {what} the pulls are {far:.3g} of themselves off price x w"
        return Evidence(worst, 1e-5, words)

    return in_either_columns(ask)


@check(
    "A09d",
    "An l1 penalty has one price in tables of every shape, and a weight of 0 is pulled at no harder.",
    tasks="regression",
    needs="l1 exact weights",
    boundary="0.05, with any scale of the penalty",
    read=READ,
)
def lasso_everywhere(c: Candidate, rng: Any) -> Evidence:
    """A small price, and one that makes some weights 0."""
    return _lasso(c, list(awkward(rng)), (0.1, 0.4), 0.05)


@check(
    "A09f",
    "An l1 penalty is at its minimum to the last digits, in columns that are nearly the same too.",
    tasks="regression",
    needs="l1 exact weights",
    boundary="1e-6, with any scale of the penalty",
    read=READ,
    manners=True,
)
def lasso_to_the_end(c: Candidate, rng: Any) -> Evidence:
    """Coordinate by coordinate the way along a valley is long: whoever stops on it is not at the minimum."""

    def more() -> Iterator[tuple[str, Array, Array]]:
        for apart in (1e-5, 1e-3):
            table = tables.numbers(rng, 50)
            yield f"columns {apart:g} apart", related(table.X, apart), table.y
        for n, p in ((6, 9), (6, 9), (12, 30), (20, 60)):
            table = tables.numbers(rng, n, p)
            yield f"{n} rows and {p} columns", table.X, table.y

    return _lasso(c, [*awkward(rng), *more()], (0.3, 0.05, 0.005), 1e-6)


def under_way(c: Candidate, X: Array, y: Array, **price: float) -> bool:
    """Whether a solver of many passes has used up those that it was given: twice as many bring it further."""
    if "epochs" not in c.can:
        return False
    passes = c.settings(X, {})["epochs"]
    one, two = (c.study(X, y, epochs=k * passes, **price).theta for k in (1, 2))
    return not np.allclose(one, two, rtol=1e-9, atol=1e-12)


def _lasso(
    c: Candidate, cases: Sequence[tuple[str, Array, Array]], prices: Sequence[float], allowed: float
) -> Evidence:
    def ask(own: bool) -> Evidence:
        worst, words = 0.0, "the largest difference from one price"
        for (what, X, y), price in itertools.product(cases, prices):
            far = uneven_l1(c, X, y, price, own=own)
            if not far <= allowed and under_way(c, X, y, l1=price):
                continue
            if not far <= worst:
                told = f"with {what} and a penalty of {price:g} the pulls are {far:.3g} of the price off it"
                worst, words = far, told
        return Evidence(worst, allowed, words)

    return in_either_columns(ask)


@check(
    "C14",
    "An l2 penalty of a classifier pulls each weight back by price x weight.",
    tasks=CLASSES,
    needs="l2 exact",
    boundary="1e-3, with any scale of the penalty",
    read="Hastie, Tibshirani, Friedman, 3.4.1 and 4.4.4: shrinkage",
)
def classes_l2(c: Candidate, rng: Any) -> Evidence:
    """X'(y - p) = price x w."""
    softmax_only(c)
    no_alpha(c)
    cases = [tables.of(c.task, rng, n, p) for n, p in ((80, 3), (12, 20))]

    def ask(own: bool) -> Evidence:
        learnt = [(c.study(t.X, t.y, l2=0.3), t.X, t.y) for t in cases]
        worst = max(uneven_l2(*pulls(c, *one, own)) for one in learnt)
        return Evidence(worst, 1e-3, f"the pulls are {worst:.3g} of themselves off price x w")

    return in_either_columns(ask)


@check(
    "C15",
    "An l1 penalty of a classifier pulls with one strength at each weight that is not 0, and no harder at the others.",
    tasks=CLASSES,
    needs="l1 exact",
    boundary="1e-3, with any scale of the penalty",
    read=READ,
)
def classes_l1(c: Candidate, rng: Any) -> Evidence:
    """|X'(y - p)| is the price, or less where the weight is 0; in few rows and in columns of unlike units too."""
    softmax_only(c)
    cases: list[tuple[Array, Array, float]] = []
    for n, p, price, unit in ((80, 3, 0.02, 1.0), (80, 3, 0.005, 1.0), (15, 20, 0.02, 1.0), (60, 3, 0.02, 100.0)):
        table = tables.of(c.task, rng, n, p)
        cases.append((table.X * unit ** np.linspace(-1, 1, p), table.y, price))

    def ask(own: bool) -> Evidence:
        worst = max(uneven_l1(c, X, y, price, own=own) for X, y, price in cases)
        return Evidence(worst, 1e-3, f"the pulls are {worst:.3g} of the price off it")

    return in_either_columns(ask)


@check(
    "C15b",
    "An l1 penalty of a classifier is at its minimum to the last digits; nearly so in awkward columns.",
    tasks=CLASSES,
    needs="l1 exact",
    boundary="1e-7; 1e-2, and 1e-5 of what a column could pull, in very unlike units and for a column there twice",
    read=READ,
    manners=True,
    promise=UNITS,
)
def classes_l1_to_the_end(c: Candidate, rng: Any) -> Evidence:
    """Units of 2^-20 and 2^20, 30 deviations from zero; a column twice, and nearly so."""
    softmax_only(c)
    cases = [(np.ones(3), 0, 0.02), (np.ones(8), 0, 0.05), (np.array([2.0**-20, 1.0, 2.0**20]), 30, 0.02)]
    worst = 0.0
    for units, away, price in (*cases, (np.ones(3), -1, 0.02)):
        table = tables.of(c.task, rng, 60, len(units))
        X = (table.X + away * np.arange(len(units))) * units
        rows = np.column_stack([X, X[:, 0], X[:, 1] + 1e-5 * X[:, 2]]) if away < 0 else X
        slack = 1e-5 * np.abs(rows - rows.mean(axis=0)).sum(axis=0) if away else None
        worst = max(worst, uneven_l1(c, rows, table.y, price, slack) / (1e-2 if away else 1e-7))
    return Evidence(worst, 1.0, f"the pulls are {worst:.3g} boundaries off one price")


@check(
    "C16",
    "With an l2 penalty, columns in unlike units give the probabilities of the least penalised loss.",
    tasks="classification",
    needs="l2 exact weights",
    boundary="1e-4, with any scale of the penalty",
    read="Hastie, Tibshirani, Friedman, 3.4.1 and 4.4.4: shrinkage",
    manners=True,
    promise=UNITS,
)
def units_and_l2(c: Candidate, rng: Any) -> Evidence:
    """The price is read off a plain fit; a column in tiny units is nearly left out, one in huge ones nearly free."""
    no_alpha(c)
    table = tables.two_classes(rng, 60)
    w, pull = pulls(c, c.study(table.X, table.y, l2=0.2), table.X, table.y)
    price = float(pull @ w / (w @ w)) / len(table.y)
    worst = 0.0
    for units, away in (([2.0**-20, 1.0, 2.0**20], 0.0), ([1e-3, 1.0, 1e3], 1e3)):
        X = (table.X + np.array([0.0, away, away])) * units
        book = penalised(X, table.y, price)
        worst = max(worst, difference(c, c.study(X, table.y, l2=0.2).proba(X)[:, 1], book))
    return Evidence(worst, 1e-4, f"a probability is {worst:.3g} off")


def penalised(X: Array, y: Array, price: float) -> Array:
    """The probabilities of the least mean log loss + price/2 |w|², by Newton steps in standardised columns."""
    width = X.std(axis=0)
    A = reference.with_bias((X - X.mean(axis=0)) / width)
    penalty, theta = np.append(price / width**2, 0.0), np.zeros(X.shape[1] + 1)
    size = 1 / np.sqrt(1 + penalty)
    for _ in range(40):
        p = reference.sigmoid(A @ theta)
        g = A.T @ (p - y) / len(y) + penalty * theta
        H = A.T @ (A * (p * (1 - p))[:, None]) / len(y) + np.diag(penalty)
        theta = theta - size * np.linalg.solve(H * np.outer(size, size), size * g)
    return reference.sigmoid(A @ theta)
