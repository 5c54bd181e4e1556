import numpy as np


class EarlyStopSGD:
    """
    Linear regression by minibatch SGD with early stopping on a validation part.

    After training the weights of the epoch with the lowest validation error are restored.
    """

    def __init__(self, lr=0.05, max_epochs=500, patience=50, batch_size=16, val_fraction=0.2, seed=0):
        self.lr = lr
        self.max_epochs = max_epochs
        self.patience = patience
        self.batch_size = batch_size
        self.val_fraction = val_fraction
        self.seed = seed

    def fit(self, X, y):
        rng = np.random.RandomState(self.seed)
        order = rng.permutation(len(X))
        n_val = int(len(X) * self.val_fraction)
        Xv, yv = X[order[:n_val]], y[order[:n_val]]
        Xt, yt = X[order[n_val:]], y[order[n_val:]]
        w = np.zeros(X.shape[1])
        b = np.array([yt.mean()])
        best_err, best, wait = np.inf, (w, b), 0
        self.val_curve = []
        for epoch in range(self.max_epochs):
            for rows in np.array_split(rng.permutation(len(Xt)), max(1, len(Xt) // self.batch_size)):
                diff = Xt[rows] @ w + b - yt[rows]
                w -= self.lr * Xt[rows].T @ diff / len(rows)
                b -= self.lr * diff.mean()
            err = np.mean((Xv @ w + b - yv) ** 2)
            self.val_curve.append(err)
            if err < best_err:
                best_err, best, wait = err, (w, b), 0
            else:
                wait += 1
                if wait >= self.patience:
                    break
        self.w, self.b = best
        self.best_val_mse = best_err
        self.Xv, self.yv = Xv, yv
        return self

    def predict(self, X):
        return X @ self.w + self.b
