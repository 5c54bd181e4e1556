import numpy as np


def softmax(z):
    z = z - z.max(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


class NeuralNet:
    """MLP with one hidden layer of tanh units and a softmax output.

    grad_loss returns the loss averaged over the batch and the gradients of it.
    """

    def __init__(self, input_size, hidden_size, output_size, seed=0):
        rng = np.random.RandomState(seed)
        self.W_h = rng.uniform(-1, 1, size=(input_size, hidden_size)) / np.sqrt(input_size)
        self.b_h = np.zeros(hidden_size)
        self.W_o = rng.uniform(-1, 1, size=(hidden_size, output_size)) / np.sqrt(hidden_size)
        self.b_o = np.zeros(output_size)
        self.output_size = output_size

    def forward(self, X, keep=False):
        h = np.tanh(X @ self.W_h + self.b_h)
        y = softmax(h @ self.W_o + self.b_o)
        return (y, h) if keep else y

    def loss(self, X, y):
        p = self.forward(X)
        return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-12))

    def grad_loss(self, X, y):
        p, h = self.forward(X, keep=True)
        loss = -np.mean(np.log(p[np.arange(len(y)), y] + 1e-12))
        grad_z = (p - np.eye(self.output_size)[y]) / len(y)
        grad_W_o = h.T @ grad_z
        grad_b_o = grad_z.sum(axis=0)
        grad_h = grad_z @ self.W_o.T
        grad_zh = grad_h * (1 - h**2)
        grad_W_h = X.T @ grad_zh
        grad_b_h = grad_h.sum(axis=0)
        return loss, {"W_h": grad_W_h, "b_h": grad_b_h, "W_o": grad_W_o, "b_o": grad_b_o}

    def train(self, X, y, n_epochs=300, learning_rate=0.5):
        for _ in range(n_epochs):
            _, grads = self.grad_loss(X, y)
            for name, g in grads.items():
                setattr(self, name, getattr(self, name) - learning_rate * g)
        return self

    def predict(self, X):
        return np.argmax(self.forward(X), axis=1)
