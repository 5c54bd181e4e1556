import numpy as np


class KFold:
    """K folds; every sample is in the test part of one fold."""

    def __init__(self, n_splits=5, shuffle=False, random_state=None):
        if n_splits < 2:
            raise ValueError("n_splits must be at least 2")
        self.n_splits = n_splits
        self.shuffle = shuffle
        self.random_state = random_state

    def split(self, X, y=None):
        n = len(X)
        idx = np.arange(n)
        if self.shuffle:
            np.random.RandomState(self.random_state).shuffle(idx)
        fold_size = n // self.n_splits
        for k in range(self.n_splits):
            start, stop = k * fold_size, (k + 1) * fold_size
            yield np.concatenate([idx[:start], idx[stop:]]), idx[start:stop]


def cross_val_score(model, X, y, cv, metric):
    scores = []
    for tr, te in cv.split(X):
        model.fit(X[tr], y[tr])
        scores.append(metric(y[te], model.predict(X[te])))
    return np.array(scores)
