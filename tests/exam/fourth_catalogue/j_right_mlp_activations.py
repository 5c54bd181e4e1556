import numpy as np

ACTIVATIONS = {
    "relu": (lambda z: np.maximum(0, z), lambda z: (z > 0).astype(float)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: 1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z)))),
}


class ShallowNet:
    """One hidden layer, chosen activation, softmax output."""

    def __init__(self, n_hidden=16, activation="relu", lr=0.1, epochs=500, batch_size=32, random_state=0):
        self.n_hidden = n_hidden
        self.act, self.act_prime = ACTIVATIONS[activation]
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.rng = np.random.RandomState(random_state)

    def _init(self, d, k):
        self.W1 = self.rng.randn(d, self.n_hidden) * np.sqrt(2.0 / d)
        self.b1 = np.zeros(self.n_hidden)
        self.W2 = self.rng.randn(self.n_hidden, k) * np.sqrt(1.0 / self.n_hidden)
        self.b2 = np.zeros(k)

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = self.act(self.z1)
        z2 = self.a1 @ self.W2 + self.b2
        z2 = z2 - z2.max(axis=1, keepdims=True)
        e = np.exp(z2)
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, X, Y):
        return -np.mean(np.sum(Y * np.log(self.forward(X) + 1e-12), axis=1))

    def backward(self, X, Y):
        n = X.shape[0]
        delta2 = (self.forward(X) - Y) / n
        gW2 = self.a1.T @ delta2
        gb2 = delta2.sum(axis=0)
        delta1 = (delta2 @ self.W2.T) * self.act_prime(self.z1)
        gW1 = X.T @ delta1
        gb1 = delta1.sum(axis=0)
        return gW1, gb1, gW2, gb2

    def fit(self, X, y):
        self.classes_, yi = np.unique(y, return_inverse=True)
        Y = np.eye(len(self.classes_))[yi]
        self._init(X.shape[1], Y.shape[1])
        self.history = []
        for _ in range(self.epochs):
            perm = self.rng.permutation(len(X))
            for s in range(0, len(X), self.batch_size):
                i = perm[s : s + self.batch_size]
                for p, g in zip((self.W1, self.b1, self.W2, self.b2), self.backward(X[i], Y[i])):
                    p -= self.lr * g
            self.history.append(self.loss(X, Y))
        return self

    def predict_proba(self, X):
        return self.forward(X)

    def predict(self, X):
        return self.classes_[self.forward(X).argmax(axis=1)]
