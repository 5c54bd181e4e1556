"""`groundup exam` as a learner types it."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("typer")
from typer.testing import CliRunner

from groundup.app.cli import build

RIGHT = """
import numpy as np
class Model:
    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), X])
        self.theta = np.linalg.lstsq(A, y, rcond=None)[0]
    def predict(self, X):
        return np.column_stack([np.ones(len(X)), X]) @ self.theta
def sigmoid(z):
    return 1 / (1 + np.exp(z))
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(build(), ["exam", *map(str, words)])


def test_a_right_one_exits_with_0(file, tmp_path):
    done = run(f"{file}:Model", "--html", tmp_path / "card.html")
    assert done.exit_code == 0, done.output
    assert "PASSED" in done.stdout
    assert "<!doctype html>" in (tmp_path / "card.html").read_text(encoding="utf-8")


def test_a_wrong_formula_exits_with_1(file):
    done = run(f"{file}:sigmoid", "--formula", "sigmoid", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["mistake"] == "the sign in the exponent is wrong"


def test_a_whole_file_is_graded_by_the_names_in_it(file):
    done = run(file, "--task", "classification", "--json")
    assert done.exit_code == 1
    assert {v["id"] for v in json.loads(done.stdout)["verdicts"]} >= {"D01 sigmoid"}


@pytest.mark.parametrize(("name", "words"), [(":Modell", "it has Model, sigmoid"), ("x:Model", "FILE.py:NAME")])
def test_a_wrong_name_exits_with_2(file, name, words):
    done = run(f"{file}{name}")
    assert done.exit_code == 2
    assert words in done.stderr


def test_a_file_that_cannot_be_imported_exits_with_2(tmp_path):
    path = tmp_path / "broken.py"
    path.write_text("1 / 0", encoding="utf-8")
    done = run(f"{path}:Model")
    assert done.exit_code == 2
    assert "ZeroDivisionError" in done.stderr
