"""Steps on one row at a time, from any start; a tenth of the epochs; parameters that are stepped one by one."""

import itertools

import pytest

import groundup as gu
from groundup.exam.loading import load

NUMBERS = itertools.count()


def module(folder, text):
    file = folder / f"one_by_one_{next(NUMBERS)}.py"
    file.write_text(f"import random\nimport numpy as np\n{text}", encoding="utf-8")
    return load(str(file))


DRAWN = """
def stochastic_gradient_descent(X, y, learning_rate=0.0001, epochs=10000):
    w, b = np.array([random.random() for _ in range(len(X[0]))]), random.random()
    for _ in range(epochs):
        i = random.randint(0, len(X) - 1)
        error = y[{label}] - np.dot(w, X[i]) - b
        w, b = w + learning_rate * error * X[i], b {sign} learning_rate * error
    return w, b
"""
IN_ORDER = """
class Descent:
    def __init__(self, learning_rate=0.01, epochs=100):
        self.lr, self.epochs = learning_rate, epochs
    def fit(self, X, y):
        self.intercept, self.coef = 0.0, np.ones(X.shape[1])
        for _ in range(self.epochs):
            for i in range(X.shape[0]):
                slope = -2 * (y[{label}] - X[i] @ self.coef - self.intercept)
                self.intercept = self.intercept {sign} self.lr * slope
                self.coef = self.coef - self.lr * slope * X[i]
    def predict(self, X):
        return X @ self.coef + self.intercept
"""


@pytest.mark.parametrize(("label", "sign", "right"), [("i", "+", True), ("0", "+", False), ("i", "-", False)])
def test_one_row_drawn_in_each_epoch(tmp_path, label, sign, right):
    """Kills: a rate for all rows at once given to one that steps on a single row, which then runs away."""
    card = gu.exam.examine(module(tmp_path, DRAWN.format(label=label, sign=sign)))
    assert card.passed == right
    assert bool(card.failed) != right


@pytest.mark.parametrize(("label", "sign", "right"), [("i", "-", True), ("0", "-", False), ("i", "+", False)])
def test_row_after_row_from_weights_of_one(tmp_path, label, sign, right):
    """Kills: a start that two rates only tell nearly, so that steps in order are not known again."""
    card = gu.exam.examine(module(tmp_path, IN_ORDER.format(label=label, sign=sign)))
    assert card.passed == right
    assert bool(card.failed) != right


FIRST = """
def train(alpha0, x_train, y_train, lr, num_epoch):
    alpha = alpha0.copy()
    for _ in range(num_epoch):
        for x, y in zip(x_train, y_train):
            p = 1 / (1 + np.exp(-(alpha[:-1] @ x + alpha[-1])))
            alpha = alpha - lr * {error} * np.append(x, 1)
    return alpha
"""


@pytest.mark.parametrize(("error", "right"), [("(p - y)", True), ("(p - y_train[0])", False)])
def test_weights_and_bias_that_stand_first(tmp_path, error, right):
    """Kills: a start called alpha0 that is taken for rows; one number more than there are columns."""
    card = gu.exam.examine(module(tmp_path, FIRST.format(error=error)).train, "classification")
    assert card.passed == right
    assert bool(card.failed) != right


TENTH = """
class LogisticRegression:
    def __init__(self, alpha=0.01, num_iters=1000):
        self.alpha, self.num_iters = alpha, num_iters
    def fit(self, X, y):
        self.w, self.b = np.random.randn(X.shape[1]) * 0.01, 0.0
        for i in range(self.num_iters):
            error = 1 / (1 + np.exp(-(X @ self.w + self.b))) - y
            self.w, self.b = self.w - self.alpha * X.T @ error / {rows}, self.b - self.alpha * error.mean()
            if i % (self.num_iters // 10) == 0:
                print(i)
    def predict(self, X):
        return (X @ self.w + self.b >= 0).astype(int)
"""


@pytest.mark.parametrize(("rows", "right"), [("len(y)", True), ("len(y) ** 2", False)])
def test_a_tenth_of_the_epochs(tmp_path, rows, right):
    """Kills: a division by zero of ours, who ask for one epoch; a start that is drawn twice then."""
    card = gu.exam.examine(module(tmp_path, TENTH.format(rows=rows)), "classification")
    assert card.passed == right
    assert bool(card.failed) != right


PARAMETER = """
class SGD:
    def __init__(self, lr, momentum=None):
        self.lr, self.momentum = lr, momentum
    def update(self, param):
        if param.require_grad:
            if self.momentum:
                param.velocity = self.momentum * param.velocity {sign} self.lr * param.gradient
                param.tensor -= param.velocity
            else:
                param.tensor -= self.lr * param.gradient
            param.gradient.fill(0)
"""


@pytest.mark.parametrize(("sign", "right"), [("+", True), ("-", False)])
def test_a_parameter_that_is_an_object(tmp_path, sign, right):
    """Kills: update(param) called with parameters and gradients, and so not at all."""
    card = gu.exam.examine(module(tmp_path, PARAMETER.format(sign=sign)), "optimiser")
    assert card.passed == right
    assert bool(card.failed) != right
