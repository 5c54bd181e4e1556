import numpy as np


class EarlyStoppingRegressor:
    """Linear regression by gradient descent with early stopping.

    The last validation_fraction of the rows is held out; training stops after `patience` epochs
    without improvement and the weights of the best epoch are kept.
    """

    def __init__(self, lr=0.05, max_epochs=5000, patience=50, validation_fraction=0.3):
        self.lr = lr
        self.max_epochs = max_epochs
        self.patience = patience
        self.validation_fraction = validation_fraction

    def fit(self, X, y):
        X = np.hstack([np.ones((len(X), 1)), np.asarray(X, dtype=float)])
        y = np.asarray(y, dtype=float)
        cut = len(X) - int(self.validation_fraction * len(X))
        X_tr, y_tr, X_val, y_val = X[:cut], y[:cut], X[cut:], y[cut:]
        w = np.zeros(X.shape[1])
        best_loss, best_w, wait = np.inf, w, 0
        self.val_losses_ = []
        for epoch in range(self.max_epochs):
            w -= self.lr * X_tr.T @ (X_tr @ w - y_tr) / cut
            val = np.mean((X_val @ w - y_val) ** 2)
            self.val_losses_.append(val)
            if val < best_loss:
                best_loss, best_w, wait = val, w, 0
                self.best_epoch_ = epoch
            else:
                wait += 1
                if wait >= self.patience:
                    break
        self.intercept_, self.coef_ = best_w[0], best_w[1:]
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
