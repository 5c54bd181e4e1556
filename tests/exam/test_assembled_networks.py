"""Networks that are put together layer by layer, in the ways in which people write them.

Kills: one that is not put together though its file says how, one that is put together wrongly, and a training row by
row of which no step is judged.
"""

from __future__ import annotations

import pytest

from groundup.exam.loading import load
from groundup.exam.sitting import sit

KERAS = """
import numpy as np
class Activation:
    def __init__(self, name):
        self.name = name
    def forward(self, x):
        self.out = np.tanh(x) if self.name == "tanh" else np.maximum(x, 0)
        return self.out
    def backward(self, grad, lr):
        return grad * (1 - self.out**2) if self.name == "tanh" else grad * (self.out > 0)
class Dense:
    def __init__(self, units, input_dim, seed=None):
        self.kernel = np.random.RandomState(seed).normal(0.0, 0.7, size=(input_dim, units))
        self.bias = np.zeros(units)
    def forward(self, x):
        self.inputs = x
        return x @ self.kernel + self.bias
    def backward(self, grad, lr):
        back = grad @ self.kernel.T
        self.kernel -= lr * self.inputs.T @ grad
        self.bias -= lr * grad.sum(axis=0)
        return back
class Sequential:
    def __init__(self):
        self.layers = []
    def add(self, layer):
        self.layers.append(layer)
    def compile(self, loss="mse", lr=0.1):
        self.loss, self.lr = loss, lr
    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def fit(self, X, y, epochs=10, batch_size=32):
        y = np.asarray(y, float).reshape(len(X), -1)
        for _ in range(epochs):
            for i in range(0, len(X), batch_size):
                rows = slice(i, i + batch_size)
                grad = 2 * (self.predict(X[rows]) - y[rows]) / y[rows].size
                for layer in reversed(self.layers):
                    grad = layer.backward(grad, self.lr)
"""
LISTED = """
import numpy as np
class Linear:
    def __init__(self, n_in, n_out):
        self.W, self.b = np.random.randn(n_in, n_out) * 0.7, np.zeros(n_out)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, grad):
        self.dW, self.db = self.x.T @ grad, grad.sum(axis=0)
        return grad @ self.W.T
class ReLU:
    def forward(self, x):
        self.on = x > 0
        return x * self.on
    def backward(self, grad):
        return grad * self.on
class SGD:
    def __init__(self, lr=0.1):
        self.lr = lr
    def step(self, layers):
        for layer in layers:
            if isinstance(layer, Linear):
                layer.W -= self.lr * layer.dW
                layer.b -= self.lr * layer.db
class MSELoss:
    def forward(self, pred, y):
        self.d = pred - y
        return np.mean(self.d**2)
    def backward(self):
        return 2 * self.d / self.d.size
class Network:
    def __init__(self, layers, loss, optimizer):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def fit(self, X, y, epochs=100):
        for _ in range(epochs):
            self.loss.forward(self.forward(X), y.reshape(len(X), -1))
            grad = self.loss.backward()
            for layer in self.layers[::-1]:
                grad = layer.backward(grad)
            self.optimizer.step(self.layers)
"""
BY_ROWS = """
import numpy as np
class Layer:
    def forward_propagation(self, input):
        raise NotImplementedError
class FCLayer(Layer):
    def __init__(self, input_size, output_size):
        self.weights = np.random.rand(input_size, output_size) - 0.5
        self.bias = np.random.rand(1, output_size) - 0.5
    def forward_propagation(self, input_data):
        self.input = input_data
        return np.dot(self.input, self.weights) + self.bias
    def backward_propagation(self, output_error, learning_rate):
        input_error = np.dot(output_error, self.weights.T)
        self.weights -= learning_rate * np.dot(self.input.T, output_error)
        self.bias -= learning_rate * output_error
        return input_error
class ActivationLayer(Layer):
    def __init__(self, activation, activation_prime):
        self.activation, self.activation_prime = activation, activation_prime
    def forward_propagation(self, input_data):
        self.input = input_data
        return self.activation(self.input)
    def backward_propagation(self, output_error, learning_rate):
        return self.activation_prime(self.input) * output_error
def tanh(x):
    return np.tanh(x)
def tanh_prime(x):
    return 1 - np.tanh(x) ** 2
def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))
def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size
class Network:
    def __init__(self):
        self.layers = []
    def add(self, layer):
        self.layers.append(layer)
    def use(self, loss, loss_prime):
        self.loss, self.loss_prime = loss, loss_prime
    def predict(self, input_data):
        result = []
        for output in input_data:
            for layer in self.layers:
                output = layer.forward_propagation(output)
            result.append(output)
        return result
    def fit(self, x_train, y_train, epochs, learning_rate):
        for _ in range(epochs):
            for output, y in zip(x_train, y_train):
                for layer in self.layers:
                    output = layer.forward_propagation(output)
                error = self.loss_prime(y, output)
                for layer in reversed(self.layers):
                    error = layer.backward_propagation(error, learning_rate)
"""
FUNCTIONS = """
import numpy as np
class Dense:
    def __init__(self, input_size, output_size):
        self.weights = np.random.randn(output_size, input_size)
        self.bias = np.random.randn(output_size, 1)
    def forward(self, input):
        self.input = input
        return np.dot(self.weights, self.input) + self.bias
    def backward(self, output_gradient, learning_rate):
        input_gradient = np.dot(self.weights.T, output_gradient)
        self.weights -= learning_rate * np.dot(output_gradient, self.input.T)
        self.bias -= learning_rate * output_gradient
        return input_gradient
class Sigmoid:
    def forward(self, input):
        self.output = 1 / (1 + np.exp(-np.clip(input, -500, 500)))
        return self.output
    def backward(self, output_gradient, learning_rate):
        return output_gradient * self.output * (1 - self.output)
def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))
def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / np.size(y_true)
def predict(network, input):
    for layer in network:
        input = layer.forward(input)
    return input
def train(network, loss, loss_prime, x_train, y_train, epochs=20, learning_rate=0.01):
    for _ in range(epochs):
        for x, y in zip(x_train, y_train):
            grad = loss_prime(y, predict(network, x))
            for layer in reversed(network):
                grad = layer.backward(grad, learning_rate)
"""
FILES = {
    "add and compile": (KERAS, "grad * (1 - self.out**2)", "grad * (1 - self.out)", "E01b"),
    "a list": (LISTED, "grad * self.on", "grad", "E01b"),
    "row by row": (
        BY_ROWS,
        "np.dot(output_error, self.weights.T)",
        "np.dot(output_error, np.abs(self.weights.T))",
        "E01b",
    ),
    "bias in rows": (
        BY_ROWS,
        "learning_rate * output_error\n",
        "learning_rate * output_error * len(self.weights)\n",
        "E01",
    ),
    "a list and a function": (FUNCTIONS, "self.output * (1 - self.output)", "(1 - self.output)", "E01b"),
}


def seen(code: str, folder):
    """The card of a file."""
    file = folder / f"{folder.name}.py"
    file.write_text(code)
    return sit(load(str(file)))


@pytest.mark.parametrize("name", FILES)
def test_a_right_one_passes_and_its_wrong_twin_is_caught(name, tmp_path):
    code, right, wrong, question = FILES[name]
    card = seen(code, tmp_path)
    assert card.passed, [(v.id, v.words) for v in card.failed or card.verdicts[:2]]
    assert {"E01", "E01b", "E05"} <= {v.id for v in card.verdicts if v.outcome == "passed"}
    assert right in code
    assert question in {v.id for v in seen(code.replace(right, wrong), tmp_path).failed}


def test_weights_that_were_moved_before_the_error_went_back_are_named(tmp_path):
    first, second = "        back = grad @ self.kernel.T\n", "        return back\n"
    assert first in KERAS
    wrong = KERAS.replace(first, "").replace(second, "        return grad @ self.kernel.T\n")
    card = seen(wrong, tmp_path)
    assert card.mistake == "a layer is updated before the error has gone back through it"


def test_what_its_file_leaves_open_is_not_made(tmp_path):
    card = seen(KERAS.replace('loss="mse", lr=0.1', "secret, lr=0.1"), tmp_path)
    assert not any(v.id.startswith("E") and v.outcome != "not examined" for v in card.verdicts)
    assert card.outcome != "not passed"
