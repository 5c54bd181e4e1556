# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportMissingParameterType=false, reportAttributeAccessIssue=false
"""Batches, ends and penalties of other people's learners: right ones, and the same with one mistake.

The questions here are exact but for B22e, whose seed is set, and E24, which fails a right one with 1e-10 at most.
"""

import types

import numpy as np
import pytest

import groundup as gu


def failed(card):
    return [verdict.id for verdict in card.failed]


def verdict(card, id):
    return next(v for v in card.verdicts if v.id.split(" ")[0] == id)


class LassoByCoordinates:
    """1/(2n) * ||y - Xw - b||_2^2 + alpha * ||w||_1"""

    def __init__(self, alpha=0.1, max_iter=5000):
        self.alpha, self.max_iter = alpha, max_iter

    def pulled(self, rho):
        return np.sign(rho) * max(abs(rho) - self.alpha, 0.0)

    def fit(self, X, y):
        middle, n = X.mean(axis=0), len(y)
        Z, w, left = X - middle, np.zeros(X.shape[1]), y - y.mean()
        for _ in range(self.max_iter):
            before = w.copy()
            for j in np.flatnonzero((Z**2).sum(axis=0)):
                size = Z[:, j] @ Z[:, j] / n
                new = self.pulled(Z[:, j] @ left / n + size * w[j]) / size
                left, w[j] = left - Z[:, j] * (new - w[j]), new
            if np.abs(w - before).max() < 1e-12:
                break
        self.coef_, self.intercept_ = w, y.mean() - middle @ w
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_


class PullsWithTheWeight(LassoByCoordinates):
    """1/(2n) * ||y - Xw - b||_2^2 + alpha * ||w||_1"""

    def pulled(self, rho):
        return rho / (1 + self.alpha)


def test_the_norm_of_the_misses_is_no_penalty():
    right, wrong = (gu.exam.examine(c, task="regression") for c in (LassoByCoordinates, PullsWithTheWeight))
    assert right.passed, str(right)
    assert verdict(right, "A09b").outcome == "passed"
    assert "A09b" in failed(wrong)


class AverageOfTheLastHalf:
    """The weights handed back are the average of those of the last half of the epochs."""

    def __init__(self, eta0=0.05, decay=0.05, n_epochs=400, batch_size=16, random_state=0):
        self.eta0, self.decay, self.n_epochs = eta0, decay, n_epochs
        self.batch_size, self.random_state = batch_size, random_state

    def rate(self, epoch):
        return self.eta0 / (1 + self.decay * epoch)

    def kept(self, path):
        return np.mean(path[self.n_epochs // 2 :], axis=0)

    def fit(self, X, y):
        rng, path = np.random.default_rng(self.random_state), []
        A = np.column_stack([X, np.ones(len(X))])
        theta = np.zeros(A.shape[1])
        for epoch in range(self.n_epochs):
            order = rng.permutation(len(X))
            for s in range(0, len(X), self.batch_size):
                i = order[s : s + self.batch_size]
                theta = theta - self.rate(epoch) * 2 * A[i].T @ (A[i] @ theta - y[i]) / len(i)
            path.append(theta)
        *self.coef_, self.intercept_ = self.kept(path)
        return self

    def predict(self, X):
        return X @ np.array(self.coef_) + self.intercept_


def test_an_average_of_weights_is_no_rate_that_grows():
    card = gu.exam.examine(AverageOfTheLastHalf, task="regression")
    assert card.passed, str(card)


class SoftmaxInBatches:
    def __init__(self, lr=0.1, epochs=30, batch_size=10, seed=0):
        self.lr, self.epochs, self.batch_size, self.seed = lr, epochs, batch_size, seed

    def batches(self, rows):
        return [rows[k : k + self.batch_size] for k in range(0, len(rows), self.batch_size)]

    def fit(self, X, y):
        self.labels, codes = np.unique(y, return_inverse=True)
        Y, rng = np.eye(len(self.labels))[codes], np.random.default_rng(self.seed)
        self.W, self.b = np.zeros((X.shape[1], len(self.labels))), np.zeros(len(self.labels))
        for _ in range(self.epochs):
            for rows in self.batches(rng.permutation(len(X))):
                g = (self.predict_proba(X[rows]) - Y[rows]) / len(rows)
                self.W, self.b = self.W - self.lr * X[rows].T @ g, self.b - self.lr * g.sum(axis=0)
        return self

    def predict_proba(self, X):
        z = X @ self.W + self.b
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.labels[self.predict_proba(X).argmax(axis=1)]


class SoftmaxInSoManyBatches(SoftmaxInBatches):
    def batches(self, rows):
        return np.array_split(rows, self.batch_size)


def test_a_batch_size_is_no_number_of_batches():
    right, wrong = (gu.exam.examine(c, task="multiclass") for c in (SoftmaxInBatches, SoftmaxInSoManyBatches))
    assert right.passed, str(right)
    assert "B11d" in failed(wrong)


class StopsOnNoChange:
    """Stops when the loss no longer changes by tol."""

    def __init__(self, learning_rate=0.02, epochs=1000, batch_size=8, tol=1e-8, seed=1):
        self.learning_rate, self.epochs, self.batch_size = learning_rate, epochs, batch_size
        self.tol, self.seed = tol, seed

    def ends(self, fall):
        return abs(fall) < self.tol

    def fit(self, X, y):
        rng, before = np.random.default_rng(self.seed), np.inf
        self.coef, self.intercept = np.zeros(X.shape[1]), 0.0
        for epoch in range(self.epochs):
            rate, losses, order = self.learning_rate / (1 + 0.01 * epoch), [], rng.permutation(len(X))
            for k in range(0, len(X), self.batch_size):
                rows = order[k : k + self.batch_size]
                error = self.predict(X[rows]) - y[rows]
                losses.append(np.mean(error**2))
                self.coef = self.coef - rate * X[rows].T @ error / len(rows)
                self.intercept -= rate * error.mean()
            if self.ends(before - np.mean(losses)):
                break
            before = np.mean(losses)
        return self

    def predict(self, X):
        return X @ self.coef + self.intercept


class StopsOnARise(StopsOnNoChange):
    """Stops when the loss no longer changes by tol."""

    def ends(self, fall):
        return fall < self.tol


def test_a_rise_by_chance_is_no_end_of_training():
    right, wrong = (gu.exam.examine(c, task="regression") for c in (StopsOnNoChange, StopsOnARise))
    assert right.passed, str(right)
    assert "B22e" in failed(wrong)


SOFTMAX = """
import numpy as np

def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

def with_ones(X):
    return np.column_stack([X, np.ones(len(X))])

def loss(W, X, y, lam=1.0):
    logp = log_softmax(with_ones(X) @ W)
    return -logp[np.arange(len(X)), y].mean() + lam / (2 * len(X)) * np.sum(W[:-1] ** 2)

def gradient(W, X, y, lam=1.0):
    A = with_ones(X)
    P = np.exp(log_softmax(A @ W))
    P[np.arange(len(X)), y] -= 1
    dW = A.T @ P / len(X)
    dW[:-1] += lam * W[:-1] / len(X)
    return dW

def train(X, y, n_classes, lam=1.0, lr=0.2, epochs=3000):
    W = np.zeros((X.shape[1] + 1, n_classes))
    for _ in range(epochs):
        W -= lr * gradient(W, X, y, lam)
    return W

def predict(W, X):
    return np.argmax(with_ones(X) @ W, axis=1)
"""


@pytest.mark.parametrize(("code", "fails"), [(SOFTMAX, []), (SOFTMAX.replace("W[:-1] / len(X)", "W[:-1]"), ["B09d"])])
def test_the_gradient_of_many_classes_is_the_slope_of_the_loss_with_a_penalty(code, fails):
    module = types.ModuleType("softmax_of_others")
    exec(code, module.__dict__)  # a file of functions, as a student hands it in
    card = gu.exam.examine(module, task="multiclass")
    assert failed(card) == fails, str(card)


class WithDropout:
    def __init__(self, hidden=64, dropout=0.5, lr=0.02, epochs=600, batch_size=32, seed=0):
        self.hidden, self.dropout, self.lr, self.epochs = hidden, dropout, lr, epochs
        self.batch_size, self.rng = batch_size, np.random.default_rng(seed)

    def mask(self, H):
        return (self.rng.random(H.shape) >= self.dropout) / (1 - self.dropout)

    def fit(self, X, y):
        self.W1, self.b1 = self.rng.normal(0, np.sqrt(2 / X.shape[1]), (X.shape[1], self.hidden)), np.zeros(self.hidden)
        self.w2, self.b2 = self.rng.normal(0, np.sqrt(1 / self.hidden), self.hidden), 0.0
        for _ in range(self.epochs):
            order = self.rng.permutation(len(X))
            for k in range(0, len(X), self.batch_size):
                j = order[k : k + self.batch_size]
                Z = X[j] @ self.W1 + self.b1
                mask = self.mask(Z)
                H = np.maximum(Z, 0) * mask
                g = (H @ self.w2 + self.b2 - y[j]) / len(j)
                back = np.outer(g, self.w2) * mask * (Z > 0)
                self.w2, self.b2 = self.w2 - self.lr * H.T @ g, self.b2 - self.lr * g.sum()
                self.W1, self.b1 = self.W1 - self.lr * X[j].T @ back, self.b1 - self.lr * back.sum(axis=0)
        return self

    def predict(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.w2 + self.b2


class NothingMadeUpFor(WithDropout):
    def mask(self, H):
        return (self.rng.random(H.shape) >= self.dropout).astype(float)


class FewUnits(NothingMadeUpFor):
    def __init__(self, hidden=16, dropout=0.5, lr=0.02, epochs=600, batch_size=32, seed=0):
        super().__init__(hidden, dropout, lr, epochs, batch_size, seed)


@pytest.mark.parametrize("seed", [0, 1])
def test_units_left_out_are_made_up_for(seed):
    right, wrong, few = (
        gu.exam.examine(c, task="network", seed=seed) for c in (WithDropout, NothingMadeUpFor, FewUnits)
    )
    assert right.passed, str(right)
    assert "E24" in failed(wrong)
    assert "E24" in failed(few)
