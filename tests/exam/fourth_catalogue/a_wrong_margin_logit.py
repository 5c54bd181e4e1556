import numpy as np


def logistic_loss(theta, A, s):
    return np.mean(np.logaddexp(0.0, -s * (A @ theta)))


def logistic_grad(theta, A, s):
    m = s * (A @ theta)
    sig = np.exp(-np.logaddexp(0.0, m))
    return -A.T @ (s * sig) / len(s)


class MarginLogistic:
    """Labels are 0/1; internally the loss log(1 + exp(-s * score)) with s = -1/+1 is used."""

    def __init__(self, lr=0.5, n_iters=2000, reg=0.0):
        self.lr = lr
        self.n_iters = n_iters
        self.reg = reg

    def fit(self, X, y):
        A = np.column_stack([np.asarray(X, dtype=float), np.ones(len(X))])
        y = np.asarray(y).ravel()
        s = 2 * y - 1
        theta = np.zeros(A.shape[1])
        self.history = [logistic_loss(theta, A, s)]
        for _ in range(self.n_iters):
            g = logistic_grad(theta, A, s)
            g[:-1] += self.reg * theta[:-1]
            theta = theta - self.lr * g
            self.history.append(logistic_loss(theta, A, s))
        self.theta = theta
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.theta[:-1] + self.theta[-1]

    def predict_proba(self, X):
        p = np.exp(-np.logaddexp(0.0, -self.decision_function(X)))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.decision_function(X) > 0).astype(int)
