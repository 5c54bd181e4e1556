import numpy as np


class KFold:
    def __init__(self, n_splits=5, shuffle=False, random_state=None):
        self.n_splits = n_splits
        self.shuffle = shuffle
        self.random_state = random_state

    def split(self, X, y=None):
        n = len(X)
        indices = np.arange(n)
        if self.shuffle:
            np.random.RandomState(self.random_state).shuffle(indices)
        fold_size = n // self.n_splits
        for k in range(self.n_splits):
            start, stop = k * fold_size, (k + 1) * fold_size
            test = indices[start:stop]
            train = np.concatenate([indices[:start], indices[stop:]])
            yield train, test

    def get_n_splits(self):
        return self.n_splits
