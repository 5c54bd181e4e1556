import numpy as np


class TwoLayerNet(object):
    """
    input - fully connected layer - ReLU - fully connected layer - softmax

    W1: (D, H)  b1: (H,)  W2: (H, C)  b2: (C,)
    """

    def __init__(self, input_size, hidden_size, output_size, std=0.1, seed=0):
        rs = np.random.RandomState(seed)
        self.params = {}
        self.params["W1"] = std * rs.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * rs.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        """Return scores if y is None, else (loss, grads)."""
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        N = X.shape[0]

        hidden = np.maximum(0, X.dot(W1) + b1)
        scores = hidden.dot(W2) + b2
        if y is None:
            return scores

        shifted = scores - scores.max(axis=1, keepdims=True)
        probs = np.exp(shifted)
        probs /= probs.sum(axis=1, keepdims=True)
        loss = -np.log(probs[np.arange(N), y] + 1e-300).mean()
        loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

        dscores = probs
        dscores[np.arange(N), y] -= 1
        dscores /= N

        grads = {}
        grads["W2"] = hidden.T.dot(dscores) + 2 * reg * W2
        grads["b2"] = dscores.sum(axis=0)
        dhidden = dscores.dot(W2.T)
        dhidden[dhidden <= 0] = 0
        grads["W1"] = X.T.dot(dhidden) + 2 * reg * W1
        grads["b1"] = dhidden.sum(axis=0)
        return loss, grads

    def train(self, X, y, learning_rate=0.5, reg=1e-4, num_iters=500, batch_size=64, seed=0, verbose=False):
        rs = np.random.RandomState(seed)
        history = []
        for it in range(num_iters):
            idx = rs.choice(X.shape[0], min(batch_size, X.shape[0]), replace=False)
            loss, grads = self.loss(X[idx], y[idx], reg)
            history.append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        return {"loss_history": history}

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)
