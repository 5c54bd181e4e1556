# ruff: noqa
import numpy as np


class Layer:
    params = ()

    def grads(self):
        return ()


class Affine(Layer):
    """Samples are columns: out = W x + b with W of shape (n_out, n_in), b (n_out, 1). He initialisation."""

    def __init__(self, n_in, n_out, seed=None):
        rng = np.random.default_rng(seed)
        self.W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        self.b = np.zeros((n_out, 1))
        self.params = (self.W, self.b)

    def forward(self, A):
        self.A = A
        return self.W @ A + self.b

    def backward(self, G):
        self.dW, self.db = G @ self.A.T, G.sum(axis=1, keepdims=True)
        return self.W.T @ G

    def grads(self):
        return self.dW, self.db


class Activation(Layer):
    def __init__(self, f, df):
        self.f, self.df = f, df

    def forward(self, Z):
        self.Z = Z
        return self.f(Z)

    def backward(self, G):
        return G * self.df(self.Z)


def Tanh():
    return Activation(np.tanh, lambda z: 1 - np.tanh(z) ** 2)


def LeakyReLU(slope=0.01):
    return Activation(lambda z: np.where(z > 0, z, slope * z), lambda z: np.where(z > 0, 1.0, slope))


class SoftmaxLoss:
    """Softmax and cross-entropy in one, SUMMED over the batch; labels are integers."""

    @staticmethod
    def _logp(S):
        S = S - S.max(axis=0, keepdims=True)
        return S - np.log(np.exp(S).sum(axis=0, keepdims=True))

    def loss(self, y, S):
        return -self._logp(S)[y, np.arange(len(y))].sum()

    def gradient(self, y, S):
        G = np.exp(self._logp(S))
        G[y, np.arange(len(y))] -= 1
        return G


class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.criterion = SoftmaxLoss()

    def forward(self, A):
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def backward(self, G):
        for layer in reversed(self.layers):
            G = layer.backward(G)
        return G

    def fit(self, X, y, epochs=100, batch_size=32, lr=0.1, weight_decay=0.0, seed=None):
        """X is (n_samples, n_features). Step: lr * (batch-mean gradient + weight_decay * W), biases undecayed.
        Returns the mean loss of each epoch, gathered while training."""
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        rng = np.random.default_rng(seed)
        history = []
        for _ in range(epochs):
            total, order = 0.0, rng.permutation(len(y))
            for s in range(0, len(y), batch_size):
                b = order[s : s + batch_size]
                S = self.forward(X[b].T)
                total += self.criterion.loss(y[b], S)
                self.backward(self.criterion.gradient(y[b], S))
                for layer in self.layers:
                    for p, g, decay in zip(layer.params, layer.grads(), (weight_decay, 0.0)):
                        p -= lr * (g / len(b) + decay * p)
            history.append(total / len(y))
        return history

    def predict(self, X):
        return self.forward(np.asarray(X, dtype=float).T).argmax(axis=0)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    C = np.array([[0, 3], [3, -1], [-3, -1.0]])
    y = r.integers(0, 3, 203)
    X = C[y] + r.normal(size=(203, 2))
    net = Sequential(Affine(2, 8, 0), Tanh(), Affine(8, 6, 1), LeakyReLU(), Affine(6, 3, 2))
    h = net.fit(X, y, 40, 16, seed=0)
    print(h[0], h[-1], np.mean(net.predict(X) == y))
