import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class LinearRegressionModel(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.fc = nn.Linear(in_features, 1)

    def forward(self, x):
        return self.fc(x)


def fit(model, X, y, num_epochs=100, batch_size=16, lr=0.05, step_size=30, gamma=0.5):
    """Mean squared error, SGD; the learning rate is multiplied by gamma every step_size epochs."""
    y = y.reshape(-1, 1).to(X.dtype)
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=step_size, gamma=gamma)
    loss_fn = nn.MSELoss()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            loss.backward()
            optimizer.step()
            scheduler.step()
            total += loss.item() * len(xb)
        losses.append(total / len(X))
    return losses
