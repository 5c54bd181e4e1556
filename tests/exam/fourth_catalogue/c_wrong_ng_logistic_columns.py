"""Logistic regression with a neural network mindset (week 2)."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def initialize_with_zeros(dim):
    w = np.zeros((dim, 1))
    b = 0.0
    return w, b


def propagate(w, b, X, Y):
    """X: (n_x, m), Y: (1, m)"""
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.mean(Y * np.log(A + 1e-12) + (1 - Y) * np.log(1 - A + 1e-12))
    grads = {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}
    return grads, cost


def optimize(w, b, X, Y, num_iterations=2000, learning_rate=0.1, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print("Cost after iteration %i: %f" % (i, cost))
    return {"w": w, "b": b}, costs


def predict(w, b, X):
    w = w.reshape(X.shape[0], 1)
    A = np.dot(w.T, X) + b
    return (A > 0.5).astype(int)


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.1):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    p_train = predict(params["w"], params["b"], X_train)
    p_test = predict(params["w"], params["b"], X_test)
    return {
        "costs": costs,
        "Y_prediction_train": p_train,
        "Y_prediction_test": p_test,
        "w": params["w"],
        "b": params["b"],
        "train_acc": 100 - np.mean(np.abs(p_train - Y_train)) * 100,
        "test_acc": 100 - np.mean(np.abs(p_test - Y_test)) * 100,
    }
