"""The catalogue of mistakes sits the exam, the usual smoke tests, and scikit-learn's check_estimator."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from groundup.exam import fingerprints, naming
from groundup.exam.evidence import Check, Evidence
from groundup.exam.jail import Limits, ask_all
from groundup.exam.mutants import RIGHT, Mutant, build, catalogue, right_code
from groundup.exam.power.outside import failed
from groundup.exam.power.pieces import Piece
from groundup.exam.power.sitting import FORMULA
from groundup.exam.power.smoke import smoke

BLOCK = 8
PATIENCE = Limits(seconds=60.0, seconds_after_one=20.0)


def pieces(seed: int) -> Iterator[Piece]:
    """The whole catalogue, eight mistakes a piece."""
    whole = catalogue()
    for first in range(0, len(whole), BLOCK):
        part = whole[first : first + BLOCK]
        name = zlib.crc32(repr([(mutant.id, mutant.code) for mutant in part]).encode())
        yield Piece(f"catalogue-{name:08x}", lambda part=part: answer(part, seed))


def answer(mutants: Sequence[Mutant], seed: int) -> dict[str, Any]:
    """For each mistake, what failed in the exam and elsewhere, and by which names it was called."""
    return {"mutants": [of_one(mutant, seed) for mutant in mutants]}


def of_one(mutant: Mutant, seed: int) -> dict[str, Any]:
    """One mistake."""
    card = fingerprints.sits(mutant, seed)
    asked, signs = fingerprints.fingerprint(card.verdicts)
    task = f"{FORMULA}{mutant.formula}" if mutant.formula else mutant.task
    return {
        "style": mutant.style,
        "key": mutant.key,
        "mistake": mutant.mistake,
        "task": mutant.task,
        "formula": mutant.formula,
        "failed": sorted({v.id.partition(" ")[0] for v in card.failed}),
        "asked": asked,
        "signs": signs,
        "names": [named.mistake for named in card.mistakes],
        "smoke": apart(lambda: smoke(mutant.make(), task)),
        "check_estimator": None if mutant.formula else _beyond_right(mutant),
    }


def _beyond_right(mutant: Mutant) -> list[str] | None:
    """What check_estimator finds in the mistake and not in the right one; None where it is not installed."""
    right = _right(mutant.style)
    if right is None:
        return None
    found = apart(lambda: sorted(failed(mutant.make(), mutant.task) or ()))
    return sorted(set(found) - right)


@cache
def _right(style: str) -> frozenset[str] | None:
    thing, task = RIGHT[style]
    found = failed(build(right_code(style), thing, style), task)
    return None if found is None else frozenset(found)


def apart(work: Callable[[], list[str]]) -> list[str]:
    """The words that this work finds, in a child process with limits; how it ended, where it did not come back."""

    def ask(_candidate: Any, _rng: Any) -> Evidence:
        found = work()
        return Evidence(float(len(found)), 0.0, ", ".join(found))

    nobody = SimpleNamespace(conventions={}, can=set[str]())
    (verdict,) = ask_all(lambda: nobody, [Check("apart", "", ask)], 0, PATIENCE)
    return [] if verdict.outcome == "passed" else verdict.words.split(", ")


def merged(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """All mistakes that are still there, in the order of the catalogue."""
    lines = {(line["style"], line["key"], line["formula"]): line for answer in found for line in answer["mutants"]}
    wanted = [(mutant.style, mutant.key, mutant.formula) for mutant in catalogue()]
    return [lines[key] for key in dict.fromkeys(wanted) if key in lines]


def named_right(lines: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """(how many were caught, how many of those had their own name first or second)."""
    caught = [line for line in lines if line["failed"]]
    return len(caught), sum(line["mistake"] in line["names"][:2] for line in caught)


def named_in_another_style(lines: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """The same where the patterns of its own style are hidden, for mistakes that another style has too."""
    tries = hits = 0
    for line in lines:
        others = [p for p in naming.prints() if p["style"] != line["style"]]
        if line["failed"] and any(p["mistake"] == line["mistake"] and p["task"] == line["task"] for p in others):
            tries += 1
            names = naming.likest(set(line["signs"]), set(line["asked"]), line["task"], others)
            hits += line["mistake"] in [named.mistake for named in names[:2]]
    return tries, hits


def catches(lines: Sequence[dict[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """(how many mistakes each question caught, how many it alone caught)."""
    all_of, alone = Counter[str](), Counter[str]()
    for line in lines:
        all_of.update(line["failed"])
        alone.update(line["failed"] if len(line["failed"]) == 1 else [])
    return all_of, alone
