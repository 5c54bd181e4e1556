import numpy as np


class MultinomialLogit:
    """Softmax regression; accelerated gradient descent with a line search.

    Objective: mean cross-entropy + alpha/2 * ||W||^2 (the offsets are not penalised).
    """

    def __init__(self, alpha=1e-3, max_iter=5000, tol=1e-7, warm_start=False):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol
        self.warm_start = warm_start

    def _value(self, X, T, W, b):
        S = X @ W + b
        m = S.max(axis=1, keepdims=True)
        E = np.exp(S - m)
        Z = E.sum(axis=1, keepdims=True)
        value = np.mean(m[:, 0] + np.log(Z[:, 0]) - (S * T).sum(axis=1))
        value += 0.5 * self.alpha * np.sum(W * W)
        D = (E / Z - T) / len(X)
        return value, X.T @ D + self.alpha * W, D.sum(axis=0)

    def fit(self, X, y):
        X = np.asarray(X, float)
        self.classes_, codes = np.unique(y, return_inverse=True)
        T = np.eye(len(self.classes_))[codes]
        shape = (X.shape[1], len(self.classes_))
        if not (self.warm_start and hasattr(self, "W_") and self.W_.shape == shape):
            self.W_, self.b_ = np.zeros(shape), np.zeros(shape[1])
        W, b = self.W_, self.b_
        VW, Vb, k, eta = W, b, 1.0, 1.0
        for self.n_iter_ in range(1, self.max_iter + 1):
            f, gW, gb = self._value(X, T, VW, Vb)
            sq = np.sum(gW**2) + np.sum(gb**2)
            if np.sqrt(sq) < self.tol:
                break
            while True:
                W2, b2 = VW - eta * gW, Vb - eta * gb
                if self._value(X, T, W2, b2)[0] <= f - 0.5 * eta * sq + 1e-15 or eta < 1e-12:
                    break
                eta *= 0.5
            if np.sum(gW * (W2 - W)) + np.sum(gb * (b2 - b)) > 0:
                k = 1.0
            k2 = 0.5 * (1 + np.sqrt(1 + 4 * k * k))
            c = (k - 1) / k2
            VW, Vb = W2 + c * (W2 - W), b2 + c * (b2 - b)
            W, b, k = W2, b2, k2
            eta *= 1.05
        self.W_, self.b_ = W, b
        return self

    def predict_proba(self, X):
        S = np.asarray(X, float) @ self.W_ + self.b_
        E = np.exp(S - S.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))
