import numpy as np


class LogisticRegressionES:
    """Mini-batch logistic regression that keeps the weights with the lowest validation loss."""

    def __init__(self, lr=0.5, max_epochs=300, batch_size=16, patience=30, seed=0):
        self.lr = lr
        self.max_epochs = max_epochs
        self.batch_size = batch_size
        self.patience = patience
        self.seed = seed

    def _proba(self, X, w):
        z = X @ w[1:] + w[0]
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    def _loss(self, X, y, w):
        p = np.clip(self._proba(X, w), 1e-12, 1 - 1e-12)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def fit(self, X, y, X_val, y_val):
        rng = np.random.default_rng(self.seed)
        n, d = X.shape
        w = np.zeros(d + 1)
        best_loss, best_w, bad_epochs = np.inf, w.copy(), 0
        self.val_losses_ = []

        for epoch in range(self.max_epochs):
            perm = rng.permutation(n)
            for i in range(0, n, self.batch_size):
                b = perm[i : i + self.batch_size]
                err = self._proba(X[b], w) - y[b]
                grad = np.concatenate([[err.mean()], X[b].T @ err / len(b)])
                w -= self.lr * grad

            val_loss = self._loss(X_val, y_val, w)
            self.val_losses_.append(val_loss)
            if val_loss < best_loss:
                best_loss = val_loss
                best_w = w
                bad_epochs = 0
            else:
                bad_epochs += 1
                if bad_epochs >= self.patience:
                    break

        self.w_ = best_w
        return self

    def predict_proba(self, X):
        return self._proba(X, self.w_)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
