# ruff: noqa: E501  # a change is one line of code, as it stands in the candidate
"""Mistakes of linear regression: a class, a function, a module, an exact solver."""

from __future__ import annotations

from groundup.exam.mutants.making import Mutant, of

W = "self.weights = self.weights - self.lr * dw"
B = "self.bias = self.bias - self.lr * db"
DW = "dw = X.T @ error / n_samples"
DB = "db = np.sum(error) / n_samples"
LOOP = "for _ in range(self.n_iters):"

CLASS = {
    "no bias": [("prediction = X @ self.weights + self.bias", "prediction = X @ self.weights"), (B, "pass")],
    "predict without bias": ("return X @ self.weights + self.bias", "return X @ self.weights"),
    "predict minus bias": ("return X @ self.weights + self.bias", "return X @ self.weights - self.bias"),
    "bias never updated": (B, "pass"),
    "bias not used": ("prediction = X @ self.weights + self.bias", "prediction = X @ self.weights"),
    "bias uphill": (B, "self.bias = self.bias + self.lr * db"),
    "bias summed": (DB, "db = np.sum(error)"),
    "weights summed": (DW, "dw = X.T @ error"),
    "bias scaled": (DB, "db = 2 * np.sum(error) / n_samples"),
    "bias first": [
        (DW, "self.bias = self.bias - self.lr * np.sum(error) / n_samples"),
        (DB, "error = X @ self.weights + self.bias - y"),
        (B, "pass"),
        (W, "self.weights = self.weights - self.lr * X.T @ error / n_samples"),
    ],
    "weights first": [
        (W, "error = X @ self.weights + self.bias - y"),
        (DB, W),
        (B, "self.bias = self.bias - self.lr * np.sum(error) / n_samples"),
    ],
    "uphill": [(W, W.replace("- self.lr", "+ self.lr")), (B, B.replace("- self.lr", "+ self.lr"))],
    "residual sign": (W, W.replace("- self.lr", "+ self.lr")),
    "no mean": [(DW, DW + " / n_samples"), (DB, DB + " / n_samples")],
    "divided by columns": [(DW, "dw = X.T @ error / n_features"), (DB, "db = np.sum(error) / n_features")],
    "divided by n - 1": [(DW, "dw = X.T @ error / (n_samples - 1)"), (DB, "db = np.sum(error) / (n_samples - 1)")],
    "four times": [(DW, "dw = 4 * X.T @ error / n_samples"), (DB, "db = 4 * np.sum(error) / n_samples")],
    "rate squared": [(W, W.replace("self.lr", "self.lr**2")), (B, B.replace("self.lr", "self.lr**2"))],
    "rate ignored": [(W, W.replace("self.lr", "0.01")), (B, B.replace("self.lr", "0.01"))],
    "rate decays": (LOOP, "for k in range(self.n_iters):\n            self.lr = self.lr * 0.99"),
    "one epoch short": (LOOP, "for _ in range(1, self.n_iters):"),
    "one epoch more": (LOOP, "for _ in range(self.n_iters + 1):"),
    "one step": (B, B + "\n            return self"),
    "never trains": [(W, "pass"), (B, "pass")],
    "weights never updated": (W, "pass"),
    "old predictions": [
        (LOOP, "prediction = X @ self.weights + self.bias\n        " + LOOP),
        ("            prediction = X @ self.weights + self.bias\n            error", "            error"),
    ],
    "gradients pile up": [
        (LOOP, "dw, db = 0.0, 0.0\n        " + LOOP),
        (DW, "dw = dw + X.T @ error / n_samples"),
        (DB, "db = db + np.sum(error) / n_samples"),
    ],
    "sign only": [(DW, "dw = np.sign(X.T @ error)"), (DB, "db = np.sign(np.sum(error))")],
    "sign of residual": ("error = prediction - y", "error = np.sign(prediction - y)"),
    "hidden penalty": (DW, DW + " + 0.1 * self.weights"),
    "last row lost": (
        "n_samples, n_features = X.shape",
        "X, y = X[:-1], y[:-1]\n        n_samples, n_features = X.shape",
    ),
    "rows reversed": ("error = prediction - y", "error = prediction - y[::-1]"),
    "one row": ("n_samples, n_features = X.shape", "X, y = X[:1], y[:1]\n        n_samples, n_features = X.shape"),
    "unit gradient": (
        DB,
        DB + "\n            size = np.sqrt(dw @ dw + db * db)\n            dw, db = dw / size, db / size",
    ),
    "first column only": (DW, DW + "\n            dw[1:] = 0"),
    "columns squared": (DW, "dw = (X**2).T @ error / n_samples"),
    "integer weights": [
        ("np.zeros(n_features)", "np.zeros(n_features, dtype=int)"),
        (W, "self.weights = (self.weights - self.lr * dw).astype(int)"),
    ],
    "rounded weights": (W, "self.weights = np.round(self.weights - self.lr * dw, 2)"),
    "X changed": ("n_samples, n_features = X.shape", "X -= X.mean(axis=0)\n        n_samples, n_features = X.shape"),
    "X centred, not undone": (
        "n_samples, n_features = X.shape",
        "X = X - X.mean(axis=0)\n        n_samples, n_features = X.shape",
    ),
    "X to integers": ("n_samples, n_features = X.shape", "X = X.astype(int)\n        n_samples, n_features = X.shape"),
    "warm": (
        "self.weights = np.zeros(n_features)\n",
        "self.weights = np.zeros(n_features) if self.weights is None else self.weights\n",
    ),
    "y sorted": ("error = prediction - y", "error = prediction - np.sort(y)"),
    "absolute predictions": ("return X @ self.weights + self.bias", "return np.abs(X @ self.weights + self.bias)"),
    "rounded predictions": ("return X @ self.weights + self.bias", "return np.round(X @ self.weights + self.bias)"),
    "momentum": [
        (LOOP, "vw, vb = 0.0, 0.0\n        " + LOOP),
        (
            W,
            "vw = 0.9 * vw + dw\n            vb = 0.9 * vb + db\n            self.weights = self.weights - self.lr * vw",
        ),
        (B, "self.bias = self.bias - self.lr * vb"),
    ],
    "clipped": (DB, DB + "\n            dw = np.clip(dw, -0.01, 0.01)"),
}

FW = "w -= learning_rate * w_gradient"
FB = "b -= learning_rate * b_gradient"
FLOOP = "for _epoch in range(epochs):"
FUNCTION = {
    "no bias": [("residual = y - (np.dot(X, w) + b)", "residual = y - np.dot(X, w)"), (FB, "b = 0.0")],
    "bias never updated": (FB, "pass"),
    "bias not used": ("residual = y - (np.dot(X, w) + b)", "residual = y - np.dot(X, w)"),
    "bias uphill": (FB, "b += learning_rate * b_gradient"),
    "bias summed": ("-2 / n * residual.sum()", "-2 * residual.sum()"),
    "weights summed": ("-2 / n * np.dot(X.T, residual)", "-2 * np.dot(X.T, residual)"),
    "bias scaled": ("-2 / n * residual.sum()", "-1 / n * residual.sum()"),
    "uphill": [(FW, "w += learning_rate * w_gradient"), (FB, "b += learning_rate * b_gradient")],
    "residual sign": ("w_gradient = -2 / n", "w_gradient = 2 / n"),
    "no mean": [("-2 / n * np.dot", "-2 / n**2 * np.dot"), ("-2 / n * residual", "-2 / n**2 * residual")],
    "divided by columns": ("n = len(y)", "n = X.shape[1]"),
    "rate squared": [(FW, "w -= learning_rate**2 * w_gradient"), (FB, "b -= learning_rate**2 * b_gradient")],
    "rate decays": (FLOOP, "for _epoch in range(epochs):\n        learning_rate = learning_rate * 0.99"),
    "one epoch short": (FLOOP, "for _epoch in range(1, epochs):"),
    "one epoch more": (FLOOP, "for _epoch in range(epochs + 1):"),
    "one step": ("    return w, b", "        return w, b"),
    "weights never updated": (FW, "pass"),
    "old predictions": [
        ("        residual = y - (np.dot(X, w) + b)\n", ""),
        (FLOOP, "residual = y - (np.dot(X, w) + b)\n    " + FLOOP),
    ],
    "last row lost": ("n = len(y)", "X, y = X[:-1], y[:-1]\n    n = len(y)"),
    "first row lost": ("n = len(y)", "X, y = X[1:], y[1:]\n    n = len(y)"),
    "hidden penalty": (FW, "w -= learning_rate * (w_gradient + 0.02 * w)"),
    "integer weights": [
        ("w = np.zeros(X.shape[1])", "w = np.zeros(X.shape[1], dtype=int)"),
        (FW, "w = (w - learning_rate * w_gradient).astype(int)"),
    ],
    "X changed": ("n = len(y)", "X /= 2\n    n = len(y)"),
    "y changed": ("n = len(y)", "y -= 1.0\n    n = len(y)"),
    "sign of residual": ("residual = y - (np.dot(X, w) + b)", "residual = np.sign(y - (np.dot(X, w) + b))"),
    "weights first": [
        ("        b_gradient = -2 / n * residual.sum()\n        w -=", "        w -="),
        (FB, "b -= learning_rate * -2 / n * (y - X @ w - b).sum()"),
    ],
    "random restart": (FLOOP, FLOOP + "\n        w = np.random.normal(size=X.shape[1])"),
    "gradients pile up": [
        (FLOOP, "w_gradient, b_gradient = 0.0, 0.0\n    " + FLOOP),
        ("w_gradient = -2 / n", "w_gradient = w_gradient - 2 / n"),
        ("b_gradient = -2 / n", "b_gradient = b_gradient - 2 / n"),
    ],
    "rising loss": (
        FB,
        FB
        + "\n        new = np.mean((y - X @ w - b) ** 2)\n        if np.mean(residual**2) - new < 1e-9:\n            break",
    ),
}

MW, MB = "w = w - alpha * dj_dw", "b = b - alpha * dj_db"
MODULE = {
    "predict without bias": ("return X @ w + b", "return X @ w"),
    "bias never updated": (MB, "pass"),
    "uphill": [(MW, "w = w + alpha * dj_dw"), (MB, "b = b + alpha * dj_db")],
    "bias first": [
        (MB, "w = w - alpha * X.T @ (X @ w + b - y) / len(y)"),
        (MW, MB),
    ],
    "gradient without mean": ("return dj_db / m, dj_dw / m", "return dj_db / m, dj_dw"),
    "gradient bias": ("        dj_db += error", "        dj_db = error"),
    "gradient last row": ("for i in range(m):", "for i in range(m - 1):"),
    "loss without square": ("np.sum(errors**2)", "np.sum(errors)"),
    "one step": (
        "        history.append(compute_cost(X, y, w, b))\n    return",
        "        history.append(0)\n        return",
    ),
    "bias scaled": ("dj_db = errors.mean()", "dj_db = 2 * errors.mean()"),
    "residual sign": (MW, "w = w + alpha * dj_dw"),
    "divided by columns": [
        ("X.T @ errors / len(y)", "X.T @ errors / len(w)"),
        ("errors.mean()", "errors.sum() / len(w)"),
    ],
    "one epoch short": ("for _ in range(num_iters):", "for _ in range(num_iters - 1):"),
}

SCORE = "return 1 - missed / np.sum((y - np.mean(y)) ** 2)"
EXACT = {
    "score swapped": (
        SCORE,
        "guess = self.predict(X)\n        return 1 - missed / np.sum((guess - np.mean(guess)) ** 2)",
    ),
    "score missed": (SCORE, "return missed / np.sum((y - np.mean(y)) ** 2)"),
    "score correlation": (SCORE, "return np.corrcoef(y, self.predict(X))[0, 1] ** 2"),
    "score about zero": (SCORE, "return 1 - missed / np.sum(y**2)"),
    "no bias": [
        ("x_mean = weight @ X / weight.sum()", "x_mean = np.zeros(p)"),
        ("y_mean = weight @ y / weight.sum()", "y_mean = 0.0"),
    ],
    "predict without bias": ("@ self.coef_ + self.intercept_", "@ self.coef_"),
    "bias is the mean of y": ("y_mean - x_mean @ self.coef_", "y_mean"),
    "predict minus bias": ("@ self.coef_ + self.intercept_", "@ self.coef_ - self.intercept_"),
    "float32": [
        ("A = (X - x_mean) * root[:, None]", "A = ((X - x_mean) * root[:, None]).astype(np.float32)"),
        ("c = (y - y_mean) * root", "c = ((y - y_mean) * root).astype(np.float32)"),
    ],
    "tiny ridge": (
        "        if self.l2 > 0:",
        "        A = np.vstack([A, 1e-2 * np.eye(p)])\n        c = np.append(c, np.zeros(p))\n        if self.l2 > 0:",
    ),
    "weights ignored": (
        "np.ones(n) if sample_weight is None else np.asarray(sample_weight, dtype=float)",
        "np.ones(n)",
    ),
    "weights not rooted": ("root = np.sqrt(weight)", "root = weight"),
    "weights half": ("x_mean = weight @ X / weight.sum()", "x_mean = X.mean(axis=0)"),
    "penalty no effect": ("if self.l2 > 0:", "if False:"),
    "penalty squared": ("np.sqrt(self.l2) * np.eye(p)", "self.l2 * np.eye(p)"),
    "s2 by n": ("max(n - p - 1, 1)", "n"),
    "s2 by n - 1": ("max(n - p - 1, 1)", "(n - 1)"),
    "se is variance": (
        "np.sqrt(self.s2_ * ((Vt.T * inverse) ** 2).sum(axis=1))",
        "self.s2_ * ((Vt.T * inverse) ** 2).sum(axis=1)",
    ),
    "se by y": ("np.sqrt(self.s2_ * (", "np.sqrt(y.var() * ("),
    "se without leverage": (
        "np.sqrt(self.s2_ * ((Vt.T * inverse) ** 2).sum(axis=1))",
        "np.sqrt(self.s2_ / n) * np.ones(p)",
    ),
    "X changed": ("X = np.asarray(X, dtype=float)\n        y", "X -= np.mean(X, axis=0)\n        y"),
    "each column alone": ("Vt.T @ (inverse * (U.T @ c))", "A.T @ c / (A * A).sum(axis=0)"),
    "last row lost": ("        n, p = X.shape", "        X, y = X[:-1], y[:-1]\n        n, p = X.shape"),
    "X to integers": ("X = np.asarray(X, dtype=float)\n        y", "X = np.asarray(X).astype(int)\n        y"),
    "rounded predictions": (
        "return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_",
        "return np.round(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)",
    ),
}

SCALED = {
    "test batch": ("return (X - self.mean_) / self.std_", "return (X - X.mean(axis=0)) / X.std(axis=0)"),
    "predict raw": ("return self._standardise(X) @ self.weights", "return X @ self.weights"),
    "variance for deviation": ("return self._standardise(X) @", "return (X - self.mean_) / self.std_**2 @"),
    "mean not subtracted": ("return self._standardise(X) @", "return X / self.std_ @"),
    "predict without bias": (
        "return self._standardise(X) @ self.weights + self.bias",
        "return self._standardise(X) @ self.weights",
    ),
    "bias never updated": ("self.bias = self.bias - self.learning_rate * error.mean()", "pass"),
    "cache": ("self.mean_ = X.mean(axis=0)", "self.mean_ = getattr(self, 'mean_', X.mean(axis=0))"),
    "uphill": [
        ("self.weights = self.weights - self", "self.weights = self.weights + self"),
        ("self.bias = self.bias - self", "self.bias = self.bias + self"),
    ],
}

MUTANTS: list[Mutant] = [
    *of("line_class", "regression", "LinearRegression", CLASS),
    *of("line_function", "regression", "train", FUNCTION),
    *of("line_module", "regression", "", MODULE),
    *of("line_exact", "regression", "LeastSquares", EXACT),
    *of("scaled", "regression", "ScaledRegression", SCALED),
]
