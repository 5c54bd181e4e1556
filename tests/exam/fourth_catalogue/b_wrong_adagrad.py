import numpy as np


class AdaGrad:
    def __init__(self, learning_rate=0.1, epsilon=1e-10):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.G = {}

    def step(self, params, grads):
        for k in params:
            if k not in self.G:
                self.G[k] = np.zeros_like(params[k])
            self.G[k] = grads[k] ** 2
            params[k] -= self.learning_rate * grads[k] / (np.sqrt(self.G[k]) + self.epsilon)
        return params
