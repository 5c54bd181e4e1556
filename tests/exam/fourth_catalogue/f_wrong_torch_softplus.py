import torch
from torch import nn


class SoftplusFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, beta, threshold):
        ctx.save_for_backward(x)
        ctx.beta = beta
        ctx.threshold = threshold
        bx = beta * x
        soft = torch.log1p(torch.exp(-bx.abs())) / beta + torch.clamp(x, min=0)
        return torch.where(bx > threshold, x, soft)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad = torch.where(ctx.beta * x > ctx.threshold, torch.ones_like(x), torch.sigmoid(x))
        return grad_output * grad, None, None


class Softplus(nn.Module):
    """log(1 + exp(beta * x)) / beta, linear above threshold."""

    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, x):
        return SoftplusFunction.apply(x, self.beta, self.threshold)


class MLP(nn.Module):
    def __init__(self, in_features, hidden=32, out_features=1, beta=1.0):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(in_features, hidden),
            Softplus(beta),
            nn.Linear(hidden, hidden),
            Softplus(beta),
            nn.Linear(hidden, out_features),
        )

    def forward(self, x):
        return self.net(x)


def fit(model, X, y, lr=1e-2, epochs=300):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = ((model(X) - y) ** 2).mean()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    torch.manual_seed(0)
    X = torch.linspace(-2, 2, 200).unsqueeze(1)
    losses = fit(MLP(1), X, torch.sin(2 * X))
    print(losses[0], losses[-1])
