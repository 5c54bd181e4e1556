import numpy as np


class OneVsRestLogistic:
    """One logistic regression per class, each by Newton's method.

    Per class:  sum(log-loss) + ||w||^2 / (2 C), intercept not penalised.
    """

    def __init__(self, C=1.0, n_iter=25):
        self.C = C
        self.n_iter = n_iter

    def _newton(self, A, t):
        pen = np.full(A.shape[1], 1.0 / self.C)
        pen[-1] = 0.0
        beta = np.zeros(A.shape[1])
        for _ in range(self.n_iter):
            p = 1.0 / (1.0 + np.exp(-np.clip(A @ beta, -500, 500)))
            g = A.T @ (p - t) + pen * beta
            H = (A * (p * (1 - p))[:, None]).T @ A + np.diag(pen)
            H[-1, -1] += 1e-12
            beta = beta - np.linalg.solve(H, g)
        return beta

    def fit(self, X, y):
        X = np.asarray(X, float)
        A = np.hstack([X, np.ones((X.shape[0], 1))])
        self.labels = np.unique(y)
        self.B = np.array([self._newton(A, (np.asarray(y) == c).astype(float)) for c in self.labels])
        return self

    def decision_function(self, X):
        return np.asarray(X, float) @ self.B[:, :-1].T + self.B[:, -1]

    def predict(self, X):
        return self.labels[np.argmax(self.decision_function(X), axis=1)]
