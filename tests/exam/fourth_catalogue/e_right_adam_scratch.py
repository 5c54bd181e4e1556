import numpy as np


class AdamFromScratch:
    """Adam (Kingma & Ba, Algorithm 1) for a dictionary of parameters.

    params and grads share keys; params are updated in place:

        opt = AdamFromScratch(lr=0.001)
        opt.step(params, grads)
    """

    def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.m = {}
        self.v = {}
        self.t = 0

    def step(self, params, grads):
        self.t += 1
        step_size = self.lr * np.sqrt(1 - self.beta2**self.t) / (1 - self.beta1**self.t)
        eps_hat = self.eps * np.sqrt(1 - self.beta2**self.t)
        for key, g in grads.items():
            if key not in self.m:
                self.m[key] = np.zeros_like(params[key], dtype=float)
                self.v[key] = np.zeros_like(params[key], dtype=float)
            self.m[key] += (1 - self.beta1) * (g - self.m[key])
            self.v[key] += (1 - self.beta2) * (g * g - self.v[key])
            params[key] -= step_size * self.m[key] / (np.sqrt(self.v[key]) + eps_hat)
        return params


if __name__ == "__main__":
    p = {"x": np.array([3.0, -2.0]), "c": np.array([1.0])}
    opt = AdamFromScratch(lr=0.05)
    for i in range(2000):
        opt.step(p, {"x": 2 * p["x"] * np.array([1.0, 10.0]), "c": 4 * (p["c"] - 0.5)})
    print(p)
