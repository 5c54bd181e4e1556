import numpy as np


class HuberRegression:
    """Robust linear regression: mean Huber loss, minimised by gradient descent."""

    def __init__(self, delta=1.0, lr=0.1, momentum=0.9, n_iter=3000, tol=1e-9):
        self.delta = delta
        self.lr = lr
        self.momentum = momentum
        self.n_iter = n_iter
        self.tol = tol

    def loss(self, r):
        a = np.abs(r)
        return np.mean(np.where(a <= self.delta, 0.5 * r**2, self.delta * (a - 0.5 * self.delta)))

    def _dloss(self, r):
        return np.where(np.abs(r) <= self.delta, r, np.sign(r))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.x_mean, self.x_std = X.mean(axis=0), X.std(axis=0)
        self.x_std[self.x_std == 0] = 1.0
        A = np.hstack([(X - self.x_mean) / self.x_std, np.ones((len(X), 1))])
        theta = np.zeros(A.shape[1])
        theta[-1] = np.median(y)
        speed = np.zeros_like(theta)
        self.loss_path = []
        for _ in range(self.n_iter):
            r = A @ theta - y
            self.loss_path.append(self.loss(r))
            g = A.T @ self._dloss(r) / len(y)
            speed = self.momentum * speed - self.lr * g
            theta = theta + speed
            if np.linalg.norm(g) < self.tol:
                break
        self.coef_ = theta[:-1] / self.x_std
        self.intercept_ = theta[-1] - self.x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
