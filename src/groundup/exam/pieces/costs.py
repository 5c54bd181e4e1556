# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""A function that hands back a cost of weights together with its gradient, as courses write it.

    cost, grad = cost_function(theta, X, y, lambda_)
    loss, dW = softmax_loss(W, X, y, reg)
    grads, cost = propagate(w, b, X, Y)

Both stand in one function, so no convention can come between them: the gradient is the slope of this very cost.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Evidence, NotExamined, check
from groundup.exam.pieces.layers import READ, gap, slopes_of

Array = Any
N, COLUMNS, CLASSES, HIDDEN = 7, 3, 4, 5
SIZES = {"columns": COLUMNS, "hidden": HIDDEN, "classes": CLASSES}
UNROLLED: dict[str, tuple[str, ...]] = {
    "w": ("nn_params", "nn_weights", "unrolled", "theta_vec", "params_vec"),
    "columns": ("input_layer_size", "input_size", "n_input", "n_inputs", "n_in"),
    "hidden": ("hidden_layer_size", "hidden_size", "n_hidden", "num_hidden", "n_h"),
    "classes": ("num_labels", "n_labels", "num_classes", "n_classes", "output_layer_size", "output_size", "n_out"),
}
"""The arguments of a cost of a network of one hidden layer, whose weights come in one row."""
CALLED = (ValueError, TypeError, IndexError, AttributeError, KeyError)
"""What a call with tables of another shape raises."""
COST = r"cost|loss|\bj\b|objective|likelihood|nll|energy"
"""What a function of both is called, or the number that it hands back."""
USUAL = (1.0, N, 1 / N, 0.5, 2.0, 2 / N, N / 2)


class Both(Asked):
    """A function of weights, rows and labels that hands back two things."""

    def __init__(self, function: Any):
        super().__init__("both")
        self.function = function


def both_of(functions: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The functions of a file that want weights, rows and labels, perhaps a bias and the price of a penalty."""
    for name, function in functions.items():
        words = _words(function)
        returned = _source(function).rpartition("return")[2]
        several = "," in returned and re.search(COST, f"{name} {returned}", re.IGNORECASE)
        able = {"w", "X", "y"} <= words.keys() <= {"w", "X", "y", "b", "l2"}
        able = able or {"w", "X", "y", *SIZES} <= words.keys() <= {"w", "X", "y", "l2", *SIZES}
        if inspect.isfunction(function) and several and able:
            yield name, function


def kind_of(thing: Any) -> bool:
    """Whether a function is by its name a cost, and hands back its gradient with it."""
    told = inspect.isfunction(thing) and re.search(COST, thing.__name__, re.IGNORECASE) is not None
    return told and any(both_of({thing.__name__: thing}))


def called_by(candidate: Any) -> dict[str, Any]:
    """The functions of its file that the methods of a class call."""
    if not inspect.isclass(candidate):
        return {}
    methods = [f for f in vars(candidate).values() if inspect.isfunction(f)]
    called = {name: f.__globals__.get(name) for f in methods for name in f.__code__.co_names}
    return {n: f for n, f in called.items() if inspect.isfunction(f) and f.__module__ == candidate.__module__}


def _words(function: Any) -> dict[str, str]:
    """The exam's words for its arguments, with their names; those with a default only where they are a price."""
    given = spelling.parameters(function).items()
    told = {name: word for word, names in UNROLLED.items() for name in names}
    if not set(SIZES) <= {told.get(spelling.plain(n)) for n, _ in given}:
        told = {}
    found = {told.get(spelling.plain(n)) or spelling.argument(n): n for n, p in given if p.default is p.empty}
    prices = [n for n, p in given if p.default is not p.empty and "l2" in spelling.knobs([n])]
    return found | ({"l2": prices[0]} if prices else {})


def _source(function: Any) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def _tables(rng: Any, unrolled: bool = False) -> Iterator[dict[str, Array]]:
    """Rows, labels and weights in their usual shapes: for one class against another, and for four classes."""
    if unrolled:
        yield from _unrolled(rng)
        return
    X, two, w = rng.normal(size=(N, COLUMNS)), (np.arange(N) % 2).astype(float), rng.normal(size=COLUMNS) * 0.4
    yield {"X": X, "y": two, "w": w}
    yield {"X": X, "y": two[:, None], "w": w[:, None]}
    yield {"X": X.T.copy(), "y": two[None], "w": w[:, None]}
    yield {"X": X, "y": np.arange(N) % CLASSES, "w": rng.normal(size=(COLUMNS, CLASSES)) * 0.4}
    yield {"X": X, "y": np.eye(CLASSES)[np.arange(N) % CLASSES], "w": rng.normal(size=(COLUMNS, CLASSES)) * 0.4}


def _unrolled(rng: Any) -> Iterator[dict[str, Array]]:
    """The same for a hidden layer between: all weights and biases in one row, labels as codes from 0, or as rows."""
    codes = np.arange(N) % CLASSES
    w = 0.4 * rng.normal(size=HIDDEN * (COLUMNS + 1) + CLASSES * (HIDDEN + 1))
    for y in (codes, codes[:, None], np.eye(CLASSES)[codes], codes + 1, codes[:, None] + 1):
        yield {"X": rng.normal(size=(N, COLUMNS)), "y": y, "w": w}


@check(
    "L09",
    "The gradient that comes with a cost is the slope of this cost in the weights, with and without a penalty.",
    needs="both",
    boundary="1e-5 of the largest slope; a common factor is a convention",
    read=READ,
)
def cost_with_its_gradient(c: Both, rng: Any) -> Evidence:
    """Central differences of its own cost."""
    words = _words(c.function)
    for table in _tables(rng, "hidden" in words):
        found: list[tuple[float, float]] = []
        for price in (0.0, 0.6) if "l2" in words else (0.0,):

            def called(w: Array, table: dict[str, Array] = table, price: float = price) -> tuple[float, Array]:
                values = {**{k: v.copy() for k, v in table.items()}, "w": w.copy(), "b": 0.3, "l2": price, **SIZES}
                return _told_apart(c.function(**{own: values[word] for word, own in words.items()}), w)

            try:
                mine = called(table["w"])[1]
                place = table["w"].copy()
                right = slopes_of(lambda f=called, w=place: f(w)[0], place)
            except CALLED:
                break
            if mine.shape != table["w"].shape or not np.isfinite(right).all() or not np.abs(right).max() > 0:
                break
            usual = min(USUAL, key=lambda f: gap(mine / f, right))
            found.append((gap(mine / usual, right), usual))
        else:
            worst = max(far for far, _ in found)
            if worst <= 1e-5 and len({usual for _, usual in found}) > 1:
                worst = 1.0
            only = found[0][0] <= 1e-5 < worst
            words_ = f"the gradient is off by {worst:.3g} of the largest slope of the cost"
            words_ += ", with a penalty only: its part of the gradient is not the slope of its part of the cost" * only
            return Evidence(worst, 1e-5, words_, "penalty" if only else "")
    raise NotExamined(f"tried {c.function.__name__} with weights, rows and labels of every usual shape")


def _told_apart(answer: Any, w: Array) -> tuple[float, Array]:
    """(cost, gradient) of what it hands back, in either order; a gradient may stand in a dict, as dw."""
    if not isinstance(answer, tuple) or len(answer) not in (2, 3):
        raise TypeError("it does not hand back two things")
    costs = [float(np.asarray(part).item()) for part in answer if np.size(part) == 1 and not isinstance(part, dict)]
    dicts = [
        v for part in answer if isinstance(part, dict) for n, v in part.items() if n.lower() in ("dw", "w", "grad_w")
    ]
    arrays = [
        np.asarray(part, dtype=float) for part in (*answer, *dicts) if np.shape(part) == w.shape and np.size(part) > 1
    ]
    if not costs or len(arrays) != 1:
        raise TypeError("it does not hand back a cost and a gradient")
    if isinstance(answer[0], dict) or np.size(answer[0]) > 1:
        return costs[-1], arrays[0]
    return costs[0], arrays[0]
