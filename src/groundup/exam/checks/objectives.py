# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Lines that make something else small than squares: a Huber loss, a quantile's; and a penalty that is always there.

Each is judged by its own condition of the minimum, in one free number that is its own affair: the width of the band,
or the price of the penalty.

    Huber       X' clip(r, -t, t) = 0 and sum clip(r, -t, t) = 0, for one t
    quantile    a share tau of the rows lies below, in every direction of the columns
    penalty     X' r = price x w, with one price for rows of any number, or one in proportion to it
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import experiment, tables
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
HUBER = "Huber, Robust Estimation of a Location Parameter (1964); Huber and Ronchetti, Robust Statistics, 7"
KOENKER = "Koenker and Bassett, Regression Quantiles (1978)"
LEAST = ("lad", "leastabsolute", "absolute")


def contaminated(rng: Any, n: int) -> tables.Table:
    """A plane with noise, and one row in eight far above it."""
    table = tables.numbers(rng, n)
    far = rng.random(n) < 0.125
    return tables.Table(table.X, table.y + np.where(far, rng.uniform(8.0, 20.0, n), 0.0), table.truth, table.noise)


def longest(c: Candidate, X: Array) -> dict[str, Any]:
    """Slopes that are clipped lead slowly: more epochs than plain descent needs."""
    return {} if c.mode == "exact" else {"rate": c.plan(X)["rate"], "epochs": 6000}


OTHER_BENDS = r"(?i)tukey|biweight|bisquare|cauchy|welsch|hampel|ransac|theil|pseudo.?huber|log.?cosh|epsilon.?insens"
"""Robust losses that are no Huber loss: whoever speaks of them is not held to it."""


def _huber(c: Candidate) -> bool:
    """Whether its name says that it is Huber's, or says that it is robust, and its words or its code say how."""
    if c.other_model != "robust":
        return c.other_model == "huber"
    try:
        code = inspect.getsource(getattr(c.maker, "cls", None) or c.maker.function)
    except (AttributeError, OSError, TypeError):
        code = ""
    words = f"{c.told} {code}"
    return re.search(r"(?i)huber", words) is not None and re.search(OTHER_BENDS, words) is None


def left_over(A: Array, r: Array, band: float) -> float:
    """What the columns could still explain of clipped residuals, as a part of them."""
    psi = np.clip(r, -band, band)
    return float(np.abs(A.T @ psi / np.linalg.norm(A, axis=0)).max() / np.linalg.norm(psi))


def _best_band(A: Array, r: Array) -> tuple[float, float]:
    """(the width of the band that leaves least to the columns, what it leaves)."""
    most = float(np.abs(r).max())
    widths, found, gap = np.geomspace(1e-3 * most, 0.97 * most, 400), most, np.inf
    for _ in range(4):
        gaps = [left_over(A, r, width) for width in widths]
        at = int(np.argmin(gaps))
        found, gap = float(widths[at]), gaps[at]
        widths = np.linspace(widths[max(at - 1, 0)], widths[min(at + 1, len(widths) - 1)], 40)
    return found, gap


@check(
    "R01",
    "At its answer no column, and no constant, is left in the clipped residuals: the Huber loss is least.",
    tasks="regression",
    boundary="2e-3 of their length, for one width of the band",
    read=HUBER,
)
def huber_optimum(c: Candidate, rng: Any) -> Evidence:
    """The band's width is searched for: it may be delta itself, or delta deviations of the noise."""
    if not _huber(c):
        raise NotExamined("it does not say that it makes a Huber loss small")
    table = contaminated(rng, 120)
    theta = c.study(table.X, table.y, **longest(c, table.X)).theta
    if not np.all(np.isfinite(theta)):
        return Evidence(np.inf, 2e-3, f"its answer is {experiment.say(theta)}", "not finite")
    A = reference.with_bias(table.X)
    r = table.y - A @ theta
    found, gap = _best_band(A, r)
    most = float(np.abs(r).max())
    squares = left_over(A, r, 2 * most) < 1e-6
    if gap <= 2e-3:
        c.conventions["loss"] = f"a Huber loss, whose band was found {found:.3g} wide to either side"
    words = f"the best band, {found:.3g} wide, leaves {gap:.3g} of the clipped residuals to the columns"
    sign = "least squares" if squares else ""
    return Evidence(gap, 2e-3, words + ("; it is the answer of least squares" if squares else ""), sign)


@check(
    "R01b",
    "The Huber loss is least for bands of other widths than the usual one, too.",
    tasks="regression",
    needs="band",
    boundary="2e-3 of the clipped residuals' length, for one width of the band",
    read=HUBER,
)
def band_as_told(c: Candidate, rng: Any) -> Evidence:
    """The setting may be the band itself, or count deviations of the noise; so its width is searched for."""
    if not _huber(c):
        raise NotExamined("it does not say that it makes a Huber loss small")
    table = contaminated(rng, 200)
    A = reference.with_bias(table.X)
    own = c.maker.default(c.maker.knobs["band"])
    own = float(own) if isinstance(own, int | float) and own > 0 else 1.0
    worst, told = 0.0, ""
    for share in (1.2, 1.8, 2.5):
        try:
            theta = c.study(table.X, table.y, band=share * own, **longest(c, table.X)).theta
        except ValueError as error:
            raise NotExamined(f"it refuses this band: {error}") from None
        found, gap = _best_band(A, table.y - A @ theta)
        if not gap <= worst:
            worst, told = gap, f"with {c.maker.knobs['band']}={share * own:.4g} the best band is {found:.3g} wide, and"
    words = f"{told} leaves {worst:.3g} of the clipped residuals to the columns"
    return Evidence(worst, 2e-3, words, "another band than told" if worst > 2e-3 else "")


@check(
    "R02",
    "As many rows lie below its plane as the quantile says, in every direction of the columns.",
    tasks="regression",
    boundary="0.05 of the rows",
    read=KOENKER,
)
def quantile_shares(c: Candidate, rng: Any) -> Evidence:
    """sum A_ij (tau - 1[r_i < 0]) is near 0 for each column and for the constant."""
    if c.other_model not in ("quantile", *LEAST):
        raise NotExamined("it does not say that it makes the loss of a quantile small")
    table = contaminated(rng, 400)
    tau, asked = 0.5, dict[str, Any]()
    if "tau" in c.can:
        tau, asked = 0.7, {"tau": 0.7}
    theta = c.study(table.X, table.y, **longest(c, table.X), **asked).theta
    A = reference.with_bias(table.X)
    r = table.y - A @ theta
    Z = np.column_stack([(A[:, :-1] - A[:, :-1].mean(axis=0)) / A[:, :-1].std(axis=0), A[:, -1]])
    on = np.abs(r) < 1e-6
    unbalanced = Z[~on].T @ (tau - (r[~on] < 0))
    gap = float(np.maximum(np.abs(unbalanced) - np.abs(Z[on]).sum(axis=0), 0.0).max() / len(r))
    share = float((r[~on] < 0).sum() + 0.5 * on.sum()) / len(r)
    sign = "the other tail" if abs(share - (1 - tau)) < 0.03 < abs(share - tau) else ""
    return Evidence(gap, 0.05, f"{100 * share:.3g} % of the rows lie below it; {100 * tau:.3g} % were asked for", sign)


@check(
    "A21",
    "Its answer is that of squares and its own penalty, whose price is one for rows of any number.",
    tasks="regression classification",
    boundary="1e-5 of the pulls (1e-3 for descent)",
    read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.4: shrinkage",
)
def always_penalised(c: Candidate, rng: Any) -> Evidence:
    """The pull on each weight is the price times the weight; with twice the rows the price is the same, or twice."""
    if c.own_penalty is None:
        raise NotExamined("its penalty, if it has one, can be set to none")
    allowed, worst, prices = 1e-5 if c.mode == "exact" else 1e-3, 0.0, list[float]()
    table, other = tables.of(c.task, rng, 60), tables.of(c.task, rng, 35)
    for X, y in (
        (table.X, table.y),
        (np.vstack([table.X, table.X]), np.append(table.y, table.y)),
        (other.X, other.y),
    ):
        plan = {} if c.mode == "exact" else c.plan(X)
        price, off = c.own_penalty.price(c.study(X, y, **plan).theta, X, y)
        worst, prices = max(worst, off), [*prices, price / len(X)]
    one, twice, less = prices
    alike = max(abs(twice / one - 1), abs(less / one - 1)), max(abs(2 * twice / one - 1), abs(35 / 60 * less / one - 1))
    worst = max(worst, min(alike) if min(alike) > 100 * allowed else 0.0)
    words = f"the prices in 60, 120 and 35 rows are {60 * one:.6g}, {120 * twice:.6g} and {35 * less:.6g}"
    return Evidence(worst, allowed, words)
