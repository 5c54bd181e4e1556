import numpy as np


class MLPRegressor:
    """One tanh hidden layer, linear output, full-batch Adam on the mean squared error.

    The target is standardized for training and predictions are given on its own scale.
    """

    def __init__(self, n_hidden=20, lr=0.01, n_iter=2000, seed=0):
        self.n_hidden = n_hidden
        self.lr = lr
        self.n_iter = n_iter
        self.seed = seed

    def _forward(self, X):
        H = np.tanh(X @ self.params["W1"] + self.params["b1"])
        out = H @ self.params["W2"] + self.params["b2"]
        return H, out

    def _gradients(self, X, Y):
        n = X.shape[0]
        H, out = self._forward(X)
        d_out = 2 * (out - Y) / n
        d_h = (d_out @ self.params["W2"].T) * (1 - H**2)
        grads = {
            "W2": H.T @ d_out,
            "b2": d_out.sum(axis=0),
            "W1": X.T @ d_h,
            "b1": d_h.sum(axis=0),
        }
        return np.mean((out - Y) ** 2), grads

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.y_mean, self.y_scale = y.mean(), y.std()
        Y = ((y - self.y_mean) / self.y_scale).reshape(-1, 1)
        rng = np.random.RandomState(self.seed)
        n_in, h = X.shape[1], self.n_hidden
        self.params = {
            "W1": rng.randn(n_in, h) / np.sqrt(n_in),
            "b1": np.zeros(h),
            "W2": rng.randn(h, 1) / np.sqrt(h),
            "b2": np.zeros(1),
        }
        m = {k: np.zeros_like(v) for k, v in self.params.items()}
        v = {k: np.zeros_like(p) for k, p in self.params.items()}
        beta1, beta2, eps = 0.9, 0.999, 1e-8
        self.losses = []

        for t in range(1, self.n_iter + 1):
            loss, grads = self._gradients(X, Y)
            self.losses.append(loss)
            for k in self.params:
                m[k] = beta1 * m[k] + (1 - beta1) * grads[k]
                v[k] = beta2 * v[k] + (1 - beta2) * grads[k] ** 2
                m_hat = m[k] / (1 - beta1**t)
                v_hat = v[k] / (1 - beta2**t)
                self.params[k] -= self.lr * m_hat / (np.sqrt(v_hat) + eps)
        return self

    def predict(self, X):
        _, out = self._forward(np.asarray(X, dtype=float))
        return out.ravel() * self.y_scale + self.y_mean
