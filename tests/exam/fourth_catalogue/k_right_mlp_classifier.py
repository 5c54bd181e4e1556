import numpy as np


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(1.0 / n_in), (n_in, n_out))
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T

    def params(self):
        return [self.W, self.b]

    def grads(self):
        return [self.dW, self.db]


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out**2)

    def params(self):
        return []

    def grads(self):
        return []


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        z = logits - logits.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.p, self.labels = np.exp(log_p), labels
        return -log_p[np.arange(len(labels)), labels].mean()

    def backward(self):
        g = self.p.copy()
        g[np.arange(len(g)), self.labels] -= 1
        return g / len(g)


class MLPClassifier:
    """Feed-forward classifier with tanh hidden layers, trained by SGD with momentum."""

    def __init__(self, hidden=(16,), lr=0.1, momentum=0.9, n_epochs=200, batch_size=32, random_state=0):
        self.hidden, self.lr, self.momentum = hidden, lr, momentum
        self.n_epochs, self.batch_size, self.random_state = n_epochs, batch_size, random_state

    def _build(self, n_in, n_out, rng):
        self.layers = []
        for h in self.hidden:
            self.layers += [Dense(n_in, h, rng), Tanh()]
            n_in = h
        self.layers.append(Dense(n_in, n_out, rng))

    def _forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, labels = np.unique(y, return_inverse=True)
        rng = np.random.default_rng(self.random_state)
        self._build(X.shape[1], len(self.classes_), rng)
        loss = SoftmaxCrossEntropy()
        velocity = [[np.zeros_like(p) for p in l.params()] for l in self.layers]
        self.loss_history = []
        for _ in range(self.n_epochs):
            order, total = rng.permutation(len(X)), 0.0
            for i in range(0, len(X), self.batch_size):
                rows = order[i : i + self.batch_size]
                total += loss.forward(self._forward(X[rows]), labels[rows]) * len(rows)
                grad = loss.backward()
                for layer in reversed(self.layers):
                    grad = layer.backward(grad)
                for layer, vs in zip(self.layers, velocity):
                    for p, g, v in zip(layer.params(), layer.grads(), vs):
                        v *= self.momentum
                        v -= self.lr * g
                        p += v
            self.loss_history.append(total / len(X))
        return self

    def predict_proba(self, X):
        z = self._forward(np.asarray(X, dtype=float))
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
