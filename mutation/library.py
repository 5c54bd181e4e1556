"""A second copy of the library in memory, named `mutated`, beside the right one that holds the exam."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import re
import sys
from pathlib import Path
from types import CodeType, ModuleType

import groundup

SOURCE = Path(groundup.__file__).parent
NAME = "mutated"
ROOMS = ("formulas", "solve", "models", "estimators")
LEFT_OUT = (
    *("formulas/distributions", "formulas/catalogue", "formulas/curves", "formulas/domains"),
    *("solve/compiled", "solve/robust", "solve/forecast", "solve/progress", "solve/listeners"),
    *("estimators/saving", "estimators/archive", "estimators/checkpoint", "estimators/generations"),
    *("estimators/inference/influence", "estimators/inference/kept", "estimators/inference/table"),
    *("estimators/separation_words", "estimators/forecasting", "estimators/splitting", "estimators/scalers"),
)
"""What no exam is about: laws of chance, files, forecasts, words, machine code made from the formulas."""


def files() -> dict[str, Path]:
    """Every module of the library by its name in the copy."""
    found: dict[str, Path] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts[0] not in ("exam", "app"):
            found[".".join((NAME, *(parts[:-1] if parts[-1] == "__init__" else parts)))] = path
    return found


def to_change() -> dict[str, Path]:
    """The modules that are changed: formulas, solvers, models, estimators."""
    found = {name: path for name, path in files().items() if path.relative_to(SOURCE).parts[0] in ROOMS}
    return {
        name: path
        for name, path in found.items()
        if not path.relative_to(SOURCE).with_suffix("").as_posix().startswith(LEFT_OUT)
    }


def text(path: Path) -> str:
    """The file with the other name in it."""
    return re.sub(r"\bgroundup\b", NAME, path.read_text(encoding="utf-8"))


class Copy(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and loads `mutated` from codes that are compiled once, before any child is made."""

    def __init__(self) -> None:
        self.paths = files()
        self.codes: dict[str, CodeType] = {
            name: compile(text(path), str(path), "exec") for name, path in self.paths.items()
        }

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for the copy's own modules only."""
        if fullname not in self.paths:
            return None
        place = self.paths[fullname]
        package = place.name == "__init__.py"
        spec = importlib.util.spec_from_loader(fullname, self, origin=str(place), is_package=package)
        assert spec is not None
        spec.has_location = True
        if package:
            spec.submodule_search_locations = [str(place.parent)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the compiled text."""
        exec(self.codes[module.__name__], module.__dict__)

    def install(self) -> None:
        """From now on `import mutated` works."""
        sys.meta_path.insert(0, self)
