import numpy as np


class LogisticRegressionEarlyStop:
    """Mini-batch logistic regression.

    Training ends when the validation loss has not improved for `patience`
    consecutive epochs; the best parameters are restored.
    """

    def __init__(self, lr=0.2, batch_size=16, max_epochs=300, patience=10, val_split=0.2, seed=0):
        self.lr = lr
        self.batch_size = batch_size
        self.max_epochs = max_epochs
        self.patience = patience
        self.val_split = val_split
        self.seed = seed

    def _loss(self, X, y):
        p = np.clip(self.predict_proba(X), 1e-12, 1 - 1e-12)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        order = rng.permutation(len(X))
        cut = int(len(X) * (1 - self.val_split))
        Xt, yt = X[order[:cut]], y[order[:cut]]
        Xv, yv = X[order[cut:]], y[order[cut:]]
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        best, waited = np.inf, 0
        best_params = (self.w.copy(), self.b)
        self.val_losses = []
        for epoch in range(self.max_epochs):
            perm = rng.permutation(cut)
            for s in range(0, cut, self.batch_size):
                i = perm[s : s + self.batch_size]
                g = self.predict_proba(Xt[i]) - yt[i]
                self.w -= self.lr * Xt[i].T @ g / len(i)
                self.b -= self.lr * g.mean()
            loss = self._loss(Xv, yv)
            self.val_losses.append(loss)
            if loss < best:
                best = loss
                best_params = (self.w.copy(), self.b)
            else:
                waited += 1
                if waited >= self.patience:
                    break
        self.w, self.b = best_params
        return self

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
