"""The card as one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from groundup.exam.evidence import Verdict
from groundup.exam.parts import (
    Experiment,
    Failure,
    Foot,
    Head,
    Mistake,
    Part,
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

STYLE = """
.card { font: 16px/1.5 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; color: #222;
  background: #fff; color-scheme: light; }
.card h1 { font-size: 1.5rem; margin: 0; } .card h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.card h3 { font-size: 1rem; margin: 0; } .card p { margin: .25rem 0; }
.card .yes { color: #046b3c; } .card .no { color: #a3260c; } .card .quiet { color: #555; }
.card .box { border-left: 4px solid #a3260c; padding: .6rem 1rem; margin: 1.2rem 0; background: #fdf1ee; }
.card .question { border-top: 1px solid #ddd; padding: .7rem 0; }
.card .read { margin: .5rem 0 2rem; }
.card code.id { color: #555; margin-right: .5rem; }
.card pre { background: #f4f4f4; color: #222; padding: .8rem 1rem; overflow-x: auto; font-size: .9rem; }
.card table { border-collapse: collapse; width: 100%; font-size: .9rem; }
.card td, .card th { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0;
  border-bottom: 1px solid #eee; }
.card td:nth-child(1), .card td:nth-child(3), .card td:nth-child(4) { white-space: nowrap; }
.card summary { font-size: 1.1rem; font-weight: bold; cursor: pointer; margin-top: 2rem; }
@media print { .card { max-width: none; margin: 0; } }
"""


def html_page(card: Card) -> str:
    """One page; whatever the candidate said is text there, never markup."""
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>Report card of {escape(card.candidate)}</title><meta name='viewport' content='width=device-width'>"
        f"</head><body>{html_part(card)}</body></html>\n"
    )


def reason_page(submission: str, words: str) -> str:
    """One page for a submission that could not be examined: why, and nothing else."""
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>{escape(submission)}</title><style>{STYLE}</style></head><body><article class='card'>"
        f"<h1>{escape(submission)}: <span class='no'>not examined</span></h1>"
        f"<div class='box'><p>{escape(words)}</p></div></article></body></html>\n"
    )


def html_part(card: Card) -> str:
    """The card as a piece of a page, for a notebook."""
    found = "".join(map(_html, parts(card)))
    return f"<style>{STYLE}</style><article class='card'>{found}</article>"


def _html(part: Part) -> str:
    match part:
        case Head(candidate, task, _, counts):
            word = f"<span class='{'yes' if part.passed else 'no'}'>{part.word.lower()}</span>"
            return f"<h1>{escape(candidate)}: {word}</h1><p class='quiet'>{escape(task)}. {escape(counts)}</p>"
        case Mistake(lead, words, others):
            rest = "".join(f"<p>It could also be: {escape(other)}</p>" for other in others)
            return f"<div class='box'><p><b>{escape(lead)}:</b> {escape(words)}</p>{rest}</div>"
        case Failure(id, claim, shows, numbers):
            shown = f"<p>{escape(shows[:1].upper() + shows[1:])}</p>" if shows else ""
            shown += f"<p class='quiet'>{escape(numbers[:1].upper() + numbers[1:])}.</p>" if numbers else ""
            shown += f"<p class='quiet'>{escape(part.alike)}</p>" if part.alike else ""
            head = f"<h3><span class='no'>✗</span> <code class='id'>{escape(id)}</code>{escape(claim)}</h3>"
            return f"<div class='question'>{head}{shown}</div>"
        case Experiment(code):
            return f"<h2>Try it yourself</h2><pre>{escape(code)}</pre>"
        case Reading(chapter):
            return f"<p class='read'><b>To read:</b> {escape(chapter)}.</p>"
        case Remarks(title, items) | Skipped(title, items):
            return f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        case Record(title, verdicts):
            return f"<details><summary>{escape(title)} ({len(verdicts)})</summary>{_table(verdicts)}</details>"
        case Foot(words):
            return f"<p class='quiet'>{escape(words)}</p>"


def _table(verdicts: tuple[Verdict, ...]) -> str:
    head = "<tr><th>Question</th><th>Claim</th><th>Measured</th><th>Allowed</th></tr>"
    return f"<table>{head}{''.join(map(_row, verdicts))}</table>"


def _row(verdict: Verdict) -> str:
    measured = "" if verdict.measured is None else number(verdict.measured)
    allowed = "" if verdict.allowed is None else bounds(verdict.allowed)
    return "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in (verdict.id, verdict.claim, measured, allowed)) + "</tr>"
