import numpy as np


class SGDRegressor:
    def __init__(self, n_epochs=50, t0=2, t1=200, random_state=42):
        self.n_epochs = n_epochs
        self.t0, self.t1 = t0, t1  # learning schedule hyperparameters
        self.random_state = random_state

    def learning_schedule(self, t):
        return self.t0 / (t + self.t1)

    def fit(self, X, y):
        rng = np.random.RandomState(self.random_state)
        m = len(X)
        X_b = np.c_[np.ones((m, 1)), X]
        y = np.asarray(y).reshape(-1, 1)
        theta = rng.randn(X_b.shape[1], 1)  # random initialization

        for epoch in range(self.n_epochs):
            for iteration in range(m):
                random_index = rng.randint(m)
                xi = X_b[random_index : random_index + 1]
                yi = y[random_index : random_index + 1]
                gradients = 2 * xi.T @ (xi @ theta - yi)
                eta = self.learning_schedule(epoch * m + iteration)
                theta = theta - eta * gradients

        self.intercept_ = theta[0, 0]
        self.coef_ = theta[1:, 0]
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_
