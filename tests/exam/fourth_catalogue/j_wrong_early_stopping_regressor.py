import numpy as np


class EarlyStoppingLinear:
    """Gradient descent with a validation set; keeps the weights of the best epoch."""

    def __init__(self, lr=0.05, max_iter=5000, patience=200):
        self.lr = lr
        self.max_iter = max_iter
        self.patience = patience

    def fit(self, X_train, y_train, X_val, y_val):
        A = np.hstack([np.ones((len(X_train), 1)), X_train])
        B = np.hstack([np.ones((len(X_val), 1)), X_val])
        n = len(A)
        w = np.zeros(A.shape[1])
        best_w, best_loss, bad = w.copy(), np.inf, 0
        self.val_losses = []
        for it in range(self.max_iter):
            w -= self.lr * A.T @ (A @ w - y_train) / n
            val_loss = np.mean((B @ w - y_val) ** 2)
            self.val_losses.append(val_loss)
            if val_loss < best_loss:
                best_loss = val_loss
                best_w = w
                bad = 0
            else:
                bad += 1
            if bad >= self.patience:
                break
        self.w = best_w
        self.best_loss = best_loss
        return self

    def predict(self, X):
        return self.w[0] + X @ self.w[1:]
