"""Shapes and habits of code that other people write: none of them is a mistake, and none may look like one."""

from __future__ import annotations

import json

import numpy as np
import pytest

import groundup as gu
from groundup.exam import jail
from groundup.exam.candidates import candidate
from groundup.exam.checks import all_checks
from groundup.exam.loading import load


def verdict(thing, task, question, seed=3):
    (asked,) = [q for q in all_checks(task) if q.id == question]
    return jail.one([], lambda: candidate(thing, task), asked, seed)


def written(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_inside_a_package_is_loaded_as_a_part_of_it(tmp_path):
    """Kills: "attempted relative import with no known parent package", for which nothing is examined."""
    package = tmp_path / "own_models"
    written(package, "__init__.py", "import a_library_that_is_not_there\n")
    written(package, "linear/__init__.py", "")
    written(package, "base.py", "class Base:\n    def hello(self):\n        return 'hello'\n")
    file = written(package, "linear/line.py", "from ..base import Base\nclass Line(Base): ...\n")
    assert load(f"{file}:Line")().hello() == "hello"
    other = written(package, "linear/plane.py", "from own_models.base import Base\nclass Plane(Base): ...\n")
    assert load(f"{other}:Plane")().hello() == "hello"


def test_what_a_file_prints_does_not_stand_among_the_answers(tmp_path, capsys):
    """Kills: a card as JSON that begins with somebody's loss."""
    load(str(written(tmp_path, "talks.py", "print('Epoch 0')\ndef relu(x):\n    return max(x, 0)\n")))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "Epoch 0\n"


def relu_derivative(x):
    return (x > 0).astype(float)


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def elu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


@pytest.mark.parametrize("function", [relu_derivative, gelu, elu])
def test_formulas_as_they_are_often_written_pass(function):
    """Kills: a Python number for what takes arrays; GELU without its usual approximation; a default taken for law."""
    card = gu.exam.grade(function, function.__name__)
    assert card.passed, str(card)


class Adam:
    """The averages are handed in and out."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.lr, self.beta1, self.beta2, self.epsilon, self.t = lr, beta1, beta2, epsilon, 0

    def update(self, param, grad, m, v):
        self.t += 1
        m = self.beta1 * m + (1 - self.beta1) * grad
        v = self.beta2 * v + (1 - self.beta2) * grad**2
        right, root = m / (1 - self.beta1**self.t), np.sqrt(v / (1 - self.beta2**self.t))
        return param - self.lr * right / (root + self.epsilon), m, v


class AdamDirection:
    """It is shown the gradient only, and gives the direction; the caller takes the step."""

    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8):
        self.b1, self.b2, self.eps, self.m, self.v = beta1, beta2, eps, 0, 0

    def update(self, ds, t):
        self.m = self.b1 * self.m + (1 - self.b1) * ds
        self.v = self.b2 * self.v + (1 - self.b2) * ds**2
        return self.m / (1 - self.b1**t) / (np.sqrt(self.v / (1 - self.b2**t)) + self.eps)


class AdamForgets(Adam):
    def update(self, param, grad, m, v):
        return super().update(param, grad, 0 * m, v)


@pytest.mark.parametrize(("optimiser", "passed"), [(Adam, True), (AdamDirection, True), (AdamForgets, False)])
def test_optimisers_that_are_handed_their_averages_or_give_a_direction(optimiser, passed):
    card = gu.exam.grade(optimiser, "adam")
    assert card.passed is passed, str(card)
    assert any(v.id == "O02" and v.outcome != "not examined" for v in card.verdicts)


class Line:
    """Its batch_size counts only for another method, as its momentum does."""

    def __init__(self, lr=0.01, epochs=1000, method="gd", batch_size=None, momentum=0.0):
        self.lr, self.epochs, self.method, self.batch_size, self.momentum = lr, epochs, method, batch_size, momentum

    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            error = X @ self.w + self.b - y
            self.w, self.b = self.w - self.lr * X.T @ error / len(y), self.b - self.lr * error.mean()
        return self

    def predict(self, X):
        return X @ self.w + self.b


def test_settings_of_another_method_are_not_asked_for():
    card = gu.exam.examine(Line)
    assert card.passed, str(card)
    assert card.conventions["batch"] == "batch_size plays no part with method='gd'"


class Threshold:
    """Predictions are booleans."""

    def __init__(self, lr=0.1, epochs=500):
        self.lr, self.epochs = lr, epochs

    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            error = self.predict_proba(X) - y
            self.w, self.b = self.w - self.lr * X.T @ error / len(y), self.b - self.lr * error.mean()

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))

    def predict(self, X):
        return self.predict_proba(X) >= 0.5


def test_true_and_false_are_labels():
    assert verdict(Threshold, "classification", "C12").outcome == "passed"


class NeedsMore:
    def fit(self, X, y, names_of_columns):
        return self

    def predict(self, X):
        return np.zeros(len(X))


def test_a_call_that_the_exam_cannot_make_is_nobodys_mistake():
    """Kills: "missing 1 required positional argument", told of the exam's own call as if of a wrong learner."""
    card = gu.exam.examine(NeedsMore)
    assert not card.failed
    assert not card.passed


def ridge(default):
    class Ridge:
        def __init__(self, l2=default):
            self.l2 = l2

        def fit(self, X, y):
            A = np.column_stack([X, np.ones(len(X))])
            self.theta = np.linalg.solve(A.T @ A + self.l2 * np.eye(A.shape[1]), A.T @ y)
            return self

        def predict(self, X):
            return np.column_stack([X, np.ones(len(X))]) @ self.theta

    return Ridge


@pytest.mark.parametrize(("default", "outcome"), [(1.0, "failed"), (0.0, "passed")])
def test_a_penalised_bias_is_a_mistake_where_nobody_asked_for_a_penalty(default, outcome):
    """Where only the exam asks for the penalty, a bias under it is a convention, and reported."""
    answer = verdict(ridge(default), "regression", "A09")
    assert answer.outcome == outcome
    assert ("penalty" in answer.conventions) == (outcome == "passed")


def test_a_card_is_json_whatever_the_file_prints(tmp_path):
    from typer.testing import CliRunner

    from groundup.app.cli import build

    file = written(tmp_path, "activations.py", "print('hello')\ndef relu(x):\n    return abs(x) * (x > 0)\n")
    assert json.loads(CliRunner().invoke(build(), ["exam", str(file), "--json"]).stdout)["candidate"]
