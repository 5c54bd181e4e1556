# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Rows kept apart for the test, and small tools for tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, P
from groundup.exam.practice.calls import Answer, Calls
from groundup.exam.practice.data import NEW, READ, two_tables
from groundup.exam.practice.exercise import Exercise, function_code

Array = Any


def _split(f: Answer, rng: Any, seed: int = 3, n: int = 20) -> tuple[Array, Array, Array, Array]:
    X = np.arange(2.0 * n).reshape(n, 2)
    found = f.thing(X, np.arange(n), 0.25, seed)
    return tuple(np.asarray(part) for part in found)  # pyright: ignore[reportReturnType]


def _each_row_once(f: Answer, rng: Any) -> Evidence:
    _, _, y_train, y_test = _split(f, rng)
    rows = sorted([*y_train.ravel().tolist(), *y_test.ravel().tolist()])
    both = len(set(y_train.ravel().tolist()) & set(y_test.ravel().tolist()))
    lost = 20 - len(set(rows))
    return Evidence(float(both + lost), 0.0, f"of 20 rows {both} are in both parts and {lost} in none")


def _pairs_stay(f: Answer, rng: Any) -> Evidence:
    X_train, X_test, y_train, y_test = _split(f, rng)
    wrong = sum(int(np.sum(X[:, 0] != 2 * y)) for X, y in ((X_train, y_train), (X_test, y_test)))
    return Evidence(float(wrong), 0.0, f"{wrong} of 20 rows have the label of another row")


def _sizes(f: Answer, rng: Any) -> Evidence:
    _, X_test, _, _ = _split(f, rng)
    return Evidence(abs(float(len(X_test) - 5)), 0.0, f"a share of 0.25 of 20 rows gave {len(X_test)} test rows, not 5")


def _same_seed(f: Answer, rng: Any) -> Evidence:
    one, two = _split(f, rng), _split(f, rng)
    gap = sum(not np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    return Evidence(float(gap), 0.0, f"with the same seed {gap} of 4 parts differ")


def _other_seed(f: Answer, rng: Any) -> Evidence:
    found = {tuple(_split(f, rng, seed)[3].tolist()) for seed in range(8)}
    return Evidence(float(len(found) < 2), 0.0, f"eight seeds gave {len(found)} different test sets")


def _global_state(f: Answer, rng: Any) -> Evidence:
    np.random.seed(11)
    expected = np.random.random()
    np.random.seed(11)
    _split(f, rng)
    moved = np.random.random() != expected
    return Evidence(float(moved), 0.0, "NumPy's global generator was moved" if moved else "it was left alone")


def _evenly(f: Answer, rng: Any) -> Evidence:
    """Each row is in a quarter of the test sets: 400 seeds, a count in Binomial(400, 1/4), but for 1e-9 in all."""
    from groundup.exam.boundary import binomial

    low, high = binomial(400, 0.25, p=1e-9 / 20)
    counts = np.zeros(20, dtype=int)
    for seed in range(400):
        counts[_split(f, rng, seed)[3].ravel().astype(int)] += 1
    worst = int(counts[np.argmax(np.abs(counts - 100))])
    return Evidence(float(worst), (float(low), float(high)), f"one row was in {worst} of 400 test sets")


def _merged(n1: int, mean1: float, var1: float, n2: int, mean2: float, var2: float) -> tuple[float, float]:
    n = n1 + n2
    gap = mean2 - mean1
    return mean1 + gap * n2 / n, (n1 * var1 + n2 * var2 + gap * gap * n1 * n2 / n) / n


def _part(rng: Any) -> tuple[int, float, float]:
    return int(rng.integers(1, 9)), float(np.round(rng.normal() * 5, 2)), float(np.round(rng.random() * 4, 2))


def _split_shapes(X: Array, y: Array, share: float, seed: int) -> tuple[Array, ...]:
    rows = round(share * len(X))
    return tuple(np.array(s) for s in ((len(X) - rows, X.shape[1]), (rows, X.shape[1]), (len(X) - rows,), (rows,)))


def _with_ones(X: Array) -> Array:
    return np.column_stack([np.ones(len(X)), X])


EXERCISES: list[Exercise] = [
    Calls(
        name="split_rows",
        topic="data",
        title="rows kept apart for the test",
        task="Write `split(X, y, test_share, seed)`: shuffle the rows and keep a share of them apart. It returns "
        "X_train, X_test, "
        "y_train, y_test, in this order; there are round(test_share x rows) test rows. The seed decides; NumPy's "
        "global generator is "
        "left alone.",
        equations=("test rows = round(test_share x rows)",),
        hints=(
            "One order of the rows for X and y: a permutation of the row numbers.",
            "np.random.default_rng(seed) is a generator of your own; np.random.seed changes everybody's.",
            "The first so many of the shuffled numbers are the test, all others the training.",
        ),
        thing="split",
        code=function_code("split(X, y, test_share, seed)", "X_train, X_test, y_train, y_test."),
        ask=lambda split, X, y, share, seed: tuple(np.shape(part) for part in split(X, y, share, seed)),
        reference=_split_shapes,
        tables=lambda rng: (rng.normal(size=(12, 3)), np.arange(12.0), 0.25, int(rng.integers(100))),
        laws=(
            ("Every row is in one of the parts, and in one only.", _each_row_once),
            ("A row keeps its label.", _pairs_stay),
            ("A quarter of 20 rows is 5.", _sizes),
            ("The same seed gives the same parts.", _same_seed),
            ("Another seed gives other parts.", _other_seed),
            ("NumPy's global generator is left alone.", _global_state),
            ("Every row is as likely in the test as any other.", _evenly, P),
        ),
        read=READ,
    ),
    Calls(
        name="add_ones",
        topic="data",
        title="a column of ones",
        task="Write `add_ones(X)`: X with a column of ones before its columns, so that the bias is a weight like the "
        "others.",
        equations=("[1, X]",),
        hints=("np.ones(len(X)) is the column.", "np.column_stack puts columns side by side.", "The ones come first."),
        thing="add_ones",
        code=function_code("add_ones(X)", "X with ones in its first column."),
        reference=_with_ones,
        tables=lambda rng: (two_tables(rng)[0],),
        given=((NEW,),),
        awkward=(("No rows stay no rows.", (np.zeros((0, 2)),)),),
        slips={"the ones come last": lambda X: np.column_stack([X, np.ones(len(X))])},
        read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2.3",
    ),
    Calls(
        name="polynomial_features",
        topic="data",
        title="powers of a feature",
        task="Write `powers(x, degree)`: a matrix with the columns x, x², ..., up to x to the power of the degree; x "
        "is one feature.",
        equations=("X[i, k] = x[i]^(k + 1), for k = 0, ..., degree - 1",),
        hints=(
            "There is no column of ones: the bias has its own place.",
            "x[:, None] ** np.arange(...) does all columns at once.",
            "Whole numbers to the power of 30 do not fit in 64 bits: make them floats first.",
        ),
        thing="powers",
        code=function_code("powers(x, degree)", "Columns x, x², ..., x^degree."),
        reference=lambda x, degree: np.asarray(x, dtype=float)[:, None] ** np.arange(1, degree + 1),
        tables=lambda rng: (np.round(rng.normal(size=5), 2), 4),
        given=((np.array([1.0, 2.0, -3.0]), 3),),
        awkward=(("Whole numbers do not overflow.", (np.array([2, 10]), 25)),),
        slips={
            "there is a column of ones, which is the bias's business": lambda x, degree: (
                x[:, None] ** np.arange(degree + 1)
            )
        },
        read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 5.1",
    ),
    Calls(
        name="merge_means",
        topic="data",
        title="mean and variance of two parts together",
        task="Write `merge(n1, mean1, variance1, n2, mean2, variance2)`: the mean and the variance (over n) of all "
        "rows, from those of "
        "two parts, without the rows. So a table larger than memory is standardised.",
        equations=(
            "mean = (n1 mean1 + n2 mean2) / (n1 + n2)",
            "variance = (n1 variance1 + n2 variance2 + (mean2 - mean1)² n1 n2 / (n1 + n2)) / (n1 + n2)",
        ),
        hints=(
            "Check it with the rows [1, 3] and [5]: together mean 3 and variance 8/3.",
            "The parts' own variances do not know how far apart their means are.",
            "Means of squares minus squares of means lose their digits where the mean is large.",
        ),
        thing="merge",
        code=function_code("merge(n1, mean1, variance1, n2, mean2, variance2)", "Mean and variance of all rows."),
        reference=_merged,
        tables=lambda rng: (*_part(rng), *_part(rng)),
        given=((2, 2.0, 1.0, 1, 5.0, 0.0),),
        awkward=(("Means of 1,000,000,000 lose no digits.", (3, 1e9, 2.0, 5, 1e9 + 3, 4.0)),),
        slips={
            "the mean of the means, whatever the sizes": lambda n1, m1, v1, n2, m2, v2: (
                (m1 + m2) / 2,
                _merged(n1, m1, v1, n2, m2, v2)[1],
            ),
            "the distance of the two means is left out of the variance": lambda n1, m1, v1, n2, m2, v2: (
                _merged(n1, m1, v1, n2, m2, v2)[0],
                (n1 * v1 + n2 * v2) / (n1 + n2),
            ),
        },
        whole=False,
        read="Chan, Golub, LeVeque, Algorithms for computing the sample variance (1983)",
    ),
]
