import numpy as np


class SoftmaxRegression:
    """Softmax regression, full batch, features in rows.

    Minimises the mean cross-entropy; y holds integer labels 0..K-1.
    """

    def __init__(self, num_classes=None, learning_rate=0.5, num_epochs=2000):
        self.num_classes = num_classes
        self.learning_rate = learning_rate
        self.num_epochs = num_epochs

    def forward(self, x):
        logits = x @ self.weights.T + self.bias
        logits = logits - np.max(logits, axis=1, keepdims=True)
        expz = np.exp(logits)
        return expz / np.sum(expz, axis=1, keepdims=True)

    def backward(self, x, y_onehot, probas):
        grad_w = -((y_onehot - probas).T @ x)
        grad_b = -np.sum(y_onehot - probas)
        return grad_w, grad_b

    def fit(self, x, y):
        x = np.asarray(x, dtype=float)
        y = np.asarray(y, dtype=int)
        k = self.num_classes or y.max() + 1
        self.weights = np.zeros((k, x.shape[1]))
        self.bias = np.zeros(k)
        y_onehot = np.zeros((len(y), k))
        y_onehot[np.arange(len(y)), y] = 1
        self.history = []
        for _ in range(self.num_epochs):
            probas = self.forward(x)
            self.history.append(-np.mean(np.log(probas[np.arange(len(y)), y] + 1e-12)))
            grad_w, grad_b = self.backward(x, y_onehot, probas)
            self.weights -= self.learning_rate * grad_w / len(y)
            self.bias -= self.learning_rate * grad_b / len(y)
        return self

    def predict_proba(self, x):
        return self.forward(np.asarray(x, dtype=float))

    def predict(self, x):
        return np.argmax(self.predict_proba(x), axis=1)
