import numpy as np


class MiniBatchRegressor:
    """Linear model trained with mini-batch SGD and inverse-time learning-rate decay."""

    def __init__(self, learning_rate=0.1, decay=0.05, batch_size=16, n_epochs=300, l2=0.0, seed=42):
        self.learning_rate = learning_rate
        self.decay = decay
        self.batch_size = batch_size
        self.n_epochs = n_epochs
        self.l2 = l2
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1)
        self.mean_ = X.mean(axis=0)
        self.scale_ = X.std(axis=0)
        self.scale_[self.scale_ == 0] = 1.0
        Xs = (X - self.mean_) / self.scale_

        rng = np.random.default_rng(self.seed)
        n, d = Xs.shape
        self.w_ = np.zeros(d)
        self.b_ = 0.0
        self.losses_ = []
        for epoch in range(self.n_epochs):
            lr = self.learning_rate / (1.0 + self.decay * epoch)
            order = rng.permutation(n)
            for start in range(0, n, self.batch_size):
                idx = order[start : start + self.batch_size]
                error = Xs[idx] @ self.w_ + self.b_ - y[idx]
                self.w_ -= lr * (Xs[idx].T @ error / len(idx) + self.l2 * self.w_)
                self.b_ -= lr * error.mean()
            full = Xs @ self.w_ + self.b_ - y
            self.losses_.append(0.5 * np.mean(full**2) + 0.5 * self.l2 * self.w_ @ self.w_)
        return self

    def predict(self, X):
        Xs = (np.asarray(X, dtype=float) - self.mean_) / self.scale_
        return Xs @ self.w_ + self.b_
