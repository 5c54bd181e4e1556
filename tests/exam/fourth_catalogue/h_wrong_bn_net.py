import numpy as np


class BatchNorm1d:
    """y = gamma * (x - mean) / sqrt(var + eps) + beta over the batch."""

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps
        self.momentum = momentum
        self.running_mean = np.zeros(dim)
        self.running_var = np.ones(dim)
        self.training = True

    def forward(self, x):
        if not self.training:
            return self.gamma * (x - self.running_mean) / np.sqrt(self.running_var + self.eps) + self.beta
        n = x.shape[0]
        mean = x.mean(axis=0)
        self.xmu = x - mean
        var = (self.xmu**2).mean(axis=0)
        self.std = np.sqrt(var + self.eps)
        self.xhat = self.xmu / self.std
        self.running_mean += self.momentum * (mean - self.running_mean)
        self.running_var += self.momentum * (var * n / (n - 1) - self.running_var)
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        n = dout.shape[0]
        self.dbeta = dout.sum(axis=0)
        self.dgamma = (dout * self.xhat).sum(axis=0)
        dxhat = dout * self.gamma
        dvar = (dxhat * self.xmu).sum(axis=0) * -0.5 / self.std**3
        dxmu = dxhat / self.std + 2 * self.xmu * dvar / n
        return dxmu
