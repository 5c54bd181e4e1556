import numpy as np


class LinearRegression:
    def __init__(self, lr=0.1, n_iter=5000):
        self.lr = lr
        self.n_iter = n_iter

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float).reshape(-1, 1)
        self.mean = X.mean(axis=0)
        self.std = X.std(axis=0)
        self.std[self.std == 0] = 1
        X = (X - self.mean) / self.std
        n = X.shape[0]
        self.w = np.zeros((X.shape[1], 1))
        self.b = 0
        self.losses = []
        for i in range(self.n_iter):
            y_pred = X.dot(self.w) + self.b
            error = y_pred - y
            dw = 2 * X.T.dot(error) / n
            db = 2 * error.sum() / n
            self.w = self.w - self.lr * dw
            self.b = self.b - self.lr * db
            self.losses.append((error**2).mean())
        return self

    def predict(self, X):
        X = np.array(X, dtype=float)
        X = (X - self.mean) / self.std
        y_pred = X.dot(self.w) + self.b
        return y_pred[:, 0]

    def score(self, X, y):
        y = np.array(y, dtype=float)
        y_pred = self.predict(X)
        u = ((y - y_pred) ** 2).sum()
        v = ((y - y.mean()) ** 2).sum()
        return 1 - u / v


if __name__ == "__main__":
    hours = np.array([[1, 7], [2, 6], [3, 8], [4, 5], [5, 7], [6, 8], [8, 6]])
    marks = np.array([35, 41, 50, 52, 61, 70, 79])
    model = LinearRegression()
    model.fit(hours, marks)
    print(model.predict([[7, 7]]))
    print(model.score(hours, marks))
