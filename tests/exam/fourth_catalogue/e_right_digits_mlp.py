import numpy as np


class NeuralNet:
    """784-64-32-10 style MLP: ReLU hidden layers, softmax output, SGD with momentum, l2 weight decay.

    X: (N, D), y: (N,) integer class ids.
    """

    def __init__(self, sizes=(784, 64, 32, 10), lr=0.05, momentum=0.9, l2=1e-4, seed=0):
        rng = np.random.default_rng(seed)
        self.Ws = [rng.normal(0, np.sqrt(2.0 / a), (a, b)) for a, b in zip(sizes[:-1], sizes[1:])]
        self.bs = [np.zeros(b) for b in sizes[1:]]
        self.vW = [np.zeros_like(W) for W in self.Ws]
        self.vb = [np.zeros_like(b) for b in self.bs]
        self.lr, self.momentum, self.l2 = lr, momentum, l2
        self.rng = rng

    def forward(self, X):
        acts = [X]
        for i, (W, b) in enumerate(zip(self.Ws, self.bs)):
            z = acts[-1] @ W + b
            acts.append(np.maximum(z, 0) if i < len(self.Ws) - 1 else z)
        return acts

    def predict_proba(self, X):
        z = self.forward(X)[-1]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, X, y):
        p = self.predict_proba(X)
        data = -np.log(p[np.arange(len(y)), y] + 1e-300).mean()
        return data + 0.5 * self.l2 * sum((W**2).sum() for W in self.Ws)

    def backward(self, X, y):
        acts = self.forward(X)
        z = acts[-1]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        delta = e / e.sum(axis=1, keepdims=True)
        delta[np.arange(len(y)), y] -= 1
        delta /= len(y)
        dWs, dbs = [], []
        for i in reversed(range(len(self.Ws))):
            dWs.insert(0, acts[i].T @ delta + self.l2 * self.Ws[i])
            dbs.insert(0, delta.sum(axis=0))
            if i > 0:
                delta = (delta @ self.Ws[i].T) * (acts[i] > 0)
        return dWs, dbs

    def train(self, X, y, epochs=30, batch_size=32):
        history = []
        for _ in range(epochs):
            order = self.rng.permutation(len(X))
            for s in range(0, len(X), batch_size):
                ids = order[s : s + batch_size]
                dWs, dbs = self.backward(X[ids], y[ids])
                for i in range(len(self.Ws)):
                    self.vW[i] = self.momentum * self.vW[i] - self.lr * dWs[i]
                    self.vb[i] = self.momentum * self.vb[i] - self.lr * dbs[i]
                    self.Ws[i] += self.vW[i]
                    self.bs[i] += self.vb[i]
            history.append(self.loss(X, y))
        return history

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)
