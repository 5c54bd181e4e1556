# ruff: noqa
"""Network whose parameters live in ONE flat vector; regression or classification.

loss_and_grad(theta, X, T) gives the SUM loss over the rows (half squared error,
or cross entropy) and its gradient; fit divides by the batch's rows and uses Adam.
Samples are columns inside (X is transposed on entry).
"""

import numpy as np


class FlatNet:
    def __init__(self, hidden=(16,), task="classification", lr=0.01, epochs=300, batch_size=32, seed=0):
        self.hidden, self.task, self.lr = tuple(hidden), task, lr
        self.epochs, self.batch_size, self.seed = epochs, batch_size, seed

    def _layout(self, d, k):
        sizes = (d,) + self.hidden + (k,)
        self.shapes_ = [(o, i + 1) for i, o in zip(sizes[:-1], sizes[1:])]  # bias: last column
        self.cuts_ = np.cumsum([0] + [o * i for o, i in self.shapes_])

    def _unpack(self, theta):
        return [theta[a:b].reshape(s) for a, b, s in zip(self.cuts_[:-1], self.cuts_[1:], self.shapes_)]

    def _forward(self, theta, Xc):
        layers, acts = self._unpack(theta), [Xc]
        for n, M in enumerate(layers):
            z = M[:, :-1] @ acts[-1] + M[:, -1:]
            acts.append(np.tanh(z) if n < len(layers) - 1 else z)
        return layers, acts

    def loss_and_grad(self, theta, X, T):
        layers, acts = self._forward(theta, X.T)
        z, T = acts[-1], T.T
        if self.task == "classification":
            z = z - z.max(axis=0)
            logp = z - np.log(np.exp(z).sum(axis=0))
            value, delta = -(T * logp).sum(), np.exp(logp) - T
        else:
            delta = z - T
            value = 0.5 * (delta**2).sum()
        grads = []
        for n in range(len(layers) - 1, -1, -1):
            grads.append(np.hstack([delta @ acts[n].T, delta.sum(axis=1, keepdims=True)]))
            if n:
                delta = (layers[n][:, :-1].T @ delta) * (1 - acts[n] ** 2)
        return value, np.concatenate([g.ravel() for g in reversed(grads)])

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        if self.task == "classification":
            self.classes_, idx = np.unique(np.asarray(y), return_inverse=True)
            T = np.eye(len(self.classes_))[idx]
        else:
            T = np.asarray(y, dtype=float).reshape(len(X), -1)
        rng = np.random.default_rng(self.seed)
        self._layout(X.shape[1], T.shape[1])
        theta = np.concatenate(
            [
                np.hstack([rng.normal(0, 1 / np.sqrt(i - 1), (o, i - 1)), np.zeros((o, 1))]).ravel()
                for o, i in self.shapes_
            ]
        )
        m, v, t = np.zeros_like(theta), np.zeros_like(theta), 0
        for _ in range(self.epochs):
            order = rng.permutation(len(X))
            for s in range(0, len(X), self.batch_size):
                r = order[s : s + self.batch_size]
                g = self.loss_and_grad(theta, X[r], T[r])[1] / len(r)
                t += 1
                m = 0.9 * m + 0.1 * g
                v = 0.999 * v + 0.001 * g * g
                theta = theta - self.lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        self.theta_ = theta
        return self

    def predict_proba(self, X):
        z = self._forward(self.theta_, np.asarray(X, dtype=float).T)[1][-1]
        e = np.exp(z - z.max(axis=0))
        return (e / e.sum(axis=0)).T

    def predict(self, X):
        if self.task == "classification":
            return self.classes_[self.predict_proba(X).argmax(axis=1)]
        out = self._forward(self.theta_, np.asarray(X, dtype=float).T)[1][-1].T
        return out[:, 0] if out.shape[1] == 1 else out
