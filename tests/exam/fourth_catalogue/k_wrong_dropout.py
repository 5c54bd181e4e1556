import numpy as np


class Dropout:
    """Inverted dropout: a unit is kept with probability 1 - p and scaled by 1 / (1 - p).

    At inference the input passes unchanged.
    """

    def __init__(self, p=0.5, seed=None):
        if not 0 <= p < 1:
            raise ValueError("p must lie in [0, 1)")
        self.p = p
        self.rng = np.random.default_rng(seed)
        self.mask = None

    def forward(self, x, training=True):
        if not training or self.p == 0:
            self.mask = np.ones(x.shape)
            return x
        self.mask = (self.rng.random(x.shape) >= self.p).astype(float)
        return x * self.mask / (1.0 - self.p)

    def backward(self, dout):
        return dout * self.mask
