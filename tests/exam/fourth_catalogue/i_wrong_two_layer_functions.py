import numpy as np


def init_params(n_in, n_hidden, n_classes, seed=1):
    rng = np.random.RandomState(seed)
    W1 = rng.randn(n_hidden, n_in) * np.sqrt(1.0 / n_in)
    b1 = np.zeros((n_hidden, 1))
    W2 = rng.randn(n_classes, n_hidden) * np.sqrt(1.0 / n_hidden)
    b2 = np.zeros((n_classes, 1))
    return W1, b1, W2, b2


def softmax(Z):
    Z = Z - Z.max(axis=0, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=0, keepdims=True)


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def one_hot(Y, n_classes):
    T = np.zeros((n_classes, Y.size))
    T[Y, np.arange(Y.size)] = 1
    return T


def cross_entropy(A2, Y):
    return -np.mean(np.log(A2[Y, np.arange(Y.size)] + 1e-12))


def backward_prop(Z1, A1, Z2, A2, W2, X, Y):
    m = Y.size
    dZ2 = A2 - one_hot(Y, A2.shape[0])
    dW2 = dZ2.dot(X_T(A1)) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T.dot(dZ2) * A1 * (1 - A1)
    dW1 = dZ1.dot(X_T(X)) / m
    db1 = np.sum(dZ1) / m
    return dW1, db1, dW2, db2


def X_T(A):
    return np.transpose(A)


def gradient_descent(X, Y, n_hidden=10, alpha=1.0, iterations=2000):
    """X: (features, samples), Y: (samples,) integer labels"""
    W1, b1, W2, b2 = init_params(X.shape[0], n_hidden, Y.max() + 1)
    for i in range(iterations):
        Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X)
        dW1, db1, dW2, db2 = backward_prop(Z1, A1, Z2, A2, W2, X, Y)
        W1 = W1 - alpha * dW1
        b1 = b1 - alpha * db1
        W2 = W2 - alpha * dW2
        b2 = b2 - alpha * db2
    return W1, b1, W2, b2


def get_predictions(params, X):
    return np.argmax(forward_prop(*params, X)[-1], axis=0)
