import numpy as np


def stratified_split(X, y, test_size=0.25, seed=None):
    """Split so that every class keeps its share (rounded per class) in train and test.

    returns X_train, X_test, y_train, y_test
    """
    X, y = np.asarray(X), np.asarray(y)
    rng = np.random.default_rng(seed)
    train, test = [], []
    for c in np.unique(y):
        idx = np.flatnonzero(y == c)
        rng.shuffle(idx)
        k = int(round(test_size * len(idx)))
        test.append(idx[:k])
        train.append(idx[k:])
    train = rng.permutation(np.concatenate(train))
    test = rng.permutation(np.concatenate(test))
    return X[train], X[test], y[train], y[test]
