import numpy as np


class FlowerLearner:
    """Softmax classifier for named classes.

    f = FlowerLearner()
    f.learn(measurements, names)
    f.infer(measurements)  -> array of names
    """

    def __init__(self, step=0.3, n_passes=1500):
        self.step = step
        self.n_passes = n_passes

    def learn(self, measurements, names):
        X = np.asarray(measurements, dtype=float)
        self.shift, self.size = X.mean(0), X.std(0) + 1e-12
        X = np.c_[np.ones(len(X)), (X - self.shift) / self.size]
        self.names = list(dict.fromkeys(names))
        _, target = np.unique(names, return_inverse=True)
        self.theta = np.zeros((X.shape[1], len(self.names)))
        goal = np.eye(len(self.names))[target]
        for _ in range(self.n_passes):
            self.theta -= self.step * X.T @ (self._soft(X @ self.theta) - goal) / len(X)
        return self

    def _soft(self, s):
        e = np.exp(s - s.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def confidence(self, measurements):
        X = (np.asarray(measurements, dtype=float) - self.shift) / self.size
        return self._soft(np.c_[np.ones(len(X)), X] @ self.theta)

    def infer(self, measurements):
        best = self.confidence(measurements).argmax(axis=1)
        return np.array([self.names[i] for i in best])


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    names = ["setosa"] * 40 + ["versicolor"] * 40 + ["virginica"] * 40
    X = np.repeat([[5.0, 3.4, 1.5], [5.9, 2.8, 4.3], [6.6, 3.0, 5.6]], 40, axis=0) + 0.3 * rng.randn(120, 3)
    f = FlowerLearner().learn(X, names)
    print("accuracy", np.mean(f.infer(X) == np.array(names)))
