"""`groundup practice` and `groundup transcript` as learners and teachers type them."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("typer")
from typer.testing import CliRunner

from groundup.app.cli import build
from groundup.exam.practice import progress

SOLVED = "\ndef relu(x):\n    return np.maximum(x, 0)\n"
NEARLY = "\ndef relu(x):\n    return np.abs(x)\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(progress.VARIABLE, str(tmp_path / "kept" / "progress.json"))


def run(*words):
    return CliRunner().invoke(build(), [*map(str, words)])


def test_the_list_shows_every_topic_and_what_is_next():
    done = run("practice", "list")
    assert done.exit_code == 0
    for words in ("lines   0 of", "whole models   0 of", "the activation gelu", "Next: groundup practice start"):
        assert words in done.stdout
    assert "gelu" not in run("practice", "list", "--topic", "lines").stdout
    assert run("practice", "list", "--topic", "line").exit_code == 2


def test_start_check_hint_and_what_is_kept(tmp_path):
    path = tmp_path / "relu.py"
    assert run("practice", "start", "relu").exit_code == 0
    text = path.read_text(encoding="utf-8")
    again = run("practice", "start", "relu")
    assert again.exit_code == 2
    assert "relu.py exists, and is left as it is" in again.stderr
    assert path.read_text(encoding="utf-8") == text

    empty = run("practice", "check", path)
    assert empty.exit_code == 1
    assert "Nothing is written yet: fill in what stands there in line" in empty.stdout
    assert "NotImplementedError" not in empty.stdout
    path.write_text(text + NEARLY, encoding="utf-8")
    assert "groundup practice hint relu" in run("practice", "check", path).stdout

    hints = [run("practice", "hint", "relu").stdout for _ in range(4)]
    assert ["2 more" in h for h in hints] == [True, False, False, False]
    assert "3. " not in hints[1]
    assert hints[2] == hints[3]

    path.write_text(text + SOLVED, encoding="utf-8")
    done = run("practice", "check", path)
    assert done.exit_code == 0
    assert "relu: solved." in done.stdout
    kept = progress.read()["relu"]
    assert (kept["tries"], kept["hints"]) == (3, 3)
    first = kept["solved"]
    path.write_text(text, encoding="utf-8")
    run("practice", "check", path)
    assert progress.read()["relu"]["solved"] == first
    assert "✓ relu" in run("practice", "list").stdout
    found = {e["name"]: e for e in json.loads(run("practice", "list", "--json").stdout)["exercises"]}
    assert found["relu"]["solved"]
    assert not found["gelu"]["solved"]


def test_a_file_of_another_name_knows_its_exercise(tmp_path):
    run("practice", "start", "relu", "--output", "mine.py")
    path = tmp_path / "mine.py"
    path.write_text(path.read_text(encoding="utf-8") + SOLVED, encoding="utf-8")
    assert run("practice", "check", "mine.py").exit_code == 0
    (tmp_path / "bare.py").write_text("import numpy as np\n" + SOLVED, encoding="utf-8")
    assert run("practice", "check", "bare.py").exit_code == 2
    assert json.loads(run("practice", "check", "bare.py", "--exercise", "relu", "--json").stdout)["passed"]


OWN = """
from groundup.exam.practice import Calls, function_code
exercise = Calls(
    name="celsius", topic="lines", title="from Fahrenheit", task="Write `celsius(f)`.", hints=("1", "2", "3"),
    thing="celsius", code=function_code("celsius(f)", "Degrees."), reference=lambda f: 5 / 9 * (f - 32),
    tables=lambda rng: (rng.normal(size=6) * 40,),
)
"""


def test_an_assignment_of_ones_own_is_found_beside_the_answer_or_asked_for(tmp_path):
    """Kills: "no exercise is called 'celsius'", and a stub that tells students to check the teacher's solution."""
    (tmp_path / "celsius.py").write_text(OWN, encoding="utf-8")
    said = run("practice", "start", "celsius.py", "--output", "task.py").stdout
    assert "groundup practice check task.py --exercise celsius.py" in said
    stub = (tmp_path / "task.py").read_text(encoding="utf-8")
    assert "practice check" not in stub
    assert "Nothing is written yet" in run("practice", "check", "task.py").stdout
    (tmp_path / "task.py").write_text(stub + "\ndef celsius(f):\n    return 5 / 9 * (f - 32)\n", encoding="utf-8")
    assert run("practice", "check", "task.py").exit_code == 0
    (tmp_path / "celsius.py").rename(tmp_path / "elsewhere.py")
    alone = run("practice", "check", "task.py")
    assert alone.exit_code == 2
    assert "Whoever has its file says --exercise celsius.py" in alone.stderr
    assert run("practice", "check", "task.py", "--exercise", "elsewhere.py").exit_code == 0


def test_the_stub_names_the_file_that_it_is_in(tmp_path):
    run("practice", "start", "relu", "--output", "mine.py")
    assert "groundup practice check mine.py" in (tmp_path / "mine.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("practice", "start", "relo"), "Did you mean 'relu'"),
        (("practice", "check", "nowhere.py"), "file that exists"),
        (("practice", "hint", "relo"), "Did you mean 'relu'"),
        (("transcript", "verify", "nowhere.json", "--key", "nowhere.key"), "cannot be read as a key"),
    ],
)
def test_wrong_input_exits_with_2(words, told):
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_file_that_is_not_python_yet(tmp_path):
    (tmp_path / "relu.py").write_text("def relu(:", encoding="utf-8")
    assert "is not Python yet" in run("practice", "check", "relu.py").stderr
    (tmp_path / "relu.py").write_text("def relu(x): return x\n1 / 0", encoding="utf-8")
    assert "ZeroDivisionError: division by zero in line 2" in run("practice", "check", "relu.py").stderr


def test_progress_that_cannot_be_kept_is_no_reason_to_withhold_the_card(tmp_path, monkeypatch):
    (tmp_path / "relu.py").write_text("import numpy as np\n" + SOLVED, encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(progress.VARIABLE, str(tmp_path / "file" / "progress.json"))
    done = run("practice", "check", "relu.py")
    assert done.exit_code == 0
    assert "Your progress was not kept" in done.stderr
    monkeypatch.setenv(progress.VARIABLE, str(tmp_path / "file"))
    assert "does not hold the progress of a learner" in run("practice", "list").stderr


def test_where_progress_is_kept(monkeypatch, tmp_path):
    monkeypatch.delenv(progress.VARIABLE)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert progress.path() == tmp_path / "groundup" / "practice.json"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert progress.path() == tmp_path / "local" / "groundup" / "practice.json"


def test_a_signed_transcript_from_the_exam_to_the_check(tmp_path):
    (tmp_path / "relu.py").write_text("import numpy as np\n" + SOLVED, encoding="utf-8")
    assert run("transcript", "key", "teacher.key").exit_code == 0
    exam = ("exam", "relu.py:relu", "--formula", "relu", "--transcript", "t.json")
    assert run(*exam).exit_code == 2
    assert run(*exam, "--key", "teacher.key", "--learner", "Ada").exit_code == 0
    good = run("transcript", "verify", "t.json", "--key", "teacher.key", "--source", "relu.py")
    assert good.exit_code == 0
    assert "GENUINE" in good.stdout
    assert "Ada" in good.stdout
    (tmp_path / "relu.py").write_text("x = 1", encoding="utf-8")
    assert run("transcript", "verify", "t.json", "--key", "teacher.key", "--source", "relu.py").exit_code == 1
    text = (tmp_path / "t.json").read_text(encoding="utf-8")
    (tmp_path / "t.json").write_text(text.replace("Ada", "Bob"), encoding="utf-8")
    bad = run("transcript", "verify", "t.json", "--key", "teacher.key")
    assert bad.exit_code == 1
    assert "NOT GENUINE" in bad.stdout
    assert (
        json.loads(run("transcript", "verify", "t.json", "--key", "teacher.key", "--json").stdout)["genuine"] is False
    )
