import numpy as np

# X: (n_x, m), Y: (1, m)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def layer_sizes(X, Y, n_h):
    return X.shape[0], n_h, Y.shape[0]


def initialize(n_x, n_h, n_y, seed=2):
    rng = np.random.RandomState(seed)
    return {
        "W1": rng.randn(n_h, n_x) * 0.3,
        "b1": np.zeros((n_h, 1)),
        "W2": rng.randn(n_y, n_h) * 0.3,
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(X, params):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = np.tanh(Z1)
    Z2 = params["W2"] @ A1 + params["b2"]
    return sigmoid(Z2), A1


def compute_cost(A2, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m


def backward_propagation(params, A1, A2, X, Y):
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = params["W2"].T @ dZ2 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, keepdims=True) / m
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def nn_model(X, Y, n_h=4, num_iterations=5000, learning_rate=1.0):
    params = initialize(*layer_sizes(X, Y, n_h))
    for i in range(num_iterations):
        A2, A1 = forward_propagation(X, params)
        grads = backward_propagation(params, A1, A2, X, Y)
        for key in params:
            params[key] = params[key] - learning_rate * grads[key]
    return params


def predict(params, X):
    A2, _ = forward_propagation(X, params)
    return (A2 > 0.5).astype(int)
