import numpy as np


class ZScore:
    """Centre and scale columns by the SAMPLE standard deviation (ddof=1), as R's scale() does.

    Constant columns are centred and left unscaled. The input is never modified.
    """

    def fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        self.center_ = X.mean(axis=0)
        if len(X) > 1:
            sd = X.std(axis=0, ddof=1)
        else:
            sd = np.zeros(X.shape[1])
        constant = np.all(X == X[0], axis=0)
        self.scale_ = np.where(constant | (sd == 0), 1.0, sd)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.center_) / self.scale_

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.center_
