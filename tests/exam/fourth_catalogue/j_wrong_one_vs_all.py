import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def lr_cost_function(theta, X, y, lambda_):
    m = y.size
    h = sigmoid(X.dot(theta))
    temp = theta.copy()
    temp[0] = 0
    J = -(y.dot(np.log(h + 1e-12)) + (1 - y).dot(np.log(1 - h + 1e-12))) / m + lambda_ / (2 * m) * temp.dot(temp)
    grad = X.T.dot(h - y) / m + lambda_ / m * temp
    return J, grad


def one_vs_all(X, y, num_labels, lambda_=0.1, alpha=0.3, num_iters=2000):
    """Returns all_theta with one row of parameters per label 0..num_labels-1."""
    m, n = X.shape
    X = np.concatenate([np.ones((m, 1)), X], axis=1)
    all_theta = np.zeros((num_labels, n + 1))
    for c in range(num_labels):
        theta = np.zeros(n + 1)
        for _ in range(num_iters):
            J, grad = lr_cost_function(theta, X, (y == c).astype(float), lambda_)
            theta -= alpha * grad
        all_theta[c] = theta
    return all_theta


def predict_one_vs_all(all_theta, X):
    X = np.concatenate([np.ones((X.shape[0], 1)), X], axis=1)
    h = sigmoid(X.dot(all_theta.T))
    return np.argmax(h >= 0.5, axis=1)


if __name__ == "__main__":
    rng = np.random.default_rng(5)
    y = rng.integers(0, 3, 240)
    X = rng.normal(size=(240, 2)) + np.array([[-4, 0], [4, 0], [0, 5]])[y]
    theta = one_vs_all(X, y, 3)
    print("Training accuracy:", np.mean(predict_one_vs_all(theta, X) == y) * 100)
