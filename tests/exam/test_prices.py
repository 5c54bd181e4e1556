"""A penalty has one price: at every learning rate, and in the losses that are noted. And a decay that dies at once.

Every question here is exact: its false-alarm probability is 0. Conventions of the penalty pass: with the rows or
without, halves, sums or means. Kills: a price over or times the rate, a noted penalty that is half of the true one or
differs by the number of rows or classes, a rate that falls with every row.
"""

from __future__ import annotations

import numpy as np
import pytest

import groundup as gu
from groundup.exam import reference


def learner(task, scale, word="l2", pull=1.0, note=1.0, by_rate=0, noted=True):
    """Descent on scale x mean loss + pull x price x penalty, which notes scale x mean loss + note x price x penalty."""

    class Fitted:
        """Descends, and writes its losses down."""

        def fit(self, X, y):
            Y = reference.one_hot(y, int(np.max(y)) + 1) if task == "multiclass" else np.asarray(y, dtype=float)
            W = np.zeros((X.shape[1] + 1, Y.shape[1]) if Y.ndim == 2 else X.shape[1] + 1)
            a, price = scale(len(Y)), getattr(self, word)
            if noted:
                self.losses_ = []
            for _ in range(self.epochs):
                if noted:
                    w = W[:-1]
                    size = (w**2).sum() / 2 if word == "l2" else np.abs(w).sum()
                    self.losses_.append(a * reference.loss(task, W, X, Y) + note * price * size)
                strength = pull * price * (self.lr**by_rate if self.lr else 1.0)
                step = a * reference.gradient(task, W, X, Y)
                if word == "l2":
                    step[:-1] += strength * W[:-1]
                    W = W - self.lr * step
                else:
                    W = W - self.lr * step
                    W[:-1] = np.sign(W[:-1]) * np.maximum(np.abs(W[:-1]) - self.lr * strength, 0.0)
            self.coef_, self.intercept_ = W[:-1].T, W[-1]
            return self

        def predict(self, X):
            z = X @ self.coef_.T + self.intercept_
            return z if task == "regression" else z.argmax(axis=1) if task == "multiclass" else (z > 0).astype(int)

    if word == "l2":

        def start(self, lr=0.1, epochs=100, l2=0.0):
            self.lr, self.epochs, self.l2 = lr, epochs, l2
    else:

        def start(self, lr=0.1, epochs=100, l1=0.0):
            self.lr, self.epochs, self.l1 = lr, epochs, l1

    Fitted.__init__ = start
    return Fitted


UNITS = {
    "mean": (lambda n: 1.0, 1.0),
    "twice the mean": (lambda n: 2.0, 1.0),
    "sum": (lambda n: float(n), 1.0),
    "sum and the price too": (lambda n: float(n), 60.0),
    "price over the rows": (lambda n: 1.0, 1 / 60),
    "no half": (lambda n: 1.0, 2.0),
}


def prices_that_fail(thing, task):
    return {v.id: v.symptom for v in gu.exam.examine(thing, task=task).failed}


@pytest.mark.parametrize("word", ["l2", "l1"])
@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_of_a_price_passes(unit, word):
    scale, k = UNITS[unit]
    card = gu.exam.examine(learner("regression", scale, word, k, k), task="regression")
    asked = {v.id: v.outcome for v in card.verdicts}
    known = {"A09k": "passed", "A09l": "passed"}
    assert asked | known == asked, str(card)


def test_notes_of_the_loss_alone_pass():
    card = gu.exam.examine(learner("classification", lambda n: 1.0, note=0.0), task="classification")
    assert card.passed, str(card)
    assert {v.id: v.outcome for v in card.verdicts}["A09l"] == "not examined"


@pytest.mark.parametrize(("word", "power", "sign"), [("l1", -1, "over the rate"), ("l2", 1, "times the rate")])
def test_a_price_that_hangs_on_the_rate_fails(word, power, sign):
    wrong = learner("classification", lambda n: 1.0, word, by_rate=power, noted=False)
    assert prices_that_fail(wrong, "classification").get("A09k") == sign


@pytest.mark.parametrize(
    ("task", "pull", "note", "sign"),
    [
        ("regression", 1.0, 2.0, "half of it"),
        ("classification", 2.0, 1.0, "twice as high"),
        ("multiclass", 4.0, 1.0, "the classes"),
        ("regression", 1.0, 1 / 60, "the rows"),
    ],
)
def test_another_price_than_the_noted_one_fails(task, pull, note, sign):
    assert prices_that_fail(learner(task, lambda n: 1.0, "l2", pull, note), task).get("A09l") == sign


class Decaying:
    def __init__(self, learning_rate=0.01, epochs=50, decay=0.95, seed=7):
        self.learning_rate, self.epochs, self.decay, self.seed = learning_rate, epochs, decay, seed

    by_row = False

    def fit(self, X, y):
        draws, self.weights, self.bias = np.random.default_rng(self.seed), np.zeros(X.shape[1]), 0.0
        rate = self.learning_rate
        for _ in range(self.epochs):
            for i in draws.permutation(len(y)):
                error = X[i] @ self.weights + self.bias - y[i]
                self.weights, self.bias = self.weights - rate * error * X[i], self.bias - rate * error
                rate *= self.decay if self.by_row else 1.0
            rate *= 1.0 if self.by_row else self.decay
        return self

    def predict(self, X):
        return X @ self.weights + self.bias


class Small(Decaying):
    def __init__(self, learning_rate=1e-5, epochs=50, decay=0.6, seed=7):
        super().__init__(learning_rate, epochs, decay, seed)


class ByRow(Decaying):
    by_row = True


class Gently(ByRow):
    def __init__(self, learning_rate=0.0003, epochs=50, decay=0.999, seed=7):
        super().__init__(learning_rate, epochs, decay, seed)


@pytest.mark.parametrize("right", [Decaying, Small, Gently])
def test_a_rate_that_falls_leaves_some_of_itself(right):
    card = gu.exam.examine(right, task="regression")
    assert card.passed, str(card)


def test_a_rate_that_dies_in_the_first_epoch_fails():
    assert "M02c" in prices_that_fail(ByRow, "regression")
