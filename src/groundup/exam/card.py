"""The report card: what was asked, what was measured, what was allowed, and the mistake by its name."""

from __future__ import annotations

import json
import math
import textwrap
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from groundup.exam.evidence import Verdict
from groundup.exam.naming import Named

WIDTH = 100
SURE = 0.5
"""How like a mistake's pattern must be before it is called by its name."""


@dataclass
class Card:
    """What became of one candidate.

    passed        whether no question was failed, and at least one was asked
    verdicts      one for each question
    mistake       the name of the likeliest mistake, or None
    mistakes      the nearest ones, each with its likeness
    conventions   what is a matter of taste, and which taste was seen
    """

    candidate: str
    task: str
    seed: int
    verdicts: list[Verdict]
    conventions: dict[str, str]
    mistakes: list[Named]

    @property
    def passed(self) -> bool:
        """No question failed, and at least one was answered."""
        return not self.failed and any(v.outcome == "passed" for v in self.verdicts)

    @property
    def failed(self) -> list[Verdict]:
        """The failed questions."""
        return [v for v in self.verdicts if v.outcome == "failed"]

    @property
    def remarks(self) -> list[Verdict]:
        """What would be better, but is no mistake."""
        return [v for v in self.verdicts if v.outcome == "remark"]

    @property
    def mistake(self) -> str | None:
        """The name of the likeliest mistake; None where nothing failed or no pattern is like this one."""
        likely = [n for n in self.mistakes if n.likeness >= SURE] if self.failed else []
        return likely[0].mistake if likely else None

    @property
    def telling(self) -> list[Verdict]:
        """The failed questions, those first that say most: with a sign, then with an experiment."""
        return sorted(self.failed, key=lambda v: (not (v.symptom and v.experiment), not v.symptom, not v.experiment))

    def __str__(self) -> str:
        return "\n".join([*self._head(), *self._failures(), *self._rest()])

    def _count(self, outcome: str) -> int:
        return sum(v.outcome == outcome for v in self.verdicts)

    def _head(self) -> list[str]:
        word = "PASSED" if self.passed else "NOT PASSED"
        counts = f"{self._count('passed')} questions passed, {len(self.failed)} failed"
        counts += f", {len(self.remarks)} remarks" if self.remarks else ""
        lines = [f"{self.candidate}   {self.task}   {word}", f"{counts}, {self._count('not examined')} not examined."]
        if self.failed and self.mistakes:
            sure = "Likely mistake" if self.mistake else "The nearest known mistake, though not very like it"
            lines += ["", *_wrap(f"{sure}: {self.mistakes[0].mistake}.")]
            others = [n for n in self.mistakes[1:] if n.likeness > 0.8 * self.mistakes[0].likeness]
            lines += [line for n in others for line in _wrap(f"It could also be: {n.mistake}.")]
        elif self.failed:
            lines += ["", "No known mistake leaves this pattern. The numbers:"]
        return lines

    def _failures(self) -> list[str]:
        lines: list[str] = []
        shown = self.telling[:5]
        for verdict in shown:
            lines += ["", *_wrap(f"x {verdict.id}  {verdict.claim}", "      ")]
            lines += _wrap(f"      {verdict.words}.", "      ") if verdict.words else []
            if verdict.measured is not None and verdict.allowed is not None:
                lines.append(f"      measured {number(verdict.measured)}, allowed {bounds(verdict.allowed)}")
        experiment = next((v for v in self.telling if v.experiment), None)
        if experiment is not None:
            lines += ["", "Try it yourself:", textwrap.indent(experiment.experiment, "    ")]
        if len(self.failed) > len(shown):
            lines += ["", f"Also failed: {', '.join(v.id for v in self.telling[5:])}."]
        read = next((v.read for v in self.telling if v.read), "")
        return [*lines, *(["", f"To read: {read}."] if read else [])]

    def _rest(self) -> list[str]:
        lines: list[str] = []
        if self.remarks:
            lines += ["", "Remarks (no mistakes, but good to have):"]
            lines += [line for v in self.remarks for line in _wrap(f"- {v.id}  {v.claim} Here {v.words}.", "  ")]
        if self.conventions:
            lines += ["", "Seen, and neither right nor wrong:"]
            lines += [line for words in self.conventions.values() for line in _wrap(f"- {words}", "  ")]
        skipped: dict[str, list[str]] = {}
        for v in self.verdicts:
            if v.outcome == "not examined":
                skipped.setdefault(v.words, []).append(v.id)
        if skipped:
            lines += ["", "Not examined:"]
            lines += [line for why, ids in skipped.items() for line in _wrap(f"- {', '.join(ids)}: {why}", "  ")]
        return [*lines, "", f"Seed {self.seed}. {alarm(self)}"]

    def __repr__(self) -> str:
        return f"<Card of {self.candidate}: {'passed' if self.passed else 'not passed'}>"

    def as_dict(self) -> dict[str, Any]:
        """Everything on the card, as plain Python for JSON; numbers that are not finite become text."""
        verdicts = [
            {k: _plain(v) for k, v in asdict(verdict).items() if k != "conventions"} for verdict in self.verdicts
        ]
        return {
            "candidate": self.candidate,
            "task": self.task,
            "seed": self.seed,
            "passed": self.passed,
            "mistake": self.mistake,
            "mistakes": [asdict(named) for named in self.mistakes],
            "conventions": self.conventions,
            "false_alarm": sum(v.false_alarm for v in self.verdicts),
            "verdicts": verdicts,
        }

    def to_json(self, path: str | PathLike[str]) -> None:
        """Write everything on the card as one JSON object."""
        Path(path).write_text(json.dumps(self.as_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def to_html(self, path: str | PathLike[str]) -> None:
        """Write the card as one HTML page that needs nothing else."""
        from groundup.exam.page import html_page

        Path(path).write_text(html_page(self), encoding="utf-8")


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


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return [_plain(v) for v in value] if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownVariableType]


def _wrap(text: str, hang: str = "") -> list[str]:
    text = " ".join(text.split()) if not text.startswith(" ") else text
    return textwrap.wrap(text.replace("..", ".") if text.endswith("..") else text, WIDTH, subsequent_indent=hang) or [
        ""
    ]
