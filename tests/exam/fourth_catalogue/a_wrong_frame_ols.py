import numpy as np
import pandas as pd


class FrameOLS:
    """OLS for a DataFrame or array; rows with missing values are left out."""

    def __init__(self, add_intercept=True):
        self.add_intercept = add_intercept

    def _matrix(self, X):
        X = np.asarray(X, dtype=float)
        if self.add_intercept:
            X = np.column_stack([np.ones(len(X)), X])
        return X

    def fit(self, X, y):
        frame = pd.DataFrame(np.asarray(X, dtype=float))
        n_features = frame.shape[1]
        frame["target"] = y
        frame = frame.dropna()
        A = self._matrix(frame.iloc[:, :n_features])
        self.params_, *_ = np.linalg.lstsq(A, frame["target"].to_numpy(dtype=float), rcond=None)
        self.n_used_ = len(frame)
        return self

    def predict(self, X):
        return self._matrix(X) @ self.params_
