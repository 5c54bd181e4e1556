# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Exercises that are judged by calling the answer: on examples, at random, at awkward places, and by laws."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from groundup.exam.candidates import by_hand
from groundup.exam.card import Card
from groundup.exam.evidence import Ask, Check, Evidence, NotExamined, check
from groundup.exam.grading import QUICK
from groundup.exam.jail import ask_all
from groundup.exam.naming import Named
from groundup.exam.practice.exercise import Exercise, shown

Array = Any
READ = "NumPy, user guide: broadcasting, data types, views and copies"
LONGEST = 90


@dataclass(frozen=True, kw_only=True)
class Calls(Exercise):
    """An answer that is called with arguments and compared with a right one.

    reference   the right answer
    tables      draws the arguments of one call from a generator
    given       the arguments of the examples in the file
    awkward     (claim, arguments): places where a formula that is right on paper goes wrong
    laws        (claim, question) or (claim, question, false alarm): what must hold whatever the numbers are;
                question(ask, rng) gives Evidence
    slips       sentence -> a wrong answer that people give: whoever gives the same numbers made this mistake
    ask         how an answer is called; a class, for one, is made, taught and used
    line        the same as text, with {0}, {1}, ... for the arguments; "" is NAME(arguments)
    whole       whether whole numbers are as good as numbers with a decimal point
    narrow      whether float32 is worth a remark
    """

    reference: Callable[..., Any]
    tables: Callable[[Any], tuple[Any, ...]]
    given: Sequence[tuple[Any, ...]] = ()
    awkward: Sequence[tuple[str, tuple[Any, ...]]] = ()
    laws: Sequence[tuple[str, Ask] | tuple[str, Ask, float]] = ()
    slips: Mapping[str, Callable[..., Any]] = field(default_factory=dict[str, Callable[..., Any]])
    ask: Callable[..., Any] | None = None
    line: str = ""
    whole: bool = True
    narrow: bool = True
    tolerance: float = 1e-9
    read: str = READ

    def examples(self) -> Sequence[tuple[str, str]]:
        """Those of `given`, worked out by the reference."""
        return [(self.typed(arguments), shown(self.reference(*copies(arguments)))) for arguments in self.given]

    def typed(self, arguments: tuple[Any, ...]) -> str:
        """The call as a learner types it."""
        words = [_typed(a) for a in arguments]
        if self.line:
            return self.line.format(*words)
        short = f"{self.thing}({', '.join(words)})"
        return short if len(short) <= LONGEST else "\n    ".join([f"{self.thing}(", *(f"{w}," for w in words)]) + "\n)"

    def judge(self, answer: Any, seed: int) -> Card:
        """Ask every question in a child process."""
        verdicts = list(ask_all(lambda: Answer(self, answer), self.questions(), seed, QUICK))
        signs = [v.symptom for v in verdicts if v.outcome == "failed" and v.symptom in (*self.slips, *USUAL)]
        mistakes = [Named(sign, 1.0 if k == 0 else 0.5) for k, sign in enumerate(dict.fromkeys(signs))]
        conventions = {k: v for verdict in verdicts for k, v in verdict.conventions.items()}
        return Card(self.name, "exercise", seed, verdicts, conventions, mistakes)

    def questions(self) -> list[Check]:
        """What is asked of an answer."""
        read = self.read
        found = [check("P01", "The examples come out.", boundary="1e-9", read=read)(_examples)] if self.given else []
        found += [check("P02", "On tables drawn at random it has the values of the book.", read=read)(_at_random)]
        for k, (claim, arguments) in enumerate(self.awkward, 1):
            found.append(check(f"P03.{k}", claim, read=read)(_awkward(arguments)))
        for k, (claim, law, *chance) in enumerate(self.laws, 1):
            found.append(check(f"P04.{k}", claim, read=read, false_alarm=sum(chance))(law))
        found += [check("P05", "What it is given is left as it was.", boundary="equal", read=READ)(_unchanged)]
        if self.whole:
            found += [check("P06", "Whole numbers are as good as numbers with a point.", read=READ)(_whole_numbers)]
        if self.narrow:
            found += [check("P07", "float32 gives the same, to its seven digits.", read=READ, manners=True)(_single)]
        return found


class Answer:
    """What a learner wrote, ready to be asked."""

    def __init__(self, exercise: Calls, thing: Any):
        self.exercise, self.thing = exercise, thing
        self.can: set[str] = set()
        self.conventions: dict[str, str] = {}

    def lacks(self, word: str) -> str:
        """Nothing is needed beyond the answer itself."""
        return f"it has no {word}"

    def __call__(self, *arguments: Any) -> Any:
        """What it gives for these arguments."""
        ask = self.exercise.ask
        return self.thing(*arguments) if ask is None else ask(self.thing, *arguments)

    @cached_property
    def slips(self) -> list[str]:
        """The known slips that give its numbers on every usual call; empty where it is right, or wrong in its own way.

        One call alone says little: with one row, a sum is a mean.
        """
        rng = np.random.default_rng(0)
        calls = [*self.exercise.given, *(self.exercise.tables(rng) for _ in range(3))]
        found: list[str] | None = None
        for arguments in calls:
            try:
                mine = self(*copies(arguments))
            except Exception:
                return []
            alike = self.explained(arguments, mine)
            found = alike if found is None else [words for words in found if words in alike]
        return found or []

    @cached_property
    def usually_right(self) -> bool:
        """Whether the usual calls come out, so that only an awkward one goes wrong."""
        rng = np.random.default_rng(0)
        calls = [*self.exercise.given, *(self.exercise.tables(rng) for _ in range(3))]
        return all(_same(self(*copies(c)), lambda c=c: self.exercise.reference(*copies(c)), 1e-9) for c in calls)

    def compare(self, arguments: tuple[Any, ...]) -> Evidence:
        """Against the reference; where it differs, how, and which known slip it is."""
        right = self.exercise.reference(*copies(arguments))
        found = self(*copies(arguments))
        gap = difference(found, right, self.exercise.tolerance)
        if gap.small:
            return Evidence(*gap)
        return Evidence(*gap, self.slip(arguments, found), self.code(arguments, found, right))

    def slip(self, arguments: tuple[Any, ...], found: Any) -> str:
        """The mistake that gives these very numbers, if it is a known one."""
        alike = self.slips or (self.explained(arguments, found) if self.usually_right else [])
        return next(iter(alike), "")

    def explained(self, arguments: tuple[Any, ...], found: Any) -> list[str]:
        """The slips that give these numbers in this call."""
        right = self.exercise.reference(*copies(arguments))
        known = {words: lambda wrong=wrong: wrong(*copies(arguments)) for words, wrong in self.exercise.slips.items()}
        usual = {w: lambda change=change: tuple(change(r) for r in parts(right)) for w, change in USUAL.items()}
        with np.errstate(all="ignore"):
            return [w for w, wrong in {**known, **usual}.items() if _same(found, wrong, self.exercise.tolerance)]

    def code(self, arguments: tuple[Any, ...], found: Any, right: Any) -> str:
        """Lines that repeat it."""
        lines = ["import numpy as np", *by_hand.importing(self.thing), printed(self.exercise.typed(arguments))]
        return "\n".join([*lines, f"# yours:        {shown(found, 10)}", f"# by the book:  {shown(right, 10)}"])


def printed(code: str) -> str:
    """The same lines, with what the last of them gives on the screen.

    >>> print(printed("a = f(1)\\ng(\\n  a)"))
    a = f(1)
    print(g(
      a))
    """
    try:
        last = ast.parse(code).body[-1]
    except (SyntaxError, IndexError):
        return code
    lines = code.splitlines()
    before, rest = lines[: last.lineno - 1], "\n".join(lines[last.lineno - 1 :])
    return "\n".join([*before, f"print({rest})"]) if isinstance(last, ast.Expr) else code


USUAL: dict[str, Callable[[Array], Array]] = {
    "the sign is the wrong way round": lambda r: -r,
    "the result is twice what it should be": lambda r: 2 * r,
    "the result is half of what it should be": lambda r: r / 2,
    "rows and columns of the result are exchanged": lambda r: np.swapaxes(r, -1, -2) if np.ndim(r) > 1 else r,
}
"""Slips that anything can have."""


def parts(value: Any) -> tuple[Array, ...]:
    """One array for each thing that was returned."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple) or (isinstance(value, list) and any(np.ndim(v) for v in value)):
        return tuple(np.asarray(v) for v in value)
    return (np.asarray(value),)


class Gap(NamedTuple):
    """How far two numbers are apart, how far they may be, and both in words."""

    measured: float
    allowed: float
    words: str

    @property
    def small(self) -> bool:
        """Whether it is allowed."""
        return self.measured <= self.allowed


PLACES = ("first", "second", "third", "fourth", "fifth")


def difference(found: Any, right: Any, tolerance: float) -> Gap:
    """The number that is furthest off, in its tolerance; infinite where shapes or kinds differ."""
    if found is None:
        return Gap(np.inf, 0.0, "it returns nothing: is there a return at its end?")
    mine, book = parts(found), parts(right)
    if len(mine) != len(book):
        return Gap(np.inf, 0.0, f"it returns {len(mine)} things, not {len(book)}")
    size = max((float(np.abs(b[np.isfinite(b)]).max(initial=0.0)) for b in book if b.dtype.kind in "fiu"), default=0.0)
    gaps: list[Gap] = []
    for place, (a, b) in enumerate(zip(mine, book, strict=True)):
        which = f"the {PLACES[min(place, 4)]} result " if len(book) > 1 else "it "
        if a.shape != b.shape:
            return Gap(np.inf, 0.0, f"{which}has the shape {a.shape}, not {b.shape}")
        if b.dtype.kind in "fiub" and a.dtype.kind in "fiub":
            gaps += [_furthest(which, a.astype(float), b.astype(float), tolerance, size)] if a.size else []
        elif not np.array_equal(a, b):
            return Gap(np.inf, 0.0, f"{which}is {shown(a)}, not {shown(b)}")
    return max(gaps, key=lambda gap: gap.measured / gap.allowed, default=Gap(0.0, tolerance, "the same"))


def _furthest(which: str, a: Array, b: Array, tolerance: float, size: float) -> Gap:
    """Relative, but for what is small beside the largest number of the answer, or rounds to nothing."""
    with np.errstate(all="ignore"):
        gap = np.abs(a - b)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    gap = np.where(same, 0.0, np.where(np.isfinite(gap), gap, np.inf))
    allowed = tolerance * (np.where(np.isfinite(b), np.abs(b), 0.0) + 1e-3 * size) + 1e-13
    k = int(np.argmax(gap / allowed))
    at = f" at place {[int(i) for i in np.unravel_index(k, a.shape)]}" if a.ndim and a.size > 1 else ""
    words = f"{which}is {a.ravel()[k] + 0.0:.8g}{at}; the book says {b.ravel()[k] + 0.0:.8g}"
    return Gap(float(gap.ravel()[k]), float(allowed.ravel()[k]), words)


def _same(found: Any, other: Callable[[], Any], tolerance: float) -> bool:
    try:
        return difference(found, other(), max(tolerance, 1e-7)).small
    except Exception:
        return False  # a wrong formula may well fail where the right one does not


def copies(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """So that nobody can spoil what is asked next."""
    return tuple(a.copy() if isinstance(a, np.ndarray) else a for a in arguments)


def _typed(value: Any) -> str:
    if isinstance(value, np.ndarray):
        kind = ", dtype=float" if value.size == 0 else ""
        return f"np.array({value.tolist()}{kind})".replace("nan", "np.nan").replace("inf", "np.inf")
    return value.__name__ if inspect.isroutine(value) else repr(value)


def _size(arguments: tuple[Any, ...]) -> int:
    return sum(np.size(a) for a in arguments)


def _worst(f: Answer, calls: Sequence[tuple[Any, ...]]) -> Evidence:
    """The smallest call that goes wrong, or the largest where none does."""
    found = [f.compare(arguments) for arguments in sorted(calls, key=_size)]
    return next((e for e in found if not e.passed), found[-1])


def _examples(f: Answer, rng: Any) -> Evidence:
    return _worst(f, f.exercise.given)


def _at_random(f: Answer, rng: Any) -> Evidence:
    return _worst(f, [f.exercise.tables(rng) for _ in range(6)])


def _awkward(arguments: tuple[Any, ...]) -> Ask:
    return lambda f, rng: f.compare(arguments)


def _unchanged(f: Answer, rng: Any) -> Evidence:
    arguments = f.exercise.tables(rng)
    given = copies(arguments)
    f(*given)
    changed = [k for k, (a, b) in enumerate(zip(arguments, given, strict=True), 1) if _differ(a, b)]
    words = f"argument {changed[0]} was changed" if changed else "nothing was changed"
    return Evidence(float(len(changed)), 0.0, words)


def _differ(a: Any, b: Any) -> bool:
    return isinstance(a, np.ndarray) and not np.array_equal(a, b, equal_nan=a.dtype.kind == "f")


def _cast(arguments: tuple[Any, ...], kind: Any) -> tuple[Any, ...]:
    """Arrays of numbers with a point, in another type; labels and indices stay."""
    return tuple(a.astype(kind) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in arguments)


def _whole_numbers(f: Answer, rng: Any) -> Evidence:
    real = tuple(
        np.rint(2 * a) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in f.exercise.tables(rng)
    )
    if not any(isinstance(a, np.ndarray) and a.dtype.kind == "f" for a in real):
        raise NotExamined("it takes no arrays of numbers with a point")
    whole = _cast(real, int)
    gap = difference(f(*copies(whole)), f(*copies(real)), 1e-9)
    words = f"with whole numbers, {gap.words.replace('the book says', 'with a point it is')}"
    return Evidence(gap.measured, gap.allowed, words)


def _single(f: Answer, rng: Any) -> Evidence:
    arguments = f.exercise.tables(rng)
    if not any(isinstance(a, np.ndarray) and a.dtype.kind == "f" for a in arguments):
        raise NotExamined("it takes no arrays of numbers with a point")
    narrow = _cast(arguments, np.float32)
    wide = _cast(narrow, np.float64)
    gap = difference(f(*copies(narrow)), f(*copies(wide)), 1e-3)
    words = f"with float32, {gap.words.replace('the book says', 'with float64 it is')}"
    return Evidence(gap.measured, gap.allowed, words)
