import numpy as np

# two-layer classifier: relu hidden layer, softmax output


class NeuralNetwork(object):
    def __init__(self, n_inputs, n_hidden, n_outputs, seed=0):
        r = np.random.RandomState(seed)
        self.w1 = r.randn(n_inputs, n_hidden) * np.sqrt(2.0 / n_inputs)
        self.b1 = np.zeros((1, n_hidden))
        self.w2 = r.randn(n_hidden, n_outputs) * np.sqrt(2.0 / n_hidden)
        self.b2 = np.zeros((1, n_outputs))

    def forward(self, x):
        self.h = np.maximum(0, x.dot(self.w1) + self.b1)
        o = self.h.dot(self.w2) + self.b2
        o = np.exp(o - o.max(1, keepdims=True))
        self.probs = o / o.sum(1, keepdims=True)
        return self.probs

    def loss(self, x, y):
        p = self.forward(x)
        return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-12))

    def gradients(self, x, y):
        """y: integer labels 0 .. n_outputs-1"""
        n = x.shape[0]
        self.forward(x)
        delta = self.probs.copy()
        delta[np.arange(n), y] -= 1
        delta /= n
        dw2 = self.h.T.dot(delta)
        db2 = np.sum(delta, keepdims=True)
        dh = delta.dot(self.w2.T)
        dh[self.h <= 0] = 0
        dw1 = x.T.dot(dh)
        db1 = np.sum(dh, axis=0, keepdims=True)
        return dw1, db1, dw2, db2

    def train(self, x, y, lr=0.2, steps=1000):
        for i in range(steps):
            dw1, db1, dw2, db2 = self.gradients(x, y)
            self.w1 -= lr * dw1
            self.b1 -= lr * db1
            self.w2 -= lr * dw2
            self.b2 -= lr * db2
        return self.loss(x, y)

    def predict(self, x):
        return self.forward(x).argmax(1)
