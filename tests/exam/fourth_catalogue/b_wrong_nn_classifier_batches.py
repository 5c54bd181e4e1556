import numpy as np


def to_one_hot(labels, n_classes):
    _, idx = np.unique(labels, return_inverse=True)
    out = np.zeros((len(labels), n_classes))
    out[np.arange(len(labels)), idx] = 1.0
    return out


def iterate_minibatches(X, y, size, rng):
    order = rng.permutation(X.shape[0])
    for s in range(0, X.shape[0], size):
        sel = order[s : s + size]
        yield X[sel], y[sel]


class NNClassifier(object):
    """Two-layer network, ReLU hidden units, softmax output. Labels may be anything sortable."""

    def __init__(self, hidden=20, eta=0.2, n_epochs=100, minibatch_size=16, l2=0.0, seed=42):
        self.hidden = hidden
        self.eta = eta
        self.n_epochs = n_epochs
        self.minibatch_size = minibatch_size
        self.l2 = l2
        self.seed = seed

    def _scores(self, X):
        a = X.dot(self.w_h) + self.b_h
        h = np.maximum(a, 0)
        return a, h, h.dot(self.w_o) + self.b_o

    @staticmethod
    def _softmax(s):
        s = s - s.max(axis=1, keepdims=True)
        e = np.exp(s)
        return e / e.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        rng = np.random.RandomState(self.seed)
        self.classes_ = np.unique(y)
        k, d = len(self.classes_), X.shape[1]
        self.w_h = rng.normal(scale=np.sqrt(2.0 / d), size=(d, self.hidden))
        self.b_h = np.zeros(self.hidden)
        self.w_o = rng.normal(scale=np.sqrt(2.0 / self.hidden), size=(self.hidden, k))
        self.b_o = np.zeros(k)
        for _ in range(self.n_epochs):
            for xb, yb in iterate_minibatches(X, y, self.minibatch_size, rng):
                t = to_one_hot(yb, k)
                a, h, s = self._scores(xb)
                d_out = (self._softmax(s) - t) / len(xb)
                d_hid = d_out.dot(self.w_o.T) * (a > 0)
                g_wo = h.T.dot(d_out) + self.l2 * self.w_o
                g_wh = xb.T.dot(d_hid) + self.l2 * self.w_h
                self.w_o -= self.eta * g_wo
                self.b_o -= self.eta * d_out.sum(axis=0)
                self.w_h -= self.eta * g_wh
                self.b_h -= self.eta * d_hid.sum(axis=0)
        return self

    def predict_proba(self, X):
        return self._softmax(self._scores(np.asarray(X, dtype=float))[2])

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
