"""A fourth catalogue: 544 files by twelve writers who had not seen the questions, and what each card says of them.

What the first try gave stands in docs/exam.md. Since then the exam was taught what it had not known, so these files
are no longer blind: a right one passes, a wrong one fails. Where the exam cannot call a file it says so.

Kills: a question that fails a right learner of another make, an adapter that no longer finds its way into one, and a
question that no longer sees what it saw.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from groundup.errors import InputTypeError
from groundup.exam.loading import load
from groundup.exam.sitting import sit

FOLDER = Path(__file__).parent / "fourth_catalogue"
with open(FOLDER / "answers.csv", newline="", encoding="utf-8") as answers:
    ANSWERS = {row["file"]: row for row in csv.DictReader(answers)}
NOT_EXAMINED = {
    "c_right_functional_mlp.py": "an update takes parameters and a batch, in an order that is not found",
    "c_right_pure_python_value.py": "numbers that remember how they were made, one at a time",
    "c_right_trainer_mlp.py": "a trainer that takes a model",
    "d_wrong_logreg_columns.py": "samples in columns, and an answer for the first of them only",
    "f_right_torch_trainer.py": "a trainer that takes a model, by its name",
    "f_wrong_torch_trainer.py": "a trainer that takes a model, by its name",
    "l_wrong_cv_select.py": "cross-validation that brings its own model",
    "h_wrong_hc3.py": "coefficients with their standard errors from one function",
}
MISSED = {
    "k_wrong_svm_hinge.py": "a support vector machine is asked what any model is asked, and not where its least is",
    "l_wrong_l2_logistic_mb.py": "a penalty divided by the rows of a batch is what many courses write",
    "h_wrong_logloss_fn.py": "single precision is a matter of taste where nothing is promised of it",
}
SLOW = tuple(f"{writer}_wrong" for writer in "abcefghijkl")


def sat(file: str) -> str:
    """The outcome of the exam that `groundup exam FILE:NAME` would give it."""
    row = ANSWERS[file]
    try:
        return sit(load(f"{FOLDER / file}:{row['name']}".rstrip(":")), row["task"], row["formula"]).outcome
    except InputTypeError:  # a file with nothing that could be called
        return "not examined"


def test_the_whole_catalogue_is_there():
    assert ANSWERS.keys() == {file.name for file in FOLDER.glob("*.py")}
    assert ANSWERS.keys() >= NOT_EXAMINED.keys() | MISSED.keys()


@pytest.mark.parametrize(
    "file",
    [pytest.param(file, id=file[:-3], marks=[pytest.mark.slow] if file.startswith(SLOW) else []) for file in ANSWERS],
)
def test_right_ones_pass_and_wrong_ones_are_caught(file):
    if "import torch" in (FOLDER / file).read_text(encoding="utf-8"):
        pytest.importorskip("torch", reason="the file needs PyTorch")
    found = sat(file)
    if file in NOT_EXAMINED:
        assert found in ("not examined", "examined in part"), found
    else:
        assert found == ("passed" if ANSWERS[file]["verdict"] == "right" or file in MISSED else "not passed")
