"""What was tried and solved, in a file of the learner's own; nothing leaves the machine."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from groundup.errors import InputError

VARIABLE = "GROUNDUP_PROGRESS"
"""The environment variable that names another file."""


def path() -> Path:
    """Where progress is kept: the file that GROUNDUP_PROGRESS names, else one in the user's data directory."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    return _data_directory() / "groundup" / "practice.json"


def _data_directory() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")


def read() -> dict[str, dict[str, Any]]:
    """Exercise by exercise: tries, hints that were shown, and when it was solved. Empty where nothing was tried yet.

    Raises InputError where the file is not what `write` would write.
    """
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
        exercises = found["exercises"]
        if not all(isinstance(one, dict) for one in exercises.values()):
            raise TypeError
        return cast(dict[str, dict[str, Any]], exercises)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{path()} does not hold the progress of a learner; move it away to begin anew.") from None


def tried(name: str, passed: bool) -> None:
    """One more try; the first that passes is remembered with its date."""
    exercises = read()
    one = exercises.setdefault(name, {})
    one["tries"] = one.get("tries", 0) + 1
    if passed and not one.get("solved"):
        one["solved"] = datetime.now(UTC).isoformat(timespec="seconds")
    write(exercises)


def next_hint(name: str, most: int) -> int:
    """Which hint comes now: 1, 2, 3, and 3 from then on."""
    exercises = read()
    one = exercises.setdefault(name, {})
    one["hints"] = min(one.get("hints", 0) + 1, most)
    write(exercises)
    return one["hints"]


def write(exercises: dict[str, dict[str, Any]]) -> None:
    """All of it, at once or not at all: an interrupted writing leaves the old file."""
    place = path()
    place.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": 1, "exercises": dict(sorted(exercises.items()))}, indent=2, ensure_ascii=False)
    with tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8", suffix=".new") as file:
        file.write(text + "\n")
    os.replace(file.name, place)
