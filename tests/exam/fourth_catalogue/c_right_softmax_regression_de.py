import numpy as np


class SoftmaxRegression:
    def __init__(self, lernrate=0.5, durchlaeufe=1000, strafe=0.0):
        self.lernrate = lernrate
        self.durchlaeufe = durchlaeufe
        self.strafe = strafe
        self.verlauf = []

    @staticmethod
    def _mit_eins(X):
        return np.hstack([np.asarray(X, float), np.ones((len(X), 1))])

    @staticmethod
    def _softmax(Z):
        E = np.exp(Z - Z.max(axis=1)[:, None])
        return E / E.sum(axis=1)[:, None]

    def lerne(self, X, y):
        self.klassen, nummer = np.unique(y, return_inverse=True)
        A = self._mit_eins(X)
        ziel = np.eye(len(self.klassen))[nummer]
        self.W = np.zeros((A.shape[1], len(self.klassen)))
        self.verlauf = []
        for _ in range(self.durchlaeufe):
            P = self._softmax(A @ self.W)
            strafterm = 0.5 * self.strafe * np.sum(self.W[:-1] ** 2)
            self.verlauf.append(-np.mean(np.sum(ziel * np.log(P + 1e-15), axis=1)) + strafterm)
            G = A.T @ (P - ziel) / len(A)
            G[:-1] += self.strafe * self.W[:-1]
            self.W -= self.lernrate * G
        return self

    def wahrscheinlichkeiten(self, X):
        return self._softmax(self._mit_eins(X) @ self.W)

    def sage_vorher(self, X):
        return self.klassen[self.wahrscheinlichkeiten(X).argmax(axis=1)]

    def genauigkeit(self, X, y):
        return float((self.sage_vorher(X) == np.asarray(y)).mean())
