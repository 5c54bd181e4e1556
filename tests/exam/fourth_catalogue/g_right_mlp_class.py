import numpy as np


class TwoLayerNet:
    """input -> tanh hidden -> softmax, mean cross-entropy, rows are samples."""

    def __init__(self, n_in, n_hidden, n_out, seed=0):
        rng = np.random.default_rng(seed)
        self.params = {
            "W1": rng.normal(0, np.sqrt(1 / n_in), (n_in, n_hidden)),
            "b1": np.zeros(n_hidden),
            "W2": rng.normal(0, np.sqrt(1 / n_hidden), (n_hidden, n_out)),
            "b2": np.zeros(n_out),
        }

    def forward(self, X):
        p = self.params
        H = np.tanh(X @ p["W1"] + p["b1"])
        S = H @ p["W2"] + p["b2"]
        S = S - S.max(1, keepdims=True)
        P = np.exp(S)
        P /= P.sum(1, keepdims=True)
        self.cache = (X, H, P)
        return P

    def loss(self, X, y):
        P = self.forward(X)
        return -np.mean(np.log(P[np.arange(len(y)), y] + 1e-300))

    def backward(self, y):
        X, H, P = self.cache
        n = len(y)
        dS = P.copy()
        dS[np.arange(n), y] -= 1
        dS /= n
        dH = (dS @ self.params["W2"].T) * (1 - H**2)
        return {"W1": X.T @ dH, "b1": dH.sum(0), "W2": H.T @ dS, "b2": dS.sum(0)}

    def train(self, X, y, lr=0.5, epochs=500, batch_size=32, seed=0):
        rng = np.random.default_rng(seed)
        losses = []
        for _ in range(epochs):
            order = rng.permutation(len(X))
            for start in range(0, len(X), batch_size):
                rows = order[start : start + batch_size]
                self.forward(X[rows])
                grads = self.backward(y[rows])
                for k in self.params:
                    self.params[k] -= lr * grads[k]
            losses.append(self.loss(X, y))
        return losses

    def predict(self, X):
        return self.forward(X).argmax(1)


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    X = rng.uniform(-1, 1, (300, 2))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    net = TwoLayerNet(2, 8, 2)
    print(net.train(X, y)[-1], (net.predict(X) == y).mean())
