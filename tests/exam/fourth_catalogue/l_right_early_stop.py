import copy


class EarlyStopping:
    """Stop when the monitored value has not improved by more than min_delta for `patience` epochs in a row.

    stopper = EarlyStopping(patience=5)
    for epoch in range(1000):
        ...
        if stopper.step(val_loss, weights):
            break
    weights = stopper.best_state
    """

    def __init__(self, patience=10, min_delta=0.0, mode="min"):
        if mode not in ("min", "max"):
            raise ValueError("mode must be 'min' or 'max'")
        self.patience = patience
        self.min_delta = min_delta
        self.sign = 1.0 if mode == "min" else -1.0
        self.best = None
        self.best_state = None
        self.best_epoch = -1
        self.epoch = -1
        self.bad_epochs = 0

    def step(self, value, state=None):
        self.epoch += 1
        if self.best is None or self.sign * (self.best - value) > self.min_delta:
            self.best = value
            self.best_epoch = self.epoch
            self.best_state = copy.deepcopy(state)
            self.bad_epochs = 0
        else:
            self.bad_epochs += 1
        return self.bad_epochs >= self.patience
