import numpy as np


class ScaledLinearRegression:
    """Standardises X and y internally, trains with gradient descent and
    reports coef_ and intercept_ in the original units."""

    def __init__(self, learning_rate=0.1, n_epochs=3000):
        self.learning_rate = learning_rate
        self.n_epochs = n_epochs

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        self.x_mean_, self.x_std_ = X.mean(axis=0), X.std(axis=0)
        self.y_mean_, self.y_std_ = y.mean(), y.std()
        Xs = (X - self.x_mean_) / self.x_std_
        ys = (y - self.y_mean_) / self.y_std_
        self.w_ = np.zeros(X.shape[1])
        for _ in range(self.n_epochs):
            self.w_ -= self.learning_rate * Xs.T @ (Xs @ self.w_ - ys) / len(ys)
        self.coef_ = self.w_ * self.y_std_ / self.x_std_
        self.intercept_ = self.y_mean_ - self.w_ @ self.x_mean_
        return self

    def predict(self, X):
        Xs = (np.asarray(X, float) - self.x_mean_) / self.x_std_
        return Xs @ self.w_ * self.y_std_ + self.y_mean_
