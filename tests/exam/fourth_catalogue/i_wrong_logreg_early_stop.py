import numpy as np


class LogisticRegressionES:
    """
    Two-class logistic regression with early stopping.

    A fraction of the data is held out; training stops when the validation
    log loss has not improved for `patience` epochs, and the weights of the
    best epoch are restored.
    """

    def __init__(self, lr=0.1, max_epochs=500, batch_size=16, val_fraction=0.25, patience=20, seed=0):
        self.lr = lr
        self.max_epochs = max_epochs
        self.batch_size = batch_size
        self.val_fraction = val_fraction
        self.patience = patience
        self.seed = seed

    @staticmethod
    def _log_loss(z, y):
        return np.mean(np.logaddexp(0.0, z) - y * z)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        X = np.c_[X, np.ones(len(X))]
        rng = np.random.default_rng(self.seed)
        order = rng.permutation(len(X))
        n_val = max(1, int(len(X) * self.val_fraction))
        Xv, yv = X[order[:n_val]], y[order[:n_val]]
        Xt, yt = X[order[n_val:]], y[order[n_val:]]

        self.w = np.zeros(X.shape[1])
        best_loss, best_w, waited = np.inf, self.w, 0
        self.val_losses = []
        for epoch in range(self.max_epochs):
            perm = rng.permutation(len(Xt))
            for s in range(0, len(perm), self.batch_size):
                b = perm[s : s + self.batch_size]
                p = 1 / (1 + np.exp(-(Xt[b] @ self.w)))
                self.w -= self.lr * Xt[b].T @ (p - yt[b]) / len(b)
            val = self._log_loss(Xv @ self.w, yv)
            self.val_losses.append(val)
            if val < best_loss:
                best_loss, best_w, waited = val, self.w, 0
            else:
                waited += 1
                if waited >= self.patience:
                    break
        self.w = best_w
        self.best_loss_ = best_loss
        return self

    def predict_proba(self, X):
        X = np.c_[np.asarray(X, dtype=float), np.ones(len(X))]
        return 1 / (1 + np.exp(-(X @ self.w)))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
