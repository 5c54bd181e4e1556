"""`groundup exam`: anybody's code sits the exam and gets a report card."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

import groundup as gu
from groundup.app import options, show
from groundup.errors import InputError


def exam(
    candidate: Annotated[
        str,
        typer.Argument(
            help="FILE.py:NAME, a class, an object or a function in a file; FILE.py alone is its functions.",
            show_default=False,
        ),
    ],
    task: Annotated[str, typer.Option(help="regression, classification or multiclass.")] = "regression",
    formula: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Grade one function as this formula: sigmoid, softmax, mse, ...", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed asks with other tables.")] = 0,
    html: Annotated[Path | None, typer.Option(help="Also write the card as a page.", show_default=False)] = None,
    json: options.Json = False,
) -> None:
    """Examine anybody's code: a class with fit and predict, a train function, or a file of functions.

    The card says what was asked, what was measured and what was allowed, and names the likely mistake. The code is run,
    in a process of its own with limits of time and memory; that is no wall against code that means harm.

    Exit status 0 is passed, 1 is not passed, 2 is a file or a name that cannot be used.

    Example:  groundup exam my_model.py:MyModel --task regression
    """
    thing = load(candidate)
    card = gu.exam.grade(thing, formula, seed) if formula else gu.exam.examine(thing, task, seed)
    if html is not None:
        card.to_html(html)
    if json:
        show.as_json(card.as_dict())
    else:
        show.say(str(card))
    raise typer.Exit(0 if card.passed else 1)


def load(candidate: str) -> Any:
    """The thing of that name in that file; the whole module where no name is given."""
    file, _, name = candidate.rpartition(":") if ".py:" in candidate else (candidate, "", "")
    path = Path(file)
    if path.suffix != ".py" or not path.is_file():
        raise InputError(f"the candidate must be FILE.py:NAME with a file that exists; got {candidate!r}.")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    sys.path.insert(0, str(path.parent.resolve()))
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise InputError(
            f"{path} cannot be imported: {type(error).__name__}: {error}. Run it by itself first."
        ) from None
    finally:
        sys.path.pop(0)
    if not name:
        return module
    if not hasattr(module, name):
        own = [n for n, v in vars(module).items() if callable(v) and getattr(v, "__module__", "") == module.__name__]
        raise InputError(f"{path} has no {name!r}; it has {', '.join(own) or 'no functions'}.")
    thing = getattr(module, name)
    if not (callable(thing) or hasattr(thing, "fit") or inspect.ismodule(thing)):
        raise InputError(f"{name} in {path} is {type(thing).__name__}, which cannot learn; name a class or a function.")
    return thing
