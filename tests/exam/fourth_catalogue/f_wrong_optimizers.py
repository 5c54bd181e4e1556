import numpy as np


class Optimizer:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.iterations = 0

    def update(self, params, grads):
        """params and grads are dicts with the same keys; params change in place."""
        self.iterations += 1
        for key in params:
            params[key] += self._delta(key, grads[key])


class SGD(Optimizer):
    """Gradient descent with optional (Nesterov) momentum, as in Keras.

    With nesterov=True the velocity after the step is used for a second,
    look-ahead, movement of the weights.
    """

    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False):
        super().__init__(learning_rate)
        self.momentum = momentum
        self.nesterov = nesterov
        self.velocity = {}

    def _delta(self, key, g):
        v_prev = self.velocity.get(key, np.zeros_like(g))
        v = self.momentum * v_prev - self.learning_rate * g
        self.velocity[key] = v
        if self.nesterov:
            return self.momentum * v_prev - self.learning_rate * g
        return v


class Adagrad(Optimizer):
    def __init__(self, learning_rate=0.1, epsilon=1e-7):
        super().__init__(learning_rate)
        self.epsilon = epsilon
        self.acc = {}

    def _delta(self, key, g):
        self.acc[key] = self.acc.get(key, 0.0) + g**2
        return -self.learning_rate * g / (np.sqrt(self.acc[key]) + self.epsilon)


class RMSprop(Optimizer):
    def __init__(self, learning_rate=0.001, rho=0.9, epsilon=1e-7):
        super().__init__(learning_rate)
        self.rho = rho
        self.epsilon = epsilon
        self.acc = {}

    def _delta(self, key, g):
        self.acc[key] = self.rho * self.acc.get(key, 0.0) + (1 - self.rho) * g**2
        return -self.learning_rate * g / (np.sqrt(self.acc[key]) + self.epsilon)


if __name__ == "__main__":
    for opt in (SGD(0.05), SGD(0.05, 0.9), SGD(0.05, 0.9, True), Adagrad(0.5), RMSprop(0.05)):
        p = {"w": np.array([3.0, -2.0])}
        for _ in range(300):
            opt.update(p, {"w": np.array([1.0, 4.0]) * p["w"]})
        print(type(opt).__name__, p["w"])
