import numpy as np


def relu(z):
    return np.maximum(0, z)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def init_params(n_x, n_h, seed=3):
    rs = np.random.RandomState(seed)
    return {
        "W1": rs.randn(n_h, n_x) * np.sqrt(2 / n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": rs.randn(1, n_h) * np.sqrt(1 / n_h),
        "b2": np.zeros((1, 1)),
    }


def forward_propagation_with_dropout(X, params, keep_prob=0.7, rs=np.random):
    """LINEAR -> RELU + (inverted) DROPOUT -> LINEAR -> SIGMOID, X is (n_x, m)"""
    Z1 = params["W1"] @ X + params["b1"]
    A1 = relu(Z1)
    D1 = rs.rand(*A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = params["W2"] @ A1 + params["b2"]
    A2 = sigmoid(Z2)
    return A2, (Z1, D1, A1, Z2, A2)


def compute_cost(A2, Y):
    A2 = np.clip(A2, 1e-10, 1 - 1e-10)
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))


def backward_propagation_with_dropout(X, Y, params, cache, keep_prob=0.7):
    m = X.shape[1]
    Z1, D1, A1, Z2, A2 = cache
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dA1 = params["W2"].T @ dZ2
    dA1 = dA1 * D1
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def model(X, Y, n_h=20, learning_rate=0.3, num_iterations=3000, keep_prob=0.7, seed=3):
    rs = np.random.RandomState(seed)
    params = init_params(X.shape[0], n_h, seed)
    for i in range(num_iterations):
        A2, cache = forward_propagation_with_dropout(X, params, keep_prob, rs)
        grads = backward_propagation_with_dropout(X, Y, params, cache, keep_prob)
        for k in params:
            params[k] = params[k] - learning_rate * grads[k]
    return params


def predict(X, params):
    A2, _ = forward_propagation_with_dropout(X, params, keep_prob=1.0)
    return (A2 > 0.5).astype(int)
