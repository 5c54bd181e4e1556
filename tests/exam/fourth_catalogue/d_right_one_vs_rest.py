import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))


def train_binary(X, y, alpha, num_iters, lmbda):
    m, n = X.shape
    theta = np.zeros(n)
    for _ in range(num_iters):
        h = sigmoid(X @ theta)
        reg = (lmbda / m) * theta
        reg[0] = 0.0
        theta = theta - alpha * (X.T @ (h - y) / m + reg)
    return theta


def one_vs_all(X, y, alpha=0.5, num_iters=3000, lmbda=0.1):
    """Train one logistic regression per class.

    Returns the sorted class labels and a matrix with one row of parameters per class.
    """
    X = np.insert(X.astype(float), 0, 1, axis=1)
    classes = np.unique(y)
    all_theta = np.zeros((len(classes), X.shape[1]))
    for i, c in enumerate(classes):
        binary_y = (y == c).astype(int)
        all_theta[i] = train_binary(X, binary_y, alpha, num_iters, lmbda)
    return classes, all_theta


def predict_one_vs_all(classes, all_theta, X):
    X = np.insert(X.astype(float), 0, 1, axis=1)
    scores = X @ all_theta.T
    return classes[np.argmax(scores, axis=1)]
