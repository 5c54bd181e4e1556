# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Two classes and many: probabilities, their losses and gradients, labels, and metrics with more arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.practice.calls import Calls
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.exam.practice.lines import table
from groundup.formulas import activations, losses

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4: logistic regression"
X2 = np.array([[-1.0], [0.5], [2.0], [1.0]])
Y2 = np.array([0, 1, 0, 1])
SIGMOID = activations.NAMES["sigmoid"]


def two_classes(rng: Any) -> tuple[Any, ...]:
    """Rows, labels 0 and 1, weights and a bias."""
    X = table(rng, 8)[0]
    return X, rng.permutation(np.array([0, 1, 1, 0, 1, 0, 0, 0])), np.round(rng.normal(size=3), 2), 0.3


def _logistic(X: Array, y: Array, w: Array, b: float) -> tuple[Array, Array]:
    g = SIGMOID(X @ w + b) - y
    return X.T @ g / len(y), g.mean()


def _logistic_with(
    change: Callable[[Array, Array], Array], weights: float = 1.0, bias: float = 1.0
) -> Callable[..., Any]:
    """`change(p, y)` in place of p - y, and factors on the two means."""

    def wrong(X: Array, y: Array, w: Array, b: float) -> tuple[Array, Array]:
        g = change(SIGMOID(X @ w + b), y)
        n = len(y)
        return X.T @ g / n * (n if weights == 0 else weights), g.mean() * (n if bias == 0 else bias)

    return wrong


def _log_loss(z: Array, y: Array) -> float:
    return float(np.mean(losses.logistic.value(z, y)))


def _clipped(z: Array, y: Array) -> float:
    p = np.clip(SIGMOID(z), 1e-15, 1 - 1e-15)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


CHANCES = np.array([0.9, 0.5, 0.2, 0.7])


EXERCISES: list[Exercise] = [
    Calls(
        name="chances",
        topic="classes",
        title="how likely each row is of class 1",
        task="Write `chances(X, w, b)`: the probability of class 1 for every row. Scores of a thousand are no trouble.",
        equations=("p = sigmoid(X w + b)",),
        hints=(
            "The exercises predict_line and sigmoid, one after the other.",
            "e^1000 is more than a float can hold. Which form of the sigmoid takes only exponents below zero?",
            "For negative scores, e^z / (1 + e^z) is the same number.",
        ),
        thing="chances",
        code=function_code("chances(X, w, b)", "sigmoid(X w + b)."),
        reference=lambda X, w, b: SIGMOID(X @ w + b),
        tables=lambda rng: (table(rng)[0], np.round(rng.normal(size=3), 2), 0.3),
        given=((X2, np.array([1.0]), 0.0),),
        awkward=(("Scores of 1000 and -1000 give 1 and 0.", (np.array([[1000.0], [-1000.0]]), np.array([1.0]), 0.0)),),
        slips={
            "the bias is left out": lambda X, w, b: SIGMOID(X @ w),
            "these are the chances of class 0": lambda X, w, b: SIGMOID(-X @ w - b),
            "these are scores, not yet chances": lambda X, w, b: X @ w + b,
        },
        read=READ,
    ),
    Calls(
        name="decide",
        topic="classes",
        title="from chances to labels",
        task="Write `decide(p, threshold)`: 1 where the chance of class 1 is at least the threshold, else 0; whole "
        "numbers.",
        equations=("1 if p ≥ threshold else 0",),
        hints=(
            "A comparison of arrays gives True and False; .astype(int) makes 1 and 0 of them.",
            "At least: exactly the threshold counts as 1.",
            "np.round breaks ties to the even number, and knows one threshold only.",
        ),
        thing="decide",
        code=function_code("decide(p, threshold=0.5)", "1 where p ≥ threshold, else 0."),
        reference=lambda p, t: (p >= t).astype(int),
        tables=lambda rng: (np.round(rng.random(9), 1), float(np.round(rng.random(), 1))),
        given=((CHANCES, 0.5), (CHANCES, 0.8)),
        awkward=(("Exactly the threshold is class 1.", (np.array([0.25, 0.5, 0.75]), 0.75)),),
        slips={
            "exactly the threshold is taken as 0": lambda p, t: (p > t).astype(int),
            "the threshold is not used: it is always 1/2": lambda p, t: (p >= 0.5).astype(int),
            "0 and 1 are exchanged": lambda p, t: (p < t).astype(int),
        },
        whole=False,
        narrow=False,
        read=READ,
    ),
    Calls(
        name="log_loss_of_scores",
        topic="classes",
        title="the log loss, straight from scores",
        task="Write `log_loss(z, y)`: the mean log loss of scores z for labels y (0 and 1), without a detour over "
        "probabilities "
        "that lose their digits.",
        equations=("mean of log(1 + e^z) - y z",),
        hints=(
            "log(1 + e^z) overflows at z = 710, though its value there is just z.",
            "np.logaddexp(0, z) is log(e^0 + e^z), and never overflows.",
            "A clipped probability gives at most 34.5; a score of -1000 with label 1 costs 1000.",
        ),
        thing="log_loss",
        code=function_code("log_loss(z, y)", "The mean of log(1 + e^z) - y z."),
        reference=_log_loss,
        tables=lambda rng: (np.round(rng.normal(size=8) * 3, 2), two_classes(rng)[1]),
        given=((np.array([2.0, -1.0, 0.0]), np.array([1, 0, 1])),),
        awkward=(
            ("A score of 1000 on the wrong side costs 1000.", (np.array([1000.0, -1000.0]), np.array([0, 1]))),
            ("A score of 1000 on the right side costs nothing.", (np.array([1000.0, -1000.0]), np.array([1, 0]))),
        ),
        slips={
            "it is summed, not averaged": lambda z, y: _log_loss(z, y) * len(y),
            "the probabilities are clipped": _clipped,
            "logarithms are to the base 2": lambda z, y: _log_loss(z, y) / np.log(2),
            "labels 0 and 1 are exchanged": lambda z, y: _log_loss(z, 1 - y),
        },
        tolerance=1e-8,
        read=READ,
    ),
    Calls(
        name="logistic_line_gradient",
        topic="classes",
        title="the gradient of logistic regression",
        task="Write `gradient(X, y, w, b)`: the gradient of the mean log loss with respect to the weights and the "
        "bias, for labels "
        "0 and 1.",
        equations=("loss = mean of log(1 + e^z) - y z, with z = X w + b",),
        hints=(
            "With respect to a score the cost of its row has the slope sigmoid(z) - y: as simple as for a line.",
            "Then X' brings it to the weights, and the mean to both.",
            "There is no factor p (1 - p): that belongs to the squared error of a probability.",
        ),
        thing="gradient",
        code=function_code("gradient(X, y, w, b)", "d loss / d w and d loss / d b."),
        reference=_logistic,
        tables=two_classes,
        given=((X2, Y2, np.array([0.0]), 0.0), (X2, Y2, np.array([1.0]), -0.5)),
        awkward=(("Scores of a thousand are no trouble.", (1000 * X2, Y2, np.array([1.0]), 0.0)),),
        slips={
            "this is the gradient of the squared error: the factor p (1 - p) does not belong here": _logistic_with(
                lambda p, y: (p - y) * p * (1 - p)
            ),
            "the gradient is summed over the rows, not averaged": _logistic_with(lambda p, y: p - y, 0, 0),
            "the bias gradient is summed over the rows while that of the weights is averaged": _logistic_with(
                lambda p, y: p - y, 1, 0
            ),
            "labels -1 and 1 are taken, where they are 0 and 1": _logistic_with(lambda p, y: p - (2 * y - 1)),
            "the sigmoid is left out: this is the gradient of a line": lambda X, y, w, b: (
                X.T @ (X @ w + b - y) / len(y),
                np.mean(X @ w + b - y),
            ),
        },
        read=READ,
    ),
    Calls(
        name="cross_entropy_of_chances",
        topic="classes",
        title="what a chance costs when the label is known",
        task="Write `cost(y, p)`: for each row the cost of the chance p of class 1 where the label is y; a label "
        "between 0 and 1 is a "
        "soft one. Chances of exactly 0 and 1 cost nothing where they are right, and infinity where they are wrong.",
        equations=("-(y log p + (1 - y) log(1 - p)), with 0 log 0 = 0",),
        hints=(
            "0 x log 0 is NaN for a computer; here it is to be 0.",
            "np.where(y > 0, y * np.log(p), 0) still works out the log of 0, and warns; np.errstate keeps it quiet.",
            "Clipping p would make infinity finite, and this cost is to be honest.",
        ),
        thing="cost",
        code=function_code("cost(y, p)", "-(y log p + (1 - y) log(1 - p)), row by row."),
        reference=losses.bce_from_probability,
        tables=lambda rng: (two_classes(rng)[1].astype(float), np.round(np.clip(rng.random(8), 0.02, 0.98), 2)),
        given=((np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.2, 0.5])),),
        awkward=(
            ("A chance of 0 or 1 that is right costs nothing.", (np.array([1.0, 0.0]), np.array([1.0, 0.0]))),
            ("A chance of 0 or 1 that is wrong costs infinity.", (np.array([0.0, 1.0]), np.array([1.0, 0.0]))),
        ),
        slips={"it is averaged; each row is asked for": lambda y, p: np.mean(losses.bce_from_probability(y, p))},
        whole=False,
        read=READ,
    ),
]
