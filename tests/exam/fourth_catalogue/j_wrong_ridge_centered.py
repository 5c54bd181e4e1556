import numpy as np


class Ridge:
    """Closed-form ridge regression. Data are centred so the intercept is left unpenalised."""

    def __init__(self, lam=1.0):
        self.lam = lam

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        y_mean = y.mean()
        Xc = X - X.mean(axis=0)
        yc = y - y_mean
        d = X.shape[1]
        self.coef = np.linalg.solve(Xc.T.dot(Xc) + self.lam * np.identity(d), Xc.T.dot(yc))
        self.intercept = y_mean
        return self

    def predict(self, X):
        return np.array(X, dtype=float).dot(self.coef) + self.intercept


if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.randn(200, 4)
    y = X.dot([1, 2, 3, 4]) + 5 + 0.1 * np.random.randn(200)
    r = Ridge().fit(X, y)
    print(r.coef)
