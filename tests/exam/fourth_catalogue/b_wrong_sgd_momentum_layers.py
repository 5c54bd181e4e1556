import numpy as np


class SGDMomentum:
    """
    Classic momentum.

    `layers` and `grads` are lists of dicts, one per layer, e.g.
        layers = [{"W": ..., "b": ...}, {"W": ..., "b": ...}]
        grads  = [{"W": ..., "b": ...}, {"W": ..., "b": ...}]
    """

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.velocity = {}

    def step(self, layers, grads):
        for layer, grad in zip(layers, grads):
            for name in layer:
                v = self.velocity.get(name, 0.0)
                v = self.momentum * v - self.lr * grad[name]
                self.velocity[name] = v
                layer[name] = layer[name] + v
        return layers
