import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def map_bias(X):
    return np.hstack([np.ones((len(X), 1)), X])


def compute_cost(theta, X, y, lambda_):
    m = len(y)
    h = np.clip(sigmoid(X.dot(theta)), 1e-12, 1 - 1e-12)
    return -(y.dot(np.log(h)) + (1 - y).dot(np.log(1 - h))) / m + lambda_ / (2 * m) * theta[1:].dot(theta[1:])


def compute_gradient(theta, X, y, lambda_):
    m = len(y)
    h = sigmoid(X.dot(theta))
    grad = X.T.dot(h - y) / m
    temp = theta
    temp[0] = 0
    grad = grad + lambda_ / m * temp
    return grad


def train(X, y, lambda_=1.0, alpha=0.5, iterations=2000):
    """X has no bias column; it is added here. Returns theta (n+1,) and the cost history."""
    X = map_bias(X)
    theta = np.zeros(X.shape[1])
    history = [compute_cost(theta, X, y, lambda_)]
    for i in range(iterations):
        theta = theta - alpha * compute_gradient(theta, X, y, lambda_)
        history.append(compute_cost(theta, X, y, lambda_))
    return theta, history


def predict(theta, X):
    return (sigmoid(map_bias(X).dot(theta)) >= 0.5) * 1


if __name__ == "__main__":
    np.random.seed(1)
    X = np.vstack([np.random.randn(60, 2) + 1, np.random.randn(60, 2) - 1])
    y = np.array([1] * 60 + [0] * 60)
    theta, hist = train(X, y)
    print("cost %.4f -> %.4f" % (hist[0], hist[-1]))
    print("accuracy", np.mean(predict(theta, X) == y))
