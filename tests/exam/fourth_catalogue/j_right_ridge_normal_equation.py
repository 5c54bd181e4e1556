import numpy as np


class RidgeRegression:
    """Ridge regression via the normal equation; the intercept is not penalised."""

    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X_b = np.c_[np.ones((X.shape[0], 1)), X]
        penalty = self.alpha * np.eye(X_b.shape[1])
        penalty[0, 0] = 0
        self.theta = np.linalg.solve(X_b.T @ X_b + penalty, X_b.T @ y)
        self.intercept_ = self.theta[0]
        self.coef_ = self.theta[1:]
        return self

    def predict(self, X):
        X_b = np.c_[np.ones((X.shape[0], 1)), X]
        return X_b @ self.theta


if __name__ == "__main__":
    np.random.seed(42)
    X = 2 * np.random.rand(100, 1)
    y = 4 + 3 * X[:, 0] + np.random.randn(100)
    model = RidgeRegression(alpha=0.5).fit(X, y)
    print(model.intercept_, model.coef_)
