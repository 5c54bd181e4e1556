import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden=8, n_outputs=1, lr=1.0, seed=0):
        rng = np.random.RandomState(seed)
        self.W1 = rng.normal(0, 1, (n_inputs, n_hidden))
        self.b1 = np.zeros((1, n_hidden))
        self.W2 = rng.normal(0, 1, (n_hidden, n_outputs))
        self.b2 = np.zeros((1, n_outputs))
        self.lr = lr

    def feedforward(self, X):
        self.a1 = sigmoid(X @ self.W1 + self.b1)
        self.a2 = sigmoid(self.a1 @ self.W2 + self.b2)
        return self.a2

    def loss(self, X, y):
        return 0.5 * np.mean(np.sum((self.feedforward(X) - y) ** 2, axis=1))

    def backprop(self, X, y):
        n = len(X)
        out = self.feedforward(X)
        delta2 = (out - y) * out * (1 - out)
        delta1 = delta2 @ self.W2.T * sigmoid_derivative(self.a1)
        return (
            X.T @ delta1 / n,
            delta1.mean(axis=0, keepdims=True),
            self.a1.T @ delta2 / n,
            delta2.mean(axis=0, keepdims=True),
        )

    def train(self, X, y, epochs=5000):
        history = []
        for _ in range(epochs):
            dW1, db1, dW2, db2 = self.backprop(X, y)
            self.W1 -= self.lr * dW1
            self.b1 -= self.lr * db1
            self.W2 -= self.lr * dW2
            self.b2 -= self.lr * db2
            history.append(self.loss(X, y))
        return history

    def predict(self, X):
        return (self.feedforward(X) > 0.5).astype(int)


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    nn = NeuralNetwork(2)
    print(nn.train(X, y)[-1])
    print(nn.predict(X).ravel())
