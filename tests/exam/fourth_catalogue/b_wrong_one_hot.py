import numpy as np


class OneHotEncoder:
    """One-hot encode the columns of a 2-D array. Unknown values get an all-zero block."""

    def fit(self, X):
        X = np.asarray(X)
        self.categories_ = [np.unique(X[:, j]) for j in range(X.shape[1])]
        return self

    def transform(self, X):
        X = np.asarray(X)
        blocks = []
        for j in range(X.shape[1]):
            cats = np.unique(X[:, j])
            blocks.append((X[:, [j]] == cats[None, :]).astype(float))
        return np.hstack(blocks)

    def fit_transform(self, X):
        return self.fit(X).transform(X)
