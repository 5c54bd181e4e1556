"""What was caught, what survived, and what answers as before, as one page of Markdown."""

from __future__ import annotations

import json
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mutation.watch import is_failure

REVIEWED = Path(__file__).with_name("equivalent.json")
Line = Mapping[str, Any]


def equivalent() -> dict[str, str]:
    """The reviewed file: the key of a change, and why nothing that was promised changes with it."""
    return json.loads(REVIEWED.read_text(encoding="utf-8")) if REVIEWED.exists() else {}


def sort_of(line: Line, reasons: Mapping[str, str]) -> str:
    """fails, remark, same (no answer of the battery is another one), reviewed (it is, and may be), or survived."""
    if line["failed"]:
        return "fails" if is_failure(line["failed"]) else "remark"
    if line["key"] in reasons:
        return "reviewed"
    return "survived" if line["differs"] else "same"


def page(drawn: Sequence[Sequence[Line]], reach: Mapping[str, int]) -> str:
    """The whole page: the first draw with all its lists, then the others, drawn by chance from the same changes."""
    first = _sorted(drawn[0])
    lines = [
        "# Mechanical mutants of the library",
        "",
        *_words(
            "Operators, comparisons, constants, signs, mean and sum, conditions, dropped statements: each mutant is "
            "our own library with one such change, made in memory. Its estimators, methods and formulas sit the exam, "
            "which the library itself passes without a remark that counts. A mutant *fails* it, or has a *remark* on "
            "its card, where the question is one of manners that a right learner may lack and that the library does "
            "not promise in its own words. This page is made by `make mutants`."
        ),
        *_words(
            f"Of {reach['all']:,} possible changes, {reach['reached']:,} stand in a line that some exam runs; the "
            f"others are not examined, and not counted. {len(drawn[0]):,} of these were drawn by chance and tried"
            + (
                f", and as many in a second draw ({_shared(drawn)} are in both). Survivors of both have been read, "
                "and questions were written because of them: of changes that nobody has looked at the exam sees fewer."
                if drawn[1:]
                else "."
            )
        ),
        *_summary(first),
        *_words(
            "*No difference* are mutants that give the same answers as the library, but for rounding, in several "
            "hundred fits and formulas of every shape, scale and option (`mutation/battery.py`): thresholds between "
            "two right methods, guards, starts of an iteration that ends in the same place. They are told apart by "
            "that comparison, not by opinion; a number added to the scores of all classes is no other answer. "
            "*Reviewed* are those whose answers do change, where no promise is broken; each has its reason below."
        ),
        *_table(drawn[0]),
        *_lists("## Survivors: what an exam does not see", "## Reviewed", first),
    ]
    for found in drawn[1:]:
        sorts = _sorted(found)
        lines += [
            "## Another draw",
            "",
            *_summary(sorts),
            *_table(found),
            *_lists("### Survivors", "### Reviewed", sorts),
        ]
    lines += _list("## No difference, first draw", [(_told(m), "") for m in first["same"]])
    return "\n".join(lines).rstrip() + "\n"


def _shared(drawn: Sequence[Sequence[Line]]) -> int:
    """How many mutants are in the first draw and in another one."""
    first = {line["key"] for line in drawn[0]}
    return len(first & {line["key"] for found in drawn[1:] for line in found})


def _sorted(found: Sequence[Line]) -> dict[str, list[Line]]:
    reasons = equivalent()
    sorts: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(found, key=lambda line: line["module"]):
        sorts[sort_of(line, reasons)].append(line)
    return sorts


def _summary(sorts: Mapping[str, Sequence[Line]]) -> list[str]:
    counts = Counter({kind: len(lines) for kind, lines in sorts.items()})
    noticed, matter = counts["fails"] + counts["remark"], _matter(counts)
    return [
        f"- fail, of those with which any answer changes: **{counts['fails']} of {matter}, "
        f"{_share(counts['fails'], matter)}**",
        f"- fail, or have a remark that the library has not: {noticed} of {matter}, {_share(noticed, matter)}",
        f"- fail, of all that were drawn: {counts['fails']} of {counts.total()}, "
        f"{_share(counts['fails'], counts.total())}",
        "",
    ]


def _table(found: Sequence[Line]) -> list[str]:
    reasons = equivalent()
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for line in sorted(found, key=lambda line: line["module"]):
        for room in (line["module"].split(".")[1], "all"):
            rooms[room][sort_of(line, reasons)] += 1
    whole = rooms.pop("all", Counter())
    return [
        "| room | mutants | fail | only a remark | no difference | reviewed | survived | fail, of those that matter |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *(_row(room, counts) for room, counts in [*rooms.items(), ("all", whole)]),
        "",
    ]


def _lists(survivors: str, reviewed: str, sorts: Mapping[str, Sequence[Line]]) -> Iterator[str]:
    reasons = equivalent()
    yield from _list(survivors, [(_told(m), f"seen in: {m['differs']}") for m in sorts.get("survived", ())])
    remarks = [(_told(m), m["failed"]) for m in sorts.get("remark", ())]
    yield from _list(f"{survivors.split()[0]} Only a remark", remarks)
    yield from _list(reviewed, [(_told(m), reasons[m["key"]]) for m in sorts.get("reviewed", ())])


def _matter(counts: Counter[str]) -> int:
    return counts["fails"] + counts["remark"] + counts["survived"]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _row(room: str, counts: Counter[str]) -> str:
    kinds = ("fails", "remark", "same", "reviewed", "survived")
    cells = [counts.total(), *(counts[kind] for kind in kinds)]
    share = _share(counts["fails"], _matter(counts))
    return f"| {room} | {' | '.join(map(str, cells))} | {share} |"


def _told(line: Line) -> str:
    return f"{line['module'].partition('.')[2]}, {line['function']}: `{line['before']}` became `{line['after']}`"


def _words(text: str) -> list[str]:
    return [*textwrap.wrap(text, 120), ""]


def _list(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield from [title, ""]
        yield from (f"- {words}" + (f"; {why}" if why else "") for words, why in rows)
        yield ""
