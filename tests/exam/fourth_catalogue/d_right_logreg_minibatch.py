import numpy as np


class LogisticRegressionSGD:
    def __init__(self, lr=0.1, epochs=100, batch_size=32, l2=0.0, shuffle=True, seed=None):
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.l2 = l2
        self.shuffle = shuffle
        self.seed = seed
        self.losses = []

    def _sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-np.clip(z, -30, 30)))

    def _loss(self, X, y):
        p = np.clip(self._sigmoid(X @ self.w + self.b), 1e-10, 1 - 1e-10)
        data_loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        return data_loss + 0.5 * self.l2 * np.sum(self.w**2)

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        self.losses = []

        for epoch in range(self.epochs):
            idx = np.arange(n)
            if self.shuffle:
                rng.shuffle(idx)
            for i in range(0, n, self.batch_size):
                batch = idx[i : i + self.batch_size]
                X_batch, y_batch = X[batch], y[batch]
                error = self._sigmoid(X_batch @ self.w + self.b) - y_batch
                grad_w = X_batch.T @ error / len(batch) + self.l2 * self.w
                grad_b = error.mean()
                self.w -= self.lr * grad_w
                self.b -= self.lr * grad_b
            self.losses.append(self._loss(X, y))
        return self

    def predict_proba(self, X):
        return self._sigmoid(X @ self.w + self.b)

    def predict(self, X, threshold=0.5):
        return (self.predict_proba(X) >= threshold).astype(int)

    def score(self, X, y):
        return np.mean(self.predict(X) == y)
