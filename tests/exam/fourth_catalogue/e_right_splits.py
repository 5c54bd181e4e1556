import random


def split_data(X, y, test_size=0.25, seed=None):
    """Shuffle and split two parallel lists. Returns X_train, X_test, y_train, y_test."""
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    rows = list(range(len(X)))
    random.Random(seed).shuffle(rows)
    cut = len(rows) - max(1, int(round(test_size * len(rows))))
    train, test = rows[:cut], rows[cut:]
    pick = lambda data, ids: [data[i] for i in ids]
    return pick(X, train), pick(X, test), pick(y, train), pick(y, test)


def k_folds(n, k=5, shuffle=True, seed=None):
    """Yield (train_ids, test_ids), every index is in exactly one test fold."""
    if not 2 <= k <= n:
        raise ValueError("k must be between 2 and n")
    ids = list(range(n))
    if shuffle:
        random.Random(seed).shuffle(ids)
    start = 0
    for f in range(k):
        stop = start + n // k + (1 if f < n % k else 0)
        yield ids[:start] + ids[stop:], ids[start:stop]
        start = stop


def cross_validate(fit, score, X, y, k=5, seed=None):
    results = []
    for train, test in k_folds(len(X), k, seed=seed):
        model = fit([X[i] for i in train], [y[i] for i in train])
        results.append(score(model, [X[i] for i in test], [y[i] for i in test]))
    return results


if __name__ == "__main__":
    for tr, te in k_folds(11, 3, seed=1):
        print(len(tr), te)
