# ruff: noqa
import numpy as np
import torch
from torch import nn


class LogisticModel(nn.Module):
    """One linear unit. forward() returns the logit."""

    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x).squeeze(-1)


def _tensor(a):
    return torch.as_tensor(np.asarray(a), dtype=torch.float32)


def train(X, y, learning_rate=0.1, epochs=300, batch_size=None, weight_decay=0.0, seed=0):
    """Train on labels 0/1, return the module."""
    torch.manual_seed(seed)
    X, y = _tensor(X), _tensor(y).reshape(-1)
    model = LogisticModel(X.shape[1])
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9, weight_decay=weight_decay)
    n = len(X)
    batch_size = batch_size or n

    model.train()
    for epoch in range(epochs):
        perm = torch.randperm(n)
        for start in range(0, n, batch_size):
            rows = perm[start : start + batch_size]
            optimizer.zero_grad()
            loss = criterion(model(X[rows]), y[rows])
            loss.backward()
            optimizer.step()
    return model


@torch.no_grad()
def predict_proba(model, X):
    model.eval()
    return torch.sigmoid(model(_tensor(X))).numpy()


@torch.no_grad()
def predict(model, X):
    """0/1 labels: 1 where the probability of class 1 is above one half."""
    model.eval()
    return (model(_tensor(X)) > 0.5).long().numpy()


def accuracy(model, X, y):
    return float((predict(model, X) == np.asarray(y)).mean())


if __name__ == "__main__":
    g = np.random.default_rng(0)
    X = np.vstack([g.normal(-2, 1, (100, 2)), g.normal(2, 1, (100, 2))])
    y = np.repeat([0, 1], 100)
    m = train(X, y)
    print(accuracy(m, X, y))
