# ruff: noqa
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, grad):
        self.dW, self.db = self.X.T @ grad, grad.sum(axis=0)
        return grad @ self.W.T

    def step(self, lr):
        self.W -= lr * self.dW
        self.b -= lr * self.db


class Tanh:
    def forward(self, X):
        self.out = np.tanh(X)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out**2)

    def step(self, lr):
        pass


class Softmax:
    def forward(self, X):
        e = np.exp(X - X.max(axis=1, keepdims=True))
        self.out = e / e.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, grad):
        return grad * self.out * (1 - self.out)

    def step(self, lr):
        pass


class CategoricalCrossEntropy:
    def loss(self, y, p):
        return -np.mean(np.sum(y * np.log(np.clip(p, 1e-12, 1)), axis=1))

    def gradient(self, y, p):
        return -y / np.clip(p, 1e-12, 1) / len(y)


class Network:
    def __init__(self, *layers):
        self.layers = layers
        self.criterion = CategoricalCrossEntropy()

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, grad):
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)
        return grad

    def fit(self, X, y_onehot, epochs=300, lr=0.3):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses.append(self.criterion.loss(y_onehot, p))
            self.backward(self.criterion.gradient(y_onehot, p))
            for layer in self.layers:
                layer.step(lr)
        return losses

    def predict(self, X):
        return self.forward(X).argmax(axis=1)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    C = np.array([[0, 3], [3, -1], [-3, -1.0]])
    y = rng.integers(0, 3, 200)
    X = C[y] + rng.normal(size=(200, 2))
    net = Network(Linear(2, 8, rng), Tanh(), Linear(8, 3, rng), Softmax())
    l = net.fit(X, np.eye(3)[y])
    print(l[0], l[-1], np.mean(net.predict(X) == y))
