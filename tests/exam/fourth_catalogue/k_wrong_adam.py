import numpy as np


class Optimizer:
    def __init__(self, lr):
        self.lr = lr

    def step(self, params, grads):
        raise NotImplementedError


class Adam(Optimizer):
    """
    Adam with bias-corrected moments.

    params, grads: dicts of arrays with the same keys; params are changed in place.
    """

    def __init__(self, lr=0.001, betas=(0.9, 0.999), epsilon=1e-8):
        super().__init__(lr)
        self.beta1, self.beta2 = betas
        self.epsilon = epsilon
        self.moments = {}
        self.t = 0

    def step(self, params, grads):
        t = self.t + 1
        for name in params:
            g = grads[name]
            m, v = self.moments.get(name, (np.zeros_like(g), np.zeros_like(g)))
            m = self.beta1 * m + (1 - self.beta1) * g
            v = self.beta2 * v + (1 - self.beta2) * g**2
            self.moments[name] = (m, v)
            m_hat = m / (1 - self.beta1**t)
            v_hat = v / (1 - self.beta2**t)
            params[name] -= self.lr * m_hat / (np.sqrt(v_hat) + self.epsilon)
        return params


if __name__ == "__main__":
    params = {"x": np.array([3.0, -2.0])}
    opt = Adam(lr=0.01)
    for i in range(2000):
        opt.step(params, {"x": 2 * params["x"]})
    print(params["x"])
