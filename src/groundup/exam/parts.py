"""What stands on a report card, in order; text, Markdown, HTML and the terminal are four ways to show it."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from groundup.exam import chapters
from groundup.exam.card import LEFT, STOPS
from groundup.exam.evidence import Verdict

if TYPE_CHECKING:
    from groundup.exam.card import Card


class Head(NamedTuple):
    """Who was asked for what, and how it went."""

    candidate: str
    task: str
    outcome: str
    counts: str

    @property
    def passed(self) -> bool:
        """Whether it did."""
        return self.outcome == "passed"

    @property
    def word(self) -> str:
        """Passed, or not, or not examined."""
        return self.outcome.upper()


class Mistake(NamedTuple):
    """The likely mistake, how sure that is, and what else it could be."""

    lead: str
    sentence: str
    others: tuple[str, ...]


class Failure(NamedTuple):
    """A failed question: the claim, the number that shows it, what was allowed, and which others failed just so."""

    id: str
    claim: str
    shows: str
    numbers: str
    also: tuple[str, ...] = ()

    @property
    def alike(self) -> str:
        """The other questions that ended in the same words."""
        if len(self.also) > MANY:
            return f"The same in {len(self.also)} other questions."
        return f"The same with {', '.join(self.also)}." if self.also else ""


class Experiment(NamedTuple):
    """A few lines on which right and wrong differ."""

    code: str


class Reading(NamedTuple):
    """The chapter."""

    chapter: str


class Remarks(NamedTuple):
    """A heading and its items."""

    title: str
    items: tuple[str, ...]


class Skipped(NamedTuple):
    """A heading, the questions that could not be asked, by reason, and the same in one sentence."""

    title: str
    items: tuple[str, ...]
    brief: str


class Record(NamedTuple):
    """A heading and the verdicts under it, for those who want to see all of it."""

    title: str
    verdicts: tuple[Verdict, ...]


class Foot(NamedTuple):
    """The seed, and how likely a false alarm is."""

    sentence: str


Part = Head | Mistake | Failure | Experiment | Reading | Remarks | Skipped | Record | Foot
MANY = 6
"""More questions than this with the same error are counted, not listed."""
GIVE = (
    "Give a class with fit and predict, a function train(X, y, learning_rate, epochs), or one part by its name, as "
    "FILE.py:NAME."
)
TURNS = "not in proportion to the learning rate"
"""A convention that is a failure where the question about it was failed."""


def parts(card: Card) -> list[Part]:
    """Everything that is said of this candidate; never the solution."""
    failures = _failures(card)
    if unwritten(card):
        words = f"fill in what stands there{_line(card.failed[0].words)}, and ask again."
        return [_head(card), Mistake("Nothing is written yet", words, ()), Foot(f"Seed {card.seed}.")]
    shown = (v.experiment for v in card.telling)
    experiment = next((code for code in shown if code and "raised NotExamined" not in code), "")
    chapter = next((chapters.chapter(v.id, v.read) for v in card.telling if v.read and v.measured is not None), "")
    found: list[Part] = [_head(card), *_nothing(card), *_mistake(card), *failures[:1]]
    found += [Experiment(experiment)] if experiment else []
    found += [Reading(chapter)] if chapter else []
    found += failures[1:]
    told = {v.words for v in card.failed}
    remarks = tuple(f"{v.id}  {v.claim} Here {sentence(v.words)}" for v in card.remarks if v.words not in told)
    judged = any(v.id in ("B04b", "E06") for v in card.failed)
    seen = tuple(words for words in card.conventions.values() if not (judged and words.endswith(TURNS)))
    found += [Remarks("Remarks (no mistakes, but good to have)", remarks)] if remarks else []
    found += [Remarks("Seen, and neither right nor wrong", seen)] if seen else []
    passed = tuple(v for v in card.verdicts if v.outcome == "passed")
    found += [Record("Passed", passed)] if passed else []
    found += _skipped(card)
    return [*found, Foot(f"Seed {card.seed}. {alarm(card)}")]


def _failures(card: Card) -> list[Failure]:
    """The failed questions; those that raised the same error are told once."""
    found: dict[str, Failure] = {}
    for v in card.telling:
        key = v.words if v.measured is None and v.words else v.id
        if key in found:
            found[key] = found[key]._replace(also=(*found[key].also, v.id))
        else:
            found[key] = Failure(v.id, v.claim, sentence(v.words), numbers(v))
    return list(found.values())


def _head(card: Card) -> Head:
    def count(outcome: str) -> int:
        return sum(v.outcome == outcome for v in card.verdicts)

    counts = f"{count('passed')} questions passed, {len(card.failed)} failed"
    few = len(card.remarks)
    counts += f", {few} remark{'s' if few > 1 else ''}" if few else ""
    unasked = count("not examined") - (card.left is not None)
    counts += f", {unasked} not examined" if unasked else ""
    counts = f"{counts}." + (f" Not examined: {card.left.words}." if card.left is not None else "")
    return Head(card.candidate, card.task, card.outcome, counts)


def _nothing(card: Card) -> list[Part]:
    """Where no question could be asked: what was tried most, and what to give."""
    if card.outcome != "not examined":
        return []
    why = Counter(v.words for v in card.verdicts if v.outcome == "not examined" and v.id != LEFT).most_common(1)
    words = f"{why[0][0].rstrip('.')}. {GIVE}" if why else GIVE
    return [Mistake("No question could be asked", words, ())]


def _mistake(card: Card) -> list[Part]:
    if not card.failed:
        return []
    if card.stop in STOPS:
        return [Mistake("Likely mistake", sentence(STOPS[card.stop]), ())]
    names = dict.fromkeys(n.mistake for n in card.mistakes)
    if card.mistake:
        first, sure = card.mistakes[0], 0.8 * card.mistakes[0].likeness
        others = dict.fromkeys(n.mistake for n in card.mistakes if n.likeness > sure and n.mistake != first.mistake)
        return [Mistake("Likely mistake", sentence(first.mistake), tuple(map(sentence, others)))]
    like = f" Somewhat like it: {'; or: '.join(list(names)[:2])}." if names else ""
    return [Mistake("No known mistake is much like this", f"the first question below says most.{like}", ())]


def unwritten(card: Card) -> bool:
    """Whether this is a stub that was left as it is.

    >>> from groundup.exam.card import Card
    >>> said = "it raised NotImplementedError: your code goes here in line 18"
    >>> unwritten(Card("train", "regression", 0, [Verdict("A01", "", "failed", words=said)], {}, []))
    True
    """
    return bool(card.failed) and all("your code goes here" in v.words for v in card.failed)


def _line(words: str) -> str:
    found = re.search(r" in line \d+", words)
    return found[0] if found else ""


def _skipped(card: Card) -> list[Part]:
    why: dict[str, list[str]] = {}
    for v in card.verdicts:
        if v.outcome == "not examined" and v.id != LEFT:
            why.setdefault(v.words, []).append(v.id)
    if not why:
        return []
    most = sorted(why, key=lambda words: -len(why[words]))
    few = "; ".join(f"{words.rstrip('.')} ({len(why[words])})" for words in most[:3])
    rest = sum(len(why[words]) for words in most[3:])
    count = sum(map(len, why.values()))
    brief = f"{count} question{'s were' if count > 1 else ' was'} not asked: {few}" + (
        f"; other reasons ({rest})" * (rest > 0)
    )
    items = tuple(f"{', '.join(ids)}: {words}" for words, ids in why.items())
    return [Skipped("Not examined", items, f"{brief}. All of them: --html or --json.")]


def sentence(words: str) -> str:
    """With one full stop at its end.

    >>> sentence("it stopped..."), sentence("it stopped")
    ('it stopped.', 'it stopped.')
    """
    return words.rstrip(". ") + "." if words.strip() else ""


def numbers(verdict: Verdict) -> str:
    """What was measured, and what was allowed; empty where there is no number."""
    if verdict.measured is None or verdict.allowed is None or math.isinf(verdict.measured):
        return ""
    return f"measured {number(verdict.measured)}, allowed {bounds(verdict.allowed)}"


def alarm(card: Card) -> str:
    """How likely a right candidate is to fail such an exam: the sum over the questions that were asked."""
    total = sum(v.false_alarm for v in card.verdicts if v.outcome != "not examined")
    if not total:
        return "Every question asked is exact: a right candidate fails none of them by chance."
    return f"A right candidate fails such an exam by chance with a probability of at most {total:.0e}."


def number(value: float) -> str:
    """Three digits.

    >>> number(0.000123456), number(12345.6)
    ('0.000123', '1.23e+04')
    """
    return f"{value:.3g}"


def bounds(allowed: float | tuple[float, float]) -> str:
    """A boundary in words.

    >>> bounds(0.5), bounds((1.0, 2.0))
    ('at most 0.5', '1 to 2')
    """
    return (
        f"{number(allowed[0])} to {number(allowed[1])}" if isinstance(allowed, tuple) else f"at most {number(allowed)}"
    )
