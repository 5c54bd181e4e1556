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
    """Stochastic descent. A part of the rows, drawn at random, is held out.

    Stops when the validation error has not improved for `patience` epochs; restores the best.
    """

    slip = ""

    def __init__(self, eta0=0.01, max_epochs=300, patience=20, val_fraction=0.2, random_state=0):
        self.eta0, self.max_epochs, self.patience = eta0, max_epochs, patience
        self.val_fraction, self.random_state = val_fraction, random_state

    def fit(self, X, y):
        rng = np.random.default_rng(self.random_state)
        order, n = rng.permutation(len(X)), int(len(X) * self.val_fraction)
        order = np.arange(len(X)) if self.slip == "order" else order
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


@pytest.mark.parametrize(
    ("slip", "seen"),
    [("parts", "B21f"), ("order", "B21i"), ("sign", "A24"), ("patience", "B21g"), ("plane", "A16")],
)
def test_one_that_keeps_rows_aside_for_itself(slip, seen):
    """Kills: its answers held against those of all rows; train and validation rows in each other's place."""
    right, wrong = (gu.exam.examine(cls) for cls in (StandardisedRows, with_slip(StandardisedRows, slip)))
    assert right.passed, str(right)
    assert {"A24", "B21f", "B21g", "B21i"} <= {*passed(right)}
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


class Validated:
    """Gradient descent with rows to validate; the weights of the best epoch are handed back."""

    slip = ""

    def __init__(self, lr=0.05, max_iter=2000, patience=100):
        self.lr, self.max_iter, self.patience = lr, max_iter, patience

    def _learn(self, X, y, X_val, y_val):
        A, B = (np.column_stack([np.ones(len(rows)), rows]) for rows in (X, X_val))
        w = np.zeros(A.shape[1])
        best_w, best, bad = w.copy(), np.inf, 0
        for _ in range(self.max_iter):
            w -= self.lr * A.T @ (A @ w - y) / len(A)
            loss = np.mean((B @ w - y_val) ** 2)
            if loss < best:
                best, best_w, bad = loss, w if self.slip else w.copy(), 0
            else:
                bad += 1
            if bad >= self.patience:
                break
        self.w = best_w
        return self

    def predict(self, X):
        return self.w[0] + X @ self.w[1:]


class Positional(Validated):
    """Gradient descent with rows to validate; the weights of the best epoch are handed back."""

    def fit(self, X, y, X_val, y_val):
        return self._learn(X, y, X_val, y_val)


class KeywordsOnly(Validated):
    """Gradient descent with rows to validate; the weights of the best epoch are handed back."""

    def fit(self, X, y, *, X_val, y_val):
        return self._learn(X, y, X_val, y_val)


class Pair(Validated):
    """Gradient descent with rows to validate; the weights of the best epoch are handed back."""

    def fit(self, X, y, validation_data):
        return self._learn(X, y, *validation_data)


class MayHaveAPair(Validated):
    """Gradient descent with rows to validate; the weights of the best epoch are handed back."""

    def fit(self, X, y, validation_data=None):
        return self._learn(X, y, *(validation_data or (X, y)))


SHAPES = (Positional, KeywordsOnly, Pair, MayHaveAPair)


@pytest.mark.parametrize("cls", SHAPES)
def test_the_best_epoch_on_rows_that_the_exam_hands_over(cls):
    """Kills: the best weights kept by reference and changed in place; no notes are needed to see it."""
    right, wrong = (gu.exam.examine(one) for one in (cls, with_slip(cls, "by reference")))
    assert right.passed, str(right)
    assert "B21h" in passed(right)
    assert "B21h" in failed(wrong)


kept = np.copy


def train(X, y, X_val, y_val, learning_rate, epochs):
    """The weights of the best epoch are handed back."""
    w, b, best = np.zeros(X.shape[1]), 0.0, (np.inf, np.zeros(X.shape[1]), 0.0)
    for _ in range(epochs):
        miss = X @ w + b - y
        w -= learning_rate * X.T @ miss / len(y)
        b -= learning_rate * miss.mean()
        loss = np.mean((X_val @ w + b - y_val) ** 2)
        if loss < best[0]:
            best = (loss, kept(w), b)
    return best[1], best[2]


def test_a_training_function_that_is_given_rows_to_validate():
    global kept
    kept = np.copy
    assert "B21h" in passed(gu.exam.examine(train))
    kept = np.asarray
    assert "B21h" in failed(gu.exam.examine(train))


class StoppedMLP:
    """One hidden layer of tanh. After training the parameters of the best epoch on the validation data are restored."""

    slip = ""

    def __init__(self, n_hidden=20, lr=0.05, max_epochs=1500, patience=60, seed=0):
        self.n_hidden, self.lr, self.max_epochs = n_hidden, lr, max_epochs
        self.patience, self.seed = patience, seed

    def fit(self, X, y, X_val, y_val):
        y, y_val = np.reshape(y, (-1, 1)), np.reshape(y_val, (-1, 1))
        rng = np.random.default_rng(self.seed)
        d, h = X.shape[1], self.n_hidden
        self.params = [rng.normal(size=(d, h)) / np.sqrt(d), np.zeros(h), rng.normal(size=(h, 1)) / h, np.zeros(1)]
        kept, best, wait = self.params, np.inf, 0
        self.val_losses = []
        for _ in range(self.max_epochs):
            a = np.tanh(X @ self.params[0] + self.params[1])
            miss = (a @ self.params[2] + self.params[3] - y) / len(X)
            back = (miss @ self.params[2].T) * (1 - a * a)
            for p, g in zip(self.params, [X.T @ back, back.sum(0), a.T @ miss, miss.sum(0)], strict=True):
                p -= self.lr * g
            self.val_losses.append(float(np.mean((self._out(X_val) - y_val) ** 2)))
            if self.val_losses[-1] < best:
                best, wait = self.val_losses[-1], 0
                kept = list(self.params) if self.slip else [p.copy() for p in self.params]
            else:
                wait += 1
            if wait >= self.patience:
                break
        self.params = kept
        return self

    def _out(self, X):
        W1, b1, W2, b2 = self.params
        return np.tanh(X @ W1 + b1) @ W2 + b2

    def predict(self, X):
        return self._out(X).ravel()


def test_a_network_that_is_given_rows_to_validate():
    right, wrong = (gu.exam.examine(c, task="network") for c in (StoppedMLP, with_slip(StoppedMLP, "by reference")))
    assert right.passed, str(right)
    assert {"E23", "E25"} <= {*passed(right)}
    assert {"E23", "E25"} <= {*failed(wrong)}
