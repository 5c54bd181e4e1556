"""`groundup formulas`: what is printed, in a pipe and at 80 columns."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("typer")
from typer.testing import CliRunner

import groundup as gu
from groundup.app.cli import build

NAMES = sorted({entry.name for entry in gu.formulas.catalogue.entries()})


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def invoke(*arguments):
        return CliRunner().invoke(build(), ["formulas", *arguments])

    return invoke


def test_the_list_has_every_formula_with_its_equation(run):
    """Kills: a kind that is left out of the headings."""
    answer = run()
    assert answer.exit_code == 0
    words = answer.stdout.split()
    assert all(name in words for name in NAMES)
    assert "f(x) = x Φ(x) = x/2 erfc(-x/√2)" in answer.stdout
    assert max(map(len, answer.stdout.splitlines())) < 80


@pytest.mark.parametrize("name", NAMES)
def test_a_card_fits_eighty_columns_and_has_no_colour(run, name):
    """Kills: a long word, an axis that sticks out, a terminal code in a pipe, a formula that cannot be drawn."""
    answer = run(name)
    assert answer.exit_code == 0, answer.output
    assert max(map(len, answer.stdout.splitlines())) <= 80
    assert "\x1b" not in answer.stdout
    for entry in gu.formulas.catalogue.find(name):
        assert f"{entry.name} ({entry.kind})" in answer.stdout
        assert " ".join(entry.source.split()) in " ".join(answer.stdout.split())
        assert (entry.curve is None) or "┤" in answer.stdout


def test_gelu_shows_its_numbers_and_its_uses(run):
    text = run("gelu").stdout
    assert "0.841345" in text  # x = 1: Φ(1)
    assert "1.08332" in text  # x = 1: Φ(1) + φ(1)
    assert "bends one half of geglu" in text
    assert len(text.splitlines()) <= 40


def test_json_is_one_object(run):
    answer = json.loads(run("log_cosh", "--json").stdout)
    assert [entry["kind"] for entry in answer["formulas"]] == ["activation", "loss"]
    assert answer["formulas"][0]["points"]["x"] == [-2, -1, 0, 1, 2]
    everything = json.loads(run("--json").stdout)["formulas"]
    assert len(everything) == len(gu.formulas.catalogue.entries())


def test_one_kind_only(run):
    assert "(loss)" not in run("log_cosh", "--kind", "activation").stdout
    assert "Losses" not in run("--kind", "metric").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["geluu"], "Did you mean 'gelu'?"),
        (["--kind", "los"], "Did you mean 'loss'?"),
        (["tanh", "--kind", "loss"], "tanh is no loss"),
    ],
)
def test_what_does_not_exist_is_said_in_a_sentence(run, arguments, says):
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert says in answer.stderr
    assert "Traceback" not in answer.output
