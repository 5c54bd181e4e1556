import numpy as np


class SoftmaxRegression:
    """
    Lecture 8 - softmax regression with hand-written gradients.

    W : (num_classes, num_features)
    b : (num_classes,)
    """

    def __init__(self, num_features, num_classes, random_seed=123):
        rng = np.random.RandomState(random_seed)
        self.num_classes = num_classes
        self.W = rng.normal(0.0, 0.01, size=(num_classes, num_features))
        self.b = np.zeros(num_classes)

    def forward(self, x):
        logits = x @ self.W.T + self.b
        logits = logits - logits.max(axis=1, keepdims=True)
        ex = np.exp(logits)
        return ex / ex.sum(axis=1, keepdims=True)

    def backward(self, x, y_onehot, probas):
        n = x.shape[0]
        grad_w = (probas - y_onehot).T @ x / n
        grad_b = np.sum(probas - y_onehot) / n
        return grad_w, grad_b

    def predict(self, x):
        return self.forward(x).argmax(axis=1)


def cross_entropy(probas, y):
    return -np.mean(np.log(probas[np.arange(len(y)), y] + 1e-15))


def train(model, x, y, num_epochs=100, learning_rate=0.1, batch_size=16, seed=1):
    rng = np.random.RandomState(seed)
    eye = np.eye(model.num_classes)
    cost = []
    for epoch in range(num_epochs):
        perm = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            idx = perm[start : start + batch_size]
            probas = model.forward(x[idx])
            gw, gb = model.backward(x[idx], eye[y[idx]], probas)
            model.W -= learning_rate * gw
            model.b -= learning_rate * gb
        cost.append(cross_entropy(model.forward(x), y))
    return cost


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    centers = np.array([[2.0, 0], [-1, 2], [-1, -2]])
    y = rng.randint(0, 3, 300)
    x = centers[y] + rng.randn(300, 2)
    net = SoftmaxRegression(2, 3)
    cost = train(net, x, y)
    print(cost[0], cost[-1], "train acc", (net.predict(x) == y).mean())
