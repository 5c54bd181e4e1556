from itertools import combinations

import numpy as np


class PolynomialFeatures:
    """All monomials of the input features with total degree <= degree.

    For [a, b] and degree 2: [1, a, b, a^2, b^2, ab].

    Parameters
    ----------
    degree : int, default=2
    include_bias : bool, default=True
    interaction_only : bool, default=False
        Leave out terms with a feature to a power higher than 1.
    """

    def __init__(self, degree=2, include_bias=True, interaction_only=False):
        self.degree = degree
        self.include_bias = include_bias
        self.interaction_only = interaction_only

    def _exponents(self, d):
        rows = [[0] * d] if self.include_bias else []
        for power in range(1, self.degree + 1):
            if power == 1 or not self.interaction_only:
                rows += [[power if i == j else 0 for i in range(d)] for j in range(d)]
            if power > 1:
                for group in combinations(range(d), power):
                    rows.append([int(i in group) for i in range(d)])
        return np.array(rows, dtype=int)

    def fit(self, X, y=None):
        X = np.asarray(X, float)
        self.n_features_in_ = X.shape[1]
        self.powers_ = self._exponents(X.shape[1])
        self.n_output_features_ = len(self.powers_)
        return self

    def transform(self, X):
        X = np.asarray(X, float)
        if X.shape[1] != self.n_features_in_:
            raise ValueError("wrong number of features")
        return np.stack([np.prod(X**p, axis=1) for p in self.powers_], axis=1)

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)


class PolynomialRegression:
    def __init__(self, degree=2):
        self.degree = degree

    def fit(self, X, y):
        self.features_ = PolynomialFeatures(self.degree)
        Z = self.features_.fit_transform(X)
        self.coef_ = np.linalg.lstsq(Z, np.asarray(y, float), rcond=None)[0]
        return self

    def predict(self, X):
        return self.features_.transform(X) @ self.coef_

    def score(self, X, y):
        r = np.asarray(y) - self.predict(X)
        return 1 - (r @ r) / np.sum((y - np.mean(y)) ** 2)
