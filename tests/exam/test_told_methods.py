# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownParameterType=false, reportMissingParameterType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownVariableType=false
"""What a learner of many classes says of itself, and does: one against the rest, a rate that falls.

The questions here are exact, so their false-alarm probability is 0.
"""

import numpy as np
import pytest

import groundup as gu


def failed(card):
    return [verdict.id for verdict in card.failed]


class OneVsRestLogistic:
    """One-vs-rest logistic regression."""

    forgets = True

    def __init__(self, eta=0.2, epochs=3000):
        self.eta, self.epochs = eta, epochs

    def fit(self, X, y):
        A = np.hstack([np.ones((len(X), 1)), X])
        self.classes_ = np.unique(y)
        self.theta_, theta = [], np.zeros(A.shape[1])
        for label in self.classes_:
            theta = np.zeros(A.shape[1]) if self.forgets else theta.copy()
            for _ in range(self.epochs):
                theta -= self.eta * A.T @ (1 / (1 + np.exp(-A @ theta)) - (y == label)) / len(y)
            self.theta_.append(theta)
        self.theta_ = np.array(self.theta_)
        return self

    def scores(self, X):
        return np.hstack([np.ones((len(X), 1)), X]) @ self.theta_.T

    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-self.scores(X)))
        return p / p.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[self.scores(X).argmax(axis=1)]


class KeepsTheLastClass(OneVsRestLogistic):
    """One-vs-rest logistic regression."""

    forgets = False


def test_as_many_classes_as_weights_with_the_bias_are_read_the_right_way_round():
    """Kills: (classes, bias and columns) read as its transpose, which is as square."""
    assert gu.exam.examine(OneVsRestLogistic, task="multiclass").passed
    assert "B01" in failed(gu.exam.examine(KeepsTheLastClass, task="multiclass"))


class Falls:
    shares, up = staticmethod(lambda t, n: (1 - t / n) ** 2), False

    def __init__(self, lr=0.5, n_epochs=600, lambda_=0.0):
        self.lr, self.n_epochs, self.lambda_ = lr, n_epochs, lambda_

    def fit(self, X, y):
        self.classes_, codes = np.unique(y, return_inverse=True)
        Y = np.eye(len(self.classes_))[codes]
        self.weights, self.b = np.zeros((X.shape[1], Y.shape[1])), np.zeros(Y.shape[1])
        for epoch in range(self.n_epochs):
            rate = self.lr * self.shares(epoch, self.n_epochs)
            miss = (self.predict_proba(X) - Y) / len(X)
            self.weights = self.weights - rate * (X.T @ miss + self.lambda_ * self.weights)
            self.b = self.b - rate * miss.sum(axis=0) * (-1 if self.up else 1)
        return self

    def predict_proba(self, X):
        z = X @ self.weights + self.b
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


SCHEDULES = {
    "to zero": lambda t, n: (1 - t / n) ** 2,
    "root": lambda t, n: 1 / np.sqrt(1 + t),
    "half a wave": lambda t, n: 0.5 + 0.5 * np.cos(np.pi * t / n),
}
TOLD = "Softmax. The rate falls from lr to zero as its epochs go by."


def of(shares, told, **more):
    return type("Softmax", (Falls,), {"shares": staticmethod(shares), "__doc__": told, **more})


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_rate_that_falls_as_the_docstring_says_is_no_mistake(name):
    """Kills: a schedule that its own words announce taken for a wrong path."""
    card = gu.exam.examine(of(SCHEDULES[name], TOLD), task="multiclass")
    assert card.passed, str(card)


def test_a_rate_that_falls_unsaid_grows_or_hides_a_wrong_step_is_a_mistake():
    unsaid = of(SCHEDULES["to zero"], "Softmax.")
    grows = of(lambda t, n: 1 + t / n, TOLD)
    slips = of(SCHEDULES["to zero"], TOLD, up=True)
    for wrong in (unsaid, grows, slips):
        assert "B01" in failed(gu.exam.examine(wrong, task="multiclass"))
