"""Files of functions that train and are given the labels first: each is asked by itself."""

import itertools

import pytest

import groundup as gu
from groundup.exam import guessing
from groundup.exam.loading import load

NUMBERS = itertools.count()
FILE = """
import numpy as np

def squares(y, tx, w):
    return np.mean((y - tx @ w) ** 2) / 2

def least_squares_GD(y, tx, initial_w, max_iters, gamma):
    w = initial_w
    for _ in range(max_iters):
        w = w {descent} gamma * tx.T @ (tx @ w - y) / len(y)
    return w, squares(y, tx, w)

def least_squares(y, tx):
    w = np.linalg.solve(tx.T @ tx, tx.T @ y)
    loss = squares(y, tx, w)
    return loss, w

def ridge_regression(y, tx, lambda_):
    return np.linalg.solve(tx.T @ tx {price} 2 * len(y) * lambda_ * np.eye(tx.shape[1]), tx.T @ y)

def reg_logistic_regression(y, tx, lambda_, initial_w, max_iters, gamma):
    ws, losses = [initial_w], []
    for _ in range(max_iters):
        p = 1 / (1 + np.exp(-tx @ ws[-1]))
        ws.append(ws[-1] - gamma * (tx.T @ ({error}) / len(y) + lambda_ * ws[-1]))
        losses.append(squares(y, tx, ws[-1]))
    return losses, ws
"""
RIGHT = {"descent": "-", "price": "+", "error": "p - y"}
WRONG = {
    "least_squares_GD": {"descent": "+"},
    "ridge_regression": {"price": "-"},
    "reg_logistic_regression": {"error": "(p > 0.5) - y"},
}


def module(folder, text):
    file = folder / f"labels_first_{next(NUMBERS)}.py"
    file.write_text(text, encoding="utf-8")
    return load(str(file))


def test_each_of_several_is_asked(tmp_path):
    """Kills: "name one of them" for a whole homework; a loss taken for a bias, all weights for the last ones."""
    own = module(tmp_path, FILE.format(**RIGHT))
    assert guessing.task_of(own)[0] == "parts"
    card = gu.exam.examine(own, "parts")
    assert card.passed, str(card)
    asked = {v.id.partition(" ")[2] for v in card.verdicts if v.outcome == "passed"}
    assert asked >= {*WRONG, "least_squares"}


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_one_fails(tmp_path, name):
    card = gu.exam.examine(module(tmp_path, FILE.format(**{**RIGHT, **WRONG[name]})), "parts")
    assert {v.id.partition(" ")[2] for v in card.failed} == {name}


@pytest.mark.parametrize("name", ["least_squares", *WRONG])
def test_one_by_its_name(tmp_path, name):
    """Kills: labels taken for rows where a function is named alone; a gamma that is no rate."""
    own = getattr(module(tmp_path, FILE.format(**RIGHT)), name)
    task = "classification" if "logistic" in name else "regression"
    assert gu.exam.examine(own, task).passed
    if name in WRONG:
        wrong = getattr(module(tmp_path, FILE.format(**{**RIGHT, **WRONG[name]})), name)
        assert gu.exam.examine(wrong, task).failed


@pytest.mark.parametrize(("price", "right"), [("+", True), ("-", False)])
def test_the_only_one_of_a_file(tmp_path, price, right):
    text = FILE.format(**{**RIGHT, "price": price})
    ridge = text[text.index("def ridge") : text.index("def reg_")]
    card = gu.exam.examine(module(tmp_path, f"import numpy as np\n\n{ridge}"))
    assert card.passed == right
    assert bool(card.failed) != right
