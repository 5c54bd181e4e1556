from builtins import range
import numpy as np


def softmax_loss_vectorized(W, X, y, reg):
    """
    Inputs:
    - W: (D, C) weights
    - X: (N, D) minibatch
    - y: (N,) labels, 0 <= c < C
    - reg: regularization strength; the loss contains reg * sum(W ** 2)
    Returns (loss, dW), dW has the shape of W
    """
    num_train = X.shape[0]
    scores = X @ W
    scores -= scores.max(axis=1).reshape(-1, 1)
    p = np.exp(scores)
    p /= p.sum(axis=1).reshape(-1, 1)

    loss = -np.log(p[range(num_train), y]).sum()
    loss /= num_train
    loss += reg * np.sum(W * W)

    p[range(num_train), y] -= 1
    dW = X.T @ p
    dW += 2 * reg * W
    dW /= num_train
    return loss, dW


class LinearSoftmax:
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=0.1, reg=0.01, num_iters=1000, batch_size=200, verbose=False):
        n, d = X.shape
        if self.W is None:
            self.W = 0.001 * np.random.randn(d, np.max(y) + 1)
        history = []
        for it in range(num_iters):
            idx = np.random.choice(n, batch_size)
            loss, grad = self.loss(X[idx], y[idx], reg)
            self.W -= learning_rate * grad
            history.append(loss)
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        return history

    def loss(self, X, y, reg):
        return softmax_loss_vectorized(self.W, X, y, reg)

    def predict(self, X):
        return (X @ self.W).argmax(axis=1)
