"""The report card: what was asked, what was measured, what was allowed, and the mistake by its name."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from os import PathLike
from pathlib import Path
from typing import Any, Self

from groundup.exam import naming
from groundup.exam.evidence import Verdict
from groundup.exam.naming import Named

SURE = 0.5
"""How like a mistake's pattern must be before it is called by its name."""
FOLLOWS = {
    *("A01", "A02", "A03", "A14", "A19", "B02", "B03", "B05", "B06", "B07", "B08"),
    *("C05", "C12", "C17", "C17b", "C18", "F16"),
}
"""Questions that any mistake fails: without a sign of their own they say that something is wrong, and not what."""
AFTER = {"D07": "D06", "D11": "D06", "D12": "D06", "D02": "D01", "P03": "P01", "P04": "P01"}
"""What is asked in an awkward place, and the plain question that explains more where it was failed too."""

STOPS = {
    "SystemExit": "it ends the whole program (sys.exit, exit or quit), so that no answer comes back; return, or raise "
    "ValueError with a sentence",
    "NotImplementedError": "it raises NotImplementedError, as a function does that is still to be written",
}
"""What an error says that ends every question."""

LEFT = "rest"
"""The id of the verdict on all of a file that was not examined; its symptom is "main" where it is meant to learn."""


@dataclass
class Card:
    """What became of one candidate.

    passed        whether no question was failed, at least one was asked, and what is meant to learn was among it
    outcome       "passed", "not passed", "not examined", or "examined in part"
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
        """No question failed, at least one was answered, and nothing that is meant to learn was left aside."""
        return self.outcome == "passed"

    @property
    def outcome(self) -> str:
        """What the card says above all.

        >>> Card("train", "regression", 0, [Verdict("A01", "It learns.", "not examined")], {}, []).outcome
        'not examined'
        """
        if self.failed:
            return "not passed"
        if not any(v.outcome == "passed" for v in self.verdicts):
            return "not examined"
        return "examined in part" if self.left is not None and self.left.symptom else "passed"

    @property
    def left(self) -> Verdict | None:
        """What else the file has that was not examined, by its names, or None."""
        return next((v for v in self.verdicts if v.id == LEFT), None)

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
        if self.stop in STOPS:
            return STOPS[self.stop]
        likely = [n for n in self.mistakes if n.likeness >= SURE] if self.failed else []
        return likely[0].mistake if likely else None

    @property
    def telling(self) -> list[Verdict]:
        """The failed questions, those first that say most: a name by themselves, or what few mistakes show."""
        failed = {v.id for v in self.failed}

        def late(v: Verdict) -> bool:
            id, _, part = v.id.partition(" ")
            plain = AFTER.get(id.partition(".")[0], "")
            return (id in FOLLOWS and not v.symptom) or (bool(plain) and f"{plain} {part}".strip() in failed)

        return sorted(
            self.failed, key=lambda v: (not naming.names_itself(v), late(v), naming.frequency(v), not v.experiment)
        )

    @property
    def stop(self) -> str:
        """The error that ended every question, such as SystemExit; empty where there were others, or answers."""
        answers = [v for v in self.verdicts if v.outcome in ("passed", "failed")]
        signs = {v.symptom for v in answers if v.outcome == "failed" and v.measured is None}
        return signs.pop() if len(signs) == 1 and all(v.measured is None for v in answers) else ""

    def __str__(self) -> str:
        from groundup.exam.text import plain_text

        return plain_text(self)

    def __repr__(self) -> str:
        return f"<Card of {self.candidate}: {self.outcome}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from groundup.exam.page import html_part

        return html_part(self)

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
            "outcome": self.outcome,
            "mistake": self.mistake,
            "mistakes": [asdict(named) for named in self.mistakes],
            "conventions": self.conventions,
            "false_alarm": sum(v.false_alarm for v in self.verdicts),
            "verdicts": verdicts,
        }

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Self:
        """The card that `as_dict` wrote down.

        >>> learns = Verdict("A01", "It learns.", "passed", 0.0, (-1.0, math.inf))
        >>> card = Card("train", "regression", 0, [learns], {}, [])
        >>> Card.from_dict(json.loads(json.dumps(card.as_dict()))) == card
        True
        """
        kept = {f.name for f in fields(Verdict)}
        verdicts = [Verdict(**{k: _number(k, v) for k, v in one.items() if k in kept}) for one in found["verdicts"]]
        mistakes = [Named(one["mistake"], one["likeness"]) for one in found["mistakes"]]
        return cls(found["candidate"], found["task"], found["seed"], verdicts, dict(found["conventions"]), mistakes)

    def to_json(self, path: str | PathLike[str]) -> None:
        """Write everything on the card as one JSON object."""
        Path(path).write_text(json.dumps(self.as_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def to_html(self, path: str | PathLike[str]) -> None:
        """Write the card as one HTML page that needs nothing else."""
        from groundup.exam.page import html_page

        Path(path).write_text(html_page(self), encoding="utf-8")

    def to_markdown(self, path: str | PathLike[str]) -> None:
        """Write the card as Markdown, for an issue or a pull request."""
        from groundup.exam.text import markdown

        Path(path).write_text(markdown(self), encoding="utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return [_plain(v) for v in value] if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownVariableType]


def _number(name: str, value: Any) -> Any:
    """The way back from JSON: a pair of bounds, and numbers that are not finite."""
    if name not in ("measured", "allowed") or value is None:
        return value
    return tuple(map(float, value)) if isinstance(value, list) else float(value)  # pyright: ignore[reportUnknownArgumentType]
