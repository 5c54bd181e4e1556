"""Conventions of right learners are found out and judged by what they promise; a wrong twin of each is caught.

Each pair is one learner in one convention, right, and the same with one thing changed. Kills: a question that takes a
convention for a mistake, and a convention that hides a mistake.
"""

from __future__ import annotations

import pytest

from groundup.exam import examine
from groundup.exam.loading import load
from groundup.exam.mutants import build

HUBER = """
import numpy as np
class HuberLine:
    def __init__(self, delta=1.0, passes=300):
        self.delta, self.passes = delta, passes
    def fit(self, X, y):
        A = np.column_stack([X, np.ones(len(X))])
        t = np.linalg.lstsq(A, y, rcond=None)[0]
        for _ in range(self.passes):
            r = np.abs(y - A @ t)
            s = np.sqrt(np.minimum(1.0, self.delta / np.maximum(r, 1e-12)))
            t = np.linalg.lstsq(A * s[:, None], y * s, rcond=None)[0]
        self.w, self.b = t[:-1], t[-1]
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
QUANTILE = """
import numpy as np
class QuantileLine:
    def __init__(self, tau=0.5, passes=3000):
        self.tau, self.passes = tau, passes
    def fit(self, X, y):
        A = np.column_stack([X, np.ones(len(X))])
        t = np.linalg.lstsq(A, y, rcond=None)[0]
        for _ in range(self.passes):
            r = y - A @ t
            s = np.where(r > 0, self.tau, 1 - self.tau) / np.maximum(np.abs(r), 1e-6)
            t = np.linalg.solve(A.T @ (A * s[:, None]), A.T @ (s * y))
        self.w, self.b = t[:-1], t[-1]
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
SETTINGS = """
import numpy as np
from typing import NamedTuple
class Settings(NamedTuple):
    learning_rate: float = 0.1
    epochs: int = 2000
    lam: float = 0.05
class Shrunk:
    def __init__(self, settings: Settings = Settings()):
        self.settings = settings
    def fit(self, X, y):
        s = self.settings
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(s.epochs):
            e = X @ self.w + self.b - y
            self.w = self.w - s.learning_rate * (X.T @ e / len(y) + s.lam * self.w)
            self.b = self.b - s.learning_rate * e.mean()
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
INVERSE = """
import numpy as np
class Logistic:
    def __init__(self, C=1.0, passes=60):
        self.C, self.passes = C, passes
    def fit(self, X, y):
        A = np.column_stack([X, np.ones(len(X))])
        R = np.eye(A.shape[1])
        R[-1, -1] = 0.0
        t = np.zeros(A.shape[1])
        for _ in range(self.passes):
            p = 0.5 + 0.5 * np.tanh(A @ t / 2)
            H = self.C * (A.T * (p * (1 - p))) @ A + R
            t = t - np.linalg.solve(H, self.C * A.T @ (p - y) + R @ t)
        self.w, self.b = t[:-1], t[-1]
        return self
    def predict_proba(self, X):
        p = 0.5 + 0.5 * np.tanh((X @ self.w + self.b) / 2)
        return np.column_stack([1 - p, p])
    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)
"""
ALWAYS = """
import numpy as np
class FixedRidge:
    "Ridge regression; the penalty on the weights is 0.5 |w|^2, and the bias is free of it."
    def fit(self, X, y):
        Z, m = X - X.mean(axis=0), X.mean(axis=0)
        self.w = np.linalg.solve(Z.T @ Z + 0.5 * np.eye(X.shape[1]), Z.T @ (y - y.mean()))
        self.b = y.mean() - m @ self.w
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
FALLING = """
import numpy as np
class Walk:
    def __init__(self, lr=0.1, epochs=1000):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for k in range(self.epochs):
            e = X @ self.w + self.b - y
            rate = self.lr / (1 + 0.01 * k)
            self.w = self.w - rate * X.T @ e / len(y)
            self.b = self.b - rate * e.mean()
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
SHARE = """
import numpy as np
class SafeWalk:
    def __init__(self, lr=0.5, epochs=2000):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        A = np.column_stack([X, np.ones(len(X))])
        rate = self.lr / (np.linalg.norm(A, 2) ** 2 / len(A))
        t = np.zeros(A.shape[1])
        for _ in range(self.epochs):
            t = t - rate * A.T @ (A @ t - y) / len(A)
        self.w, self.b = t[:-1], t[-1]
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
STANDARDISED = """
import numpy as np
class MeanFirst:
    def __init__(self, lr=0.2, epochs=3000):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        m, s = X.mean(axis=0), X.std(axis=0)
        Z, w, b = (X - m) / s, np.zeros(X.shape[1]), y.mean()
        for _ in range(self.epochs):
            e = Z @ w + b - y
            w = w - self.lr * Z.T @ e / len(y)
            b = b - self.lr * e.mean()
        self.w = w / s
        self.b = b - self.w @ m
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
MANY = """
import numpy as np
class Softmax:
    def __init__(self, lr=0.5, epochs=1000, batch_size=16):
        self.lr, self.epochs, self.batch_size = lr, epochs, batch_size
    def fit(self, X, y):
        self.classes_, c = np.unique(y, return_inverse=True)
        T = np.eye(len(self.classes_))[c]
        self.V, self.offsets = np.zeros((X.shape[1], T.shape[1])), np.zeros(T.shape[1])
        self.W = self.V
        for _ in range(self.epochs):
            for k in range(0, len(X), self.batch_size):
                part = slice(k, k + self.batch_size)
                G = (self.predict_proba(X[part]) - T[part]) / len(X[part])
                self.W = self.W - self.lr * X[part].T @ G
                self.offsets = self.offsets - self.lr * G.sum(axis=0)
        return self
    def predict_proba(self, X):
        z = X @ self.W + self.offsets
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
"""
SIGNS = """
import numpy as np
class Signs:
    def __init__(self, lr=0.5, epochs=1000):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        s = 2 * y.astype(float) - 1
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            g = -s / (1 + np.exp(s * (X @ self.w + self.b)))
            self.w = self.w - self.lr * X.T @ g / len(s)
            self.b = self.b - self.lr * g.mean()
        return self
    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-(X @ self.w + self.b)))
        return np.column_stack([1 - p, p])
    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)
"""
DECAYS = """
import numpy as np
class Decays:
    def __init__(self, lr=0.2, decay=0.98, epochs=100):
        self.lr, self.decay, self.epochs = lr, decay, epochs
    def fit(self, X, y):
        rate = self.lr
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            e = X @ self.w + self.b - y
            self.w = self.w - rate * X.T @ e / len(y)
            self.b = self.b - rate * e.mean()
            rate = rate * self.decay
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
STRANGER = """
import numpy as np
class Shy:
    def __init__(self, kappa=0.5):
        self.kappa = kappa
    def fit(self, X, y):
        Z, m = X - X.mean(axis=0), X.mean(axis=0)
        self.w = np.linalg.solve(Z.T @ Z + self.kappa * np.eye(X.shape[1]), Z.T @ (y - y.mean()))
        self.b = y.mean() - m @ self.w
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
SPANISH = """
import numpy as np
class Recta:
    def __init__(self, con_intercepto=True):
        self.con_intercepto = con_intercepto
    def _ampliar(self, X):
        X = np.asarray(X, dtype=float)
        return np.column_stack([X, np.ones(len(X))]) if self.con_intercepto else X
    def ajustar(self, X, y):
        coeficientes = np.linalg.lstsq(self._ampliar(X), np.asarray(y, float), rcond=None)[0]
        self.pendientes, self.ordenada = coeficientes[: X.shape[1]], coeficientes[-1] * self.con_intercepto
        return self
    def predecir(self, X):
        return np.asarray(X) @ self.pendientes + self.ordenada
    def error(self, X, y):
        return float(np.mean((self.predecir(X) - y) ** 2))
"""
GERMAN = """
import numpy as np
class Logistisch:
    def __init__(self, lernrate=0.1, lam=0.1, epochen=1000):
        self.lernrate, self.lam, self.epochen = lernrate, lam, epochen
    def anpassen(self, X, y):
        self.gewichte, self.achse = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochen):
            fehler = self.wahrscheinlichkeit(X) - y
            gradient = X.T @ fehler / len(X) + self.lam * self.gewichte
            self.gewichte = self.gewichte - self.lernrate * gradient
            self.achse = self.achse - self.lernrate * fehler.mean()
        return self
    def wahrscheinlichkeit(self, X):
        return 1 / (1 + np.exp(-(X @ self.gewichte + self.achse)))
    def vorhersagen(self, X):
        return (self.wahrscheinlichkeit(X) >= 0.5).astype(int)
"""
MARGINS = """
import numpy as np
class Margins:
    ETA0, EPOCHS, SEED = 0.5, 60, 1
    def __call__(self, X):
        return np.asarray(X, float) @ self.w + self.b
    def train(self, X, y):
        if not set(np.unique(y)) <= {-1, 1}:
            raise ValueError("labels must be -1 or +1")
        rng, t = np.random.RandomState(self.SEED), 0
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.EPOCHS):
            for i in rng.permutation(len(X)):
                eta = self.ETA0 / (1 + 0.01 * t)
                g = -y[i] / (1 + np.exp(y[i] * (X[i] @ self.w + self.b)))
                self.w, self.b, t = self.w - eta * g * X[i], self.b - eta * g, t + 1
        return self
    def classify(self, X):
        return np.where(self(X) >= 0, 1, -1)
"""
ROUNDED = '''
import numpy as np
def gradient_descent(X: list, y: list, alpha: float, iterations: int) -> list:
    """X has a column of ones. The coefficients are rounded to four decimals."""
    X, y = np.array(X, float), np.array(y, float)
    theta = np.zeros(X.shape[1])
    for _ in range(iterations):
        theta = theta - alpha * X.T @ (X @ theta - y) / len(y)
    return [round(float(t), 4) for t in theta]
'''
HISTORY = """
import numpy as np
class Remembers:
    history = []
    def __init__(self, lr=0.1, epochs=100):
        self.lr, self.epochs = lr, epochs
    def fit(self, X, y):
        self.history = []
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            e = X @ self.w + self.b - y
            self.w, self.b = self.w - self.lr * X.T @ e / len(y), self.b - self.lr * e.mean()
            self.history.append(float(np.mean(e**2)))
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""
PAIRS_OF_COLUMNS = """
import random
import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
class Network:
    def __init__(self, sizes):
        self.biases = [np.random.randn(k, 1) for k in sizes[1:]]
        self.weights = [np.random.randn(k, j) / np.sqrt(j) for j, k in zip(sizes[:-1], sizes[1:])]
    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(w @ a + b)
        return a
    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for _ in range(epochs):
            random.shuffle(training_data)
            for k in range(0, len(training_data), mini_batch_size):
                self.step(training_data[k : k + mini_batch_size], eta)
    def step(self, batch, eta):
        slopes = [self.backprop(x, y) for x, y in batch]
        for k in range(len(self.weights)):
            self.weights[k] = self.weights[k] - eta / len(batch) * sum(w[k] for _, w in slopes)
            self.biases[k] = self.biases[k] - eta / len(batch) * sum(b[k] for b, _ in slopes)
    def backprop(self, x, y):
        outs = [x]
        for b, w in zip(self.biases, self.weights):
            outs.append(sigmoid(w @ outs[-1] + b))
        delta, bs, ws = outs[-1] - y, [], []
        for k in range(len(self.weights) - 1, -1, -1):
            bs.insert(0, delta)
            ws.insert(0, delta @ outs[k].T)
            delta = (self.weights[k].T @ delta) * outs[k] * (1 - outs[k])
        return bs, ws
"""
PAIRS = {
    "pairs of columns": (PAIRS_OF_COLUMNS, "Network", "network", "* outs[k] * (1 - outs[k])", "* outs[k]"),
    "methods with Spanish names": (SPANISH, "Recta", "regression", "coeficientes[-1] *", "1.1 * coeficientes[-1] *"),
    "methods with German names": (GERMAN, "Logistisch", "classification", "+ self.lam *", "- self.lam *"),
    "labels -1 and 1 only, row by row": (MARGINS, "Margins", "classification", "-y[i] / (1", "-(y[i] + 1) / (1"),
    "answers rounded as it says": (
        ROUNDED,
        "gradient_descent",
        "regression",
        "(X @ theta - y)",
        "(X @ theta - y - 0.1)",
    ),
    "a history of its own": (HISTORY, "Remembers", "regression", "        self.history = []\n", ""),
    "Huber, whose band is its own": (HUBER, "HuberLine", "regression", "np.sqrt(np.minimum", "(np.minimum"),
    "a quantile": (QUANTILE, "QuantileLine", "regression", "r > 0, self.tau", "r < 0, self.tau"),
    "settings in a named tuple": (SETTINGS, "Shrunk", "regression", "s.lam * self.w)", "s.lam * np.abs(self.w))"),
    "C that cannot be infinite": (INVERSE, "Logistic", "classification", "self.C * A.T @ (p - y)", "A.T @ (p - y)"),
    "a penalty by a strange name": (STRANGER, "Shy", "regression", "- m @ self.w", "+ m @ self.w"),
    "a penalty that is always there": (ALWAYS, "FixedRidge", "regression", "np.eye(X.shape[1])", "np.ones((3, 3))"),
    "a rate that falls and arrives": (FALLING, "Walk", "regression", "(1 + 0.01 * k)", "1.02**k"),
    "a share of the safe rate": (SHARE, "SafeWalk", "regression", "A.T @ (A @ t - y)", "A.T @ np.sign(A @ t - y)"),
    "the bias starts at the mean": (STANDARDISED, "MeanFirst", "regression", "- self.w @ m", "+ self.w @ m"),
    "biases by another name": (MANY, "Softmax", "multiclass", "range(0, len(X), self", "range(0, len(X) - 15, self"),
    "labels -1 and 1 inside": (SIGNS, "Signs", "classification", "2 * y.astype(float) - 1", "2 * y - 1"),
    "a decay of its own": (
        DECAYS,
        "Decays",
        "regression",
        "rate = rate * self.decay",
        "self.lr = rate = rate * self.decay",
    ),
}


FIRST_WEIGHTS = """
import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
def propagate(w, b, X, Y):
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / X.shape[1], np.mean(A - Y)
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.1):
    for _ in range(num_iterations):
        dw, db = propagate(w, b, X, Y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return {"w": w, "b": b}, []
def predict(w, b, X):
    return (sigmoid(w.T @ X + b) > 0.5).astype(int)
"""


def test_first_weights_may_stand_before_the_rows_and_predict_is_held_to_them(tmp_path):
    (tmp_path / "columns.py").write_text(FIRST_WEIGHTS, encoding="utf-8")
    card = examine(load(str(tmp_path / "columns.py")), "classification")
    assert card.passed, str(card)
    assert card.conventions["rows"] == "each column of X is a sample"
    (tmp_path / "wrong_one.py").write_text(FIRST_WEIGHTS.replace("(sigmoid(w.T @ X + b)", "(w.T @ X + b"), "utf-8")
    assert "C03" in [v.id for v in examine(load(str(tmp_path / "wrong_one.py")), "classification").failed]


@pytest.mark.parametrize("name", PAIRS)
def test_the_right_one_passes_and_its_wrong_twin_is_caught(name):
    code, thing, task, right, wrong = PAIRS[name]
    assert code.count(right) == 1
    card = examine(build(code, thing, name), task)
    assert card.passed, str(card)
    card = examine(build(code.replace(right, wrong), thing, f"{name}, wrong"), task)
    assert not card.passed, str(card)
