"""Learners whose parts learn together only are put together and asked: right ones pass, wrong twins are caught."""

from __future__ import annotations

import pytest

from groundup.exam.loading import load
from groundup.exam.sitting import sit

TRAINER = """
import numpy as np
class LinearModel:
    def __init__(self, n_features):
        self.w = np.zeros(n_features)
        self.b = 0.0
    def forward(self, X):
        return X @ self.w + self.b
    def gradients(self, X, y):
        e = self.forward(X) - y
        return {"w": X.T @ e / len(y), "b": e.mean()}
class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr
    def step(self, model, grads):
        for name, g in grads.items():
            setattr(model, name, getattr(model, name) - self.lr * g)
class Trainer:
    def __init__(self, model, optimizer, epochs=100):
        self.model, self.optimizer, self.epochs = model, optimizer, epochs
    def train(self, X, y):
        for _ in range(self.epochs):
            self.optimizer.step(self.model, self.model.gradients(X, y))
        return self.model
"""
UPDATES = """
import numpy as np
def init_params(n_features):
    return {"w": np.zeros(n_features), "b": 0.0}
def predict(params, X):
    return X @ params["w"] + params["b"]
def grads(params, X, y):
    e = predict(params, X) - y
    return {"w": X.T @ e / len(y), "b": e.mean()}
def update(params, grads, lr):
    return {k: params[k] - lr * grads[k] for k in params}
"""
STEP = """
import numpy as np
def init(n):
    return np.zeros(n), 0.0
def predict(params, x):
    w, b = params
    return x @ w + b
def step(params, batch, lr=0.1):
    x, y = batch
    e = predict(params, x) - y
    w, b = params
    return w - lr * x.T @ e / len(y), b - lr * e.mean()
"""
CLOSURE = """
import numpy as np
def fit(X, y, lr=0.1, epochs=500):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        e = X @ w + b - y
        w, b = w - lr * X.T @ e / len(y), b - lr * e.mean()
    def predict(X):
        return X @ w + b
    return predict
"""
PAIR = """
import numpy as np
def logistic_regression(lr=0.1, epochs=500):
    state = {}
    def fit(X, y):
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(epochs):
            e = 1 / (1 + np.exp(-(X @ w + b))) - y
            w, b = w - lr * X.T @ e / len(y), b - lr * e.mean()
        state["w"], state["b"] = w, b
    def predict(X):
        return (X @ state["w"] + state["b"] > 0).astype(int)
    return fit, predict
"""
LAYERS = """
import numpy as np
class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros(n_out)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, g):
        self.dW = self.x.T @ g
        self.db = g.sum(axis=0)
        return g @ self.W.T
class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask
    def backward(self, g):
        return g * self.mask
class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr
    def step(self, params, grads):
        for p, g in zip(params, grads):
            p -= self.lr * g
"""
EARLY = """
import numpy as np
class LinearModel:
    def __init__(self, n_features):
        self.params = {"W": np.zeros(n_features), "b": np.zeros(1)}
    def __call__(self, X):
        return X @ self.params["W"] + self.params["b"][0]
    def gradients(self, X, y):
        r = self(X) - y
        return {"W": 2 * X.T @ r / len(y), "b": np.array([2 * r.mean()])}
class Trainer:
    '''When training ends the model holds the weights of the best epoch.'''
    def __init__(self, model, lr=0.05, max_epochs=500, patience=20):
        self.model, self.lr, self.max_epochs, self.patience = model, lr, max_epochs, patience
    def fit(self, X, y, X_val, y_val):
        best, wait = np.inf, 0
        for _ in range(self.max_epochs):
            grads = self.model.gradients(X, y)
            for k in self.model.params:
                self.model.params[k] -= self.lr * grads[k]
            value = np.mean((self.model(X_val) - y_val) ** 2)
            if value < best:
                best, wait = value, 0
                kept = {k: v.copy() for k, v in self.model.params.items()}
            else:
                wait += 1
                if wait >= self.patience:
                    break
        self.model.params = kept
        return self
"""
CASES = {
    "a trainer that keeps the best epoch": (EARLY, "k: v.copy()", "k: v", "B21"),
    "a trainer of a model, with an optimiser": (TRAINER, '"b": e.mean()', '"b": 0.0', "B01"),
    "parameters handed on by their slopes": (UPDATES, '"b": e.mean()', '"b": e.sum()', "B01"),
    "parameters handed on by a batch": (STEP, "w - lr * x.T", "w + lr * x.T", "A01"),
    "a training that hands back predict": (CLOSURE, "w - lr * X.T", "w + lr * X.T", "A01"),
    "a function that hands back fit and predict": (PAIR, "> 0)", "> 1)", "C12"),
    "layers beside an optimiser": (LAYERS, "self.dW = self.x.T @ g", "self.dW = self.x.T @ g / 2", "L02 Dense"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_right_one_passes_and_its_wrong_twin_is_caught(name, tmp_path):
    """Kills: a shape that is asked nothing; one that is asked and never failed."""
    code, right, wrong, id = CASES[name]
    assert code.count(right) == 1
    place = name.replace(" ", "_").replace(",", "")
    (tmp_path / f"{place}_right.py").write_text(code, encoding="utf-8")
    (tmp_path / f"{place}_wrong.py").write_text(code.replace(right, wrong), encoding="utf-8")
    card = sit(load(str(tmp_path / f"{place}_right.py")))
    assert card.passed, str(card)
    assert id in [v.id for v in card.verdicts if v.outcome == "passed"]
    assert id in [v.id for v in sit(load(str(tmp_path / f"{place}_wrong.py"))).failed]


def test_two_parts_for_one_role_make_nothing(tmp_path):
    """Kills: a guess which of two optimisers, or of two models, is meant; an error there told as a mistake."""
    more = TRAINER + "\nclass Momentum(SGD):\n    pass\n"
    (tmp_path / "two_of_a_kind.py").write_text(more, encoding="utf-8")
    assert not sit(load(str(tmp_path / "two_of_a_kind.py")), "regression").failed
    broken = TRAINER.replace("self.optimizer.step(self.model,", "self.optimizer.step(self.models,")
    (tmp_path / "another_call.py").write_text(broken, encoding="utf-8")
    card = sit(load(str(tmp_path / "another_call.py")))
    assert card.outcome == "not examined"
    assert "Trainer(LinearModel(...)).train(X, y)" in str(card)


ADALINE = '''
import numpy as np
class Unit:
    """A classifier: a linear unit with a threshold."""
    def __init__(self, eta=0.01, n_iter=50):
        self.eta, self.n_iter = eta, n_iter
    def fit(self, X, y):
        self.w_ = np.zeros(1 + X.shape[1])
        for _ in range(self.n_iter):
            errors = y - self.net_input(X)
            self.w_[1:] += self.eta * X.T @ errors
            self.w_[0] += self.eta * errors.sum()
        return self
    def net_input(self, X):
        return X @ self.w_[1:] + self.w_[0]
    def predict(self, X):
        return np.where(self.net_input(X) >= 0.0, 1, -1)
'''


def test_a_linear_unit_with_a_threshold_is_no_wrong_logistic_regression(tmp_path):
    """Kills: Adaline that is failed by questions about the log loss; a logistic regression that passes without one."""
    (tmp_path / "adaline_unit.py").write_text(ADALINE, encoding="utf-8")
    card = sit(load(str(tmp_path / "adaline_unit.py")), "classification")
    assert card.passed, str(card)
    assert "Adaline" in card.conventions["training"]
    (tmp_path / "not_logistic.py").write_text(ADALINE.replace("class Unit", "class LogisticUnit"), encoding="utf-8")
    assert sit(load(str(tmp_path / "not_logistic.py")), "classification").failed
