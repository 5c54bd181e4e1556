# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Metrics with more arguments than a label and a prediction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.practice.calls import Calls
from groundup.exam.practice.classes import READ, two_classes
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.exam.practice.many import Y3
from groundup.formulas import metrics

Array = Any
TELLING = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 9.2.5: sensitivity and specificity"
FITTING = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.2"
QUANTILES = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 10.6"


def _confusion(y: Array, prediction: Array, classes: int) -> Array:
    C = np.zeros((classes, classes), dtype=int)
    np.add.at(C, (y, prediction), 1)
    return C


def _averaged(average: str) -> Callable[..., Any]:
    return lambda y, p: metrics.f1(y, p, average=average, zero_division=0)  # pyright: ignore[reportArgumentType]


CODES = (np.array([0, 0, 1, 2, 2, 2, 1]), np.array([0, 1, 1, 2, 2, 0, 1]))


def _codes(rng: Any) -> tuple[Array, Array]:
    return rng.permutation(np.array([0, 0, 0, 1, 1, 2, 2, 1, 0])), rng.permutation(
        np.array([0, 1, 0, 1, 1, 1, 0, 2, 1])
    )


def _spread(rng: Any) -> tuple[Array, Array]:
    y = np.round(rng.normal(size=9) * 3, 2)
    return y, np.round(y + rng.normal(size=9), 2)


EXERCISES: list[Exercise] = [
    Calls(
        name="confusion_matrix",
        topic="metrics",
        title="who is taken for whom",
        task="Write `confusion_matrix(y, prediction, classes)`: a square of counts: row i, column j tells how many "
        "rows of label i "
        "were predicted as j.",
        equations=("C[i, j] = number of rows with y = i and prediction = j",),
        hints=(
            "Its sum is the number of rows; its diagonal is what is right.",
            "C[y, prediction] += 1 counts a pair once only; np.add.at counts it each time.",
            "Rows are the truth, columns the prediction.",
        ),
        thing="confusion_matrix",
        code=function_code("confusion_matrix(y, prediction, classes)", "Counts: rows are labels, columns predictions."),
        reference=_confusion,
        tables=lambda rng: (*_codes(rng), 3),
        given=((*CODES, 3),),
        awkward=(("A class that does not occur has a row and a column.", (np.array([0, 0]), np.array([0, 2]), 4)),),
        slips={
            "a pair that occurs often is counted once": lambda y, p, k: np.minimum(_confusion(y, p, k), 1),
            "rows are predictions and columns labels": lambda y, p, k: _confusion(p, y, k),
            "it is divided by the number of rows": lambda y, p, k: _confusion(y, p, k) / len(y),
        },
        whole=False,
        read=TELLING,
    ),
    Calls(
        name="macro_f1",
        topic="metrics",
        title="F1 over classes that count alike",
        task="Write `macro_f1(y, prediction)`: F1 of each class by itself, and their plain mean, over the labels that "
        "occur in y or "
        "in the prediction. A class that is never hit has F1 = 0.",
        equations=("F1 of class k = 2 tp / (2 tp + fp + fn)", "macro F1 = mean over the classes"),
        hints=(
            "For class k: tp counts rows where both are k; fp where only the prediction is; fn where only the label "
            "is.",
            "First F1 of each class, then the mean; not the other way round.",
            "Rare classes count as much as frequent ones: that is what macro means.",
        ),
        thing="macro_f1",
        code=function_code("macro_f1(y, prediction)", "The mean over the classes of their F1."),
        reference=_averaged("macro"),
        tables=_codes,
        given=(CODES,),
        awkward=(
            ("A class that is never predicted counts with 0.", (np.array([0, 1, 2, 2]), np.array([0, 1, 1, 0]))),
            ("A class that is only predicted counts too.", (np.array([0, 1, 1, 0]), np.array([0, 1, 2, 0]))),
        ),
        slips={
            "this is micro F1, which for such labels is the accuracy": _averaged("micro"),
            "classes are weighted by how often they occur": _averaged("weighted"),
        },
        whole=False,
        read=TELLING,
    ),
    Calls(
        name="f_beta",
        topic="metrics",
        title="F with recall that counts more",
        task="Write `f_beta(y, prediction, beta)` for labels 0 and 1: recall counts beta times as much as precision. "
        "Where nothing is "
        "positive, neither in y nor in the prediction, it is 0.",
        equations=("(1 + β²) tp / ((1 + β²) tp + β² fn + fp)",),
        hints=(
            "With beta = 1 it is F1.",
            "fn are the positives that were missed; fp those that were made up. Which of them has the β²?",
            "0 / 0 is to be 0.",
        ),
        thing="f_beta",
        code=function_code("f_beta(y, prediction, beta)", "(1 + β²) tp / ((1 + β²) tp + β² fn + fp)."),
        reference=lambda y, p, beta: metrics.f_beta(y, p, beta, zero_division=0),
        tables=lambda rng: (two_classes(rng)[1], two_classes(rng)[1], 2.0),
        given=((np.array([1, 0, 1, 1, 0]), np.array([1, 1, 0, 0, 0]), 2.0),),
        awkward=(("Nothing positive anywhere gives 0.", (np.zeros(3, dtype=int), np.zeros(3, dtype=int), 2.0)),),
        slips={
            "beta is not squared": lambda y, p, beta: metrics.f_beta(y, p, beta**0.5, zero_division=0),
            "precision and recall are exchanged": lambda y, p, beta: metrics.f_beta(p, y, beta, zero_division=0),
            "beta is not used: this is F1": lambda y, p, beta: metrics.f1(y, p, zero_division=0),
        },
        whole=False,
        read=TELLING,
    ),
    Calls(
        name="top_k_accuracy",
        topic="metrics",
        title="is the label among the best?",
        task="Write `top_k(y, Z, k)`: the share of rows whose label is among the k highest scores of its row. Z has "
        "one column for "
        "each class; no two scores of a row are equal.",
        equations=("mean of [y[row] is among the k largest of Z[row]]",),
        hints=(
            "With k = 1 it is the accuracy; with k = the number of classes it is 1.",
            "np.argsort(Z, axis=1) puts the highest last.",
            "Or count, in each row, how many scores are above that of the label: fewer than k is a hit.",
        ),
        thing="top_k",
        code=function_code("top_k(y, Z, k)", "The share of rows whose label is among the k highest."),
        reference=lambda y, Z, k: metrics.top_k_accuracy(y, Z, k=k, labels=np.arange(Z.shape[1])),
        tables=lambda rng: (rng.integers(0, 4, 7), rng.permuted(np.tile(np.arange(4.0), (7, 1)), axis=1), 2),
        given=((Y3, np.array([[2.0, 0.0, -1.0], [0.5, 1.0, 0.0], [0.0, 1.0, 3.0]]), 2),),
        slips={
            "the k lowest scores are taken": lambda y, Z, k: metrics.top_k_accuracy(
                y, -Z, k=k, labels=np.arange(Z.shape[1])
            )
        },
        whole=False,
        read=TELLING,
    ),
    Calls(
        name="adjusted_r2",
        topic="metrics",
        title="R² that charges for features",
        task="Write `adjusted_r2(y, prediction, n_features)`: R² corrected for the number of features that were "
        "fitted.",
        equations=("1 - (1 - R²) (n - 1) / (n - n_features - 1)", "R² = 1 - Σ (y - prediction)² / Σ (y - ȳ)²"),
        hints=(
            "The exercise r2 comes first.",
            "It is never above R²; without features it is R².",
            "The intercept is the 1 in n - n_features - 1.",
        ),
        thing="adjusted_r2",
        code=function_code("adjusted_r2(y, prediction, n_features)", "1 - (1 - R²) (n - 1) / (n - p - 1)."),
        reference=lambda y, p, k: metrics.adjusted_r2(y, p, k),
        tables=lambda rng: (*_spread(rng), 3),
        given=((np.array([3.0, 5.0, 2.0, 7.0, 4.0]), np.array([2.5, 5.0, 3.0, 6.0, 4.5]), 2),),
        slips={
            "the intercept is not counted: n - p for n - p - 1": lambda y, p, k: metrics.adjusted_r2(y, p, k - 1),
            "this is R² itself": lambda y, p, k: metrics.r2(y, p),
        },
        read=FITTING,
    ),
    Calls(
        name="pinball",
        topic="metrics",
        title="how good a predicted quantile is",
        task="Write `pinball(y, prediction, quantile)`: the mean cost of a predicted quantile: too low costs quantile "
        "for each unit, "
        "too high costs 1 - quantile.",
        equations=("mean of max(q (y - prediction), (q - 1) (y - prediction)), q = quantile",),
        hints=(
            "With quantile = 1/2 it is half of the mean absolute error.",
            "y - prediction is positive where the prediction is too low.",
            "np.maximum of the two halves needs no case by case.",
        ),
        thing="pinball",
        code=function_code("pinball(y, prediction, quantile)", "mean of max(q e, (q - 1) e), e = y - prediction."),
        reference=lambda y, p, q: metrics.pinball(y, p, q),
        tables=lambda rng: (*_spread(rng), 0.9),
        given=((np.array([3.0, 5.0, 2.0]), np.array([2.5, 6.0, 2.0]), 0.9),),
        slips={
            "too high and too low are exchanged": lambda y, p, q: metrics.pinball(y, p, 1 - q),
            "it is summed, not averaged": lambda y, p, q: metrics.pinball(y, p, q) * len(y),
        },
        read=QUANTILES,
    ),
    Calls(
        name="calibration_in_the_large",
        topic="metrics",
        title="are the chances right on average?",
        task="Write `prediction_bias(y, p)`: by how much the mean of the predicted chances p lies above the share of "
        "rows of class 1.",
        equations=("mean of p - mean of y",),
        hints=(
            "Positive where the model expects too many.",
            "A well trained model with a bias has 0 on its own rows.",
            "Two means.",
        ),
        thing="prediction_bias",
        code=function_code("prediction_bias(y, p)", "mean of p - mean of y."),
        reference=lambda y, p: metrics.prediction_bias(y, p),
        tables=lambda rng: (two_classes(rng)[1], np.round(rng.random(8), 2)),
        given=((np.array([1, 0, 0, 1]), np.array([0.9, 0.2, 0.3, 0.8])),),
        slips={"label and prediction are exchanged": lambda y, p: metrics.prediction_bias(p, y)},
        whole=False,
        read=READ,
    ),
]
