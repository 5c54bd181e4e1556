import numpy as np


class MiniBatchLinReg:
    def __init__(self, eta=0.05, n_epochs=100, batch_size=16, random_state=42, verbose=False):
        self.eta = eta
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.random_state = random_state
        self.verbose = verbose

    def _batches(self, X, y, rng):
        X_shuffled = rng.permutation(X)
        y_shuffled = rng.permutation(y)
        for start in range(0, X.shape[0], self.batch_size):
            stop = start + self.batch_size
            yield X_shuffled[start:stop], y_shuffled[start:stop]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        rng = np.random.default_rng(self.random_state)
        self.w = rng.normal(scale=0.01, size=X.shape[1])
        self.b = 0.0
        self.history = []
        for epoch in range(self.n_epochs):
            for xb, yb in self._batches(X, y, rng):
                err = xb @ self.w + self.b - yb
                self.w -= self.eta * xb.T @ err / len(xb)
                self.b -= self.eta * err.mean()
            mse = np.mean((self.predict(X) - y) ** 2)
            self.history.append(mse)
            if self.verbose and epoch % 10 == 0:
                print(f"epoch {epoch}: mse={mse:.4f}")
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
