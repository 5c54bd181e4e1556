"""`groundup`: the commands. Exit status 0 is success, 1 divergence or an exam not passed, 2 a wrong input."""

from __future__ import annotations

import sys
from typing import Any

from groundup.errors import MissingExtraError


def main() -> None:
    """What runs when somebody types `groundup`."""
    try:
        application = build()
    except MissingExtraError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    application()


def build() -> Any:
    """The Typer application with every command."""
    try:
        import rich  # noqa: F401  # pyright: ignore[reportUnusedImport]
        import typer
    except ImportError as error:
        raise MissingExtraError(error.name or "typer", extra="app", purpose="commands") from None
    from groundup.app import ahead, demo, exam, fit, formulas, practice, transcript, use
    from groundup.app.show import spoken

    application = typer.Typer(
        name="groundup",
        help="Machine learning from the ground up: fit a line, watch it learn, and trust it.",
        epilog="Start with: groundup demo",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(_about)
    for command in (demo.demo, fit.fit, use.predict, use.evaluate, ahead.forecast, formulas.formulas, exam.exam):
        application.command()(spoken(command))
    application.add_typer(practice.application, name="practice")
    application.add_typer(transcript.application, name="transcript")
    return application


def _about() -> None:
    """Machine learning from the ground up: fit a line, watch it learn, and trust it."""
