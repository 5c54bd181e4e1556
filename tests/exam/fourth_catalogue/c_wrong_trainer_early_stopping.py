import numpy as np


class LinearModel:
    def __init__(self, n_features):
        self.params = {"W": np.zeros(n_features), "b": np.zeros(1)}

    def __call__(self, X):
        return X @ self.params["W"] + self.params["b"][0]

    def gradients(self, X, y):
        r = self(X) - y
        return {"W": 2 * X.T @ r / len(y), "b": np.array([2 * r.mean()])}

    def loss(self, X, y):
        return float(np.mean((self(X) - y) ** 2))


class Trainer:
    """Gradient descent with early stopping on a validation set.

    When training ends the model holds the weights of the best epoch.
    """

    def __init__(self, model, lr=0.05, max_epochs=500, patience=20):
        self.model = model
        self.lr = lr
        self.max_epochs = max_epochs
        self.patience = patience
        self.val_history = []

    def fit(self, X, y, X_val, y_val):
        best, best_params, wait = np.inf, None, 0
        for _ in range(self.max_epochs):
            grads = self.model.gradients(X, y)
            for k in self.model.params:
                self.model.params[k] -= self.lr * grads[k]
            val = self.model.loss(X_val, y_val)
            self.val_history.append(val)
            if val < best:
                best, wait = val, 0
                best_params = {k: v for k, v in self.model.params.items()}
            else:
                wait += 1
                if wait >= self.patience:
                    break
        if best_params is not None:
            self.model.params = best_params
        return self
