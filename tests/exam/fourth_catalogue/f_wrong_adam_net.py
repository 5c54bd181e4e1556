"""Tiny regression network with a separate optimiser object."""

import numpy as np


class Adam:
    """Adam (Kingma & Ba, 2015).  `params` is a list of arrays changed in place."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params = params
        self.lr = lr
        self.b1, self.b2 = betas
        self.eps = eps
        self.t = 0
        self.m = [np.zeros_like(p) for p in params]
        self.v = [np.zeros_like(p) for p in params]

    def step(self, grads):
        for i, (p, g) in enumerate(zip(self.params, grads)):
            self.t += 1
            self.m[i] = self.b1 * self.m[i] + (1 - self.b1) * g
            self.v[i] = self.b2 * self.v[i] + (1 - self.b2) * g * g
            m_hat = self.m[i] / (1 - self.b1**self.t)
            v_hat = self.v[i] / (1 - self.b2**self.t)
            p -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)


class Network:
    def __init__(self, sizes, seed=0):
        rng = np.random.default_rng(seed)
        self.params = []
        for i, o in zip(sizes[:-1], sizes[1:]):
            self.params.append(rng.normal(0, 1 / np.sqrt(i), (i, o)))
            self.params.append(np.zeros(o))

    def forward(self, X):
        self.acts = [X]
        a = X
        L = len(self.params) // 2
        for l in range(L):
            a = a @ self.params[2 * l] + self.params[2 * l + 1]
            if l < L - 1:
                a = np.tanh(a)
            self.acts.append(a)
        return a

    def gradients(self, X, Y):
        out = self.forward(X)
        delta = 2 * (out - Y) / out.size
        grads = []
        L = len(self.params) // 2
        for l in reversed(range(L)):
            a_in = self.acts[l]
            grads = [a_in.T @ delta, delta.sum(0)] + grads
            if l:
                delta = (delta @ self.params[2 * l].T) * (1 - a_in**2)
        return np.mean((out - Y) ** 2), grads

    def fit(self, X, Y, epochs=200, batch_size=32, lr=1e-2, seed=0):
        rng = np.random.default_rng(seed)
        opt = Adam(self.params, lr=lr)
        history = []
        for _ in range(epochs):
            idx = rng.permutation(len(X))
            total = 0.0
            for s in range(0, len(X), batch_size):
                b = idx[s : s + batch_size]
                loss, g = self.gradients(X[b], Y[b])
                opt.step(g)
                total += loss * len(b)
            history.append(total / len(X))
        return history


if __name__ == "__main__":
    x = np.linspace(-3, 3, 256)[:, None]
    h = Network([1, 32, 1]).fit(x, np.sin(x))
    print("first %.4f last %.5f" % (h[0], h[-1]))
