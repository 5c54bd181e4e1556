"""Networks as courses and videos write them, which no argument of theirs describes: each is called, and judged rightly.

Kills: a training that is told no rate, sizes that are constants of the file, attributes for settings, parameters in
four pieces, rows to validate with that cannot be left out, and scores that come from `loss(X)`.
"""

from __future__ import annotations

import pytest

from groundup.exam.loading import load
from groundup.exam.sitting import sit

PLANAR = """
import numpy as np
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.RandomState(2)
    return {"W1": rng.randn(n_h, n_x) * 0.5, "b1": np.zeros((n_h, 1)),
            "W2": rng.randn(n_y, n_h) * 0.5, "b2": np.zeros((n_y, 1))}
def forward_propagation(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return 1 / (1 + np.exp(-Z2)), {"A1": A1, "A2": 1 / (1 + np.exp(-Z2))}
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - cache["A1"] ** 2)
    return {"W1": dZ1 @ X.T / m, "b1": dZ1.sum(axis=1, keepdims=True) / m,
            "W2": dZ2 @ cache["A1"].T / m, "b2": dZ2.sum(axis=1, keepdims=True) / m}
def update_parameters(parameters, grads, learning_rate=1.2):
    return {k: parameters[k] - learning_rate * grads[k] for k in parameters}
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters
def predict(parameters, X):
    return forward_propagation(X, parameters)[0] > 0.5
"""
XOR = """
import numpy as np
class XorNet:
    def __init__(self):
        self.learning_rate = 0.1
        self.W1, self.b1 = np.random.randn(2, 4), np.zeros((1, 4))
        self.W2, self.b2 = np.random.randn(4, 1), np.zeros((1, 1))
    def forward(self, X):
        self.a1 = np.tanh(X @ self.W1 + self.b1)
        return 1 / (1 + np.exp(-(self.a1 @ self.W2 + self.b2)))
    def train(self, X, y, epochs=10000):
        for _ in range(epochs):
            out = self.forward(X)
            d2 = (y - out) * out * (1 - out)
            d1 = d2 @ self.W2.T * (1 - self.a1**2)
            self.W2 += self.a1.T @ d2 * self.learning_rate
            self.b2 += d2.sum(axis=0, keepdims=True) * self.learning_rate
            self.W1 += X.T @ d1 * self.learning_rate
            self.b1 += d1.sum(axis=0, keepdims=True) * self.learning_rate
    def predict(self, X):
        return (self.forward(X) > 0.5).astype(int)
"""
DIGITS = """
import numpy as np
def init_params():
    rng = np.random.default_rng(0)
    return (rng.random((10, 784)) - 0.5) * 0.1, np.zeros((10, 1)), rng.random((10, 10)) - 0.5, np.zeros((10, 1))
def soft_max(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)
def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2.dot(A1) + b2
    return Z1, A1, Z2, soft_max(Z2)
def codes(Y):
    hot = np.zeros((Y.size, 10))
    hot[np.arange(Y.size), Y] = 1
    return hot.T
def gradient_descent(X, Y, alpha, iterations):
    W1, b1, W2, b2 = init_params()
    for _ in range(iterations):
        Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X)
        dZ2 = A2 - codes(Y)
        dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
        W2 = W2 - alpha * dZ2.dot(A1.T) / Y.size
        b2 = b2 - alpha * np.sum(dZ2, axis=1, keepdims=True) / Y.size
        W1 = W1 - alpha * dZ1.dot(X.T) / Y.size
        b1 = b1 - alpha * np.sum(dZ1, axis=1, keepdims=True) / Y.size
    return W1, b1, W2, b2
"""
SCORES = """
import numpy as np
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.1):
        rng = np.random.RandomState(0)
        self.params = {"W1": std * rng.randn(input_size, hidden_size), "b1": np.zeros(hidden_size),
                       "W2": std * rng.randn(hidden_size, output_size), "b2": np.zeros(output_size)}
    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = self.params.values()
        h = np.maximum(0, X @ W1 + b1)
        scores = h @ W2 + b2
        if y is None:
            return scores
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(y)), y]).mean() + 0.5 * reg * (np.sum(W1**2) + np.sum(W2**2))
        p[np.arange(len(y)), y] -= 1
        p /= len(y)
        back = p @ W2.T * (h > 0)
        return loss, {"W1": X.T @ back + reg * W1, "b1": back.sum(axis=0),
                      "W2": h.T @ p + reg * W2, "b2": p.sum(axis=0)}
    def train(self, X, y, X_val, y_val, learning_rate=1e-3, reg=5e-6, num_iters=100, batch_size=200):
        for _ in range(num_iters):
            rows = np.random.permutation(len(X))[:batch_size]
            _, grads = self.loss(X[rows], y[rows], reg)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
        return (self.predict(X_val) == y_val).mean()
    def predict(self, X):
        return self.loss(X).argmax(axis=1)
"""
WRONG = {
    "its rate is in what it calls": (PLANAR, ' * (1 - cache["A1"] ** 2)', "", "E01b"),
    "its sizes and its rate are constants": (XOR, " * (1 - self.a1**2)", "", "E01b"),
    "digits": (DIGITS, "np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2)", "E01"),
    "scores from loss(X)": (SCORES, " * (h > 0)", "", "E01b"),
}


def seen(code: str, folder):
    """The card of a file."""
    file = folder / f"{folder.name}.py"
    file.write_text(code)
    return sit(load(str(file)))


@pytest.mark.parametrize("name", WRONG)
def test_a_right_one_passes_and_its_wrong_twin_is_caught(name, tmp_path):
    code, right, wrong, question = WRONG[name]
    card = seen(code, tmp_path)
    assert card.passed, [(v.id, v.words) for v in card.failed or card.verdicts[:2]]
    assert {"E01", "E01b"} <= {v.id for v in card.verdicts if v.outcome == "passed"}
    assert code.count(right) == 1
    assert question in {v.id for v in seen(code.replace(right, wrong), tmp_path).failed}


def test_a_rate_that_falls_inside_keeps_falling(tmp_path):
    falls = PLANAR.replace("(parameters, grads)\n    return", "(parameters, grads, 1.2 / (1 + i))\n    return")
    assert falls != PLANAR
    assert "E05" in {v.id for v in seen(falls, tmp_path).failed}


def test_a_constant_rate_at_the_call_is_turned_too(tmp_path):
    assert seen(
        PLANAR.replace("(parameters, grads)\n    return", "(parameters, grads, 0.5)\n    return"), tmp_path
    ).passed


BEST = """
import numpy as np
class LogisticES:
    def __init__(self, lr=0.5, epochs=60):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y, X_val, y_val):
        w, best, self.val_losses_ = np.zeros(X.shape[1] + 1), np.inf, []
        for _ in range(self.epochs):
            e = self._p(X, w) - y
            w -= self.lr * np.concatenate([[e.mean()], X.T @ e / len(y)])
            p = self._p(X_val, w)
            loss = -np.mean(y_val * np.log(p) + (1 - y_val) * np.log(1 - p))
            self.val_losses_.append(loss)
            if loss < best:
                best, self.w_ = loss, w.copy()
        return self
    def _p(self, X, w):
        return 1 / (1 + np.exp(-(X @ w[1:] + w[0])))
    def predict_proba(self, X):
        return self._p(X, self.w_)
    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
"""


def test_rows_to_validate_with_are_given_where_they_cannot_be_left_out(tmp_path):
    assert seen(BEST, tmp_path).passed
    wrong = BEST.replace("w -= self.lr * np", "w = w + self.lr * np")
    assert "B01" in {v.id for v in seen(wrong, tmp_path).failed}
