import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class LogisticModel(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.fc = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.fc(x).squeeze(-1)

    def fit(self, X, y, epochs=100, lr=0.1, batch_size=32, weight_decay=0.0):
        X = torch.as_tensor(X, dtype=torch.float32)
        y = torch.as_tensor(y, dtype=torch.float32)
        loader = DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True)
        criterion = nn.BCEWithLogitsLoss()
        opt = torch.optim.SGD(self.parameters(), lr=lr, momentum=0.9, weight_decay=weight_decay)
        self.train()
        for _ in range(epochs):
            for xb, yb in loader:
                opt.zero_grad()
                criterion(self(xb), yb).backward()
                opt.step()
        self.eval()
        return self

    @torch.no_grad()
    def predict_proba(self, X):
        return torch.sigmoid(self(torch.as_tensor(X, dtype=torch.float32)))

    @torch.no_grad()
    def predict(self, X):
        return (self(torch.as_tensor(X, dtype=torch.float32)) > 0).long()
