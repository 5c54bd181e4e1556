import numpy as np


class RegresionPolinomica:
    """Ajuste de un polinomio de grado dado por mínimos cuadrados."""

    def __init__(self, grado=2):
        self.grado = grado
        self.coeficientes = None

    def _matriz(self, x):
        x = np.asarray(x, dtype=float).ravel()
        columnas = [np.ones_like(x)]
        for k in range(1, self.grado):
            columnas.append(x**k)
        return np.column_stack(columnas)

    def entrenar(self, x, y):
        A = self._matriz(x)
        self.coeficientes, *_ = np.linalg.lstsq(A, np.asarray(y, dtype=float), rcond=None)
        return self

    def predecir(self, x):
        return self._matriz(x) @ self.coeficientes

    def error_cuadratico_medio(self, x, y):
        return float(np.mean((self.predecir(x) - np.asarray(y)) ** 2))
