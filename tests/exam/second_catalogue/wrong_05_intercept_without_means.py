"""After centring X and y the intercept is taken as the mean of y, forgetting the means of the columns.
task: regression
candidate: OLS
"""

import numpy as np


class OLS:
    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        x_bar = X.mean(axis=0)
        y_bar = y.mean()
        solution, *_ = np.linalg.lstsq(X - x_bar, y - y_bar, rcond=None)
        self.coef_ = solution
        self.intercept_ = y_bar
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        return X.dot(self.coef_) + self.intercept_
