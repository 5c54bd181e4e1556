class StepDecay:
    """Drops the learning rate by `drop` every `every` epochs: lr = initial_lr * drop ** (epoch // every)."""

    def __init__(self, initial_lr=0.1, drop=0.5, every=10):
        self.lr = initial_lr
        self.drop = drop
        self.every = every

    def __call__(self, epoch):
        self.lr = self.lr * self.drop ** (epoch // self.every)
        return self.lr


if __name__ == "__main__":
    schedule = StepDecay()
    for epoch in range(15):
        print(epoch, schedule(epoch))
