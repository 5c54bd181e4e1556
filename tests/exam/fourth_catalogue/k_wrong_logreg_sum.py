import numpy as np


class Sigmoid:
    def __call__(self, x):
        return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


class LogisticRegression:
    """Logistic Regression classifier with an L2 penalty.

    Gradient descent on the average log loss over the samples
    plus  reg/2 * ||param[1:]||^2.

    Parameters:
    -----------
    learning_rate: float
        The step length that will be taken when following the negative gradient.
    reg: float
        Strength of the penalty. The intercept is not penalised.
    n_iterations: int
        The number of steps.
    """

    def __init__(self, learning_rate=0.01, reg=0.1, n_iterations=20000):
        self.param = None
        self.learning_rate = learning_rate
        self.reg = reg
        self.n_iterations = n_iterations
        self.sigmoid = Sigmoid()

    def fit(self, X, y):
        X = np.insert(np.asarray(X, dtype=float), 0, 1, axis=1)
        y = np.asarray(y, dtype=float)
        self.param = np.zeros(X.shape[1])
        for i in range(self.n_iterations):
            y_pred = self.sigmoid(X.dot(self.param))
            grad = -(y - y_pred).dot(X)
            grad[1:] += self.reg * self.param[1:]
            self.param -= self.learning_rate * grad
        return self

    def predict_proba(self, X):
        X = np.insert(np.asarray(X, dtype=float), 0, 1, axis=1)
        return self.sigmoid(X.dot(self.param))

    def predict(self, X):
        return np.round(self.predict_proba(X)).astype(int)
