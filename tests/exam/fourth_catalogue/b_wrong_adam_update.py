import numpy as np


class AdamOptimizer:
    def __init__(self, alpha=0.001, b1=0.9, b2=0.999, epsilon=1e-8):
        self.alpha, self.b1, self.b2, self.epsilon = alpha, b1, b2, epsilon
        self.first_moment = 0.0
        self.second_moment = 0.0
        self.iteration = 0

    def update(self, w, g):
        """Return the new weights, given the current weights and their gradient."""
        g = np.asarray(g, dtype=float)
        self.iteration += 1
        self.first_moment = self.b1 * self.first_moment + (1.0 - self.b1) * g
        self.second_moment = self.b2 * self.second_moment + (1.0 - self.b2) * np.square(g)
        self.first_moment = self.first_moment / (1.0 - self.b1**self.iteration)
        self.second_moment = self.second_moment / (1.0 - self.b2**self.iteration)
        return w - self.alpha * self.first_moment / (np.sqrt(self.second_moment) + self.epsilon)
