import numpy as np


class Adam:
    """Adam optimiser over a dictionary of parameters.

    params[k] is replaced by its updated value at every call of update.
    """

    def __init__(self, lr=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        self.lr = lr
        self.beta_1, self.beta_2 = beta_1, beta_2
        self.epsilon = epsilon
        self.first, self.second = {}, {}
        self.iterations = 0

    def update(self, params, grads):
        for key, grad in grads.items():
            self.iterations += 1
            m = self.beta_1 * self.first.get(key, 0.0) + (1 - self.beta_1) * grad
            v = self.beta_2 * self.second.get(key, 0.0) + (1 - self.beta_2) * np.square(grad)
            self.first[key], self.second[key] = m, v
            m_hat = m / (1 - self.beta_1**self.iterations)
            v_hat = v / (1 - self.beta_2**self.iterations)
            params[key] = params[key] - self.lr * m_hat / (np.sqrt(v_hat) + self.epsilon)
