import numpy as np


class OneVsAll(object):
    # labels may be anything; all_theta is (num_labels, n + 1)

    def __init__(self, lam=1.0, alpha=1.0, num_iters=3000):
        self.lam = lam
        self.alpha = alpha
        self.num_iters = num_iters

    def featureNormalize(self, X):
        return (X - self.mu) / self.sigma

    def lrGradient(self, theta, X, y):
        m = X.shape[0]
        h = 1.0 / (1.0 + np.exp(-X.dot(theta)))
        temp = theta.copy()
        temp[0] = 0
        return (X.T.dot(h - y) + self.lam * temp) / m

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.mu = X.mean(axis=0, keepdims=True)
        self.sigma = X.std(axis=0, ddof=1, keepdims=True)
        self.sigma[self.sigma == 0] = 1
        X = np.c_[np.ones((X.shape[0], 1)), self.featureNormalize(X)]
        self.labels = np.unique(y)
        self.all_theta = np.zeros((len(self.labels), X.shape[1]))
        for c in range(len(self.labels)):
            theta = np.zeros((X.shape[1], 1))
            yc = (y == self.labels[c]).astype(float).reshape(-1, 1)
            for it in range(self.num_iters):
                theta = theta - self.alpha * self.lrGradient(theta, X, yc)
            self.all_theta[c, :] = theta.T
        return self

    def predict(self, X):
        X = self.featureNormalize(np.asarray(X, dtype=float))
        X = np.c_[np.ones((X.shape[0], 1)), X]
        scores = X.dot(self.all_theta.T)
        return self.labels[np.argmax(scores, axis=1)]


if __name__ == "__main__":
    rng = np.random.RandomState(1)
    X = np.vstack([rng.randn(40, 2) + c for c in ([0, 0], [4, 0], [0, 4])])
    y = np.repeat([1, 2, 3], 40)
    print("Training accuracy:", np.mean(OneVsAll().fit(X, y).predict(X) == y) * 100)
