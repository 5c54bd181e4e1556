# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""The best line at once: its weights, its noise, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.practice.calls import Calls
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.exam.practice.lines import READ, ROWS, SMALL, table

Array = Any


def _best(X: Array, y: Array) -> tuple[Array, float]:
    A = X - X.mean(axis=0)
    w = np.linalg.lstsq(A, y - y.mean(), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


def _no_bias(X: Array, y: Array) -> tuple[Array, float]:
    return np.linalg.lstsq(X, y, rcond=None)[0], 0.0


def _variance(X: Array, y: Array, over: Callable[[Array], int]) -> Array:
    w, b = _best(X, y)
    return np.sum((y - X @ w - b) ** 2) / over(X)


def _errors(X: Array, y: Array, over: Callable[[Array], int]) -> Array:
    A = np.column_stack([X, np.ones(len(X))])
    return np.sqrt(_variance(X, y, over) * np.diag(np.linalg.inv(A.T @ A)))


def _free(X: Array) -> int:
    return len(X) - X.shape[1] - 1


STEEP = np.array([1e8, 1e8 + 1, 1e8 + 2, 1e8 + 4])


EXERCISES: list[Exercise] = [
    Calls(
        name="one_feature_line",
        topic="lines",
        title="the best line through points",
        task="Write `line(x, y)`: the slope and the intercept with the smallest sum of squared errors, in this order, "
        "for one feature x and labels y, both arrays. It must also be right where x is far from zero.",
        equations=("slope = Σ (x - x̄) (y - ȳ) / Σ (x - x̄)²", "intercept = ȳ - slope x̄"),
        hints=(
            "x̄ is the mean of x. Both sums run over the rows.",
            "Σ x² - n x̄² is the same on paper, and loses all its digits at x = 100,000,000.",
            "Subtract the means first; what is left is small and keeps its digits.",
        ),
        thing="line",
        code=function_code("line(x, y)", "Slope and intercept of the least squares line."),
        reference=lambda x, y: (_best(x[:, None], y)[0][0], _best(x[:, None], y)[1]),
        tables=lambda rng: (table(rng, 6)[0][:, 0], table(rng, 6)[1]),
        given=((np.array([1.0, 2.0, 4.0]), np.array([3.0, 4.0, 9.0])),),
        awkward=(("At 100,000,000 the slope keeps its digits.", (STEEP, np.array([1.0, 3.0, 5.0, 9.0]))),),
        slips={"the line is forced through the origin": lambda x, y: (np.sum(x * y) / np.sum(x * x), 0.0)},
        tolerance=1e-6,
        read=READ,
    ),
    Calls(
        name="best_weights",
        topic="lines",
        title="the best weights and bias at once",
        task=f"Write `solve(X, y)`: the weights and the bias with the smallest sum of squared errors, in this order. "
        f"{ROWS}",
        equations=("X'(y - X w - b) = 0 and Σ (y - X w - b) = 0",),
        hints=(
            "A column of ones makes the bias a weight; or subtract the means first, and find the bias at the end.",
            "np.linalg.solve works on the square matrix A'A; np.linalg.lstsq works on A itself, with twice the digits.",
            "Is it still right when every column is moved by 1,000,000? Subtracting the means makes it so.",
        ),
        thing="solve",
        code=function_code("solve(X, y)", "Weights and bias of least squares."),
        reference=_best,
        tables=lambda rng: table(rng, 9),
        given=((np.array([[1.0, 0.0], [2.0, 1.0], [4.0, 1.0], [3.0, -2.0]]), np.array([3.0, 4.0, 9.0, 5.0])),),
        awkward=(
            (
                "Columns that are far from zero are no trouble.",
                (np.array([[1e6], [1e6 + 1], [1e6 + 3]]), np.array([1.0, 2.0, 5.0])),
            ),
        ),
        slips={"the bias is forgotten: the line is forced through the origin": _no_bias},
        tolerance=1e-5,
        read=READ,
    ),
    Calls(
        name="noise_variance",
        topic="lines",
        title="how large the noise is",
        task=f"Write `variance(X, y)`: the estimate of the noise's variance from the residuals of the best line. "
        f"{ROWS} With n "
        "rows and p columns, p + 1 numbers were fitted.",
        equations=("s² = Σ (y - X w - b)² / (n - p - 1)",),
        hints=(
            "Find the best weights and bias first; the residuals are what is left.",
            "The residuals are smaller than the noise, because the line was fitted to it: so the divisor is not n.",
            "The bias was fitted too, and counts.",
        ),
        thing="variance",
        code=function_code("variance(X, y)", "The unbiased estimate of the noise's variance."),
        reference=lambda X, y: _variance(X, y, _free),
        tables=lambda rng: table(rng, 8),
        given=(SMALL,),
        slips={
            "it is divided by n, not by n - p - 1": lambda X, y: _variance(X, y, len),
            "the bias is not counted: n - p for n - p - 1": lambda X, y: _variance(X, y, lambda A: len(A) - A.shape[1]),
            "it is the standard deviation, not the variance": lambda X, y: _variance(X, y, _free) ** 0.5,
        },
        read=READ,
    ),
    Calls(
        name="standard_errors",
        topic="lines",
        title="how sure the weights are",
        task="Write `standard_errors(X, y)` of the least squares weights and, last, of the bias: one array of p + 1 "
        "numbers. "
        "A is X with a column of ones behind it.",
        equations=("se = √(s² diag((A'A)⁻¹))", "s² = Σ (y - X w - b)² / (n - p - 1)"),
        hints=(
            "The exercise noise_variance comes first.",
            "np.column_stack([X, np.ones(len(X))]) is A, with the bias last.",
            "The root is taken at the end, entry by entry of the diagonal.",
        ),
        thing="standard_errors",
        code=function_code("standard_errors(X, y)", "Of the weights and, last, of the bias."),
        reference=lambda X, y: _errors(X, y, _free),
        tables=lambda rng: table(rng, 8),
        given=(SMALL,),
        slips={
            "the root is forgotten: these are variances": lambda X, y: _errors(X, y, _free) ** 2,
            "the noise is divided by n, not by n - p - 1": lambda X, y: _errors(X, y, len),
            "the bias comes first, not last": lambda X, y: np.roll(_errors(X, y, _free), 1),
        },
        tolerance=1e-7,
        read=READ,
    ),
]
