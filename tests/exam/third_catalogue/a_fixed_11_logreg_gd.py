# ruff: noqa
import numpy as np


class LogisticRegression:
    """
    Binary logistic regression, maximum likelihood by gradient descent.

    loss = -mean( y*log(p) + (1-y)*log(1-p) )

    lr      : step size
    n_iters : number of gradient steps on the full data
    """

    def __init__(self, lr=0.1, n_iters=1000, threshold=0.5, verbose=False):
        self.lr = lr
        self.n_iters = n_iters
        self.threshold = threshold
        self.verbose = verbose
        self.weights = None
        self.bias = None

    def _sigmoid(self, z):
        out = np.empty_like(z)
        pos = z >= 0
        out[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
        ez = np.exp(z[~pos])
        out[~pos] = ez / (1.0 + ez)
        return out

    def _sigmoid_derivative(self, a):
        return a * (1 - a)

    def _loss(self, y, p):
        p = np.clip(p, 1e-12, 1 - 1e-12)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("two classes needed")
        t = (np.asarray(y) == self.classes_[1]).astype(float)

        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0.0
        self.losses = []

        for i in range(self.n_iters):
            a = self._sigmoid(X @ self.weights + self.bias)
            self.losses.append(self._loss(t, a))
            # chain rule: error at the pre-activation
            dz = a - t
            dw = X.T @ dz / n_samples
            db = dz.mean()
            self.weights -= self.lr * dw
            self.bias -= self.lr * db
            if self.verbose and i % 100 == 0:
                print("iter %d loss %.5f" % (i, self.losses[-1]))
        return self

    def predict_proba(self, X):
        p = self._sigmoid(np.asarray(X, dtype=float) @ self.weights + self.bias)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] >= self.threshold).astype(int)]
