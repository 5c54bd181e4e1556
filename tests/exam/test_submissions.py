"""A folder of submissions: whatever one of them does, the others get their grades."""

from __future__ import annotations

import csv
import json
import os
import sys
import time

import pytest

pytest.importorskip("typer")
from typer.testing import CliRunner

from groundup.app import grades
from groundup.app.cli import build
from groundup.exam import submissions

RIGHT = """
import numpy as np
class Model:
    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), X])
        self.theta = np.linalg.lstsq(A, y, rcond=None)[0]
        return self
    def predict(self, X):
        return np.column_stack([np.ones(len(X)), X]) @ self.theta
"""
WRONG = RIGHT.replace("np.linalg.lstsq(A, y, rcond=None)[0]", "np.linalg.lstsq(A, y, rcond=None)[0] * 1.01")
SLEEPER = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {code!r}])\nwhile True: pass\n"


@pytest.fixture
def folder(tmp_path):
    files = {
        "ada/line.py": RIGHT,
        "bob/line.py": WRONG,
        "crash.py": "import os\nos.kill(os.getpid(), 11)",
        "exit.py": "import sys\nsys.exit(0)",
        "gone.py": "import os\nos._exit(0)",
        "loop.py": "while True: pass",
        "syntax.py": "def f(:",
        "=cmd.py": "x = 1",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words):
    return CliRunner().invoke(build(), ["exam", *map(str, words)])


def test_one_row_for_each_whatever_it_does(folder, monkeypatch):
    monkeypatch.chdir(folder)
    files = ["ada/line.py", "bob/line.py", *sorted(p.name for p in folder.glob("*.py"))]
    done = run(*files, "--csv", "grades.csv", "--cards", "cards", "--seconds", 5, "--seed", 11, "--jobs", 2)
    assert done.exit_code == 0, done.output
    with open("grades.csv", newline="", encoding="utf-8") as file:
        rows = {row["submission"]: row for row in csv.DictReader(file)}
    assert len(rows) == 8
    assert rows["ada/line.py"]["passed"] == "True"
    assert rows["ada/line.py"]["score"] == "1.0"
    assert rows["ada/line.py"]["answers (share)"] == "1.0"
    assert rows["bob/line.py"]["passed"] == "False"
    assert 0 < float(rows["bob/line.py"]["answers (share)"]) < 1
    assert "signal 11" in rows["crash.py"]["mistake"]
    assert "SystemExit" in rows["exit.py"]["mistake"]
    assert "exit status 0" in rows["gone.py"]["mistake"]
    assert "after 5 seconds" in rows["loop.py"]["mistake"]
    assert "SyntaxError" in rows["syntax.py"]["mistake"]
    assert "no class and no function" in rows["'=cmd.py"]["mistake"]
    assert {row["seed"] for row in rows.values()} == {"11"}
    pages = {p.name: p.read_text(encoding="utf-8") for p in (folder / "cards").iterdir()}
    assert len(pages) == 8  # one to hand back for each, also where there is no card
    assert "passed" in pages["ada-line.html"]
    assert "SyntaxError" in pages["syntax.html"]
    assert "after 5 seconds" in pages["loop.html"]
    assert "1 of 8 passed." in done.stdout
    assert "--seed 11 asks the same questions again" in done.stdout


def test_a_folder_is_graded_with_fresh_seeds(folder):
    one, two = (json.loads(run(folder / "ada", "--json").stdout) for _ in range(2))
    assert one["seed"] != two["seed"]  # they agree once in two thousand million runs
    assert one["submissions"][0]["passed"]
    done = run(folder / "ada" / "line.py", "--csv", folder / "one.csv", "--seed", one["seed"])
    assert "1 of 1 passed" in done.stdout


def test_an_exercise_can_be_the_assignment(tmp_path):
    (tmp_path / "good.py").write_text("import numpy as np\ndef relu(x): return np.maximum(x, 0)", encoding="utf-8")
    (tmp_path / "none.py").write_text("x = 1", encoding="utf-8")
    found = json.loads(run(tmp_path, "--exercise", "relu", "--json").stdout)["submissions"]
    assert [one["passed"] for one in found] == [True, False]
    assert "asks for 'relu'" in found[1]["mistake"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--exercise", "relo"], "Did you mean 'relu'"),
        (["--formula", "sigmoyd"], "Did you mean 'sigmoid'"),
        (["--task", "regresion"], "Did you mean 'regression'"),
        (["--html", "card.html"], "--html is for one candidate only"),
    ],
)
def test_a_wrong_name_is_told_once_and_before_the_work(folder, words, told):
    done = run(folder / "ada", folder / "bob", *words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_which_of_two_classes_is_meant_can_be_said(tmp_path):
    (tmp_path / "two.py").write_text(RIGHT + RIGHT.replace("Model", "Other"), encoding="utf-8")
    last = submissions.grade_one(submissions.Job(str(tmp_path / "two.py"))).card
    assert last is not None
    assert last.candidate == "Other"  # of several the last: what is used by others stands before them
    assert submissions.grade_one(submissions.Job(str(tmp_path / "two.py"), name="Other")).passed
    assert json.loads(run(tmp_path, "--name", "Model", "--json").stdout)["submissions"][0]["passed"]
    assert run(tmp_path / "two.py", "--name", "Model").exit_code == 0
    assert "it has Model, Other" in run(tmp_path / "two.py", "--name", "Third").stderr


def test_an_empty_folder_and_a_missing_file_are_wrong_inputs(tmp_path):
    assert "holds no Python file" in run(tmp_path).stderr
    done = run(tmp_path / "a.py", tmp_path / "b.py")
    assert done.exit_code == 2
    assert "file that exists" in done.stderr


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="groups of processes are Unix's")
def test_what_a_submission_has_started_ends_with_it(tmp_path):
    """Kills: a child of a submission that goes on for ever after the grade."""
    alive = tmp_path / "alive"
    code = (
        f"import time, pathlib\nfor k in range(100): pathlib.Path({str(alive)!r}).write_text(str(k)); time.sleep(0.05)"
    )
    path = tmp_path / "sleeper.py"
    path.write_text(SLEEPER.format(code=code), encoding="utf-8")
    assert "after 2 seconds" in submissions.grade_one(submissions.Job(str(path), seconds=2.0)).words
    time.sleep(0.3)
    before = alive.read_text(encoding="utf-8") if alive.exists() else ""
    time.sleep(0.3)
    assert (alive.read_text(encoding="utf-8") if alive.exists() else "") == before


@pytest.mark.skipif(sys.platform != "linux", reason="the bounds on memory and files are Linux's")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import numpy as np\nx = np.ones(10**10)", "MemoryError"),
        ("with open('big', 'wb') as f:\n    for _ in range(200): f.write(bytes(1 << 20))", "File too large"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("class Bad(BaseException): pass\nraise Bad('=1')", "Bad: =1"),
    ],
)
def test_what_a_submission_raises_or_eats_is_its_own_trouble(tmp_path, monkeypatch, text, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "it.py").write_text(text, encoding="utf-8")
    assert words in submissions.grade_one(submissions.Job("it.py", seconds=20.0, memory=4 << 30)).words


def test_a_submission_that_closes_the_streams_or_prints_much_is_graded(tmp_path):
    text = "import os, sys\nprint('x' * 10**6)\nsys.stdout.close()\nos.close(2)\n" + RIGHT
    (tmp_path / "it.py").write_text(text, encoding="utf-8")
    assert submissions.grade_one(submissions.Job(str(tmp_path / "it.py"))).passed


def test_a_notebook_is_a_submission_too(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# my line"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip install numpy"]},
        {"cell_type": "code", "source": RIGHT.splitlines(keepends=True)},
        {"cell_type": "code", "source": ["%%bash\n", "exit 1"]},
    ]
    (tmp_path / "it.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8")
    assert submissions.grade_one(submissions.Job(str(tmp_path / "it.ipynb"))).passed
    (tmp_path / "it.ipynb").write_text("{}", encoding="utf-8")
    assert "no notebook" in submissions.grade_one(submissions.Job(str(tmp_path / "it.ipynb"))).words


def test_groups_are_the_rooms_of_the_questions():
    found = submissions.group_of("regression")
    assert (found["S01"], found["A01"], found["B01"]) == ("laws", "answers", "descent")
    assert grades.page_name("../ada/line.py:Model") == "ada-line.html"
