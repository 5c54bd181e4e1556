"""The tool that makes mutants: right trees, nothing changed on disk, and no mutant called caught for nothing."""

from __future__ import annotations

import ast
import importlib
import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants live in child processes that are forked")
sys.path.insert(0, str(Path(__file__).parents[2]))  # the tool is part of the repository, not of the package
battery, changes, library, table, watch = (
    importlib.import_module(f"mutation.{room}") for room in ("battery", "changes", "library", "table", "watch")
)
sittings = importlib.import_module("mutation.sittings").sittings

TEXT = '''
def loss(x, y=2):
    """Not 1 to be changed."""
    if x < 0:
        raise ValueError("x must be at least 0")
    total = 0.0
    for value in x:
        total += value * 2
    return -total if x.mean() > 1 and y else total
'''


def texts():
    for change, _ in changes.changes("m", TEXT):
        yield change, ast.unparse(changes.changed(TEXT, "m", change.number))


def test_every_change_is_one_change():
    """Kills: an edit in the wrong place, one that changes nothing, or two at once."""
    plain = ast.unparse(ast.parse(TEXT)).splitlines()
    kinds = set()
    for change, text in texts():
        differing = [(a, b) for a, b in zip(plain, text.splitlines(), strict=True) if a != b]
        assert len(differing) == 1, change
        kinds.add(change.kind)
    assert kinds == {"operator", "comparison", "constant", "sign", "word", "condition", "dropped", "and/or"}


def test_guards_docstrings_and_defaults_are_left_alone():
    for change, text in texts():
        assert "Not 1 to be changed." in text
        assert "if x < 0" in text, change
        assert "y=2" in text


def test_every_key_is_another():
    found = [change.key for name, path in library.to_change().items() for change in _changes(name, path)]
    assert len(found) >= 5000
    assert len(set(found)) == len(found)


def _changes(name, path):
    return [change for change, _ in changes.changes(name, library.text(path))]


@pytest.fixture(scope="module")
def copy():
    made = library.Copy()
    made.install()
    yield made
    sys.meta_path.remove(made)


def _answer(copy, name, old, new, sitting):
    path = library.to_change()[name]
    text = library.text(path)
    assert text.count(old) >= 1
    code = compile(text.replace(old, new, 1), str(path), "exec")
    chosen = [s for s in sittings() if s[0] == sitting]
    return watch.in_child(lambda: watch.failing(chosen, copy, name, code, {}))


def test_the_library_as_it_is_is_not_caught_and_a_wrong_one_is(copy):
    """Kills: a copy that is not the library, an exam of the right library instead of the mutant."""
    name = "mutated.formulas.activations.rectifiers"
    before = library.to_change()[name].read_text(encoding="utf-8")
    assert _answer(copy, name, "def", "def", "activations.relu") == ""
    wrong = "\nNAMES_OF_MINE = 1\ndef"
    assert _answer(copy, name, "\ndef", wrong, "activations.relu") == ""
    assert library.to_change()[name].read_text(encoding="utf-8") == before
    assert "mutated" not in sys.modules


def test_an_endless_mutant_and_a_crash_are_answers():
    assert watch.in_child(lambda: [None for _ in iter(int, 1)], 0.3) == "endless"
    assert watch.in_child(lambda: os._exit(3)) == "crash"


def test_the_table_counts_rightly(monkeypatch):
    """Kills: a survivor that is called equivalent although its answers change, and nobody said why."""
    lines = [
        {"module": "mutated.solve.a", "function": "f", "before": "a", "after": "b", "key": str(k), **outcome}
        for k, outcome in enumerate(
            [
                *[{"failed": "x"}] * 2,
                {"failed": f"x{watch.REMARK}"},
                {"failed": "", "differs": "a fit"},
                {"failed": "", "differs": "a fit"},
                {"failed": "", "differs": ""},
            ]
        )
    ]
    monkeypatch.setattr(table, "equivalent", lambda: {"4": "It says the same."})
    text = table.page([lines, lines[:4]], {"all": 10, "reached": 8})
    assert "any answer changes: **2 of 4, 50.0 %**" in text
    assert "a remark that the library has not: 3 of 4, 75.0 %" in text
    assert "of all that were drawn: 2 of 6, 33.3 %" in text
    assert "| solve | 6 | 2 | 1 | 1 | 1 | 1 | 50.0 % |" in text
    assert "| solve | 4 | 2 | 1 | 0 | 0 | 1 | 50.0 % |" in text
    assert "`a` became `b`; It says the same." in text
    assert f"`a` became `b`; x{watch.REMARK}" in text


def test_the_battery_sees_another_answer():
    """Kills: a comparison that calls everything the same."""
    right = {"line": [1.0, 2.0], "far": [1e9, 0.0], "nan": [float("nan")]}
    assert battery.first_difference(right, right) == ""
    assert battery.first_difference({**right, "line": [1.0, 2.0 + 1e-12]}, right) == ""
    assert battery.first_difference({**right, "line": [1.0, 2.001]}, right) == "line"
    assert battery.first_difference({**right, "line": [1.0]}, right) == "line"
    assert battery.first_difference({**right, "nan": [0.0]}, right) == "nan"
