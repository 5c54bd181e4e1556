# ruff: noqa
"""Multinomial/binary logistic regression in PyTorch, double precision, L-BFGS.

mean cross entropy + (l2 / 2) * ||W||^2       (bias free)
"""

import numpy as np
import torch


class Logit(torch.nn.Module):
    def __init__(self, d, k):
        super().__init__()
        self.W = torch.nn.Parameter(torch.zeros(d, k, dtype=torch.float64))
        self.b = torch.nn.Parameter(torch.zeros(k, dtype=torch.float64))

    def forward(self, x):
        return torch.log_softmax(x @ self.W + self.b, dim=-1)


def train(X, y, l2=1e-3, max_iter=500):
    """-> (module, classes); y holds any labels"""
    classes, codes = np.unique(np.asarray(y), return_inverse=True)
    x = torch.tensor(np.asarray(X, dtype=float))
    t = torch.tensor(codes, dtype=torch.long)
    module = Logit(x.shape[1], len(classes))
    opt = torch.optim.LBFGS(
        module.parameters(),
        max_iter=max_iter,
        tolerance_grad=1e-9,
        tolerance_change=1e-14,
        line_search_fn="strong_wolfe",
    )

    def closure():
        opt.zero_grad()
        value = torch.nn.functional.nll_loss(module(x), t) + 0.5 * l2 * module.W.square().sum()
        value.backward()
        return value

    opt.step(closure)
    return module, classes


@torch.no_grad()
def predict_proba(model, X):
    module, _ = model
    return module(torch.tensor(np.asarray(X, dtype=float))).exp().numpy()


def predict(model, X):
    return model[1][predict_proba(model, X).argmax(axis=1)]
