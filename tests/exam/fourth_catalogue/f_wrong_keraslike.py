import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(x, -60, 60)))


class Activation:
    def __init__(self, name):
        self.name = name

    def forward(self, x):
        self.out = sigmoid(x) if self.name == "sigmoid" else np.maximum(x, 0.0)
        return self.out

    def backward(self, grad, lr):
        if self.name == "sigmoid":
            return grad * self.out * (1 - self.out)
        return grad * (self.out > 0)


class Dense:
    def __init__(self, units, input_dim, seed=None):
        rng = np.random.RandomState(seed)
        self.kernel = rng.normal(0.0, np.sqrt(2.0 / input_dim), size=(input_dim, units))
        self.bias = np.zeros(units)

    def forward(self, x):
        self.inputs = x
        return np.dot(x, self.kernel) + self.bias

    def backward(self, grad, lr):
        self.kernel -= lr * np.dot(self.inputs.T, grad)
        self.bias -= lr * grad.sum(axis=0)
        return np.dot(grad, self.kernel.T)


class Sequential:
    """
    model = Sequential()
    model.add(Dense(16, input_dim=2)); model.add(Activation('relu'))
    model.add(Dense(1, input_dim=16)); model.add(Activation('sigmoid'))
    model.compile(loss='mse', lr=0.5)
    model.fit(X, y, epochs=100, batch_size=16)
    """

    def __init__(self):
        self.layers = []

    def add(self, layer):
        self.layers.append(layer)
        return self

    def compile(self, loss="mse", lr=0.1):
        if loss not in ("mse", "binary_crossentropy"):
            raise ValueError(loss)
        self.loss, self.lr = loss, lr

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def _loss(self, y, p):
        if self.loss == "mse":
            return np.mean((p - y) ** 2), 2 * (p - y) / y.size
        p = np.clip(p, 1e-12, 1 - 1e-12)
        value = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        return value, (p - y) / (p * (1 - p)) / y.size

    def train_on_batch(self, x, y):
        value, grad = self._loss(y, self.predict(x))
        for layer in reversed(self.layers):
            grad = layer.backward(grad, self.lr)
        return value

    def fit(self, X, y, epochs=10, batch_size=32, shuffle=True, seed=0):
        rng = np.random.RandomState(seed)
        X = np.asarray(X, float)
        y = np.asarray(y, float).reshape(len(X), -1)
        history = []
        for _ in range(epochs):
            idx = rng.permutation(len(X)) if shuffle else np.arange(len(X))
            losses = [
                self.train_on_batch(X[idx[i : i + batch_size]], y[idx[i : i + batch_size]])
                for i in range(0, len(X), batch_size)
            ]
            history.append(np.mean(losses))
        return history
