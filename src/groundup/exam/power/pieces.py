"""Long work in small pieces: each is a file when it is done, so that it can be stopped, shared out and gone on with.

A piece is named by what it does and belongs to one version of the exam: where a check changes, it is done anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from groundup.errors import InputError

ROOM = Path(__file__).parents[1]
ASIDE = ("practice", "power", "mutants", "card.py", "page.py", "transcript.py", "chapters.py", "text.py", "plugin.py")
"""What asks nothing of a learner: exercises, this measuring itself, and how a card is shown. All else may decide."""


@dataclass(frozen=True)
class Piece:
    """A name, and the work that gives a JSON-able answer."""

    name: str
    work: Callable[[], dict[str, Any]]


@cache
def version() -> str:
    """Eight letters that change with any line of the exam that can change an outcome.

    >>> len(version())
    8
    """
    return of_files(deciding())


def deciding() -> list[Path]:
    """The files of the exam, but those that stand aside."""
    return [path for path in sorted(ROOM.rglob("*.py")) if path.relative_to(ROOM).parts[0] not in ASIDE]


def of_files(paths: Iterable[Path]) -> str:
    """Eight letters of the names and the contents of these files."""
    seen = hashlib.sha256()
    for path in paths:
        seen.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return seen.hexdigest()[:8]


def shard_of(text: str) -> tuple[int, int]:
    """(i, k) of "i/k". Raises InputError for anything else.

    >>> shard_of("2/4")
    (2, 4)
    """
    first, _, last = text.partition("/")
    if not (first.isdigit() and last.isdigit() and 1 <= int(first) <= int(last)):
        raise InputError(f'a shard must be i/k with 1 <= i <= k; got {text!r}. Try "1/1" for everything.')
    return int(first), int(last)


def missing(pieces: Sequence[Piece], folder: Path, shard: tuple[int, int]) -> list[Piece]:
    """Those of this shard that have no answer yet."""
    own = pieces[shard[0] - 1 :: shard[1]]
    return [piece for piece in own if not place(folder, piece).exists()]


def place(folder: Path, piece: Piece) -> Path:
    """The file of this piece, for this version of the exam."""
    return folder / version() / f"{piece.name}.json"


def do(pieces: Iterable[Piece], folder: Path) -> Iterator[Piece]:
    """Do one after the other; each is handed out when its file is written."""
    for piece in pieces:
        answer = piece.work()
        path = place(folder, piece)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
        half.replace(path)
        yield piece


def answers(folder: Path, kind: str, of_version: str = "") -> list[dict[str, Any]]:
    """What has been found so far by the pieces whose names begin so, with this version of the exam or another one."""
    paths = sorted((folder / (of_version or version())).glob(f"{kind}-*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def versions(folder: Path) -> list[str]:
    """The versions of the exam that this folder knows, this one last."""
    return [*sorted({path.name for path in folder.iterdir() if path.is_dir()} - {version()}), version()]
