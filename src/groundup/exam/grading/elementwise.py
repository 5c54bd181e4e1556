# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Questions for a function of each number by itself."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading.formulas import Formula

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 4.1: overflow and underflow"
USUAL = np.array([0.0, 0.3, -0.3, 0.5, -0.5, 1.0, -1.0, 2.5, -2.5, 4.0, -4.0, 9.0, -9.0])
FAR = np.array([15.0, -15.0, 40.0, -40.0, 400.0, -400.0, 710.0, -710.0, 800.0, -800.0, 1e4, -1e4])

ROUNDED = {"selu": 1e-4}
"""Formulas whose constants are usually written with a few digits only."""


def right(f: Formula, x: Array) -> Array:
    """The reference, or its slope where that is graded."""
    return np.asarray(f.target.reference.derivative(x) if f.target.slope else f.target.reference(x))


def off(mine: Array, book: Array, relative: float, absolute: float) -> Array:
    """How many times its tolerance each value is off; equal values, infinities and NaN included, are not."""
    with np.errstate(all="ignore"):
        gap = np.abs(mine - book) / (relative * np.abs(book) + absolute)
    same = (mine == book) | (np.isnan(mine) & np.isnan(book))
    return np.where(same, 0.0, np.where(np.isfinite(gap), gap, np.inf))


def compare(f: Formula, x: Array, relative: float, absolute: float) -> Evidence:
    """The worst of these points, one number at a time and all at once."""
    f_of = _own_slope(f)
    relative = max(relative, ROUNDED.get(f.target.name, 0.0))
    mine = np.asarray(f_of(x.copy()), dtype=float)
    book = right(f, x)
    if mine.shape != x.shape:
        return Evidence(1.0, 0.0, f"{x.size} numbers gave an answer of shape {mine.shape}", "shape")
    gaps = np.where(between_slopes(f, x, mine), 0.0, off(mine, book, relative, absolute))
    worst = int(np.argmax(gaps))
    point = float(x[worst])
    words = f"at {point:g} it is {mine[worst]:.10g}; the book says {book[worst]:.10g}"
    if gaps[worst] <= 1:
        return Evidence(float(gaps[worst]), 1.0, words)
    sign = "nan" if np.isnan(mine[worst]) else "inf" if np.isinf(mine[worst]) else _kind(f, x, mine)
    text = f.code(point, right=f"{book[worst]:.10g}", found=f"{mine[worst]:.10g}")
    return Evidence(float(gaps[worst]), 1.0, words, sign, text)


def between_slopes(f: Formula, x: Array, mine: Array) -> Array:
    """Where a slope is asked at a kink: whether this lies between that before it and that behind it, which is taste."""
    if not f.target.slope:
        return np.zeros(x.shape, dtype=bool)
    with np.errstate(all="ignore"):
        before, behind = (np.asarray(f.target.reference.derivative(x + h)) for h in (-1e-9, 1e-9))
        low, high = np.minimum(before, behind), np.maximum(before, behind)
        found = (high - low > 1e-6) & (mine >= low - 1e-8) & (mine <= high + 1e-8)
    if np.any(found & (mine != right(f, x))):
        f.conventions["kink"] = "at a kink it takes another slope than ours, of those between which there is none"
    return found


def _own_slope(f: Formula) -> Any:
    """A slope may be written in x, or in y = f(x): both are usual, and which one it was is said."""
    if not f.target.slope:
        return f.function
    x = USUAL
    book = right(f, x)
    y = np.asarray(f.target.reference(x))
    if np.allclose(f.function(x.copy()), book, rtol=1e-7, atol=1e-9):
        return f.function
    try:
        if np.allclose(f.function(y.copy()), book, rtol=1e-7, atol=1e-9):
            f.conventions["argument"] = "the slope is written in y = f(x), not in x"
            return lambda x: f.function(np.asarray(f.target.reference(x)))
    except Exception:
        pass
    return f.function


def _kind(f: Formula, x: Array, mine: Array) -> str:
    book = right(f, x)
    y = np.asarray(f.target.reference(x))
    with np.errstate(all="ignore"):
        others = {
            "negative": -book,
            "mirrored": np.where(x == 0, mine, right(f, -x)),
            "one minus": 1 - book,
            "half": book / 2,
            "twice": 2 * book,
            "slope": np.asarray(f.target.reference.derivative(x)),
            "value": y,
            "y and x mixed": x * (1 - x),
            "slope of the slope": y * (1 - y) * (1 - y * (1 - y)),
            "without square": 1 - y,
            "magnitude": np.abs(book),
            "rounded": next((r for r in (np.round(book, k) for k in range(2, 8)) if np.allclose(r, mine)), -book),
        }
    return next((w for w, o in others.items() if np.allclose(mine, o, rtol=1e-6, atol=1e-9, equal_nan=True)), "")


LIMITS = r"infinit\w+ gives? (the|its) limit|limits? at infinity"
NAN_STAYS = r"NaNs? (stays?|gives?|becomes?|remains?) (a )?NaN"


@check("D01", "At usual points it has the values of the book.", boundary="1e-9", read=READ)
def usual_points(f: Formula, rng: Any) -> Evidence:
    """Between -9 and 9."""
    return compare(f, USUAL, 1e-9, 1e-12)


@check("D01b", "Far out, at ±15 to ±10,000, it is still right: no overflow, no NaN.", boundary="1e-9", read=READ)
def far_points(f: Formula, rng: Any) -> Evidence:
    """Where an exponential overflows at 710."""
    return compare(f, FAR, 1e-9, 1e-12)


@check("D01c", "In the tail it keeps its relative digits.", boundary="1e-9 relative", read=READ, manners=True)
def tails(f: Formula, rng: Any) -> Evidence:
    """log(1 + e^-40) is e^-40, not 0."""
    x = np.array([15.0, -15.0, 30.0, -30.0, 40.0, -40.0, 100.0, -100.0])
    return compare(f, x, 1e-9, 1e-300)


@check(
    "D01d",
    "Infinity gives the limit.",
    boundary="equal",
    read=READ,
    manners=True,
    promise=LIMITS,
)
def infinity(f: Formula, rng: Any) -> Evidence:
    """At ±inf."""
    return compare(f, np.array([np.inf, -np.inf]), 1e-9, 1e-12)


@check(
    "D01e",
    "NaN stays NaN: a missing number is not swallowed.",
    boundary="NaN",
    read=READ,
    manners=True,
    promise=NAN_STAYS,
)
def missing(f: Formula, rng: Any) -> Evidence:
    """A comparison with NaN is false, and something else is then returned."""
    mine = np.ravel(np.asarray(f.function(np.array([np.nan])), dtype=float))
    swallowed = float(mine.size != 1 or not np.isnan(mine[0]))
    return Evidence(swallowed, 0.0, f"NaN became {mine.tolist()}", "swallowed")


@check(
    "D02",
    "The derivative beside it is the slope of the value.",
    needs="derivative",
    boundary="1e-6",
    read="Nocedal and Wright, 8.1",
)
def slope(f: Formula, rng: Any) -> Evidence:
    """Central differences of the reference, away from kinks."""
    x = np.array([-7.3, -2.1, -0.7, -0.21, 0.37, 0.83, 2.3, 6.1])
    own = f.derivative()
    book = np.asarray(f.target.reference.derivative(x))
    mine = np.asarray(own(x.copy()), dtype=float)
    if not np.allclose(mine, book, rtol=1e-6, atol=1e-9):
        in_y = np.asarray(own(np.asarray(f.target.reference(x))), dtype=float)
        if np.allclose(in_y, book, rtol=1e-6, atol=1e-9):
            f.conventions["argument"] = "the slope is written in y = f(x), not in x"
            mine = in_y
    gap = off(mine, book, max(1e-6, ROUNDED.get(f.target.name, 0.0)), 1e-9)
    worst = int(np.argmax(gap))
    words = f"at {x[worst]:g} it says {mine[worst]:.6g}; the slope there is {book[worst]:.6g}"
    return Evidence(float(gap[worst]), 1.0, words, _kind(f, x, mine) if gap[worst] > 1 else "")


@check(
    "D02b",
    "Far out, at ±15 to ±10,000,000, the derivative beside it is still right: no overflow, no NaN.",
    needs="derivative",
    boundary="1e-6 relative, or 1e-12",
    read=READ,
)
def far_slope(f: Formula, rng: Any) -> Evidence:
    """Where an exponential overflows, and where a square does not yet."""
    if f.target.slope or "argument" in f.conventions:
        raise NotExamined("its far points are asked about with its value")
    x = np.concatenate([FAR, [1e7, -1e7]])
    book, mine = np.asarray(f.target.reference.derivative(x)), np.asarray(f.derivative()(x.copy()), dtype=float)
    gap = off(mine, book, max(1e-6, ROUNDED.get(f.target.name, 0.0)), 1e-12)
    worst = int(np.argmax(gap))
    words = f"at {x[worst]:g} it says {mine[worst]:.6g}; the slope there is {book[worst]:.6g}"
    return Evidence(float(gap[worst]), 1.0, words, "nan" if np.isnan(mine[worst]) else "")


@check(
    "D02c", "At infinity the derivative has its limit.", needs="derivative", boundary="1e-9", read=READ, manners=True
)
def slope_at_infinity(f: Formula, rng: Any) -> Evidence:
    """At ±inf, of a slope that is written in x."""
    small = np.array([0.3, -0.7])
    own = f.derivative()
    if not np.allclose(own(small.copy()), f.target.reference.derivative(small), rtol=1e-6, atol=1e-9):
        raise NotExamined("it is not written in x, or wrong at usual points too")
    x = np.array([np.inf, -np.inf])
    book, mine = np.asarray(f.target.reference.derivative(x)), np.asarray(own(x.copy()), dtype=float)
    gap = float(off(mine, book, 1e-9, 1e-12).max())
    return Evidence(gap, 1.0, f"at ±inf it is {mine.tolist()}; the book says {book.tolist()}")


SHAPES = (np.arange(6.0).reshape(2, 3) - 2, np.float64(0.5), np.zeros(0))
"""A number is one of NumPy's: (x > 0).astype(float) is written for arrays, and right."""
REFUSED = (TypeError, ValueError, IndexError, AttributeError)


@check(
    "D11", "A matrix gives a matrix, a number a number, nothing gives nothing.", boundary="the same shape", read=READ
)
def shapes(f: Formula, rng: Any) -> Evidence:
    """(2, 3), one number, and no number at all; one that is refused with an error misleads nobody."""
    for x in SHAPES:
        try:
            mine = np.asarray(f.function(x.copy()), dtype=float)
        except REFUSED:
            continue
        if mine.shape != np.shape(x):
            return Evidence(1.0, 0.0, f"the shape {np.shape(x)} became {mine.shape}", "shape")
        if not np.allclose(mine, np.asarray(_book_as_called(f, x)), rtol=1e-7, atol=1e-9):
            return Evidence(1.0, 0.0, f"in the shape {np.shape(x)} it has other values than in a row", "values")
    return Evidence(0.0, 0.0, "every shape came back")


@check("D11c", "Numbers in every shape are taken.", boundary="no error", read=READ, manners=True)
def every_shape(f: Formula, rng: Any) -> Evidence:
    """The same shapes, where an error is told."""
    for x in SHAPES:
        f.function(x.copy())
    return Evidence(0.0, 0.0, "every shape is taken")


def _book_as_called(f: Formula, x: Array) -> Array:
    """What its own formula gives in a row: wrong values are another question's business."""
    flat = np.ravel(np.asarray(x, dtype=float))
    return np.asarray([float(np.ravel(f.function(np.array([v])))[0]) for v in flat]).reshape(np.shape(x))


@check(
    "D12",
    "Whole numbers are the same as numbers with a decimal point.",
    boundary="1e-12",
    read="NumPy, user guide: data types",
)
def integers(f: Formula, rng: Any) -> Evidence:
    """An array like x of integers cuts off the answer."""
    x = np.array([-3, -1, 0, 1, 2])
    whole, real = (np.asarray(f.function(v), dtype=float) for v in (x.copy(), x.astype(float)))
    gap = float(np.abs(whole - real).max())
    text = f.code(x, right=real.tolist(), found=whole.tolist()) if gap > 1e-12 else ""
    return Evidence(gap, 1e-12, f"with whole numbers a value moved by {gap:.3g}", experiment=text)


@check("D13", "The argument is left as it was.", boundary="equal", read="NumPy, user guide: views and copies")
def argument_unchanged(f: Formula, rng: Any) -> Evidence:
    """x[x < 0] = 0 changes the caller's array."""
    for before in ([-1.0, 0.5, 2.0], [-900.0, 0.5, 900.0]):  # far numbers may be cut off in place
        x = np.array(before)
        f.function(x)
        if not np.array_equal(x, before):
            break
    return Evidence(float(not np.array_equal(x, before)), 0.0, f"{before} became {x.tolist()}")


@check("D14", "No NumPy warning far out.", boundary="silence", read=READ, manners=True)
def silence(f: Formula, rng: Any) -> Evidence:
    """An overflow in a branch that is not used is still an overflow."""
    with warnings.catch_warnings(record=True) as heard, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        f.function(FAR.copy())
    said = sorted({str(w.message) for w in heard})
    return Evidence(float(len(said)), 0.0, said[0] if said else "silent")


@check("D15", "float32 stays float32.", boundary="the same type", read="NumPy, user guide: data types", manners=True)
def single(f: Formula, rng: Any) -> Evidence:
    """A float64 constant array makes everything float64."""
    kind = np.asarray(f.function(np.array([0.5, -1.0], dtype=np.float32))).dtype
    if kind.kind != "f":
        raise NotExamined(f"it returns {kind}")
    return Evidence(float(kind != np.float32), 0.0, f"float32 became {kind}")


QUESTIONS = [
    *(
        usual_points,
        far_points,
        tails,
        infinity,
        missing,
        slope,
        far_slope,
        shapes,
        every_shape,
        integers,
        argument_unchanged,
        silence,
        single,
    )
]
