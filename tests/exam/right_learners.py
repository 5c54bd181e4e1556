"""Right learners of several makes, as learners and libraries write them. None of them may fail an exam."""

from __future__ import annotations

import numpy as np


class NormalEquations:
    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), X])
        self.theta = np.linalg.solve(A.T @ A, A.T @ y)
        return self

    def predict(self, X):
        return np.column_stack([np.ones(len(X)), X]) @ self.theta


class Lstsq:
    def fit(self, X, y):
        A = np.column_stack([X, np.ones(len(X))])
        self.theta_ = np.linalg.lstsq(A, y, rcond=None)[0]

    def predict(self, X):
        return X @ self.theta_[:-1] + self.theta_[-1]


class Descent:
    def __init__(self, learning_rate=0.01, epochs=1000, kind="1/n"):
        self.learning_rate, self.epochs, self.kind = learning_rate, epochs, kind

    def fit(self, X, y):
        factor = {"1/n": 1 / len(y), "2/n": 2 / len(y), "sum": 1.0}[self.kind]
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            error = X @ self.w + self.b - y
            self.w = self.w - self.learning_rate * factor * X.T @ error
            self.b = self.b - self.learning_rate * factor * error.sum()
        return self

    def predict(self, X):
        return X @ self.w + self.b


def train_mean(X, y, learning_rate, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        error = y - (X @ w + b)
        w = w + learning_rate * X.T @ error / len(y)
        b = b + learning_rate * error.mean()
    return w, b


def train_sum(X, y, lr, n_iters):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_iters):
        error = X @ w + b - y
        w, b = w - lr * 2 * X.T @ error, b - lr * 2 * error.sum()
    return {"weights": w, "bias": b}


def train_theta(X, y, alpha, num_iters):
    """The caller adds the column of ones."""
    theta = np.zeros(X.shape[1])
    for _ in range(num_iters):
        theta = theta - alpha * X.T @ (X @ theta - y) / len(y)
    return theta


def train_random_start(X, y, learning_rate, epochs):
    w, b = np.random.normal(size=X.shape[1]) * 0.01, 0.0
    for _ in range(epochs):
        error = X @ w + b - y
        w, b = w - learning_rate * 2 * X.T @ error / len(y), b - learning_rate * 2 * error.mean()
    return w, b, [0.0]


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Logistic:
    def __init__(self, lr=0.1, num_iterations=500):
        self.lr, self.num_iterations = lr, num_iterations

    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.num_iterations):
            error = _sigmoid(X @ self.w + self.b) - y
            self.w = self.w - self.lr * X.T @ error / len(y)
            self.b = self.b - self.lr * error.mean()
        return self

    def predict_proba(self, X):
        return _sigmoid(X @ self.w + self.b)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)


def train_signs(X, y, learning_rate, epochs):
    """Labels -1 and 1, a sum over the rows."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        pull = y * _sigmoid(-y * (X @ w + b))
        w, b = w + learning_rate * X.T @ pull, b + learning_rate * pull.sum()
    return w, b


class Softmax:
    def __init__(self, lr=0.1, epochs=300):
        self.lr, self.epochs = lr, epochs

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        target = (y[:, None] == self.classes_).astype(float)
        self.W, self.b = np.zeros((X.shape[1], len(self.classes_))), np.zeros(len(self.classes_))
        for _ in range(self.epochs):
            error = self.predict_proba(X) - target
            self.W = self.W - self.lr * X.T @ error / len(y)
            self.b = self.b - self.lr * error.mean(axis=0)
        return self

    def predict_proba(self, X):
        z = X @ self.W + self.b
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


def statsmodels_ols():
    sm = __import__("statsmodels.api", fromlist=["OLS"])

    class Ols:
        def fit(self, X, y):
            found = sm.OLS(y, np.column_stack([np.ones(len(X)), X])).fit()
            self.intercept_, self.coef_ = found.params[0], found.params[1:]
            self.s2_, self.stderr_ = float(found.mse_resid), found.bse[1:]
            return self

        def predict(self, X):
            return X @ self.coef_ + self.intercept_

    return Ols


def scipy_lstsq():
    linalg = __import__("scipy.linalg", fromlist=["lstsq"])

    class Scipy:
        def fit(self, X, y):
            middle = X.mean(axis=0)
            self.coef_ = linalg.lstsq(X - middle, y - y.mean())[0]
            self.intercept_ = y.mean() - middle @ self.coef_
            return self

        def predict(self, X):
            return X @ self.coef_ + self.intercept_

    return Scipy


def candidates():
    """(name, candidate, task) of every make."""
    from sklearn import linear_model

    import groundup as gu

    return [
        ("gu exact", gu.LinearRegression(), "regression"),
        ("gu descent", gu.LinearRegression(solver="gradient_descent"), "regression"),
        ("sklearn linear", linear_model.LinearRegression(), "regression"),
        ("sklearn ridge 0", linear_model.Ridge(alpha=0.0), "regression"),
        ("sklearn ridge class", linear_model.Ridge, "regression"),
        ("statsmodels", statsmodels_ols(), "regression"),
        ("scipy", scipy_lstsq(), "regression"),
        ("normal equations", NormalEquations, "regression"),
        ("lstsq", Lstsq(), "regression"),
        ("descent 1/n", Descent(kind="1/n"), "regression"),
        ("descent 2/n", Descent(kind="2/n"), "regression"),
        ("descent sum", Descent(kind="sum"), "regression"),
        ("train mean", train_mean, "regression"),
        ("train sum", train_sum, "regression"),
        ("train theta", train_theta, "regression"),
        ("train random start", train_random_start, "regression"),
        ("sklearn logistic", linear_model.LogisticRegression(C=np.inf), "classification"),
        ("numpy logistic", Logistic, "classification"),
        ("train signs", train_signs, "classification"),
        ("sklearn softmax", linear_model.LogisticRegression(C=np.inf), "multiclass"),
        ("numpy softmax", Softmax(), "multiclass"),
        *(
            [
                ("gu logistic", gu.LogisticRegression(), "classification"),
                ("gu softmax", gu.LogisticRegression(), "multiclass"),
            ]
            if hasattr(gu, "LogisticRegression")
            else []
        ),
    ]
