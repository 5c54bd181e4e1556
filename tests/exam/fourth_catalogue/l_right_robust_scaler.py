import numpy as np


class RobustScaler:
    """Centre on the median, divide by the inter-quartile range (columns with IQR 0 are only centred)."""

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        q1, med, q3 = np.percentile(X, [25, 50, 75], axis=0)
        self.center_ = med
        iqr = q3 - q1
        self.scale_ = np.where(iqr == 0, 1.0, iqr)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.center_) / self.scale_

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.center_
