import numpy as np


class BatchNormalization:
    """Batch normalisation over axis 0 for inputs of shape (batch, features).

    While training the biased variance of the batch is used; at inference the
    running averages  r <- momentum * r + (1 - momentum) * batch_value.
    """

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        self.momentum = momentum
        self.eps = eps
        self.gamma = np.ones(n_features)
        self.beta = np.zeros(n_features)
        self.running_mean = np.zeros(n_features)
        self.running_var = np.ones(n_features)

    def forward(self, X, training=True):
        if training:
            mean, var = X.mean(axis=0), X.var(axis=0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        else:
            mean, var = self.running_mean, self.running_var
        self.training = training
        self.inv_std = 1.0 / np.sqrt(var + self.eps)
        self.X_hat = (X - mean) * self.inv_std
        return self.gamma * self.X_hat + self.beta

    def backward(self, grad):
        self.dgamma = np.sum(grad * self.X_hat, axis=0)
        self.dbeta = np.sum(grad, axis=0)
        g = grad * self.gamma
        if not self.training:
            return g * self.inv_std
        return self.inv_std * (g - g.mean(axis=0) - self.X_hat * np.mean(g * self.X_hat, axis=0))
