# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Functions that normalise a table, or one column: standardize(X), min_max(X), zscore_normalize(X), normalize(rows).

    z-score      mean 0 and spread 1        min-max      from 0 to 1
    mean         mean 0 and range 1         lengths      rows, columns, or all together of length 1

For each column, each row, or over everything, as comes out of a plain table. What is promised is owed: by the name,
by the docstring, or by the code of one that says only `normalize`. What promises nothing and comes out as nothing
known is not examined.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam import own_errors
from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "scikit-learn, user guide, 7.3: preprocessing data"
HAIR = 1e-6
"""How far off a table of numbers of thousands may come out: 1e-3 added to a spread of 500 is less."""
WORDS = r"(?:z_?scores?|min_?max|mean|max_?abs|l[12]|unit|robust|feature|data|column|batch|std|standard)"
ACTION = r"(?:normali[sz](?:e|ation|er|ed|ing)|standardi[sz](?:e|ation|er|ed|ing)|scal(?:e|ing|er|ed)|norm(?:ed)?)"
ENDING = rf"(?:data|features?|columns?|dataset|matrix|table|array|df|x|by|with|using|vector|values|{WORDS})"
NAME = re.compile(rf"(?:{WORDS}_?)*{ACTION}(?:_?{ENDING})*|z_?scores?|min_?max(?:ing)?")
TABLES = (
    *(
        "x",
        "data",
        "arr",
        "array",
        "values",
        "features",
        "feature",
        "matrix",
        "df",
        "dataset",
        "table",
        "inputs",
        "input",
    ),
    *(
        "x_train",
        "train",
        "v",
        "vec",
        "vector",
        "a",
        "m",
        "mat",
        "col",
        "column",
        "rows",
        "series",
        "numbers",
        "xs",
        "z",
    ),
    *("lst", "list", "list_", "vals", "samples", "points", "dataframe", "train_data", "x_data", "mtx", "d", "scores"),
)
PROMISES: tuple[tuple[str, str], ...] = (
    (
        "z",
        r"standardi[sz]|z.?score|unit variance|(variance|deviation|std) (of )?(1|one)\b|divid\w+ by (the |its )?st",
    ),
    ("range", r"min.?max|\[0, ?1\]|between 0 and 1|between zero and one|from 0 to 1|range.{0,9}0.{1,5}1\b"),
    ("mean", r"\bmean_?normali|mean normali"),
    ("length", r"unit (norm|length|vector)|\bl[12]_?norm|\bunit_|length (of )?1\b"),
)
"""What a name or a docstring says, in words."""
SMALL = 1e-3
"""A constant that only guards against 0 / 0."""


class Normaliser(Asked):
    """A function of a table, and in which form it takes one: an array, one column, or a data frame."""

    def __init__(self, function: Any):
        super().__init__()
        self.function, self.name = function, str(function.__name__)
        self.range = _range(function)
        self.form, problem = "", ""
        for form in ("table", "column", "frame"):
            try:
                self.form = form
                self.of(plain_table(np.random.default_rng(0)))
            except NotExamined as reason:
                problem = problem or str(reason)
            except Exception as reason:
                if own_errors.its_own(reason):
                    raise
                problem = problem or f"called as {self.name}(X), it raised {type(reason).__name__}: {reason}"
            else:
                words = {"column": f"{self.name} takes one column", "frame": f"{self.name} takes a data frame"}
                self.conventions |= {f"rows of {self.name}": words[form]} if form in words else {}
                return
        raise NotExamined(problem)

    def of(self, X: Array) -> Array:
        """What comes out of a table; of the first column of it, where it takes columns."""
        given: Any = X.copy() if self.form != "column" else X[:, 0].copy()
        if self.form == "frame":
            pandas: Any = sys.modules.get("pandas")
            if pandas is None:
                raise NotExamined("it takes no arrays")
            given = pandas.DataFrame(given, columns=[f"x{k}" for k in range(X.shape[1])])
        out = self.function(given)
        out = given if out is None else out
        parts = out if isinstance(out, tuple) else (out,)
        wanted = np.shape(given)
        found = next((np.asarray(part, dtype=float) for part in parts if np.shape(part) == wanted), None)
        if found is None:
            raise NotExamined(f"what it hands back has not the shape of the table: {np.shape(parts[0])}")
        single = getattr(parts[0], "dtype", None) == np.float32
        self.conventions |= {"digits": "it answers in single precision"} if single else {}
        return found if found.ndim == 2 else found[:, None]

    def allowed(self, Z: Array) -> float:
        """How far off it may be: single precision, and numbers that it rounds itself."""
        digits = next((k for k in range(7) if np.array_equal(np.round(Z, k), Z)), None)
        return max(HAIR, 1e-4 if "digits" in self.conventions else 0.0, 0.0 if digits is None else 2.0 * 10.0**-digits)

    def promised(self) -> set[str]:
        """Of which kind it says to be: by its name, else by its docstring, else by what its code computes."""
        name = _snake(self.name)
        for said in (name, (self.function.__doc__ or "").lower()):
            found = {kind for kind, pattern in PROMISES if re.search(pattern, said)}
            if found:
                return found
        return _computed(self.function)


def kind_of(thing: Any) -> bool:
    """Whether a function normalises a table by its name, and needs nothing else than a table.

    >>> def zscore_normalize(X): ...
    >>> def normalize(text): ...
    >>> kind_of(zscore_normalize), kind_of(normalize)
    (True, False)
    """
    if not inspect.isfunction(thing) or not NAME.fullmatch(_snake(thing.__name__)):
        return False
    given = list(spelling.parameters(thing).values())
    needed = [p for p in given if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    return len(needed) == 1 and needed[0] is given[0] and spelling.plain(needed[0].name) in TABLES


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip("_")).lower()


def _range(function: Any) -> tuple[float, float] | None:
    """The range that its own defaults ask for; None where nothing does."""
    given = {spelling.plain(n): p.default for n, p in spelling.parameters(function).items()}
    pair = given.get("feature_range", given.get("range"))
    if isinstance(pair, tuple) and len(pair) == 2:
        return float(pair[0]), float(pair[1])
    lows, highs = (
        ("low", "lo", "new_min", "a", "lower", "range_min"),
        ("high", "hi", "new_max", "b", "upper", "range_max"),
    )
    both = [next((given[w] for w in words if isinstance(given.get(w), int | float)), None) for words in (lows, highs)]
    return None if None in both else (float(both[0] or 0), float(both[1] or 0))


def _computed(function: Any) -> set[str]:
    """What its code computes: a mean and a spread, or the least and the largest; nothing where it has more to it.

    A number in it that is not 0, 1 or very small is more: who divides by two spreads means it.
    """
    try:
        nodes = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))))
    except (OSError, TypeError, SyntaxError):
        return set()
    values: list[Any] = [n.value for n in nodes if isinstance(n, ast.Constant)]
    numbers = [value for value in values if type(value) in (int, float)]
    called = {n.func.attr for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}
    called |= {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    usual = {"mean", "std", "var", "min", "max", "amin", "amax", "ptp", "nanmean", "nanstd", "nanmin", "nanmax"}
    free = {*usual, "copy", "array", "asarray", "astype", "zeros_like", "range", "len", "float", "where", "sqrt"}
    if any(abs(n) > SMALL and abs(n) != 1 for n in numbers) or called - free:
        return set()
    spread, ends = called & {"std", "nanstd"}, called & {"min", "max", "ptp", "amin", "amax", "nanmin", "nanmax"}
    if spread and called & {"mean", "nanmean"} and not ends:
        return {"z"}
    return {"range"} if len(ends) > 1 and not spread and not called & {"mean", "var"} else set()


def plain_table(rng: Any, n: int = 40) -> Array:
    """Columns off centre and of unlike spread, of thousands: what guards against 0 / 0 plays no part."""
    return (rng.normal(size=(n, 3)) * [0.5, 2.0, 7.0] + [3.0, -20.0, 0.4]) * 1e3


ACROSS = {"for each column": 0, "for each row": 1, "over everything": None}


def ways(Z: Array, limits: tuple[float, float] | None) -> Iterator[tuple[str, str, float]]:
    """(its kind, in words, how far a table is off it), for each column, each row, and over everything."""
    for across, axis in ACROSS.items():
        if axis == 1 and Z.shape[1] == 1:
            continue
        low, high, mean = Z.min(axis=axis), Z.max(axis=axis), Z.mean(axis=axis)

        def off(*gaps: Array) -> float:
            worst = max(float(np.abs(gap).max()) for gap in gaps)
            return worst if np.isfinite(worst) else np.inf

        for k in (0, 1):
            yield "z", f"mean 0 and spread 1 {across}", off(mean, Z.std(axis=axis, ddof=k) - 1)
        for a, b in (limits,) if limits else ((0.0, 1.0), (-1.0, 1.0)):
            yield "range", f"from {a:g} to {b:g} {across}", off(low - a, high - b)
        yield "mean", f"mean 0 and range 1 {across}", off(mean, high - low - 1)
        yield "other", f"1 at most in magnitude {across}", off(np.abs(Z).max(axis=axis) - 1)
        yield "other", f"a sum of 1 {across}", off(Z.sum(axis=axis) - 1)
        for power in (1, 2):
            yield "length", f"length 1 {across}", off((np.abs(Z) ** power).sum(axis=axis) - 1)


@check("Z01", "A table comes out as its name, its docstring or its code promises.", boundary="1e-6", read=READ)
def comes_out(f: Normaliser, rng: Any) -> Evidence:
    """Mean 0 and spread 1 (of n or of n - 1), from 0 to 1, or of length 1, on a table of 40 rows."""
    Z = f.of(plain_table(rng))
    promised, allowed = f.promised(), f.allowed(Z)
    own = [way for way in ways(Z, f.range) if way[0] in (promised or way[0])]
    kind, words, off = next((way for way in own if way[2] <= allowed), min(own, key=lambda way: way[2]))
    if not promised and off > allowed:
        raise NotExamined("it scales to something else than is known here, and promises nothing")
    f.conventions |= {f"scale of {f.name}": f"{f.name} gives {words}"} if off <= allowed else {}
    variance = kind == "z" and np.abs(Z.mean(axis=0)).max() < HAIR and Z.std() < 0.01
    return Evidence(off, allowed, f"it is off {words} by {off:.3g}", "variance" if variance else "")


def known(f: Normaliser, rng: Any) -> set[str]:
    """Of which kinds it is; NotExamined where of none."""
    Z = f.of(plain_table(rng))
    found = {kind for kind, _, off in ways(Z, f.range) if off <= f.allowed(Z)}
    if not found:
        raise NotExamined("it scales to something else than is known here")
    return found


@check("Z02", "A table far from zero comes out as the same table near it.", boundary="1e-3", read=READ)
def far_from_zero(f: Normaliser, rng: Any) -> Evidence:
    """mean(x²) - mean(x)² loses all digits of the spread; the mean of (x - mean)² keeps them."""
    if not known(f, rng) & {"z", "range", "mean"} or "digits" in f.conventions:
        raise NotExamined("it is measured from zero, or in single precision")
    X = np.round(plain_table(rng))
    gap = float(np.abs(f.of(X) - f.of(X + 1e12)).max())
    return Evidence(gap, 1e-3, f"with 1e12 added to all its numbers, one comes out {gap:.3g} off")


@check("Z03", "The table is left as it was.", boundary="equal", read=READ, manners=True)
def left_alone(f: Normaliser, rng: Any) -> Evidence:
    """A table that is normalised in place is not there any more for what is measured next."""
    known(f, rng)
    X = plain_table(rng)
    mine: Any = X.copy() if f.form != "column" else X[:, 0].copy()
    if f.form == "frame" or f.function(mine) is None:
        raise NotExamined("it changes the table, and hands nothing back")
    changed = float(np.abs(mine - (X if f.form != "column" else X[:, 0])).max())
    return Evidence(changed, 0.0, f"a number of the table moved by {changed:.3g}")


@check(
    "Z04", "Whole numbers come out as the same numbers with a decimal point.", boundary="1e-9", read=READ, manners=True
)
def whole_numbers(f: Normaliser, rng: Any) -> Evidence:
    """X -= mean in place cannot be kept in integers, and cuts off or refuses."""
    known(f, rng)
    X = rng.integers(-9, 30, (20, 3))
    gap = float(np.abs(f.of(X) - f.of(X.astype(float))).max())
    return Evidence(gap, 1e-9, f"of whole numbers one comes out {gap:.3g} off")


@check("Z05", "A constant column comes out as numbers.", boundary="finite", read=READ, manners=True)
def constant_column(f: Normaliser, rng: Any) -> Evidence:
    """0 / 0 is no number."""
    known(f, rng)
    X = plain_table(rng)
    X[:, 0 if f.form == "column" else 1] = 4.0
    Z = f.of(X)
    bad = float((~np.isfinite(Z)).sum())
    return Evidence(bad, 0.0, f"{bad:.0f} of {Z.size} are not finite numbers")


QUESTIONS: list[Check] = [comes_out, far_from_zero, left_alone, whole_numbers, constant_column]
