import numpy as np


class SGDRegressorES:
    """Linear regression by SGD; stops when the validation error no longer improves."""

    def __init__(self, eta0=0.01, max_epochs=500, patience=20, val_fraction=0.2, random_state=42):
        self.eta0 = eta0
        self.max_epochs = max_epochs
        self.patience = patience
        self.val_fraction = val_fraction
        self.random_state = random_state

    def _split(self, X, y, rng):
        idx = rng.permutation(len(X))
        n_val = int(len(X) * self.val_fraction)
        return X[idx[n_val:]], y[idx[n_val:]], X[idx[:n_val]], y[idx[:n_val]]

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        rng = np.random.RandomState(self.random_state)
        X_train, y_train, X_val, y_val = self._split(X, y, rng)
        self.mean_, self.std_ = X_train.mean(axis=0), X_train.std(axis=0)
        self.std_[self.std_ == 0] = 1.0
        X_train = (X_train - self.mean_) / self.std_
        X_val = (X_val - self.mean_) / self.std_

        w, b = np.zeros(X.shape[1]), y_train.mean()
        best = (np.inf, w.copy(), b)
        wait = 0
        self.val_history_ = []
        for epoch in range(self.max_epochs):
            eta = self.eta0 / (1 + 0.1 * epoch)
            for i in rng.permutation(len(X_train)):
                err = X_train[i] @ w + b - y_train[i]
                w -= eta * err * X_train[i]
                b -= eta * err
            val_mse = np.mean((X_val @ w + b - y_val) ** 2)
            self.val_history_.append(val_mse)
            if val_mse < best[0]:
                best = (val_mse, w.copy(), b)
                wait = 0
            else:
                wait += 1
                if wait >= self.patience:
                    break
        self.best_mse_, self.w_, self.b_ = best
        self.n_epochs_ = epoch + 1
        return self

    def predict(self, X):
        return (np.asarray(X, float) - self.mean_) / self.std_ @ self.w_ + self.b_
