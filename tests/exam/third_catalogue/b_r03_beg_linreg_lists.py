# ruff: noqa
# Linear regression with plain lists. The features are scaled inside fit(),
# at the end the weights are turned back to the original units.


def mean(values):
    return sum(values) / len(values)


class LinearRegression:
    def __init__(self, learning_rate=0.1, epochs=2000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        n = len(X)
        d = len(X[0])
        means = []
        stds = []
        for j in range(d):
            column = [float(row[j]) for row in X]
            m = mean(column)
            s = mean([(v - m) ** 2 for v in column]) ** 0.5
            if s <= 1e-12 * max(1.0, abs(m)):
                s = 0.0  # constant column: its weight stays zero
            means.append(m)
            stds.append(s)
        Z = []
        for row in X:
            z = []
            for j in range(d):
                if stds[j] == 0:
                    z.append(0.0)
                else:
                    z.append((row[j] - means[j]) / stds[j])
            Z.append(z)

        a = [0.0] * d
        c = 0.0
        self.costs = []  # cost BEFORE each update
        for epoch in range(self.epochs):
            errors = []
            for i in range(n):
                prediction = c
                for j in range(d):
                    prediction += a[j] * Z[i][j]
                errors.append(prediction - y[i])
            self.costs.append(mean([e * e for e in errors]))
            for j in range(d):
                slope = 0.0
                for i in range(n):
                    slope += errors[i] * Z[i][j]
                a[j] -= self.learning_rate * 2 * slope / n
            c -= self.learning_rate * 2 * sum(errors) / n

        self.weights = []
        for j in range(d):
            self.weights.append(a[j] / stds[j] if stds[j] != 0 else 0.0)
        self.bias = c - sum(self.weights[j] * means[j] for j in range(d))
        return self

    def predict(self, X):
        return [self.bias + sum(w * x for w, x in zip(self.weights, row)) for row in X]


if __name__ == "__main__":
    X = [[1, 200], [2, 100], [3, 500], [4, 300], [0, 50]]
    y = [2 * a - b + 1 for a, b in X]
    m = LinearRegression().fit(X, y)
    print(m.weights, m.bias, m.costs[0], m.costs[-1])
