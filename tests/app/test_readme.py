"""What the README promises a newcomer is what happens."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_code_gives_the_answers_that_it_prints(tmp_path, monkeypatch):
    pytest.importorskip("matplotlib").use("Agg")
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 10
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, clear_globs=False)
    assert runner.failures == 0
    test.globs["ax"].figure.savefig("line.png")
    assert (tmp_path / "line.png").stat().st_size > 10_000


def test_its_commands_run(tmp_path, monkeypatch):
    pytest.importorskip("typer")
    from typer.testing import CliRunner

    from groundup.app.cli import build

    monkeypatch.chdir(tmp_path)
    Path("trips.csv").write_text("miles,fare\n" + "".join(f"{m},{2 * m + 3 + m % 3}\n" for m in range(1, 51)))
    Path("new.csv").write_text("miles\n7\n")
    commands = re.findall(r"^groundup (.+)$", README, re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        done = CliRunner().invoke(build(), shlex.split(command))
        assert done.exit_code == 0, done.output
    assert Path("predictions.csv").read_text().startswith("miles,predicted_fare\n7,")


def test_its_links_and_targets_exist():
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert f"\n{target}:" in makefile
