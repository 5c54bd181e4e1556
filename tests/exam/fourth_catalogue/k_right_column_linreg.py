import numpy as np


class LinearModel:
    """Linear regression, course notation: X is (n_x, m), Y is (1, m), one example a column.

    Mini-batch gradient descent with momentum on J = 1/(2m) * sum((A - Y)**2).
    """

    def __init__(self, alpha=0.1, beta=0.9, num_epochs=600, batch_size=64, seed=3):
        self.alpha = alpha
        self.beta = beta
        self.num_epochs = num_epochs
        self.batch_size = batch_size
        self.seed = seed

    def fit(self, X, Y):
        X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float).reshape(1, -1)
        n_x, m = X.shape
        rng = np.random.RandomState(self.seed)
        W, b = np.zeros((1, n_x)), 0.0
        vW, vb = np.zeros_like(W), 0.0
        self.costs = []
        for epoch in range(self.num_epochs):
            rate = self.alpha / (1 + 0.02 * epoch)
            perm = rng.permutation(m)
            for k in range(0, m, self.batch_size):
                cols = perm[k : k + self.batch_size]
                dZ = W @ X[:, cols] + b - Y[:, cols]
                vW = self.beta * vW + (1 - self.beta) * (dZ @ X[:, cols].T) / len(cols)
                vb = self.beta * vb + (1 - self.beta) * dZ.mean()
                W = W - rate * vW
                b = b - rate * vb
            self.costs.append(float(np.mean((W @ X + b - Y) ** 2) / 2))
        self.W, self.b = W, b
        return self

    def predict(self, X):
        return self.W @ np.asarray(X, dtype=float) + self.b
