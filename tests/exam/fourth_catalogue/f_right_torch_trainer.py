import copy
import torch
from torch import nn


class MLPRegressor(nn.Module):
    def __init__(self, n_in, hidden=(32, 32), dropout=0.0):
        super().__init__()
        layers, last = [], n_in
        for h in hidden:
            layers += [nn.Linear(last, h), nn.BatchNorm1d(h), nn.ReLU(), nn.Dropout(dropout)]
            last = h
        layers.append(nn.Linear(last, 1))
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x).squeeze(-1)


class EarlyStopping:
    def __init__(self, patience=20, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.wait, self.state = float("inf"), 0, None

    def __call__(self, value, model):
        if value < self.best - self.min_delta:
            self.best, self.wait = value, 0
            self.state = copy.deepcopy(model.state_dict())
        else:
            self.wait += 1
        return self.wait >= self.patience


class Trainer:
    def __init__(self, model, lr=5e-3, batch_size=64, max_epochs=200, patience=20, clip=5.0, seed=0):
        self.model, self.batch_size, self.max_epochs = model, batch_size, max_epochs
        self.optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        self.stopper = EarlyStopping(patience)
        self.clip = clip
        self.generator = torch.Generator().manual_seed(seed)
        self.val_losses = []

    def fit(self, X, y, X_val, y_val):
        self.mu, self.sd = y.mean(), y.std()
        t = (y - self.mu) / self.sd
        for _ in range(self.max_epochs):
            self.model.train()
            perm = torch.randperm(len(X), generator=self.generator)
            for idx in perm.split(self.batch_size):
                if len(idx) < 2:
                    continue
                self.optimizer.zero_grad()
                loss = nn.functional.mse_loss(self.model(X[idx]), t[idx])
                loss.backward()
                nn.utils.clip_grad_norm_(self.model.parameters(), self.clip)
                self.optimizer.step()
            v = self.evaluate(X_val, y_val)
            self.val_losses.append(v)
            if self.stopper(v, self.model):
                break
        self.model.load_state_dict(self.stopper.state)
        return self

    @torch.no_grad()
    def predict(self, X):
        self.model.eval()
        return self.model(X) * self.sd + self.mu

    def evaluate(self, X, y):
        return torch.mean((self.predict(X) - y) ** 2).item()
