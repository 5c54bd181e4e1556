import numpy as np
import torch
import torch.nn.functional as F


class TorchLogit:
    """Two classes (0/1 or -1/+1), full-batch L-BFGS, weight_decay on the slopes only."""

    def __init__(self, weight_decay=1e-4, max_iter=200):
        self.weight_decay = weight_decay
        self.max_iter = max_iter

    def fit(self, X, y):
        X = torch.as_tensor(np.array(X, dtype=np.float64))
        y = np.asarray(y).ravel()
        self.classes_ = np.unique(y)
        t = torch.as_tensor((y == self.classes_[-1]).astype(np.float64))
        w = torch.zeros(X.shape[1], dtype=torch.float64, requires_grad=True)
        b = torch.zeros((), dtype=torch.float64, requires_grad=True)
        opt = torch.optim.LBFGS(
            [w, b], max_iter=self.max_iter, tolerance_grad=1e-9, tolerance_change=1e-14, line_search_fn="strong_wolfe"
        )

        def closure():
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(X @ w + b, t) + 0.5 * self.weight_decay * (w @ w)
            loss.backward()
            return loss

        opt.step(closure)
        self.coef_ = w.detach().numpy().copy()
        self.intercept_ = float(b.detach())
        return self

    def predict_proba(self, X):
        z = np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
        p = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
        return np.column_stack((1 - p, p))

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]
