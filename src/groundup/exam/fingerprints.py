"""The pattern of failed questions that each mistake leaves: python -m groundup.exam.fingerprints makes it anew.

The file is data, made by this script from the catalogue of mutants, so that naming a mistake costs nothing.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from groundup.exam.card import Card
from groundup.exam.evidence import Verdict
from groundup.exam.examining import examine
from groundup.exam.grading import grade
from groundup.exam.jail import Limits
from groundup.exam.mutants import Mutant, catalogue

PATH = Path(__file__).with_name("fingerprints.json")
SEED = 1
QUICK = Limits(seconds=5.0, seconds_after_one=2.0, most_stops=2)


def fingerprint(verdicts: list[Verdict]) -> tuple[list[str], list[str]]:
    """(questions that were asked, signs of those that were failed), sorted."""
    asked = sorted(v.id for v in verdicts if v.outcome != "not examined")
    return asked, sorted(sign for v in verdicts for sign in v.signs if v.outcome == "failed")


def sits(mutant: Mutant, seed: int) -> Card:
    """The card of this mutant: of a whole exam, or of that of its formula."""
    made = mutant.make()
    return grade(made, mutant.formula, seed) if mutant.formula else examine(made, mutant.task, seed, limits=QUICK)


def of_mutant(mutant: Mutant, seed: int = SEED) -> dict[str, Any]:
    """One line of the file."""
    verdicts = sits(mutant, seed).verdicts
    asked, signs = fingerprint(verdicts)
    return {
        "style": mutant.style,
        "key": mutant.key,
        "task": mutant.task,
        "mistake": mutant.mistake,
        "caught": any(v.outcome == "failed" for v in verdicts),
        "asked": asked,
        "signs": signs,
    }


def main() -> None:
    """Examine the whole catalogue and write its patterns, one line for each mutant."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(of_mutant, catalogue(), chunksize=4))
    lines = [json.dumps(line, ensure_ascii=False) for line in found]
    PATH.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    caught = sum(line["caught"] for line in found)
    print(f"{caught} of {len(lines)} mutants are caught; {PATH.name} is written")
    for line in found:
        if not line["caught"]:
            print(f"  not caught: {line['style']}: {line['key']}   {line['signs']}")


if __name__ == "__main__":
    main()
