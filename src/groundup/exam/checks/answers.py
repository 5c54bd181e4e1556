# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The answer of a linear regression: exact where it is exact, and against the truth it was made from."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import boundary, reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import experiment, tables
from groundup.exam.checks.chance import all_rows, times_the_variance
from groundup.exam.checks.words import NOTHING_NEW, TWINS, UNITS
from groundup.exam.evidence import Evidence, P, check

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.2: least squares"
GOLUB = "Higham, Accuracy and Stability of Numerical Algorithms, 20: the least squares problem"


def sign_of_answer(c: Candidate, table: tables.Table, theta: Array) -> str:
    """Which other question this is the right answer to."""
    X, y = table.X, table.y
    A = reference.with_bias(X)
    best = reference.optimum("regression", X, y)
    through_zero = np.append(np.linalg.lstsq(X, y, rcond=None)[0], 0.0)
    p = X.shape[1]
    others: dict[str, Array] = {
        "no bias": through_zero,
        "bias forgotten": np.append(best[:-1], 0.0),
        "bias is the mean of y": np.append(best[:-1], y.mean()),
        "bias of the wrong sign": best * np.append(np.ones(p), -1),
        "all signs wrong": -best,
        "weights of the wrong sign": best * np.append(-np.ones(p), 1),
        "weights through zero, bias for the mean": np.append(
            through_zero[:-1], y.mean() - X.mean(0) @ through_zero[:-1]
        ),
        "each column by itself": _each_alone(X, y),
        "y not centred": np.append(best[:-1], 0.0) + np.append(np.zeros(p), y.mean()),
        "answer of squares of the bias": np.append(best[:-1], best[-1] ** 2),
        "bias penalised or columns not": np.linalg.solve(A.T @ A + np.eye(p + 1), A.T @ y),
        "a penalty that was not asked for": _ridge(X, y, 1.0),
        "last row left out": reference.optimum("regression", X[:-1], y[:-1]),
        "first row left out": reference.optimum("regression", X[1:], y[1:]),
        "still at zero": np.zeros(p + 1),
    }
    near = [words for words, other in others.items() if np.allclose(theta, other, rtol=1e-5, atol=1e-6)]
    if near:
        return near[0]
    mean = np.append(np.zeros(p), y.mean())
    if np.linalg.norm(theta - mean) < 0.05 * np.linalg.norm(best - mean):
        return "nothing but the mean of y"
    relative = float(np.linalg.norm(theta - best) / np.linalg.norm(best))
    if 1e-9 < relative < 3e-6:
        return "few digits"
    if c.mode == "stochastic":
        return "a matter of chance"
    return "" if np.all(np.isfinite(theta)) else "not finite"


def _each_alone(X: Array, y: Array) -> Array:
    Z = X - X.mean(axis=0)
    slopes = Z.T @ (y - y.mean()) / (Z * Z).sum(axis=0)
    return np.append(slopes, y.mean() - X.mean(axis=0) @ slopes)


def _ridge(X: Array, y: Array, price: float) -> Array:
    Z = X - X.mean(axis=0)
    slopes = np.linalg.solve(Z.T @ Z + price * np.eye(X.shape[1]), Z.T @ (y - y.mean()))
    return np.append(slopes, y.mean() - X.mean(axis=0) @ slopes)


@check(
    "A01",
    "No column of X, and no constant, is left in the residuals: the normal equations hold.",
    tasks="regression",
    boundary="1e-9 of the lengths (1e-7 for who iterates; by chance 6.4 standard errors a column, and a fifth)",
    read=GOLUB,
)
def normal_equations(c: Candidate, rng: Any) -> Evidence:
    """max |X'r| / (|X| |y|), the constant column included.

    Solved at once it is some n eps, 4e-13. But whether an answer was iterated cannot be seen: one that stops at steps
    of 1e-9 leaves 1e-10, and so does a ridge of 1e-9 for safety. Single precision leaves 1e-8. So 1e-9 is between.
    """
    all_rows(c)
    table = tables.numbers(rng, 60 if c.mode != "stochastic" else 600, c.width)
    learnt = c.study(table.X, table.y)
    theta = learnt.theta
    A = reference.with_bias(table.X)
    r = table.y - A @ theta
    left = float(np.abs(A.T @ r / np.linalg.norm(A, axis=0)).max() / np.linalg.norm(table.y))
    allowed = 1e-9 if c.mode == "exact" and c.can >= {"weights"} and not c.can & {"epochs", "tolerance"} else 1e-7
    if c.mode == "stochastic":  # X'r / (|X| noise) varies by at most 1 where half of the rows were left aside
        allowed = float(np.sqrt(1.5 * boundary.chi_square(1, P / 4)[1])) * table.noise / float(np.linalg.norm(table.y))
    if left <= allowed:
        return Evidence(left, allowed, "what the columns could still explain, as a part of y")
    best = reference.optimum("regression", table.X, table.y)
    words = f"the answer was {experiment.say(theta)}; least squares gives {experiment.say(best)}"
    return Evidence(left, allowed, words, sign_of_answer(c, table, theta), experiment.one_answer(c))


@check(
    "A02",
    "The weights lie as near the truth as chance allows, and not nearer.",
    tasks="regression",
    boundary="chi-square of 4 degrees, two-sided",
    false_alarm=P,
    read=READ,
)
def against_the_truth(c: Candidate, rng: Any) -> Evidence:
    """(b - beta)'A'A(b - beta) / sigma²."""
    table = tables.numbers(rng, 400, c.width, noise=1.5)
    theta = c.study(table.X, table.y).theta
    miss = reference.with_bias(table.X) @ (theta - table.truth) / table.noise
    low, high = boundary.chi_square(c.width + 1, P)
    return Evidence(
        float(miss @ miss),
        (low, times_the_variance(c) * high),
        f"the truth was {experiment.say(table.truth)}; found {experiment.say(theta)}",
    )


@check(
    "A03",
    "What its predictions miss has the size of the noise: no more, and no less.",
    tasks="regression",
    needs="predict",
    boundary="chi-square of n - 4 degrees, two-sided",
    false_alarm=P,
    read=READ,
)
def residual_sum(c: Candidate, rng: Any) -> Evidence:
    """RSS / sigma² of its own predictions."""
    table = tables.numbers(rng, 300, c.width, noise=1.5)
    residual = (table.y - c.study(table.X, table.y).predict(table.X)) / table.noise
    bounds = boundary.chi_square(299 - c.width, P)
    total = float(residual @ residual)
    sign = "too large" if total > bounds[1] else "too small"
    return Evidence(total, bounds, f"the squared misses add up to {total:.5g} variances of the noise", sign)


@check(
    "A14",
    "Over 60 fits the errors of the weights are those of chance: no small bias adds up.",
    tasks="regression",
    boundary="chi-square of 240 degrees, two-sided",
    false_alarm=P,
    read=READ,
)
def sixty_fits(c: Candidate, rng: Any) -> Evidence:
    """A bias that no single fit shows."""
    all_rows(c)
    total = 0.0
    for _ in range(60):
        table = tables.numbers(rng, 40, c.width, noise=1.0)
        miss = reference.with_bias(table.X) @ (c.study(table.X, table.y).theta - table.truth)
        total += float(miss @ miss)
    number = 60 * (c.width + 1)
    low, high = boundary.chi_square(number, P)
    return Evidence(
        total, (low, times_the_variance(c) * high), f"the squared errors of {number} weights add up to {total:.5g}"
    )


@check(
    "A16",
    "predict(X) is X w + b with the weights and the bias that it shows.",
    tasks="regression",
    needs="predict weights",
    boundary="1e-9",
    read=READ,
)
def predict_is_the_line(c: Candidate, rng: Any) -> Evidence:
    """Also on rows that it never saw, and far fewer of them."""
    table = tables.numbers(rng, 50, c.width)
    learnt = c.study(table.X, table.y)
    rows = tables.columns(rng, 7, c.width) + 0.5
    mine = learnt.predict(rows)
    theta = learnt.theta
    expected = reference.with_bias(rows) @ theta
    gap = float(np.abs(mine - expected).max() / max(1.0, np.abs(expected).max()))
    sign = ""
    if not gap <= 1e-9:
        raw = learnt.raw
        tests = {
            "predict leaves the bias out": rows @ theta[:-1],
            "predict subtracts the bias": expected - 2 * theta[-1],
            "predict adds the bias twice": expected + theta[-1],
            "predict standardises by the rows it is given": reference.with_bias(
                (rows - rows.mean(axis=0)) / rows.std(axis=0)
            )
            @ raw,
            "predict does not standardise": reference.with_bias(rows) @ raw,
            "predict does not subtract the mean": reference.with_bias(rows / table.X.std(axis=0)) @ raw,
            "predict divides by the variance": reference.with_bias((rows - table.X.mean(axis=0)) / table.X.var(axis=0))
            @ raw,
            "predict takes magnitudes": np.abs(expected),
            "predict rounds": np.rint(expected),
            "predict never goes below 0": np.maximum(expected, 0),
        }
        sign = next((words for words, other in tests.items() if np.allclose(mine, other, rtol=1e-6)), "")
    first = (
        f"for the row {np.round(rows[0], 3).tolist()} it predicts {mine[0]:.5g}; its own weights give {expected[0]:.5g}"
    )
    return Evidence(gap, 1e-9, first, sign, "" if gap <= 1e-9 else experiment.one_row(c))


@check(
    "A05",
    "NIST's Wampler1, a polynomial of degree 5 with all coefficients 1, is solved to eight digits.",
    tasks="regression",
    needs="exact weights",
    boundary="1e-8",
    read=GOLUB,
    manners=True,
    promise=TWINS,
)
def wampler(c: Candidate, rng: Any) -> Evidence:
    """X'X squares the condition number: half of the digits are gone before anything is solved."""
    x = np.arange(21.0)
    powers = np.vander(x, 6, increasing=True)[:, 1:]
    theta = c.study(powers, powers.sum(axis=1) + 1).theta
    return Evidence(
        float(np.abs(theta - 1).max()), 1e-8, "the largest error of a coefficient; X'X costs half of the digits"
    )


@check(
    "A06",
    "Columns in other units (2^-40, 2^40 times) get weights in other units, and nothing else changes.",
    tasks="regression",
    needs="exact weights",
    boundary="1e-10",
    read=GOLUB,
    manners=True,
    promise=UNITS,
)
def other_units(c: Candidate, rng: Any) -> Evidence:
    """A cut-off in absolute numbers drops a column that is only measured in other units."""
    table = tables.numbers(rng, 50)
    units = np.array([2.0**-40, 1.0, 2.0**40])
    plain = c.study(table.X, table.y).theta
    scaled = c.study(table.X * units, table.y).theta[:-1] * units
    gap = float(np.abs(scaled / plain[:-1] - 1).max())
    return Evidence(gap, 1e-10, f"a weight changed by {gap:.3g} of itself with the units")


@check(
    "A07",
    "Adding 1,000,000 to every column changes the bias only.",
    tasks="regression",
    needs="exact weights",
    boundary="1e-7",
    read=GOLUB,
    manners=True,
    promise=UNITS,
)
def far_from_zero(c: Candidate, rng: Any) -> Evidence:
    """Without centring, X'X of such columns has lost the digits that matter."""
    table = tables.numbers(rng, 50)
    plain, moved = c.study(table.X, table.y).theta[:-1], c.study(table.X + 1e6, table.y).theta[:-1]
    gap = float(np.abs(moved / plain - 1).max())
    return Evidence(gap, 1e-7, f"a slope changed by {gap:.3g} of itself")


@check(
    "A10",
    "Where two columns are the same it answers with a bounded best fit, or refuses on purpose.",
    tasks="regression",
    boundary="predictions within 1e-6 of least squares",
    read=GOLUB,
    manners=True,
    promise=NOTHING_NEW,
)
def same_column_twice(c: Candidate, rng: Any) -> Evidence:
    """The best predictions are unique although the weights are not."""
    table = tables.numbers(rng, 50)
    X = np.column_stack([table.X, table.X[:, 0]])
    best = reference.with_bias(table.X) @ reference.optimum("regression", table.X, table.y)
    plan = c.plan(table.X) if c.mode != "exact" else {}
    try:
        theta = c.study(X, table.y, **({"rate": plan["rate"] / 2, "epochs": 3 * plan["epochs"]} if plan else {})).theta
    except np.linalg.LinAlgError as error:
        return Evidence(1.0, 0.0, f"it did not refuse on purpose, its solver failed: {error}", "solver failed")
    except ValueError:
        return Evidence(0.0, 1e-6, "refused on purpose")
    gap = float(np.abs(reference.with_bias(X) @ theta - best).max())
    return Evidence(max(gap, 1e-8 * float(np.abs(theta).max())), 1e-6, f"its predictions are off by {gap:.3g}")
