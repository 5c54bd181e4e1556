import numpy as np


class NeuralNetwork:
    def __init__(self, input_size=2, hidden_size=8, output_size=1, learning_rate=1.0, epochs=5000):
        np.random.seed(1)
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.W1 = np.random.randn(input_size, hidden_size)
        self.B1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.B2 = np.zeros((1, output_size))

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def forward(self, X):
        self.hidden = self.sigmoid(np.dot(X, self.W1) + self.B1)
        self.output = self.sigmoid(np.dot(self.hidden, self.W2) + self.B2)
        return self.output

    def backward(self, X, y):
        # mean squared error, 0.5 * sum((output - y)^2)
        output_delta = (self.output - y) * self.output * (1 - self.output)
        self.W2 -= self.learning_rate * np.dot(self.hidden.T, output_delta)
        self.B2 -= self.learning_rate * np.sum(output_delta, axis=0, keepdims=True)
        hidden_delta = np.dot(output_delta, self.W2.T) * self.hidden * (1 - self.hidden)
        self.W1 -= self.learning_rate * np.dot(X.T, hidden_delta)
        self.B1 -= self.learning_rate * np.sum(hidden_delta, axis=0, keepdims=True)

    def train(self, X, y):
        for i in range(self.epochs):
            self.forward(X)
            self.backward(X, y)

    def predict(self, X):
        return (self.forward(X) > 0.5).astype(int)


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    nn = NeuralNetwork()
    nn.train(X, y)
    print(nn.forward(X))
