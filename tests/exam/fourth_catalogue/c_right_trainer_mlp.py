import copy

import numpy as np


class MLP:
    def __init__(self, n_in, n_hidden, seed=0):
        rng = np.random.default_rng(seed)
        self.p = {
            "W1": rng.normal(size=(n_in, n_hidden)) * np.sqrt(2 / n_in),
            "b1": np.zeros(n_hidden),
            "W2": rng.normal(size=(n_hidden, 1)) * np.sqrt(1 / n_hidden),
            "b2": np.zeros(1),
        }

    def forward(self, X):
        h = np.maximum(X @ self.p["W1"] + self.p["b1"], 0)
        return (h @ self.p["W2"] + self.p["b2"]).ravel(), h

    def predict(self, X):
        return self.forward(X)[0]

    def loss_and_grads(self, X, y):
        out, h = self.forward(X)
        r = out - y
        d = (r / len(y))[:, None]
        g = {"W2": h.T @ d, "b2": d.sum(0)}
        dh = (d @ self.p["W2"].T) * (h > 0)
        g["W1"], g["b1"] = X.T @ dh, dh.sum(0)
        return 0.5 * np.mean(r**2), g


class Trainer:
    def __init__(self, model, lr=0.05, batch_size=32, epochs=300, patience=30, seed=0):
        self.model, self.lr, self.batch_size = model, lr, batch_size
        self.epochs, self.patience = epochs, patience
        self.rng = np.random.default_rng(seed)
        self.history = {"train": [], "val": []}

    def fit(self, train, val):
        (X, y), (Xv, yv) = train, val
        best, state, waited = float("inf"), None, 0
        for _ in range(self.epochs):
            order = self.rng.permutation(len(X))
            for i in range(0, len(X), self.batch_size):
                idx = order[i : i + self.batch_size]
                _, grads = self.model.loss_and_grads(X[idx], y[idx])
                for name, g in grads.items():
                    self.model.p[name] -= self.lr * g
            self.history["train"].append(self.model.loss_and_grads(X, y)[0])
            v = 0.5 * np.mean((self.model.predict(Xv) - yv) ** 2)
            self.history["val"].append(v)
            if v < best - 1e-9:
                best, state, waited = v, copy.deepcopy(self.model.p), 0
            else:
                waited += 1
                if waited > self.patience:
                    break
        if state is not None:
            self.model.p = state
        return self.history
