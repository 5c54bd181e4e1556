import numpy as np


class StandardScaler:
    def __init__(self):
        self.means = None
        self.stds = None

    def fit(self, X):
        self.means = np.mean(X, axis=0)
        self.stds = np.std(X, axis=0)
        return self

    def transform(self, X):
        X_scaled = np.zeros_like(X)
        for j in range(X.shape[1]):
            if self.stds[j] > 0:
                X_scaled[:, j] = (X[:, j] - self.means[j]) / self.stds[j]
            else:
                X_scaled[:, j] = X[:, j] - self.means[j]
        return X_scaled

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, X_scaled):
        return X_scaled * np.where(self.stds > 0, self.stds, 1) + self.means
