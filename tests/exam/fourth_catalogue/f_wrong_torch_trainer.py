import copy
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class MLP(nn.Module):
    def __init__(self, n_features, n_classes, hidden=(64, 64), dropout=0.3):
        super().__init__()
        dims = (n_features,) + tuple(hidden)
        blocks = []
        for a, b in zip(dims[:-1], dims[1:]):
            blocks += [nn.Linear(a, b), nn.ReLU(), nn.Dropout(dropout)]
        self.body = nn.Sequential(*blocks)
        self.head = nn.Linear(dims[-1], n_classes)

    def forward(self, x):
        return self.head(self.body(x))


class Trainer:
    """Fits a classifier and keeps the parameters of the best validation epoch.

    >>> trainer = Trainer(MLP(4, 3))
    >>> trainer.fit(X_train, y_train, X_val, y_val)
    """

    def __init__(self, model, lr=1e-3, batch_size=32, epochs=50, weight_decay=0.0, seed=0):
        self.model = model
        self.batch_size = batch_size
        self.epochs = epochs
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(model.parameters(), lr=lr, weight_decay=weight_decay)
        self.seed = seed
        self.history = {"loss": [], "val_loss": [], "val_acc": []}

    @torch.no_grad()
    def evaluate(self, X, y):
        self.model.eval()
        logits = self.model(X)
        return self.criterion(logits, y).item(), (logits.argmax(1) == y).float().mean().item()

    def _train_epoch(self, loader):
        total, seen = 0.0, 0
        for xb, yb in loader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(xb), yb)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(xb)
            seen += len(xb)
        return total / seen

    def fit(self, X, y, X_val, y_val):
        g = torch.Generator().manual_seed(self.seed)
        loader = DataLoader(TensorDataset(X, y), self.batch_size, shuffle=True, generator=g)
        best, best_state = float("inf"), None
        self.model.train()
        for epoch in range(self.epochs):
            self.history["loss"].append(self._train_epoch(loader))
            val_loss, val_acc = self.evaluate(X_val, y_val)
            self.history["val_loss"].append(val_loss)
            self.history["val_acc"].append(val_acc)
            if val_loss < best:
                best, best_state = val_loss, copy.deepcopy(self.model.state_dict())
        self.model.load_state_dict(best_state)
        self.model.eval()
        return self.history

    @torch.no_grad()
    def predict(self, X):
        self.model.eval()
        return self.model(X).argmax(1)
