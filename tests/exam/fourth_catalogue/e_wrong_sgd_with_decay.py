import numpy as np


class SGDLinear:
    """Stochastic gradient descent for linear regression, momentum and learning-rate decay.

    Learning rate in epoch e (0, 1, 2, ...):  lr0 / (1 + decay * e)
    """

    def __init__(self, lr0=0.02, decay=0.1, momentum=0.5, epochs=300, random_state=0):
        self.lr0 = lr0
        self.decay = decay
        self.momentum = momentum
        self.epochs = epochs
        self.random_state = random_state

    def fit(self, X, y):
        rng = np.random.default_rng(self.random_state)
        n, d = X.shape
        self.theta = np.zeros(d + 1)
        vel = np.zeros(d + 1)
        Xb = np.column_stack([X, np.ones(n)])
        self.lr = self.lr0
        self.mse = []
        for epoch in range(self.epochs):
            self.lr = self.lr / (1 + self.decay * epoch)
            for i in rng.permutation(n):
                g = (Xb[i] @ self.theta - y[i]) * Xb[i]
                vel = self.momentum * vel - self.lr * g
                self.theta = self.theta + vel
            self.mse.append(np.mean((Xb @ self.theta - y) ** 2))
        return self

    def predict(self, X):
        return X @ self.theta[:-1] + self.theta[-1]
