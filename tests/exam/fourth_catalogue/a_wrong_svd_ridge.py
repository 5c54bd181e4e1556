import numpy as np
from typing import Optional


class SVDRidge:
    """Ridge regression through the SVD of the centred design.

    Objective: ||y - Xw - b||^2 + alpha ||w||^2.
    """

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = alpha
        self.w: Optional[np.ndarray] = None
        self.b: float = 0.0

    def fit(self, X: np.ndarray, y: np.ndarray) -> "SVDRidge":
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        mx, my = X.mean(0), y.mean()
        U, s, Vt = np.linalg.svd(X - mx, full_matrices=False)
        d = np.zeros_like(s)
        keep = s > 1e-12
        d[keep] = s[keep] / (s[keep] + self.alpha)
        self.w = Vt.T @ (d * (U.T @ (y - my)))
        self.b = float(my - mx @ self.w)
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        return np.asarray(X, dtype=float) @ self.w + self.b
