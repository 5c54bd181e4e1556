import numpy as np


class MultinomialLogisticRegression:
    """Softmax classifier trained with full-batch gradient descent.

    Accepts any label values (integers or strings).
    """

    def __init__(self, learning_rate=0.2, epochs=2000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, encoded = np.unique(y, return_inverse=True)
        n, k = len(X), len(self.classes_)
        onehot = np.zeros((n, k))
        onehot[np.arange(n), encoded] = 1.0
        self.coef_ = np.zeros((k, X.shape[1]))
        self.intercept_ = np.zeros(k)
        self.loss_ = []
        for _ in range(self.epochs):
            P = self.predict_proba(X)
            G = (P - onehot) / n
            self.coef_ -= self.learning_rate * G.T @ X
            self.intercept_ -= self.learning_rate * G.sum(axis=0)
            self.loss_.append(-np.log(P[np.arange(n), encoded] + 1e-15).mean())
        return self

    def predict_proba(self, X):
        Z = np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_
        Z -= Z.max(axis=1, keepdims=True)
        E = np.exp(Z)
        return E / E.sum(axis=1, keepdims=True)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 300)
    X = rng.normal(size=(300, 2)) + np.array([[0, 0], [3, 0], [0, 3]])[y]
    clf = MultinomialLogisticRegression().fit(X, y)
    print("accuracy", np.mean(clf.predict(X) == y))
