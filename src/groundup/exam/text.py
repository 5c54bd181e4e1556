"""The card as plain text, a hundred letters wide, and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from groundup.exam.parts import (
    Experiment,
    Failure,
    Foot,
    Head,
    Mistake,
    Reading,
    Record,
    Remarks,
    Skipped,
    bounds,
    number,
    parts,
)

if TYPE_CHECKING:
    from groundup.exam.card import Card

WIDTH = 100
MOST = 5
"""Failures that are told in full; those after them, by their number only."""


def plain_text(card: Card) -> str:
    """What print(card) shows."""
    return "\n".join(_lines(card)).strip("\n")


def _lines(card: Card) -> Iterator[str]:
    told = 0
    rest: list[str] = []
    for part in parts(card):
        match part:
            case Head(candidate, task, _, counts):
                yield from (f"{candidate}   {task}   {part.word}", counts)
            case Mistake(lead, words, others):
                yield from ("", *wrap(f"{lead}: {words}".strip()))
                yield from (line for other in others for line in wrap(f"It could also be: {other}"))
            case Failure() if told < MOST:
                told += 1
                yield from ("", *_failure(part))
            case Failure(id, _, _, _, also):
                rest += [id, *also]
            case Experiment(code):
                yield from ("", "Try it yourself:", textwrap.indent(code, "    "))
            case Reading(chapter):
                yield from ("", *wrap(f"To read: {chapter}."))
            case Remarks(title, items):
                yield from ("", f"{title}:")
                yield from (line for item in items for line in wrap(f"- {item}", "  "))
            case Skipped(brief=words):
                yield from ("", *wrap(words))
            case Foot(words):
                yield from ["", *wrap(f"Also failed: {', '.join(rest)}.")] if rest else []
                yield from ("", words)
            case Record():
                pass  # a list of what went well would push what went wrong off the screen


def _failure(part: Failure) -> Iterator[str]:
    yield from wrap(f"x {part.id}  {part.claim}", "      ")
    yield from (f"      {line}" for line in wrap(part.shows, width=WIDTH - 6)) if part.shows else ()
    if part.numbers:
        yield f"      {part.numbers}"
    yield from (f"      {line}" for line in wrap(part.alike, width=WIDTH - 6)) if part.alike else ()


def wrap(text: str, hang: str = "", width: int = WIDTH) -> list[str]:
    """Broken between words, its further lines under `hang`."""
    return textwrap.wrap(" ".join(text.split()), width, subsequent_indent=hang, break_on_hyphens=False) or [""]


def markdown(card: Card) -> str:
    """The card for an issue, a pull request or a notebook."""
    return "\n".join(_markdown_lines(card)).strip("\n") + "\n"


def _markdown_lines(card: Card) -> Iterator[str]:
    for part in parts(card):
        match part:
            case Head(candidate, task, _, counts):
                mark = "✅" if part.passed else "❌"
                yield from (f"# {escape(candidate)}: {mark} {part.word.lower()}", "", f"{escape(task)}. {counts}")
            case Mistake(lead, words, others):
                yield from ("", f"> **{lead}:** {escape(words)}")
                yield from (f"> It could also be: {escape(other)}" for other in others)
            case Failure(id, claim, shows, numbers):
                yield from (
                    "",
                    f"## ✗ {id}: {escape(claim)}",
                    "",
                    escape(f"{shows[:1].upper()}{shows[1:]} {part.alike}"),
                )
                yield from ("", numbers[:1].upper() + numbers[1:] + ".") if numbers else ()
            case Experiment(code):
                fence = "`" * max(3, _ticks(code) + 1)
                yield from ("", "## Try it yourself", "", f"{fence}python", code, fence)
            case Reading(chapter):
                yield from ("", f"**To read:** {escape(chapter)}.")
            case Remarks(title, items) | Skipped(title, items):
                yield from ("", f"## {title}", "", *(f"- {escape(item)}" for item in items))
            case Record(title, verdicts):
                yield from ("", f"## {title}", "", "| question | claim | measured | allowed |", "|---|---|---|---|")
                for v in verdicts:
                    measured = "" if v.measured is None else number(v.measured)
                    allowed = "" if v.allowed is None else bounds(v.allowed)
                    yield f"| {v.id} | {escape(v.claim)} | {measured} | {allowed} |"
            case Foot(words):
                yield from ("", words)


def escape(text: str) -> str:
    """Text as text: nothing in it is markup, and it stays on its line.

    >>> escape("w *= 2 | <b>")
    'w \\\\*= 2 \\\\| &lt;b&gt;'
    """
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{letter}" if letter in "\\`*_[]|#!~" else letter for letter in text)


def _ticks(code: str) -> int:
    longest = run = 0
    for letter in code:
        run = run + 1 if letter == "`" else 0
        longest = max(longest, run)
    return longest
