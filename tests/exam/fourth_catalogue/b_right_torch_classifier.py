import torch
from torch import nn


class Classifier(nn.Module):
    """Returns logits; labels are integers 0..n_classes-1."""

    def __init__(self, n_in, n_classes, hidden=32, p=0.2):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(n_in, hidden), nn.GELU(), nn.Dropout(p))
        self.head = nn.Linear(hidden, n_classes)

    def forward(self, x):
        return self.head(self.body(x))


def train(model, X, y, epochs=100, lr=1e-2, batch_size=32, weight_decay=1e-4):
    X = torch.as_tensor(X, dtype=torch.float32)
    y = torch.as_tensor(y, dtype=torch.long).view(-1)
    opt = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=weight_decay)
    loss_fn = nn.CrossEntropyLoss()
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for idx in torch.randperm(len(X)).split(batch_size):
            opt.zero_grad(set_to_none=True)
            loss = loss_fn(model(X[idx]), y[idx])
            loss.backward()
            opt.step()
            total += loss.item() * len(idx)
        history.append(total / len(X))
    model.eval()
    return history


@torch.no_grad()
def predict(model, X):
    was_training = model.training
    model.eval()
    out = model(torch.as_tensor(X, dtype=torch.float32)).argmax(1)
    model.train(was_training)
    return out.numpy()
