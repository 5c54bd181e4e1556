import numpy as np


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))


def logistic_regression(X, y, learning_rate=0.1, epochs=500, batch_size=64):
    """
    Train a binary logistic regression with mini-batch gradient descent.

    Args:
        X: array (num_examples, num_features)
        y: array (num_examples,) of 0 and 1
    Returns:
        weights, bias, list with the mean cross-entropy after each epoch
    """
    num_examples, num_features = X.shape
    weights = np.zeros(num_features)
    bias = 0.0
    losses = []
    batch_size = min(batch_size, num_examples)
    for epoch in range(epochs):
        for i in range(num_examples // batch_size):
            X_batch = X[i * batch_size : (i + 1) * batch_size]
            y_batch = y[i * batch_size : (i + 1) * batch_size]
            error = sigmoid(X_batch @ weights + bias) - y_batch
            weights -= learning_rate * X_batch.T @ error / len(y_batch)
            bias -= learning_rate * np.mean(error)
        p = np.clip(sigmoid(X @ weights + bias), 1e-12, 1 - 1e-12)
        losses.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    return weights, bias, losses


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 3))
    y = (X[:, 0] - X[:, 1] > 0).astype(float)
    w, b, losses = logistic_regression(X, y)
    print("loss", losses[0], "->", losses[-1])
    print("accuracy", np.mean((sigmoid(X @ w + b) > 0.5) == y))
