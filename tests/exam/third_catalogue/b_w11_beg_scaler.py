# ruff: noqa
import math


class StandardScaler:
    def __init__(self):
        self.means = []
        self.stds = []

    def fit(self, X):
        n = len(X)
        for j in range(len(X[0])):
            column = [row[j] for row in X]
            mean = sum(column) / n
            variance = 0
            for value in column:
                variance += (value - mean) ** 2
            std = math.sqrt(variance / n)
            if std == 0:
                std = 1.0
            self.means.append(mean)
            self.stds.append(std)
        return self

    def transform(self, X):
        result = []
        for row in X:
            new_row = []
            for j in range(len(row)):
                new_row.append((row[j] - self.means[j]) / self.stds[j])
            result.append(new_row)
        return result

    def fit_transform(self, X):
        self.fit(X)
        return self.transform(X)

    def inverse_transform(self, X):
        return [[row[j] * self.stds[j] + self.means[j] for j in range(len(row))] for row in X]


if __name__ == "__main__":
    X = [[1, 10, 5], [2, 20, 5], [3, 60, 5]]
    s = StandardScaler()
    Z = s.fit_transform(X)
    print(Z)
    print(s.inverse_transform(Z))
