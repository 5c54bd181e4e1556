import torch
from torch import nn


class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x).squeeze(-1)

    @torch.no_grad()
    def predict(self, x):
        return (self(x) > 0).long()


def train_model(model, X, y, lr=0.5, epochs=2000, weight_decay=0.0):
    """Full-batch training; y holds 0/1. Returns the list of losses."""
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, weight_decay=weight_decay)
    criterion = nn.BCEWithLogitsLoss()
    y = y.to(X.dtype)
    losses = []
    model.train()
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    return losses


if __name__ == "__main__":
    torch.manual_seed(0)
    X = torch.randn(200, 3)
    y = (X[:, 0] - X[:, 2] + 0.5 * torch.randn(200) > 0).long()
    model = LogisticRegression(3)
    print(train_model(model, X, y)[-1], (model.predict(X) == y).float().mean())
