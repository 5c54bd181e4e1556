import numpy as np


class TwoLayerNet:
    """input -> ReLU hidden layer -> softmax, trained by SGD with momentum."""

    def __init__(self, input_size, hidden_size=32, output_size=3, reg=1e-4, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.standard_normal((input_size, hidden_size)) * np.sqrt(2.0 / input_size)
        self.b1 = np.zeros(hidden_size)
        self.W2 = rng.standard_normal((hidden_size, output_size)) * np.sqrt(1.0 / hidden_size)
        self.b2 = np.zeros(output_size)
        self.reg = reg
        self.rng = rng

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.h = np.maximum(self.z1, 0)
        scores = self.h @ self.W2 + self.b2
        scores = scores - scores.max(axis=1, keepdims=True)
        e = np.exp(scores)
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, X, y):
        probs = self.forward(X)
        data = -np.log(probs[np.arange(len(y)), y] + 1e-15).mean()
        return data + self.reg * ((self.W1**2).sum() + (self.W2**2).sum())

    def backward(self, X, y):
        n = len(y)
        d = self.forward(X)
        d[np.arange(n), y] -= 1
        d /= n
        grads = {}
        grads["W2"] = self.h.T @ d + 2 * self.reg * self.W2
        grads["b2"] = d.sum(axis=0)
        dh = d @ self.W2.T
        dh[self.z1 <= 0] = 0
        grads["W1"] = X.T @ dh + 2 * self.reg * self.W1
        grads["b1"] = dh.sum(axis=0)
        return grads

    def train(self, X, y, lr=0.1, epochs=100, batch_size=32, momentum=0.9):
        vel = {k: np.zeros_like(getattr(self, k)) for k in ("W1", "b1", "W2", "b2")}
        history = []
        for _ in range(epochs):
            perm = self.rng.permutation(len(y))
            for s in range(0, len(y), batch_size):
                idx = perm[s : s + batch_size]
                grads = self.backward(X[idx], y[idx])
                for k, g in grads.items():
                    vel[k] = momentum * vel[k] - lr * g
                    setattr(self, k, getattr(self, k) + vel[k])
            history.append(self.loss(X, y))
        return history

    def predict(self, X):
        return self.forward(X).argmax(axis=1)
