# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Going downhill: steps, learning rates, batches, epochs, and when to stop."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence
from groundup.exam.practice.calls import Answer, Calls
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.exam.practice.lines import ROWS, SMALL, slope_of_loss, table
from groundup.formulas import losses

Array = Any
READ = "Boyd and Vandenberghe, Convex Optimization, 9.3: gradient descent"


def one_step(X: Array, y: Array, w: Array, b: float, rate: float) -> tuple[Array, float]:
    """One step of gradient descent on the mean squared error."""
    gw, gb = slope_of_loss(losses.mse, X, y, w, b)
    return w - rate * gw, float(b - rate * gb)


def _descend(X: Array, y: Array, rate: float, epochs: int) -> tuple[Array, float]:
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        w, b = one_step(X, y, w, b, rate)
    return w, b


def _history(X: Array, y: Array, rate: float, epochs: int, first: int = 0) -> Array:
    return np.array([losses.mse(y, X @ w + b) for w, b in (_descend(X, y, rate, k) for k in range(first, epochs + 1))])


def _bias_first(X: Array, y: Array, rate: float, epochs: int) -> tuple[Array, float]:
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        b = one_step(X, y, w, b, rate)[1]
        w = one_step(X, y, w, b, rate)[0]
    return w, b


def _weights_first(X: Array, y: Array, rate: float, epochs: int) -> tuple[Array, float]:
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        w = one_step(X, y, w, b, rate)[0]
        b = one_step(X, y, w, b, rate)[1]
    return w, b


def _scaled(weights: float, bias: float) -> Callable[..., tuple[Array, float]]:
    """Descent in which the two gradients have a factor of their own."""

    def wrong(X: Array, y: Array, rate: float, epochs: int) -> tuple[Array, float]:
        w, b = np.zeros(X.shape[1]), 0.0
        n = len(y)
        for _ in range(epochs):
            nw, nb = one_step(X, y, w, b, rate)
            fw, fb = (n if f == math.inf else f for f in (weights, bias))
            w, b = w + fw * (nw - w), b + fb * (nb - b)
        return w, b

    return wrong


DESCENT_SLIPS: dict[str, Callable[..., Any]] = {
    "the bias is updated first, and the new bias is used for the weights' gradient": _bias_first,
    "the weights are updated first, and the new weights are used for the bias gradient": _weights_first,
    "one epoch is missing": lambda X, y, rate, epochs: _descend(X, y, rate, epochs - 1),
    "one epoch is too many": lambda X, y, rate, epochs: _descend(X, y, rate, epochs + 1),
    "it climbs: the step has the wrong sign": lambda X, y, rate, epochs: _descend(X, y, -rate, epochs),
    "the factor 2 of the square's slope is missing": lambda X, y, rate, epochs: _descend(X, y, rate / 2, epochs),
    "the gradient is summed over the rows, not averaged": _scaled(math.inf, math.inf),
    "the bias gradient is summed over the rows while that of the weights is averaged": _scaled(1, math.inf),
    "the bias is never updated": _scaled(1, 0),
}


def _top(X: Array) -> float:
    A = np.column_stack([X, np.ones(len(X))])
    return float(np.linalg.eigvalsh(2 * A.T @ A / len(X))[-1])


def _bowl(w: Array) -> Array:
    return np.sum(w**4) / 4 + w[0] * w[-1] - np.sum(np.sin(w))


def _bowl_gradient(f: Callable[..., Any], w: Array) -> Array:
    g = w**3 - np.cos(w)
    g[0] += w[-1]
    g[-1] += w[0]
    return g


def _keeps_w(f: Answer, rng: Any) -> Evidence:
    seen: list[Array] = []

    def look(w: Array) -> float:
        seen.append(np.array(w, dtype=float))
        return float(np.sum(np.asarray(w) ** 2))

    w = np.array([1.0, -2.0])
    f(look, w)
    far = max((float(np.abs(v - w).sum()) for v in seen), default=0.0)
    words = f"the function was asked {far:.3g} away from w"
    return Evidence(far, 0.1, words, experiment="")


def _clip(g: Array, largest: float) -> Array:
    norm = np.linalg.norm(g)
    return g * (largest / norm) if norm > largest else g


EXERCISES: list[Exercise] = [
    Calls(
        name="first_step",
        topic="training",
        title="the first step from weight 0 and bias 0",
        task=f"Write `first_step(X, y, learning_rate)`: start at weight 0 and bias 0, take one step of gradient "
        f"descent on the "
        f"mean squared error, and return the new weights and the new bias. {ROWS}",
        equations=("loss = 1/n Σ (X w + b - y)²", "w ← w - learning_rate x ∂loss/∂w, and b likewise"),
        hints=(
            "At weight 0 and bias 0 every prediction is 0. What is the error of each row?",
            "The bias moves by learning_rate x 2 x the mean of y. Why?",
            "For the weights each error is multiplied with its row first: X' error.",
        ),
        thing="first_step",
        code=function_code("first_step(X, y, learning_rate)", "Weights and bias after one step from zero."),
        reference=lambda X, y, rate: _descend(X, y, rate, 1),
        tables=lambda rng: (*table(rng), 0.1),
        given=((*SMALL, 0.1),),
        awkward=(("At a learning rate of 0 nothing moves.", (*SMALL, 0.0)),),
        slips={w: (lambda X, y, rate, wrong=wrong: wrong(X, y, rate, 1)) for w, wrong in DESCENT_SLIPS.items()},
        read=READ,
    ),
    Calls(
        name="descend",
        topic="training",
        title="gradient descent, so many epochs",
        task=f"Write `descend(X, y, learning_rate, epochs)`: from weight 0 and bias 0, `epochs` steps of gradient "
        f"descent on the "
        f"mean squared error over all rows. It returns the weights and the bias. {ROWS}",
        equations=("loss = 1/n Σ (X w + b - y)²", "w ← w - learning_rate x ∂loss/∂w, and b likewise"),
        hints=(
            "The exercise first_step, in a loop.",
            "In each step the prediction is made once, with the weights and the bias of before.",
            "Both gradients first, both steps then. How often does range(epochs) run?",
        ),
        thing="descend",
        code=function_code("descend(X, y, learning_rate, epochs)", "Weights and bias after so many epochs."),
        reference=_descend,
        tables=lambda rng: (*table(rng), 0.05, int(rng.integers(2, 9))),
        given=((*SMALL, 0.05, 1), (*SMALL, 0.05, 3)),
        awkward=(("After no epoch it is still at zero.", (*SMALL, 0.1, 0)),),
        slips=DESCENT_SLIPS,
        read=READ,
    ),
    Calls(
        name="loss_history",
        topic="training",
        title="watch the loss fall",
        task="Write `history(X, y, learning_rate, epochs)`: the mean squared error before the first step and after "
        "each of the "
        "`epochs` steps of gradient descent from weight 0 and bias 0: one array of epochs + 1 numbers.",
        equations=("loss = 1/n Σ (X w + b - y)²",),
        hints=(
            "Before the first step every prediction is 0, so the first number is the mean of y².",
            "Look first, then move; and look once more at the end.",
            "With too large a rate the numbers grow: that is right, and worth seeing.",
        ),
        thing="history",
        code=function_code("history(X, y, learning_rate, epochs)", "The loss at the start and after each epoch."),
        reference=_history,
        tables=lambda rng: (*table(rng), 0.05, 5),
        given=((*SMALL, 0.05, 3),),
        awkward=(("A rate that is too large shows as a loss that grows.", (*SMALL, 0.5, 4)),),
        slips={
            "it is the loss after each step, without the start": lambda X, y, r, e: _history(X, y, r, e, 1),
            "the loss after the last step is missing": lambda X, y, r, e: _history(X, y, r, e - 1),
            "it is the root of the loss": lambda X, y, r, e: np.sqrt(_history(X, y, r, e)),
        },
        read=READ,
    ),
    Calls(
        name="largest_stable_rate",
        topic="training",
        title="which learning rate is too large",
        task="Write `largest_rate(X)`: the learning rate above which gradient descent on the mean squared error, with "
        "weights "
        "and a bias, grows without end, whatever y is.",
        equations=("A = X with a column of ones", "largest rate = 2 / (largest eigenvalue of 2/n A'A)"),
        hints=(
            "How the gradient moves with the parameters is a matrix that does not depend on y. Which one?",
            "np.linalg.eigvalsh gives the eigenvalues of a symmetric matrix, the largest last.",
            "The bias is a parameter too: without its column of ones the answer is too large.",
        ),
        thing="largest_rate",
        code=function_code("largest_rate(X)", "2 over the largest curvature of the mean squared error."),
        reference=lambda X: 2 / _top(X),
        tables=lambda rng: (table(rng)[0],),
        given=((SMALL[0],),),
        awkward=(("Columns in the thousands need a tiny rate.", (1000 * SMALL[0],)),),
        slips={
            "the bias is left out of the matrix": lambda X: 2 / np.linalg.eigvalsh(2 * X.T @ X / len(X))[-1],
            "it is 1 over the curvature: the safe rate, not the largest": lambda X: 1 / _top(X),
            "the factor 2 of the square's slope is missing in the curvature": lambda X: 4 / _top(X),
            "the smallest curvature is taken for the largest": lambda X: (
                2
                / np.linalg.eigvalsh(
                    2 * np.column_stack([X, np.ones(len(X))]).T @ np.column_stack([X, np.ones(len(X))]) / len(X)
                )[0]
            ),
        },
        read=READ,
    ),
    Calls(
        name="numerical_gradient",
        topic="training",
        title="a gradient by differences",
        task="Write `numerical_gradient(f, w)` for a function f of a vector that gives one number: the slope of f "
        "along each entry "
        "of w, by central differences. It is how a gradient is checked.",
        equations=("∂f/∂wᵢ ≈ (f(w + h eᵢ) - f(w - h eᵢ)) / 2h, with eᵢ = 1 at place i and 0 elsewhere",),
        hints=(
            "h = 1e-5 is about right: with a smaller one rounding takes over, with a larger one the curve.",
            "Move one entry, and put it back before the next one; a copy of w is the safe way.",
            "One-sided differences, (f(w + h) - f(w)) / h, are a thousand times less exact.",
        ),
        thing="numerical_gradient",
        code=function_code("numerical_gradient(f, w)", "The slope along each entry of w, by central differences."),
        reference=_bowl_gradient,
        tables=lambda rng: (_bowl, np.round(rng.normal(size=3), 2)),
        given=((_bowl, np.array([1.0, -2.0])),),
        line="bowl = lambda w: np.sum(w**4) / 4 + w[0] * w[-1] - np.sum(np.sin(w))\nnumerical_gradient(bowl, {1})",
        laws=(("The function is asked only near w, one entry at a time.", _keeps_w),),
        tolerance=1e-6,
        whole=False,
        narrow=False,
        read="Nocedal and Wright, Numerical Optimization, 8.1: finite differences",
    ),
    Calls(
        name="clip_by_norm",
        topic="training",
        title="keep a gradient from being too long",
        task="Write `clip(g, largest)`: the gradient g itself where its length is at most `largest`, else one of that "
        "length in "
        "the same direction.",
        equations=("g min(1, largest / |g|)", "|g| = √(Σ g²)"),
        hints=(
            "[3, 4] has the length 5. At most 1 it becomes [0.6, 0.8].",
            "np.clip works entry by entry and turns the direction.",
            "What happens at a gradient of zero? 0 / 0 must not arise.",
        ),
        thing="clip",
        code=function_code("clip(g, largest)", "g, no longer than largest."),
        reference=_clip,
        tables=lambda rng: (np.round(rng.normal(size=4) * 3, 2), 1.5),
        given=((np.array([3.0, 4.0]), 1.0), (np.array([0.3, 0.4]), 1.0)),
        awkward=(("A gradient of zero stays zero, without NaN.", (np.zeros(3), 1.0)),),
        slips={
            "every entry is clipped by itself, which turns the direction": lambda g, most: np.clip(g, -most, most),
            "it is always brought to that length, also when it is shorter": lambda g, most: (
                g * most / np.linalg.norm(g)
            ),
            "the length is the sum of the absolute values, not the root of the squares": lambda g, most: (
                g * min(1.0, most / np.abs(g).sum())
            ),
        },
        read="Goodfellow, Bengio, Courville, Deep Learning, 10.11.1: clipping gradients",
    ),
]
