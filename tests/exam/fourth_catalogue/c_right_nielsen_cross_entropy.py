import random

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


class CrossEntropyCost:
    @staticmethod
    def fn(a, y):
        return np.sum(np.nan_to_num(-y * np.log(a) - (1 - y) * np.log(1 - a)))

    @staticmethod
    def delta(a, y):
        return a - y


class Network:
    def __init__(self, sizes, cost=CrossEntropyCost):
        self.sizes = sizes
        self.cost = cost
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) / np.sqrt(m) for m, n in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(w @ a + b)
        return a

    def SGD(self, training_data, epochs, mini_batch_size, eta, lmbda=0.0):
        data = list(training_data)
        for _ in range(epochs):
            random.shuffle(data)
            for k in range(0, len(data), mini_batch_size):
                self.update_mini_batch(data[k : k + mini_batch_size], eta, lmbda, len(data))

    def update_mini_batch(self, batch, eta, lmbda, n):
        nabla_b = [np.zeros_like(b) for b in self.biases]
        nabla_w = [np.zeros_like(w) for w in self.weights]
        for x, y in batch:
            db, dw = self.backprop(x, y)
            nabla_b = [a + c for a, c in zip(nabla_b, db)]
            nabla_w = [a + c for a, c in zip(nabla_w, dw)]
        m = len(batch)
        self.weights = [(1 - eta * lmbda / n) * w - eta / m * nw for w, nw in zip(self.weights, nabla_w)]
        self.biases = [b - eta / m * nb for b, nb in zip(self.biases, nabla_b)]

    def backprop(self, x, y):
        acts = [x]
        for b, w in zip(self.biases, self.weights):
            acts.append(sigmoid(w @ acts[-1] + b))
        db, dw = [], []
        delta = self.cost.delta(acts[-1], y)
        for l in range(len(self.weights) - 1, -1, -1):
            db.insert(0, delta)
            dw.insert(0, delta @ acts[l].T)
            if l > 0:
                delta = (self.weights[l].T @ delta) * acts[l] * (1 - acts[l])
        return db, dw

    def accuracy(self, data):
        return np.mean([np.argmax(self.feedforward(x)) == np.argmax(y) for x, y in data])

    def total_cost(self, data, lmbda=0.0):
        c = sum(self.cost.fn(self.feedforward(x), y) for x, y in data) / len(data)
        return c + 0.5 * lmbda / len(data) * sum(np.sum(w**2) for w in self.weights)
