from math import exp, log

weights = []
bias = 0.0
n_rounds = 0


def sigmoid(z):
    return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, z))))


def proba(row):
    return sigmoid(bias + sum(w * v for w, v in zip(weights, row)))


def cost(X, y):
    total = 0.0
    for row, t in zip(X, y):
        p = min(max(proba(row), 1e-12), 1 - 1e-12)
        total -= t * log(p) + (1 - t) * log(1 - p)
    return total / len(X)


def train(X, y, lr=0.5, max_rounds=2000, tol=1e-7):
    """Gradient descent until the cost improves by less than tol (or max_rounds)."""
    global weights, bias, n_rounds
    weights = [0.0] * len(X[0])
    bias = 0.0
    last = cost(X, y)
    for n_rounds in range(1, max_rounds + 1):
        errs = [proba(row) - t for row, t in zip(X, y)]
        grads = [sum(e * row[j] for e, row in zip(errs, X)) / len(X) for j in range(len(weights))]
        weights = [w - lr * g for w, g in zip(weights, grads)]
        bias -= lr * sum(errs) / len(X)
        now = cost(X, y)
        if now - last < tol:
            break
        last = now
    return now


def predict(X):
    return [1 if proba(row) >= 0.5 else 0 for row in X]


if __name__ == "__main__":
    X = [[-2.0, -1.0], [-1.5, -0.3], [-0.7, -1.2], [0.4, 1.1], [1.3, 0.2], [2.2, 1.6]]
    y = [0, 0, 0, 1, 1, 1]
    print("start 0.6931 end", round(train(X, y), 4))
    print(predict(X))
