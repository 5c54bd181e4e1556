# ruff: noqa
import numpy as np


class SoftmaxClassifier:
    """Multinomial logistic regression with an L2 penalty on the coefficients
    (``0.5 * alpha * ||coef_||^2``; the intercept is left alone)."""

    def __init__(self, alpha=1e-3, learning_rate=0.5, max_iter=2000, tol=1e-8, verbose=False):
        self.alpha = alpha
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.tol = tol
        self.verbose = verbose

    def get_params(self, deep=True):
        return {k: v for k, v in self.__dict__.items() if not k.endswith("_")}

    @staticmethod
    def _log_softmax(z):
        z = z - z.max(axis=1, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(y, return_inverse=True)
        n = X.shape[0]
        onehot = np.eye(len(self.classes_))[idx]
        A = np.column_stack([np.ones(n), X])
        theta = np.zeros((A.shape[1], len(self.classes_)))
        self.history_ = []
        for it in range(self.max_iter):
            logp = self._log_softmax(A @ theta)
            loss = -np.mean(logp[np.arange(n), idx]) + 0.5 * self.alpha * np.sum(theta[1:] ** 2)
            self.history_.append(loss)
            grad = A.T @ (np.exp(logp) - onehot) / n + self.alpha * theta
            theta -= self.learning_rate * grad
            if self.verbose and it % 200 == 0:
                print(f"iter {it}: {loss:.5f}")
            if np.abs(grad).max() < self.tol:
                break
        self.n_iter_ = it + 1
        self.intercept_, self.coef_ = theta[0], theta[1:].T
        return self

    def predict_log_proba(self, X):
        return self._log_softmax(np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_)

    def predict_proba(self, X):
        return np.exp(self.predict_log_proba(X))

    def predict(self, X):
        return self.classes_[self.predict_log_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return np.mean(self.predict(X) == y)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    C = np.array([[0, 3], [3, -1], [-3, -1.0]])
    k = r.integers(0, 3, 200)
    X = C[k] + r.normal(size=(200, 2))
    y = np.array(["a", "b", "c"])[k]
    m = SoftmaxClassifier(alpha=0.01).fit(X, y)
    print(m.score(X, y), m.history_[0], m.history_[-1], m.n_iter_)
