import torch
import torch.nn as nn
import torch.nn.functional as F


class DeepRegressor(nn.Module):
    """Fully connected regressor.

    Args:
        in_dim: number of inputs
        hidden_dims: width of each hidden layer
        activation: 'relu' or 'tanh'
    """

    def __init__(self, in_dim, hidden_dims=(64, 64), out_dim=1, activation="relu"):
        super().__init__()
        self.act = {"relu": F.relu, "tanh": torch.tanh}[activation]
        self.hidden = []
        last = in_dim
        for width in hidden_dims:
            self.hidden.append(nn.Linear(last, width))
            last = width
        self.out = nn.Linear(last, out_dim)

    def forward(self, x):
        for layer in self.hidden:
            x = self.act(layer(x))
        return self.out(x)


def train_model(model, X, y, n_epochs=200, batch_size=64, lr=1e-2, verbose=False):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_fn = nn.MSELoss()
    y = y.reshape(len(X), -1)
    history = []
    for epoch in range(n_epochs):
        model.train()
        perm = torch.randperm(len(X))
        running = 0.0
        for i in range(0, len(X), batch_size):
            idx = perm[i : i + batch_size]
            optimizer.zero_grad()
            loss = loss_fn(model(X[idx]), y[idx])
            loss.backward()
            optimizer.step()
            running += loss.item() * len(idx)
        history.append(running / len(X))
        if verbose and epoch % 20 == 0:
            print(f"epoch {epoch:4d}  mse {history[-1]:.5f}")
    return history


@torch.no_grad()
def predict(model, X):
    model.eval()
    return model(X).squeeze(-1)


if __name__ == "__main__":
    torch.manual_seed(0)
    X = torch.rand(500, 2) * 4 - 2
    y = torch.sin(X[:, 0]) + 0.5 * X[:, 1] ** 2
    net = DeepRegressor(2)
    train_model(net, X, y, verbose=True)
