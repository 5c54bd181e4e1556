"""`groundup fit --checkpoint FOLDER --resume`: a training that is kept while it runs, and goes on where it was."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

import groundup as gu
from groundup.app import show
from groundup.errors import InputError

FILE = "training.npz"
EVERY = 1.0
"""Seconds between two files: short epochs would spend their time on the disk."""

NO_STEPS = ("auto", "exact", "newton", "proximal")
"""The solvers of lines and chances that go straight to the minimum."""

NOT_COMPARED = ("listeners", "random_state", "schedule")


class Kept:
    """A folder in which a training is kept."""

    def __init__(self, folder: Path, *, resume: bool):
        self.folder, self.file, self.resume = folder, folder / FILE, resume

    def listener(self) -> Any:
        """What keeps it: at most one file a second, and one at the end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return gu.Checkpoint(self.file, seconds=EVERY)

    def fit(self, estimator: Any, X: Any, y: Any) -> Any:
        """The estimator, fitted: from the beginning, or from where the kept training was."""
        listeners = tuple(estimator.listeners)
        if not self.resume or not self.exists():
            return estimator.set_params(listeners=(*listeners, self.listener())).fit(X, y)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            training = gu.resume(self.file, X, y, listeners=listeners)
        for one in said:
            show.console(errors=True).print(Text(show.plain(f"groundup: {one.message}")))
        _compare(training.origin[0], estimator)
        return training.finish()

    def exists(self) -> bool:
        """Whether there is something to go on from."""
        return any(self.folder.glob(f"{FILE}*"))


def kept(folder: Path | None, *, resume: bool, model: str, solver: str) -> Kept | None:
    """Where the training is kept; InputError for options that do not go together."""
    if folder is None:
        if resume:
            raise InputError("--resume goes on with a training that was kept; name its folder with --checkpoint.")
        return None
    if model != "network" and solver in NO_STEPS:
        raise InputError(
            f"--checkpoint is for a training step by step; --solver {solver} goes straight to the minimum of --model "
            f"{model}. Leave --checkpoint out, or use for instance --solver gradient_descent."
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--checkpoint names a folder; {str(folder)!r} is a file.")
    found = Kept(folder, resume=resume)
    if not resume and found.exists():
        raise InputError(
            f"{str(folder)!r} already holds a training. Add --resume to go on with it, or name another folder."
        )
    return found


def _compare(there: Any, here: Any) -> None:
    """Refuse to go on with other settings than those it began with."""
    if type(there) is not type(here):
        raise InputError(
            f"the kept training is that of a {type(there).__name__}, and a {type(here).__name__} was asked for. "
            "Give the same options, or name another folder."
        )
    asked = here.get_params(deep=False)
    for name, value in there.get_params(deep=False).items():
        if name not in NOT_COMPARED and repr(_plain(value)) != repr(_plain(asked[name])):
            raise InputError(
                f"the kept training began with {name}={value!r}, and {name}={asked[name]!r} was asked for. Give the "
                "same options, or name another folder."
            )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value  # pyright: ignore
