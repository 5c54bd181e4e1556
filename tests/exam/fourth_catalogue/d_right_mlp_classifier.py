import numpy as np


class NeuralNetwork:
    """Two-layer network (ReLU hidden layer, softmax output) trained with mini-batch SGD."""

    def __init__(self, hidden_size=32, lr=0.1, epochs=200, batch_size=32, seed=1):
        self.hidden_size = hidden_size
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.seed = seed

    def _init_params(self, n_in, n_out, rng):
        h = self.hidden_size
        self.W1 = rng.normal(0, np.sqrt(2 / n_in), (n_in, h))
        self.b1 = np.zeros((1, h))
        self.W2 = rng.normal(0, np.sqrt(2 / h), (h, n_out))
        self.b2 = np.zeros((1, n_out))

    def forward(self, X):
        self.Z1 = X @ self.W1 + self.b1
        self.A1 = np.maximum(0, self.Z1)
        self.Z2 = self.A1 @ self.W2 + self.b2
        exp = np.exp(self.Z2 - self.Z2.max(axis=1, keepdims=True))
        return exp / exp.sum(axis=1, keepdims=True)

    def backward(self, X, Y, probs):
        m = X.shape[0]
        dZ2 = (probs - Y) / m
        dW2 = self.A1.T @ dZ2
        db2 = dZ2.sum(axis=0, keepdims=True)
        dA1 = dZ2 @ self.W2.T
        dZ1 = dA1 * (self.Z1 > 0)
        dW1 = X.T @ dZ1
        db1 = dZ1.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        n_classes = len(np.unique(y))
        Y = np.eye(n_classes)[y]
        self._init_params(X.shape[1], n_classes, rng)
        self.history = []

        for epoch in range(self.epochs):
            perm = rng.permutation(len(X))
            for i in range(0, len(X), self.batch_size):
                idx = perm[i : i + self.batch_size]
                probs = self.forward(X[idx])
                dW1, db1, dW2, db2 = self.backward(X[idx], Y[idx], probs)
                self.W1 -= self.lr * dW1
                self.b1 -= self.lr * db1
                self.W2 -= self.lr * dW2
                self.b2 -= self.lr * db2
            probs = self.forward(X)
            self.history.append(-np.mean(np.log(probs[np.arange(len(y)), y] + 1e-12)))
        return self

    def predict(self, X):
        return self.forward(X).argmax(axis=1)
