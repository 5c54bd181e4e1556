import numpy as np


class KFold:
    """K-fold cross-validation: every sample is in the test part of exactly one fold."""

    def __init__(self, n_splits=5, shuffle=True, random_state=None):
        self.n_splits = n_splits
        self.shuffle = shuffle
        self.random_state = random_state

    def split(self, X):
        n = len(X)
        indices = np.arange(n)
        if self.shuffle:
            np.random.default_rng(self.random_state).shuffle(indices)
        fold_size = n // self.n_splits
        for k in range(self.n_splits):
            start, stop = k * fold_size, (k + 1) * fold_size
            test = indices[start:stop]
            train = np.concatenate([indices[:start], indices[stop:]])
            yield train, test
