"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from os import PathLike
from pathlib import Path

from groundup.errors import InputError


def write(path: str | PathLike[str], content: bytes) -> None:
    """Put `content` at `path` whole or not at all: an older file stays until the new one is safely on the disk.

    Raises OSError, naming the path, when it cannot; nothing half-written stays behind.
    """
    place = Path(path)
    if place.is_dir():
        raise InputError(f"{str(place)!r} is a folder; name a file in it.")
    beside = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            with open(beside, "xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, place)
            _sync_folder(place.parent)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        say = f"{place} could not be written ({error.strerror}); an older file there is unchanged"
        raise type(error)(error.errno, say) from None


def _sync_folder(folder: Path) -> None:
    """Without this the new name may be lost with the power, though the bytes are there."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
