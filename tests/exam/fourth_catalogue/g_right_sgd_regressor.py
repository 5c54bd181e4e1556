import numpy as np


class SGDRegressor:
    """Least squares with mini-batch SGD.

    The step is eta0 / (1 + decay * epoch); gradients are averaged over the batch.
    The coefficients returned are the average of those of the last half of the epochs.
    """

    def __init__(self, eta0=0.05, decay=0.05, n_epochs=400, batch_size=16, random_state=0):
        self.eta0 = eta0
        self.decay = decay
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y, dtype=np.float64)
        rng = np.random.RandomState(self.random_state)
        n, d = X.shape
        w, b = np.zeros(d), 0.0
        w_sum, b_sum, count = np.zeros(d), 0.0, 0
        for epoch in range(self.n_epochs):
            eta = self.eta0 / (1 + self.decay * epoch)
            order = rng.permutation(n)
            for s in range(0, n, self.batch_size):
                i = order[s : s + self.batch_size]
                err = X[i] @ w + b - y[i]
                w = w - eta * 2 * X[i].T @ err / len(i)
                b = b - eta * 2 * err.mean()
            if epoch >= self.n_epochs // 2:
                w_sum += w
                b_sum += b
                count += 1
        self.coef_ = w_sum / count
        self.intercept_ = b_sum / count
        return self

    def predict(self, X):
        return np.asarray(X) @ self.coef_ + self.intercept_
