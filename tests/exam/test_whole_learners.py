# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportMissingParameterType=false, reportAttributeAccessIssue=false
"""Learners as other people write them, right ones and the same with one mistake: what the exam makes of their shape.

The questions here are exact, so their false-alarm probability is 0.
"""

import sys
import types

import numpy as np
import pytest

import groundup as gu
from groundup.exam.pieces import costs


def failed(card):
    return [verdict.id for verdict in card.failed]


def verdict(card, id):
    return next(v for v in card.verdicts if v.id.split(" ")[0] == id)


def descent_with_history(X, y, theta, alpha=0.1, num_iters=100):
    history = np.zeros(num_iters)
    theta = theta.copy()
    for k in range(num_iters):
        error = X @ theta - y
        history[k] = (error @ error) / (2 * len(y))
        theta = theta - alpha * X.T @ error / len(y)
    return theta, history


def test_losses_of_one_epoch_are_no_bias():
    card = gu.exam.examine(descent_with_history)
    assert card.passed, str(card)
    assert card.conventions["bias"] == "X gets a column of ones, and the first weight is the bias"


class FallsToNothing:
    def __init__(self, lr=0.1, epochs=500):
        self.lr, self.epochs = lr, epochs

    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for k in range(self.epochs):
            rate = self.lr * (1 - k / self.epochs)
            error = (X @ self.w + self.b - y) / len(y)
            self.w, self.b = self.w - rate * X.T @ error, self.b - rate * error.sum()
        return self

    def predict(self, X):
        return X @ self.w + self.b


def test_a_rate_that_falls_to_nothing_with_the_last_epoch_is_a_convention():
    card = gu.exam.examine(FallsToNothing)
    assert card.passed, str(card)
    assert "1 - t / epochs" in card.conventions["training"]


class StopsEarly:
    """After training the weights of the best epoch are restored."""

    keep = staticmethod(np.copy)

    def __init__(self, lr=0.05, max_epochs=300, seed=0):
        self.lr, self.max_epochs, self.seed = lr, max_epochs, seed

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        order = rng.permutation(len(X))
        aside, rest = order[: len(X) // 5], order[len(X) // 5 :]
        A = np.column_stack([X, np.ones(len(X))])
        self.theta, best, self.val_curve = np.zeros(A.shape[1]), np.inf, []
        kept = self.theta
        for _ in range(self.max_epochs):
            for rows in np.array_split(rng.permutation(rest), 4):
                self.theta -= self.lr * A[rows].T @ (A[rows] @ self.theta - y[rows]) / len(rows)
            self.val_curve.append(float(np.mean((A[aside] @ self.theta - y[aside]) ** 2)))
            if self.val_curve[-1] < best:
                best, kept = self.val_curve[-1], self.keep(self.theta)
        self.theta = kept
        return self

    def predict(self, X):
        return X @ self.theta[:-1] + self.theta[-1]


class StopsEarlyByReference(StopsEarly):
    """After training the weights of the best epoch are restored."""

    keep = staticmethod(np.asarray)


def test_the_best_epoch_is_that_of_its_own_notes():
    right, wrong = (gu.exam.examine(c) for c in (StopsEarly, StopsEarlyByReference))
    assert verdict(right, "B21c").outcome == "passed", str(right)
    assert failed(wrong) == ["B21c"]


class Decays:
    """Row by row, with the learning rate lr0 / (1 + decay * epoch)."""

    compounds = False

    def __init__(self, lr0=0.05, decay=0.05, epochs=200, random_state=0):
        self.lr0, self.decay, self.epochs, self.random_state = lr0, decay, epochs, random_state

    def fit(self, X, y):
        rng = np.random.default_rng(self.random_state)
        A = np.column_stack([X, np.ones(len(X))])
        self.theta, rate = np.zeros(A.shape[1]), self.lr0
        for epoch in range(self.epochs):
            rate = (rate if self.compounds else self.lr0) / (1 + self.decay * epoch)
            for i in rng.permutation(len(X)):
                self.theta = self.theta - rate * (A[i] @ self.theta - y[i]) * A[i]
        return self

    def predict(self, X):
        return X @ self.theta[:-1] + self.theta[-1]


class DecaysTwice(Decays):
    compounds = True


def test_a_decay_is_read_off_single_rows():
    right, wrong = (gu.exam.examine(c) for c in (Decays, DecaysTwice))
    assert verdict(right, "M02b").outcome == "passed", str(right)
    assert "M02b" in failed(wrong)


class HuberLine:
    far = "delta / a"

    def __init__(self, delta=1.0, max_iter=300):
        self.delta, self.max_iter = delta, max_iter

    def fit(self, X, y):
        A = np.column_stack([X, np.ones(len(X))])
        beta = np.linalg.lstsq(A, y, rcond=None)[0]
        for _ in range(self.max_iter):
            a = np.maximum(np.abs(y - A @ beta), 1e-12)
            w = np.where(a <= self.delta, 1.0, (self.delta if self.far == "delta / a" else 1.0) / a)
            beta = np.linalg.solve(A.T @ (A * w[:, None]), A.T @ (w * y))
        self.coef_, self.intercept_ = beta[:-1], beta[-1]
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_


class HuberLineOfOneBand(HuberLine):
    far = "1 / a"


def test_the_band_of_a_huber_loss_is_tried_at_other_widths():
    right, wrong = (gu.exam.examine(c) for c in (HuberLine, HuberLineOfOneBand))
    assert right.passed, str(right)
    assert failed(wrong) == ["R01b"]


class Thinned:
    """A network with drop-out, an l2 penalty and a leaky relu; each of three mistakes can be made."""

    slip = ""

    def __init__(self, hidden=12, lr=0.1, epochs=50, dropout=0.0, l2=0.0, seed=0):
        self.hidden, self.lr, self.epochs = hidden, lr, epochs
        self.dropout, self.l2, self.seed = dropout, l2, seed

    def forward(self, X, mask=1.0):
        self.z = X @ self.W1 + self.b1
        self.a = np.where(self.z > 0, self.z, 0.2 * self.z) * mask
        return self.a @ self.W2 + self.b2

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        self.W1, self.b1 = rng.normal(size=(X.shape[1], self.hidden)), np.zeros(self.hidden)
        self.W2, self.b2 = rng.normal(size=(self.hidden, 1)), np.zeros(1)
        for _ in range(self.epochs):
            kept = rng.random((len(X), self.hidden)) >= self.dropout
            mask = kept / (1 - self.dropout)
            error = (self.forward(X, mask) - y.reshape(-1, 1)) / len(X)
            back = (error @ self.W2.T) * (kept if self.slip == "scale" else mask)
            back = back * np.where(self.z > 0, 1.0, 0.0 if self.slip == "slope" else 0.2)
            last = 0.0 if self.slip == "penalty" else self.l2
            self.W2, self.b2 = self.W2 - self.lr * (self.a.T @ error + last * self.W2), self.b2 - self.lr * error.sum(0)
            self.W1, self.b1 = self.W1 - self.lr * (X.T @ back + self.l2 * self.W1), self.b1 - self.lr * back.sum(0)
        return self

    def predict(self, X):
        return self.forward(X).ravel()


@pytest.mark.parametrize(("slip", "id"), [("scale", "E21"), ("penalty", "E22"), ("slope", "E01b")])
def test_a_network_is_asked_for_drop_out_penalty_and_leaky_slope(slip, id):
    right = gu.exam.examine(Thinned, task="network")
    assert right.passed, str(right)
    assert {v.id for v in right.verdicts if v.outcome == "passed"} >= {"E21", "E22", "E01b"}
    assert id in failed(gu.exam.examine(type("Thinned", (Thinned,), {"slip": slip}), task="network"))


def cost_of_ridge(theta, X, y, lambda_):
    error = X @ theta - y
    return (error @ error + lambda_ * theta @ theta) / (2 * len(y)), (X.T @ error + lambda_ * theta) / len(y)


def cost_of_another_ridge(theta, X, y, lambda_):
    error = X @ theta - y
    return (error @ error + lambda_ * theta @ theta) / (2 * len(y)), X.T @ error / len(y) + lambda_ * theta


@pytest.mark.parametrize(("function", "right"), [(cost_of_ridge, True), (cost_of_another_ridge, False)])
def test_a_cost_that_comes_with_its_gradient(function, right):
    found = dict(costs.both_of({function.__name__: function}))
    evidence = costs.cost_with_its_gradient.ask(costs.Both(found[function.__name__]), np.random.default_rng(0))
    assert evidence.passed == right
    assert (evidence.symptom == "penalty") != right


class OneByOne:
    def __init__(self, speed=0.5, rounds=800):
        self.speed, self.rounds = speed, rounds

    def learn(self, rows, answers):
        self.w, self.b = np.zeros(len(rows[0])), 0.0
        for _ in range(self.rounds):
            error = (1 / (1 + np.exp(-(rows @ self.w + self.b))) - answers) / len(rows)
            self.w, self.b = self.w - self.speed * rows.T @ error, self.b - self.speed * error.sum()

    def infer(self, row):
        return 1 if row @ self.w + self.b > 0 else 0


def test_a_predict_of_one_row_is_asked_row_by_row():
    card = gu.exam.examine(OneByOne, task="classification")
    assert card.passed, str(card)


def trained_and_tested(X_train, Y_train, X_test, Y_test, num_iterations=100, learning_rate=0.1):
    w, b = np.zeros(X_train.shape[1]), 0.0
    for _ in range(num_iterations):
        error = (X_train @ w + b - Y_train) / len(Y_train)
        w, b = w - learning_rate * X_train.T @ error, b - learning_rate * error.sum()
    return {"w": w, "b": b, "error": float(np.mean((X_test @ w + b - Y_test) ** 2))}


def test_a_training_that_wants_rows_to_test_gets_some():
    card = gu.exam.examine(trained_and_tested)
    assert card.passed, str(card)


TAUGHT_BESIDE = """
import numpy as np
class Softmax:
    def __init__(self, num_features, num_classes):
        self.W, self.b = np.zeros((num_features, num_classes)), np.zeros(num_classes)
    def forward(self, x):
        z = x @ self.W + self.b
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    def backward(self, x, d):
        return x.T @ d / len(x), d.mean(axis=0)
    def predict(self, x):
        return self.forward(x).argmax(axis=1)
def train(model, x, y, num_epochs=100, learning_rate=0.1):
    for _ in range(num_epochs):
        gw, gb = model.backward(x, model.forward(x) - np.eye(model.W.shape[1])[y])
        model.W -= learning_rate * gw
        model.b -= learning_rate * gb
"""
LIST_OF_LAYERS = """
import torch
class Deep(torch.nn.Module):
    def __init__(self, in_dim, out_dim=1):
        super().__init__()
        self.hidden = KIND([torch.nn.Linear(in_dim, 8), torch.nn.Linear(8, 8)])
        self.out = torch.nn.Linear(8, out_dim)
    def forward(self, x):
        for layer in self.hidden:
            x = torch.tanh(layer(x))
        return self.out(x)
def train(model, X, y, learning_rate=0.05, epochs=50):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(epochs):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(X), y).backward()
        optimizer.step()
"""


def module_of(name, code):
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(code, module.__dict__)
    return module


def test_a_class_is_trained_by_the_function_beside_it():
    try:
        card = gu.exam.examine(module_of("taught_beside", TAUGHT_BESIDE).Softmax, task="multiclass")
    finally:
        del sys.modules["taught_beside"]
    assert card.passed, str(card)


@pytest.mark.parametrize(("kind", "found"), [("list", ["T01"]), ("torch.nn.ModuleList", [])])
def test_layers_in_a_plain_list_never_learn(kind, found):
    pytest.importorskip("torch", reason="modules of PyTorch are examined where it is installed")
    try:
        card = gu.exam.examine(module_of("in_a_list", LIST_OF_LAYERS.replace("KIND", kind)).Deep, task="network")
    finally:
        del sys.modules["in_a_list"]
    assert failed(card) == found, str(card)


class Value:
    """A number that remembers how it was made."""

    by_value = False

    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents, self.send = float(data), 0.0, parents, lambda: None

    def __eq__(self, other):
        return self.data == other.data if self.by_value else self is other

    def __hash__(self):
        return hash(self.data)

    def made(self, data, slopes, *parents):
        out = type(self)(data, parents)

        def send():
            for parent, slope in zip(parents, slopes, strict=True):
                parent.grad += slope * out.grad

        out.send = send
        return out

    def lift(self, other):
        return other if isinstance(other, Value) else type(self)(other)

    def __add__(self, other):
        other = self.lift(other)
        return self.made(self.data + other.data, (1.0, 1.0), self, other)

    def __mul__(self, other):
        other = self.lift(other)
        return self.made(self.data * other.data, (other.data, self.data), self, other)

    def tanh(self):
        return self.made(np.tanh(self.data), (1 - np.tanh(self.data) ** 2,), self)

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.send()


class ValueByValue(Value):
    by_value = True


def test_an_engine_of_autograd_is_asked_for_its_slopes():
    right, wrong = (gu.exam.examine(c, task="parts") for c in (Value, ValueByValue))
    assert right.passed, str(right)
    assert "V03 ValueByValue" in failed(wrong)
