import numpy as np


class Adadelta:
    """Zeiler (2012): no global learning rate needed.

    update(w, grad) returns the new parameters.
    """

    def __init__(self, rho=0.9, eps=1e-6, lr=1.0):
        self.rho = rho
        self.eps = eps
        self.lr = lr
        self.Eg2 = None
        self.Edx2 = None

    def update(self, w, grad):
        if self.Eg2 is None:
            self.Eg2 = np.zeros_like(w)
            self.Edx2 = np.zeros_like(w)
        self.Eg2 = self.rho * self.Eg2 + (1 - self.rho) * grad**2
        dx = grad * np.sqrt(self.Edx2 + self.eps) / np.sqrt(self.Eg2 + self.eps)
        self.Edx2 = (1 - self.rho) * self.Edx2 + self.rho * dx**2
        return w - self.lr * dx
