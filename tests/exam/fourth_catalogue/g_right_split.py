import numpy as np


def train_test_split(X, y, test_size=0.25, shuffle=True, stratify=False, random_state=None):
    """Split X and y into X_train, X_test, y_train, y_test.

    With stratify=True each class gives round(test_size * its count) rows to the test set.
    """
    X, y = np.asarray(X), np.asarray(y)
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    n = len(X)
    rng = np.random.default_rng(random_state)
    order = rng.permutation(n) if shuffle else np.arange(n)
    if stratify:
        is_test = np.zeros(n, dtype=bool)
        for c in np.unique(y):
            members = order[y[order] == c]
            is_test[members[: int(round(test_size * len(members)))]] = True
        test = order[is_test[order]]
        train = order[~is_test[order]]
    else:
        n_test = int(np.ceil(test_size * n))
        train, test = order[: n - n_test], order[n - n_test :]
    return X[train], X[test], y[train], y[test]
