import numpy as np


class BatchNorm1d:
    """Normalises each feature of a (N, D) batch, then scales and shifts.

    forward(x) in training mode uses the batch, eval() switches to the running estimates.
    """

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.momentum = momentum
        self.gamma, self.beta = np.ones(dim), np.zeros(dim)
        self.running_mean, self.running_var = np.zeros(dim), np.ones(dim)
        self.is_training = True

    def train(self):
        self.is_training = True

    def eval(self):
        self.is_training = False

    def forward(self, x):
        if self.is_training:
            mu = x.mean(0)
            sigma = np.sqrt(x.var(0) + self.eps)
            self.running_mean += self.momentum * (mu - self.running_mean)
            self.running_var += self.momentum * (sigma - self.running_var)
        else:
            mu = self.running_mean
            sigma = np.sqrt(self.running_var + self.eps)
        self.sigma = sigma
        self.x_norm = (x - mu) / sigma
        return self.gamma * self.x_norm + self.beta

    def backward(self, dout):
        N = dout.shape[0]
        self.dgamma = (dout * self.x_norm).sum(0)
        self.dbeta = dout.sum(0)
        dx_norm = dout * self.gamma
        if not self.is_training:
            return dx_norm / self.sigma
        return (N * dx_norm - dx_norm.sum(0) - self.x_norm * (dx_norm * self.x_norm).sum(0)) / (N * self.sigma)
