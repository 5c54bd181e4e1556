# a change is one line of code, as it stands in the candidate
"""Mistakes of networks: a class, functions, lists of layers."""

from __future__ import annotations

from groundup.exam.mutants.making import Mutant, of

D2, D1 = "d2 = self.a2 - y", "d1 = (d2 @ self.W2.T) * self.a1 * (1 - self.a1)"
W1, B1 = "self.W1 = self.W1 - self.lr * dW1", "self.b1 = self.b1 - self.lr * db1"
W2, B2 = "self.W2 = self.W2 - self.lr * dW2", "self.b2 = self.b2 - self.lr * db2"
LOOP = "for _ in range(self.epochs):"
BACK = "dW1, db1, dW2, db2 = self.backward(X, y)"

CLASS = {
    "hidden slope forgotten": (D1, "d1 = d2 @ self.W2.T"),
    "hidden slope of the activation": (D1, "s = self._sigmoid(self.a1)\n        d1 = (d2 @ self.W2.T) * s * (1 - s)"),
    "hidden slope twice": (D1, D1 + " * self.a1 * (1 - self.a1)"),
    "hidden value for slope": (D1, "d1 = (d2 @ self.W2.T) * self.a1"),
    "hidden slope of tanh": (D1, "d1 = (d2 @ self.W2.T) * (1 - self.z1**2)"),
    "output slope twice": (D2, "s = self._sigmoid(self.a2)\n        d2 = (self.a2 - y) * s * (1 - s)"),
    "output sign": (D2, "d2 = y - self.a2"),
    "score for probability": (D2, "d2 = self.z2 - y"),
    "first layer frozen": [(W1, "pass"), (B1, "pass")],
    "hidden bias frozen": (B1, "pass"),
    "output bias frozen": (B2, "pass"),
    "hidden weights frozen": (W1, "pass"),
    "output weights frozen": (W2, "pass"),
    "hidden bias uphill": (B1, B1.replace("- self.lr", "+ self.lr")),
    "network uphill": [(line, line.replace("- self.lr", "+ self.lr")) for line in (W1, B1, W2, B2)],
    "hidden layer uphill": [(line, line.replace("- self.lr", "+ self.lr")) for line in (W1, B1)],
    "bias summed": ("db2 = d2.sum(axis=0) / n", "db2 = d2.sum(axis=0)"),
    "hidden bias summed": ("db1 = d1.sum(axis=0) / n", "db1 = d1.sum(axis=0)"),
    "hidden layer summed": [
        ("dW1 = X.T @ d1 / n", "dW1 = X.T @ d1"),
        ("db1 = d1.sum(axis=0) / n", "db1 = d1.sum(axis=0)"),
    ],
    "no mean": [
        (f"{line} / n", f"{line} / n**2") for line in ("self.a1.T @ d2", "d2.sum(axis=0)", "X.T @ d1", "d1.sum(axis=0)")
    ],
    "updated too early": [
        (W2, "pass"),
        ("dW2 = self.a1.T @ d2 / n", "dW2 = self.a1.T @ d2 / n\n        self.W2 = self.W2 - self.lr * dW2"),
    ],
    "gradients pile up": [
        (LOOP, "total = [0.0, 0.0, 0.0, 0.0]\n        " + LOOP),
        (BACK, "total = [t + g for t, g in zip(total, self.backward(X, y))]\n            dW1, db1, dW2, db2 = total"),
    ],
    "forward once": [
        (LOOP, "self.forward(X)\n        " + LOOP),
        ("            self.forward(X)\n            dW1", "            dW1"),
    ],
    "one epoch short": (LOOP, "for _ in range(1, self.epochs):"),
    "one epoch more": (LOOP, "for _ in range(self.epochs + 1):"),
    "one step": (B2, B2 + "\n            return self"),
    "rate decays": (LOOP, LOOP + "\n            self.lr = self.lr * 0.99"),
    "rate squared": [(line, line.replace("self.lr", "self.lr**2")) for line in (W1, B1, W2, B2)],
    "constant start": (
        "rng.normal(size=(X.shape[1], self.hidden_size)) * 0.5",
        "np.full((X.shape[1], self.hidden_size), 0.5)",
    ),
    "zero start": [
        ("rng.normal(size=(X.shape[1], self.hidden_size)) * 0.5", "np.zeros((X.shape[1], self.hidden_size))"),
        ("rng.normal(size=(self.hidden_size, 1)) * 0.5", "np.zeros((self.hidden_size, 1))"),
    ],
    "predict without bias": (
        "p = self.forward(X)",
        "p = self._sigmoid(self._sigmoid(X @ self.W1 + self.b1) @ self.W2)",
    ),
    "predict without hidden bias": (
        "p = self.forward(X)",
        "p = self._sigmoid(self._sigmoid(X @ self.W1) @ self.W2 + self.b2)",
    ),
    "test batch": ("p = self.forward(X)", "p = self.forward((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9))"),
    "threshold wrong way": ("(self.forward(X)[:, 0] >= 0.5)", "(self.forward(X)[:, 0] < 0.5)"),
    "threshold on score": ("(self.forward(X)[:, 0] >= 0.5)", "((self.forward(X) > 0.5) & (self.z2 >= 0.5))[:, 0]"),
    "columns swapped": ("np.hstack([1 - p, p])", "np.hstack([p, 1 - p])"),
    "rows reversed": (D2, "d2 = self.a2 - y[::-1]"),
    "last row lost": (BACK, "self.forward(X[:-1])\n            dW1, db1, dW2, db2 = self.backward(X[:-1], y[:-1])"),
    "weights not passed back": (D1, "d1 = d2.sum(axis=1, keepdims=True) * self.a1 * (1 - self.a1)"),
    "hidden error averaged": (D1, D1 + "\n        d1 = np.broadcast_to(d1.mean(axis=0), d1.shape)"),
    "inputs of the wrong layer": ("dW2 = self.a1.T @ d2 / n", "dW2 = self.z1.T @ d2 / n"),
}
SOFTMAX = "return e / e.sum(axis=1, keepdims=True)"
DELTA = "delta = (probabilities - targets) / n"
BEND = 'back = delta @ params["W2"].T * (1 - hidden**2)'
UPDATE = "params[name] = params[name] - learning_rate * grads[name]"
FUNCTIONS = {
    "hidden slope forgotten": (BEND, 'back = delta @ params["W2"].T'),
    "hidden slope of the activation": (BEND, 'back = delta @ params["W2"].T * (1 - np.tanh(hidden) ** 2)'),
    "hidden slope without square": (BEND, 'back = delta @ params["W2"].T * (1 - hidden)'),
    "hidden slope of the sigmoid": (BEND, 'back = delta @ params["W2"].T * hidden * (1 - hidden)'),
    "network uphill": (UPDATE, UPDATE.replace("- learning_rate", "+ learning_rate")),
    "first layer frozen": ("for name in params:", 'for name in ("W2", "b2"):'),
    "biases frozen": ("for name in params:", 'for name in ("W1", "W2"):'),
    "output bias frozen": ("for name in params:", 'for name in ("W1", "b1", "W2"):'),
    "no mean": (DELTA, "delta = (probabilities - targets) / n**2"),
    "softmax axis": [
        ("z.max(axis=1, keepdims=True)", "z.max(axis=0, keepdims=True)"),
        (SOFTMAX, "return e / e.sum(axis=0, keepdims=True)"),
    ],
    "softmax no shift": ("shifted = z - z.max(axis=1, keepdims=True)", "shifted = z"),
    "labels left out": (DELTA, "delta = probabilities / n"),
    "only the true class": (DELTA, "delta = targets * (probabilities - 1) / n"),
    "bias shared": ('"b2": delta.sum(axis=0)', '"b2": np.full(delta.shape[1], np.abs(delta).sum() / delta.shape[1])'),
    "hidden bias summed": ('"b1": back.sum(axis=0)', '"b1": back.sum(axis=0) * n'),
    "constant start": (
        "rng.normal(size=(n_in, n_hidden)) * np.sqrt(1 / n_in)",
        "np.full((n_in, n_hidden), np.sqrt(1 / n_in))",
    ),
    "one epoch short": ("for _epoch in range(epochs):", "for _epoch in range(1, epochs):"),
    "predict without bias": (
        'z2 = hidden @ params["W2"] + params["b2"]',
        'z2 = hidden @ params["W2"] + 0 * params["b2"]',
    ),
    "argmin": ("forward(X, params)[0].argmax(axis=1)", "forward(X, params)[0].argmin(axis=1)"),
    "noise in predict": ("hidden = np.tanh(z1)", "hidden = np.tanh(z1) * (np.random.random(z1.shape) > 0.2)"),
}
BACKWARD = "delta = (delta @ self.weights[k].T) * (inputs[k] > 0)"
STEP_W = "self.weights[k] = self.weights[k] - self.learning_rate * speed[k]"
RELU = "inputs.append(np.maximum(z, 0))"
LAYERS = {
    "hidden slope forgotten": (BACKWARD, "delta = delta @ self.weights[k].T"),
    "wrong side of relu": (BACKWARD, "delta = (delta @ self.weights[k].T) * (inputs[k] <= 0)"),
    "hidden value for slope": (BACKWARD, "delta = (delta @ self.weights[k].T) * inputs[k]"),
    "updated too early": [
        (BACKWARD, "pass"),
        (STEP_W, STEP_W + "\n                delta = (delta @ self.weights[k].T) * (inputs[k] > 0)"),
    ],
    "first layer frozen": (
        "for k in reversed(range(len(self.weights))):",
        "for k in reversed(range(1, len(self.weights))):",
    ),
    "output bent": (
        "return inputs[-1] @ self.weights[last] + self.biases[last], inputs",
        "return np.maximum(inputs[-1] @ self.weights[last] + self.biases[last], 0), inputs",
    ),
    "output squashed": [
        (
            "return inputs[-1] @ self.weights[last] + self.biases[last], inputs",
            "return np.tanh(inputs[-1] @ self.weights[last] + self.biases[last]), inputs",
        ),
        ("delta = 2 * (out - y) / len(X)", "delta = 2 * (out - y) * (1 - out**2) / len(X)"),
    ],
    "spread by the outputs": ("variance = 2 / fan_in if", "variance = 2 / fan_out if"),
    "variance for deviation": ("* np.sqrt(variance)", "* variance"),
    "spread of 1": ("* np.sqrt(variance)", "* 1.0"),
    "momentum": ("speed[k] = self.momentum * speed[k] + grad_W", "speed[k] = 0.9 * speed[k] + grad_W"),
    "no mean": ("delta = 2 * (out - y) / len(X)", "delta = 2 * (out - y) / len(X) ** 2"),
    "dropout in predict": (RELU, "inputs.append(np.maximum(z, 0) * (np.random.random(z.shape) > 0.2))"),
    "predict turned round": ("return self.forward(X)[0].ravel()", "return self.forward(X)[0].ravel()[::-1]"),
    "test batch": ("return self.forward(X)[0].ravel()", "return self.forward(X - X.mean(axis=0))[0].ravel()"),
    "sign of the error": (
        "delta = 2 * (out - y) / len(X)",
        "delta = np.sign(out - y).mean() * np.ones_like(y) / len(X)",
    ),
    "one epoch short": ("for _ in range(self.epochs):", "for _ in range(1, self.epochs):"),
    "random restart": (
        "out, inputs = self.forward(X)",
        "self._start([X.shape[1], *self.hidden, y.shape[1]], rng)\n            out, inputs = self.forward(X)",
    ),
    "all pairs": [
        ("y = np.asarray(y, dtype=float).reshape(len(X), -1)", "y = np.asarray(y, dtype=float).ravel()"),
        ("*self.hidden, y.shape[1]]", "*self.hidden, 1]"),
        ("delta = 2 * (out - y) / len(X)", "delta = 2 * (out - y).mean(axis=1, keepdims=True) / len(X)"),
    ],
}

MUTANTS: list[Mutant] = [
    *of("network_class", "network", "NeuralNetwork", CLASS),
    *of("network_functions", "network", "", FUNCTIONS),
    *of("network_layers", "network", "MLPRegressor", LAYERS),
]
