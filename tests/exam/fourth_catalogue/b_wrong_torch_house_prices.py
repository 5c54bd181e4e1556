import torch
from torch import nn


class HousePriceNet(nn.Module):
    def __init__(self, n_features, hidden=32):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(n_features, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 1),
        )

    def forward(self, x):
        return self.net(x)


def train(model, X, y, epochs=200, lr=0.01, batch_size=32, seed=0, verbose=False):
    """X: array (n, d); y: array (n,). Returns the list of epoch losses."""
    X = torch.as_tensor(X, dtype=torch.float32)
    y = torch.as_tensor(y, dtype=torch.float32)
    gen = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for epoch in range(epochs):
        perm = torch.randperm(len(X), generator=gen)
        running = 0.0
        for i in range(0, len(X), batch_size):
            idx = perm[i : i + batch_size]
            optimizer.zero_grad()
            pred = model(X[idx])
            loss = ((pred - y[idx]) ** 2).mean()
            loss.backward()
            optimizer.step()
            running += loss.item() * len(idx)
        history.append(running / len(X))
        if verbose and epoch % 20 == 0:
            print(f"epoch {epoch:4d}  loss {history[-1]:.4f}")
    return history


@torch.no_grad()
def predict(model, X):
    model.eval()
    return model(torch.as_tensor(X, dtype=torch.float32)).squeeze(1).numpy()
