import numpy as np


class SimpleImputer:
    """Fill in missing values (NaN) column by column.

    strategy : 'mean', 'median', 'most_frequent' or 'constant'
    add_indicator : append 0/1 columns for the features with gaps at fit time
    """

    def __init__(self, strategy="mean", fill_value=0.0, add_indicator=False):
        self.strategy = strategy
        self.fill_value = fill_value
        self.add_indicator = add_indicator

    def _statistic(self, col):
        col = col[~np.isnan(col)]
        if self.strategy == "constant":
            return self.fill_value
        if len(col) == 0:
            raise ValueError("a column has no observed value")
        if self.strategy == "mean":
            return col.mean()
        if self.strategy == "median":
            return np.median(col)
        if self.strategy == "most_frequent":
            values, counts = np.unique(col, return_counts=True)
            return values[counts.argmax()]
        raise ValueError("unknown strategy")

    def fit(self, X, y=None):
        X = np.asarray(X, float)
        self.statistics_ = np.array([self._statistic(c) for c in X.T])
        self.with_gaps_ = np.flatnonzero(np.isnan(X).any(axis=0))
        return self

    def transform(self, X):
        X = np.array(X, float)
        gaps = np.isnan(X)
        out = np.where(gaps, self.statistics_, X)
        if self.add_indicator:
            out = np.hstack([out, gaps[:, self.with_gaps_].astype(float)])
        return out

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)


class RobustScaler:
    """Subtract the median and divide by the inter-quantile range."""

    def __init__(self, quantile_range=(25.0, 75.0)):
        self.quantile_range = quantile_range

    def fit(self, X, y=None):
        X = np.asarray(X, float)
        self.center_ = np.nanmedian(X, axis=0)
        lo, hi = np.nanpercentile(X, self.quantile_range, axis=0)
        self.scale_ = np.where(hi > lo, hi - lo, 1.0)
        return self

    def transform(self, X):
        return (np.asarray(X, float) - self.center_) / self.scale_

    def inverse_transform(self, X):
        return np.asarray(X, float) * self.scale_ + self.center_
