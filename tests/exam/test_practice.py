"""Every exercise can be solved, is not solved by its stub, and knows its slips by name."""

from __future__ import annotations

import ast
import dataclasses

import numpy as np
import practice_solutions
import pytest

import groundup as gu
from groundup.exam import grading, jail, practice
from groundup.exam.practice import Calls, Model
from groundup.exam.practice.formulas import Formula
from groundup.formulas import activations, losses

CATALOGUE = {exercise.name: exercise for exercise in practice.catalogue()}
BY_HAND = practice_solutions.SOLUTIONS
NAMES = [pytest.param(name, id=name) for name in CATALOGUE]
QUICK = [name for name, exercise in CATALOGUE.items() if not isinstance(exercise, Model)]


@pytest.fixture(autouse=True)
def _without_children(monkeypatch):
    """A thousand answers are judged here, each of them known to behave: without a process for each it takes seconds."""
    for module in (practice.calls, grading):
        monkeypatch.setattr(
            module, "ask_all", lambda make, checks, seed, limits: jail._without_child(make, checks, seed)
        )


def solution(name):
    """The one that was written by hand, or the library's own formula."""
    if name in BY_HAND:
        return BY_HAND[name]
    exercise = CATALOGUE[name]
    if isinstance(exercise, Calls):
        return exercise.reference
    reference = exercise.target.reference
    return reference.derivative if exercise.target.slope else reference


def test_there_are_many_and_nearly_all_are_solved_by_hand():
    assert len(CATALOGUE) == len(practice.catalogue()) >= 240
    assert set(BY_HAND) <= set(CATALOGUE)
    assert len(BY_HAND) >= 220


def test_every_formula_of_the_library_is_an_exercise():
    """Kills: an activation, a loss, an optimiser or a schedule added without practice for it."""
    assert set(activations.NAMES) <= set(CATALOGUE)
    for name in set(losses.NAMES) - {"l1", "l2", "mse", "mae", "rmse", "kl_divergence"}:
        assert {f"{name}_cost", f"{name}_gradient"} <= set(CATALOGUE)
    assert {"l1", "l2", "mse", "mae", "rmse"} <= set(CATALOGUE)
    assert set(gu.methods.METHODS) - {"gradient_descent"} <= set(CATALOGUE)


@pytest.mark.parametrize("name", NAMES)
def test_a_right_answer_passes(name):
    card = practice.check(CATALOGUE[name], solution(name), seed=1)
    assert card.passed, str(card)
    if name in QUICK:
        assert sum(v.seconds for v in card.verdicts) < 1


@pytest.mark.parametrize("name", NAMES)
def test_the_stub_says_all_and_is_not_an_answer(name):
    exercise = CATALOGUE[name]
    text = exercise.stub()
    assert max(map(len, text.splitlines())) <= 120
    assert ast.get_docstring(ast.parse(text)).startswith(f"Exercise {name}: ")
    module = {}
    exec(compile(text, name, "exec"), module)
    if name in QUICK:
        card = practice.check(exercise, module[exercise.thing])
        assert not card.passed
        assert all(v.symptom == "NotImplementedError" for v in card.failed)
    assert len(exercise.hints) == 3
    assert all(len(hint) > 8 for hint in exercise.hints), exercise.hints
    assert len(set(exercise.hints)) == 3
    assert exercise.topic in practice.TOPICS


def spoilt(thing):
    """The right answer, a thousandth too large and a little above."""

    def wrong(*arguments, **options):
        found = thing(*arguments, **options)
        return tuple(map(change, found)) if isinstance(found, tuple) else change(found)

    return wrong


def change(value):
    return np.asarray(value, dtype=float) * 1.001 + 1e-3


@pytest.mark.parametrize("name", [n for n in QUICK if getattr(CATALOGUE[n], "target", None) is None])
def test_an_answer_that_is_a_little_wrong_does_not_pass(name):
    exercise = CATALOGUE[name]
    if exercise.ask is None:
        assert not practice.check(exercise, spoilt(solution(name))).passed


@pytest.mark.parametrize("name", [n for n in QUICK if isinstance(CATALOGUE[n], Formula)])
def test_a_formula_that_is_a_little_wrong_does_not_pass(name):
    exercise = CATALOGUE[name]
    if exercise.target.kind == "optimiser":

        def step(w, g, state, learning_rate):
            return w - learning_rate * g * 1.01, state

        assert not practice.check(exercise, step).passed
    else:
        assert not practice.check(exercise, lambda *a: change(solution(name)(*a))).passed


SLIPS = [
    pytest.param(name, words, id=f"{name}: {words}")
    for name, exercise in CATALOGUE.items()
    if isinstance(exercise, Calls) and exercise.ask is None
    for words in exercise.slips
]


@pytest.mark.parametrize(("name", "words"), SLIPS)
def test_a_slip_is_caught_and_named(name, words):
    """Kills: a slip that gives the right numbers, and one that is called by another's name."""
    exercise = CATALOGUE[name]
    card = practice.check(exercise, exercise.slips[words])
    assert not card.passed
    assert words in [named.mistake for named in card.mistakes], str(card)


def test_slips_are_many():
    assert len(SLIPS) >= 150


class NoSpread(BY_HAND["standard_scaler"]):
    def fit(self, X):
        self.mean, self.size = X.mean(axis=0), X.std(axis=0)


def split_apart(X, y, share, seed):
    rng = np.random.default_rng(seed)
    one, two = rng.permutation(len(y)), rng.permutation(len(y))
    n = round(share * len(y))
    return X[one[n:]], X[one[:n]], y[two[n:]], y[two[:n]]


def split_first(X, y, share, seed):
    n = round(share * len(y))
    return X[n:], X[:n], y[n:], y[:n]


def split_globally(X, y, share, seed):
    np.random.seed(seed)
    order = np.random.permutation(len(y))
    n = round(share * len(y))
    return X[order[n:]], X[order[:n]], y[order[n:]], y[order[:n]]


@pytest.mark.parametrize(
    ("name", "wrong", "claim"),
    [
        ("standard_scaler", NoSpread, "A constant column"),
        ("split_rows", split_apart, "keeps its label"),
        ("split_rows", split_first, "Another seed"),
        ("split_rows", split_globally, "global generator"),
        (
            "he_weights",
            lambda i, o, seed: np.random.default_rng(seed).normal(0, 2 / i, (i, o)),
            "variance is 2 / fan_in",
        ),
        (
            "glorot_weights",
            lambda i, o, seed: np.random.default_rng(seed).uniform(-1, 1, (i, o)) * np.sqrt(3 / (i + o)),
            "edge",
        ),
        ("glorot_weights", lambda i, o, seed: np.full((i, o), np.sqrt(6 / (i + o))), "Half of the weights"),
        ("dropout", lambda X, keep, seed: X * (np.random.default_rng(seed).random(X.shape) < keep), "divided by keep"),
        (
            "dropout",
            lambda X, keep, seed: X * (np.random.default_rng(seed).random(X.shape) > keep) / keep,
            "share that is kept",
        ),
        (
            "numerical_gradient",
            lambda f, w: np.array([(f(w + h) - f(w)) / 1e-5 for h in 1e-5 * np.eye(len(w))]),
            "book",
        ),
        ("batch_borders", lambda n, size: [(k, k + size) for k in range(0, n, size)], "examples"),
    ],
)
def test_what_a_law_is_for(name, wrong, claim):
    card = practice.check(CATALOGUE[name], wrong)
    assert any(claim in verdict.claim for verdict in card.failed), str(card)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("least_squares", practice_solutions.LinearRegression),
        ("gradient_descent", lambda X, y, learning_rate, epochs: practice_solutions.solve(X, y)),
        ("linear_regression", practice_solutions.LeastSquares),
        ("mini_batches", practice_solutions.LinearRegression),
        ("ridge", practice_solutions.LeastSquares),
        ("logistic_descent", practice_solutions.descend),
        ("logistic_regression", practice_solutions.LinearRegression),
        ("softmax_regression", practice_solutions.LogisticRegression),
    ],
)
def test_another_model_is_no_answer(name, wrong):
    """Kills: least squares where descent is the task; a whole exam that is passed by not being asked."""
    assert not practice.check(CATALOGUE[name], wrong).passed


def test_the_card_shows_what_came_and_never_the_solution():
    def gradient(X, y, w, b):
        error = X @ w + b - y
        return X.T @ error, error.mean()

    card = practice.check(CATALOGUE["mse_line_gradient"], gradient)
    text = str(card)
    assert "gradient(np.array([[1.0], [2.0], [4.0]]), np.array([3.0, 4.0, 9.0]), np.array([0.0]), 0.0)" in text
    assert "# yours:        [-47.0], -5.333333333" in text
    assert "X.T" not in text


def test_answers_of_a_wrong_shape_number_or_kind_are_told_in_words():
    exercise = CATALOGUE["mse_line_gradient"]
    assert "returns nothing" in practice.check(exercise, lambda X, y, w, b: None).failed[0].words
    assert "returns 1 things, not 2" in practice.check(exercise, lambda X, y, w, b: w).failed[0].words
    assert "has the shape (), not (1,)" in practice.check(exercise, lambda X, y, w, b: (0.0, 0.0)).failed[0].words


def test_an_answer_that_changes_what_it_is_given_does_not_pass():
    def clip(g, largest):
        norm = np.linalg.norm(g)
        if norm > largest:
            g *= largest / norm
        return g

    card = practice.check(CATALOGUE["clip_by_norm"], clip)
    assert "P05" in {v.id for v in card.failed}


def test_names_and_files():
    with pytest.raises(gu.UnknownNameError, match="Did you mean 'sigmoid'"):
        practice.find("sigmoyd")
    with pytest.raises(gu.InputTypeError, match="asks for 'sigmoid'"):
        practice.check(CATALOGUE["sigmoid"], np)


ASSIGNMENT = """
from groundup.exam.practice import Calls, function_code

celsius = Calls(
    name="celsius",
    topic="lines",
    title="degrees",
    task="Write `celsius(fahrenheit)`: the same temperature in degrees Celsius.",
    equations=("C = (F - 32) 5/9",),
    hints=("Water freezes at 32 F.", "Water boils at 212 F.", "Subtract first, multiply then."),
    thing="celsius",
    code=function_code("celsius(fahrenheit)", "Degrees Celsius."),
    reference=lambda f: (f - 32) * 5 / 9,
    tables=lambda rng: (rng.normal(size=5) * 40,),
    slips={"multiplied before 32 is subtracted": lambda f: f * 5 / 9 - 32},
)
"""


def test_a_teachers_own_exercise_is_one_file(tmp_path):
    path = tmp_path / "celsius_assignment.py"
    path.write_text(ASSIGNMENT, encoding="utf-8")
    exercise = practice.find(str(path))
    assert practice.check(exercise, lambda f: (f - 32) / 1.8).passed
    assert practice.check(exercise, lambda f: f / 1.8 - 32).mistake == "multiplied before 32 is subtracted"
    assert "Exercise celsius: degrees." in exercise.stub()
    path.write_text("x = 1", encoding="utf-8")
    with pytest.raises(gu.InputError, match="holds 0"):
        practice.find(str(path))
    with pytest.raises(gu.InputError, match="file that exists"):
        practice.find("nowhere.py")


def test_an_exercise_is_a_plain_value():
    exercise = CATALOGUE["clip_by_norm"]
    assert dataclasses.replace(exercise, name="other").name == "other"
