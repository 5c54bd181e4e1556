"""What was caught, what survived, and what no exam could tell apart, as one page of Markdown."""

from __future__ import annotations

import json
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

REVIEWED = Path(__file__).with_name("equivalent.json")


def equivalent() -> dict[str, str]:
    """The reviewed file: the key of a change, and why nothing that was promised changes with it."""
    return json.loads(REVIEWED.read_text(encoding="utf-8")) if REVIEWED.exists() else {}


def page(found: Sequence[Mapping[str, Any]], reach: Mapping[str, int]) -> str:
    """The whole page."""
    reasons = equivalent()
    rooms: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in sorted(found, key=lambda line: line["module"]):
        rooms[line["module"].split(".")[1]].append(line)
    caught = sum(bool(line["failed"]) for line in found)
    same = sum(not line["failed"] and line["key"] in reasons for line in found)
    lines = [
        "# Mechanical mutants of the library",
        "",
        *textwrap.wrap(
            "Operators, comparisons, constants, signs, mean and sum, conditions, dropped statements: each mutant is "
            "our own library with one such change, made in memory. Its estimators, methods and formulas sit the exam; "
            "a mutant is caught when it fails a question that the library itself passes. This page is made by "
            "`make mutants`.",
            120,
        ),
        "",
        *textwrap.wrap(
            f"Of {reach['all']:,} possible changes, {reach['reached']:,} stand in a line that some exam runs; the "
            f"others are not examined, and not counted. {len(found):,} of these were drawn by chance and tried.",
            120,
        ),
        "",
        f"- caught: **{caught} of {len(found)}**, {100 * caught / max(len(found), 1):.1f} %, as it is",
        f"- without the {same} that change nothing that was promised (each with its reason below):"
        f" **{caught} of {len(found) - same}**, {100 * caught / max(len(found) - same, 1):.1f} %",
        "",
        "| room | mutants | caught | equivalent | survived | caught of those that matter |",
        "|---|---:|---:|---:|---:|---:|",
        *(_row(room, own, reasons) for room, own in [*rooms.items(), ("all", list(found))]),
        "",
        *_list(
            "## Survivors", [(_words(line), "") for line in found if not line["failed"] and line["key"] not in reasons]
        ),
        *_list(
            "## Equivalent, and why",
            [(_words(line), reasons[line["key"]]) for line in found if not line["failed"] and line["key"] in reasons],
        ),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _row(room: str, own: Sequence[Mapping[str, Any]], reasons: Mapping[str, str]) -> str:
    caught = sum(bool(line["failed"]) for line in own)
    same = sum(not line["failed"] and line["key"] in reasons for line in own)
    matter = len(own) - same
    share = f"{100 * caught / matter:.1f} %" if matter else "-"
    return f"| {room} | {len(own)} | {caught} | {same} | {matter - caught} | {share} |"


def _words(line: Mapping[str, Any]) -> str:
    return f"{line['module'].partition('.')[2]}, {line['function']}: `{line['before']}` became `{line['after']}`"


def _list(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield from [title, ""]
        yield from (f"- {words}" + (f". {why}" if why else "") for words, why in rows)
        yield ""
