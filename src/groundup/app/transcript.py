"""`groundup transcript`: a key to sign with, and whether a transcript is genuine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import groundup as gu
from groundup.app import options, show

application = typer.Typer(
    help="Signed transcripts of exams: make a key, verify.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def key(file: Annotated[Path, typer.Argument(help="The file to write it to.", show_default=False)]) -> None:
    """Make a key. Whoever has it can sign, so it stays with whoever examines.

    Example:  groundup transcript key teacher.key
    """
    gu.exam.transcript.new_key(file)
    show.say(
        f"{file} is written; only you can read it. Keep it secret, and keep a copy: without it nothing is verified."
    )


def verify(
    file: Annotated[Path, typer.Argument(help="A transcript of `groundup exam --transcript`.", show_default=False)],
    key: Annotated[Path, typer.Option(help="The file with the key it was signed with.", show_default=False)],
    source: Annotated[
        Path | None, typer.Option(help="Also: is this the file that was examined?", show_default=False)
    ] = None,
    json: options.Json = False,
) -> None:
    """Say whether a transcript is what was signed: exit status 0 is genuine, 1 is not, 2 is a file that cannot be used.

    Example:  groundup transcript verify ada.json --key teacher.key
    """
    known = gu.exam.transcript.read_key(key)
    try:
        found = gu.exam.transcript.verify(gu.exam.transcript.read(file), known)
        if source is not None and gu.exam.transcript.fingerprint(source) != found["source"]:
            raise gu.exam.transcript.NotGenuineError(f"{source} is not the file that was examined.")
    except gu.exam.transcript.NotGenuineError as error:
        if json:
            show.as_json({"genuine": False, "reason": str(error)})
        else:
            show.say(f"NOT GENUINE: {error}", strong=True)
        raise typer.Exit(1) from None
    if json:
        show.as_json({"genuine": True, **found})
        return
    show.say("GENUINE", strong=True)
    for name in ("learner", "candidate", "task", "date", "seed", "mistake", "version"):
        if found.get(name) not in (None, ""):
            show.say(f"  {name:<10}{found[name]}")
    right = sum(q["outcome"] == "passed" for q in found["questions"])
    failed = sum(q["outcome"] == "failed" for q in found["questions"])
    show.say(
        f"  {'result':<10}{'passed' if found['passed'] else 'not passed'}: {right} questions passed, {failed} failed"
    )


for _command in (key, verify):
    application.command()(show.spoken(_command))
