import numpy as np


class Layer:
    """Fully connected layer with weights, bias and an activation ('relu' or None)."""

    def __init__(self, n_inputs, n_neurons, activation=None, rng=None):
        rng = rng if rng is not None else np.random.default_rng()
        self.weights = rng.normal(size=(n_inputs, n_neurons)) * np.sqrt(2.0 / n_inputs)
        self.bias = np.zeros((1, n_neurons))
        self.activation = activation

    def forward(self, inputs):
        self.inputs = inputs
        self.z = inputs @ self.weights + self.bias
        return np.maximum(self.z, 0) if self.activation == "relu" else self.z

    def backward(self, grad, lr):
        if self.activation == "relu":
            grad = grad * (self.z > 0)
        grad_inputs = grad @ self.weights.T
        bias = self.bias
        self.weights -= lr * self.inputs.T @ grad
        bias = bias - lr * grad.sum(axis=0, keepdims=True)
        return grad_inputs


class MLPRegressor:
    def __init__(self, hidden=(24, 24), lr=0.02, n_epochs=400, batch_size=25, seed=0):
        self.hidden = hidden
        self.lr = lr
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        rng = np.random.default_rng(self.seed)
        sizes = [X.shape[1], *self.hidden, 1]
        self.layers = [
            Layer(a, b, "relu" if i < len(self.hidden) else None, rng)
            for i, (a, b) in enumerate(zip(sizes[:-1], sizes[1:]))
        ]
        self.history = []
        for _ in range(self.n_epochs):
            order = rng.permutation(len(X))
            for s in range(0, len(X), self.batch_size):
                rows = order[s : s + self.batch_size]
                grad = (self._forward(X[rows]) - y[rows]) / len(rows)
                for layer in reversed(self.layers):
                    grad = layer.backward(grad, self.lr)
            self.history.append(float(np.mean((self._forward(X) - y) ** 2)))
        return self

    def _forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def predict(self, X):
        return self._forward(np.asarray(X, dtype=float)).ravel()
