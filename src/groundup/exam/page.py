"""The card as one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from groundup.exam.evidence import Verdict

if TYPE_CHECKING:
    from groundup.exam.card import Card

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222;
  background: #fff; }
h1 { font-size: 1.4rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.passed { color: #046b3c; } .failed { color: #a3260c; } .remark { color: #7a5200; } .asked { color: #555; }
.mistake { border-left: 4px solid #a3260c; padding: .5rem 1rem; background: #fdf1ee; }
pre { background: #f4f4f4; padding: .8rem; overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
"""


def html_page(card: Card) -> str:
    """One page; whatever the candidate said is text there, never markup."""
    word = "passed" if card.passed else "not passed"
    parts = [
        f"<h1>{escape(card.candidate)}: <span class='{'passed' if card.passed else 'failed'}'>{word}</span></h1>",
        f"<p>{escape(card.task)}, seed {card.seed}: {len(card.failed)} failed, {len(card.remarks)} remarks.</p>",
    ]
    if card.failed and card.mistakes:
        sure = "Likely mistake" if card.mistake else "The nearest known mistake, though not very like it"
        parts.append(f"<p class='mistake'><b>{sure}:</b> {escape(card.mistakes[0].mistake)}.</p>")
    experiment = next((v.experiment for v in card.telling if v.experiment), "")
    if experiment:
        parts.append(f"<h2>Try it yourself</h2><pre>{escape(experiment)}</pre>")
    parts.append(_table("Failed", card.telling))
    parts.append(_table("Remarks: no mistakes, but good to have", card.remarks))
    if card.conventions:
        items = "".join(f"<li>{escape(words)}</li>" for words in card.conventions.values())
        parts.append(f"<h2>Seen, and neither right nor wrong</h2><ul>{items}</ul>")
    parts.append(_table("Passed", [v for v in card.verdicts if v.outcome == "passed"]))
    parts.append(_table("Not examined", [v for v in card.verdicts if v.outcome == "not examined"]))
    title = f"Report card of {escape(card.candidate)}"
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta name='viewport' content='width=device-width'><style>{STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _table(title: str, verdicts: list[Verdict]) -> str:
    if not verdicts:
        return ""
    head = "<tr><th>Question</th><th>Claim</th><th>Measured</th><th>Allowed</th><th>What it shows</th></tr>"
    return f"<h2>{title}</h2><table>{head}{''.join(map(_row, verdicts))}</table>"


def _row(verdict: Verdict) -> str:
    from groundup.exam.card import bounds, number

    measured = "" if verdict.measured is None else number(verdict.measured)
    allowed = "" if verdict.allowed is None else bounds(verdict.allowed)
    cells = (verdict.id, verdict.claim, measured, allowed, verdict.words)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
