import numpy as np


class NeuralNetwork:
    """One hidden ReLU layer and a linear output, for regression."""

    def __init__(self, n_inputs, n_hidden=16, n_outputs=1, learning_rate=0.05, random_state=0):
        rng = np.random.default_rng(random_state)
        self.w1 = rng.normal(0, np.sqrt(2 / n_inputs), (n_inputs, n_hidden))
        self.b1 = np.zeros((1, n_hidden))
        self.w2 = rng.normal(0, np.sqrt(2 / n_hidden), (n_hidden, n_outputs))
        self.b2 = np.zeros((1, n_outputs))
        self.learning_rate = learning_rate

    def relu(self, z):
        return np.maximum(0, z)

    def relu_prime(self, a):
        return (a >= 0).astype(float)

    def forward(self, X):
        self.a1 = self.relu(X @ self.w1 + self.b1)
        return self.a1 @ self.w2 + self.b2

    def loss(self, X, y):
        return np.mean((self.forward(X) - y.reshape(-1, self.b2.shape[1])) ** 2) / 2

    def gradients(self, X, y):
        y = y.reshape(-1, self.b2.shape[1])
        out = self.forward(X)
        delta2 = (out - y) / y.size
        dw2 = self.a1.T @ delta2
        db2 = delta2.sum(axis=0, keepdims=True)
        delta1 = (delta2 @ self.w2.T) * self.relu_prime(self.a1)
        dw1 = X.T @ delta1
        db1 = delta1.sum(axis=0, keepdims=True)
        return dw1, db1, dw2, db2

    def fit(self, X, y, epochs=2000):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.losses = []
        for _ in range(epochs):
            dw1, db1, dw2, db2 = self.gradients(X, y)
            self.w1 -= self.learning_rate * dw1
            self.b1 -= self.learning_rate * db1
            self.w2 -= self.learning_rate * dw2
            self.b2 -= self.learning_rate * db2
            self.losses.append(self.loss(X, y))
        return self

    def predict(self, X):
        return self.forward(np.asarray(X, dtype=float))


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    X = rng.uniform(-2, 2, (200, 1))
    y = X[:, 0] ** 2
    net = NeuralNetwork(1).fit(X, y)
    print(net.losses[0], "->", net.losses[-1])
