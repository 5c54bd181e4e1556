import numpy as np
import pandas as pd


class WeightedOLS:
    """Weighted least squares; result in a pandas Series `params` with the const first."""

    def fit(self, X, y, sample_weight=None):
        names = list(X.columns) if isinstance(X, pd.DataFrame) else [f"x{j}" for j in range(np.shape(X)[1])]
        A = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
        y = np.asarray(y, dtype=float).ravel()
        sw = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, dtype=float).ravel()
        root = np.sqrt(sw)
        beta = np.linalg.lstsq(A * root[:, None], y * root, rcond=None)[0]
        self.params = pd.Series(beta, index=["const"] + names)
        return self

    def predict(self, X):
        A = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
        return A @ self.params.to_numpy()
