"""The nouns of an exam: a question, the evidence that answers it, and the verdict.

Check      a claim in one sentence, what it needs, and `ask(candidate, rng) -> Evidence(measured, allowed)`
Evidence   one number, the boundary that it must keep, and what the number shows
Verdict    what became of one question: passed, failed, remarked, or not examined and why
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

Outcome = Literal["passed", "failed", "remark", "not examined"]

P = 1e-9
"""The false-alarm probability of each statistical question."""


class NotExamined(Exception):  # noqa: N818  # an answer, not an error
    """Raised by a question that this candidate cannot be asked; the message says why."""


@dataclass(frozen=True)
class Evidence:
    """One number and its boundary: at most `allowed`, or between the two numbers of it.

    `words` say what the number shows, `symptom` is a short sign by which a mistake is known again, and `experiment` is
    the few lines that repeat it.

    >>> Evidence(0.5, (0.4, 0.6)).passed, Evidence(float("nan"), 1.0).passed
    (True, False)
    """

    measured: float
    allowed: float | tuple[float, float]
    words: str = ""
    symptom: str = ""
    experiment: str = ""

    @property
    def passed(self) -> bool:
        """Whether the number keeps its boundary; NaN never does."""
        low, high = self.allowed if isinstance(self.allowed, tuple) else (-math.inf, self.allowed)
        return low <= self.measured <= high

    def at_least(self, floor: float) -> Evidence:
        """The same, with an upper boundary of at least this: what single precision can keep."""
        if not floor or isinstance(self.allowed, tuple):
            return self
        return replace(self, allowed=max(self.allowed, floor))


class Asked:
    """What questions are asked of: what it can be asked for, why not for more, and the conventions that were seen.

    >>> Asked("gradient").can, Asked().lacks("gradient")
    ({'gradient'}, 'it has no gradient')
    """

    LACKS: ClassVar[Mapping[str, str]] = {}
    """Why it cannot be asked, by what the question needs; without an entry it has none of that name."""

    def __init__(self, *can: str):
        self.can = set(can)
        self.conventions: dict[str, str] = {}

    def lacks(self, word: str) -> str:
        """Why it cannot be asked for this."""
        return self.LACKS.get(word, f"it has no {word}")


Ask = Callable[[Any, Any], Evidence]


@dataclass(frozen=True)
class Check:
    """One question of the exam.

    `false_alarm` is the probability that a right candidate fails it: 0 where the boundary is exact. A question about
    `manners` has an answer that is good to have, but a right learner may lack it: it earns a remark and no failure,
    unless the candidate's own words, or the defaults of its arguments, match `promise`: what is promised is owed.
    """

    id: str
    claim: str
    ask: Ask
    needs: frozenset[str] = frozenset()
    tasks: tuple[str, ...] = ("regression", "classification", "multiclass")
    boundary: str = ""
    false_alarm: float = 0.0
    read: str = ""
    manners: bool = False
    promise: str = ""

    def for_one_that_says(self, words: str) -> Check:
        """The same question for a candidate that says this of itself.

        >>> polite = Check("X", "NaN is refused.", None, manners=True, promise=r"raises[^.]*NaN")
        >>> polite.for_one_that_says("Raises ValueError for NaN.").manners, polite.for_one_that_says("").manners
        (False, True)
        """
        owed = self.manners and self.promise and re.search(self.promise, words, re.IGNORECASE)
        return replace(self, manners=False) if owed else self


def check(
    id: str,
    claim: str,
    *,
    needs: str = "",
    tasks: str = "regression classification multiclass",
    boundary: str = "",
    false_alarm: float = 0.0,
    read: str = "",
    manners: bool = False,
    promise: str = "",
) -> Callable[[Ask], Check]:
    """Make a Check of a function `ask(candidate, rng) -> Evidence`; words are given with blanks between."""

    def made(ask: Ask) -> Check:
        words, whom = frozenset(needs.split()), tuple(tasks.split())
        return Check(id, claim, ask, words, whom, boundary, false_alarm, read, manners, promise)

    return made


@dataclass
class Verdict:
    """What became of one question."""

    id: str
    claim: str
    outcome: Outcome
    measured: float | None = None
    allowed: float | tuple[float, float] | None = None
    words: str = ""
    symptom: str = ""
    experiment: str = ""
    boundary: str = ""
    false_alarm: float = 0.0
    read: str = ""
    seconds: float = 0.0
    conventions: dict[str, str] = field(default_factory=dict[str, str])
    own_error: bool = False

    @property
    def signs(self) -> frozenset[str]:
        """By what a mistake is known again: the question that failed, and its symptom."""
        if self.outcome not in ("failed", "remark"):
            return frozenset()
        return frozenset({self.id, f"{self.id}:{self.symptom}"} if self.symptom else {self.id})


def verdict_of(question: Check, evidence: Evidence, seconds: float = 0.0) -> Verdict:
    """The verdict that this evidence earns."""
    outcome: Outcome = "passed" if evidence.passed else ("remark" if question.manners else "failed")
    shown = evidence if outcome != "passed" else Evidence(evidence.measured, evidence.allowed, evidence.words)
    return Verdict(
        question.id,
        question.claim,
        outcome,
        float(evidence.measured),
        evidence.allowed,
        shown.words,
        shown.symptom,
        shown.experiment,
        question.boundary,
        question.false_alarm,
        question.read,
        seconds,
    )


def unanswered(question: Check, outcome: Outcome, words: str, symptom: str = "", seconds: float = 0.0) -> Verdict:
    """The verdict where there is no number: not asked, raised an error, or stopped from outside."""
    if outcome == "failed" and question.manners:
        outcome = "remark"
    return Verdict(
        question.id,
        question.claim,
        outcome,
        words=words,
        symptom=symptom,
        boundary=question.boundary,
        false_alarm=question.false_alarm,
        read=question.read,
        seconds=seconds,
    )
