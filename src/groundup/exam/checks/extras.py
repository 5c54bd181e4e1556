# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Linear regression with more to it: weights of rows, a penalty, standard errors, the variance of the noise."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from groundup.exam import boundary, reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.answers import READ
from groundup.exam.evidence import Evidence, NotExamined, P, check

Array = Any
_BIAS = r"(bias|intercept|constant|offset|all (the )?(parameters|coefficients|weights)|whole)"
_PULL = r"(penal|regulari|shr[iau]nk)"
PENALISED_BIAS = rf"{_PULL}[^.]*{_BIAS}|{_BIAS}[^.]*{_PULL}"
SPARED_BIAS = (
    rf"(un-?penali|un-?regulari)[^.]*{_BIAS}|{_BIAS}[^.]*((not?|never|un-?|free of|without)[ -]*(be |being )?{_PULL})"
    rf"|{_PULL}[^.]*(not|never|without|except|leaves|but for|excluding)[^.]*{_BIAS}"
    rf"|(not|never)[^.]*{_PULL}[^.]*{_BIAS}"
)

FREE = "one column free"


@check(
    "A08",
    "A weight of 3 for a row is the same as the row three times.",
    tasks="regression",
    needs="sample_weight",
    boundary="1e-8",
    read="Hastie, Tibshirani, Friedman, 3.2; Aitken (1935)",
)
def weights_are_repeats(c: Candidate, rng: Any) -> Evidence:
    """Whole-number weights against the rows written out."""
    arrives(c)
    table = tables.numbers(rng, 40)
    repeats = rng.integers(1, 5, 40)
    weighted = c.study(table.X, table.y, sample_weight=repeats.astype(float)).theta
    written = c.study(np.repeat(table.X, repeats, axis=0), np.repeat(table.y, repeats)).theta
    gap = float(np.abs(weighted - written).max())
    without = c.study(table.X, table.y).theta
    squared = _weighted(table, repeats**2.0)
    root = _weighted(table, np.sqrt(repeats))
    others = {"weights ignored": without, "weights squared": squared, "root of the weights": root}
    sign = next((w for w, o in others.items() if np.allclose(weighted, o, rtol=1e-6)), "")
    return Evidence(gap, 1e-8, f"a coefficient differs by {gap:.3g} from the rows written out", sign)


def _weighted(table: tables.Table, weights: Array) -> Array:
    A = reference.with_bias(table.X)
    return np.linalg.solve(A.T @ (A * weights[:, None]), A.T @ (weights * table.y))


@check(
    "A04",
    "Its standard errors are those of chance: 400 t statistics follow Student's law.",
    tasks="regression",
    needs="errors",
    boundary="DKW bound on the largest gap",
    false_alarm=P,
    read=READ,
)
def t_statistics(c: Candidate, rng: Any) -> Evidence:
    """(b - beta) / se of the first weight over 400 tables of 16 rows."""
    values: list[tuple[float, float]] = []
    units = np.array([5.0, 1.0, 0.2])
    for _ in range(400):
        table = tables.numbers(rng, 16)
        learnt = c.study(table.X * units, table.y)
        errors = learnt.standard_errors()
        assert errors is not None
        miss = float(learnt.theta[0] - table.truth[0] / units[0])
        # Where it does not say whether the bias's error comes first, it may.
        places = (0, 0) if len(errors) != 4 else (1, 1) if c.bias_place == "first" else (0, 0 if c.bias_place else 1)
        values.append((miss / errors[places[0]], miss / errors[places[1]]))
    both = np.array(values).T
    gap, spread = min((boundary.largest_gap(boundary.student(12).cdf(v)), float(np.std(v))) for v in both)
    allowed = boundary.dkw(400, P)
    words = f"the t statistics scatter by {spread:.3g}; Student's law says {np.sqrt(12 / 10):.3g}"
    return Evidence(gap, allowed, words, "too small" if spread > 1.1 else "too large")


@check(
    "A15",
    "Its estimate of the noise's variance is right on average: the squared misses are divided by n - p.",
    tasks="regression",
    needs="variance",
    boundary="chi-square of 1,600 degrees, two-sided",
    false_alarm=P,
    read=READ,
)
def noise_variance(c: Candidate, rng: Any) -> Evidence:
    """800 tables of 6 rows and 4 coefficients: with so few rows even n - 3 in place of n - 4 is 9 deviations off."""
    total = 0.0
    for _ in range(800):
        table = tables.numbers(rng, 6, noise=2.0)
        variance = c.study(table.X, table.y).variance()
        assert variance is not None
        total += 2 * variance / 4.0
    ratio = total / 1600
    named = {"divided by n": 2 / 6, "divided by n - 1": 2 / 5, "divided by n - columns": 2 / 3}
    sign = min(named, key=lambda words: abs(named[words] - ratio))
    words = f"on average it says {ratio:.3g} times the true variance"
    near = 4 * math.sqrt(2 / 1600) * named[sign]
    return Evidence(total, boundary.chi_square(1600, P), words, sign if abs(named[sign] - ratio) < near else "")


@check(
    "A09",
    "An l2 penalty pulls the weights towards 0 along the normal equations X'r = price x w.",
    tasks="regression",
    needs="l2",
    boundary="1e-6, with any scale of the penalty",
    read="Hastie, Tibshirani, Friedman, 3.4.1: ridge regression",
)
def ridge(c: Candidate, rng: Any) -> Evidence:
    """The scale of the price is a convention; its sign, its direction and that it is in proportion are not."""
    arrives(c)
    table = tables.numbers(rng, 30)
    plan = c.plan(table.X) if c.mode != "exact" else {}
    plan = {"rate": 0.5 * plan["rate"], "epochs": 3 * plan["epochs"]} if plan else {}
    found: list[float] = []
    worst, at_zero = 0.0, c.study(table.X, table.y, l2=0.0, **plan).theta
    signs: list[str] = []
    bias_pulled: list[bool] = []
    for price in (0.2, 0.6):
        theta = c.study(table.X, table.y, l2=price, **plan).theta
        pull = reference.with_bias(table.X).T @ (table.y - reference.with_bias(table.X) @ theta)
        w = theta[:-1]
        width = table.X.std(axis=0)
        if aside(pull[:-1], w) > 1e-6 > aside(pull[:-1] / width, w * width):
            c.conventions["penalty"] = "it is put on the weights of standardised columns"
            w, pull = w * width, np.append(pull[:-1] / width, pull[-1])
        scale = float(pull[:-1] @ w / (w @ w))
        found.append(scale / price)
        off = float(np.linalg.norm(pull[:-1] - scale * w) / max(float(np.linalg.norm(pull[:-1])), 1e-300))
        unmoved = bool(np.allclose(theta, at_zero, rtol=1e-9))
        flat = float(np.std(np.abs(pull[:-1])) / max(float(np.mean(np.abs(pull[:-1]))), 1e-300))
        free = one_free(pull[:-1] / w)
        signs.append("no effect" if unmoved else free or ("wrong sign" if scale < 0 else "l1" if flat < 1e-4 else ""))
        worst = max(worst, 1.0 if unmoved or scale <= 0 else off)
        bias_pulled.append(bool(scale > 0 and abs(pull[-1] - scale * theta[-1]) < 1e-3 * abs(scale * theta[-1])))
    if all(bias_pulled) and worst <= 1e-6:
        return penalised_bias(c, theta[-1])
    ratio = found[1] / found[0] if found[0] else np.inf
    worst = max(worst, abs(ratio - 1) if abs(ratio - 1) > 1e-4 else 0.0)
    sign = signs[0] or ("not in proportion" if abs(ratio - 1) > 1e-4 else "")
    words = f"the pull on the weights is {found[0]:.4g} and {found[1]:.4g} times price x w"
    words = f"pull / (price x w) is {np.round(pull[:-1] / (price * w), 4).tolist()}" if signs[-1] == FREE else words
    words = "the penalty changed nothing" if sign == "no effect" else words
    return Evidence(worst, 1e-6, words, sign)


def one_free(strengths: Array) -> str:
    """The sign of a penalty that leaves out one of the columns and pulls at all others alike, or nothing."""
    size = np.sort(np.abs(strengths))
    return FREE if size[0] < 1e-6 * size[-1] and np.ptp(size[1:]) < 1e-4 * size[-1] else ""


def arrives(c: Candidate) -> None:
    """Where a penalty pulls shows only at the minimum."""
    if c.mode == "stochastic":
        raise NotExamined("its answer depends on chance, or on when it stops")


def aside(pull: Array, w: Array) -> float:
    """How far the pulls are from one price times the weights, as a part of them."""
    scale = float(pull @ w / max(float(w @ w), 1e-300))
    return float(np.linalg.norm(pull - scale * w) / max(float(np.linalg.norm(pull)), 1e-300))


def penalised_bias(c: Candidate, bias: float) -> Evidence:
    """A penalty on the bias makes the answers depend on where y is counted from.

    Declared it is a convention, and so it is where only the exam asked for a penalty. It is a mistake where whoever
    takes the defaults gets it unsaid, and where the words say otherwise.
    """
    own = [c.maker.default(c.maker.knobs[word]) for word in ("l2", "inverse penalty") if word in c.maker.knobs]
    comes_with_it = any(isinstance(value, int | float) and 0 < value < np.inf for value in own)
    comes_with_it = comes_with_it and not (c.ones and "estimator" in c.can)  # it knows of no bias
    said = c.says(PENALISED_BIAS)
    if not c.says(SPARED_BIAS) and (said or not comes_with_it):
        c.conventions["penalty"] = f"{'as it says itself, ' if said else ''}the bias is penalised too"
        return Evidence(0.0, 1e-6, "the bias is penalised too")
    words = f"the bias {bias:.4g} is pulled to 0 as the weights are: the answers depend on where y is counted from"
    return Evidence(1.0, 1e-6, words, "bias penalised")


@check(
    "A09b",
    "An l1 penalty pulls every weight that is not 0 with the same strength.",
    tasks="regression",
    needs="l1",
    boundary="1e-4, with any scale of the penalty",
    read="Hastie, Tibshirani, Friedman, 3.4.2: the lasso",
)
def lasso(c: Candidate, rng: Any) -> Evidence:
    """X'r = price x sign(w) where no weight is near 0."""
    arrives(c)
    table = tables.numbers(rng, 60, noise=0.3)
    plan = c.plan(table.X) if c.mode != "exact" else {}
    plan = {"rate": 0.5 * plan["rate"], "epochs": 3 * plan["epochs"]} if plan else {}
    theta = c.study(table.X, table.y, l1=0.05, **plan).theta
    pull = reference.with_bias(table.X).T @ (table.y - reference.with_bias(table.X) @ theta)
    strengths = pull[:-1] * np.sign(theta[:-1])
    middle = float(strengths.mean())
    uneven = float(np.ptp(strengths) / max(abs(middle), 1e-300))
    turned = np.ptp(np.abs(strengths)) < 1e-4 * np.abs(strengths).max() and strengths.min() < 0 < strengths.max()
    sign = one_free(strengths) or ("outwards for one sign" if turned else "wrong sign" if middle < 0 else "")
    if np.allclose(pull[:-1] / theta[:-1], pull[0] / theta[0], rtol=1e-3):
        sign = "l2"
    if abs(middle) < 1e-9 * len(table.y):
        return Evidence(1.0, 1e-4, "the penalty changed nothing", "no effect")
    words = f"the pulls on the weights {np.round(theta[:-1], 3).tolist()} are {np.round(strengths, 4).tolist()}"
    return Evidence(uneven if middle > 0 else 1.0, 1e-4, words, sign)
