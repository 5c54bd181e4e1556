import numpy as np


class SGD:
    """Stochastic gradient descent with (Nesterov) momentum and weight decay.

    Same update as torch.optim.SGD with dampening = 0.

    Parameters
    ----------
    params : list of np.ndarray, updated in place by ``step``
    """

    def __init__(self, params, lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.nesterov = nesterov
        self.weight_decay = weight_decay
        self.buf = [np.zeros_like(p) for p in self.params]

    def step(self, grads):
        for i, (p, g) in enumerate(zip(self.params, grads)):
            if self.weight_decay:
                g = g + self.weight_decay * p
            previous = self.buf[i]
            self.buf[i] = self.momentum * previous + g
            if self.nesterov:
                update = g + self.momentum * previous
            else:
                update = self.buf[i]
            p -= self.lr * update
