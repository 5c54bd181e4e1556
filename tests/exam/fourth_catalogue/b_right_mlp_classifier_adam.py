import numpy as np


class MLPClassifier:
    """Multi-layer perceptron: ReLU hidden layers, softmax output, Adam, mini-batches.

    Labels may be of any sortable type. `fit` starts afresh each time it is called.
    """

    def __init__(self, hidden_layers=(32,), lr=0.01, epochs=100, batch_size=32, alpha=0.0, seed=0):
        self.hidden_layers = hidden_layers
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.alpha = alpha
        self.seed = seed

    def _forward(self, X):
        acts = [X]
        for W, b in zip(self.W_[:-1], self.b_[:-1]):
            acts.append(np.maximum(acts[-1] @ W + b, 0.0))
        z = acts[-1] @ self.W_[-1] + self.b_[-1]
        z = z - z.max(axis=1, keepdims=True)
        e = np.exp(z)
        return acts, e / e.sum(axis=1, keepdims=True)

    def _gradients(self, X, T):
        acts, p = self._forward(X)
        delta = (p - T) / len(X)
        gW, gb = [None] * len(self.W_), [None] * len(self.b_)
        for l in range(len(self.W_) - 1, -1, -1):
            gW[l] = acts[l].T @ delta + self.alpha * self.W_[l]
            gb[l] = delta.sum(axis=0)
            if l > 0:
                delta = (delta @ self.W_[l].T) * (acts[l] > 0)
        return gW + gb

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        rng = np.random.default_rng(self.seed)
        self.classes_, codes = np.unique(np.ravel(y), return_inverse=True)
        T = np.eye(len(self.classes_))[codes]
        sizes = [X.shape[1], *self.hidden_layers, len(self.classes_)]
        self.W_ = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in zip(sizes, sizes[1:])]
        self.b_ = [np.zeros(b) for b in sizes[1:]]
        params = self.W_ + self.b_
        m = [np.zeros_like(p) for p in params]
        v = [np.zeros_like(p) for p in params]
        t = 0
        for _ in range(self.epochs):
            order = rng.permutation(len(X))
            for s in range(0, len(X), self.batch_size):
                i = order[s : s + self.batch_size]
                grads = self._gradients(X[i], T[i])
                t += 1
                for k, g in enumerate(grads):
                    m[k] = 0.9 * m[k] + 0.1 * g
                    v[k] = 0.999 * v[k] + 0.001 * g * g
                    params[k] -= self.lr * (m[k] / (1 - 0.9**t)) / (np.sqrt(v[k] / (1 - 0.999**t)) + 1e-8)
        return self

    def predict_proba(self, X):
        return self._forward(np.asarray(X, dtype=float))[1]

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return float(np.mean(self.predict(X) == np.ravel(y)))
