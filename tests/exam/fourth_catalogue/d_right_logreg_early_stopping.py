import numpy as np


class LogisticRegression:
    def __init__(self, learning_rate=0.1, max_epochs=3000, validation_fraction=0.2, patience=20, random_state=0):
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs
        self.validation_fraction = validation_fraction
        self.patience = patience
        self.random_state = random_state

    @staticmethod
    def sigmoid(z):
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    @staticmethod
    def log_loss(y, p):
        p = np.clip(p, 1e-12, 1 - 1e-12)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def _split(self, X, y):
        rng = np.random.RandomState(self.random_state)
        perm = rng.permutation(len(X))
        n_val = max(1, int(len(X) * self.validation_fraction))
        val, train = perm[:n_val], perm[n_val:]
        return X[train], y[train], X[val], y[val]

    def fit(self, X, y):
        X_train, y_train, X_val, y_val = self._split(X, y)
        m, n = X_train.shape
        w = np.zeros(n)
        b = 0.0
        best_loss = np.inf
        best_w, best_b = w.copy(), b
        wait = 0

        for epoch in range(self.max_epochs):
            error = self.sigmoid(X_train.dot(w) + b) - y_train
            w = w - self.learning_rate * X_train.T.dot(error) / m
            b = b - self.learning_rate * error.mean()

            val_loss = self.log_loss(y_val, self.sigmoid(X_val.dot(w) + b))
            if val_loss < best_loss:
                best_loss = val_loss
                best_w, best_b = w.copy(), b
                wait = 0
            else:
                wait += 1
                if wait >= self.patience:
                    break

        self.w, self.b = best_w, best_b
        self.best_loss_ = best_loss
        self.n_epochs_ = epoch + 1
        return self

    def predict_proba(self, X):
        return self.sigmoid(X.dot(self.w) + self.b)

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
