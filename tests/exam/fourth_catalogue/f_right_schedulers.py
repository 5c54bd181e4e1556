import math


class ConstantLR:
    def __init__(self, lr=0.1):
        self.lr = lr

    def get_lr(self, step):
        return self.lr


class MultiStepLR:
    def __init__(self, lr=0.1, milestones=(30, 60, 90), gamma=0.1):
        self.lr, self.milestones, self.gamma = lr, sorted(milestones), gamma

    def get_lr(self, step):
        return self.lr * self.gamma ** sum(step >= m for m in self.milestones)


class CosineRestarts:
    """SGDR: cosine cycles of length t0, t0*mult, t0*mult^2, ..."""

    def __init__(self, lr=0.1, t0=10, mult=2, eta_min=0.0):
        self.lr, self.t0, self.mult, self.eta_min = lr, t0, mult, eta_min

    def get_lr(self, step):
        length, cur = self.t0, step
        while cur >= length:
            cur -= length
            length *= self.mult
        return self.eta_min + (self.lr - self.eta_min) * (1 + math.cos(math.pi * cur / length)) / 2


class PolynomialLR:
    def __init__(self, lr=0.1, total=100, power=1.0):
        self.lr, self.total, self.power = lr, total, power

    def get_lr(self, step):
        return self.lr * (1 - min(step, self.total) / self.total) ** self.power


class WithWarmup:
    """Linear ramp to the first value of `after` over n steps; `after` then starts at 0."""

    def __init__(self, after, n=5):
        self.after, self.n = after, n

    def get_lr(self, step):
        if step < self.n:
            return self.after.get_lr(0) * (step + 1) / (self.n + 1)
        return self.after.get_lr(step - self.n)
