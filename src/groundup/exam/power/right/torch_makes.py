# pyright: basic
"""PyTorch: the loss by autograd, a step by torch.optim.SGD; least squares by torch.linalg; its activations."""

# pyright: reportMissingImports=false
# PyTorch is there only where it is examined.
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


def train(X, y, learning_rate, epochs):
    """Linear regression: nn.Linear, MSELoss, SGD with all rows in one batch."""
    import torch

    return _descend(X, y, learning_rate, epochs, torch.nn.MSELoss())


def train_logistic(X, y, learning_rate, epochs):
    """Logistic regression: the same with BCEWithLogitsLoss."""
    import torch

    return _descend(X, y, learning_rate, epochs, torch.nn.BCEWithLogitsLoss())


def _descend(X, y, rate, epochs, loss):
    import torch

    rows, labels = torch.tensor(np.asarray(X, dtype=float)), torch.tensor(np.asarray(y, dtype=float).ravel())
    layer = torch.nn.Linear(rows.shape[1], 1, dtype=torch.float64)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss(layer(rows)[:, 0], labels).backward()
        optimizer.step()
    return layer.weight.detach().numpy()[0], float(layer.bias.detach())


class LeastSquares:
    """torch.linalg.lstsq with a column of ones."""

    def fit(self, X, y):
        """The last coefficient is the bias."""
        import torch

        A = torch.tensor(np.column_stack([X, np.ones(len(X))]).astype(float))
        labels = torch.tensor(np.asarray(y, dtype=float).reshape(-1, 1))
        found = torch.linalg.lstsq(A, labels, driver="gelsd").solution.numpy()[:, 0]
        self.coef_, self.intercept_ = found[:-1], found[-1]
        return self

    def predict(self, X):
        """X w + b."""
        return X @ self.coef_ + self.intercept_


class Softmax:
    """nn.Linear and CrossEntropyLoss, by torch.optim.LBFGS."""

    def fit(self, X, y):
        """Any labels."""
        import torch

        self.classes_, codes = np.unique(y, return_inverse=True)
        rows, labels = torch.tensor(np.asarray(X, dtype=float)), torch.tensor(codes.ravel())
        layer = torch.nn.Linear(rows.shape[1], len(self.classes_), dtype=torch.float64)
        torch.nn.init.zeros_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
        optimizer = torch.optim.LBFGS(
            layer.parameters(),
            max_iter=500,
            tolerance_grad=1e-10,
            tolerance_change=1e-16,
            line_search_fn="strong_wolfe",
        )

        def closure():
            optimizer.zero_grad()
            value = torch.nn.functional.cross_entropy(layer(rows), labels)
            value.backward()
            return value

        optimizer.step(closure)
        self.coef_, self.intercept_ = layer.weight.detach().numpy(), layer.bias.detach().numpy()
        return self

    def predict_proba(self, X):
        """A column for each class."""
        import torch

        scores = np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_
        return torch.softmax(torch.tensor(scores), dim=1).numpy()

    def predict(self, X):
        """The likeliest label."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


def network():
    """A module with one hidden layer, and the loop that trains it."""
    import torch

    class Hidden(torch.nn.Module):
        def __init__(self, in_features=3, hidden=8, out_features=1):
            super().__init__()
            self.first = torch.nn.Linear(in_features, hidden, dtype=torch.float64)
            self.second = torch.nn.Linear(hidden, out_features, dtype=torch.float64)

        def forward(self, x):
            return self.second(torch.tanh(self.first(x)))

    def train_network(model, X, y, learning_rate, epochs):
        rows = torch.tensor(np.asarray(X, dtype=float))
        labels = torch.tensor(np.asarray(y, dtype=float)).reshape(len(rows), -1)
        optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
        for _ in range(epochs):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(model(rows), labels).backward()
            optimizer.step()
        return model

    return Hidden, train_network


def makes() -> Iterator[tuple[Any, ...]]:
    """Five models, nine optimisers and five formulas."""
    import torch

    torch.set_num_threads(1)
    yield "linalg.lstsq", "regression", LeastSquares
    yield "autograd and SGD", "regression", lambda: train, 50
    yield "autograd and SGD, log loss", "classification", lambda: train_logistic, 50
    yield "LBFGS, cross-entropy", "multiclass", Softmax, 20
    yield "module with a hidden layer", "regression", network, 2
    optim = torch.optim
    for name, optimizer in {
        "sgd": optim.SGD,
        "momentum": optim.SGD,
        "rmsprop": optim.RMSprop,
        "adam": optim.Adam,
        "adamw": optim.AdamW,
        "adagrad": optim.Adagrad,
        "adadelta": optim.Adadelta,
        "nadam": optim.NAdam,
        "adamax": optim.Adamax,
    }.items():
        yield optimizer.__name__, f"formula {name}", lambda o=optimizer: o, 5
    functions = torch.nn.functional
    for name, function in {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": functions.relu,
        "softplus": functions.softplus,
        "gelu": functions.gelu,
    }.items():
        yield name, f"formula {name}", lambda f=function: _of_arrays(f), 5


def _of_arrays(function):
    import torch

    def of_array(z):
        z = np.asarray(z)
        values = torch.tensor(z if z.dtype.kind == "f" else z.astype(float))
        return function(values).numpy()[()]

    return of_array
