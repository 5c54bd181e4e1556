"""The exam as pytest tests, tried in a pytest of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

import groundup as gu

SUITE = """
import numpy as np
import groundup as gu

def wrong(X, y, learning_rate, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        error = X @ w + b - y
        w, b = w - learning_rate * X.T @ error / len(y), b - learning_rate * error.sum()
    return w, b

@gu.exam.parametrize(gu.LinearRegression(), task="regression", seed="fresh")
def test_ours(question):
    question()

@gu.exam.parametrize(wrong, task="regression", seed=3)
def test_wrong(question):
    question()
"""


def mark(candidate):
    @gu.exam.parametrize(candidate)
    def test(question):
        question()

    return test.pytestmark[0]


def test_each_question_is_a_test_and_a_failure_says_all(tmp_path):
    path = tmp_path / "test_mine.py"
    path.write_text(SUITE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rfs", "-p", "no:cacheprovider", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    text = done.stdout
    assert "FAILED test_mine.py::test_wrong[B01]" in text
    assert "test_ours" not in "".join(line for line in text.splitlines() if line.startswith("FAILED"))
    assert "Likely mistake: the bias gradient is summed over the rows while that of the weights is averaged." in text
    assert "(seed=3)" in text
    assert "# by the book:" in text
    assert "SKIPPED" in text
    assert "it has no argument for the batch size" in text
    assert "groundup/exam" not in text  # the learner's failure, and not our own lines


def test_the_questions_are_known_before_one_is_asked():
    """Kills: other names of tests in another worker of pytest-xdist."""

    def never(X, y, learning_rate, epochs):
        raise AssertionError("asked while tests are collected")

    first, second = (mark(never) for _ in range(2))
    assert first.kwargs["ids"] == second.kwargs["ids"]
    assert len(first.kwargs["ids"]) == len(set(first.kwargs["ids"])) > 30


def test_formulas_of_a_module_are_questions_too():
    import types

    import numpy as np

    module = types.SimpleNamespace(tanh=lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)))
    questions = {q.id: q for q in mark(module).args[1]}
    questions["D01 tanh"]()
    with pytest.raises(pytest.fail.Exception, match="Far out"):
        questions["D01b tanh"]()
    with pytest.raises(pytest.skip.Exception):
        questions["B01"]()


def test_wrong_arguments_are_told_while_tests_are_collected():
    with pytest.raises(gu.InputError, match="regresion"):
        gu.exam.parametrize(gu.LinearRegression(), task="regresion")
    with pytest.raises(gu.InputTypeError, match="fresh"):
        gu.exam.parametrize(gu.LinearRegression(), seed=1.5)
