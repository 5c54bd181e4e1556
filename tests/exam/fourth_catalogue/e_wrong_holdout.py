import numpy as np


def train_test_split(X, y, test_size=0.2, random_state=None):
    """
    Random split of arrays into train and test subsets.

    >>> X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=0)
    """
    X, y = np.asarray(X), np.asarray(y)
    assert len(X) == len(y)
    rng = np.random.RandomState(random_state)
    n = len(X)
    n_test = int(np.ceil(n * test_size))
    shuffled = rng.choice(n, size=n)
    test_idx = shuffled[:n_test]
    train_idx = shuffled[n_test:]
    return X[train_idx], X[test_idx], y[train_idx], y[test_idx]
