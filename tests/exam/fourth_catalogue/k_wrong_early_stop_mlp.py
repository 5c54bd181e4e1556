import numpy as np


class EarlyStopping:
    """Remembers the best parameters seen; says stop after `patience` epochs without a better one."""

    def __init__(self, patience=100):
        self.patience = patience
        self.best_loss = np.inf
        self.best_params = None
        self.counter = 0

    def __call__(self, loss, params):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_params = list(params)
            self.counter = 0
        else:
            self.counter += 1
        return self.counter >= self.patience


class EarlyStoppedMLP:
    """One-hidden-layer tanh network for regression. After training the parameters of the
    best epoch on the validation data are restored."""

    def __init__(self, n_hidden=60, lr=0.05, momentum=0.9, max_epochs=3000, patience=100, seed=0):
        self.n_hidden, self.lr, self.momentum = n_hidden, lr, momentum
        self.max_epochs, self.patience, self.seed = max_epochs, patience, seed

    def fit(self, X, y, X_val, y_val):
        X, X_val = np.asarray(X, dtype=float), np.asarray(X_val, dtype=float)
        y, y_val = np.reshape(y, (-1, 1)), np.reshape(y_val, (-1, 1))
        rng = np.random.default_rng(self.seed)
        d, h = X.shape[1], self.n_hidden
        self.params = [
            rng.normal(size=(d, h)) / np.sqrt(d),
            np.zeros(h),
            rng.normal(size=(h, 1)) / np.sqrt(h),
            np.zeros(1),
        ]
        speed = [np.zeros_like(p) for p in self.params]
        stopper = EarlyStopping(self.patience)
        self.val_losses = []
        for _ in range(self.max_epochs):
            for p, v, g in zip(self.params, speed, self._grads(X, y)):
                v *= self.momentum
                v -= self.lr * g
                p += v
            self.val_losses.append(float(np.mean((self._out(X_val) - y_val) ** 2)))
            if stopper(self.val_losses[-1], self.params):
                break
        self.params = stopper.best_params
        self.best_val_loss = stopper.best_loss
        return self

    def _out(self, X):
        W1, b1, W2, b2 = self.params
        return np.tanh(X @ W1 + b1) @ W2 + b2

    def _grads(self, X, y):
        W1, b1, W2, b2 = self.params
        a = np.tanh(X @ W1 + b1)
        d2 = (a @ W2 + b2 - y) / len(X)
        d1 = (d2 @ W2.T) * (1 - a * a)
        return [X.T @ d1, d1.sum(0), a.T @ d2, d2.sum(0)]

    def predict(self, X):
        return self._out(np.asarray(X, dtype=float)).ravel()
