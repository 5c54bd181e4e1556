import numpy as np


def stratified_train_test_split(X, y, test_size=0.25, seed=None):
    """Split so that every class has about the same share in both parts.

    Returns X_train, X_test, y_train, y_test.
    """
    if not 0 < test_size < 1:
        raise ValueError("test_size must be between 0 and 1")
    X, y = np.asarray(X), np.asarray(y)
    rng = np.random.default_rng(seed)
    train_idx, test_idx = [], []
    for c in np.unique(y):
        members = rng.permutation(np.flatnonzero(y == c))
        k = int(round(test_size * len(members)))
        k = min(max(k, 1), len(members) - 1) if len(members) > 1 else 0
        test_idx.extend(members[:k])
        train_idx.extend(members[k:])
    train_idx = rng.permutation(np.array(train_idx, dtype=int))
    test_idx = rng.permutation(np.array(test_idx, dtype=int))
    return X[train_idx], X[test_idx], y[train_idx], y[test_idx]
