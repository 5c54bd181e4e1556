# ruff: noqa
import numpy as np


class WeightedLogisticRegression:
    """Logistic regression (binary) with class weights.

    Parameters
    ----------
    class_weight : None, dict {label: weight} or "balanced"
        "balanced" makes both classes count equally in total, whatever their
        frequencies.
    """

    def __init__(self, learning_rate=0.5, epochs=2000, class_weight=None, l2=0.0):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.class_weight = class_weight
        self.l2 = l2

    def _class_weights(self, idx):
        k = len(self.classes_)
        if self.class_weight is None:
            return np.ones(k)
        if isinstance(self.class_weight, str):
            if self.class_weight != "balanced":
                raise ValueError("unknown class_weight %r" % self.class_weight)
            counts = np.bincount(idx, minlength=k)
            return len(idx) / (k * counts)
        return np.array([self.class_weight.get(c, 1.0) for c in self.classes_.tolist()], float)

    @staticmethod
    def sigmoid(z):
        return 1.0 / (1.0 + np.exp(-np.clip(z, -709, 709)))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(np.asarray(y), return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("need two classes, got %d" % len(self.classes_))
        sw = self._class_weights(idx)[idx]
        sw = sw / sw.sum()

        self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = 0.0
        for _ in range(self.epochs):
            diff = sw * (self.sigmoid(X @ self.coef_ + self.intercept_) - idx)
            self.coef_ = self.coef_ - self.learning_rate * (diff @ X + self.l2 * self.coef_)
            self.intercept_ = self.intercept_ - self.learning_rate * diff.sum()
        return self

    def predict_proba(self, X):
        q = self.sigmoid(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)
        return np.array([1 - q, q]).T

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]

    def recall(self, X, y, label):
        mask = np.asarray(y) == label
        return float(np.mean(self.predict(X)[mask] == label))
