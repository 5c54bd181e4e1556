"""Solutions of the exercises, by hand in plain NumPy: what a good learner would write. They are not shipped.

`SOLUTIONS[name]` is the function or class that the exercise asks for.
"""

from __future__ import annotations

import math

import numpy as np

SOLUTIONS = {}


def solves(*names):
    def keep(thing):
        SOLUTIONS.update(dict.fromkeys(names, thing))
        return thing

    return keep


# --- activations and their slopes -----------------------------------------------------------------------------------


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_slope(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def tanh_softplus(x):
    n = np.exp(-np.abs(x))
    return np.where(x >= 0, (1 + 2 * n) / (1 + 2 * n + 2 * n * n), (n * n + 2 * n) / (n * n + 2 * n + 2))


_erfc = np.vectorize(math.erfc, otypes=[float])


def cdf(x):
    return 0.5 * _erfc(-np.asarray(x, dtype=float) / math.sqrt(2))


def density(x):
    return np.exp(-np.minimum(np.square(x), 2000.0) / 2) / math.sqrt(2 * math.pi)


def gated(x, gate):
    """x gate(x), without ∞ x 0 far out."""
    return np.where(np.isfinite(x), x, 1.0) * gate


LAMBDA, ALPHA = 1.0507009873554805, 1.6732632423543772
SOLUTIONS |= {
    "identity": lambda x: x * 1.0,
    "binary_step": lambda x: np.where(np.isnan(x), x, (np.asarray(x) >= 0) * 1.0),
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.01 * x),
    "prelu": lambda x: np.where(x > 0, x, 0.25 * x),
    "relu_squared": lambda x: np.maximum(x, 0.0) ** 2,
    "threshold": lambda x: np.where(x <= 1, 0.0, x),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "selu": lambda x: LAMBDA * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0))),
    "celu": lambda x: np.maximum(x, 0) + np.expm1(np.minimum(x, 0)),
    "hard_tanh": lambda x: np.clip(x, -1.0, 1.0),
    "relu6": lambda x: np.clip(x, 0.0, 6.0),
    "hard_sigmoid_torch": lambda x: np.clip(x / 6 + 0.5, 0, 1),
    "hard_sigmoid_keras2": lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    "hard_swish": lambda x: x * (np.clip(x + 3, 0, 6) / 6),
    "softshrink": lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0),
    "hardshrink": lambda x: np.where(np.abs(x) <= 0.5, 0.0, x),
    "tanhshrink": lambda x: x - np.tanh(x),
    "sigmoid": sigmoid,
    "log_sigmoid": lambda x: -softplus(-np.asarray(x)),
    "tanh": np.tanh,
    "lecun_tanh": lambda x: 1.7159 * np.tanh(2 * x / 3),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "arctan": np.arctan,
    "cloglog": lambda x: -np.expm1(-np.exp(np.minimum(x, 700.0))),
    "swish": lambda x: x * sigmoid(x),
    "silu": lambda x: x * sigmoid(x),
    "quick_gelu": lambda x: x * sigmoid(1.702 * x),
    "gelu_tanh": lambda x: x * sigmoid(2 * math.sqrt(2 / math.pi) * (x + 0.044715 * np.clip(x, -1e3, 1e3) ** 3)),
    "gelu": lambda x: x * cdf(x),
    "mish": lambda x: x * tanh_softplus(x),
    "softplus": softplus,
    "squareplus": lambda x: np.where(x > 0, (x + np.sqrt(np.square(x) + 4)) / 2, 2 / (np.sqrt(np.square(x) + 4) - x)),
    "bent_identity": lambda x: (np.sqrt(np.square(x) + 1) - 1) / 2 + x,
    "log_cosh": lambda x: np.abs(x) + np.log1p(np.exp(-2 * np.abs(x))) - math.log(2),
    "gaussian": lambda x: np.exp(-np.square(x)),
    "sinusoid": np.sin,
    "exponential": np.exp,
}
SOLUTIONS |= {
    "identity_derivative": lambda x: np.ones_like(x, dtype=float),
    "relu_derivative": lambda x: (np.asarray(x) > 0) * 1.0,
    "leaky_relu_derivative": lambda x: np.where(x > 0, 1.0, 0.01),
    "relu_squared_derivative": lambda x: 2 * np.maximum(x, 0.0),
    "elu_derivative": lambda x: np.exp(np.minimum(x, 0.0)),
    "selu_derivative": lambda x: LAMBDA * np.where(x > 0, 1.0, ALPHA * np.exp(np.minimum(x, 0.0))),
    "hard_tanh_derivative": lambda x: (np.abs(x) < 1) * 1.0,
    "relu6_derivative": lambda x: ((np.asarray(x) > 0) & (np.asarray(x) < 6)) * 1.0,
    "sigmoid_derivative": sigmoid_slope,
    "log_sigmoid_derivative": lambda x: sigmoid(-np.asarray(x)),
    "tanh_derivative": lambda x: 4 * sigmoid_slope(2 * np.asarray(x)),
    "lecun_tanh_derivative": lambda x: 1.7159 * 2 / 3 * 4 * sigmoid_slope(4 * np.asarray(x) / 3),
    "tanhshrink_derivative": lambda x: np.tanh(x) ** 2,
    "softsign_derivative": lambda x: 1 / (1 + np.abs(x)) ** 2,
    "arctan_derivative": lambda x: 1 / (1 + np.square(x)),
    "swish_derivative": lambda x: sigmoid(x) + x * sigmoid_slope(x),
    "silu_derivative": lambda x: sigmoid(x) + x * sigmoid_slope(x),
    "quick_gelu_derivative": lambda x: sigmoid(1.702 * x) + 1.702 * x * sigmoid_slope(1.702 * x),
    "gelu_derivative": lambda x: cdf(x) + x * density(x),
    "softplus_derivative": sigmoid,
    "squareplus_derivative": lambda x: (1 + x / np.sqrt(np.square(x) + 4)) / 2,
    "bent_identity_derivative": lambda x: x / (2 * np.sqrt(np.square(x) + 1)) + 1,
    "log_cosh_derivative": np.tanh,
    "gaussian_derivative": lambda x: -2 * x * np.exp(-np.square(x)),
    "sinusoid_derivative": np.cos,
    "exponential_derivative": np.exp,
}


@solves("softmax")
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@solves("log_softmax")
def log_softmax(x):
    shifted = x - np.max(x, axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@solves("softmin")
def softmin(x):
    return softmax(-np.asarray(x))


def halves(x):
    return np.split(np.asarray(x, dtype=float), 2, axis=-1)


SOLUTIONS |= {
    "maxout": lambda x: np.maximum(*halves(x)),
    "glu": lambda x: halves(x)[0] * sigmoid(halves(x)[1]),
    "swiglu": lambda x: halves(x)[0] * sigmoid(halves(x)[0]) * halves(x)[1],
    "geglu": lambda x: halves(x)[0] * cdf(halves(x)[0]) * halves(x)[1],
    "reglu": lambda x: np.maximum(halves(x)[0], 0) * halves(x)[1],
    "bilinear": lambda x: halves(x)[0] * halves(x)[1],
}


# --- losses and metrics ---------------------------------------------------------------------------------------------


def huber(r, delta=1.0):
    return np.where(np.abs(r) <= delta, r * r / 2, delta * (np.abs(r) - delta / 2))


def a(*lists):
    return tuple(np.asarray(v, dtype=float).ravel() for v in lists)


def metric(name):
    def keep(function):
        SOLUTIONS[name] = lambda y, prediction: function(*a(y, prediction))
        return function

    return keep


metric("mse")(lambda y, p: np.mean((y - p) ** 2))
metric("mae")(lambda y, p: np.mean(np.abs(y - p)))
metric("rmse")(lambda y, p: np.sqrt(np.mean((y - p) ** 2)))
metric("l1")(lambda y, p: np.sum(np.abs(y - p)))
metric("l2")(lambda y, p: np.sum((y - p) ** 2))
metric("huber")(lambda y, p: np.mean(huber(p - y)))
metric("smooth_l1")(lambda y, p: np.mean(huber(p - y)))
metric("log_cosh_loss")(lambda y, p: np.mean(SOLUTIONS["log_cosh"](p - y)))
metric("quantile")(lambda y, p: np.mean(np.abs(y - p)) / 2)
metric("r2")(lambda y, p: 1 - np.sum((y - p) ** 2) / np.sum((y - y.mean()) ** 2))
metric("explained_variance")(lambda y, p: 1 - np.var(y - p) / np.var(y))
metric("median_absolute_error")(lambda y, p: np.median(np.abs(y - p)))
metric("max_error")(lambda y, p: np.max(np.abs(y - p)))
metric("mape")(lambda y, p: np.mean(np.abs((y - p) / y)))
metric("accuracy")(lambda y, p: np.mean(y == p))


def counts(y, p):
    return (np.sum((y == i) & (p == j)) for i, j in ((1, 1), (0, 1), (1, 0), (0, 0)))


@metric("precision")
def precision(y, p):
    tp, fp, _, _ = counts(y, p)
    return tp / (tp + fp)


@metric("recall")
def recall(y, p):
    tp, _, fn, _ = counts(y, p)
    return tp / (tp + fn)


@metric("specificity")
def specificity(y, p):
    _, fp, _, tn = counts(y, p)
    return tn / (tn + fp)


@metric("f1")
def f1(y, p):
    tp, fp, fn, _ = counts(y, p)
    return 2 * tp / (2 * tp + fp + fn)


metric("balanced_accuracy")(lambda y, p: (recall(y, p) + specificity(y, p)) / 2)


@metric("matthews")
def matthews(y, p):
    tp, fp, fn, tn = counts(y, p)
    return (tp * tn - fp * fn) / np.sqrt(float(tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))


@metric("kappa")
def kappa(y, p):
    by_chance = sum(np.mean(y == k) * np.mean(p == k) for k in (0, 1))
    return (np.mean(y == p) - by_chance) / (1 - by_chance)


@metric("roc_auc")
def roc_auc(y, s):
    gap = s[y == 1][:, None] - s[y == 0][None, :]
    return np.mean((gap > 0) + 0.5 * (gap == 0))


@metric("average_precision")
def average_precision(y, s):
    total, before = 0.0, 0.0
    for threshold in np.unique(s)[::-1]:
        taken = s >= threshold
        now = np.sum(y[taken]) / np.sum(y)
        total += (now - before) * np.mean(y[taken])
        before = now
    return total


@metric("log_loss")
def log_loss(y, p):
    with np.errstate(divide="ignore"):
        return -np.mean(np.where(y == 1, np.log(np.where(y == 1, p, 1)), np.log(np.where(y == 1, 1, 1 - p))))


metric("brier")(lambda y, p: np.mean((p - y) ** 2))
SOLUTIONS |= {
    "f_beta": lambda y, p, beta: _f_beta(y, p, beta),
    "adjusted_r2": lambda y, p, k: (
        1 - np.sum((y - p) ** 2) / np.sum((y - y.mean()) ** 2) * (len(y) - 1) / (len(y) - k - 1)
    ),
    "pinball": lambda y, p, q: np.mean(np.maximum(q * (y - p), (q - 1) * (y - p))),
    "calibration_in_the_large": lambda y, p: np.mean(p) - np.mean(y),
    "top_k_accuracy": lambda y, Z, k: np.mean(np.sum(Z[np.arange(len(y)), y][:, None] < Z, axis=1) < k),
    "weighted_mse": lambda y, p, s: np.sum(s * (y - p) ** 2) / np.sum(s),
}


def _f_beta(y, p, beta):
    tp, fp, fn, _ = counts(y, p)
    below = (1 + beta**2) * tp + beta**2 * fn + fp
    return (1 + beta**2) * tp / below if below else 0.0


@solves("confusion_matrix")
def confusion(y, prediction, classes):
    C = np.zeros((classes, classes), dtype=int)
    for i, j in zip(y, prediction, strict=True):
        C[i, j] += 1
    return C


@solves("macro_f1")
def macro_f1(y, prediction):
    found = []
    for k in np.unique(np.concatenate([y, prediction])):
        tp = np.sum((y == k) & (prediction == k))
        found.append(2 * tp / (np.sum(y == k) + np.sum(prediction == k)))
    return np.mean(found)


SOLUTIONS |= {
    "absolute_cost": lambda z, y: np.abs(z - y),
    "absolute_gradient": lambda z, y: np.sign(z - y) * 1.0,
    "squared_cost": lambda z, y: (z - y) ** 2,
    "squared_gradient": lambda z, y: 2.0 * (z - y),
    "half_squared_cost": lambda z, y: (z - y) ** 2 / 2,
    "half_squared_gradient": lambda z, y: z - y,
    "log_cosh_cost": lambda z, y: SOLUTIONS["log_cosh"](z - y),
    "log_cosh_gradient": lambda z, y: np.tanh(z - y),
    "cauchy_cost": lambda z, y: np.log1p((z - y) ** 2 / 2),
    "cauchy_gradient": lambda z, y: (z - y) / (1 + (z - y) ** 2 / 2),
    "huber_cost": lambda z, y: huber(z - y),
    "huber_gradient": lambda z, y: np.clip(z - y, -1, 1),
    "smooth_l1_cost": lambda z, y: huber(z - y),
    "smooth_l1_gradient": lambda z, y: np.clip(z - y, -1, 1),
    "pseudo_huber_cost": lambda z, y: (z - y) ** 2 / (np.sqrt(1 + (z - y) ** 2) + 1),
    "pseudo_huber_gradient": lambda z, y: (z - y) / np.sqrt(1 + (z - y) ** 2),
    "quantile_cost": lambda z, y: np.abs(z - y) / 2,
    "quantile_gradient": lambda z, y: np.sign(z - y) / 2,
    "epsilon_insensitive_cost": lambda z, y: np.maximum(np.abs(z - y) - 0.1, 0),
    "epsilon_insensitive_gradient": lambda z, y: np.sign(z - y) * (np.abs(z - y) > 0.1),
    "poisson_cost": lambda z, y: np.exp(np.minimum(z, 709.0)) - y * z,
    "logistic_cost": lambda z, y: softplus(z) - y * z,
    "logistic_gradient": lambda z, y: sigmoid(z) - y,
    "hinge_cost": lambda z, y: np.maximum(0, 1 - (2 * y - 1) * z),
    "hinge_gradient": lambda z, y: -(2 * y - 1.0) * ((2 * y - 1) * z < 1),
    "squared_hinge_cost": lambda z, y: np.maximum(0, 1 - (2 * y - 1) * z) ** 2,
    "squared_hinge_gradient": lambda z, y: -2 * (2 * y - 1) * np.maximum(0, 1 - (2 * y - 1) * z),
    "cross_entropy_cost": lambda z, y: -np.sum(y * log_softmax(z), axis=-1, keepdims=True),
    "cross_entropy_gradient": lambda z, y: softmax(z) - y,
    "l1_penalty": lambda w, s: s * np.sum(np.abs(w)),
    "l1_penalty_gradient": lambda w, s: s * np.sign(w),
    "l1_penalty_prox": lambda w, step, s: np.sign(w) * np.maximum(np.abs(w) - step * s, 0),
    "l2_penalty": lambda w, s: s / 2 * np.sum(w**2),
    "l2_penalty_gradient": lambda w, s: s * w,
    "l2_penalty_prox": lambda w, step, s: w / (1 + step * s),
    "elastic_net_penalty": lambda w, l1, l2: l1 * np.sum(np.abs(w)) + l2 / 2 * np.sum(w**2),
    "elastic_net_penalty_gradient": lambda w, l1, l2: l1 * np.sign(w) + l2 * w,
    "elastic_net_penalty_prox": lambda w, step, l1, l2: (
        np.sign(w) * np.maximum(np.abs(w) - step * l1, 0) / (1 + step * l2)
    ),
}


# --- lines ----------------------------------------------------------------------------------------------------------


@solves("predict_line")
def predict(X, w, b):
    return X @ w + b


@solves("mse_line_gradient")
def mse_gradient(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error / len(y), 2 * error.mean()


@solves("mae_line_gradient")
def mae_gradient(X, y, w, b):
    sign = np.sign(predict(X, w, b) - y)
    return X.T @ sign / len(y), sign.mean()


@solves("rmse_line_gradient")
def rmse_gradient(X, y, w, b):
    root = np.sqrt(np.mean((predict(X, w, b) - y) ** 2))
    gw, gb = mse_gradient(X, y, w, b)
    return gw / (2 * root), gb / (2 * root)


@solves("l2_line_gradient")
def l2_gradient(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error, 2 * error.sum()


@solves("l1_line_gradient")
def l1_gradient(X, y, w, b):
    sign = np.sign(predict(X, w, b) - y)
    return X.T @ sign, sign.sum()


@solves("huber_line_gradient")
def huber_gradient(X, y, w, b):
    r = np.clip(predict(X, w, b) - y, -1, 1)
    return X.T @ r / len(y), r.mean()


@solves("one_feature_line")
def line(x, y):
    dx = x - x.mean()
    slope = np.sum(dx * (y - y.mean())) / np.sum(dx**2)
    return slope, y.mean() - slope * x.mean()


@solves("best_weights")
def solve(X, y):
    middle = X.mean(axis=0)
    w = np.linalg.lstsq(X - middle, y - y.mean(), rcond=None)[0]
    return w, y.mean() - middle @ w


@solves("noise_variance")
def variance(X, y):
    w, b = solve(X, y)
    return np.sum((y - X @ w - b) ** 2) / (len(y) - X.shape[1] - 1)


@solves("standard_errors")
def standard_errors(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    return np.sqrt(variance(X, y) * np.diag(np.linalg.inv(A.T @ A)))


@solves("ridge_gradient")
def ridge_gradient(X, y, w, b, l2):
    error = X @ w + b - y
    return X.T @ error / len(y) + l2 * w, error.mean()


# --- training -------------------------------------------------------------------------------------------------------


@solves("descend", "gradient_descent")
def descend(X, y, learning_rate, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        gw, gb = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * gw, b - learning_rate * gb
    return w, b


@solves("first_step")
def first_step(X, y, learning_rate):
    return descend(X, y, learning_rate, 1)


@solves("loss_history")
def history(X, y, learning_rate, epochs):
    lines = (descend(X, y, learning_rate, k) for k in range(epochs + 1))
    return np.array([np.mean((X @ w + b - y) ** 2) for w, b in lines])


@solves("largest_stable_rate")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(2 / len(X) * A.T @ A)[-1]


SOLUTIONS["count_updates"] = lambda rows, batch_size, epochs: epochs * -(-rows // batch_size)
SOLUTIONS["batch_borders"] = lambda rows, size: [(k, min(k + size, rows)) for k in range(0, rows, size)]


@solves("mini_batch_epoch")
def epoch(X, y, w, b, learning_rate, batch_size):
    for k in range(0, len(y), batch_size):
        gw, gb = mse_gradient(X[k : k + batch_size], y[k : k + batch_size], w, b)
        w, b = w - learning_rate * gw, b - learning_rate * gb
    return w, b


@solves("numerical_gradient")
def numerical_gradient(f, w, h=1e-5):
    g = np.zeros(len(w))
    for k in range(len(w)):
        up, down = w.copy(), w.copy()
        up[k] += h
        down[k] -= h
        g[k] = (f(up) - f(down)) / (2 * h)
    return g


@solves("clip_by_norm")
def clip(g, largest):
    norm = np.sqrt(np.sum(g**2))
    return g * largest / norm if norm > largest else g * 1.0


@solves("early_stopping")
def stop(losses, patience):
    best = 0
    for k, loss in enumerate(losses):
        if loss < losses[best]:
            best = k
        if k - best == patience:
            return best, k
    return best, len(losses) - 1


SOLUTIONS |= {
    "step_schedule": lambda epoch, epochs: 0.1 ** (epoch // 30),
    "exponential_schedule": lambda epoch, epochs: 0.99**epoch,
    "inverse_scaling_schedule": lambda epoch, epochs: 1 / math.sqrt(1 + epoch),
    "polynomial_schedule": lambda epoch, epochs: 1 - epoch / epochs,
    "cosine_schedule": lambda epoch, epochs: (1 + math.cos(math.pi * epoch / epochs)) / 2,
}


def moments(g, state, beta1, beta2):
    state = {
        "t": state.get("t", 0) + 1,
        "m": beta1 * state.get("m", 0.0) + (1 - beta1) * g,
        "s": beta2 * state.get("s", 0.0) + (1 - beta2) * g**2,
        **{k: v for k, v in state.items() if k not in "tms"},
    }
    return state, state["m"] / (1 - beta1 ** state["t"]), state["s"] / (1 - beta2 ** state["t"])


@solves("sgd")
def sgd(w, g, state, learning_rate):
    return w - learning_rate * g, state


@solves("momentum")
def momentum(w, g, state, learning_rate, momentum=0.9, dampening=0.0):
    v = momentum * state.get("v", 0.0) + (1 - dampening) * g
    return w - learning_rate * v, {"v": v}


@solves("nesterov")
def nesterov(w, g, state, learning_rate, momentum=0.9):
    v = momentum * state.get("v", 0.0) + g
    return w - learning_rate * (g + momentum * v), {"v": v}


@solves("adagrad")
def adagrad(w, g, state, learning_rate, epsilon=1e-10):
    s = state.get("s", 0.0) + g**2
    return w - learning_rate * g / (np.sqrt(s) + epsilon), {"s": s}


@solves("rmsprop")
def rmsprop(w, g, state, learning_rate, rho=0.9, epsilon=1e-8):
    s = rho * state.get("s", 0.0) + (1 - rho) * g**2
    return w - learning_rate * g / (np.sqrt(s) + epsilon), {"s": s}


@solves("adadelta")
def adadelta(w, g, state, learning_rate, rho=0.95, epsilon=1e-6):
    s = rho * state.get("s", 0.0) + (1 - rho) * g**2
    d = g * np.sqrt(state.get("u", 0.0) + epsilon) / np.sqrt(s + epsilon)
    return w - learning_rate * d, {"s": s, "u": rho * state.get("u", 0.0) + (1 - rho) * d**2}


@solves("adam")
def adam(w, g, state, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    state, m, s = moments(g, state, beta1, beta2)
    return w - learning_rate * m / (np.sqrt(s) + epsilon), state


@solves("adamw")
def adamw(w, g, state, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01):
    state, m, s = moments(g, state, beta1, beta2)
    return w * (1 - learning_rate * weight_decay) - learning_rate * m / (np.sqrt(s) + epsilon), state


@solves("amsgrad")
def amsgrad(w, g, state, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    state, m, _ = moments(g, state, beta1, beta2)
    state["highest"] = np.maximum(state.get("highest", 0.0), state["s"])
    return w - learning_rate * m / (np.sqrt(state["highest"] / (1 - beta2 ** state["t"])) + epsilon), state


@solves("adamax")
def adamax(w, g, state, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * g
    u = np.maximum(beta2 * state.get("u", 0.0), np.abs(g) + epsilon)
    return w - learning_rate / (1 - beta1**t) * m / u, {"t": t, "m": m, "u": u}


@solves("nadam")
def nadam(w, g, state, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, momentum_decay=0.004):
    product = state.get("product", 1.0)
    state, _, s = moments(g, state, beta1, beta2)
    mu, ahead = (beta1 * (1 - 0.5 * 0.96 ** ((state["t"] + k) * momentum_decay)) for k in (0, 1))
    state["product"] = product * mu
    mean = ahead * state["m"] / (1 - product * mu * ahead) + (1 - mu) * g / (1 - product * mu)
    return w - learning_rate * mean / (np.sqrt(s) + epsilon), state


@solves("lion")
def lion(w, g, state, learning_rate, beta1=0.9, beta2=0.99, weight_decay=0.0):
    m = state.get("m", 0.0)
    c = beta1 * m + (1 - beta1) * g
    return w - learning_rate * (np.sign(c) + weight_decay * w), {"m": beta2 * m + (1 - beta2) * g}


# --- classes --------------------------------------------------------------------------------------------------------

SOLUTIONS |= {
    "chances": lambda X, w, b: sigmoid(X @ w + b),
    "decide": lambda p, threshold: (p >= threshold).astype(int),
    "log_loss_of_scores": lambda z, y: np.mean(np.logaddexp(0, z) - y * z),
    "one_hot": lambda y, classes: (y[:, None] == np.arange(classes)) * 1.0,
    "cross_entropy_of_scores": lambda Z, y: -np.mean(log_softmax(Z)[np.arange(len(y)), y]),
    "label_smoothing": lambda Y, share: (1 - share) * Y + share / Y.shape[1],
}


@solves("logistic_line_gradient")
def logistic_gradient(X, y, w, b):
    error = sigmoid(X @ w + b) - y
    return X.T @ error / len(y), error.mean()


@solves("softmax_line_gradient")
def softmax_gradient(X, y, W, b):
    G = softmax(X @ W + b)
    G[np.arange(len(y)), y] -= 1
    return X.T @ G / len(y), G.mean(axis=0)


@solves("balanced_weights")
def balanced_weights(y):
    _, place, count = np.unique(y, return_inverse=True, return_counts=True)
    return (len(y) / (len(count) * count))[place]


@solves("cross_entropy_of_chances")
def cost_of_chances(y, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -(np.where(y == 0, 0, y * np.log(p)) + np.where(y == 1, 0, (1 - y) * np.log(1 - p)))


# --- data -----------------------------------------------------------------------------------------------------------


def scaled(train, new, middle, size):
    return (new - middle) / np.where(size == 0, 1, size)


SOLUTIONS |= {
    "standardise": lambda t, n: scaled(t, n, t.mean(axis=0), t.std(axis=0)),
    "min_max": lambda t, n: scaled(t, n, t.min(axis=0), t.max(axis=0) - t.min(axis=0)),
    "robust_scale": lambda t, n: scaled(
        t, n, np.median(t, axis=0), np.quantile(t, 0.75, axis=0) - np.quantile(t, 0.25, axis=0)
    ),
    "add_ones": lambda X: np.column_stack([np.ones(len(X)), X]),
    "polynomial_features": lambda x, degree: np.stack([x.astype(float) ** k for k in range(1, degree + 1)], axis=1),
}


@solves("standard_scaler")
class StandardScaler:
    def fit(self, X):
        self.mean = X.mean(axis=0)
        self.size = np.where(X.std(axis=0) == 0, 1, X.std(axis=0))

    def transform(self, X):
        return (X - self.mean) / self.size

    def inverse_transform(self, Z):
        return Z * self.size + self.mean


@solves("split_rows")
def split(X, y, test_share, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    test, train = np.split(order, [round(test_share * len(y))])
    return X[train], X[test], y[train], y[test]


@solves("merge_means")
def merge(n1, mean1, variance1, n2, mean2, variance2):
    n = n1 + n2
    mean = mean1 + (mean2 - mean1) * n2 / n
    return mean, (n1 * variance1 + n2 * variance2 + (mean2 - mean1) ** 2 * n1 * n2 / n) / n


# --- networks -------------------------------------------------------------------------------------------------------

SOLUTIONS |= {
    "dense_layer": lambda X, W, b: X @ W + b,
    "dense_layer_backwards": lambda X, W, G: (G @ W.T, X.T @ G, G.sum(axis=0)),
    "tanh_network": lambda X, W1, b1, W2, b2: np.tanh(X @ W1 + b1) @ W2 + b2,
    "relu_network": lambda X, W1, b1, W2, b2: np.maximum(X @ W1 + b1, 0) @ W2 + b2,
    "sigmoid_network": lambda X, W1, b1, W2, b2: sigmoid(X @ W1 + b1) @ W2 + b2,
    "count_parameters": lambda sizes: sum((sizes[k] + 1) * sizes[k + 1] for k in range(len(sizes) - 1)),
}


def backwards(f, slope, gradient):
    def gradients(X, y, W1, b1, W2, b2):
        a1 = X @ W1 + b1
        h = f(a1)
        G = gradient(h @ W2 + b2, y) / len(y)
        H = (G @ W2.T) * slope(a1)
        return X.T @ H, H.sum(axis=0), h.T @ G, G.sum(axis=0)

    return gradients


SOLUTIONS["tanh_network_gradients"] = backwards(np.tanh, lambda x: 1 - np.tanh(x) ** 2, lambda z, y: 2 * (z - y))
SOLUTIONS["relu_network_gradients"] = backwards(
    lambda x: np.maximum(x, 0), lambda x: (x > 0) * 1.0, lambda z, y: 2 * (z - y)
)
SOLUTIONS["sigmoid_network_gradients"] = backwards(sigmoid, sigmoid_slope, lambda z, y: sigmoid(z) - y)


@solves("he_weights")
def he(fan_in, fan_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))


@solves("glorot_weights")
def glorot(fan_in, fan_out, seed):
    edge = np.sqrt(6 / (fan_in + fan_out))
    return np.random.default_rng(seed).uniform(-edge, edge, (fan_in, fan_out))


@solves("dropout")
def dropout(X, keep, seed):
    return X * (np.random.default_rng(seed).random(X.shape) < keep) / keep


# --- whole models ---------------------------------------------------------------------------------------------------


class Linear:
    def predict(self, X):
        return X @ self.weights + self.bias


@solves("least_squares")
class LeastSquares(Linear):
    def fit(self, X, y):
        self.weights, self.bias = solve(np.asarray(X, dtype=float), np.asarray(y, dtype=float))


@solves("linear_regression")
class LinearRegression(Linear):
    def __init__(self, learning_rate=0.01, epochs=1000):
        self.learning_rate, self.epochs = learning_rate, epochs

    def fit(self, X, y):
        self.weights, self.bias = descend(X, y, self.learning_rate, self.epochs)


@solves("mini_batches")
class MiniBatches(Linear):
    def __init__(self, learning_rate=0.01, epochs=100, batch_size=32, seed=0):
        self.learning_rate, self.epochs, self.batch_size, self.seed = learning_rate, epochs, batch_size, seed

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        self.weights, self.bias = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            order = rng.permutation(len(y))
            self.weights, self.bias = epoch(
                X[order], y[order], self.weights, self.bias, self.learning_rate, self.batch_size
            )


@solves("ridge")
class Ridge(Linear):
    def __init__(self, l2=1.0):
        self.l2 = l2

    def fit(self, X, y):
        middle = X.mean(axis=0)
        A = X - middle
        price = len(y) * self.l2 * np.eye(X.shape[1])
        self.weights = np.linalg.solve(A.T @ A + price, A.T @ (y - y.mean()))
        self.bias = y.mean() - middle @ self.weights


@solves("logistic_descent")
def train_logistic(X, y, learning_rate=0.1, epochs=1000):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        gw, gb = logistic_gradient(X, y, w, b)
        w, b = w - learning_rate * gw, b - learning_rate * gb
    return w, b


@solves("logistic_regression")
class LogisticRegression:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.learning_rate, self.epochs = learning_rate, epochs

    def fit(self, X, y):
        self.weights, self.bias = train_logistic(X, y, self.learning_rate, self.epochs)

    def predict_proba(self, X):
        p = sigmoid(X @ self.weights + self.bias)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (X @ self.weights + self.bias >= 0).astype(int)


@solves("softmax_regression")
class SoftmaxRegression:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.learning_rate, self.epochs = learning_rate, epochs

    def fit(self, X, y):
        classes = int(y.max()) + 1
        self.weights, self.bias = np.zeros((X.shape[1], classes)), np.zeros(classes)
        for _ in range(self.epochs):
            gW, gb = softmax_gradient(X, y, self.weights, self.bias)
            self.weights, self.bias = self.weights - self.learning_rate * gW, self.bias - self.learning_rate * gb

    def predict_proba(self, X):
        return softmax(X @ self.weights + self.bias)

    def predict(self, X):
        return np.argmax(X @ self.weights + self.bias, axis=1)
