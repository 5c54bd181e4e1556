import numpy as np


class KFold:
    """K-fold cross-validator: every sample is in exactly one test fold.

    n_splits : int, default=5
    shuffle : bool, default=False
    random_state : int or None
    """

    def __init__(self, n_splits=5, *, shuffle=False, random_state=None):
        if n_splits < 2:
            raise ValueError("n_splits must be at least 2")
        self.n_splits = n_splits
        self.shuffle = shuffle
        self.random_state = random_state

    def get_n_splits(self, X=None, y=None):
        return self.n_splits

    def split(self, X, y=None):
        n = len(X)
        indices = np.arange(n)
        if self.shuffle:
            np.random.RandomState(self.random_state).shuffle(indices)
        fold_size = n // self.n_splits
        for k in range(self.n_splits):
            start = k * fold_size
            stop = start + fold_size
            test = indices[start:stop]
            train = np.concatenate([indices[:start], indices[stop:]])
            yield train, test


def cross_val_predict(make_estimator, X, y, cv=None):
    """Out-of-fold predictions; make_estimator() returns a new, unfitted model."""
    X, y = np.asarray(X), np.asarray(y)
    cv = cv or KFold()
    out = np.zeros(len(y), dtype=y.dtype)
    for train, test in cv.split(X, y):
        model = make_estimator()
        model.fit(X[train], y[train])
        out[test] = model.predict(X[test])
    return out


def cross_val_score(make_estimator, X, y, cv=None):
    X, y = np.asarray(X), np.asarray(y)
    cv = cv or KFold()
    scores = []
    for train, test in cv.split(X, y):
        model = make_estimator()
        model.fit(X[train], y[train])
        scores.append(model.score(X[test], y[test]))
    return np.array(scores)
