"""A cost of many arrays and its gradient in each: right ones pass, and one wrong array of a gradient is found.

Kills: parameters in lists, pairs or dicts that are not found, a common factor that hides one array's own, and a cost
with a function of the same name that is given to no question.
"""

from __future__ import annotations

import pytest

from groundup.exam.loading import load
from groundup.exam.sitting import sit

LISTS = """
import numpy as np
def init_params(n_in, n_hid, n_out, rng):
    return [rng.normal(size=(n_hid, n_in)), np.zeros((n_hid, 1)), rng.normal(size=(n_out, n_hid)), np.zeros((n_out, 1))]
def forward(p, X):
    W1, b1, W2, b2 = p
    H = np.tanh(W1 @ X + b1)
    return H, W2 @ H + b2
def chi2(p, X, Y):
    return 0.5 * np.sum((forward(p, X)[1] - Y) ** 2) / X.shape[1]
def grad(p, X, Y):
    W1, b1, W2, b2 = p
    H, out = forward(p, X)
    d2 = (out - Y) / X.shape[1]
    d1 = (W2.T @ d2) * (1 - H * H)
    return [d1 @ X.T, d1.sum(axis=1, keepdims=True), d2 @ H.T, d2.sum(axis=1, keepdims=True)]
"""
PAIRS = """
import numpy as np
def init_params(sizes, seed=0):
    rng = np.random.default_rng(seed)
    return tuple((rng.normal(size=(m, n)), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:]))
def scores(params, x):
    for W, b in params[:-1]:
        x = np.tanh(x @ W + b)
    return x @ params[-1][0] + params[-1][1]
def log_p(z):
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
def loss(params, batch):
    x, y = batch
    return -log_p(scores(params, x))[np.arange(len(y)), y].mean()
def grad(params, batch):
    x, y = batch
    acts = [x]
    for W, b in params[:-1]:
        acts.append(np.tanh(acts[-1] @ W + b))
    d = np.exp(log_p(scores(params, x)))
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    out = []
    for (W, _), a in zip(params[::-1], acts[::-1]):
        out.append((a.T @ d, d.sum(0)))
        d = (d @ W.T) * (1 - a**2)
    return tuple(out[::-1])
"""
HELD = """
import numpy as np
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01, l2=0.1):
        self.params, self.l2 = {}, l2
        self.params["W1"] = weight_init_std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = weight_init_std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)
    def scores(self, x):
        p = self.params
        z = sigmoid(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    def loss(self, x, t):
        return -np.sum(t * np.log(self.scores(x) + 1e-7)) / len(x)
    def gradient(self, x, t):
        z = sigmoid(x @ self.params["W1"] + self.params["b1"])
        dy = (self.scores(x) - t) / len(x)
        dz = dy @ self.params["W2"].T * z * (1 - z)
        return {"W1": x.T @ dz + self.l2 * self.params["W1"], "b1": dz.sum(axis=0),
                "W2": z.T @ dy + self.l2 * self.params["W2"], "b2": dy.sum(axis=0)}
"""
TOLD = """
import numpy as np
class Net:
    def __init__(self, n_in, n_hidden):
        self.p = {"W1": np.random.randn(n_in, n_hidden), "b1": np.zeros(n_hidden), "W2": np.random.randn(n_hidden, 1)}
    def forward(self, X):
        h = np.maximum(X @ self.p["W1"] + self.p["b1"], 0)
        return (h @ self.p["W2"]).ravel(), h
    def loss_and_grads(self, X, y):
        out, h = self.forward(X)
        d = ((out - y) / len(y))[:, None]
        dh = (d @ self.p["W2"].T) * (h > 0)
        return 0.5 * np.mean((out - y) ** 2), {"dW1": X.T @ dh, "db1": dh.sum(0), "dW2": h.T @ d}
"""
FILES = {
    "lists": (LISTS, " * (1 - H * H)", "", ("0", "1")),
    "pairs": (PAIRS, "d.sum(0)", "d.mean(0)", ("0 1", "1 1")),
    "a dict of a class": (HELD, " * z * (1 - z)", "", ("w1", "b1")),
    "both from one method": (TOLD, " * (h > 0)", "", ("w1", "b1")),
}


def asked(code: str, folder):
    """The verdict of the question about all slopes."""
    file = folder / f"{folder.name}.py"
    file.write_text(code)
    return next(v for v in sit(load(str(file))).verdicts if v.id.startswith("L14"))


@pytest.mark.parametrize("name", FILES)
def test_a_right_gradient_passes_and_a_wrong_array_of_it_is_named(name, tmp_path):
    code, right, wrong, places = FILES[name]
    assert asked(code, tmp_path).outcome == "passed"
    assert right in code
    verdict = asked(code.replace(right, wrong), tmp_path)
    assert verdict.outcome == "failed"
    assert any(f"slopes of '{place}'" in verdict.words for place in places)


def test_a_common_factor_is_a_convention_and_a_wrong_sign_is_none(tmp_path):
    assert asked(LISTS.replace("(out - Y) / X.shape[1]", "(out - Y)"), tmp_path).outcome == "passed"
    assert asked(LISTS.replace("d2 = (out", "d2 = -(out"), tmp_path).outcome == "failed"


def test_a_cost_that_hangs_on_chance_is_not_judged(tmp_path):
    chance = LISTS.replace("return 0.5 *", "return np.random.rand() *")
    file = tmp_path / "hangs_on_chance.py"
    file.write_text(chance)
    assert not sit(load(str(file)), "parts").failed


def test_a_cost_of_unrolled_weights_is_asked_by_its_name_too(tmp_path):
    file = tmp_path / "named_cost.py"
    file.write_text("def cost_function(theta, X, y):\n    e = X @ theta - y\n    return e @ e / 2, X.T @ e * 2\n")
    assert sit(load(f"{file}:cost_function")).passed
    file.write_text("def cost_function(theta, X, y):\n    e = X @ theta - y\n    return e @ e / 2, X.T @ e + theta\n")
    assert not sit(load(f"{file}:cost_function")).passed


FIRST_ROW = """
import numpy as np
class CrossEntropy:
    def forward(self, X, y):
        self.m = len(y)
        e = np.exp(X - X.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return -np.log(self.p[range(self.m), y]).sum() / self.m
    def backward(self, X, y):
        slope = self.p.copy()
        slope[range(self.m), y] -= 1
        return slope / self.m
"""


def test_a_slope_that_needs_what_its_loss_has_kept_is_asked(tmp_path):
    file = tmp_path / "kept_of_the_loss.py"
    file.write_text(FIRST_ROW)
    assert sit(load(str(file))).passed
    file.write_text(FIRST_ROW.replace(".sum() / self.m", "[0] / self.m"))
    assert [v.id for v in sit(load(str(file))).failed] == ["L03 CrossEntropy"]
