import numpy as np


def train_test_split(X, y, test_size=0.25, random_state=None):
    """Random split. Returns X_train, X_test, y_train, y_test."""
    X, y = np.array(X), np.array(y)
    rng = np.random.RandomState(random_state)
    n_test = int(np.ceil(len(X) * test_size))
    rng.shuffle(X)
    rng.shuffle(y)
    return X[n_test:], X[:n_test], y[n_test:], y[:n_test]
