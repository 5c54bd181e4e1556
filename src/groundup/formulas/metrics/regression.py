"""How far numbers are from numbers: R², explained variance, and the errors that are not losses.

Shapes: y and prediction are (rows,) or (rows, outputs); (n,) and (n, 1) are the same column, and nothing is broadcast.
`multioutput="uniform_average"` gives the mean over the outputs as a float, "raw_values" one number for each output.
Rows of weight 0 count as if they were not there. NumPy, PyTorch, CuPy, JAX and array-api-strict arrays run alike.
"""

from __future__ import annotations

import math
from types import ModuleType
from typing import Literal

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.metrics._check import Rows, mean, one_of, rows, undefined

MultiOutput = Literal["uniform_average", "raw_values"]


@np.errstate(all="ignore")
def r2(
    y: Array, prediction: Array, *, sample_weight: Array | None = None, multioutput: MultiOutput = "uniform_average"
) -> float | Array:
    """1 - Σ w (y - prediction)² / Σ w (y - ȳ)²: the share of the variance of y that the prediction explains.

    ȳ is the weighted mean of y. 1 is perfect, 0 is no better than ȳ, and there is no lower end. The deviations are
    taken after y has been shifted, so an offset of 1e9 costs no digits.

    Undefined, with a warning: a constant y gives 1.0 for a perfect prediction and 0.0 for any other; fewer than two
    rows give nan. Raises InputError for rows that do not match, NaN, or weights that cannot be weights.

    >>> r2([1.0, 2.0, 3.0], [1.0, 2.0, 4.0])
    0.5

    Wright, Correlation and causation (1921); Draper and Smith, Applied Regression Analysis, chapter 1.
    """
    one_of("multioutput", multioutput, "uniform_average", "raw_values")
    xp, y, prediction, weight, given = _rescaled(rows(y, prediction, sample_weight))
    if given < 2:
        undefined("R² needs at least two rows and is nan for one; measure more rows.")
        return _combine(xp, xp.full_like(y[0, :], math.nan), multioutput)
    missed = mean(xp, (y - prediction) ** 2, weight)
    return _combine(xp, _explained(xp, missed, mean(xp, _deviation(xp, y, weight) ** 2, weight)), multioutput)


@np.errstate(all="ignore")
def adjusted_r2(y: Array, prediction: Array, n_features: int, *, sample_weight: Array | None = None) -> float:
    """1 - (1 - R²) (n - 1) / (n - n_features - 1): R² with a price on every feature.

    n counts the rows of positive weight. One output only.

    Undefined, with a warning: nan unless n > n_features + 1, because such a model can fit anything.
    Raises InputError as `r2` does, and for a negative n_features.

    >>> round(adjusted_r2([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 5.0], n_features=1), 12)
    0.7

    Theil, Economic Forecasts and Policy (1961).
    """
    if n_features < 0:
        raise InputError(f"n_features must be at least 0; came {n_features}. Count the columns of X, not the bias.")
    given = rows(y, prediction, sample_weight)
    _one_output(given)
    free = given.y.shape[0] - n_features - 1
    if free <= 0:
        undefined(
            f"Adjusted R² needs more than n_features + 1 = {n_features + 1} rows and is nan for {given.y.shape[0]}; "
            "measure more rows."
        )
        return math.nan
    return 1 - (1 - float(r2(y, prediction, sample_weight=sample_weight))) * (given.y.shape[0] - 1) / free


@np.errstate(all="ignore")
def explained_variance(
    y: Array, prediction: Array, *, sample_weight: Array | None = None, multioutput: MultiOutput = "uniform_average"
) -> float | Array:
    """1 - Var(y - prediction) / Var(y): R² that forgives a constant error.

    Undefined, with a warning: a constant y gives 1.0 where the error is constant too, and 0.0 otherwise.
    Raises InputError as `r2` does.

    >>> explained_variance([1.0, 2.0, 3.0], [11.0, 12.0, 13.0])
    1.0

    Draper and Smith, Applied Regression Analysis, chapter 1.
    """
    one_of("multioutput", multioutput, "uniform_average", "raw_values")
    xp, y, prediction, weight, _ = _rescaled(rows(y, prediction, sample_weight))
    missed = mean(xp, _deviation(xp, y - prediction, weight) ** 2, weight)
    return _combine(xp, _explained(xp, missed, mean(xp, _deviation(xp, y, weight) ** 2, weight)), multioutput)


@np.errstate(all="ignore")
def median_absolute_error(
    y: Array, prediction: Array, *, sample_weight: Array | None = None, multioutput: MultiOutput = "uniform_average"
) -> float | Array:
    """median |y - prediction|: half of the weight misses by less, half by more; outliers do not move it.

    Where exactly half of the weight lies below a gap, it is the middle of the gap.

    >>> median_absolute_error([1.0, 2.0, 3.0], [1.5, 2.0, 99.0])
    0.5

    Hampel, The influence curve and its role in robust estimation, JASA 69 (1974).
    """
    one_of("multioutput", multioutput, "uniform_average", "raw_values")
    xp, y, prediction, weight, _ = rows(y, prediction, sample_weight)
    miss = xp.abs(y - prediction)
    return _combine(xp, xp.stack([_median(xp, miss[:, j], weight) for j in range(miss.shape[1])]), multioutput)


@np.errstate(all="ignore")
def mape(
    y: Array, prediction: Array, *, sample_weight: Array | None = None, multioutput: MultiOutput = "uniform_average"
) -> float | Array:
    """Σ w |y - prediction| / |y| / Σ w: the average miss as a share of the label (0.1 is ten per cent).

    Undefined, with a warning: where |y| is below 2.2e-16 it counts as 2.2e-16, so the number is huge but finite.

    >>> mape([10.0, 20.0], [11.0, 18.0])
    0.1

    Hyndman and Koehler, Another look at measures of forecast accuracy, IJF 22 (2006).
    """
    one_of("multioutput", multioutput, "uniform_average", "raw_values")
    xp, y, prediction, weight, _ = rows(y, prediction, sample_weight)
    smallest = float(np.finfo(np.float64).eps)
    if bool(xp.any(xp.abs(y) < smallest)):
        undefined("A share of the label 0 has no value; such labels count as 2.2e-16. Use mae, or leave them out.")
    size = xp.where(xp.abs(y) < smallest, xp.full_like(y, smallest), xp.abs(y))
    return _combine(xp, mean(xp, xp.abs(y - prediction) / size, weight), multioutput)


@np.errstate(all="ignore")
def max_error(
    y: Array, prediction: Array, *, sample_weight: Array | None = None, multioutput: MultiOutput = "uniform_average"
) -> float | Array:
    """max |y - prediction|: the worst miss among the rows of positive weight.

    >>> max_error([1.0, 2.0, 3.0], [1.5, 2.0, 1.0])
    2.0

    Chebyshev's norm of the residuals; Boyd and Vandenberghe, Convex Optimization, 6.1.
    """
    one_of("multioutput", multioutput, "uniform_average", "raw_values")
    xp, y, prediction, _, _ = rows(y, prediction, sample_weight)
    return _combine(xp, xp.max(xp.abs(y - prediction), axis=0), multioutput)


@np.errstate(all="ignore")
def pinball(
    y: Array,
    prediction: Array,
    quantile: float = 0.5,
    *,
    sample_weight: Array | None = None,
    multioutput: MultiOutput = "uniform_average",
) -> float | Array:
    """Σ w max(q (y - prediction), (q - 1) (y - prediction)) / Σ w with q = quantile: the cost of a missed quantile.

    For quantile = 0.9 a prediction that is too low costs nine times one that is too high. At 0.5 it is half of the
    mean absolute error. Raises InputError unless 0 ≤ quantile ≤ 1.

    >>> pinball([1.0, 2.0], [2.0, 1.0], quantile=0.75)
    0.5

    Koenker and Bassett, Regression quantiles, Econometrica 46 (1978).
    """
    one_of("multioutput", multioutput, "uniform_average", "raw_values")
    if not 0 <= quantile <= 1:
        raise InputError(f"quantile must lie between 0 and 1; came {quantile!r}. Use 0.9 for the 90th percentile.")
    xp, y, prediction, weight, _ = rows(y, prediction, sample_weight)
    above = y - prediction
    return _combine(xp, mean(xp, xp.where(above >= 0, quantile * above, (quantile - 1) * above), weight), multioutput)


def _one_output(given: Rows) -> None:
    if given.y.shape[1] != 1:
        raise InputError(f"This metric takes one output; came {given.y.shape[1]} columns. Measure them one by one.")


def _rescaled(given: Rows) -> Rows:
    """The same rows times a power of two: ratios of squares stay as they are, and no square over- or underflows."""
    xp, y, prediction, *_ = given
    largest = max(float(xp.max(xp.abs(y))), float(xp.max(xp.abs(prediction))))
    scale = math.ldexp(1.0, -min(max(math.frexp(largest)[1], -1000), 1000))
    return given._replace(y=y * scale, prediction=prediction * scale)


def _deviation(xp: ModuleType, x: Array, weight: Array) -> Array:
    """x - x̄, by way of the first row: a constant x gives exact zeros, and a large offset is gone before any mean."""
    shifted = x - x[:1, :]
    return shifted - mean(xp, shifted, weight)


def _explained(xp: ModuleType, missed: Array, spread: Array) -> Array:
    """1 - missed / spread; for a constant target 1 where nothing is missed, 0 where something is."""
    constant = spread == 0
    if bool(xp.any(constant)):
        undefined("y is constant, so there is no variance to explain: 1.0 if perfect, else 0.0. Use mae or mse.")
    ratio = missed / xp.where(constant, xp.ones_like(spread), spread)
    return 1 - xp.where(constant, xp.astype(missed > 0, missed.dtype), ratio)


def _median(xp: ModuleType, x: Array, weight: Array) -> Array:
    order = xp.argsort(x)
    x, reached = xp.take(x, order), xp.cumulative_sum(xp.take(weight, order))
    half, total = 0.5 * reached[-1], float(reached[-1])
    # Half the weight is reached "exactly" up to the rounding of the running sum.
    slack = 8 * float(xp.finfo(x.dtype).eps) * total
    low = int(xp.sum(xp.astype(reached < half - slack, xp.int64)))
    high = int(xp.sum(xp.astype(reached <= half + slack, xp.int64)))
    return 0.5 * x[low] + 0.5 * x[high]


def _combine(xp: ModuleType, outputs: Array, multioutput: MultiOutput) -> float | Array:
    return outputs if multioutput == "raw_values" else float(xp.mean(outputs))
