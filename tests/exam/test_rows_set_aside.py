# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportMissingParameterType=false, reportAttributeAccessIssue=false
"""Learners that set rows aside for themselves, or are given rows to validate with: right ones, and with one mistake.

The questions here are exact, so their false-alarm probability is 0.
"""

import numpy as np
import pytest

import groundup as gu


def failed(card):
    return [verdict.id for verdict in card.failed]


def passed(card):
    return [verdict.id for verdict in card.verdicts if verdict.outcome == "passed"]


def with_slip(cls, slip):
    return type(cls.__name__, (cls,), {"slip": slip, "__doc__": cls.__doc__})


class StandardisedRows:
    """Stochastic descent. Stops when the validation error has not improved for `patience` epochs; restores the best."""

    slip = ""

    def __init__(self, eta0=0.01, max_epochs=300, patience=20, val_fraction=0.2, random_state=0):
        self.eta0, self.max_epochs, self.patience = eta0, max_epochs, patience
        self.val_fraction, self.random_state = val_fraction, random_state

    def fit(self, X, y):
        rng = np.random.default_rng(self.random_state)
        order, n = rng.permutation(len(X)), int(len(X) * self.val_fraction)
        held, mine = (order[n:], order[:n]) if self.slip == "parts" else (order[:n], order[n:])
        self.mean_, self.std_ = X[mine].mean(axis=0), X[mine].std(axis=0)
        T, V = ((X[rows] - self.mean_) / self.std_ for rows in (mine, held))
        w, b, best, wait = np.zeros(X.shape[1]), y[mine].mean(), (np.inf, None, 0.0), 0
        self.val_losses = []
        for epoch in range(self.max_epochs):
            eta = self.eta0 / (1 + 0.1 * epoch)
            for i in rng.permutation(len(T)):
                miss = T[i] @ w + b - y[mine[i]]
                w -= eta * miss * T[i] * (-1 if self.slip == "sign" else 1)
                b -= eta * miss
            loss = np.mean((V @ w + b - y[held]) ** 2)
            self.val_losses.append(loss)
            if loss < best[0]:
                best = (loss, w.copy(), b)
                wait = wait if self.slip == "patience" else 0
            else:
                wait += 1
                if wait >= self.patience:
                    break
        _, self.w_, self.b_ = best
        return self

    def predict(self, X):
        return (X - self.mean_) / self.std_ @ self.w_ + self.b_ + (1e-3 if self.slip == "plane" else 0)


@pytest.mark.parametrize(("slip", "seen"), [("parts", "B21f"), ("sign", "A24"), ("patience", "B21g"), ("plane", "A16")])
def test_one_that_keeps_rows_aside_for_itself(slip, seen):
    """Kills: its answers held against those of all rows; train and validation rows in each other's place."""
    right, wrong = (gu.exam.examine(cls) for cls in (StandardisedRows, with_slip(StandardisedRows, slip)))
    assert right.passed, str(right)
    assert {"A24", "B21f", "B21g"} <= {*passed(right)}
    assert seen in failed(wrong)


class LastRows:
    """Logistic regression by gradient descent. The last fifth of the rows is held out to see how it does."""

    slip = ""

    def __init__(self, lr=0.5, epochs=500):
        self.lr, self.epochs = lr, epochs

    def fit(self, X, y):
        n = int(0.8 * len(X))
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            miss = self.predict_proba(X[:n]) - y[:n]
            self.w = self.w - self.lr * X[:n].T @ miss / n
            self.b = self.b - self.lr * (0.0 if self.slip == "bias" else miss.mean())
        self.score_ = np.mean(self.predict(X[n:]) == y[n:])
        return self

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-np.clip(X @ self.w + self.b, -500, 500)))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)


def test_the_last_rows_held_out_are_found_too():
    right, wrong = (gu.exam.examine(cls, task="classification") for cls in (LastRows, with_slip(LastRows, "bias")))
    assert right.passed, str(right)
    assert "B05" in failed(wrong)
    silent = type("LastRows", (LastRows,), {"__doc__": "Logistic regression by gradient descent."})
    assert not gu.exam.examine(silent, task="classification").passed
