import numpy as np


class SGD:
    """Stochastic gradient descent with momentum, Nesterov momentum and weight decay.

    Same update as torch.optim.SGD (dampening = 0). Parameters and gradients are dicts of arrays.
    """

    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, weight_decay=0.0):
        if nesterov and momentum <= 0:
            raise ValueError("Nesterov momentum requires a momentum")
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.nesterov = nesterov
        self.weight_decay = weight_decay
        self.buf = {}

    def step(self, params, grads):
        for name in params:
            d = grads[name] + self.weight_decay * params[name]
            if self.momentum:
                if name in self.buf:
                    self.buf[name] = self.momentum * self.buf[name] + d
                else:
                    self.buf[name] = np.array(d, dtype=float)
                d = d + self.momentum * self.buf[name] if self.nesterov else self.buf[name]
            params[name] = params[name] - self.learning_rate * d
        return params
