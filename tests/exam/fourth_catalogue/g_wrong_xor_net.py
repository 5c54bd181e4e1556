import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class NeuralNetwork:
    """One hidden layer, sigmoid units, loss 0.5 * mean over samples of the squared error."""

    def __init__(self, input_size, hidden_size, output_size, seed=1):
        r = np.random.RandomState(seed)
        self.W1 = r.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = r.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.a1 = sigmoid(X @ self.W1 + self.b1)
        self.a2 = sigmoid(self.a1 @ self.W2 + self.b2)
        return self.a2

    def backward(self, X, y, learning_rate):
        n = X.shape[0]
        delta2 = (self.a2 - y) * self.a2 * (1 - self.a2) / n
        self.W2 -= learning_rate * self.a1.T @ delta2
        self.b2 -= learning_rate * delta2.sum(axis=0, keepdims=True)
        delta1 = (delta2 @ self.W2.T) * self.a1 * (1 - self.a1)
        self.W1 -= learning_rate * X.T @ delta1
        self.b1 -= learning_rate * delta1.sum(axis=0, keepdims=True)

    def train(self, X, y, epochs=5000, learning_rate=2.0):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(0.5 * np.mean(np.sum((out - y) ** 2, axis=1)))
            self.backward(X, y, learning_rate)
        return losses

    def predict(self, X):
        return (self.forward(X) > 0.5).astype(int)


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    nn = NeuralNetwork(2, 4, 1)
    print(nn.train(X, y)[-1])
    print(nn.predict(X).ravel())
