"""`groundup practice`: exercises, one file each."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

import groundup as gu
from groundup.app import cards, options, show
from groundup.errors import InputError

WIDTH = 96

application = typer.Typer(
    help="Exercises: every formula, step and model, checked in a second, with hints.",
    epilog="Start with: groundup practice start mse",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def list_(
    topic: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Only these: lines, losses, training, ...", show_default=False),
    ] = None,
    json: options.Json = False,
) -> None:
    """List the exercises, topic by topic, and what is solved.

    Example:  groundup practice list --topic lines
    """
    if topic is not None and topic not in gu.exam.practice.TOPICS:
        raise gu.UnknownNameError("--topic", topic, gu.exam.practice.TOPICS)
    done = gu.exam.practice.progress.read()
    shown = [e for e in gu.exam.practice.catalogue() if topic in (None, e.topic)]
    if json:
        where = str(gu.exam.practice.progress.path())
        show.as_json({"exercises": [as_mapping(e, done.get(e.name, {})) for e in shown], "progress": where})
        return
    left = max(len(e.name) for e in shown) + 2
    for heading in gu.exam.practice.TOPICS:
        of_topic = [e for e in shown if e.topic == heading]
        if not of_topic:
            continue
        solved = sum(bool(done.get(e.name, {}).get("solved")) for e in of_topic)
        show.say(f"{heading}   {solved} of {len(of_topic)} solved", strong=True)
        for e in of_topic:
            show.say(f"  {_mark(done.get(e.name, {}))} {e.name:<{left}}{e.title}")
        show.say()
    following = next((e for e in shown if not done.get(e.name, {}).get("solved")), None)
    if following is not None:
        show.say(f"Next: groundup practice start {following.name}")


def start(
    name: Annotated[str, typer.Argument(help="An exercise of `groundup practice list`, or a teacher's ASSIGNMENT.py.")],
    output: Annotated[
        Path | None, typer.Option(help="The file to write. [default: NAME.py here]", show_default=False)
    ] = None,
) -> None:
    """Write the file to begin with: the task in words, equations and examples. An existing file is left alone.

    Example:  groundup practice start sigmoid
    """
    exercise = gu.exam.practice.find(name)
    own = name.endswith(".py")
    path = output or Path(f"{exercise.name}.py")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(exercise.stub(str(path), own=own))
    except FileExistsError:
        raise InputError(f"{path} exists, and is left as it is. Choose another name with --output.") from None
    show.say(f"{path} is written: {exercise.title}.", strong=True)
    show.say(f"When it is done: groundup practice check {path}{f' --exercise {name}' if own else ''}")


def check(
    file: Annotated[Path, typer.Argument(help="The file with your answer.", show_default=False)],
    exercise: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            help="The exercise, or a teacher's ASSIGNMENT.py. [default: as the file says]", show_default=False
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed asks with other numbers.")] = 0,
    json: options.Json = False,
) -> None:
    """Check an answer: exit status 0 is solved, 1 not yet, 2 is a file that cannot be used.

    Example:  groundup practice check sigmoid.py
    """
    chosen = gu.exam.practice.find(exercise or beside(file, name_in(file)))
    answer = gu.exam.loading.run(gu.exam.loading.split(str(file))[0])
    card = gu.exam.practice.check(chosen, answer, seed)
    kept = _remember(chosen.name, card.passed)
    if json:
        show.as_json(card.as_dict())
    elif card.passed:
        show.say(f"{chosen.name}: solved.", strong=True)
        for words in [*card.conventions.values(), *(f"{v.claim} Here {v.words}" for v in card.remarks)]:
            show.say(f"  {words}")
    else:
        cards.show_card(card)
        show.say()
        show.say(f"A hint: groundup practice hint {exercise or beside(file, chosen.name)}")
    if kept:
        show.console(errors=True).print(kept)
    raise typer.Exit(0 if card.passed else 1)


def hint(
    name: Annotated[str, typer.Argument(help="An exercise, or a teacher's ASSIGNMENT.py.", show_default=False)],
) -> None:
    """Show a hint, and the next one when asked again; there are three.

    Example:  groundup practice hint sigmoid
    """
    exercise = gu.exam.practice.find(name)
    number = gu.exam.practice.progress.next_hint(exercise.name, len(exercise.hints))
    for k, words in enumerate(exercise.hints[:number], 1):
        for line in textwrap.wrap(f"{k}. {words}", WIDTH, subsequent_indent="   "):
            show.say(line)
    more = len(exercise.hints) - number
    show.say()
    show.say(f"{more} more: groundup practice hint {name}" if more else "These are all the hints there are.")


def name_in(path: Path) -> str:
    """The exercise that a file answers: by its first line, else by its name."""
    if not path.is_file():
        raise InputError(f"the answer is a Python file that exists; got {str(path)!r}.")
    try:
        words = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split()
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{path} is not Python yet: {error}.") from None
    if len(words) > 1 and words[0] == "Exercise":
        return words[1].rstrip(":")
    return path.stem


def beside(path: Path, name: str) -> str:
    """The name itself where the catalogue has it; else a teacher's ASSIGNMENT.py of that name beside the answer."""
    if any(name == exercise.name for exercise in gu.exam.practice.catalogue()):
        return name
    assignment = path.with_name(f"{name}.py")
    if assignment.is_file() and assignment.resolve() != path.resolve():
        return str(assignment)
    if name != path.stem:
        raise InputError(
            f"{path} answers {name!r}, which is not in `groundup practice list`: an exercise of your teacher's own. "
            f"Whoever has its file says --exercise {name}.py."
        )
    return name


def as_mapping(exercise: Any, done: dict[str, Any]) -> dict[str, Any]:
    """One exercise for programs."""
    content = {name: getattr(exercise, name) for name in ("name", "topic", "title", "task")}
    return {**content, "equations": list(exercise.equations), "solved": bool(done.get("solved")), **done}


def _mark(done: dict[str, Any]) -> str:
    return "✓" if done.get("solved") else "·" if done.get("tries") else " "


def _remember(name: str, passed: bool) -> str:
    """Why progress could not be kept; empty where it was. A full disk is no reason to withhold a card."""
    try:
        gu.exam.practice.progress.tried(name, passed)
    except (OSError, InputError) as error:
        return f"Your progress was not kept: {error}"
    return ""


for _command, _name in ((list_, "list"), (start, "start"), (check, "check"), (hint, "hint")):
    application.command(_name)(show.spoken(_command))
