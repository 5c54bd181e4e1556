# ruff: noqa
"""Multinomial logistic regression by averaged mini-batch SGD.

Theta has shape (n_classes, n_features + 1), column 0 is the intercept. Rows are
shuffled with an own Lehmer generator (no NumPy random state is touched).
Features are standardised inside; the objective is
    mean cross entropy + (l2 / 2) * ||weights of the STANDARDISED features||^2
(intercepts free). Theta is mapped back to the original units at the end.
"""

import numpy as np


class Lehmer:
    def __init__(self, seed=1):
        self.state = (seed * 2654435761 + 12345) % 2147483646 + 1

    def below(self, n):
        self.state = self.state * 48271 % 2147483647
        return self.state % n

    def shuffle(self, n):
        a = list(range(n))
        for i in range(n - 1, 0, -1):  # Fisher-Yates
            j = self.below(i + 1)
            a[i], a[j] = a[j], a[i]
        return np.array(a)


class AveragedSoftmax:
    def __init__(self, l2=1e-2, lr=0.5, epochs=200, batch=16, seed=1):
        self.l2, self.lr = l2, lr
        self.epochs, self.batch, self.seed = epochs, batch, seed

    @staticmethod
    def _probs(A, Theta):
        S = A @ Theta.T
        S -= S.max(axis=1)[:, None]
        np.exp(S, out=S)
        return S / S.sum(axis=1)[:, None]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(np.asarray(y), return_inverse=True)
        mu, sd = X.mean(0), X.std(0)
        sd = np.where(sd > 0, sd, 1.0)
        A = np.column_stack([np.ones(len(X)), (X - mu) / sd])
        Y = (t[:, None] == np.arange(len(self.classes_))).astype(float)
        Theta = np.zeros((len(self.classes_), A.shape[1]))
        mean_theta, count = np.zeros_like(Theta), 0
        gen = Lehmer(self.seed)
        for epoch in range(self.epochs):
            eta = self.lr / np.sqrt(1.0 + epoch)
            order = gen.shuffle(len(A))
            for lo in range(0, len(A), self.batch):
                r = order[lo : lo + self.batch]
                G = (self._probs(A[r], Theta) - Y[r]).T @ A[r] / len(r)
                G[:, 1:] += self.l2 * Theta[:, 1:]
                Theta = Theta - eta * G
                if epoch >= self.epochs // 2:  # average the second half
                    count += 1
                    mean_theta += (Theta - mean_theta) / count
        final = mean_theta if count else Theta
        out = final.copy()
        out[:, 1:] = final[:, 1:] / sd
        out[:, 0] = final[:, 0] - out[:, 1:] @ mu
        self.Theta = out
        return self

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        return self._probs(np.insert(X, 0, 1.0, axis=1), self.Theta)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
