import numpy as np


class LogistischeRegression:
    def __init__(self, lernrate=0.1, lam=0.1, epochen=1000):
        self.lernrate = lernrate
        self.lam = lam
        self.epochen = epochen

    @staticmethod
    def _sigmoid(z):
        return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))

    def kosten(self, X, y):
        z = X @ self.gewichte + self.achse
        verlust = np.mean(np.logaddexp(0, z) - y * z)
        return verlust + 0.5 * self.lam * np.sum(self.gewichte**2)

    def anpassen(self, X, y):
        n, d = X.shape
        self.gewichte = np.zeros(d)
        self.achse = 0.0
        for _ in range(self.epochen):
            fehler = self._sigmoid(X @ self.gewichte + self.achse) - y
            gradient = X.T @ fehler / n - self.lam * self.gewichte
            self.gewichte = self.gewichte - self.lernrate * gradient
            self.achse = self.achse - self.lernrate * fehler.mean()
        return self

    def wahrscheinlichkeit(self, X):
        return self._sigmoid(X @ self.gewichte + self.achse)

    def vorhersagen(self, X):
        return (self.wahrscheinlichkeit(X) >= 0.5).astype(int)
