import torch
from torch import nn


class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        """Logits of shape (n,)."""
        return self.linear(x).squeeze(1)

    @torch.no_grad()
    def predict_proba(self, x):
        return torch.sigmoid(self(x))

    @torch.no_grad()
    def predict(self, x):
        return (self(x) > 0).long()


def train(model, X, y, l2=1e-3, max_iter=200, tol=1e-9):
    """Full-batch L-BFGS on the mean log loss plus l2/2 * ||w||^2 (bias not penalised)."""
    y = y.to(X.dtype)
    opt = torch.optim.LBFGS(
        model.parameters(),
        lr=1.0,
        max_iter=max_iter,
        tolerance_grad=tol,
        tolerance_change=1e-14,
        line_search_fn="strong_wolfe",
    )
    loss_fn = nn.BCEWithLogitsLoss()

    def closure():
        opt.zero_grad()
        loss = loss_fn(model(X), y) + 0.5 * l2 * model.linear.weight.pow(2).sum()
        loss.backward()
        return loss

    opt.step(closure)
    return closure().item()


if __name__ == "__main__":
    torch.manual_seed(0)
    X = torch.randn(300, 4)
    y = (X[:, 0] - X[:, 1] + 0.5 * torch.randn(300) > 0).long()
    m = LogisticRegression(4)
    print(train(m, X, y), (m.predict(X) == y).float().mean().item())
