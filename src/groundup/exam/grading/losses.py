# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Questions for losses of scores, of margins, and of one chance for each class.

Of classes, also with labels that are smoothed by as much as an argument says, and with the slope handed back beside it.

bce_with_logits              -y log s(z) - (1 - y) log(1 - s(z)), of labels 0 and 1 and scores z
hinge                        max(0, 1 - y z), of labels -1 and 1 (or 0 and 1)
categorical_crossentropy     -Σ y log p, of one-hot rows (or classes) and rows of chances
cross_entropy_with_logits    -Σ y log softmax(z), of one-hot rows (or classes) and rows of scores
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading.formulas import Formula
from groundup.exam.pieces.layers import gap, slopes_of
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


CLASSES_OF = ("categorical_crossentropy", "cross_entropy_with_logits")
SMOOTHINGS = ("smoothing", "label_smoothing", "smooth", "smoothing_factor")
"""What the share is called that a loss of classes takes from the true class."""


def smoothing(f: Formula) -> float:
    """How much it takes where nobody says; 0 where it takes none."""
    given = spelling.parameters(f.function).items()
    found = [p.default for n, p in given if spelling.plain(n) in SMOOTHINGS and isinstance(p.default, int | float)]
    return float(found[0]) if found and f.target.name in CLASSES_OF else 0.0


def smoothed(y: Array, share: float, form: str) -> Array:
    """The true class keeps 1 - share; what is taken goes to all classes alike, to the others, or partly nowhere."""
    to_all, to_others = share / CLASSES, share / (CLASSES - 1)
    if form == "all":
        return (1 - share) * y + to_all
    return np.where(y > 0, 1 - share, to_others if form == "others" else to_all)


def by_the_book(f: Formula, y: Array, p: Array, form: str = "") -> float:
    """The mean over the rows; of labels that are smoothed in this form where one is named."""
    if not form:
        return float(ROWS[f.target.name](y, p).mean())
    of_each = np.column_stack([ROWS[f.target.name](np.tile(one, (len(p), 1)), p) for one in np.eye(CLASSES)])
    return float((smoothed(y, smoothing(f), form) * of_each).sum(axis=1).mean())


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


def of_both(answer: Any, p: Array) -> tuple[Array, Array | None]:
    """(value, slope) of what a loss hands back: the value alone, or with a slope in the shape of the predictions."""
    if not isinstance(answer, tuple) or len(answer) != 2:
        return np.asarray(answer, dtype=float), None
    one, other = (np.asarray(part, dtype=float) for part in answer)
    return (one, other) if other.shape == p.shape else (other, one)


def value(f: Formula, y: Array, p: Array, turned: bool, columns: bool) -> float:
    """One number; the mean where it gives one for each row."""
    y, p = (y.T, p.T) if columns else (y, p)
    found = of_both(f.function(*((p.copy(), y.copy()) if turned else (y.copy(), p.copy()))), p)[0]
    if found.size not in (1, len(y) if not columns else y.shape[-1]):
        raise ValueError(f"{len(y)} rows gave an answer of shape {found.shape}")
    return float(found.mean())


@check("D06", "On small tables it has the value of the book.", boundary="1e-6, or the sum", read=READ)
def small_tables(f: Formula, rng: Any) -> Evidence:
    """7 rows and 12 rows: a factor that depends on their number shows."""
    name, told, sign = f.target.name, "", ""
    pairs = [(*labels(name, rng, n), predictions(name, rng, n)) for n in (7, 12)]
    spreads = ("all", "others") if smoothing(f) else ("",)
    for form, turned, columns in ways(f, pairs[0][1], pairs[0][2]):
        try:
            mine = [value(f, y[form], p, turned, columns) for _, y, p in pairs]
        except (ValueError, TypeError, IndexError, AttributeError):
            continue
        books = {one: [by_the_book(f, y, p, one) for y, _, p in pairs] for one in spreads}

        def uneven(one: str, mine: list[float] = mine, books: dict[str, list[float]] = books) -> float:
            return abs(mine[1] * books[one][0] - mine[0] * books[one][1])  # a common factor is a convention

        spread = min(spreads, key=uneven)
        book, f.spread = books[spread], spread  # pyright: ignore[reportAttributeAccessIssue]
        for words, scale in (("", (1.0, 1.0)), ("it is a sum over the rows", (7.0, 12.0)), ("half", (0.5, 0.5))):
            if np.allclose(mine, np.multiply(book, scale), rtol=1e-6, atol=1e-9):
                f.conventions |= {"scale": words} if words else {}
                f.conventions |= {"order": "the prediction is the first argument"} if turned and not f.readable else {}
                f.conventions |= {"samples": "its samples are the columns"} if columns else {}
                f.settled = form, turned, columns, scale  # pyright: ignore[reportAttributeAccessIssue]
                return Evidence(0.0, 0.0, "the same value")
        gaps = [abs(a - b) if np.isfinite(a) else np.inf for a, b in zip(mine, book, strict=True)]
        worst = int(np.argmax(gaps))
        if smoothing(f) and np.allclose(mine, [by_the_book(f, y, p, "nowhere") for y, _, p in pairs]):
            sign = "smoothed labels do not add up to one"
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
    p, spread = predictions(name, rng, 7), f.spread  # pyright: ignore[reportAttributeAccessIssue]
    if spread and name == "categorical_crossentropy":
        raise NotExamined("with smoothed labels a chance of 0 is infinitely wrong")
    if name == "categorical_crossentropy":
        p[:2] = y[:2]  # sure, and right
    else:
        p[:4] = np.array([40.0, -40.0, 1000.0, -1000.0]).reshape(4, *[1] * (p.ndim - 1)) * (
            1.0 if p.ndim == 1 else np.array([1.0, 0.0, -0.5])
        )
    mine, book = value(f, written[form], p, turned, columns), by_the_book(f, y, p, spread)
    book *= scale[0]
    gap = abs(mine - book) / max(1.0, abs(book)) if np.isfinite(mine) else np.inf
    sign = "nan" if np.isnan(mine) else "inf" if np.isinf(mine) else ""
    return Evidence(
        gap, 1e-6 if name == "categorical_crossentropy" else 1e-9, f"it is {mine:.8g}; the book says {book:.8g}", sign
    )


@check("L03b", "The slope that it hands back is that of its value.", boundary="1e-4; a usual factor", read=READ)
def slope_beside(f: Formula, rng: Any) -> Evidence:
    """Central differences of its own value, in each prediction of seven rows."""
    _, written = labels(f.target.name, rng, 7)
    p = predictions(f.target.name, rng, 7)
    for form, turned, columns in ways(f, written, p):
        labelled, place = (written[form].T, p.T.copy()) if columns else (written[form], p.copy())

        def told(labelled: Array = labelled, place: Array = place, turned: bool = turned) -> tuple[Array, Array | None]:
            pair = (place.copy(), labelled.copy()) if turned else (labelled.copy(), place.copy())
            return of_both(f.function(*pair), place)

        try:
            mine = told()[1]
            right = slopes_of(lambda told=told: float(np.sum(told()[0])), place)
        except (ValueError, TypeError, IndexError, AttributeError):
            continue
        if mine is None or mine.shape != place.shape:
            raise NotExamined("it hands back no slope")
        factor = min((1.0, 7.0, 1 / 7, 0.5, 2.0), key=lambda k: gap(mine / k, right))
        far_off = gap(mine / factor, right)
        return Evidence(far_off, 1e-4, f"the slope is off by {far_off:.3g} of the largest slope of the loss")
    raise NotExamined("it takes no labels and predictions of a usual shape")


QUESTIONS = [small_tables, far, slope_beside]
