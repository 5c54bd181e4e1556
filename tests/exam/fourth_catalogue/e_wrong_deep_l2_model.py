import numpy as np


def initialize_parameters_deep(layer_dims, seed=1):
    rng = np.random.RandomState(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = rng.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def L_model_forward(X, parameters):
    L = len(parameters) // 2
    A, caches = X, [X]
    for l in range(1, L + 1):
        Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        caches.append(A)
    return A, caches


def compute_cost(AL, Y, parameters, lambd):
    """Cross-entropy plus lambd / (2m) times the squared Frobenius norm of all weight matrices."""
    m = Y.shape[1]
    AL = np.clip(AL, 1e-12, 1 - 1e-12)
    cross_entropy = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    L = len(parameters) // 2
    l2 = sum(np.sum(np.square(parameters["W" + str(l)])) for l in range(1, L + 1))
    return cross_entropy + lambd / (2 * m) * l2


def L_model_backward(AL, Y, caches, parameters, lambd):
    grads = {}
    m = Y.shape[1]
    L = len(parameters) // 2
    dZ = AL - Y
    grads["dW" + str(L)] = dZ @ caches[L - 1].T / m
    grads["db" + str(L)] = np.sum(dZ, axis=1, keepdims=True) / m
    for l in reversed(range(1, L)):
        dZ = (parameters["W" + str(l + 1)].T @ dZ) * (1 - caches[l] ** 2)
        grads["dW" + str(l)] = dZ @ caches[l - 1].T / m + lambd / m * parameters["W" + str(l)]
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
    return grads


def L_layer_model(X, Y, layers_dims, learning_rate=0.3, num_iterations=3000, lambd=0.7, print_cost=False):
    parameters = initialize_parameters_deep(layers_dims)
    costs = []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches, parameters, lambd)
        for k in parameters:
            parameters[k] = parameters[k] - learning_rate * grads["d" + k]
        if i % 100 == 0:
            costs.append(compute_cost(AL, Y, parameters, lambd))
            if print_cost:
                print("Cost after iteration {}: {}".format(i, costs[-1]))
    return parameters, costs


def predict(X, parameters):
    return (L_model_forward(X, parameters)[0] > 0.5).astype(int)
