"""Columns brought to one size, so that one learning rate suits all of them.

StandardScaler   (x - mean) / standard deviation
MinMaxScaler     between 0 and 1, or any other range
RobustScaler     (x - median) / (distance between two quantiles), which outliers do not move

A column that is constant up to rounding is centred and divided by 1. Up to rounding means: its size is at most four
units in the last place of its greatest number. Nothing that is handed over is changed; float32 stays float32, but is
computed in float64.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import BLOCK_BYTES, ArrayBlocks
from groundup.data.prepare import Moments, Ranges, merge_moments, merge_ranges, moments, ranges
from groundup.data.read import as_matrix, as_weights
from groundup.errors import InputError
from groundup.estimators.base import Transformer


class Scaler(Transformer):
    """z = (x - center) / size, column by column."""

    _fitted_by = "scale_"

    def _center_and_size(self) -> tuple[Array, Array]:
        """What is subtracted, and what is divided by, afterwards."""
        raise NotImplementedError

    @np.errstate(over="ignore")
    def _transform(self, X: Array) -> Array:
        """(X - center) / size, in blocks that stay in the cache: 500,000 x 20 float32 in 76 ms instead of 109."""
        center, size = self._center_and_size()
        z = np.empty_like(X)
        step = max(64, BLOCK_BYTES // (8 * X.shape[1]))
        for start in range(0, len(X), step):
            part = z[start : start + step]
            np.subtract(X[start : start + step], center, out=part)
            np.divide(part, size, out=part)
            self._place(part)
        return z

    def _place(self, z: Array) -> None:
        """What is left to do with rows of center 0 and size 1, in their own place."""

    def _inverse(self, z: Array) -> Array:
        center, size = self._center_and_size()
        return z * size + center

    @np.errstate(over="ignore")
    def inverse_transform(self, X: Any) -> Array:
        """The way back: from columns that `transform` made to the columns that it was given."""
        self._check_is_fitted()
        z = as_matrix(X)
        if z.shape[1] != self.n_features_in_:
            raise InputError(
                f"X has {z.shape[1]} features, but {type(self).__name__} is expecting {self.n_features_in_} features "
                "as input. Give the columns that transform returned."
            )
        return self._inverse(z).astype(z.dtype, copy=False)

    def _forget(self) -> None:
        """Drop all that was learnt, so that a `fit` that fails leaves an estimator that is clearly not fitted."""
        for name in [name for name in self.__dict__ if name.endswith("_") and not name.startswith("_")]:
            del self.__dict__[name]


def _blocks(X: Array, sample_weight: Array | None = None) -> ArrayBlocks:
    return ArrayBlocks(X, X[:, :0], sample_weight)


def _sizes(size: Array, greatest: Array, what: str, dtype: Any, names: Array | None) -> Array:
    """`size` as a divisor: 1 for a constant column; InputError where float64 cannot hold it."""
    beyond = np.flatnonzero(~np.isfinite(size))
    if len(beyond):
        column = int(beyond[0])
        named = "" if names is None else f" ({names[column]!r})"
        raise InputError(
            f"X must have columns whose {what} float64 can hold; that of column {column}{named} is beyond 1.8e308. "
            "Divide the column by a power of ten first."
        )
    constant = size <= 4 * np.finfo(dtype).eps * np.abs(greatest)
    return np.where(constant, 1.0, size)


class StandardScaler(Scaler):
    """z = (x - mean) / standard deviation, column by column: mean 0 and variance 1.

    The standard deviation is that of the rows themselves, √(Σ w (x - mean)² / Σ w). A constant column is divided by 1.

    Parameters
    ----------
    with_mean, with_std : bool
        Whether to subtract the mean, and to divide by the standard deviation.

    Attributes
    ----------
    mean_ : array (features,)
    var_, scale_ : arrays (features,), or None without `with_std`
    n_samples_seen_ : rows, or their weight

    >>> StandardScaler().fit_transform([[1.0, 10.0], [3.0, 10.0]])
    array([[-1.,  0.],
           [ 1.,  0.]])
    """

    mean_: Array
    var_: Array | None
    scale_: Array | None
    n_samples_seen_: Any
    _moments: Moments

    def __init__(self, *, with_mean: bool = True, with_std: bool = True):
        self.with_mean = with_mean
        self.with_std = with_std

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn mean and standard deviation of the columns of X (rows, features); y is not looked at."""
        self._forget()
        return self.partial_fit(X, y, sample_weight)

    def partial_fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn from more rows, as if all rows seen so far had come at once."""
        first = self._fitted_by not in self.__dict__
        matrix = self._learn_features(X) if first else self._read_features(X, finite=True)
        weights = as_weights(sample_weight, len(matrix))
        total = _blocks(matrix, weights).reduce(moments, merge_moments)
        if not first:
            total = merge_moments(self._moments, total)
        names = self.__dict__.get("feature_names_in_")
        scale = _sizes(np.sqrt(total.variance), total.mean, "variance", matrix.dtype, names)
        self._moments, self.mean_ = total, total.mean
        self.var_, self.scale_ = (total.variance, scale) if self.with_std else (None, None)
        self.n_samples_seen_ = int(total.weight) if total.weight == int(total.weight) else total.weight
        return self

    def _center_and_size(self) -> tuple[Array, Array]:
        return self.mean_ if self.with_mean else 0.0, 1.0 if self.scale_ is None else self.scale_

    def _formula(self) -> str:
        return "z = (x - mean) / standard deviation"


class MinMaxScaler(Scaler):
    """z = low + (high - low) (x - least) / (greatest - least), column by column.

    Rows that come later can fall outside the range; nothing is clipped. A constant column becomes `low`.

    Parameters
    ----------
    feature_range : (low, high)
        Where the least and the greatest number of each column go.

    Attributes
    ----------
    data_min_, data_max_, data_range_, scale_, min_ : arrays (features,), with z = x scale_ + min_
    n_samples_seen_ : rows

    >>> MinMaxScaler().fit_transform([[1.0], [2.0], [5.0]])
    array([[0.  ],
           [0.25],
           [1.  ]])
    """

    data_min_: Array
    data_max_: Array
    data_range_: Array
    scale_: Array
    min_: Array
    n_samples_seen_: int
    _width: Array

    def __init__(self, feature_range: tuple[float, float] = (0, 1)):
        self.feature_range = feature_range

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the least and the greatest number of the columns of X (rows, features); y is not looked at."""
        self._forget()
        return self.partial_fit(X, y)

    def partial_fit(self, X: Any, y: Any = None) -> Self:
        """Learn from more rows, as if all rows seen so far had come at once."""
        low, high = _pair("feature_range", self.feature_range)
        first = self._fitted_by not in self.__dict__
        matrix = self._learn_features(X) if first else self._read_features(X, finite=True)
        found = _blocks(matrix).reduce(ranges, merge_ranges)
        if not first:
            found = merge_ranges(Ranges(self.data_min_, self.data_max_), found)
        least, greatest = (end.astype(np.float64) for end in found)
        with np.errstate(over="ignore"):
            width = greatest - least
        names = self.__dict__.get("feature_names_in_")
        size = _sizes(width, np.maximum(-least, greatest), "range", matrix.dtype, names)
        self.data_min_, self.data_max_, self.data_range_ = least, greatest, width
        self._width, self.scale_ = size, (high - low) / size
        self.min_ = low - least * self.scale_
        self.n_samples_seen_ = len(matrix) + (0 if first else self.n_samples_seen_)
        return self

    def _center_and_size(self) -> tuple[Array, Array]:
        return self.data_min_, self._width

    def _place(self, z: Array) -> None:
        # After the subtraction, not folded into one product: so a column around 1e9 keeps its digits, and the ends of
        # a column go exactly to low and high.
        low, high = _pair("feature_range", self.feature_range)
        if (low, high) != (0.0, 1.0):
            z *= high - low
            z += low

    def _inverse(self, z: Array) -> Array:
        low, high = _pair("feature_range", self.feature_range)
        return (z - low) / (high - low) * self._width + self.data_min_

    def _formula(self) -> str:
        return "z = low + (high - low) (x - least) / (greatest - least)"


class RobustScaler(Scaler):
    """z = (x - median) / (upper quantile - lower quantile), column by column: a few outliers change nothing.

    Quantiles are interpolated linearly between the two nearest rows. A column whose quantiles agree is divided by 1.

    Parameters
    ----------
    with_centering, with_scaling : bool
        Whether to subtract the median, and to divide by the distance of the quantiles.
    quantile_range : (lower, upper)
        In percent; (25, 75) is the interquartile range.

    Attributes
    ----------
    center_, scale_ : arrays (features,); None where they are not wanted

    >>> RobustScaler().fit_transform([[1.0], [2.0], [3.0], [4.0], [1000.0]]).ravel()
    array([ -1. ,  -0.5,   0. ,   0.5, 498.5])
    """

    center_: Array | None
    scale_: Array | None

    def __init__(
        self,
        *,
        with_centering: bool = True,
        with_scaling: bool = True,
        quantile_range: tuple[float, float] = (25.0, 75.0),
    ):
        self.with_centering = with_centering
        self.with_scaling = with_scaling
        self.quantile_range = quantile_range

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn median and quantiles of the columns of X (rows, features); y is not looked at."""
        lower, upper = _pair("quantile_range", self.quantile_range, least=0, greatest=100, example="(25, 75)")
        self._forget()
        matrix = self._learn_features(X)
        with np.errstate(over="ignore", invalid="ignore"):
            columns = [np.percentile(column, (lower, 50, upper)) for column in matrix.astype(np.float64, copy=False).T]
            low, middle, high = np.array(columns).T
            width = high - low
        names = self.__dict__.get("feature_names_in_")
        size = _sizes(width, np.maximum(-low, high), "distance of quantiles", matrix.dtype, names)
        self.center_ = middle if self.with_centering else None
        self.scale_ = size if self.with_scaling else None
        return self

    def _center_and_size(self) -> tuple[Array, Array]:
        return 0.0 if self.center_ is None else self.center_, 1.0 if self.scale_ is None else self.scale_

    def _formula(self) -> str:
        return "z = (x - median) / (upper quantile - lower quantile)"


def _pair(
    name: str, pair: Any, least: float = -np.inf, greatest: float = np.inf, example: str = "(0, 1)"
) -> tuple[float, float]:
    """Two finite numbers, the first below the second."""
    try:
        low, high = (float(end) for end in pair)
    except (TypeError, ValueError):
        low = high = np.nan
    if not (least <= low < high <= greatest and np.isfinite(high - low)):
        limits = "" if least == -np.inf else f" between {least:g} and {greatest:g}"
        raise InputError(f"{name} must be two numbers{limits}, the smaller one first; got {pair!r}. Try {example}.")
    return low, high
