"""Mistakes of penalised and weighted fits: coordinate descent, ridge at once, Newton's method."""

from __future__ import annotations

from groundup.exam.mutants.making import Mutant, of

UPDATE = "w[j] = soft_threshold(rho, l1) / (squares[j] + l2)"
COLUMNS = "        return np.column_stack([np.ones(len(X)), X]) @ self.theta"
SCORE = "return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_"
PULL = "gradient = A.T @ (weight * (p - target)) + price * theta"

LASSO = {
    "threshold after division": (
        UPDATE,
        "w[j] = soft_threshold(rho / squares[j], self.alpha * self.l1_ratio) / (1 + l2 / squares[j])",
    ),
    "threshold one-sided": ("return x + t", "return x - t"),
    "threshold hard": (UPDATE, "w[j] = (rho if abs(rho) > l1 else 0.0) / (squares[j] + l2)"),
    "squares before centring": [
        ("squares = (Z**2).sum(axis=0)", "squares = (X**2).sum(axis=0)"),
        ("Z[:, j] @ residual + squares[j] * old", "Z[:, j] @ (residual + Z[:, j] * old)"),
    ],
    "own part not added back": ("rho = Z[:, j] @ residual + squares[j] * old", "rho = Z[:, j] @ residual"),
    "l1 and l2 exchanged": [
        ("l1 = self.alpha * self.l1_ratio * n", "l1 = self.alpha * (1 - self.l1_ratio) * n"),
        ("l2 = self.alpha * (1 - self.l1_ratio) * n", "l2 = self.alpha * self.l1_ratio * n"),
    ],
    "first column free": (UPDATE, "w[j] = soft_threshold(rho, l1 if j else 0.0) / (squares[j] + l2)"),
    "negative weights are 0": (UPDATE, "w[j] = max(soft_threshold(rho, l1), 0.0) / (squares[j] + l2)"),
    "one step": ("                largest = max(largest, abs(w[j] - old))", "                largest = 0.0"),
    "bias is the mean of y": ("y_mean - x_mean @ w", "y_mean"),
}

RIDGE = {
    "last column free": ("penalty[0, 0] = 0.0", "penalty[-1, -1] = 0.0"),
    "penalty sign": ("A.T @ A + penalty", "A.T @ A - penalty"),
    "penalty no effect": ("A.T @ A + penalty", "A.T @ A"),
    "penalty squared": ("self.alpha * np.eye", "self.alpha**2 * np.eye"),
    "ones at the other end": (COLUMNS, COLUMNS.replace("[np.ones(len(X)), X]", "[X, np.ones(len(X))]")),
}

NEWTON = {
    "penalty on the curvature only": (PULL, "gradient = A.T @ (weight * (p - target))"),
    "bias not weighted": (PULL, PULL + "\n            gradient[-1] = (p - target).sum()"),
    "weights ignored": (
        "weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=float)",
        "weight = np.ones(len(X))",
    ),
    "labels by first seen": ("(np.asarray(y) == self.classes_[1])", "(np.asarray(y) != np.asarray(y)[0])"),
    "ones at the other end": (
        SCORE,
        "return np.asarray(X, dtype=float) @ np.append(self.coef_[1:], self.intercept_) + self.coef_[0]",
    ),
    "predict without bias": (SCORE, "return np.asarray(X, dtype=float) @ self.coef_"),
    "columns swapped": ("np.column_stack([1 - p, p])", "np.column_stack([p, 1 - p])"),
    "one step": (
        "                break\n        self.coef_",
        "                break\n            break\n        self.coef_",
    ),
}

MUTANTS: list[Mutant] = [
    *of("line_lasso", "regression", "ElasticNet", LASSO),
    *of("line_ridge", "regression", "Ridge", RIDGE),
    *of("logistic_newton", "classification", "LogisticRegression", NEWTON),
]
