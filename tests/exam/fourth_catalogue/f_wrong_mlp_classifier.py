import numpy as np


class MLPClassifier:
    """One-hidden-layer softmax classifier with early stopping.

    When early_stopping is True, validation_fraction of the data is set aside,
    training stops after n_iter_no_change epochs without a lower validation
    loss, and the weights of the best epoch are kept.
    """

    def __init__(
        self,
        hidden=32,
        learning_rate_init=0.2,
        batch_size=32,
        max_iter=300,
        alpha=1e-4,
        early_stopping=False,
        validation_fraction=0.2,
        n_iter_no_change=10,
        random_state=None,
    ):
        self.hidden = hidden
        self.learning_rate_init = learning_rate_init
        self.batch_size = batch_size
        self.max_iter = max_iter
        self.alpha = alpha
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.random_state = random_state

    def _forward(self, X):
        W1, b1, W2, b2 = self.weights_
        h = np.maximum(X @ W1 + b1, 0)
        s = h @ W2 + b2
        s = s - s.max(axis=1, keepdims=True)
        e = np.exp(s)
        return h, e / e.sum(axis=1, keepdims=True)

    def _loss(self, X, t):
        p = self._forward(X)[1]
        return -np.mean(np.log(p[np.arange(len(t)), t] + 1e-12))

    def _step(self, X, t):
        W1, b1, W2, b2 = self.weights_
        h, p = self._forward(X)
        n = len(t)
        d = p.copy()
        d[np.arange(n), t] -= 1
        d /= n
        dh = (d @ W2.T) * (h > 0)
        grads = [X.T @ dh + self.alpha * W1, dh.sum(0), h.T @ d + self.alpha * W2, d.sum(0)]
        for w, g in zip(self.weights_, grads):
            w -= self.learning_rate_init * g

    def fit(self, X, y):
        rng = np.random.RandomState(self.random_state)
        X = np.asarray(X, float)
        self.classes_, t = np.unique(y, return_inverse=True)
        d, k = X.shape[1], len(self.classes_)
        self.weights_ = [
            rng.randn(d, self.hidden) * np.sqrt(2 / d),
            np.zeros(self.hidden),
            rng.randn(self.hidden, k) * np.sqrt(1 / self.hidden),
            np.zeros(k),
        ]
        if self.early_stopping:
            perm = rng.permutation(len(X))
            n_val = int(len(X) * self.validation_fraction)
            Xv, tv = X[perm[:n_val]], t[perm[:n_val]]
            X, t = X[perm[n_val:]], t[perm[n_val:]]
        best, best_weights, wait = np.inf, None, 0
        self.loss_curve_, self.validation_losses_ = [], []
        for epoch in range(self.max_iter):
            order = rng.permutation(len(X))
            for i in range(0, len(X), self.batch_size):
                idx = order[i : i + self.batch_size]
                self._step(X[idx], t[idx])
            self.loss_curve_.append(self._loss(X, t))
            if self.early_stopping:
                v = self._loss(Xv, tv)
                self.validation_losses_.append(v)
                if v < best - 1e-6:
                    best, wait = v, 0
                    best_weights = list(self.weights_)
                else:
                    wait += 1
                    if wait >= self.n_iter_no_change:
                        break
        if best_weights is not None:
            self.weights_ = best_weights
        self.best_validation_loss_ = best
        return self

    def predict_proba(self, X):
        return self._forward(np.asarray(X, float))[1]

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
