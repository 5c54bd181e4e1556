"""From what was typed, FILE.py:NAME, to the thing itself: out of a Python file or a notebook."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import json
import linecache
import signal
import sys
import threading
import types
from collections.abc import Generator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from groundup.errors import InputError

LONGEST = 120.0
"""Seconds that a file may take to load."""


def load(candidate: str) -> Any:
    """The thing of that name in that file.

    Where no name is given, it is the whole file: its only class with fit and predict, and its functions. A notebook's
    cells are run from top to bottom, without lines that begin with % or !.
    """
    path, name = split(candidate)
    module = run(path)
    if not name:
        return module
    if not hasattr(module, name):
        raise InputError(f"{path} has no {name!r}; it has {', '.join(_own(module)) or 'no functions'}.")
    thing = getattr(module, name)
    if not (callable(thing) or hasattr(thing, "fit") or inspect.ismodule(thing)):
        raise InputError(f"{name} in {path} is {type(thing).__name__}, which cannot learn; name a class or a function.")
    return thing


def split(candidate: str) -> tuple[Path, str]:
    """The file, which must exist, and the name, which may be empty."""
    file, _, name = candidate.rpartition(":")
    path, name = (Path(file), name) if file.endswith((".py", ".ipynb")) else (Path(candidate), "")
    if path.suffix not in (".py", ".ipynb") or not path.is_file():
        raise InputError(f"the candidate must be FILE.py:NAME with a file that exists; got {candidate!r}.")
    return path, name


def run(path: Path) -> types.ModuleType:
    """The file as a module; InputError with its own words and line where it cannot be imported.

    What it prints goes to the errors, so that a card written as JSON stays JSON.
    """
    sys.path.insert(0, str(path.parent.resolve()))
    try:
        with _time_limit(path), redirect_stdout(sys.stderr):
            return _notebook(path) if path.suffix == ".ipynb" else _file(path)
    except (Exception, SystemExit) as error:
        if isinstance(error, InputError):
            raise
        where = f" in line {_line(error, path)}" if _line(error, path) else ""
        words = f"{type(error).__name__}: {error}"
        raise InputError(f"{path} cannot be imported: {words}{where}. Run it by itself first.") from None
    finally:
        sys.path.pop(0)


@contextmanager
def _time_limit(path: Path) -> Generator[None]:
    """Loading ends after two minutes: a loop at the top of a file would go on for ever."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: Any) -> None:
        raise InputError(
            f"{path} was still running after {LONGEST:g} seconds of loading: is there an endless loop at its top "
            "level? Put what shall not run on import under `if __name__ == '__main__':`."
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LONGEST, 1.0)  # again, should the file swallow it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _file(path: Path) -> types.ModuleType:
    """By itself; or, where it imports from the package that it lies in, as a part of that."""
    try:
        return _executed(path.stem, path)
    except ImportError as error:
        package = _package(path.resolve().parent)
        if package:
            return _executed(f"{package}.{path.stem}", path)
        if not _found_above(path.resolve().parent, (error.name or "").partition(".")[0]):
            raise
        return _executed(path.stem, path)


def _found_above(folder: Path, name: str) -> bool:
    """Whether a folder above holds the package or the file that an import names: then imports find it there."""
    home = next((p for p in folder.parents if name and ((p / name).is_dir() or (p / f"{name}.py").is_file())), None)
    if home is not None:
        sys.path.append(str(home))
    return home is not None


def _executed(name: str, path: Path) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    here = sys.modules.setdefault(name, module) is module
    try:
        spec.loader.exec_module(module)
    except ImportError:
        if here:
            del sys.modules[name]  # half of it
        raise
    return module


def _package(folder: Path) -> str:
    """The package that a folder is, ready for imports from it; empty where it is none.

    Where the package's own `__init__` cannot be run, as without a library that the file does not need, it stays empty.
    """
    names: list[str] = []
    while (folder / "__init__.py").is_file():
        names.insert(0, folder.name)
        folder = folder.parent
    if not names:
        return ""
    sys.path.append(str(folder))
    for k in range(len(names)):
        name = ".".join(names[: k + 1])
        try:
            importlib.import_module(name)
        except Exception:
            empty = types.ModuleType(name)
            empty.__path__ = [str(folder.joinpath(*names[: k + 1]))]
            sys.modules[name] = empty
    return ".".join(names)


def _notebook(path: Path) -> types.ModuleType:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path} is no notebook of version 4; save it again, or as FILE.py.") from None
    kept = [text for text in texts if not text.lstrip().startswith("%%")]
    lines = [line for text in kept for line in text.splitlines() if not line.lstrip().startswith(("%", "!"))]
    code = "\n".join(lines) + "\n"
    module = types.ModuleType(path.stem)
    module.__file__ = str(path)
    linecache.cache[str(path)] = (len(code), None, code.splitlines(keepends=True), str(path))
    sys.modules.setdefault(path.stem, module)
    exec(compile(code, str(path), "exec"), module.__dict__)  # the learner's own code, asked for by name
    return module


def _line(error: BaseException, path: Path) -> int | None:
    if isinstance(error, SyntaxError):
        return None  # its own words say where
    place, found = error.__traceback__, None
    while place is not None:
        found = place.tb_lineno if Path(place.tb_frame.f_code.co_filename).resolve() == path.resolve() else found
        place = place.tb_next
    return found


def _own(module: types.ModuleType) -> list[str]:
    things = vars(module).items()
    return [n for n, v in things if callable(v) and getattr(v, "__module__", "") == module.__name__]
