import numpy as np


class LogisticModel:
    """Splits the data, standardises, trains and reports train and test accuracy."""

    def __init__(self, lr=0.1, epochs=1000, test_size=0.25, random_state=1):
        self.lr = lr
        self.epochs = epochs
        self.test_size = test_size
        self.random_state = random_state

    def train_test_split(self, X, y):
        rng = np.random.RandomState(self.random_state)
        order = rng.permutation(len(X))
        n_test = int(round(len(X) * self.test_size))
        n_train = len(X) - n_test
        train, test = order[:n_train], order[:n_test]
        return X[train], X[test], y[train], y[test]

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def fit(self, X, y):
        X_tr, X_te, y_tr, y_te = self.train_test_split(X, y)
        self.mu, self.sd = X_tr.mean(0), X_tr.std(0)
        Z = (X_tr - self.mu) / self.sd
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            g = self.sigmoid(Z @ self.w + self.b) - y_tr
            self.w -= self.lr * Z.T @ g / len(g)
            self.b -= self.lr * g.mean()
        self.train_accuracy = self.accuracy(X_tr, y_tr)
        self.test_accuracy = self.accuracy(X_te, y_te)
        return self

    def predict_proba(self, X):
        return self.sigmoid((X - self.mu) / self.sd @ self.w + self.b)

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)

    def accuracy(self, X, y):
        return np.mean(self.predict(X) == y)
