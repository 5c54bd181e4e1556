import numpy as np


class MiniBatchLinearRegression:
    def __init__(self, learning_rate=0.05, epochs=400, batch_size=64):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size

    def get_batches(self, X, y):
        n_batches = X.shape[0] // self.batch_size
        for k in range(n_batches):
            begin = k * self.batch_size
            end = begin + self.batch_size
            yield X[begin:end], y[begin:end]

    def fit(self, X, y):
        self.W = np.zeros(X.shape[1])
        self.b = 0.0
        self.loss_history = []
        for epoch in range(self.epochs):
            lr = self.learning_rate / (1 + 0.02 * epoch)
            for X_batch, y_batch in self.get_batches(X, y):
                residual = X_batch @ self.W + self.b - y_batch
                self.W -= lr * X_batch.T @ residual / len(y_batch)
                self.b -= lr * residual.mean()
            self.loss_history.append(np.mean((self.predict(X) - y) ** 2))
        return self

    def predict(self, X):
        return X @ self.W + self.b


if __name__ == "__main__":
    rng = np.random.default_rng(3)
    X = rng.normal(size=(500, 3))
    y = X @ [1.0, -2.0, 0.5] + 4 + rng.normal(0, 0.1, 500)
    model = MiniBatchLinearRegression().fit(X, y)
    print(model.W, model.b, model.loss_history[-1])
