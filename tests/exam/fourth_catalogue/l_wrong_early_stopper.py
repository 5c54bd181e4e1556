import numpy as np


class EarlyStopper:
    """Keeps the weights of the epoch with the lowest validation loss.

    weights is a list of numpy arrays (the ones the optimiser works on).
    Call `check` after each epoch, it returns True when it's time to stop;
    `restore` copies the best weights back into the list.
    """

    def __init__(self, patience=5, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = np.inf
        self.best_weights = None
        self.counter = 0

    def check(self, loss, weights):
        if loss < self.best_loss - self.min_delta:
            self.best_loss = loss
            self.best_weights = list(weights)
            self.counter = 0
            return False
        self.counter += 1
        return self.counter >= self.patience

    def restore(self, weights):
        for w, best in zip(weights, self.best_weights):
            w[...] = best
