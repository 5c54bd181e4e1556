import numpy as np


class MomentumSGD:
    """SGD with momentum.  ``apply(params, grads)`` returns the list of new parameters."""

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.state = {}

    def apply(self, params, grads):
        new_params = []
        new_state = {}
        for p, g in zip(params, grads):
            velocity = self.state.get(id(p), np.zeros_like(p))
            velocity = self.momentum * velocity - self.lr * g
            new_state[id(p)] = velocity
            new_params.append(p + velocity)
        self.state = new_state
        return new_params


if __name__ == "__main__":
    A = np.diag([1.0, 20.0])
    w = [np.array([3.0, -2.0])]
    opt = MomentumSGD(lr=0.02)
    for _ in range(300):
        w = opt.apply(w, [A @ w[0]])
    print(w[0])
