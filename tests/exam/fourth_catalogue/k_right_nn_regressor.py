import numpy as np


def relu(z):
    return np.maximum(0, z)


class NeuralNetRegressor:
    """One hidden ReLU layer, squared error, Adam, early stopping on a held-out part."""

    def __init__(self, n_hidden=32, lr=0.01, n_epochs=500, batch_size=32, validation_split=0.15, patience=40, seed=1):
        self.n_hidden = n_hidden
        self.lr = lr
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.validation_split = validation_split
        self.patience = patience
        self.seed = seed

    def _init(self, d, rng):
        h = self.n_hidden
        return {
            "W1": rng.normal(0, np.sqrt(2 / d), (d, h)),
            "b1": np.zeros(h),
            "W2": rng.normal(0, np.sqrt(1 / h), (h, 1)),
            "b2": np.zeros(1),
        }

    def _gradients(self, X, y):
        p = self.params
        z1 = X @ p["W1"] + p["b1"]
        a1 = relu(z1)
        d2 = 2 * (a1 @ p["W2"] + p["b2"] - y) / len(X)
        d1 = (d2 @ p["W2"].T) * (z1 > 0)
        return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        rng = np.random.default_rng(self.seed)
        self.x_mean, self.x_std = X.mean(0), X.std(0) + 1e-12
        self.y_mean, self.y_std = y.mean(), y.std() + 1e-12
        X = (X - self.x_mean) / self.x_std
        y = (y - self.y_mean) / self.y_std
        order = rng.permutation(len(X))
        n_val = max(1, int(self.validation_split * len(X)))
        val, train = order[:n_val], order[n_val:]
        self.params = self._init(X.shape[1], rng)
        m = {k: np.zeros_like(v) for k, v in self.params.items()}
        v = {k: np.zeros_like(w) for k, w in self.params.items()}
        best, best_params, wait, t = np.inf, None, 0, 0
        for epoch in range(self.n_epochs):
            rng.shuffle(train)
            for i in range(0, len(train), self.batch_size):
                rows = train[i : i + self.batch_size]
                t += 1
                for k, g in self._gradients(X[rows], y[rows]).items():
                    m[k] = 0.9 * m[k] + 0.1 * g
                    v[k] = 0.999 * v[k] + 0.001 * g * g
                    m_hat, v_hat = m[k] / (1 - 0.9**t), v[k] / (1 - 0.999**t)
                    self.params[k] = self.params[k] - self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)
            val_loss = np.mean((self._forward(X[val]) - y[val]) ** 2)
            if val_loss < best:
                best, wait = val_loss, 0
                best_params = {k: w.copy() for k, w in self.params.items()}
            else:
                wait += 1
                if wait >= self.patience:
                    break
        self.params, self.best_val_loss = best_params, best
        return self

    def _forward(self, X):
        p = self.params
        return relu(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]

    def predict(self, X):
        X = (np.asarray(X, dtype=float) - self.x_mean) / self.x_std
        return (self._forward(X) * self.y_std + self.y_mean).ravel()
