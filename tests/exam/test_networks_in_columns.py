"""Networks of functions that are told the width of every layer, with samples in columns: each is asked as a network.

Kills: a list of widths under a name that is not known, a softmax of one score taken for a network of numbers, costs
that are arrays of no axis, a predict that needs the labels, and a bias with a number for each row.
"""

from __future__ import annotations

import pytest

from groundup.exam.loading import load
from groundup.exam.sitting import sit

SOFTMAX = """
import numpy as np
def init_params(dims, seed=1):
    rng = np.random.RandomState(seed)
    params = {}
    for l in range(1, len(dims)):
        params["W%d" % l] = rng.randn(dims[l], dims[l - 1]) * np.sqrt(2.0 / dims[l - 1])
        params["b%d" % l] = np.zeros((dims[l], 1))
    return params
def forward(X, params):
    last = len(params) // 2
    A, cache = X, {"A0": X}
    for l in range(1, last + 1):
        Z = params["W%d" % l] @ A + params["b%d" % l]
        if l < last:
            A = np.maximum(Z, 0)
        else:
            A = np.exp(Z - Z.max(axis=0, keepdims=True))
            A = A / A.sum(axis=0, keepdims=True)
        cache["Z%d" % l], cache["A%d" % l] = Z, A
    return A, cache
def backward(Y, params, cache):
    last, m = len(params) // 2, Y.shape[1]
    grads, dZ = {}, cache["A%d" % last] - Y
    for l in range(last, 0, -1):
        grads["dW%d" % l] = dZ @ cache["A%d" % (l - 1)].T / m
        grads["db%d" % l] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = (params["W%d" % l].T @ dZ) * (cache["Z%d" % (l - 1)] > 0)
    return grads
def train(X, Y, dims, lr=0.1, iterations=1500, seed=1):
    params, history = init_params(dims, seed), []
    for _ in range(iterations):
        A, cache = forward(X, params)
        history.append(-np.sum(Y * np.log(A + 1e-12)) / Y.shape[1])
        grads = backward(Y, params, cache)
        for key in params:
            params[key] = params[key] - lr * grads["d" + key]
    return params, history
def predict(X, params):
    return forward(X, params)[0].argmax(axis=0)
"""
COURSE = """
import numpy as np
def sigmoid(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    pairs = list(zip(layer_dims, layer_dims[1:]))
    parameters = {}
    for l, (into, out) in enumerate(pairs, 1):
        parameters["W" + str(l)] = np.random.randn(out, into) / np.sqrt(into)
        parameters["b" + str(l)] = np.zeros((out, 1))
    return parameters
def linear_forward(A, W, b):
    return W.dot(A) + b, (A, W, b)
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    return (sigmoid(Z) if activation == "sigmoid" else np.maximum(0, Z)), (linear_cache, Z)
def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        kind = "relu" if l < L else "sigmoid"
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], kind)
        caches.append(cache)
    return A, caches
def compute_cost(AL, Y):
    return np.squeeze(-(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / Y.shape[1])
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m
def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    slope = Z > 0 if activation == "relu" else sigmoid(Z) * (1 - sigmoid(Z))
    return linear_backward(dA * slope, linear_cache)
def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        grads["dW" + str(l)], grads["db" + str(l)] = dW, db
    return grads
def update_parameters(parameters, grads, learning_rate):
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    costs, parameters = [], initialize_parameters_deep(layers_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
        if i % 100 == 0:
            costs.append(cost)
    return parameters, costs
def predict(X, y, parameters):
    p = (L_model_forward(X, parameters)[0] > 0.5).astype(int)
    print("accuracy", np.mean(p == y))
    return p
"""
LISTS = """
import numpy as np
def feed_forward(X, weights, biases):
    steps = [X]
    for W, b in zip(weights[:-1], biases[:-1]):
        steps.append(np.tanh(W @ steps[-1] + b))
    z = weights[-1] @ steps[-1] + biases[-1]
    return steps, 1 / (1 + np.exp(-z))
def fit(X, Y, architecture, eta=0.1, epochs=1000):
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(o, i)) / np.sqrt(i) for i, o in zip(architecture, architecture[1:])]
    biases = [np.zeros((o, 1)) for o in architecture[1:]]
    for _ in range(epochs):
        steps, out = feed_forward(X, weights, biases)
        delta = (out - Y) / X.shape[1]
        for k in range(len(weights) - 1, -1, -1):
            grad_w, grad_b = delta @ steps[k].T, delta.sum(axis=1, keepdims=True)
            delta = (weights[k].T @ delta) * (1 - steps[k] ** 2)
            weights[k] = weights[k] - eta * grad_w
            biases[k] = biases[k] - eta * grad_b
    return weights, biases
def predict(X, weights, biases):
    return (feed_forward(X, weights, biases)[1] > 0.5).astype(int)
"""
WRONG = {
    "softmax, the bias over the other axis": (SOFTMAX, "sum(axis=1, keepdims=True) / m", "sum(axis=0) / m", "N01"),
    "softmax, the wrong layer's slope": (SOFTMAX, '(cache["Z%d" % (l - 1)] > 0)', '(cache["A0"][:1] > 0)', "E01b"),
    "softmax, the mean missing in one layer": (SOFTMAX, ".T / m", ".T / (m if l > 1 else 1)", "E01b"),
    "a course's, the bias over the other axis": (COURSE, "dZ.sum(axis=1,", "dZ.sum(axis=0,", "N01"),
    "a course's, one number for all biases": (COURSE, "dZ.sum(axis=1, keepdims=True)", "dZ.sum()", "E01b"),
    "a course's, the wrong slope": (COURSE, "Z > 0 if", "dA > 0 if", "E01b"),
    "a course's, the mean missing": (COURSE, "dZ @ A_prev.T / m", "dZ @ A_prev.T", "E01b"),
    "lists, the bias over the other axis": (LISTS, "delta.sum(axis=1,", "delta.sum(axis=0,", "N01"),
    "lists, the wrong slope": (LISTS, "(1 - steps[k] ** 2)", "(1 - steps[k])", "E01b"),
}


def seen(code: str, folder, task: str | None = None, name: str = ""):
    """The card of a file, or of one function of it."""
    file = folder / f"{folder.name}.py"
    file.write_text(code)
    return sit(load(f"{file}:{name}" if name else str(file)), **({"task": task} if task else {}))


@pytest.mark.parametrize(("code", "name"), [(SOFTMAX, "train"), (COURSE, "L_layer_model"), (LISTS, "fit")])
@pytest.mark.parametrize("task", [None, "network"])
def test_a_right_one_passes_whether_its_task_is_told_or_not(code, name, task, tmp_path):
    for of_one in ("", name):
        card = seen(code, tmp_path, task, of_one)
        assert card.passed, [(v.id, v.words) for v in card.failed or card.verdicts[:2]]
        assert {"E01", "E01b", "E05", "E09", "E11"} <= {v.id for v in card.verdicts if v.outcome == "passed"}


@pytest.mark.parametrize("name", WRONG)
def test_its_wrong_twin_is_caught_for_what_is_wrong(name, tmp_path):
    code, right, wrong, question = WRONG[name]
    assert code.count(right) == 1
    failed = {v.id for v in seen(code.replace(right, wrong), tmp_path).failed}
    assert question in failed
    assert "E09" not in failed


def test_a_bias_with_a_number_for_each_row_is_told(tmp_path):
    failed = seen(COURSE.replace("dZ.sum(axis=1,", "dZ.sum(axis=0,"), tmp_path).failed
    assert "one for each row" in next(v.words for v in failed if v.id == "N01")


@pytest.mark.parametrize("word", ["layers_sizes", "layer_dimensions", "nn_architecture", "sizes"])
def test_widths_are_known_by_other_names(word, tmp_path):
    assert seen(LISTS.replace("architecture", word), tmp_path).passed
