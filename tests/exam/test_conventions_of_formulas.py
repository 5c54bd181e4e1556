"""Formulas, losses and scalers as many people write them: right ones pass, wrong twins fail by a true name."""

from __future__ import annotations

import math

import numpy as np
import pytest

import groundup as gu
from groundup.exam import jail
from groundup.exam.pieces import layers, losses


def by_columns(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def by_columns_promised_for_rows(z):
    """Softmax of each row of scores (n_samples, n_classes)."""
    return by_columns(z)


def by_columns_unshifted(z):
    return np.exp(z) / np.exp(z).sum(axis=0)


def one_list(z):
    e = [math.exp(v - max(z)) for v in z]
    return [v / sum(e) for v in e]


def one_list_by_largest(z):
    e = [math.exp(v - max(z)) for v in z]
    return [v / max(e) for v in e]


def over_everything(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def of_a_vector(z):
    """Softmax of a vector of scores."""
    return over_everything(z)


def guarded(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / (e.sum(axis=1, keepdims=True) + 1e-8)


def keepdims_forgotten(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


AXIS = "softmax is taken over the rows instead of the classes"
OVERFLOW = "softmax overflows, because the largest score is not subtracted"


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (by_columns, None),
        (by_columns_promised_for_rows, AXIS),
        (by_columns_unshifted, OVERFLOW),
        (one_list, None),
        (one_list_by_largest, "exponentials are not divided by their sum"),
        (of_a_vector, None),
        (over_everything, "softmax divides by the sum over all rows"),
        (guarded, None),
        (keepdims_forgotten, "the sums of the rows lie in a row instead of a column: keepdims=True is missing"),
    ],
)
def test_softmax_has_samples_in_columns_or_one_at_a_time_by_convention(function, mistake):
    """Kills: a softmax over axis 0 taken for a mistake, and one that is documented for rows taken for a convention."""
    card = gu.exam.grade(function, "softmax")
    assert card.passed is (mistake is None), str(card)
    assert card.mistake == mistake


def log_loss(guard, added):
    def loss(y, p):
        if added:
            return -np.mean(y * np.log(p + guard) + (1 - y) * np.log(1 - p + guard))
        p = np.clip(p, guard, 1 - guard)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    return loss


@pytest.mark.parametrize("added", [True, False])
@pytest.mark.parametrize(("guard", "passed"), [(1e-7, True), (1e-8, True), (1e-15, True), (1e-3, False), (1e-2, False)])
def test_a_small_guard_against_log_0_is_taste_and_a_large_one_a_mistake(guard, passed, added):
    card = gu.exam.grade(log_loss(guard, added), "log_loss")
    assert card.passed is passed, str(card)
    assert passed or card.mistake


def clipped(p):
    return np.clip(p, 1e-15, 1 - 1e-15)


def base_10(y, p):
    return log_loss(1e-15, False)(y, p) / np.log(10)


def sign_between(y, p):
    return -np.mean(y * np.log(clipped(p)) - (1 - y) * np.log(clipped(1 - p)))


def samples_in_a_row_of_a_table(y, p):
    p = clipped(p)
    return np.squeeze(-(y @ np.log(p).T + (1 - y) @ np.log(1 - p).T) / y.shape[1])


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (base_10, "the logarithm is to base 10"),
        (sign_between, "the sign between the two logarithms is wrong"),
        (samples_in_a_row_of_a_table, None),
    ],
)
def test_log_losses_by_their_numbers(function, mistake):
    card = gu.exam.grade(function, "log_loss")
    assert card.passed is (mistake is None), str(card)
    assert card.mistake == mistake


@pytest.mark.parametrize(
    ("function", "name", "passed"),
    [
        (lambda y, p: np.mean(np.sum((y - p) ** 2, axis=1)), "mse", True),
        (lambda y, p: np.sum((y - p) ** 2) / (len(y) - 1), "mse", False),
        (lambda y, p: 100 * np.mean(np.abs((y - p) / y)), "mape", True),
        (lambda y, p: np.mean(np.abs((y - p) / (y + 1e-10))), "mape", True),
        (lambda y, p: 100 * np.mean(np.abs((y - p) / p)), "mape", False),
        (lambda y, p: np.sum(y * p) / (np.sum(p) + 1e-8), "precision", True),
        (lambda y, p: np.sum(y * p) / (np.sum(p) + 1), "precision", False),
        (lambda y, p: 100 * np.mean(y == p), "accuracy", True),
    ],
)
def test_metrics_as_columns_in_percent_and_with_guards(function, name, passed):
    assert gu.exam.grade(function, name).passed is passed


def entropy(weight=1.0, axis=0):
    return lambda Y, A: -weight * np.sum(Y * np.log(A + 1e-9)) / Y.shape[axis]


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (entropy(), None),
        (entropy(axis=1), None),
        (lambda Y, A: -np.mean(Y * np.log(A)), "the mean is taken over the classes too, and not over the rows alone"),
        (entropy(-1.0), "the minus sign is missing"),
        (entropy(1 / np.log(2)), "the logarithm is to base 2"),
    ],
)
def test_entropies_of_classes_in_rows_or_columns(function, mistake):
    card = gu.exam.grade(function, "categorical_crossentropy")
    assert card.passed is (mistake is None), str(card)
    assert card.mistake == mistake


@pytest.mark.parametrize(
    ("function", "name", "passed"),
    [
        (lambda x: [1 / (1 + math.exp(-v)) if v > -700 else 0.0 for v in x], "sigmoid", True),
        (lambda x: 1 / (1 + math.exp(-x)), "sigmoid", False),
        (lambda x: 1.0507 * np.where(x > 0, x, 1.67326 * np.expm1(np.minimum(x, 0))), "selu", True),
        (lambda x: 1.05 * np.where(x > 0, x, 1.67 * np.expm1(np.minimum(x, 0))), "selu", False),
        (lambda x: x / (1 + np.exp(-1.702 * np.clip(x, -400, 400))), "gelu", True),
        (lambda x: x / (1 + np.exp(-1.2 * np.clip(x, -400, 400))), "gelu", False),
        (lambda x: np.clip(0.2 * x + 0.5, 0, 1), "hard_sigmoid", True),
        (lambda x: np.clip(0.3 * x + 0.5, 0, 1), "hard_sigmoid", False),
        (lambda x, alpha: np.where(x > 0, x, alpha * x), "leaky_relu", True),
        (lambda x, alpha: np.where(x > 0, alpha * x, x), "leaky_relu", False),
        (lambda x, alpha=0.5: np.where(x >= 0, 1, alpha * np.exp(np.minimum(x, 0))), "elu_derivative", True),
        (lambda x, alpha=0.5: np.where(x >= 0, 1, np.exp(np.minimum(x, 0)) / 2 + 1e-3), "elu_derivative", False),
    ],
)
def test_activations_in_lists_with_short_constants_and_at_kinks(function, name, passed):
    card = gu.exam.grade(function, name)
    assert card.passed is passed, str(card)
    assert passed or card.mistake or card.failed


class Softmax:
    """Its cross-entropy hands back p - y."""

    def forward(self, X):
        e = np.exp(X - X.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def backward(self, grad):
        return grad


class Sigmoid(Softmax):
    def forward(self, X):
        return 1 / (1 + np.exp(-X))


@pytest.mark.parametrize(("layer", "outcome"), [(Softmax, "passed"), (Sigmoid, "failed")])
def test_a_softmax_may_leave_its_slope_to_its_loss(layer, outcome):
    assert jail.one([], lambda: layers.Part(layer), layers.layer_backward, 0).outcome == outcome


def test_only_losses_are_losses():
    """Kills: leaky_relu(x, alpha) and its derivative, taken for a loss of labels and predictions."""

    def both(first, second):
        return None

    words = ("leaky_relu", "mse", "huber_loss", "quadratic_cost", "binary_cross_entropy")
    functions = {name: both for word in words for name in (word, f"{word}_derivative")}
    assert [cls.__name__ for _, cls in losses.slopes_beside(functions)] == list(words[1:])
