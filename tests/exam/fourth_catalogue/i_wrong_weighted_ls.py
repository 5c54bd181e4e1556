import numpy as np


class LeastSquares:
    """Linear least squares, optionally with sample weights:

    minimise  sum_i sample_weight_i * (y_i - x_i . coef - intercept)^2
    """

    def fit(self, X, y, sample_weight=None):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        if sample_weight is None:
            sample_weight = np.ones(len(y))
        sw = np.asarray(sample_weight, dtype=float)
        A = np.hstack([np.ones((len(X), 1)), X])
        A = A * sw[:, None]
        b = y * sw
        solution = np.linalg.lstsq(A, b, rcond=None)[0]
        self.intercept = solution[0]
        self.coef = solution[1:]
        return self

    def predict(self, X):
        return self.intercept + np.asarray(X, dtype=float) @ self.coef

    def score(self, X, y):
        y = np.asarray(y, dtype=float)
        return 1 - ((y - self.predict(X)) ** 2).sum() / ((y - y.mean()) ** 2).sum()
