import numpy as np


class Layer:
    training = True

    def parameters(self):
        return []


class Dense(Layer):
    def __init__(self, fan_in, fan_out, rng):
        lim = np.sqrt(6 / (fan_in + fan_out))
        self.W = rng.uniform(-lim, lim, (fan_in, fan_out))
        self.b = np.zeros((1, fan_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW = self.x.T @ g
        self.db = g.sum(0, keepdims=True)
        return g @ self.W.T

    def parameters(self):
        return [(self.W, self.dW), (self.b, self.db)]


class Tanh(Layer):
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, g):
        return g * (1 - self.y**2)


class Dropout(Layer):
    """Inverted dropout.

    rate : float, default 0.5
        Fraction of the inputs to drop (set to zero) while training; the others
        are scaled up so that the expected activation does not change.
    """

    def __init__(self, rate=0.5, seed=None):
        if not 0 <= rate < 1:
            raise ValueError("rate must be in [0, 1)")
        self.rate = rate
        self.rng = np.random.default_rng(seed)

    def forward(self, x):
        if not self.training or self.rate == 0:
            self.mask = np.ones_like(x)
            return x
        self.mask = (self.rng.random(x.shape) < self.rate) / (1.0 - self.rate)
        return x * self.mask

    def backward(self, g):
        return g * self.mask


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def set_training(self, flag):
        for l in self.layers:
            l.training = flag

    def __call__(self, x):
        for l in self.layers:
            x = l.forward(x)
        return x

    def backward(self, g):
        for l in self.layers[::-1]:
            g = l.backward(g)

    def fit(self, X, y, lr=0.1, epochs=200, batch_size=32, seed=0):
        """Binary targets y (0/1); the last layer gives one logit."""
        rng = np.random.default_rng(seed)
        y = np.asarray(y, float).reshape(-1, 1)
        self.set_training(True)
        for _ in range(epochs):
            order = rng.permutation(len(X))
            for s in range(0, len(X), batch_size):
                b = order[s : s + batch_size]
                p = 1 / (1 + np.exp(-self(X[b])))
                self.backward((p - y[b]) / len(b))
                for l in self.layers:
                    for w, g in l.parameters():
                        w -= lr * g
        self.set_training(False)
        return self

    def predict(self, X):
        return (self(X) > 0).astype(int).ravel()


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 2))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    net = Sequential(Dense(2, 32, rng), Tanh(), Dropout(0.5, seed=1), Dense(32, 1, rng)).fit(X, y)
    print("accuracy", (net.predict(X) == y).mean())
