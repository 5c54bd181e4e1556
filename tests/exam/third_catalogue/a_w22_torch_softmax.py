# ruff: noqa
"""Small PyTorch classifier (linear softmax, or one hidden layer) with an sklearn-ish wrapper."""

import numpy as np
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n_in, n_out, hidden=None):
        super().__init__()
        if hidden:
            self.body = nn.Sequential(nn.Linear(n_in, hidden), nn.ReLU(), nn.Linear(hidden, n_out))
        else:
            self.body = nn.Linear(n_in, n_out)

    def forward(self, x):
        return torch.softmax(self.body(x), dim=1)


class TorchSoftmaxClassifier:
    """Maximum-likelihood classifier trained with cross entropy and Adam.

    hidden : None for multinomial logistic regression, else the hidden width
    """

    def __init__(self, hidden=None, lr=0.05, epochs=200, batch_size=32, random_state=0):
        self.hidden = hidden
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def fit(self, X, y):
        gen = torch.Generator().manual_seed(self.random_state)
        torch.manual_seed(self.random_state)
        self.classes_, codes = np.unique(np.asarray(y), return_inverse=True)
        X = torch.tensor(np.asarray(X), dtype=torch.float32)
        t = torch.tensor(codes, dtype=torch.long)

        self.net_ = Net(X.shape[1], len(self.classes_), self.hidden)
        opt = torch.optim.Adam(self.net_.parameters(), lr=self.lr)
        criterion = nn.CrossEntropyLoss()
        self.history_ = []
        for _ in range(self.epochs):
            total = 0.0
            for rows in torch.randperm(len(X), generator=gen).split(self.batch_size):
                opt.zero_grad()
                loss = criterion(self.net_(X[rows]), t[rows])
                loss.backward()
                opt.step()
                total += loss.item() * len(rows)
            self.history_.append(total / len(X))
        return self

    def predict_proba(self, X):
        with torch.no_grad():
            out = self.net_(torch.tensor(np.asarray(X), dtype=torch.float32))
        return out.numpy()

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y)))
