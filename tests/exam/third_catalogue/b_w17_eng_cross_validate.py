# ruff: noqa
import copy
import numpy as np


class SelectKBest:
    """Keep the k features with the largest absolute correlation with the target."""

    def __init__(self, k=10):
        self.k = k

    def fit(self, X, y):
        Xc, yc = X - X.mean(axis=0), y - y.mean()
        denom = np.sqrt((Xc**2).sum(axis=0) * (yc**2).sum())
        denom[denom == 0] = np.inf
        self.scores_ = np.abs(Xc.T @ yc) / denom
        self.support_ = np.sort(np.argsort(-self.scores_, kind="stable")[: self.k])
        return self

    def transform(self, X):
        return X[:, self.support_]


class RidgeRegressor:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        m, t = X.mean(axis=0), y.mean()
        Xc = X - m
        self.coef_ = np.linalg.solve(Xc.T @ Xc + self.alpha * np.eye(X.shape[1]), Xc.T @ (y - t))
        self.intercept_ = t - m @ self.coef_
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_


def cross_val_r2(estimator, X, y, selector=None, cv=5, random_state=None, verbose=0):
    """Out-of-fold R^2 of ``selector`` followed by ``estimator``, one value a fold."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    order = np.arange(len(y))
    if random_state is not None:
        np.random.default_rng(random_state).shuffle(order)
    if selector is not None:
        X = copy.deepcopy(selector).fit(X, y).transform(X)
    scores = []
    for fold, test in enumerate(np.array_split(order, cv)):
        mask = np.ones(len(y), dtype=bool)
        mask[test] = False
        model = copy.deepcopy(estimator).fit(X[mask], y[mask])
        resid = y[test] - model.predict(X[test])
        scores.append(1 - (resid**2).sum() / ((y[test] - y[test].mean()) ** 2).sum())
        if verbose:
            print(f"fold {fold}: {scores[-1]:.4f}")
    return np.array(scores)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(100, 20))
    y = X[:, :3] @ [1, 2, 3.0] + r.normal(size=100)
    print(cross_val_r2(RidgeRegressor(), X, y, SelectKBest(5), random_state=0))
