import numpy as np


class SoftmaxRegression:
    """Multinomial logistic regression trained by Adam on the full batch.

    loss = mean cross entropy + reg/2 * sum(W**2)
    """

    def __init__(self, lr=0.05, n_iter=3000, reg=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.n_iter, self.reg = lr, n_iter, reg
        self.beta1, self.beta2, self.eps = beta1, beta2, eps

    @staticmethod
    def softmax(Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def _loss_grad(self, X, Y):
        P = self.softmax(X @ self.W + self.b)
        n = X.shape[0]
        loss = -np.mean(np.log(np.maximum((P * Y).sum(1), 1e-300))) + 0.5 * self.reg * np.sum(self.W**2)
        D = (P - Y) / n
        return loss, X.T @ D + self.reg * self.W, D.sum(0)

    def fit(self, X, y):
        X = np.asarray(X, float)
        self.classes_ = np.unique(y)
        Y = (np.asarray(y)[:, None] == self.classes_[None, :]).astype(float)
        d, k = X.shape[1], len(self.classes_)
        self.W, self.b = np.zeros((d, k)), np.zeros(k)
        mW, vW = np.zeros_like(self.W), np.zeros_like(self.W)
        mb, vb = np.zeros_like(self.b), np.zeros_like(self.b)
        self.loss_curve_ = []
        for t in range(1, self.n_iter + 1):
            loss, gW, gb = self._loss_grad(X, Y)
            self.loss_curve_.append(loss)
            mW = self.beta1 * mW + (1 - self.beta1) * gW
            mb = self.beta1 * mb + (1 - self.beta1) * gb
            vW = self.beta2 * vW + (1 - self.beta2) * gW**2
            vb = self.beta2 * vb + (1 - self.beta2) * gb**2
            c1, c2 = 1 - self.beta1**t, 1 - self.beta2**t
            self.W -= self.lr * (mW / c1) / (np.sqrt(vW / c2) + self.eps)
            self.b -= self.lr * (mb / c1) / (np.sqrt(vb / c2) + self.eps)
        return self

    def predict_proba(self, X):
        return self.softmax(np.asarray(X, float) @ self.W + self.b)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
