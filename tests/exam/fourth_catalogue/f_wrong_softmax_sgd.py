import numpy as np


class SoftmaxRegression:
    """Multinomial logistic regression, mini-batch SGD.

    Parameters
    ----------
    learning_rate : float, default=0.1 (decays as 1 / (1 + decay * epoch))
    n_epochs : int, default=200
    batch_size : int or None, default=32 (None: the whole training set)
    l2 : float, default=1e-4
    random_state : int or None
    """

    def __init__(self, learning_rate=0.1, n_epochs=200, batch_size=32, l2=1e-4, decay=0.02, random_state=None):
        self.learning_rate = learning_rate
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.l2 = l2
        self.decay = decay
        self.random_state = random_state

    @staticmethod
    def _softmax(Z):
        Z = np.exp(Z - Z.max(axis=1, keepdims=True))
        return Z / Z.sum(axis=1, keepdims=True)

    def fit(self, X, y, sample_weight=None):
        """sample_weight : per-row multiplier of the loss, None means ones."""
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        Y = np.eye(len(self.classes_))[codes]
        if sample_weight is None:
            sample_weight = np.ones(len(X))
        sample_weight = np.asarray(sample_weight, dtype=float)
        sample_weight = sample_weight / sample_weight.mean()
        rng = np.random.RandomState(self.random_state)
        self.coef_ = np.zeros((X.shape[1], len(self.classes_)))
        self.intercept_ = np.zeros(len(self.classes_))
        size = self.batch_size or len(X)
        for epoch in range(self.n_epochs):
            eta = self.learning_rate / (1 + self.decay * epoch)
            order = rng.permutation(len(X))
            X_shuf, Y_shuf = X[order], Y[order]
            for start in range(0, len(X), size):
                xb = X_shuf[start : start + size]
                yb = Y_shuf[start : start + size]
                wb = sample_weight[start : start + size, None]
                D = wb * (self._softmax(xb @ self.coef_ + self.intercept_) - yb) / len(xb)
                self.coef_ -= eta * (xb.T @ D + self.l2 * self.coef_)
                self.intercept_ -= eta * D.sum(axis=0)
        return self

    def predict_proba(self, X):
        return self._softmax(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]

    def score(self, X, y):
        return float(np.mean(self.predict(X) == y))
