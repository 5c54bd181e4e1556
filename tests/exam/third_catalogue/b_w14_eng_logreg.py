# ruff: noqa
import numpy as np


class LogisticRegressionGD:
    """Binary logistic regression (full-batch gradient descent, L2 penalty).

    Any two labels are accepted; they are stored in ``classes_``.
    """

    def __init__(self, learning_rate=0.5, max_iter=1000, alpha=0.0, tol=1e-7, verbose=False):
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.alpha = alpha
        self.tol = tol
        self.verbose = verbose

    def get_params(self, deep=True):
        return dict(
            learning_rate=self.learning_rate,
            max_iter=self.max_iter,
            alpha=self.alpha,
            tol=self.tol,
            verbose=self.verbose,
        )

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(np.asarray(y), return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("exactly two classes are required")
        n, d = X.shape
        self.coef_, self.intercept_ = np.zeros(d), 0.0
        self.history_ = []
        for it in range(self.max_iter):
            z = self.decision_function(X)
            p = self._sigmoid(z)
            loss = np.mean(np.logaddexp(0, z) - t * z) + 0.5 * self.alpha * self.coef_ @ self.coef_
            self.history_.append(loss)
            if self.verbose and it % 100 == 0:
                print(f"[{it}] loss={loss:.6f}")
            if it and abs(self.history_[-2] - loss) < self.tol:
                break
            r = p - t
            self.coef_ = self.coef_ - self.learning_rate * (X.T @ r / n + self.alpha * self.coef_)
            self.intercept_ -= self.learning_rate * r.mean()
        self.n_iter_ = it + 1
        return self

    @staticmethod
    def _sigmoid(z):
        return np.exp(-np.logaddexp(0, -z))

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)

    def score(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y)))


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(200, 3))
    y = (X @ [1, -1, 2.0] + 0.5 * r.normal(size=200) > 0).astype(int)
    m = LogisticRegressionGD().fit(X, y)
    print(m.score(X, y), m.n_iter_, m.history_[-1])
