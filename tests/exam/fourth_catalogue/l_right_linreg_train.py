import numpy as np


def train_linear_regression(X, y, lr=0.05, epochs=3000, verbose=False):
    """
    Batch gradient descent for linear regression.

    X : (m, n) features, y : (m,) targets
    returns (theta, costs), theta[0] is the intercept.

    J(theta) = 1/(2m) * sum((h(x) - y)^2)
    """
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).ravel()
    m = len(y)
    Xb = np.column_stack([np.ones(m), X])
    theta = np.zeros(Xb.shape[1])
    costs = []
    for epoch in range(epochs):
        residual = Xb @ theta - y
        costs.append(residual @ residual / (2 * m))
        theta -= lr * (Xb.T @ residual) / m
        if verbose and epoch % 100 == 0:
            print(f"epoch {epoch:5d}  cost {costs[-1]:.6f}")
    return theta, costs


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    X = rng.normal(size=(100, 2))
    y = 4 + 3 * X[:, 0] - 2 * X[:, 1] + 0.1 * rng.normal(size=100)
    theta, costs = train_linear_regression(X, y)
    print(theta, costs[-1])
