import numpy as np


class RegresionLineal:
    """Mínimos cuadrados exactos con descomposición QR."""

    def __init__(self, con_intercepto=True):
        self.con_intercepto = con_intercepto

    def _ampliar(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X[:, None]
        if self.con_intercepto:
            X = np.hstack((X, np.ones((X.shape[0], 1))))
        return X

    def ajustar(self, X, y):
        Q, R = np.linalg.qr(self._ampliar(X))
        solucion = np.linalg.solve(R, Q.T @ np.asarray(y, dtype=float))
        if self.con_intercepto:
            self.pendientes, self.intercepto = solucion[:-1], solucion[-1]
        else:
            self.pendientes, self.intercepto = solucion, 0.0
        return self

    def predecir(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X[:, None]
        return X @ self.pendientes + self.intercepto

    def r2(self, X, y):
        y = np.asarray(y, dtype=float)
        residuo = np.sum((y - self.predecir(X)) ** 2)
        total = np.sum((y - y.mean()) ** 2)
        return 1 - residuo / total
