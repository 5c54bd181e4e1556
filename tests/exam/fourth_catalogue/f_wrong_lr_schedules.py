"""Learning-rate schedules.  A schedule is called with the step (0, 1, 2, ...)."""

import math


class Schedule:
    def __call__(self, step):
        raise NotImplementedError


class StepDecay(Schedule):
    def __init__(self, base_lr=0.1, drop=0.5, every=10):
        self.base_lr, self.drop, self.every = base_lr, drop, every

    def __call__(self, step):
        return self.base_lr * self.drop ** (step // self.every)


class ExponentialDecay(Schedule):
    def __init__(self, base_lr=0.1, rate=0.96, decay_steps=100):
        self.base_lr, self.rate, self.decay_steps = base_lr, rate, decay_steps

    def __call__(self, step):
        return self.base_lr * self.rate ** (step / self.decay_steps)


class WarmupCosine(Schedule):
    """Linear warm-up from 0 to base_lr over warmup_steps, then half a cosine
    from base_lr down to min_lr, which is reached at total_steps."""

    def __init__(self, base_lr=0.1, total_steps=1000, warmup_steps=0, min_lr=0.0):
        if warmup_steps >= total_steps:
            raise ValueError("warmup_steps must be below total_steps")
        self.base_lr, self.min_lr = base_lr, min_lr
        self.total_steps, self.warmup_steps = total_steps, warmup_steps

    def __call__(self, step):
        if step < self.warmup_steps:
            return self.base_lr * step / self.warmup_steps
        if step >= self.total_steps:
            return self.min_lr
        progress = step / (self.total_steps - self.warmup_steps)
        return self.min_lr + 0.5 * (self.base_lr - self.min_lr) * (1 + math.cos(math.pi * progress))


def plot_values(schedule, n=10, total=1000):
    return [schedule(int(i * total / n)) for i in range(n + 1)]


if __name__ == "__main__":
    print([round(v, 4) for v in plot_values(WarmupCosine(warmup_steps=50))])
