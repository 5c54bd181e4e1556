"""The house stands: floors are kept, the core needs NumPy only, and all that is public is explained and tried."""

import ast
import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import groundup as gu

SOURCE = Path(gu.__file__).parent
GROUND = {"_arrays", "errors"}
STANDS_ON = {
    "_arrays": {"errors"},
    "errors": set(),
    "formulas": GROUND,
    "data": GROUND,
    "solve": GROUND,
    "models": GROUND | {"formulas", "data", "solve"},
    "estimators": GROUND | {"formulas", "data", "solve", "models"},
}
PUBLIC_NAMES_ONLY = {"lab", "exam", "app"}
FILES = sorted(SOURCE.rglob("*.py"))


def room(path):
    parts = path.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py")


def imports(path):
    """(module, whether it is imported where the file is loaded) for every import statement."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) for n in ast.walk(f)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in inside
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the full name, not by dots"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole if node.module == "groundup" else node.module or ""), id(node) not in inside


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_floors(path):
    """Kills: a formula that looks at data, a solver that knows a model, a picture that goes behind the front door."""
    own = room(path)
    for module, _ in imports(path):
        parts = module.split(".")
        if parts[0] != "groundup" or len(parts) < 2:
            continue
        if own in PUBLIC_NAMES_ONLY:
            allowed = parts[1] in {own, "errors"} or parts[1] in {*gu.__all__, "__version__"}
            assert allowed, f"{own} uses {module}, which is not a public name"
        elif own in STANDS_ON:
            assert parts[1] in STANDS_ON[own] | {own, "__version__"}, f"{own} must not import {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_only_numpy_is_imported_where_a_file_is_loaded(path):
    """Kills: an optional package at the top of a file, which makes `import groundup` fail or crawl."""
    if room(path) == "app":
        return  # the command line is itself an extra: typer and rich are its own floor
    for module, at_load in imports(path):
        top = module.split(".")[0]
        if at_load:
            assert top in {"groundup", "numpy"} or top in sys.stdlib_module_names, f"{module} must be imported inside"


def test_import_brings_numpy_only():
    code = "import sys, groundup; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"scipy", "sklearn", "pandas", "polars", "matplotlib", "numba", "rich", "typer", "pyarrow", "torch", "dask"}
    assert not loaded & heavy


def test_public_names_are_sorted_and_exist():
    assert gu.__all__ == sorted(gu.__all__)
    for name in gu.__all__:
        assert getattr(gu, name) is not None
        assert name in dir(gu)


def modules():
    for info in pkgutil.walk_packages([str(SOURCE)], "groundup."):
        if info.name.startswith("groundup.app") or info.name.endswith("__main__"):
            continue
        yield importlib.import_module(info.name)


def public_things():
    for module in modules():
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
                continue
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield module, name, thing


@pytest.mark.parametrize(
    ("module", "name", "thing"), list(public_things()), ids=lambda v: getattr(v, "__name__", str(v))
)
def test_everything_public_is_documented(module, name, thing):
    assert (thing.__doc__ or "").strip(), f"{module.__name__}.{name} has no docstring"


@pytest.mark.parametrize(
    "name", [n for n in gu.__all__ if inspect.isroutine(getattr(gu, n)) or inspect.isclass(getattr(gu, n))]
)
def test_every_public_name_has_an_executed_example(name):
    thing = getattr(gu, name)
    if inspect.isclass(thing) and issubclass(thing, Exception):
        return  # an error is shown by what raises it
    assert doctest.DocTestFinder(recurse=False).find(thing)[0].examples, f"gu.{name} has no example"


def test_no_file_has_grown_long():
    """A room inside wants its own door: about 250 lines of code, docstrings and comments not counted."""
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8").splitlines()
        quiet = set()
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                quiet |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        code = [
            i for i, line in enumerate(text, 1) if line.strip() and not line.strip().startswith("#") and i not in quiet
        ]
        assert len(code) <= 280, f"{path.relative_to(SOURCE)} has {len(code)} lines of code"
