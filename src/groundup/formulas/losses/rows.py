"""Labels, predictions and weights of a metric, brought to one shape or refused in a sentence."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np

from groundup._arrays import Array, floating, like
from groundup.errors import InputError, InputTypeError


def as_rows(y: Array, prediction: Array, *, rowwise: bool) -> tuple[Array, Array]:
    """(prediction, y) as matrices of one shape and library.

    A vector is a column of rows; for a loss of whole rows it is one row.

    >>> as_rows([1, 2], [[3.0], [4.0]], rowwise=False)[1]
    array([[1.],
           [2.]])
    """
    try:
        xp, z = floating(prediction)
    except (TypeError, ValueError):
        raise InputTypeError(
            f"predictions must be numbers; got {prediction!r:.80}. Pass scores or values, not labels as text."
        ) from None
    with np.errstate(all="ignore"):
        y = like(xp, z, y)
    given = tuple(y.shape), tuple(z.shape)
    y, z = (_matrix(xp, x, rowwise=rowwise) for x in (y, z))
    if y.shape != z.shape:
        raise InputError(
            f"y and prediction must have one shape; got y {given[0]} and prediction {given[1]}. "
            + ("Class numbers become rows by one_hot(y)." if rowwise else "Give one prediction for each label.")
        )
    if math.prod(z.shape) == 0:
        raise InputError(f"a metric needs at least one row; got the shape {given[1]}. Check the filter before it.")
    return z, y


def _matrix(xp: ModuleType, x: Array, *, rowwise: bool) -> Array:
    if x.ndim >= 2:
        return x
    return xp.reshape(x, (1, -1) if rowwise else (-1, 1))


def check_weights(sample_weight: Array | None, z: Array) -> Array | None:
    """The weights as a column of the library of z, or an InputError that names the row.

    >>> check_weights([1, -1], np.zeros((2, 1)))
    Traceback (most recent call last):
    groundup.errors.InputError: sample_weight must be finite and at least 0; row 1 holds -1.0. A weight of 0 leaves ...
    """
    if sample_weight is None:
        return None
    xp, z = floating(z)
    with np.errstate(all="ignore"):
        weights = like(xp, z, sample_weight)
    rows = z.shape[0]
    if tuple(weights.shape) not in ((rows,), (rows, 1)):
        raise InputError(
            f"sample_weight must hold one weight for each of the {rows} rows; got the shape {tuple(weights.shape)}. "
            "Leave it out to count every row once."
        )
    weights = xp.reshape(weights, (rows, 1))
    for row in range(rows) if not bool(xp.all((weights >= 0) & xp.isfinite(weights))) else ():
        weight = float(weights[row, 0])
        if not 0 <= weight < math.inf:
            raise InputError(
                f"sample_weight must be finite and at least 0; row {row} holds {weight!r}. "
                "A weight of 0 leaves a row out."
            )
    if not float(xp.sum(weights)) > 0:
        raise InputError("sample_weight must not be 0 for every row; got only zeros. Keep at least one row.")
    return weights
