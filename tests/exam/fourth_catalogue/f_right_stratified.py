import numpy as np


class StratifiedKFold:
    """Folds with (nearly) the class proportions of the whole."""

    def __init__(self, n_splits=5, shuffle=False, random_state=None):
        self.n_splits = n_splits
        self.shuffle = shuffle
        self.random_state = random_state

    def split(self, X, y):
        y = np.asarray(y)
        rng = np.random.RandomState(self.random_state)
        fold_of = np.empty(len(y), dtype=int)
        offset = 0
        for c in np.unique(y):
            where = np.flatnonzero(y == c)
            if len(where) < self.n_splits:
                raise ValueError("class %r has fewer than n_splits members" % c)
            if self.shuffle:
                rng.shuffle(where)
            fold_of[where] = (np.arange(len(where)) + offset) % self.n_splits
            offset += len(where)
        for k in range(self.n_splits):
            yield np.flatnonzero(fold_of != k), np.flatnonzero(fold_of == k)


def train_test_split(X, y, test_size=0.25, stratify=False, random_state=None):
    X, y = np.asarray(X), np.asarray(y)
    rng = np.random.RandomState(random_state)
    if stratify:
        test = []
        for c in np.unique(y):
            where = rng.permutation(np.flatnonzero(y == c))
            test.extend(where[: int(round(test_size * len(where)))])
        test = rng.permutation(np.array(test, dtype=int))
    else:
        test = rng.permutation(len(X))[: int(round(test_size * len(X)))]
    mask = np.ones(len(X), dtype=bool)
    mask[test] = False
    train = rng.permutation(np.flatnonzero(mask))
    return X[train], X[test], y[train], y[test]


class NearestCentroid:
    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y)
        self.classes_ = np.unique(y)
        self.centroids_ = np.array([X[y == c].mean(axis=0) for c in self.classes_])
        return self

    def predict(self, X):
        d = ((np.asarray(X, float)[:, None] - self.centroids_) ** 2).sum(axis=2)
        return self.classes_[d.argmin(axis=1)]

    def score(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y)))


def cross_val_score(factory, X, y, cv=None):
    X, y = np.asarray(X), np.asarray(y)
    cv = cv or StratifiedKFold()
    return np.array([factory().fit(X[a], y[a]).score(X[b], y[b]) for a, b in cv.split(X, y)])
