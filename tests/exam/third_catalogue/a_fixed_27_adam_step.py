# ruff: noqa
import numpy as np


class Adam:
    """Adam (Kingma & Ba 2015, algorithm 1) for a dict of parameters."""

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        self.learning_rate = learning_rate
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.t = 0
        self.moments = {}

    def update(self, params, grads):
        """Return a new dict with the parameters after one step."""
        new = {}
        self.t += 1
        for name, value in params.items():
            g = grads[name]
            m, v = self.moments.get(name, (np.zeros_like(value, dtype=float), np.zeros_like(value, dtype=float)))
            m = self.beta_1 * m + (1 - self.beta_1) * g
            v = self.beta_2 * v + (1 - self.beta_2) * np.square(g)
            self.moments[name] = (m, v)
            m_hat = m / (1 - self.beta_1**self.t)
            v_hat = v / (1 - self.beta_2**self.t)
            new[name] = value - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
        return new

    def reset(self):
        self.t = 0
        self.moments.clear()


class LogisticAdam:
    """Logistic regression trained with full-batch Adam; labels 0/1."""

    def __init__(self, learning_rate=0.05, n_iter=500):
        self.learning_rate = learning_rate
        self.n_iter = n_iter

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        params = {"w": np.zeros(X.shape[1]), "b": np.zeros(1)}
        opt = Adam(self.learning_rate)
        for _ in range(self.n_iter):
            d = self._prob(X, params) - y
            params = opt.update(params, {"w": X.T @ d / len(y), "b": np.array([d.mean()])})
        self.params_ = params
        return self

    @staticmethod
    def _prob(X, params):
        return 0.5 * (1 + np.tanh(0.5 * (X @ params["w"] + params["b"])))

    def predict_proba(self, X):
        p = self._prob(np.asarray(X, float), self.params_)
        return np.column_stack((1 - p, p))

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)
