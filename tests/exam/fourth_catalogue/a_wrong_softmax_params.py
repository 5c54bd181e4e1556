import numpy as np


class SoftmaxClassifier:
    def __init__(self, config=None):
        self.config = {"lr": 0.5, "epochs": 1500, "weight_decay": 0.0, "print_every": 0}
        self.config.update(config or {})
        self.params = {}
        self.loss_history = []

    def forward(self, X):
        logits = X @ self.params["W"] + self.params["b"]
        logits = logits - logits.max(axis=1, keepdims=True)
        exp = np.exp(logits)
        return exp / exp.sum(axis=1, keepdims=True)

    def backward(self, X, probs, onehot):
        n = X.shape[0]
        dlogits = probs - onehot
        dW = X.T @ dlogits / n + self.config["weight_decay"] * self.params["W"]
        db = np.mean(dlogits)
        return dW, db

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, ids = np.unique(np.asarray(y).ravel(), return_inverse=True)
        onehot = np.eye(len(self.classes_))[ids]
        self.params["W"] = np.zeros((X.shape[1], onehot.shape[1]))
        self.params["b"] = np.zeros(onehot.shape[1])
        self.loss_history = []
        for epoch in range(self.config["epochs"]):
            probs = self.forward(X)
            loss = -np.sum(onehot * np.log(probs + 1e-15)) / len(X)
            self.loss_history.append(loss)
            dW, db = self.backward(X, probs, onehot)
            self.params["W"] -= self.config["lr"] * dW
            self.params["b"] -= self.config["lr"] * db
            if self.config["print_every"] and epoch % self.config["print_every"] == 0:
                print("epoch", epoch, "loss", round(loss, 4))
        return self

    def predict_proba(self, X):
        return self.forward(np.asarray(X, dtype=float))

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
