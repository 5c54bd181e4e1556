import numpy as np


def fit_linear(X, y, X_val, y_val, lr=0.1, batch_size=8, max_epochs=1000, patience=10, seed=0):
    """
    Linear regression by mini-batch SGD with early stopping.

    Stops once the validation MSE hasn't improved for `patience` epochs in a row
    and returns the best weights (last entry is the bias) and the validation history.
    The step is lr / sqrt(epoch).
    """
    rng = np.random.default_rng(seed)
    X1 = np.c_[X, np.ones(len(X))]
    V1 = np.c_[X_val, np.ones(len(X_val))]
    w = np.zeros(X1.shape[1])
    best_w, best_mse = w.copy(), np.inf
    waited = 0
    val_history = []
    for epoch in range(1, max_epochs + 1):
        perm = rng.permutation(len(X1))
        for i in range(0, len(perm), batch_size):
            rows = perm[i : i + batch_size]
            grad = X1[rows].T @ (X1[rows] @ w - y[rows]) / len(rows)
            w = w - lr / np.sqrt(epoch) * grad
        mse = np.mean((V1 @ w - y_val) ** 2)
        val_history.append(mse)
        if mse < best_mse:
            best_mse = mse
            best_w = w.copy()
        else:
            waited += 1
            if waited >= patience:
                break
    return best_w, val_history
