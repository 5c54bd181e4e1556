# ruff: noqa
# Mini batch gradient descent for  y = w1*x1 + ... + b


def get_batches(X, y, batch_size):
    batches = []
    number_of_batches = max(1, len(X) // batch_size)
    for k in range(number_of_batches):
        start = k * batch_size
        end = start + batch_size
        batches.append((X[start:end], y[start:end]))
    return batches


def train(X, y, batch_size=8, lr=0.05, epochs=300):
    w = [0.0] * len(X[0])
    b = 0.0
    history = []
    for epoch in range(epochs):
        for xb, yb in get_batches(X, y, batch_size):
            dw = [0.0] * len(w)
            db = 0.0
            for row, target in zip(xb, yb):
                pred = b
                for j in range(len(w)):
                    pred += w[j] * row[j]
                for j in range(len(w)):
                    dw[j] += (pred - target) * row[j]
                db += pred - target
            for j in range(len(w)):
                w[j] -= lr * dw[j] / len(xb)
            b -= lr * db / len(xb)
        mse = 0
        for row, target in zip(X, y):
            pred = b + sum(w[j] * row[j] for j in range(len(w)))
            mse += (pred - target) ** 2
        history.append(mse / len(X))
    return w, b, history


if __name__ == "__main__":
    import random

    random.seed(0)
    X = [[random.random(), random.random()] for _ in range(50)]
    y = [3 * a - 2 * b + 0.5 for a, b in X]
    w, b, h = train(X, y)
    print(w, b, h[0], h[-1])
