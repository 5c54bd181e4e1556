"""What every metric asks of its arrays before it computes: numbers, the same rows, weights that can be weights.

A metric is a judgement, so it never repairs: no broadcasting, no dropped NaN, no clipped probability without a word.
Numbers are computed in float64 wherever the device has it, so bool and uint8 labels cannot overflow.
"""

from __future__ import annotations

import inspect
import warnings
from types import ModuleType
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array, namespace
from groundup.errors import InputError, InputTypeError, UndefinedMetricWarning, twin


class Rows(NamedTuple):
    """Labels and predictions as matrices (rows, outputs), a weight for each row, and how many rows were given.

    Rows of weight zero are gone, because they must count as if they had never been there.
    """

    xp: ModuleType
    y: Array
    prediction: Array
    weight: Array
    given: int


def undefined(message: str) -> None:
    """Warn at the line that called the metric that its formula has no value here."""
    frame, level = inspect.currentframe(), 1
    while frame is not None and str(frame.f_globals.get("__name__")).startswith(("groundup.formulas.metrics", "numpy")):
        frame, level = frame.f_back, level + 1
    category = cast(type[Warning], twin(UndefinedMetricWarning, "UndefinedMetricWarning"))
    warnings.warn(message, category, stacklevel=level)


def to_numpy(x: Array) -> np.ndarray[Any, Any]:
    """`x` as a NumPy array, fetched from its device where it has one."""
    if bool(np.ma.is_masked(x)):
        raise InputTypeError(
            "A metric needs arrays without a mask; came a masked array. Leave its masked rows out first."
        )
    if hasattr(x, "detach"):
        x = x.detach().cpu()
    elif type(x).__module__.partition(".")[0] == "cupy":
        x = x.get()
    try:
        return np.asarray(x)
    except (ValueError, TypeError):
        raise InputError(
            f"A metric needs one array with rows of equal length; came a {type(x).__name__} that is none. "
            "Make its rows equally long."
        ) from None


def numbers(name: str, x: Array) -> tuple[ModuleType, Array]:
    """The namespace of `x`, and `x` in the widest floating-point type of its device."""
    xp = namespace(x)
    if xp is np:
        return np, _numpy_numbers(name, to_numpy(x))
    if not xp.isdtype(x.dtype, ("bool", "integral", "real floating")):
        raise InputTypeError(f"{name} must be real numbers; came {x.dtype}. Convert it first.")
    x = x.detach() if hasattr(x, "detach") else x
    info = xp.__array_namespace_info__()
    wide = info.dtypes(device=x.device, kind="real floating").get("float64", info.default_dtypes()["real floating"])
    return xp, xp.astype(x, wide)


def _numpy_numbers(name: str, x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if x.dtype.kind not in "biufO":
        raise InputTypeError(f"{name} must be numbers; came {x.dtype}. Convert it first, labels perhaps to 0 and 1.")
    try:
        return x.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InputTypeError(
            f"{name} must be numbers that float64 can hold; came an array of other objects. Convert it first."
        ) from None


def onto(xp: ModuleType, anchor: Array, x: Array) -> Array:
    """`x` in the library, the type and on the device of `anchor`."""
    if xp is np:
        return to_numpy(x).astype(anchor.dtype)
    if namespace(x) is not xp:
        x = np.ascontiguousarray(to_numpy(x))
    return xp.asarray(x, dtype=anchor.dtype, device=anchor.device)


def finite(name: str, xp: ModuleType, x: Array) -> None:
    """Raise InputError at the first NaN or infinity, with its row and column."""
    if bool(xp.all(xp.isfinite(x))):
        return
    where = np.argwhere(~np.isfinite(to_numpy(x)))[0]
    column = f", column {where[1]}" if x.ndim > 1 and x.shape[1] > 1 else ""
    raise InputError(
        f"{name} must be finite numbers; row {where[0]}{column} holds {float(x[tuple(int(i) for i in where)])}. "
        "Remove or fill in such rows, in both arrays, before measuring."
    )


def same_rows(**lengths: int) -> None:
    """Raise InputError unless all arrays have the same, nonzero number of rows."""
    (first, n), *others = lengths.items()
    if n == 0:
        raise InputError(f"A metric needs at least one row; {first} has none. Check how the rows were chosen.")
    for other, m in others:
        if m != n:
            raise InputError(
                f"{first} and {other} must have the same number of rows; they have {n} and {m}. "
                "Give both for the same rows."
            )


def matrix(name: str, xp: ModuleType, x: Array) -> Array:
    """`x` as a matrix (rows, outputs); (n,) is one column."""
    if x.ndim not in (1, 2) or (x.ndim == 2 and x.shape[1] == 0):
        raise InputError(
            f"{name} must have the shape (rows,) or (rows, outputs); came {tuple(x.shape)}. Reshape it first."
        )
    return xp.reshape(x, (-1, 1)) if x.ndim == 1 else x


def column(name: str, x: Array) -> Array:
    """`x` with one entry a row; (n, 1) is the same column as (n,)."""
    if x.ndim == 2 and x.shape[1] == 1:
        return x[:, 0]
    if x.ndim != 1:
        raise InputError(
            f"{name} must have one entry a row, the shape (rows,); came {tuple(x.shape)}. Choose one column."
        )
    return x


def weights(xp: ModuleType, anchor: Array, sample_weight: Array | None, n: int) -> Array:
    """One weight a row in the library of `anchor`; ones where none are given."""
    if sample_weight is None:
        return xp.ones(n, dtype=anchor.dtype) if xp is np else xp.ones(n, dtype=anchor.dtype, device=anchor.device)
    weight = onto(xp, anchor, column("sample_weight", numbers("sample_weight", sample_weight)[1]))
    same_rows(y=n, sample_weight=weight.shape[0])
    finite("sample_weight", xp, weight)
    if bool(xp.any(weight < 0)):
        row = int(np.argmax(to_numpy(weight) < 0))
        raise InputError(
            f"sample_weight must be at least 0; row {row} holds {float(weight[row])}. "
            "Give rows that should not count the weight 0."
        )
    total = float(xp.sum(weight))
    if not 0 < total < float("inf"):
        raise InputError(
            f"sample_weight must have a positive, finite sum; it is {total}. Give some row a weight, or leave it out."
        )
    return weight


@np.errstate(all="ignore")
def rows(y: Array, prediction: Array, sample_weight: Array | None) -> Rows:
    """Check labels, predictions and weights against each other; the answer lives where the prediction lives."""
    xp, prediction = numbers("prediction", prediction)
    y_xp, y = numbers("y", y)
    if xp is np and y_xp is not np:
        xp, prediction = y_xp, onto(y_xp, y, prediction)
    y, prediction = matrix("y", xp, onto(xp, prediction, y)), matrix("prediction", xp, prediction)
    same_rows(y=y.shape[0], prediction=prediction.shape[0])
    if y.shape[1] != prediction.shape[1]:
        raise InputError(
            f"y and prediction must have the same number of columns; they have {y.shape[1]} and {prediction.shape[1]}. "
            "Give one prediction for each output."
        )
    finite("y", xp, y)
    finite("prediction", xp, prediction)
    given = y.shape[0]
    weight = weights(xp, prediction, sample_weight, given)
    if sample_weight is not None and not bool(xp.all(weight > 0)):
        keep = xp.nonzero(weight > 0)[0]
        y, prediction, weight = (xp.take(a, keep, axis=0) for a in (y, prediction, weight))
    return Rows(xp, y, prediction, weight, given)


def mean(xp: ModuleType, x: Array, weight: Array) -> Array:
    """Σ w x / Σ w over the rows."""
    if x.ndim == 2:
        return xp.sum(x * xp.reshape(weight, (-1, 1)), axis=0) / xp.sum(weight)
    return xp.sum(x * weight) / xp.sum(weight)


def one_of(name: str, value: object, *known: object) -> None:
    """Raise InputError unless `value` is one of the known options."""
    if not any(value is option or (isinstance(value, str) and value == option) for option in known):
        raise InputError(f"{name} must be one of {', '.join(map(repr, known))}; came {value!r}. Choose one of these.")
