# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Questions for losses of scores, of margins, and of one chance for each class.

bce_with_logits              -y log s(z) - (1 - y) log(1 - s(z)), of labels 0 and 1 and scores z
hinge                        max(0, 1 - y z), of labels -1 and 1 (or 0 and 1)
categorical_crossentropy     -Σ y log p, of one-hot rows (or classes) and rows of chances
cross_entropy_with_logits    -Σ y log softmax(z), of one-hot rows (or classes) and rows of scores
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading.formulas import Formula
from groundup.formulas import losses

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 6.2.2: output units"
CLASSES = 3


def _of_chances(y: Array, p: Array) -> Array:
    with np.errstate(all="ignore"):
        return -np.where(y > 0, y * np.log(p), 0.0).sum(axis=1)


ROWS: dict[str, Callable[[Array, Array], Array]] = {
    "bce_with_logits": lambda y, z: losses.named("logistic").value(z, y),
    "hinge": lambda y, z: np.maximum(0.0, 1.0 - y * z),
    "categorical_crossentropy": _of_chances,
    "cross_entropy_with_logits": lambda y, z: losses.named("cross_entropy").value(z, y),
}
"""The loss of each row by the book."""


def _others(name: str, y: Array, p: Array) -> dict[str, Array]:
    """Wrong formulas by their signs: the loss of each row."""
    book = ROWS[name](y, p)
    with np.errstate(all="ignore"):
        found = {"negative": -book, "base 2": book / np.log(2), "base 10": book / np.log(10), "half": book / 2}
        if name == "hinge":
            found |= {
                "margin turned": np.maximum(0.0, 1.0 + y * p),
                "no margin": np.maximum(0.0, -y * p),
                "squared hinge": book**2,
            }
        elif p.ndim == 2:
            found |= {"mean over the classes too": book / CLASSES}
        if name == "cross_entropy_with_logits":
            found |= {"softmax missing": -(y * np.log(p)).sum(axis=1)}
        if name == "bce_with_logits":
            found |= {"magnitude in the exponent": np.maximum(p, 0.0) - p * y + np.log1p(np.exp(-p))}
            found |= {"first term alone": np.logaddexp(0, -p), "softmax missing": -y * np.log(p)}
    return found


def _sign(name: str, mine: list[float], pairs: list[tuple[Array, Any, Array]]) -> str:
    """Which wrong formula has these values."""
    known = [_others(name, y, p) for y, _, p in pairs]
    for sign in known[0]:
        if np.allclose(mine, [float(one[sign].mean()) for one in known], rtol=1e-6, atol=1e-9):
            return sign
    return ""


def labels(name: str, rng: Any, n: int) -> tuple[Array, list[Array]]:
    """(the labels as the book has them, all usual ways to write them)."""
    two = rng.permutation(np.arange(n) % 3 == 0).astype(float)
    if name == "bce_with_logits":
        return two, [two, two.astype(int)]
    if name == "hinge":
        return 2 * two - 1, [2 * two - 1, two]
    classes = rng.permutation(np.arange(n) % CLASSES)
    return np.eye(CLASSES)[classes], [np.eye(CLASSES)[classes], classes]


def predictions(name: str, rng: Any, n: int) -> Array:
    """Scores of either sign, or rows of chances."""
    if name in ("bce_with_logits", "hinge"):
        return np.round(rng.normal(size=n) * 2, 2)
    scores = rng.normal(size=(n, CLASSES))
    if name == "cross_entropy_with_logits":
        return np.round(scores * 2, 2)
    p = np.exp(scores)
    return p / p.sum(axis=1, keepdims=True)


def ways(f: Formula, y: list[Array], p: Array) -> Iterator[tuple[int, bool, bool]]:
    """(which way to write the labels, whether the predictions come first, whether the samples are columns)."""
    for columns in (False, True) if p.ndim == 2 else (False,):
        for turned in (f.swapped,) if f.readable else (f.swapped, not f.swapped):
            for form in range(len(y)):
                yield form, turned, columns


def value(f: Formula, y: Array, p: Array, turned: bool, columns: bool) -> float:
    """One number; the mean where it gives one for each row."""
    y, p = (y.T, p.T) if columns else (y, p)
    found = np.asarray(f.function(*((p.copy(), y.copy()) if turned else (y.copy(), p.copy()))), dtype=float)
    if found.size not in (1, len(y) if not columns else y.shape[-1]):
        raise ValueError(f"{len(y)} rows gave an answer of shape {found.shape}")
    return float(found.mean())


@check("D06", "On small tables it has the value of the book.", boundary="1e-6, or the sum", read=READ)
def small_tables(f: Formula, rng: Any) -> Evidence:
    """7 rows and 12 rows: a factor that depends on their number shows."""
    name, told, sign = f.target.name, "", ""
    pairs = [(*labels(name, rng, n), predictions(name, rng, n)) for n in (7, 12)]
    for form, turned, columns in ways(f, pairs[0][1], pairs[0][2]):
        try:
            mine = [value(f, y[form], p, turned, columns) for _, y, p in pairs]
        except (ValueError, TypeError, IndexError, AttributeError):
            continue
        book = [float(ROWS[name](y, p).mean()) for y, _, p in pairs]
        for words, scale in (("", (1.0, 1.0)), ("it is a sum over the rows", (7.0, 12.0)), ("half", (0.5, 0.5))):
            if np.allclose(mine, np.multiply(book, scale), rtol=1e-6, atol=1e-9):
                f.conventions |= {"scale": words} if words else {}
                f.conventions |= {"order": "the prediction is the first argument"} if turned and not f.readable else {}
                f.conventions |= {"samples": "its samples are the columns"} if columns else {}
                f.settled = form, turned, columns, scale  # pyright: ignore[reportAttributeAccessIssue]
                return Evidence(0.0, 0.0, "the same value")
        gaps = [abs(a - b) if np.isfinite(a) else np.inf for a, b in zip(mine, book, strict=True)]
        worst = int(np.argmax(gaps))
        sign = sign or _sign(name, mine, pairs)
        told = told or f"it is {mine[worst]:.8g}; the book says {book[worst]:.8g}"
    if not told:
        raise NotExamined("it takes no labels and predictions of a usual shape")
    return Evidence(1.0, 0.0, told, sign)


@check("D06b", "Far out, where it is right or wrong by a thousand, it is still right.", boundary="1e-9", read=READ)
def far(f: Formula, rng: Any) -> Evidence:
    """Scores of ±40 and ±1000; chances of 0 where they cost nothing."""
    small_tables.ask(f, np.random.default_rng(5))
    if not hasattr(f, "settled"):
        raise NotExamined("its value on small tables is wrong")
    form, turned, columns, scale = f.settled  # pyright: ignore[reportAttributeAccessIssue]
    name = f.target.name
    y, written = labels(name, rng, 7)
    p = predictions(name, rng, 7)
    if name == "categorical_crossentropy":
        p[:2] = y[:2]  # sure, and right
    else:
        p[:4] = np.array([40.0, -40.0, 1000.0, -1000.0]).reshape(4, *[1] * (p.ndim - 1)) * (
            1.0 if p.ndim == 1 else np.array([1.0, 0.0, -0.5])
        )
    mine, book = value(f, written[form], p, turned, columns), float(ROWS[name](y, p).mean())
    book *= scale[0]
    gap = abs(mine - book) / max(1.0, abs(book)) if np.isfinite(mine) else np.inf
    sign = "nan" if np.isnan(mine) else "inf" if np.isinf(mine) else ""
    return Evidence(
        gap, 1e-6 if name == "categorical_crossentropy" else 1e-9, f"it is {mine:.8g}; the book says {book:.8g}", sign
    )


QUESTIONS = [small_tables, far]
