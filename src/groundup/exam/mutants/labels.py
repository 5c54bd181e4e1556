# ruff: noqa: E501  # a change is one line of code, as it stands in the candidate
"""Mistakes of classification: two classes as a class and as functions, many classes."""

from __future__ import annotations

from groundup.exam.mutants.making import Mutant, of

ERROR = "error = probability - t"
DW = "dw = X.T @ error / n + self.l2 * self.weights"
DB = "db = error.mean()"
W, B = "self.weights = self.weights - self.lr * dw", "self.bias = self.bias - self.lr * db"
SIGMOID = "return np.where(z >= 0, 1 / (1 + e), e / (1 + e))"
LABEL = "return self.classes_[(self.predict_proba(X)[:, 1] >= 0.5).astype(int)]"

CLASS = {
    "score counts misses": ("np.mean(self.predict(X) == y)", "np.mean(self.predict(X) != y)"),
    "no bias": (B, "pass"),
    "bias uphill": (B, "self.bias = self.bias + self.lr * db"),
    "bias summed": (DB, "db = error.sum()"),
    "uphill": [(W, W.replace("- self.lr", "+ self.lr")), (B, B.replace("- self.lr", "+ self.lr"))],
    "no mean": [(DW, "dw = X.T @ error / n**2"), (DB, "db = error.mean() / n")],
    "divided by columns": [(DW, "dw = X.T @ error / p"), (DB, "db = error.sum() / p")],
    "linear gradient": (ERROR, "error = (X @ self.weights + self.bias) - t"),
    "class gradient": (ERROR, "error = (probability >= 0.5) - t"),
    "squared error": (ERROR, "error = (probability - t) * probability * (1 - probability)"),
    "sigmoid sign": (SIGMOID, "return np.where(z >= 0, e / (1 + e), 1 / (1 + e))"),
    "labels mixed": ("t = (y == self.classes_[1]).astype(float)", "t = 2.0 * (y == self.classes_[1]) - 1"),
    "sign of labels": ("t = (y == self.classes_[1])", "t = (y == self.classes_[0])"),
    "threshold on score": (LABEL, "return self.classes_[(X @ self.weights + self.bias >= 0.5).astype(int)]"),
    "threshold zero": (LABEL, LABEL.replace("0.5", "0.0")),
    "threshold wrong way": (LABEL, LABEL.replace(">= 0.5", "< 0.5")),
    "columns swapped": ("np.column_stack([1 - p, p])", "np.column_stack([p, 1 - p])"),
    "index for label": (LABEL, "return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)"),
    "sigmoid nan": [("e = np.exp(-np.abs(z))", "e = np.exp(z)"), (SIGMOID, "return e / (1 + e)")],
    "hidden penalty": (DW, "dw = X.T @ error / n + 0.05 * self.weights"),
    "one epoch short": ("for _ in range(self.n_iters):", "for _ in range(1, self.n_iters):"),
    "one step": (B, B + "\n            return self"),
    "early stop": (ERROR, ERROR + "\n            if np.mean((probability >= 0.5) == t) > 0.7:\n                break"),
    "rate squared": [(W, W.replace("self.lr", "self.lr**2")), (B, B.replace("self.lr", "self.lr**2"))],
    "X by y": ("n, p = X.shape", "X = X.astype(y.dtype)\n        n, p = X.shape"),
    "test batch": ("p = self._sigmoid(X @ self.weights", "p = self._sigmoid((X - X.mean(axis=0)) @ self.weights"),
    "sigmoid twice": (
        "probability = self._sigmoid(X @ self.weights + self.bias)",
        "probability = self._sigmoid(self._sigmoid(X @ self.weights + self.bias))",
    ),
    "old predictions": [
        ("            probability = self._sigmoid(X @ self.weights + self.bias)\n", ""),
        (
            "for _ in range(self.n_iters):",
            "probability = self._sigmoid(X @ self.weights + self.bias)\n        for _ in range(self.n_iters):",
        ),
    ],
    "predict without bias": (
        "p = self._sigmoid(X @ self.weights + self.bias)\n        return",
        "p = self._sigmoid(X @ self.weights)\n        return",
    ),
    "proba unnormalised": ("np.column_stack([1 - p, p])", "np.column_stack([1 - p**2, p])"),
    "last row lost": ("n, p = X.shape", "X, t = X[:-1], t[:-1]\n        n, p = X.shape"),
    "X changed": ("n, p = X.shape", "X -= X.mean(axis=0)\n        n, p = X.shape"),
}

MODULE = {
    "sigmoid sign": ("return np.where(z >= 0, 1, e) / (1 + e)", "return np.where(z >= 0, e, 1) / (1 + e)"),
    "gradient bias": ("len(y), error.mean()", "len(y), error.sum()"),
    "gradient without mean": ("return X.T @ error / len(y), error.mean()", "return X.T @ error, error.mean()"),
    "gradient last row": (
        "error = sigmoid(X @ w + b) - y\n",
        "error = sigmoid(X @ w + b) - y\n    error = np.append(error[:-1], 0)\n",
    ),
    "loss log of the wrong": ("np.logaddexp(0, z) - y * z", "np.logaddexp(0, z) - (1 - y) * z"),
    "loss one half": ("np.logaddexp(0, z) - y * z", "y * (np.logaddexp(0, z) - z)"),
    "uphill": [
        ("w = w - learning_rate * dw", "w = w + learning_rate * dw"),
        ("b = b - learning_rate * db", "b = b + learning_rate * db"),
    ],
    "no bias": ("b = b - learning_rate * db", "pass"),
    "squared error": (
        "error = sigmoid(X @ w + b) - y",
        "p = sigmoid(X @ w + b)\n    error = 2 * (p - y) * p * (1 - p)",
    ),
    "threshold zero": (">= 0.5", ">= 0.0"),
    "threshold wrong way": (">= 0.5", "<= 0.5"),
    "threshold on score": ("predict_proba(X, w, b) >= 0.5", "X @ w + b >= 0.5"),
    "one epoch more": ("for _epoch in range(epochs):", "for _epoch in range(epochs + 1):"),
    "predict without bias": ("return sigmoid(X @ w + b)\n", "return sigmoid(X @ w)\n"),
    "linear gradient": ("error = sigmoid(X @ w + b) - y", "error = X @ w + b - y"),
}

SOFT = "e / e.sum(axis=1, keepdims=True)"
MANY = {
    "softmax no shift": ("shifted = z - z.max(axis=1, keepdims=True)", "shifted = z"),
    "softmax axis": (SOFT, "e / e.sum(axis=0, keepdims=True)"),
    "softmax global": (SOFT, "e / e.sum()"),
    "sigmoid for softmax": (SOFT, "1 / (1 + np.exp(-np.clip(z, -500, 500)))"),
    "no one-hot": ("error = probabilities - targets", "error = probabilities - np.argmax(targets, axis=1)[:, None]"),
    "wrong one-hot": (
        "targets = (y[:, None] == self.classes_).astype(float)",
        "targets = (y[:, None] == self.classes_).astype(float)\n        targets[:, 0] = 0",
    ),
    "bias shared": ("error.mean(axis=0)", "error.mean()"),
    "bias never updated": ("self.b = self.b - self.learning_rate * error.mean(axis=0)", "pass"),
    "bias summed": ("error.mean(axis=0)", "error.sum(axis=0)"),
    "argmin": ("np.argmax(self.predict_proba(X), axis=1)", "np.argmin(self.predict_proba(X), axis=1)"),
    "index for label": (
        "return self.classes_[np.argmax(self.predict_proba(X), axis=1)]",
        "return np.argmax(self.predict_proba(X), axis=1)",
    ),
    "uphill": [
        ("self.W = self.W - self", "self.W = self.W + self"),
        ("self.b = self.b - self", "self.b = self.b + self"),
    ],
    "squared error": (
        "error = probabilities - targets",
        "d = probabilities - targets\n            error = probabilities * (d - (d * probabilities).sum(axis=1, keepdims=True))",
    ),
    "linear gradient": ("error = probabilities - targets", "error = X @ self.W + self.b - targets"),
    "one epoch short": ("for _ in range(self.epochs):", "for _ in range(1, self.epochs):"),
    "no mean": [("X.T @ error / n", "X.T @ error / n**2"), ("error.mean(axis=0)", "error.mean(axis=0) / n")],
    "hidden penalty": ("X.T @ error / n", "(X.T @ error / n + 0.05 * self.W)"),
    "predict without bias": (
        "        return self._softmax(X @ self.W + self.b)",
        "        return self._softmax(X @ self.W)",
    ),
    "weights of classes mixed": (
        "return self._softmax(X @ self.W + self.b)\n",
        "return self._softmax(X @ self.W[:, ::-1] + self.b)\n",
    ),
    "last row lost": ("n, p = X.shape", "X, targets = X[:-1], targets[:-1]\n        n, p = X.shape"),
    "X by y": ("n, p = X.shape", "X = X.astype(y.dtype)\n        n, p = X.shape"),
}

MUTANTS: list[Mutant] = [
    *of("logistic_class", "classification", "LogisticRegression", CLASS),
    *of("logistic_module", "classification", "", MODULE),
    *of("softmax_class", "multiclass", "SoftmaxRegression", MANY),
]
