import numpy as np


def init_params(n_in, n_hidden, n_out=1, seed=1):
    rng = np.random.default_rng(seed)
    lim1 = np.sqrt(6 / (n_in + n_hidden))
    lim2 = np.sqrt(6 / (n_hidden + n_out))
    return [
        rng.uniform(-lim1, lim1, (n_in, n_hidden)),
        np.zeros((1, n_hidden)),
        rng.uniform(-lim2, lim2, (n_hidden, n_out)),
        np.zeros((1, n_out)),
    ]


def forward(X, params):
    W1, b1, W2, b2 = params
    H = np.tanh(X @ W1 + b1)
    return H @ W2 + b2, H


def mse(y, y_hat):
    return np.mean((y_hat - y) ** 2)


def gradients(X, y, params, weight_decay=0.0):
    """Gradient of mse + weight_decay/2 * (|W1|^2 + |W2|^2)."""
    W1, b1, W2, b2 = params
    y_hat, H = forward(X, params)
    d_out = 2 * (y_hat - y) / y.size
    dW2 = H.T @ d_out + weight_decay * W2
    db2 = d_out.sum(axis=0, keepdims=True)
    d_hid = d_out @ W2.T * (1 - H * H)
    dW1 = X.T @ d_hid + weight_decay * W1
    db1 = d_hid.sum(axis=0, keepdims=True)
    return [dW1, db1, dW2, db2]


def train(X, y, n_hidden=20, learning_rate=0.05, epochs=3000, momentum=0.9, weight_decay=0.0, seed=1):
    """y has shape (n, n_outputs)."""
    if y.ndim == 1:
        y = y[:, None]
    params = init_params(X.shape[1], n_hidden, y.shape[1], seed)
    velocity = [np.zeros_like(p) for p in params]
    history = []
    for epoch in range(epochs):
        grads = gradients(X, y, params, weight_decay)
        for k in range(len(params)):
            velocity[k] = momentum * velocity[k] - learning_rate * grads[k]
            params[k] = params[k] + velocity[k]
        history.append(mse(y, forward(X, params)[0]))
    return params, history


def predict(X, params):
    return forward(X, params)[0]


if __name__ == "__main__":
    X = np.linspace(-2, 2, 120)[:, None]
    y = np.sin(2 * X)
    params, history = train(X, y)
    print(history[0], history[-1])
