import numpy as np
import torch


class TorchLogistic:
    def __init__(self, lr=0.5, num_epochs=500):
        self.lr = lr
        self.num_epochs = num_epochs

    def fit(self, X, y):
        X = torch.tensor(np.asarray(X), dtype=torch.float64)
        t = torch.tensor(np.asarray(y).ravel(), dtype=torch.float64)
        self.w = torch.zeros(X.shape[1], dtype=torch.float64, requires_grad=True)
        self.b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        self.history = []
        bce = torch.nn.BCEWithLogitsLoss()
        for epoch in range(self.num_epochs):
            loss = bce(X @ self.w + self.b, t)
            loss.backward()
            with torch.no_grad():
                self.w -= self.lr * self.w.grad
                self.b -= self.lr * self.b.grad
            self.history.append(loss.item())
        return self

    def predict_proba(self, X):
        X = torch.tensor(np.asarray(X), dtype=torch.float64)
        with torch.no_grad():
            p = torch.sigmoid(X @ self.w + self.b).numpy()
        return np.stack([1 - p, p], axis=1)

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)
