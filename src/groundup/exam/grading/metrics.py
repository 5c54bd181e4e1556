# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Questions for losses and metrics of (y, prediction)."""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading.formulas import Formula
from groundup.exam.grading.signs import book, sign_of

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 7.2"
SCALES = {
    **{"mse": (1.0, 0.5, -1.0, -0.5), "l2": (1.0, 0.5), "l1": (1.0,)},
    **dict.fromkeys(("mae", "log_loss", "huber", "smooth_l1", "log_cosh", "quantile"), (1.0, -1.0)),
    **dict.fromkeys(("accuracy", "mape"), (1.0, 100.0)),
}
"""Usual factors; a negative one is times the number of rows."""
DIGITS = 1e-6
"""A guard such as log(p + 1e-8), or x / (y + 1e-8), is taste; what it costs is a remark."""


def tables(kind: str, rng: Any) -> list[tuple[Array, Array]]:
    """Labels and predictions, of several lengths, never as many of one class as of the other."""
    made: list[tuple[Array, Array]] = []
    for n in (7, 12):
        if kind == "classes":  # of twelve, the class 2 is never predicted
            y = np.array([0, 1, 2, 1, 0, 2, 0, 1, 0, 1, 0, 1][:n])
            made.append((y, np.array([0, 1, 2, 0, 0, 1, 1] if n == 7 else [0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1])))
            continue
        if kind == "numbers":
            y = np.round(rng.normal(size=n) * 2 + 3, 2)
            y = np.where(y == 0, 0.5, y)  # a relative error of 0 has no meaning
            made.append((y, np.round(y + rng.normal(size=n) * 1.5, 2)))
            continue
        y = np.array([1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0][:n])
        if kind == "labels":
            made.append((y, np.array([1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0][:n])))
        else:
            p = np.round(np.clip(0.5 + 0.3 * (y - 0.4) + rng.normal(size=n) * 0.2, 0.03, 0.97), 2)
            made.append((y, p))
    if kind not in ("numbers", "labels", "classes"):  # the likeliest row is a negative one
        made.append((np.array([0, 1, 0, 1, 1, 0]), np.array([0.9, 0.8, 0.7, 0.4, 0.6, 0.1])))
    return made


def mine(f: Formula, y: Array, prediction: Array) -> float:
    """The candidate's value: one number, or one for each row, whose mean is taken."""
    found = f.of(y.copy(), prediction.copy()).astype(float)
    if found.ndim and found.size == len(y) > 1 and -1.0 in SCALES.get(f.target.name, ()):
        f.conventions["rows"] = "it gives one number for each row"
        return float(found.mean())
    if found.size != 1:
        raise NotExamined(f"{len(y)} rows gave an answer of shape {found.shape}, not one number")
    return float(found.ravel()[0])


def factor(f: Formula, value: float, right: float, n: int) -> float | None:
    """The usual factor between the two, if it is one."""
    for scale in SCALES.get(f.target.name, (1.0,)):
        times = scale if scale > 0 else -scale * n
        if np.isclose(value, times * right, rtol=DIGITS, atol=1e-9):
            return scale
    return None


def against(f: Formula, pairs: list[tuple[Array, Array]]) -> Evidence:
    """The worst pair; one factor for all is a convention and reported."""
    found = [(mine(f, y, p), book(f, y, p), len(y)) for y, p in pairs]
    scales = [factor(f, *one) for one in found]
    if None not in scales and len(set(scales)) == 1:
        if scales[0] != 1.0:
            f.scale = scales[0] or 1.0
            words = {0.5: "half the mean", -1.0: "a sum over the rows", -0.5: "half the sum over the rows"}
            f.conventions["scale"] = f"it is {words.get(scales[0] or 0.0, 'in percent')}"
        return Evidence(0.0, 0.0, "the same value")
    if not f.readable and not f.swapped:
        f.swapped = True
        turned = [factor(f, mine(f, y, p), book(f, y, p), len(y)) for y, p in pairs]
        if None not in turned:
            f.conventions["order"] = "the prediction is the first argument"
            return Evidence(0.0, 0.0, "the same value")
        f.swapped = False
    worst = scales.index(None) if None in scales else 0
    value, right, _ = found[worst]
    y, p = pairs[worst]
    arguments = (p, y) if f.swapped else (y, p)
    text = f.code(*arguments, right=f"{right:.10g}", found=f"{value:.10g}")
    gap = abs(value - right)
    words = f"it is {value:.8g}; the book says {right:.8g}"
    return Evidence(gap if gap > 0 else 1.0, 0.0, words, sign_of(f, value, y, p), text)


@check("D06", "On small tables it has the value of the book.", boundary="1e-6, with a usual factor", read=READ)
def small_tables(f: Formula, rng: Any) -> Evidence:
    """7 rows and 12 rows: a factor that depends on their number shows."""
    return against(f, tables(f.target.data, rng))


@check("D06b", "Perfect predictions, constant ones and far ones are no trouble.", boundary="1e-9", read=READ)
def special_tables(f: Formula, rng: Any) -> Evidence:
    """Edges where a formula divides by zero, takes log 0, or loses its digits."""
    small_tables.ask(f, np.random.default_rng(5))  # settles the order of the arguments
    if f.target.data == "numbers":
        y = np.array([1.0, 2.0, 4.0, 3.0])
        pairs = [(y, y)]
        if f.target.name in ("r2", "explained_variance"):
            pairs += [(y, np.full(4, 2.5)), (y, np.array([9.0, -3.0, 0.0, 1.0]))]
        return _close(f, pairs, DIGITS, "")
    if f.target.data in ("labels", "classes"):
        y = np.array([1, 0, 0, 1, 0])
        return _close(f, [(y, y)], DIGITS, "")
    y = np.array([0, 1, 1, 0, 1])
    if f.target.data == "scores":
        ties = np.array([0.2, 0.5, 0.5, 0.5, 0.9])
        return _close(f, [(y, ties), (y, ties + 100.0), (y[::-1].copy(), ties[::-1].copy())], 1e-9, "ties")
    return _close(f, [(y, np.array([1e-5, 1 - 1e-5, 0.5, 0.2, 1e-5]))], 1e-2, "clipped")


@check("D06f", "A sure and wrong answer costs all that it should.", boundary="1e-6", read=READ, manners=True)
def sure_and_wrong(f: Formula, rng: Any) -> Evidence:
    """Chances of 1e-9: clipped at 1e-7, they cost a quarter less."""
    if f.target.data != "chances":
        raise NotExamined("it does not take probabilities")
    small_tables.ask(f, np.random.default_rng(5))
    return _close(f, [(np.array([0, 1, 1]), np.array([1 - 1e-9, 1e-9, 0.5]))], DIGITS, "clipped")


@check("D06g", "It keeps nine digits.", boundary="1e-9", read=READ, manners=True)
def all_digits(f: Formula, rng: Any) -> Evidence:
    """A small number added against log 0 or 0/0 costs as many digits as it has."""
    small_tables.ask(f, np.random.default_rng(5))
    return _close(f, tables(f.target.data, rng), 1e-9, "digits")


@check(
    "D06c",
    "Probabilities of exactly 0 and 1, where they are right, cost nothing and are not NaN.",
    boundary="1e-6",
    read=READ,
)
def saturated(f: Formula, rng: Any) -> Evidence:
    """0 log 0 is 0."""
    if f.target.data != "chances":
        raise NotExamined("it does not take probabilities")
    return _close(f, [(np.array([0, 1, 1, 0]), np.array([0.0, 1.0, 0.5, 0.25]))], 1e-6, "saturated")


@check("D07", "A large number added to everything changes nothing.", boundary="1e-4", read=READ)
def offset(f: Formula, rng: Any) -> Evidence:
    """One-pass variances lose all digits at 1e8."""
    if f.target.data != "numbers" or f.target.name == "mape":
        raise NotExamined("an offset has no meaning for it")
    small_tables.ask(f, np.random.default_rng(5))
    y, p = tables("numbers", rng)[0]
    return _close(f, [(y + 1e8, p + 1e8)], 1e-4, "offset")


def _close(f: Formula, pairs: list[tuple[Array, Array]], relative: float, sign: str) -> Evidence:
    scale = f.scale
    for y, p in pairs:
        found = mine(f, y, p)
        right = book(f, y, p) * (scale if scale > 0 else -scale * len(y))
        if not abs(found - right) <= relative * max(1.0, abs(right)):
            arguments = (p, y) if f.swapped else (y, p)
            what = "nan" if np.isnan(found) else "inf" if np.isinf(found) else sign
            text = f.code(*arguments, right=f"{right:.10g}", found=f"{found:.10g}")
            return Evidence(abs(found - right), relative, f"it is {found:.8g}; the book says {right:.8g}", what, text)
    return Evidence(0.0, relative, "the same value")


@check(
    "D12",
    "Lists of whole numbers are as good as arrays of floats.",
    boundary="1e-12",
    read="NumPy, user guide: data types",
    manners=True,
    promise=r">>>[^>]*\w\(\[",
)
def lists(f: Formula, rng: Any) -> Evidence:
    """Plain Python lists."""
    y, p = tables(f.target.data, rng)[0]
    a, b = (p, y) if f.swapped else (y, p)
    found = float(np.mean(np.asarray(f.function(a.tolist(), b.tolist()), dtype=float)))
    return Evidence(abs(found - mine(f, y, p)), 1e-12, f"as lists it gives {found:.6g}")


@check(
    "D11",
    "A column (n, 1) against a row (n) does not become n x n.",
    boundary="1e-9",
    read="NumPy, user guide: broadcasting",
    manners=True,
)
def column_and_row(f: Formula, rng: Any) -> Evidence:
    """The most common silent mistake with arrays; an error is as good as the right value."""
    y, p = tables(f.target.data, rng)[0]
    try:
        found = f.of(y.reshape(-1, 1), p).astype(float)
    except (ValueError, TypeError, IndexError):
        return Evidence(0.0, 0.0, "refused")
    value = float(np.mean(found))
    return Evidence(abs(value - mine(f, y, p)), 1e-9, f"it gives {value:.6g}", "all pairs")


@check(
    "D11b",
    "Labels, predictions and weights in columns (n, 1) give the value that they give in rows.",
    boundary="1e-9",
    read="NumPy, user guide: broadcasting",
    manners=True,
    promise=r"columns? \((n|rows?), ?1\)",
)
def all_in_columns(f: Formula, rng: Any) -> Evidence:
    """As a table of one column hands them over; weights may be refused."""
    y, p = tables(f.target.data, rng)[0]
    right = mine(f, y, p)
    value = float(np.mean(f.of(y.reshape(-1, 1), p.reshape(-1, 1)).astype(float)))
    gap = abs(value - right)
    if "sample_weight" in spelling.parameters(f.function):
        a, b = (p, y) if f.swapped else (y, p)
        weight = np.arange(1.0, len(y) + 1)
        try:
            column = float(f.function(a, b, sample_weight=weight.reshape(-1, 1)))
        except (ValueError, TypeError):
            return Evidence(gap, 1e-9 * max(1.0, abs(right)), "weights in a column are refused")
        gap = max(gap, abs(float(f.function(a, b, sample_weight=weight)) - column))
    return Evidence(gap, 1e-9 * max(1.0, abs(right)), f"in columns it is off by {gap:.3g}")


@check("D06h", "A table of chances, a column for each class, costs -log of the own.", boundary="1e-6", read=READ)
def classes_in_columns(f: Formula, rng: Any) -> Evidence:
    """Six rows and three classes, where its code or its docstring speaks of such tables."""
    try:
        text = inspect.getsource(f.function)
    except (OSError, TypeError):
        text = ""
    if f.target.name != "log_loss" or not re.search(r"\.ndim\b|shape\[1\]|\(n, ?k\)|n_classes\)", text):
        raise NotExamined("it does not speak of more than two classes")
    y, chances = np.array([0, 2, 1, 1, 0, 2]), rng.dirichlet(np.ones(3), 6).clip(0.05)
    chances /= chances.sum(axis=1, keepdims=True)
    try:
        value = np.asarray(f.function(*((chances, y) if f.swapped else (y, chances))), dtype=float)
    except (ValueError, TypeError, IndexError):
        raise NotExamined("it takes no table of chances with numbers of classes") from None
    if value.size != 1:
        raise NotExamined(f"a table of chances gave an answer of shape {value.shape}")
    right = float(-np.mean(np.log(chances[np.arange(6), y]))) * (f.scale if f.scale > 0 else 6.0)
    gap = abs(float(value) - right)
    return Evidence(gap, 1e-6, f"of six rows and three classes it is {float(value):.8g}; the book says {right:.8g}")


@check("D08", "A weight of 3 for a row is the same as the row three times.", boundary="1e-9 relative", read=READ)
def weights_are_repeats(f: Formula, rng: Any) -> Evidence:
    """Whole-number weights against the rows written out."""
    if "sample_weight" not in spelling.parameters(f.function):
        raise NotExamined("it takes no sample_weight")
    y, p = tables(f.target.data, rng)[0]
    repeats = rng.integers(1, 4, len(y))
    a, b = (p, y) if f.swapped else (y, p)
    weighted = float(f.function(a, b, sample_weight=repeats.astype(float)))
    written = float(f.function(np.repeat(a, repeats), np.repeat(b, repeats)))
    words = f"with weights {repeats.tolist()} it is {weighted:.8g}; with the rows written out {written:.8g}"
    return Evidence(abs(weighted - written), 1e-9 * max(1.0, abs(written)), words)


QUESTIONS = [
    small_tables,
    special_tables,
    saturated,
    sure_and_wrong,
    all_digits,
    offset,
    lists,
    column_and_row,
    all_in_columns,
    weights_are_repeats,
    classes_in_columns,
]
