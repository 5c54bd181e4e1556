# ruff: noqa
import numpy as np


class SGDLinearRegressor:
    """Linear regression trained by mini-batch SGD with early stopping.

    When ``early_stopping`` is set, a validation split is held out, training stops
    after ``n_iter_no_change`` epochs without an improvement of ``tol`` and the
    coefficients of the best epoch are restored.
    """

    def __init__(
        self,
        learning_rate=0.01,
        max_iter=200,
        batch_size=16,
        early_stopping=True,
        validation_fraction=0.2,
        n_iter_no_change=10,
        tol=1e-6,
        random_state=0,
        verbose=0,
    ):
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.batch_size = batch_size
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.random_state = random_state
        self.verbose = verbose

    def get_params(self, deep=True):
        return {k: v for k, v in vars(self).items() if not k.endswith("_")}

    def set_params(self, **params):
        for k, v in params.items():
            setattr(self, k, v)
        return self

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        rng = np.random.default_rng(self.random_state)
        A = np.hstack([X, np.ones((X.shape[0], 1))])
        perm = rng.permutation(len(y))
        n_val = int(self.validation_fraction * len(y)) if self.early_stopping else 0
        val, train = perm[:n_val], perm[n_val:]
        theta = np.zeros(A.shape[1])
        best_loss, best_theta, wait = np.inf, theta.copy(), 0
        self.history_ = {"loss": [], "val_loss": []}
        for epoch in range(self.max_iter):
            rng.shuffle(train)
            for s in range(0, len(train), self.batch_size):
                b = train[s : s + self.batch_size]
                theta -= self.learning_rate * 2 * A[b].T @ (A[b] @ theta - y[b]) / len(b)
            self.history_["loss"].append(np.mean((A[train] @ theta - y[train]) ** 2))
            if self.early_stopping:
                v = np.mean((A[val] @ theta - y[val]) ** 2)
                self.history_["val_loss"].append(v)
                if v < best_loss - self.tol:
                    best_loss, best_theta, wait = v, theta, 0
                else:
                    wait += 1
                    if wait >= self.n_iter_no_change:
                        break
            if self.verbose:
                print(epoch, self.history_["loss"][-1])
        if self.early_stopping:
            theta = best_theta
        self.n_iter_ = epoch + 1
        self.coef_, self.intercept_ = theta[:-1], theta[-1]
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(150, 4))
    y = X @ [1, 2, 3, 4.0] - 1 + r.normal(size=150)
    m = SGDLinearRegressor().fit(X, y)
    print(m.coef_, m.intercept_, m.n_iter_, min(m.history_["val_loss"]))
