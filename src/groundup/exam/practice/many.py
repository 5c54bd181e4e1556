# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Many classes: one-hot labels, cross-entropy, softmax regression, weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.practice.calls import Calls
from groundup.exam.practice.classes import X2
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.exam.practice.lines import table
from groundup.formulas import activations, losses

Array = Any
CLASSES = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.1"
Z3 = np.array([[2.0, 0.0, -1.0], [0.5, 1.0, 0.0], [0.0, 0.0, 3.0]])
Y3 = np.array([0, 2, 2])
SOFTMAX = activations.NAMES["softmax"]


def _many(rng: Any) -> tuple[Any, ...]:
    X = table(rng, 6)[0]
    W = np.round(rng.normal(size=(3, 4)), 2)
    return X, rng.permutation(np.array([0, 1, 2, 3, 1, 0])), W, np.round(rng.normal(size=4), 2)


def _one_hot(y: Array, classes: int) -> Array:
    return np.eye(classes)[y]


def _softmax_gradient(X: Array, y: Array, W: Array, b: Array) -> tuple[Array, Array]:
    G = (SOFTMAX(X @ W + b) - _one_hot(y, len(b))) / len(y)
    return X.T @ G, G.sum(axis=0)


def _mean_cross_entropy(Z: Array, y: Array) -> float:
    return float(np.mean(losses.cross_entropy.value(Z, _one_hot(y, Z.shape[1]))))


def _weights(y: Array) -> Array:
    values, counts = np.unique(y, return_counts=True)
    share = dict(zip(values.tolist(), (len(y) / (len(values) * counts)).tolist(), strict=True))
    return np.array([share[v] for v in y.tolist()])


def _smoothed(Y: Array, share: float) -> Array:
    return (1 - share) * Y + share / Y.shape[1]


EXERCISES: list[Exercise] = [
    Calls(
        name="one_hot",
        topic="classes",
        title="labels as rows of 0 and 1",
        task="Write `one_hot(y, classes)`: for labels 0, 1, ..., classes - 1 a matrix with one row for each label, 1 "
        "in the column "
        "of the label and 0 elsewhere.",
        equations=("Y[i, k] = 1 if y[i] = k else 0",),
        hints=(
            "The matrix has `classes` columns, also when the last class does not occur.",
            "Row 2 of the unit matrix is the one-hot row of label 2.",
            "y[:, None] == np.arange(classes) compares every label with every class.",
        ),
        thing="one_hot",
        code=function_code("one_hot(y, classes)", "(rows, classes), 1 at the label."),
        reference=_one_hot,
        tables=lambda rng: (rng.integers(0, 4, 7), 5),
        given=((np.array([0, 2, 1]), 3),),
        awkward=(("A class that does not occur has a column too.", (np.array([0, 0]), 3)),),
        slips={"a class that does not occur has no column": lambda y, k: np.eye(int(y.max()) + 1)[y]},
        whole=False,
        read=CLASSES,
    ),
    Calls(
        name="cross_entropy_of_scores",
        topic="classes",
        title="the cross-entropy of many classes, from scores",
        task="Write `cross_entropy(Z, y)`: the mean over the rows of minus the log of the probability that softmax "
        "gives to the "
        "label. Z has one column for each class, y holds labels 0, 1, 2, ...",
        equations=("mean of -log softmax(Z)[row, y[row]] = mean of log Σ e^Z[row] - Z[row, y[row]]",),
        hints=(
            "Z[np.arange(len(y)), y] takes the score of the label in each row.",
            "log Σ e^z = m + log Σ e^(z - m), with m the largest score of the row.",
            "log(softmax) is log 0 where a score is far below the others; the second form never is.",
        ),
        thing="cross_entropy",
        code=function_code("cross_entropy(Z, y)", "The mean of log Σ e^z - z[label]."),
        reference=_mean_cross_entropy,
        tables=lambda rng: (np.round(rng.normal(size=(6, 3)) * 2, 2), rng.integers(0, 3, 6)),
        given=((Z3, Y3),),
        awkward=(
            ("Scores of a thousand are no trouble.", (1000 * Z3, Y3)),
            ("Adding a number to a whole row changes nothing.", (Z3 + np.array([[5.0], [-300.0], [800.0]]), Y3)),
        ),
        slips={
            "it is summed over the rows, not averaged": lambda Z, y: _mean_cross_entropy(Z, y) * len(y),
            "it is averaged over all entries, not over the rows": lambda Z, y: _mean_cross_entropy(Z, y) / Z.shape[1],
            "softmax runs over the columns, not the rows": lambda Z, y: float(
                -np.mean(np.log(SOFTMAX(Z.T).T[np.arange(len(y)), y]))
            ),
        },
        read=CLASSES,
    ),
    Calls(
        name="softmax_line_gradient",
        topic="classes",
        title="the gradient of softmax regression",
        task="Write `gradient(X, y, W, b)`: the gradient of the mean cross-entropy with respect to W (features x "
        "classes) and b "
        "(classes), for labels 0, 1, 2, ...",
        equations=("loss = mean of -log softmax(X W + b)[row, y[row]]",),
        hints=(
            "With respect to the scores of a row it is softmax minus the one-hot label.",
            "X' times that has the shape of W. Over which axis is it summed for b?",
            "Divide by the number of rows, once.",
        ),
        thing="gradient",
        code=function_code("gradient(X, y, W, b)", "d loss / d W and d loss / d b."),
        reference=_softmax_gradient,
        tables=_many,
        given=((X2, np.array([0, 1, 2, 1]), np.zeros((1, 3)), np.zeros(3)),),
        awkward=(
            (
                "Scores of a thousand are no trouble.",
                (1000 * X2, np.array([0, 1, 2, 1]), np.array([[1.0, 0.0, -1.0]]), np.zeros(3)),
            ),
        ),
        slips={
            "the gradient is summed over the rows, not averaged": lambda X, y, W, b: tuple(
                len(y) * g for g in _softmax_gradient(X, y, W, b)
            ),
            "the label is subtracted as a number, not one-hot": lambda X, y, W, b: (
                X.T @ (SOFTMAX(X @ W + b) - y[:, None]) / len(y),
                (SOFTMAX(X @ W + b) - y[:, None]).mean(axis=0),
            ),
            "softmax runs over the rows, not the classes": lambda X, y, W, b: (
                X.T @ (SOFTMAX((X @ W + b).T).T - _one_hot(y, len(b))) / len(y),
                (SOFTMAX((X @ W + b).T).T - _one_hot(y, len(b))).mean(axis=0),
            ),
            "the bias gradient is summed over the rows while that of the weights is averaged": lambda X, y, W, b: (
                _softmax_gradient(X, y, W, b)[0],
                len(y) * _softmax_gradient(X, y, W, b)[1],
            ),
        },
        read=CLASSES,
    ),
    Calls(
        name="label_smoothing",
        topic="classes",
        title="labels that are not quite sure",
        task="Write `smooth(Y, share)`: one-hot labels Y of which the share is taken from the label and spread evenly "
        "over all "
        "classes, the label among them.",
        equations=("(1 - share) Y + share / K, with K classes",),
        hints=(
            "Each row still sums to 1.",
            "Y.shape[1] is K.",
            "The label gets its part of the share back: K, not K - 1.",
        ),
        thing="smooth",
        code=function_code("smooth(Y, share)", "(1 - share) Y + share / K."),
        reference=_smoothed,
        tables=lambda rng: (_one_hot(rng.integers(0, 3, 5), 3), 0.1),
        given=((np.eye(3)[[0, 2]], 0.1),),
        awkward=(("A share of 0 changes nothing.", (np.eye(3), 0.0)),),
        slips={
            "the share is spread over the other K - 1 classes only": lambda Y, s: (
                (1 - s) * Y + s / (Y.shape[1] - 1) * (1 - Y)
            )
        },
        whole=False,
        read="Goodfellow, Bengio, Courville, Deep Learning, 7.5.1: noise at the output targets",
    ),
    Calls(
        name="balanced_weights",
        topic="classes",
        title="weights that make classes count alike",
        task="Write `balanced_weights(y)`: a weight for each row, such that every class has the same sum of weights "
        "and all "
        "weights together sum to the number of rows.",
        equations=("weight of a row = n / (K x number of rows of its class)",),
        hints=(
            "Three rows of class 0 and one of class 1: weights 2/3 and 2.",
            "np.unique(y, return_counts=True, return_inverse=True) gives classes, counts and places.",
            "K counts the classes that occur.",
        ),
        thing="balanced_weights",
        code=function_code("balanced_weights(y)", "n / (K x rows of the class), for each row."),
        reference=_weights,
        tables=lambda rng: (rng.permutation(np.array([0, 0, 0, 1, 1, 2, 2, 2, 2])),),
        given=((np.array([0, 0, 1, 0]),),),
        awkward=(("Labels with gaps count the classes that occur.", (np.array([5, 5, 9, 5]),)),),
        slips={
            "the number of classes is left out": lambda y: _weights(y) * len(np.unique(y)),
            "frequent classes get the large weights": lambda y: 1 / _weights(y),
        },
        whole=False,
        read=CLASSES,
    ),
]
