# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""A line: its predictions, the gradients of its losses, its best weights, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.practice.calls import Calls
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.exam.practice.formulas import whole
from groundup.formulas import catalogue, losses

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.2"
SMALL = (np.array([[1.0], [2.0], [4.0]]), np.array([3.0, 4.0, 9.0]))
AT_ZERO = (*SMALL, np.array([0.0]), 0.0)
AT_ONE = (*SMALL, np.array([1.0]), 0.5)
ROWS = "X has one row for each example, y one label for each row; w has one weight for each column, b is the bias."


def table(rng: Any, n: int = 7, p: int = 3) -> tuple[Array, Array]:
    """Rows off centre, and labels."""
    X = np.round(rng.normal(size=(n, p)) * 1.5 + 0.5, 2)
    return X, np.round(X @ np.arange(1.0, p + 1) + 2 + rng.normal(size=n), 2)


def table_and_line(rng: Any) -> tuple[Any, ...]:
    """Rows, labels, and a line that is not the best."""
    X, y = table(rng, int(rng.integers(4, 9)))
    w = np.round([1, 2, 3] + 0.5 * rng.normal(size=3), 2)
    return X, y, w, float(np.round(2 + 2 * rng.normal(), 2))


def slope_of_loss(loss: losses.Loss, X: Array, y: Array, w: Array, b: float) -> tuple[Array, Array]:
    """Weights' and bias' gradient of the whole loss, through its total."""
    z = X @ w + b
    n = len(y)
    g = loss.gradient(z, y)
    if loss == losses.rmse:
        g = g / (2 * n * losses.rmse(y, z))
    elif loss not in (losses.l1, losses.l2):
        g = g / n
    return X.T @ g, np.sum(g)


def _changed(loss: losses.Loss, weights: Callable[..., Any], bias: Callable[..., Any]) -> Callable[..., Any]:
    def wrong(X: Array, y: Array, w: Array, b: float) -> tuple[Array, Array]:
        gw, gb = slope_of_loss(loss, X, y, w, b)
        return weights(gw, X, y), bias(gb, X, y)

    return wrong


def _slips(loss: losses.Loss) -> dict[str, Callable[..., Any]]:
    def same(g: Array, X: Array, y: Array) -> Array:
        return g

    def times(g: Array, X: Array, y: Array) -> Array:
        return g * len(y)

    def share(g: Array, X: Array, y: Array) -> Array:
        return g / len(y)

    return {
        "the gradient is summed over the rows, not averaged": _changed(loss, times, times),
        "the gradient is averaged over the rows, not summed": _changed(loss, share, share),
        "the bias gradient is summed over the rows while that of the weights is averaged": _changed(loss, same, times),
        "the weights' gradient is summed over the rows while that of the bias is averaged": _changed(loss, times, same),
        "the gradient is divided by the number of features, not of rows": _changed(
            loss, *(lambda g, X, y: g * len(y) / X.shape[1],) * 2
        ),
        "the weights' gradient is twice, the bias gradient once": _changed(loss, same, lambda g, X, y: g / 2),
        "the bias is left out of the prediction": lambda X, y, w, b: slope_of_loss(loss, X, y, w, 0.0),
        "the bias gradient is left at zero": _changed(loss, same, lambda g, X, y: 0 * g),
    }


def _gradients() -> Iterator[Exercise]:
    names = {"mse": "", "mae": "", "rmse": "", "l2": "", "l1": "", "huber": ", with delta = 1"}
    for name, with_ in names.items():
        loss = losses.named(name)
        entry = next(e for e in catalogue.find(name) if e.kind == "loss")
        corner = " Where prediction and label are equal its slope is taken as 0." if not loss.smooth else ""
        yield Calls(
            name=f"{name}_line_gradient",
            topic="lines",
            title=f"the gradient of {name} for a line",
            task=f"Write `gradient(X, y, w, b)`: how the loss {name}{with_} of the predictions z = X w + b moves with "
            f"the weights and with the bias. It returns the two, in this order. {ROWS}{corner}",
            equations=(whole(entry.equation), "z = X w + b"),
            hints=(
                "First the slope of the loss with respect to each prediction; by the chain rule X' brings it to the "
                "weights.",
                f"With respect to one prediction the cost of its row has the slope: {entry.derivative}. What does the "
                "total (a sum, a mean, the root of a mean) do to it?",
                "The bias is a weight whose column is all ones: its gradient is the same formula with that column.",
            ),
            thing="gradient",
            code=function_code("gradient(X, y, w, b)", f"d {name} / d w and d {name} / d b at z = X w + b."),
            reference=lambda X, y, w, b, loss=loss: slope_of_loss(loss, X, y, w, b),
            tables=table_and_line,
            given=(AT_ZERO, AT_ONE),
            awkward=(("One row is enough.", (np.array([[2.0, -1.0]]), np.array([3.0]), np.array([0.5, 1.0]), 0.25)),),
            slips=_slips(loss),
            read=READ,
        )


def _ridge(X: Array, y: Array, w: Array, b: float, l2: float) -> tuple[Array, Array]:
    gw, gb = slope_of_loss(losses.mse, X, y, w, b)
    return gw / 2 + l2 * w, gb / 2


EXERCISES: list[Exercise] = [
    Calls(
        name="predict_line",
        topic="lines",
        title="what a line answers",
        task=f"Write `predict(X, w, b)`: the prediction for every row. {ROWS}",
        equations=("z = X w + b",),
        hints=(
            "For one row it is the sum of weight times feature, plus the bias.",
            "A matrix times a vector does that for all rows at once: X @ w.",
            "Three rows and two columns give three numbers. Does one row give one number, in an array?",
        ),
        thing="predict",
        code=function_code("predict(X, w, b)", "z = X w + b, one number for each row."),
        reference=lambda X, w, b: X @ w + b,
        tables=lambda rng: (table(rng)[0], np.round(rng.normal(size=3), 2), float(np.round(rng.normal(), 2))),
        given=((np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([3.0, 0.5]), 1.0),),
        awkward=(
            ("One row gives one number.", (np.array([[1.0, 2.0]]), np.array([3.0, 0.5]), 1.0)),
            ("No rows give no numbers.", (np.zeros((0, 2)), np.array([3.0, 0.5]), 1.0)),
        ),
        slips={"the bias is left out of the prediction": lambda X, w, b: X @ w},
        read=READ,
    ),
    *_gradients(),
    Calls(
        name="ridge_gradient",
        topic="lines",
        title="a gradient with a price on the weights",
        task=f"Write `gradient(X, y, w, b, l2)` of the loss below, with respect to the weights and the bias. {ROWS} "
        f"The bias "
        "has no price.",
        equations=("loss = 1/(2n) Σ (X w + b - y)² + l2/2 Σ w²",),
        hints=(
            "The gradient of a sum is the sum of the gradients: first the errors, then the price.",
            "l2/2 Σ w² has the gradient l2 w, and none with respect to b.",
            "Is the price divided by n too? Read the equation once more.",
        ),
        thing="gradient",
        code=function_code("gradient(X, y, w, b, l2)", "d loss / d w and d loss / d b."),
        reference=_ridge,
        tables=lambda rng: (*table_and_line(rng), 0.5),
        given=((*AT_ONE, 0.1),),
        awkward=(("Without a price it is the gradient of half the mean square.", (*AT_ONE, 0.0)),),
        slips={
            "the bias pays the penalty too": lambda X, y, w, b, l2: (
                _ridge(X, y, w, b, l2)[0],
                _ridge(X, y, w, b, l2)[1] + l2 * b,
            ),
            "the penalty is in the loss but not in the gradient": lambda X, y, w, b, l2: _ridge(X, y, w, b, 0.0),
            "the penalty is divided by the number of rows": lambda X, y, w, b, l2: _ridge(X, y, w, b, l2 / len(y)),
            "the penalty has the wrong sign": lambda X, y, w, b, l2: _ridge(X, y, w, b, -l2),
            "the penalty's gradient is twice what it should be": lambda X, y, w, b, l2: _ridge(X, y, w, b, 2 * l2),
            "the penalty's gradient is l2 sign(w), which is that of l1": lambda X, y, w, b, l2: (
                _ridge(X, y, w, b, 0.0)[0] + l2 * np.sign(w),
                _ridge(X, y, w, b, 0.0)[1],
            ),
        },
        read=READ,
    ),
    Calls(
        name="weighted_mse",
        topic="lines",
        title="a loss in which some rows count more",
        task="Write `weighted_mse(y, prediction, sample_weight)`: the mean squared error in which a row of weight 2 "
        "counts like two rows, and one of weight 0 not at all.",
        equations=("Σ weight (y - prediction)² / Σ weight",),
        hints=(
            "Write y = [1, 5], weights [2, 1] as three rows without weights, and compare.",
            "By what is a plain mean divided? Here that is the sum of the weights, not the number of rows.",
            "Multiply the squares with the weights, not the errors: else the weights are squared.",
        ),
        thing="weighted_mse",
        code=function_code("weighted_mse(y, prediction, sample_weight)", "Σ weight (y - prediction)² / Σ weight."),
        reference=lambda y, p, s: np.sum(s * (y - p) ** 2) / np.sum(s),
        tables=lambda rng: (*np.round(rng.normal(size=(2, 6)), 2), np.array([1.0, 2.0, 0.0, 3.0, 1.0, 0.5])),
        given=((np.array([1.0, 5.0]), np.array([2.0, 3.0]), np.array([2.0, 1.0])),),
        awkward=(
            (
                "A row of weight 0 may hold anything.",
                (np.array([1.0, 5.0]), np.array([2.0, 1e9]), np.array([2.0, 0.0])),
            ),
        ),
        slips={
            "it is divided by the number of rows, not by the sum of the weights": lambda y, p, s: np.mean(
                s * (y - p) ** 2
            ),
            "the weights are squared with the errors": lambda y, p, s: np.sum((s * (y - p)) ** 2) / np.sum(s),
            "the weights are left out": lambda y, p, s: np.mean((y - p) ** 2),
        },
        read=READ,
    ),
]
