import numpy as np


class SoftmaxClassifier(object):
    """Linear classifier with the cross-entropy loss. The bias is kept as the last row of W."""

    def __init__(self):
        self.W = None

    def _augment(self, X):
        return np.hstack([X, np.ones((X.shape[0], 1))])

    def train(self, X, y, learning_rate=0.5, reg=1e-2, num_iters=2000, batch_size=100, verbose=False, seed=0):
        """
        Inputs:
        - X: (N, D) training data
        - y: (N,) integer labels 0..C-1
        - reg: (float) regularization strength, loss gets reg * sum(W * W), bias row excluded
        Returns the list of minibatch losses.
        """
        rng = np.random.RandomState(seed)
        num_train, dim = X.shape
        num_classes = int(np.max(y)) + 1
        if self.W is None:
            self.W = 0.001 * rng.randn(dim + 1, num_classes)
        loss_history = []
        for it in range(num_iters):
            pick = rng.choice(num_train, min(batch_size, num_train), replace=False)
            loss, grad = self.loss(X[pick], y[pick], reg)
            loss_history.append(loss)
            lr = learning_rate * (1.0 - it / float(num_iters))
            self.W -= lr * grad
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        return loss_history

    def loss(self, X, y, reg):
        Xa = self._augment(X)
        N = X.shape[0]
        scores = Xa.dot(self.W)
        scores = scores - np.max(scores, axis=1, keepdims=True)
        log_p = scores - np.log(np.sum(np.exp(scores), axis=1, keepdims=True))
        loss = -np.sum(log_p[np.arange(N), y]) / N
        loss += reg * np.sum(self.W[:-1] * self.W[:-1])

        dscores = np.exp(log_p)
        dscores[np.arange(N), y] -= 1
        dW = Xa.T.dot(dscores) / N
        dW[:-1] += 2 * reg * self.W[:-1]
        return loss, dW

    def predict(self, X):
        return np.argmax(self._augment(X).dot(self.W), axis=1)
