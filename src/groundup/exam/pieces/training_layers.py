# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Layers that do something else where somebody trains: drop-out and the like, and prices of the weights.

drop-out     a share of the numbers comes through in training, and backward through the same gates
l1, l2       what they add to the slopes that a layer keeps is the slope of that penalty
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any

import numpy as np

from groundup.exam import boundary
from groundup.exam.candidates import spelling
from groundup.exam.evidence import Check, Evidence, NotExamined, P, check
from groundup.exam.pieces import layers
from groundup.exam.pieces.layers import (
    DROP,
    DROPS,
    IN,
    OUT,
    READ,
    ROWS,
    Part,
    backward,
    forward,
    kind_of,
    made_arrays,
    out_of,
    slope_names,
)

Array = Any
KEPT = re.compile(r"keep|kept|retain|surviv|stay")
"""What a docstring says of a share that comes through."""


@check(
    "L05",
    "Where nobody trains, a row does not depend on the rows beside it, nor on chance.",
    needs="layer switch",
    boundary="1e-12",
    read="Ioffe and Szegedy, Batch normalization (2015), 3.1",
)
def rows_apart(part: Part, rng: Any) -> Evidence:
    """After a few tables were seen in training."""
    layer = out_of(part, rng)[0]
    for _ in range(3):
        part.passed(layer, rng.normal(size=(ROWS, IN)) + 0.1, True)
    X = rng.normal(size=(ROWS, IN)) + 0.1
    whole = part.passed(layer, X, False)
    if whole.shape[:1] != (ROWS,):
        raise NotExamined("its samples are not the rows")
    far = max(float(np.abs(part.passed(layer, X[k : k + 1], False)[0] - whole[k]).max()) for k in range(ROWS))
    return Evidence(far, 1e-12, f"a row alone comes out {far:.3g} away from the same row among others")


@check(
    "L06",
    "Drop-out lets a share of the numbers through in training, and all of them where nobody trains; both of one mean.",
    needs="layer switch chance",
    false_alarm=P,
    read="Srivastava and others, Dropout, JMLR 15 (2014)",
)
def drop_out(part: Part, rng: Any) -> Evidence:
    """The share is 0.4 or 0.6 of 10,000, as its argument is a share kept or dropped; numbers kept are made larger."""
    layer, X = part.made(), np.full((100, 100), 2.0)
    seen, shown = part.passed(layer, X, True) / 2.0, part.passed(layer, X, False) / 2.0
    if seen.shape != X.shape:
        raise NotExamined("it gives another number of columns")
    through, kept = np.unique(np.round(seen[seen != 0], 12)), int((seen != 0).sum())
    if len(through) > 1 or kept in (0, X.size):
        words = "all" if kept == X.size else "none" if kept == 0 else "in unlike sizes"
        return Evidence(np.inf, 1e-9, f"in training, of {X.size} equal numbers {kept} come through, {words}", "share")
    shares = share_kept(part.cls)
    share = min(shares, key=lambda keep: abs(kept / X.size - keep))
    low, high = boundary.binomial(X.size, share)
    if not low <= kept <= high:
        return Evidence(
            np.inf,
            1e-9,
            f"in training {kept} of {X.size} come through instead of {share:g} of them",
            "turned" if abs(kept / X.size - 1 + share) < 0.05 else "share",
        )
    far = float(np.abs(shown - through[0] * share).max())
    turned = "turned" if len(shares) > 1 and np.abs(shown - through[0] * (1 - share)).max() < 1e-9 else "mean"
    part.conventions |= {"drop-out": "the numbers shrink where nobody trains"} if through[0] == 1 else {}
    words = f"in training {share:g} of the numbers come through, {through[0]:.4g} times as large; "
    return Evidence(far, 1e-9, words + f"where nobody trains, {shown.min():.4g} to {shown.max():.4g} times", turned)


def share_kept(cls: Any) -> tuple[float, ...]:
    """Which share comes through where its argument is 0.4; both where neither a name nor a docstring says which."""
    name = next(spelling.plain(n) for n in spelling.parameters(cls) if spelling.plain(n) in DROPS)
    if "keep" in name:
        return (DROP,)
    said = " ".join(d or "" for d in (cls.__doc__, cls.__init__.__doc__)).lower()
    if "drop" in name or (name == "rate" and not KEPT.search(said)):
        return (1 - DROP,)
    return (DROP, 1 - DROP)


@check(
    "L07",
    "Drop-out sends backward through the gates that it sent forward through.",
    needs="layer chance",
    boundary="1e-12",
    read=READ,
)
def same_gates(part: Part, rng: Any) -> Evidence:
    """With ones going backward, what comes back is what came out over what went in."""
    layer, X = part.made(), np.full((20, 20), 2.0)
    seen = part.passed(layer, X, True) if "switch" in part.can else forward(layer, X)
    back = backward(layer, np.ones_like(seen))
    if back is None or np.shape(back) != X.shape or seen.shape != X.shape:
        raise NotExamined("its backward hands back no slope of what went in")
    far = float(np.abs(np.asarray(back, dtype=float) - seen / 2.0).max())
    return Evidence(far, 1e-12, f"a slope is off by {far:.3g}")


@check("L09", "What l1 and l2 add to a slope is the slope of that penalty.", needs="layer price", read=READ)
def price_slopes(part: Part, rng: Any) -> Evidence:
    """Sign(W) for l1 and W for l2, in any positive scale, beside the same layer without a price."""
    X, G = rng.normal(size=(ROWS, IN)), rng.normal(size=(ROWS, OUT))
    made = made_arrays(part)
    first = {name: value for name, value in vars(part.made()).items() if name in made}
    first = {
        name: rng.permutation(np.linspace(-1.0, 0.9, value.size)).reshape(value.shape) for name, value in first.items()
    }
    plain = _slopes_at(part, first, X, G)
    worst, words, sign, seen = 0.0, "the slopes of its prices are right", "", False
    for price, kind in part.prices.items():
        priced = _slopes_at(part, first, X, G, **{price: 0.3})
        for name in plain.keys() & priced.keys():
            more = (priced[name] - plain[name]) / 0.3
            if not np.abs(more).max() > 1e-9:
                continue  # that of the biases, or left to another one
            seen, pull = True, np.sign(first[name]) if kind == "l1" else first[name]
            factor = float((more * pull).sum() / (pull * pull).sum())
            far = float(np.abs(more - abs(factor) * pull).max() / np.abs(more).max())
            if far > worst:
                k = int(np.abs(more - abs(factor) * pull).argmax())
                weight, own = np.ravel(first[name])[k], np.ravel(more)[k]
                worst, sign = far, kind
                words = (
                    f"with {price}=0.3 the slope of {name} at a weight of {weight:.3g} has {own:.3g} of the price more"
                )
    if not seen:
        raise NotExamined("its prices change none of the slopes that it keeps")
    return Evidence(worst, 1e-9, words, sign)


def _slopes_at(part: Part, first: dict[str, Array], X: Array, G: Array, **price: float) -> dict[str, Array]:
    """The slopes that it keeps of these parameters, with this price."""
    layer = part.made(**price)
    vars(layer).update({name: value.copy() for name, value in first.items()})
    try:
        forward(layer, X)
        backward(layer, G)
    except (ValueError, TypeError, IndexError, AttributeError):
        raise NotExamined("its samples are not the rows") from None
    kept = {n: v for n, v in vars(layer).items() if isinstance(v, np.ndarray) and v.dtype.kind == "f"}
    found = {n: next((kept[s] for s in slope_names(n) if s in kept), None) for n in first}
    return {n: v for n, v in found.items() if v is not None and v.shape == first[n].shape}


@check(
    "L12",
    "What a layer keeps while somebody trains becomes the mean and the spread of what it saw.",
    needs="layer switch",
    boundary="1e-3, with a variance of n or of n - 1",
    read="Ioffe and Szegedy, Batch normalization (2015), 3.1",
)
def running(part: Part, rng: Any) -> Evidence:
    """After one table was seen again and again, it comes out where nobody trains as where somebody does."""
    if "chance" in part.can:
        raise NotExamined("it depends on chance")
    layer, taken, _, _ = out_of(part, rng)
    if taken.shape != (ROWS, IN):
        raise NotExamined("its samples are not the rows")
    X = rng.normal(size=(50, IN)) * 1.7 + 2.0
    shown = part.passed(layer, X, True)
    if np.abs(part.passed(layer, X[:7], True) - shown[:7]).max() < 1e-9:
        raise NotExamined("a row does not depend on the rows beside it")
    far: list[float] = []
    for _ in range(2):
        for _ in range(2000):
            part.passed(layer, X, True)
        own = part.passed(layer, X, False)
        ways = (own, own - (own - own.mean(axis=0)) * (1 - np.sqrt(50 / 49)))
        far.append(min(float(np.abs(way - shown).max()) for way in ways))
    if 1e-3 < far[1] < 0.9 * far[0]:
        raise NotExamined("its averages move too slowly to be asked")
    return Evidence(far[1], 1e-3, f"after 4000 times the same table a number is off by {far[1]:.3g}")


@check("L13", "What a layer sends forward is handed back, as what it sends backward is.", needs="layer", read=READ)
def handed_back(part: Part, rng: Any) -> Evidence:
    """Layers that keep both as attributes hand back neither. One that ends in a bare `return` has lost its answer.

    So has one beside others of its file that do hand it back.
    """
    layer, X, _, G = out_of(part, rng)
    out = layer.forward(X.copy())
    if out is not None or layers.sent_back(layer, G) is None:
        return Evidence(0.0, 0.0, "both are handed back, or neither")
    beside = part.cls.forward.__globals__.values()
    others = [cls for cls in beside if kind_of(cls) and cls is not part.cls and cls.__module__ == part.cls.__module__]
    lost = _ends_bare(part.cls.forward) or any(_hands_back(cls.forward) for cls in others)
    return Evidence(float(lost), 0.0, "forward hands back nothing (None), while backward hands back a slope")


def _returns(function: Any) -> list[ast.Return]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return []
    return [n for n in ast.walk(tree) if isinstance(n, ast.Return)]


def _ends_bare(function: Any) -> bool:
    found = _returns(function)
    return bool(found) and all(n.value is None for n in found)


def _hands_back(function: Any) -> bool:
    return any(n.value is not None for n in _returns(function))


QUESTIONS: list[Check] = [*layers.QUESTIONS, handed_back, rows_apart, drop_out, same_gates, price_slopes, running]
__all__ = ["QUESTIONS", "Part", "kind_of"]
