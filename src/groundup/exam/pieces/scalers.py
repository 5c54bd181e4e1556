# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Scalers of a file: classes with fit and transform, whatever they scale to.

They forget what they learnt before, treat a row alone as among others, learn from pieces what they learn from the
whole, and undo what they did. What is mean 0 and variance 1, or from 0 to 1, on a plain table, is so on any table.
What their arguments ask for is asked for: another range, no centring, no scaling.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "scikit-learn, user guide, 7.3: preprocessing data"


LOWS = ("low", "lo", "min", "new_min", "a", "lower", "range_min", "min_val", "min_value")
HIGHS = ("high", "hi", "max", "new_max", "b", "upper", "range_max", "max_val", "max_value")
MEANS = ("with_mean", "center", "centre", "centering", "with_centering")
SPREADS = ("with_std", "scale", "scaling", "with_scaling")
RANGES = ((-2.0, 3.0), (5.0, 10.0))
"""Neither starts at 0, and in neither is the upper end the width."""
HAIR = 1e-6
"""How far from 1 a deviation may come out: with 1e-8 added to one of 0.5, it is 2e-8 off."""


class Scaler(Asked):
    """A class with fit and transform, made with its defaults."""

    LACKS: ClassVar = {
        "pieces": "it has no partial_fit",
        "back": "it has no inverse_transform",
        "settings": "it has no argument that says what it scales to",
    }

    def __init__(self, cls: Any):
        super().__init__()
        self.cls = cls
        self.can |= {"pieces"} if hasattr(cls, "partial_fit") else set()
        self.can |= {"back"} if hasattr(cls, "inverse_transform") else set()
        self.given = dict(self.ways())
        self.can |= {"settings"} if self.given else set()
        self.made()

    def ways(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What can be asked of it by its arguments: (in words, the arguments)."""
        names = spelling.parameters(self.cls)
        own = {spelling.plain(n): n for n in names}
        both = [next((own[w] for w in words if w in own), "") for words in (LOWS, HIGHS)]
        for low, high in RANGES:
            if "feature_range" in own:
                yield f"from {low:g} to {high:g}", {own["feature_range"]: (low, high)}
            elif all(both):
                yield f"from {low:g} to {high:g}", dict(zip(both, (low, high), strict=True))
        if "clip" in own and "feature_range" in own and names[own["clip"]].default is False:
            yield "clipped", {own["clip"]: True, own["feature_range"]: RANGES[0]}
        for words, switches in (("not centred", MEANS), ("not scaled", SPREADS)):
            name = next((own[w] for w in switches if w in own and names[own[w]].default is True), "")
            if name:
                yield words, {name: False}

    def made(self, **given: Any) -> Any:
        """A fresh one; NotExamined where it needs arguments."""
        try:
            return self.cls(**given)
        except TypeError as reason:
            raise NotExamined(f"it could not be made without arguments: {reason}") from None

    def scaled(self, X: Array, rows: Array, **given: Any) -> Array:
        """The rows by a fresh one that learnt from X."""
        return np.asarray(self.learnt(X, self.made(**given)).transform(rows.copy()), dtype=float)

    def learnt(self, X: Array, made: Any = None) -> Any:
        """A fresh one, or this one, after it learnt from X."""
        made = self.made() if made is None else made
        (made.fit if hasattr(made, "fit") else made.fit_transform)(X.copy())
        return made


def kind_of(cls: Any) -> bool:
    """Whether a class learns a table and transforms it, and predicts nothing."""
    learns = getattr(cls, "fit", None) or getattr(cls, "fit_transform", None)
    able = callable(learns) and callable(getattr(cls, "transform", None)) and not hasattr(cls, "predict")
    return (
        inspect.isclass(cls)
        and able
        and len([p for p in spelling.parameters(learns).values() if p.default is p.empty]) == 2
    )


def table(rng: Any, n: int) -> Array:
    """Columns off centre and of unlike spread."""
    return rng.normal(size=(n, 3)) * [0.5, 2.0, 7.0] + [3.0, -20.0, 0.4]


@check("T01", "Its columns come out as it promises: mean 0 and variance 1, or from 0 to 1.", read=READ)
def comes_out(s: Scaler, rng: Any) -> Evidence:
    """By the rows that it learnt from; divided by n or by n - 1, or by a hair more: 1e-8 guards against 0 / 0."""
    X = table(rng, 30)
    Z = s.scaled(X, X)
    if Z.shape != X.shape:
        raise NotExamined(f"a table of shape {X.shape} came out as {Z.shape}")
    ways = {
        "mean 0 and variance 1": max(
            float(np.abs(Z.mean(axis=0)).max()), min(float(np.abs(Z.std(axis=0, ddof=k) - 1).max()) for k in (0, 1))
        ),
        "from 0 to 1": max(float(np.abs(Z.min(axis=0)).max()), float(np.abs(Z.max(axis=0) - 1).max())),
        "from -1 to 1": max(float(np.abs(Z.min(axis=0) + 1).max()), float(np.abs(Z.max(axis=0) - 1).max())),
        "median 0 and 1 from quarter to quarter": max(
            float(np.abs(np.median(Z, axis=0)).max()),
            float(np.abs(np.subtract(*np.quantile(Z, [0.75, 0.25], axis=0)) - 1).max()),
        ),
        "1 at most in magnitude": float(np.abs(np.abs(Z).max(axis=0) - 1).max()),
        "rows of length 1": min(float(np.abs(np.linalg.norm(Z, ord=k, axis=1) - 1).max()) for k in (1, 2, np.inf)),
    }
    words = min(ways, key=lambda w: ways[w])
    bare = s.cls.__name__.lower().replace("_", "")
    promised = any(name in bare for name in ("standard", "minmax", "maxabs"))
    if "robust" in bare:  # what a quarter is, is defined in several ways
        words = "median 0 and 1 from quarter to quarter"
        off = float(np.abs(np.subtract(*np.quantile(Z, [0.75, 0.25], axis=0)) - 1).max())
        ways[words] = max(float(np.abs(np.median(Z, axis=0)).max()), off if off > 0.25 else 0.0)
        promised = True
    if ways[words] > HAIR and not promised:
        raise NotExamined("it scales to something else")
    s.conventions |= {"scale": words} if ways[words] <= HAIR else {}
    return Evidence(ways[words], HAIR, f"its columns are off {words} by {ways[words]:.3g}")


@check(
    "T10",
    "What its arguments ask for comes out: another range, columns that keep their mean or their spread.",
    needs="settings",
    read=READ,
)
def as_asked(s: Scaler, rng: Any) -> Evidence:
    """Two ranges that do not start at 0; without centring 0 stays 0, without scaling differences stay as they are."""
    X = table(rng, 30)
    usual = s.scaled(X, X)
    if not comes_out_anyway(s, usual):
        raise NotExamined("it scales to something else")
    worst, words, sign = 0.0, "as asked", ""
    for way, given in s.given.items():
        Z = s.scaled(X, X, **given)
        said = ", ".join(f"{name}={value!r}" for name, value in given.items())
        if way == "clipped":
            (low, high), far = RANGES[0], np.array([[-1e3] * 3, [1e3] * 3])
            outside = s.scaled(X, far, **given)
            plain = s.scaled(X, X, **{name: value for name, value in given.items() if value is not True})
            off = max(float(np.abs(outside - [[low], [high]]).max()), float(np.abs(Z - plain).max()))
            told = f"with {said} rows far below and above come out as {outside.min():.3g} and {outside.max():.3g}"
        elif way.startswith("from"):
            low, high = RANGES[way != f"from {RANGES[0][0]:g} to {RANGES[0][1]:g}"]
            off = max(float(np.abs(Z.min(axis=0) - low).max()), float(np.abs(Z.max(axis=0) - high).max()))
            told = f"with {said} its columns go from {Z.min():.3g} to {Z.max():.3g}"
        elif way == "not centred":
            off = float(
                np.abs(s.scaled(X, np.zeros((1, 3)), **given)).max() + np.abs(np.ptp(Z, 0) - np.ptp(usual, 0)).max()
            )
            told = f"with {said} its columns are off X over the spread by {off:.3g}"
        else:
            off = float(np.abs(np.diff(Z, axis=0) - np.diff(X, axis=0)).max())
            told = f"with {said} differences between rows are off by {off:.3g}"
        if off > worst:
            worst, words, sign = off, told, "range" if way.startswith("from") else way
    return Evidence(worst, HAIR, words, sign)


def comes_out_anyway(s: Scaler, Z: Array) -> bool:
    """Whether it is one of those that this book knows, by what comes out with its defaults."""
    mean, low, high = np.abs(Z.mean(axis=0)).max(), np.abs(Z.min(axis=0)).max(), np.abs(Z.max(axis=0) - 1).max()
    return bool(max(mean, np.abs(Z.std(axis=0) - 1).max()) <= 0.1 or max(low, high) <= HAIR)


@check("T02", "Learning again forgets what was learnt before.", boundary="1e-12", read=READ)
def forgets(s: Scaler, rng: Any) -> Evidence:
    """fit on one table and then another equals fit on the other."""
    X, other = table(rng, 20), table(rng, 25) * 3 + 5
    made = s.learnt(X, s.learnt(other))
    gap = float(np.abs(np.asarray(made.transform(X.copy()), dtype=float) - s.scaled(X, X)).max())
    return Evidence(gap, 1e-9, f"after an earlier fit a number is off by {gap:.3g}")


@check("T03", "A row is scaled alone as among others.", boundary="1e-12", read=READ)
def one_alone(s: Scaler, rng: Any) -> Evidence:
    """By what was learnt, and not by the rows that are scaled."""
    X, rows = table(rng, 20), table(rng, 6)
    whole = s.scaled(X, rows)
    alone = np.vstack([s.scaled(X, rows[k : k + 1]) for k in range(6)])
    gap = float(np.abs(whole - alone).max())
    return Evidence(gap, 1e-9, f"alone a row is off by {gap:.3g}")


@check("T04", "Learning from pieces is learning from the whole.", needs="pieces", boundary="1e-9", read=READ)
def pieces(s: Scaler, rng: Any) -> Evidence:
    """Pieces of 3, 11 and 6 rows that lie apart."""
    X = np.vstack([table(rng, 3) + 9.0, table(rng, 11), table(rng, 6) * 2 - 4.0])
    made = s.made()
    for part in (X[:3], X[3:14], X[14:]):
        made.partial_fit(part.copy())
    gap = float(np.abs(np.asarray(made.transform(X.copy()), dtype=float) - s.scaled(X, X)).max())
    return Evidence(gap, 1e-9, f"learnt from three pieces, a number is off by {gap:.3g}")


@check("T05", "What it did it can undo.", needs="back", boundary="1e-9", read=READ)
def there_and_back(s: Scaler, rng: Any) -> Evidence:
    """On rows that it never saw."""
    X, rows = table(rng, 20), table(rng, 6)
    made = s.learnt(X)
    back = np.asarray(made.inverse_transform(made.transform(rows.copy())), dtype=float)
    gap = float(np.abs(back - rows).max())
    return Evidence(gap, 1e-9, f"there and back, a number is off by {gap:.3g}")


@check("T11", "Whatever is asked for, what it did it can undo.", needs="back settings", boundary="1e-9", read=READ)
def back_from_there(s: Scaler, rng: Any) -> Evidence:
    """With each of its arguments in turn, on rows that it never saw."""
    X, rows = table(rng, 20), table(rng, 6)
    worst, words = 0.0, "as they were"
    for given in (given for way, given in s.given.items() if way != "clipped"):
        made = s.learnt(X, s.made(**given))
        back = np.asarray(made.inverse_transform(made.transform(rows.copy())), dtype=float)
        gap = float(np.abs(back - rows).max())
        if not gap <= worst:
            said = ", ".join(f"{name}={value!r}" for name, value in given.items())
            worst, words = gap, f"with {said}, there and back, a number is off by {gap:.3g}"
    return Evidence(worst, 1e-9, words)


@check("T06", "The table is left as it was.", boundary="equal", read=READ)
def left_alone(s: Scaler, rng: Any) -> Evidence:
    """Scaling in place changes the caller's table."""
    X = table(rng, 15)
    mine = X.copy()
    made = s.made()
    (made.fit if hasattr(made, "fit") else made.fit_transform)(mine)
    Z = np.array(made.transform(mine), dtype=float)
    changed = float(np.abs(mine - X).max())
    words = f"a number of the table moved by {changed:.3g}"
    if "back" in s.can and changed == 0:
        scaled = Z.copy()
        made.inverse_transform(scaled)
        changed = float(np.abs(scaled - Z).max())
        words = f"inverse_transform moved a number of the table that it was given by {changed:.3g}"
    return Evidence(changed, 0.0, words)


@check("T07", "A constant column comes out as numbers.", boundary="finite", read=READ, manners=True)
def constant_column(s: Scaler, rng: Any) -> Evidence:
    """0 / 0 is no number."""
    X = table(rng, 12)
    X[:, 1] = 4.0
    Z = s.scaled(X, X)
    bad = float((~np.isfinite(Z)).sum())
    return Evidence(bad, 0.0, f"{bad:.0f} of {Z.size} are not finite numbers")


@check(
    "T08",
    "A column far from zero is scaled as the same column near it.",
    boundary="1e-3, where differences keep 9 digits",
    read="Higham, Accuracy and Stability of Numerical Algorithms, 1.9: the sample variance",
)
def far_from_zero(s: Scaler, rng: Any) -> Evidence:
    """mean(x²) - mean(x)² loses all digits of a variance of 1 at a mean of 1e8; the mean of (x - mean)² keeps them."""
    X = table(rng, 30)
    far = X + 1e8
    near, moved = s.scaled(far - 1e8, far - 1e8), s.scaled(far, far)
    if not s.conventions.get("scale"):
        raise NotExamined("it scales to something else")
    gap = float(np.abs(moved - near).max())
    return Evidence(gap, 1e-3, f"with 1e8 added to its columns a number is off by {gap:.3g}")


@check("T09", "Whole numbers are scaled as the same numbers with a decimal point.", boundary="1e-9", read=READ)
def whole_numbers(s: Scaler, rng: Any) -> Evidence:
    """A table of counts: X -= mean in place cannot be kept in integers, and cuts off or refuses."""
    X = rng.integers(-9, 30, (20, 3))
    gap = float(np.abs(s.scaled(X, X) - s.scaled(X.astype(float), X.astype(float))).max())
    return Evidence(gap, 1e-9, f"of whole numbers one comes out {gap:.3g} off")


QUESTIONS: list[Check] = [
    comes_out,
    as_asked,
    forgets,
    one_alone,
    pieces,
    there_and_back,
    back_from_there,
    left_alone,
    constant_column,
    far_from_zero,
    whole_numbers,
]
