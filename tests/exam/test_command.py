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


LOGISTIC = """
import numpy as np

class LogReg:
    def __init__(self, learning_rate=0.5, epochs=3000):
        self.learning_rate, self.epochs = learning_rate, epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, y = np.unique(y, return_inverse=True)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            error = self.score_to_one(X) - y
            self.w -= self.learning_rate * X.T @ error / len(y)
            self.b -= self.learning_rate * error.mean()
        return self

    def score_to_one(self, X):
        z = np.clip(np.asarray(X, dtype=float) @ self.w + self.b, -700, 700)
        return 1 / (1 + np.exp(-z))

    def predict_proba(self, X):
        p = self.score_to_one(X)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.score_to_one(X) > 0.5).astype(int)]
"""


def test_the_task_is_told_by_the_code(tmp_path):
    """Kills: a right classifier that fails because nobody said --task classification."""
    (tmp_path / "mine.py").write_text(LOGISTIC, encoding="utf-8")
    done = run(tmp_path / "mine.py", "--json")
    assert json.loads(done.stdout)["task"] == "classification"
    assert "Examined as classification" in done.stderr


def test_of_several_functions_the_one_with_the_formulas_name_is_graded(tmp_path):
    text = "import numpy as np\ndef helper(z): return z\ndef Sigmoid(z): return np.tanh(z)\n"
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    assert run(tmp_path / "mine.py", "--formula", "sigmoid").exit_code == 1
    done = run(tmp_path / "mine.py", "--formula", "relu")
    assert done.exit_code == 2
    assert "2 functions (helper, Sigmoid)" in done.stderr


def test_an_endless_loop_at_the_top_of_a_file_ends(tmp_path, monkeypatch):
    """Kills: `groundup exam` that never comes back; also where the file swallows exceptions."""
    monkeypatch.setattr("groundup.exam.loading.LONGEST", 0.2)
    text = "while True:\n    try:\n        x = 1\n    except ValueError:\n        pass\n"
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    done = run(tmp_path / "mine.py")
    assert done.exit_code == 2
    assert "endless loop at its top level" in done.stderr
