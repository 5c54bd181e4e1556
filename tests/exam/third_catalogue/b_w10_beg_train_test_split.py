# ruff: noqa
import random


def train_test_split(X, y, test_size=0.2, seed=None):
    """Shuffle the data and give back X_train, X_test, y_train, y_test"""
    if len(X) != len(y):
        raise ValueError("X and y have different lengths")
    rng = random.Random(seed)
    indexes = list(range(len(X)))
    rng.shuffle(indexes)
    n_test = int(len(X) * test_size)
    train_idx = indexes[:-n_test]
    test_idx = indexes[-n_test:]
    X_train, X_test, y_train, y_test = [], [], [], []
    for i in train_idx:
        X_train.append(X[i])
        y_train.append(y[i])
    for i in test_idx:
        X_test.append(X[i])
        y_test.append(y[i])
    return X_train, X_test, y_train, y_test


if __name__ == "__main__":
    X = [[i, i * 2] for i in range(20)]
    y = list(range(20))
    a, b, c, d = train_test_split(X, y, 0.25, seed=1)
    print(len(a), len(b), c, d)
