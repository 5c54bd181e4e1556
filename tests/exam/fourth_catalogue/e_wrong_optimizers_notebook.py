import numpy as np


class Adam:
    """Adam optimiser (https://arxiv.org/abs/1412.6980).

    update(params, grads): both are lists of arrays, params change in place.
    """

    def __init__(self, params, alpha=0.001, b1=0.9, b2=0.999, epsilon=1e-8):
        self.alpha = alpha
        self.b1 = b1
        self.b2 = b2
        self.epsilon = epsilon
        self.first = [np.zeros(p.shape) for p in params]
        self.second = [np.zeros(p.shape) for p in params]
        self.n_steps = 0

    def update(self, params, grads):
        for i, (p, g) in enumerate(zip(params, grads)):
            self.n_steps += 1
            self.first[i] = self.b1 * self.first[i] + (1 - self.b1) * g
            self.second[i] = self.b2 * self.second[i] + (1 - self.b2) * g**2
            m_hat = self.first[i] / (1 - self.b1**self.n_steps)
            v_hat = self.second[i] / (1 - self.b2**self.n_steps)
            p -= self.alpha * m_hat / (np.sqrt(v_hat) + self.epsilon)


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    X = rng.randn(200, 3)
    t = X @ np.array([1.0, 2.0, -1.0]) + 0.5
    w, b = np.zeros(3), np.zeros(1)
    opt = Adam([w, b], alpha=0.02)
    for i in range(1500):
        e = X @ w + b - t
        opt.update([w, b], [X.T @ e / 200, np.array([e.mean()])])
    print(w, b)
