import numpy as np


class BinaryLogistic:
    def __init__(self, lr=0.1, n_iter=1000):
        self.lr = lr
        self.n_iter = n_iter

    def fit(self, X, y):
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        for _ in range(self.n_iter):
            diff = self.predict_proba(X) - y
            self.w -= self.lr * X.T @ diff / len(y)
            self.b -= self.lr * diff.mean()
        return self

    def predict_proba(self, X):
        z = np.clip(X @ self.w + self.b, -500, 500)
        return 1 / (1 + np.exp(-z))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)


class OneVsRestClassifier:
    def __init__(self, lr=0.1, n_iter=1000):
        self.lr = lr
        self.n_iter = n_iter

    def fit(self, X, y):
        self.classes = np.unique(y)
        self.models = []
        for c in self.classes:
            model = BinaryLogistic(self.lr, self.n_iter)
            model.fit(X, np.where(y == c, 1, 0))
            self.models.append(model)
        return self

    def predict(self, X):
        scores = np.array([model.predict(X) for model in self.models])
        return self.classes[np.argmax(scores, axis=0)]
