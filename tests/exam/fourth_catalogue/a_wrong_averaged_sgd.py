import numpy as np


class AveragedSGD:
    """Linear regression by SGD; the final model is the mean of the end-of-epoch
    weights after `burn_in` epochs. Stops early once the training loss is flat."""

    def __init__(self, eta=0.01, max_epochs=200, burn_in=10, tol=1e-4, patience=5, seed=0):
        self.eta = eta
        self.max_epochs = max_epochs
        self.burn_in = burn_in
        self.tol = tol
        self.patience = patience
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        A = np.c_[np.ones(len(X)), X]
        y = np.asarray(y, dtype=float).ravel()
        rng = np.random.default_rng(self.seed)
        theta = np.zeros(A.shape[1])
        total = np.zeros_like(theta)
        best, waited = np.inf, 0
        burn_in = min(self.burn_in, self.max_epochs - 1)
        for epoch in range(self.max_epochs):
            for i in rng.permutation(len(y)):
                theta = theta - self.eta * (A[i] @ theta - y[i]) * A[i]
            if epoch < burn_in:
                continue
            total += theta
            loss = np.mean((A @ theta - y) ** 2)
            if loss < best * (1 - self.tol):
                best, waited = loss, 0
            else:
                waited += 1
                if waited >= self.patience:
                    break
        self.n_epochs_ = epoch + 1
        self.theta_ = total / (self.max_epochs - burn_in)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.theta_[1:] + self.theta_[0]
