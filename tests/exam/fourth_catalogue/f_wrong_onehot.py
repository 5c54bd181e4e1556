import numpy as np


class OneHotEncoder:
    """Encode categorical columns as a 0/1 matrix.

    Parameters
    ----------
    drop : None or 'first', default=None
    dtype : output type, default=float

    Attributes
    ----------
    categories_ : list of arrays, the sorted categories of each column at fit
    """

    def __init__(self, drop=None, dtype=float):
        self.drop = drop
        self.dtype = dtype

    def fit(self, X, y=None):
        X = np.asarray(X, dtype=object)
        if X.ndim != 2:
            raise ValueError("expected a 2D array")
        self.categories_ = [np.array(sorted(set(X[:, j]))) for j in range(X.shape[1])]
        return self

    def transform(self, X):
        X = np.asarray(X, dtype=object)
        blocks = []
        for j, cats in enumerate(self.categories_):
            unknown = set(X[:, j]) - set(cats.tolist())
            if unknown:
                raise ValueError("unknown categories %s in column %d" % (sorted(unknown), j))
            _, codes = np.unique(X[:, j].astype(cats.dtype), return_inverse=True)
            block = np.zeros((len(X), len(cats)), dtype=self.dtype)
            block[np.arange(len(X)), codes] = 1
            blocks.append(block[:, 1:] if self.drop == "first" else block)
        return np.hstack(blocks)

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, Z):
        Z = np.asarray(Z)
        cols, start = [], 0
        for cats in self.categories_:
            width = len(cats) - (self.drop == "first")
            part = Z[:, start : start + width]
            start += width
            if self.drop == "first":
                part = np.hstack([1 - part.sum(1, keepdims=True), part])
            cols.append(cats[part.argmax(1)])
        return np.array(cols, dtype=object).T


if __name__ == "__main__":
    X = [["red", 1], ["green", 2], ["blue", 1]]
    enc = OneHotEncoder().fit(X)
    print(enc.transform(X))
    print(enc.inverse_transform(enc.transform(X)))
