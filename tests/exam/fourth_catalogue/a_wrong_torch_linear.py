"""Linear regression with a single torch layer, wrapped like a scikit-learn estimator."""

import numpy as np
import torch
from torch import nn


class TorchLinearRegressor:
    def __init__(self, lr=0.05, epochs=800, seed=0):
        self.lr = lr
        self.epochs = epochs
        self.seed = seed
        self.losses = []

    def fit(self, X, y):
        torch.manual_seed(self.seed)
        X = torch.as_tensor(np.asarray(X, dtype=np.float32))
        y = torch.as_tensor(np.asarray(y, dtype=np.float32))
        self.net = nn.Linear(X.shape[1], 1)
        optimizer = torch.optim.Adam(self.net.parameters(), lr=self.lr)
        self.losses = []
        for _ in range(self.epochs):
            optimizer.zero_grad()
            loss = ((self.net(X) - y) ** 2).mean()
            loss.backward()
            optimizer.step()
            self.losses.append(loss.item())
        return self

    def predict(self, X):
        X = torch.as_tensor(np.asarray(X, dtype=np.float32))
        with torch.no_grad():
            return self.net(X).numpy().ravel()
