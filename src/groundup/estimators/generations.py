"""The files of a checkpoint: the newest at a path, the one before it at path.1, and so on.

A new file is first written whole under a name of its own and flushed to the disk; only then do the others move, by
renaming. So at every moment at least one whole file is there, whoever is killed and however many write: each has names
of its own until the last rename, which puts a whole file in the place of another.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path

from groundup.data import disk

_WRITER = re.compile(r"\.(\d+)\.[0-9a-f]{8}\.(?:new|tmp)$")


def keep(newest: Path, content: bytes, generations: int) -> None:
    """The newest becomes the second newest, and so on; then `content` is the newest.

    Raises OSError, naming the path, where the disk refuses; the older files are then as they were.
    """
    fresh = newest.with_name(f"{newest.name}.{os.getpid()}.{secrets.token_hex(4)}.new")
    try:
        disk.write(fresh, content)
        for age in range(generations - 1, 0, -1):
            with contextlib.suppress(FileNotFoundError):  # none that old yet, or another process has moved it
                os.replace(aged(newest, age - 1), aged(newest, age))
        os.replace(fresh, newest)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        why = os.strerror(error.errno) if error.errno else str(error)
        say = f"{newest} could not be written ({why}); the checkpoints before it are unchanged"
        raise type(error)(error.errno, say) from None


def candidates(newest: Path) -> list[Path]:
    """Every file that may hold the training, the newest first: one that a killed process did not rename any more too.

    >>> [str(path) for path in candidates(Path("run.npz"))]
    ['run.npz']
    """
    beside = list(newest.parent.glob(f"{_literally(newest.name)}.*"))
    ages = {int(match[1]): path for path in beside if (match := re.fullmatch(r".*\.(\d{1,6})", path.name))}
    fresh = [path for path in beside if _WRITER.search(path.name)]
    return [newest, *sorted(fresh, key=_when, reverse=True), *(ages[age] for age in sorted(ages))]


def aged(path: Path, age: int) -> Path:
    """The file that is so many generations older than the newest.

    >>> aged(Path("run.npz"), 1).name
    'run.npz.1'
    """
    return path if age == 0 else path.with_name(f"{path.name}.{age}")


def clean(newest: Path) -> None:
    """Remove what processes that were killed left beside `newest`; what living ones are writing stays."""
    name = _literally(newest.name)
    for stale in (*newest.parent.glob(f"{name}.*.new"), *newest.parent.glob(f".{name}.*.tmp")):
        writer = _WRITER.search(stale.name)
        if writer is not None and not _lives(int(writer[1])):
            stale.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True  # to ask there would be to end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()  # this one is not writing now


def _when(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another process has renamed it meanwhile
        return 0.0


def _literally(name: str) -> str:
    """For a glob, in which brackets and stars would mean something else."""
    return re.sub(r"([\[*?])", r"[\1]", name)
