"""A report card on the terminal: coloured where somebody looks, plain text in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.syntax import Syntax
from rich.text import Text

from groundup.app import show

if TYPE_CHECKING:
    from groundup.exam.parts import Part


def show_card(card: Any) -> None:
    """Print it."""
    from groundup.exam.parts import Failure, parts
    from groundup.exam.text import MOST

    screen = show.console()
    if not screen.is_terminal:
        show.say(str(card))
        return
    said = parts(card)
    beyond = [part for part in said if isinstance(part, Failure)][MOST:]
    for part in said:
        drawn = None if part in beyond else _drawn(part)
        if drawn is not None:
            screen.print(drawn)


def _text(*pieces: tuple[str, str]) -> Text:
    return Text.assemble(*((show.plain(words), style) for words, style in pieces))


def _drawn(part: Part) -> RenderableType | None:
    from groundup.exam import parts as on

    match part:
        case on.Head(candidate, task, _, counts):
            style = "bold green" if part.passed else "bold red"
            title = _text((f"{candidate}  ", "bold"), (part.word, style), (f"  {task}", "dim"))
            return Group(Rule(title, align="left", style=style), _text((counts, "dim")))
        case on.Mistake(lead, words, others):
            lines = [_text((f"{lead}: ", "bold"), (words, ""))]
            lines += [_text((f"It could also be: {other}", "")) for other in others]
            return Padding(Panel(Group(*lines), border_style="red"), (1, 0, 0, 0))
        case on.Failure(id, claim, shows, numbers):
            head = _text(("✗ ", "bold red"), (f"{id}  ", "dim"), (claim, "bold"))
            rest = [
                _text((words, style)) for words, style in ((shows, ""), (numbers, "dim"), (part.alike, "dim")) if words
            ]
            return Padding(Group(head, Padding(Group(*rest), (0, 0, 0, 2))), (1, 0, 0, 0))
        case on.Experiment(code):
            lines = Syntax(show.plain(code), "python", theme="ansi_dark", background_color="default", word_wrap=True)
            return Group(_text(("\nTry it yourself", "bold")), Padding(lines, (0, 0, 0, 2)))
        case on.Reading(chapter):
            return _text(("\nTo read: ", "bold"), (f"{chapter}.", ""))
        case on.Remarks(title, items):
            lines = [Padding(_text((f"- {item}", "dim")), (0, 0, 0, 2)) for item in items]
            return Group(_text((f"\n{title}", "bold dim")), *lines)
        case on.Skipped(brief=words):
            return _text((f"\n{words}", "dim"))
        case on.Foot(words):
            return _text((f"\n{words}", "dim"))
        case on.Record():
            return None
