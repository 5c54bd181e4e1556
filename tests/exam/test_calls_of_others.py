"""How strangers' classes are made and taught, and errors that no call can be to blame for."""

import inspect
import itertools
import textwrap

import numpy as np
import pytest

import groundup as gu
from groundup.exam import own_errors
from groundup.exam.loading import load

NUMBERS = itertools.count()


@pytest.fixture
def module(tmp_path):
    def made(text: str):
        file = tmp_path / f"called_by_others_{next(NUMBERS)}.py"  # a module's name is its own once it is imported
        file.write_text("import numpy as np\n" + textwrap.dedent(inspect.cleandoc(text)), encoding="utf-8")
        return load(str(file))

    return made


LEARNT_LATER = """
class LineFinder:
    def __init__(self, X, y, learning_rate, batch_size, max_iterations):
        self.X, self.y, self.rate, self.size, self.most = X, y, learning_rate, batch_size, max_iterations
        self.theta = np.zeros(X.shape[1])
    def optimize(self):
        for _ in range(self.most):
            for k in range(0, len({rows}), self.size):
                A, b = self.X[k : k + self.size], self.y[k : k + self.size]
                self.theta = self.theta {sign} self.rate * A.T @ (A @ self.theta - b) / len(b)
        return self.theta
"""


@pytest.mark.parametrize(("sign", "rows", "right"), [("-", "self.X", True), ("+", "self.X", False), ("-", "X", False)])
def test_a_class_that_is_made_with_its_rows(module, sign, rows, right):
    """Kills: rows that are given to the class, and not to what learns, so that nothing could be asked.

    The wrong ones step uphill, and know no X.
    """
    card = gu.exam.examine(module(LEARNT_LATER.format(sign=sign, rows=rows)))
    assert card.passed == right
    assert bool(card.failed) != right


def test_a_pace_that_cannot_be_told_is_not_judged(module):
    """Kills: a rate of ours that is too small, and an answer that is then called wrong."""
    text = """
    class Descent:
        def __init__(self, X, y, learning_rate):
            self.X, self.y, self.rate = X, y, learning_rate
        def run(self):
            self.w, before = np.zeros(self.X.shape[1]), np.inf
            while abs(before - np.mean((self.X @ self.w - self.y) ** 2)) > 1e-8:
                before = np.mean((self.X @ self.w - self.y) ** 2)
                self.w = self.w - self.rate * self.X.T @ (self.X @ self.w - self.y) / len(self.y)
    """
    card = gu.exam.examine(module(text))
    assert not card.passed
    assert not card.failed


@pytest.mark.parametrize(("reduced", "right"), [("mean", True), ("sum", False)])
def test_a_rate_when_it_is_made_and_epochs_when_it_learns(module, reduced, right):
    """Kills: a rate that is not turned, because the epochs are an argument of fit."""
    text = f"""
    class Line:
        def __init__(self, lr=0.01):
            self.lr = lr
        def fit(self, X, y, epochs=1000):
            self.w, self.b = np.zeros(X.shape[1]), 0.0
            for _ in range(epochs):
                error = self.predict(X) - y
                self.w = self.w - self.lr * X.T @ error / len(y)
                self.b = self.b - self.lr * error.{reduced}()
        def predict(self, X):
            return X @ self.w + self.b
    """
    card = gu.exam.examine(module(text))
    assert card.passed == right
    assert bool(card.failed) != right


RIDGE = """
class RidgeRegression:
    def __init__(self, learningRate, num_iter, {name}):
        self.rate, self.steps, self.{name} = learningRate, num_iter, {name}
    def fit(self, X, y):
        self.W, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.steps):
            error = X @ self.W + self.b - y
            self.W = self.W - self.rate * (X.T @ error + self.{name} * {pull}) / len(y)
            self.b = self.b - self.rate * error.mean()
    def predict(self, X):
        return X @ self.W + self.b
"""


@pytest.mark.parametrize("name", ["penality", "penalty", "l2_penality", "regularisaton"])
@pytest.mark.parametrize(("pull", "right"), [("self.W", True), ("-self.W", False)])
def test_a_price_with_a_slip_in_its_name(module, name, pull, right):
    """Kills: a price that must be given and is spelt otherwise; one that is set to none and never asked for."""
    card = gu.exam.examine(module(RIDGE.format(name=name, pull=pull)))
    assert card.passed == right
    assert bool(card.failed) != right


START = """
class Line:
    def __init__(self, w, b, lr=0.1, epochs=100, verbose=False):
        self.w, self.b, self.lr, self.epochs = w, b, lr, epochs
    def fit(self, X, y):
        for _ in range(self.epochs):
            error = self.predict(X) - y
            self.w = self.w - self.lr * X.T @ error / len(y)
            self.b = self.b - self.lr * error.{reduced}()
    def predict(self, X):
        return X @ self.w + self.b
"""


@pytest.mark.parametrize(("reduced", "right"), [("mean", True), ("sum", False)])
def test_a_start_that_is_given_to_the_class(module, reduced, right):
    """Kills: weights that must be given when it is made; a second training that goes on called a mistake."""
    card = gu.exam.examine(module(START.format(reduced=reduced)))
    assert card.passed == right
    assert bool(card.failed) != right


@pytest.mark.parametrize(("factor", "right"), [("", True), ("2 * ", False)])
def test_a_class_of_tensors_without_autograd(module, factor, right):
    """Kills: arrays given to a class whose file calls torch.transpose on them; a torch class that is never asked."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    text = f"""
    import torch
    class Line:
        def __init__(self, lr=0.1, epochs=100):
            self.lr, self.epochs = lr, epochs
        def fit(self, X, y):
            self.w, self.b = torch.zeros(X.shape[1]).to(X.dtype), torch.zeros(1).to(X.dtype)
            for _ in range(self.epochs):
                error = self.predict(X) - y
                self.w -= self.lr * torch.transpose(X, 0, 1) @ error / len(y)
                self.b -= {factor}self.lr * torch.mean(error)
        def predict(self, X):
            return X @ self.w + self.b
    """
    card = gu.exam.examine(module(text).Line)
    assert card.passed == right
    assert bool(card.failed) != right


SLIPS = {
    "X.shpae": (True, "AttributeError"),
    "X.grads": (False, "AttributeError"),  # a tensor of somebody's own may have that
    "X.items": (False, "AttributeError"),  # a dict has that
    "[0 for _ in range(len(X) / 2)]": (True, "TypeError"),
    "X[: 0.8 * len(X)]": (True, "TypeError"),
    "[0 for _ in range(size)]": (False, "TypeError"),
    "self.memory['w']": (True, "TypeError"),
    "self.later['w']": (False, "TypeError"),
}


@pytest.mark.parametrize("line", SLIPS)
def test_errors_that_no_call_is_to_blame_for(module, line):
    """Kills: a slip of the pen called a call that does not fit, and a call that does not fit called a slip."""
    text = f"""
    class Thing:
        def __init__(self):
            self.memory, self.later = None, None
        def fit(self, X, size):
            return {line}
        def compile(self, later):
            self.later = later
    """
    text = text.replace("self.memory, self.later = None, None", "self.memory = None; self.later = None")
    own, kind = SLIPS[line]
    with pytest.raises((AttributeError, TypeError)) as raised:
        module(text).Thing().fit(np.zeros((4, 2)), 3.5)
    assert (own_errors.its_own(raised.value), raised.type.__name__) == (own, kind)


@pytest.mark.parametrize(("made", "right"), [("self.h = {}", True), ("pass", False)])
def test_a_memory_that_is_never_made(module, made, right):
    """Kills: "not examined" for an optimiser whose first step indexes None, whatever it is given."""
    text = f"""
    class AdaGrad:
        def __init__(self, lr=0.01):
            self.lr = lr
            self.h = None
        def update(self, params, grads):
            if self.h is None:
                {made}
                for key in params:
                    self.h[key] = np.zeros_like(params[key])
            for key in params:
                self.h[key] += grads[key] ** 2
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
    """
    card = gu.exam.examine(module(text), "optimiser")
    assert card.passed == right
    assert bool(card.failed) != right
