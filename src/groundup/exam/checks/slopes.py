# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The loss and the gradient of a module: does the one belong to the other?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, reading, spelling
from groundup.exam.checks import tables
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
READ = "Nocedal and Wright, Numerical Optimization, 8.1: finite-difference derivatives"
TASKS = "regression classification"


def call(c: Candidate, word: str, X: Array, y: Array, theta: Array, price: float = 0.0) -> Any:
    """The module's loss or gradient at these weights and this bias."""
    function: Any = spelling.function_of(c.maker.module, word)
    names = list(spelling.parameters(function))
    words = [spelling.argument(name) for name in names]
    given = {"X": X, "y": y, "w": theta[:-1].copy(), "b": float(theta[-1]), "l2": price}
    kept: Any = c.study(X, np.arange(len(y)) % 2).result if {"X", "y", "w"} <= set(words) else None
    if isinstance(kept, Mapping) and "b" not in words:
        return function(**{n: {**given, "w": _filled(kept, theta)}[w] for n, w in zip(names, words, strict=True) if w})
    if {"X", "y", "w"} <= set(words):
        if "b" not in words:
            given = {**given, "X": np.column_stack([np.ones(len(X)), X]), "w": np.append(theta[-1], theta[:-1])}
        return function(**{n: given[w] for n, w in zip(names, words, strict=True) if w in given})
    raise NotExamined(f"the arguments of its {word} are not X, y, weights and bias: {', '.join(names)}")


def _filled(kept: Any, theta: Array) -> dict[str, Any]:
    """A dict of parameters like the one that its training hands back, with these numbers."""
    weights, bias = (next((n for n in names if n in kept), None) for names in (spelling.WEIGHTS, spelling.BIASES))
    if weights is None or bias is None:
        raise NotExamined(f"its parameters are a dict of {', '.join(kept)}")
    filled = {weights: theta[:-1].reshape(np.shape(kept[weights])), bias: np.reshape(theta[-1], np.shape(kept[bias]))}
    return {**kept, **filled}


def slope(c: Candidate, X: Array, y: Array, theta: Array, price: float = 0.0) -> Array:
    """Its gradient, flat, the bias last."""
    found = call(c, "gradient", X, y, theta, price)
    if isinstance(found, Mapping):
        bare = {str(name).removeprefix("d").removeprefix("_"): value for name, value in found.items()}
        weights, bias = reading.weights_and_bias(bare, X.shape[1])
        if weights is None or bias is None:
            raise NotExamined("its gradient does not name weights and a bias")
        return np.append(weights.ravel(), reading.number(bias))
    if isinstance(found, tuple | list):
        weights, bias = reading.weights_and_bias(tuple(found), X.shape[1])
        if weights is None or bias is None:
            raise NotExamined("its gradient is not a pair of a vector and a number")
        return np.append(weights.ravel(), reading.number(bias))
    flat = np.ravel(np.asarray(found, dtype=float))
    return np.append(flat[1:], flat[0])


@check(
    "B09",
    "The gradient is the slope of the loss.",
    needs="gradient cost",
    tasks=TASKS,
    boundary="1e-6 relative, after a common factor",
    read=READ,
)
def gradient_is_slope(c: Candidate, rng: Any) -> Evidence:
    """Central differences of the module's own loss; a common factor (1/2, 2, n) between the two is a convention."""
    table = tables.of(c.task, rng, 11, 2)
    y = c.labels[table.y] if c.task == "classification" else table.y
    theta = rng.normal(size=3)
    numeric = np.array(
        [
            (
                reading.number(call(c, "cost", table.X, y, theta + h))
                - reading.number(call(c, "cost", table.X, y, theta - h))
            )
            / 2e-5
            for h in 1e-5 * np.eye(3)
        ]
    )
    mine = slope(c, table.X, y, theta)
    factor = float(mine @ numeric / max(float(numeric @ numeric), 1e-300))
    usual = [f for f in (1.0, 0.5, 2.0, 11.0, 22.0, 5.5, 1 / 11, 2 / 11, 1 / 22) if abs(factor / f - 1) < 1e-4]
    if usual and usual[0] != 1:
        c.conventions["gradient"] = f"the gradient is {usual[0]:.3g} times the slope of the loss"
    scale = usual[0] if usual else 1.0
    gap = float(np.abs(mine - scale * numeric).max() / max(float(np.abs(numeric).max()), 1e-300))
    sign = "wrong sign" if factor < 0 else ("bias" if np.allclose(mine[:2], scale * numeric[:2], rtol=1e-4) else "")
    short = reference.gradient(c.task, theta, table.X[:-1], table.y[:-1].astype(float))
    if np.allclose(mine / mine[-1], short / short[-1], rtol=1e-4):
        sign = "last row left out"
    elif np.allclose(mine[:2] / numeric[:2], 11 * mine[2] / numeric[2], rtol=1e-4):
        sign = "weights summed, bias averaged"
    words = f"at weights {np.round(theta[:-1], 3).tolist()} and bias {theta[-1]:.3g} the gradient is "
    words += f"{np.round(mine, 5).tolist()}, "
    return Evidence(gap, 1e-6, words + f"the slope of the loss {np.round(numeric, 5).tolist()}", sign)


@check(
    "B09b",
    "The loss is that of the book, but for a common factor.",
    needs="cost",
    tasks=TASKS,
    boundary="1e-9 relative",
    read=READ,
)
def loss_by_the_book(c: Candidate, rng: Any) -> Evidence:
    """The ratio to half the mean square, or to the mean log loss, at five places."""
    table = tables.of(c.task, rng, 11, 2)
    y = c.labels[table.y] if c.task == "classification" else table.y
    places = rng.normal(size=(5, 3))
    mine = np.array([reading.number(call(c, "cost", table.X, y, theta)) for theta in places])
    book = np.array([reference.loss(c.task, theta, table.X, table.y.astype(float)) for theta in places])
    ratio = mine / book
    gap = float(np.ptp(ratio) / max(abs(float(ratio.mean())), 1e-300))
    sign = "wrong sign" if ratio.mean() < 0 else ("root" if np.allclose(mine, np.sqrt(2 * book)) else "")
    if not gap <= 1e-7:
        return Evidence(
            gap,
            1e-7,
            f"it is {np.round(ratio, 4).tolist()} times the book's loss at five places: no common factor",
            sign,
        )
    known = any(abs(ratio.mean() / f - 1) < 1e-6 for f in (1, 2, 11, 22, 0.5, 1 / np.log(2)))
    return Evidence(
        0.0 if known and ratio.mean() > 0 else 1.0, 0.5, f"it is {ratio.mean():.4g} times the book's loss", sign
    )


@check(
    "B09c",
    "With a penalty, too, the gradient is the slope of the loss.",
    needs="gradient cost",
    tasks=TASKS,
    boundary="1e-5 relative, after the common factor that they have without it",
    read=READ,
)
def penalty_is_slope(c: Candidate, rng: Any) -> Evidence:
    """Both are told the same price; lam |w|² has the slope 2 lam w, and half of it lam w."""
    for word in ("gradient", "cost"):
        names = spelling.parameters(spelling.function_of(c.maker.module, word))
        if "l2" not in [spelling.argument(name) for name in names]:
            raise NotExamined(f"its {word} takes no penalty")
    table = tables.of(c.task, rng, 11, 2)
    y = c.labels[table.y] if c.task == "classification" else table.y
    theta = np.array([1.5, -0.8, 0.6])

    def both(price: float) -> tuple[Array, Array]:
        def loss(at: Array) -> float:
            return reading.number(call(c, "cost", table.X, y, at, price))

        numeric = np.array([(loss(theta + h) - loss(theta - h)) / 2e-5 for h in 1e-5 * np.eye(3)])
        return slope(c, table.X, y, theta, price), numeric

    mine, numeric = both(0.0)
    factor = float(mine @ numeric / max(float(numeric @ numeric), 1e-300))
    more, other = (a - b for a, b in zip(both(0.9), (mine, numeric), strict=True))
    if not np.abs(other).max() > 1e-9 and not np.abs(more).max() > 1e-9:
        raise NotExamined("the price changes neither of them")
    gap = float(np.abs(more - factor * other).max() / max(np.abs(other).max(), np.abs(more).max(), 1e-300))
    ratio = float(more @ other / max(float(other @ other), 1e-300)) / factor
    words = f"the penalty adds {np.round(more, 5).tolist()} to the gradient, and {np.round(other, 5).tolist()} "
    sign = "half" if abs(ratio - 0.5) < 1e-4 else "twice" if abs(ratio - 2) < 1e-4 else ""
    sign = sign or ("only in the loss" if not np.abs(more).max() > 1e-9 else "")
    return Evidence(gap, 1e-5, words + "to the slope of the loss", sign)


@check(
    "B10",
    "The gradient of two halves together is the mean, or the sum, of their gradients.",
    needs="gradient",
    tasks=TASKS,
    boundary="1e-12",
    read=READ,
)
def union(c: Candidate, rng: Any) -> Evidence:
    """6 and 8 rows."""
    table = tables.of(c.task, rng, 14, 2)
    y = c.labels[table.y] if c.task == "classification" else table.y
    theta = rng.normal(size=3)
    a, b = slope(c, table.X[:6], y[:6], theta), slope(c, table.X[6:], y[6:], theta)
    whole = slope(c, table.X, y, theta)
    size = max(float(np.abs(whole).max()), 1e-300)
    as_mean, as_sum = float(np.abs(whole - (6 * a + 8 * b) / 14).max()), float(np.abs(whole - a - b).max())
    gap = min(as_mean, as_sum) / size
    return Evidence(
        gap,
        1e-9,
        f"the parts give {np.round((6 * a + 8 * b) / 14, 5).tolist()}, the whole {np.round(whole, 5).tolist()}",
    )
