"""`groundup exam`: anybody's code sits the exam and gets a report card; a folder of it gets a table."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated, Optional

import typer

import groundup as gu
from groundup.app import cards, options, show
from groundup.errors import InputError


def exam(
    candidates: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(
            metavar="FILE[:NAME]",
            help="A class, an object or a function in a Python file or a notebook; the file alone is its only class, "
            "or its functions. Several files are graded one beside the other.",
            show_default=False,
        ),
    ] = None,
    task: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            help="regression, classification, multiclass, network, optimiser or parts. [default: as its code says]",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str, typer.Option(help="What to take from every file, where FILE:NAME does not say it.", show_default=False)
    ] = "",
    formula: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Grade one function as this formula: sigmoid, softmax, mse, ...", show_default=False),
    ] = None,
    exercise: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Grade an exercise of `groundup practice list`, or an ASSIGNMENT.py.", show_default=False),
    ] = None,
    seed: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            help="Another seed asks with other tables. [default: 0; a fresh one for many]", show_default=False
        ),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Also write the card as a page.", show_default=False)] = None,
    markdown: Annotated[Path | None, typer.Option(help="Also write it as Markdown.", show_default=False)] = None,
    signed: Annotated[
        Path | None,
        typer.Option("--transcript", help="Also write a signed transcript (needs --key).", show_default=False),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="The file with the key that signs the transcript.", show_default=False)
    ] = None,
    learner: Annotated[str, typer.Option(help="Whose transcript it is.", show_default=False)] = "",
    csv: Annotated[
        Path | None, typer.Option(help="Grade all files into this table, one row each.", show_default=False)
    ] = None,
    pages: Annotated[
        Path | None,
        typer.Option("--cards", help="Also write each card into this folder, as a page.", show_default=False),
    ] = None,
    jobs: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="How many are examined at once. [default: the number of cores]", show_default=False),
    ] = None,
    seconds: Annotated[float, typer.Option(help="The most that one of many submissions may take.")] = 120.0,
    power: Annotated[
        bool, typer.Option("--power", help="Examine the exam: false alarms, and what it catches.")
    ] = False,
    exams: Annotated[int, typer.Option(help="With --power: at least so many exams of right learners.")] = 200,
    rounds: Annotated[int, typer.Option(help="With --power: how often each question of chance is asked.")] = 200,
    shard: Annotated[str, typer.Option(help="With --power: i/k does the i-th of k parts of the work.")] = "1/1",
    results: Annotated[Path, typer.Option(help="With --power: where it is kept, to go on with.")] = Path(
        "exam-strength"
    ),
    page: Annotated[Path | None, typer.Option(help="With --power: write the page here.", show_default=False)] = None,
    json: options.Json = False,
) -> None:
    """Examine anybody's code: a class with fit and predict, a train function, or a file of functions.

    The card says what was asked, what was measured and what was allowed, and names the likely mistake. The code is run,
    in a process of its own with limits of time and memory; that is no wall against code that means harm.

    Several files, or --csv, make a table with one row a submission; a submission that crashes is a row too.

    Exit status 0 is passed (of many: all were graded), 1 is not passed, 2 is a file or a name that cannot be used, or
    that could not be asked what it is for.

    Example:  groundup exam my_model.py:MyModel --task regression

    Example:  groundup exam submissions/*.py --csv grades.csv
    """
    if power:
        from groundup.app import strength

        strength.measure(exams, rounds, shard, results, seed, page)
        return
    if not candidates:
        raise InputError("groundup exam needs a candidate: FILE.py:NAME, FILE.py or a notebook.")
    if len(candidates) > 1 or csv is not None or pages is not None or Path(candidates[0]).is_dir():
        from groundup.app import grades

        _refuse("one candidate only", html=html, markdown=markdown, transcript=signed)
        ask = grades.Ask(task or "", name, formula, exercise, seed, seconds, jobs)
        grades.grade(candidates, ask, csv, pages, json=json)
        return
    if (signed is None) != (key is None):
        raise InputError("--transcript FILE and --key FILE go together: the key signs the transcript.")
    known = gu.exam.transcript.read_key(key) if key is not None else b""
    file, given = gu.exam.loading.split(candidates[0])
    thing = gu.exam.loading.load(f"{file}:{given or name}".rstrip(":"))
    if formula is None and exercise is None and task is None:
        formula = gu.exam.guessing.formula_of(thing) or None
        task, why = ("formula", "of its name") if formula else gu.exam.guessing.task_of(thing)
        show.note(f"Examined as {task}, because {why}; --task says otherwise.")
    found = gu.exam.practice.find(exercise) if exercise is not None else None
    with redirect_stdout(sys.stderr):  # what the candidate prints stays out of the card
        card = gu.exam.sitting.sit(thing, task or "", formula or "", found, seed or 0)
    for path, write in ((html, card.to_html), (markdown, card.to_markdown)):
        if path is not None:
            write(path)
    if signed is not None:
        gu.exam.transcript.write(signed, gu.exam.transcript.sign(card, known, learner=learner, source=file))
    if json:
        show.as_json(card.as_dict())
    else:
        cards.show_card(card)
    raise typer.Exit({"passed": 0, "not passed": 1}.get(card.outcome, 2))


def _refuse(why: str, **given: Path | None) -> None:
    """An option that has no meaning here."""
    name = next((name for name, path in given.items() if path is not None), None)
    if name is not None:
        raise InputError(f"--{name} is for {why}; for many, --csv FILE and --cards FOLDER write the results.")
