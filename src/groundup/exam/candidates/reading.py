# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""From whatever a training hands back to weights and a bias."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling

Array = Any


def number(value: Any) -> float:
    """The only number in there."""
    values = np.asarray(plain(value), dtype=float).ravel()
    if values.size != 1:
        raise ValueError(f"one number was expected; got an array of shape {np.shape(value)}")
    return float(values[0])


def first_of(thing: Any, names: tuple[str, ...]) -> Any:
    """The first of these attributes or entries that is there and is not None."""
    for name in names:
        value = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
        if value is not None and not callable(value):
            return value
    return None


def weights_and_bias(result: Any, columns: int) -> tuple[Array | None, Array | None]:
    """Weights and bias as arrays, or None where they are not there.

    A tuple is (weights, bias) in either order, perhaps with more behind; a dict or an object names them; one array is
    weights, whose length tells whether the bias is among them.
    """
    pair: Any = result
    for part in result if isinstance(result, tuple | list) else (result,):
        if hasattr(part, "named_parameters"):
            return _of_module(part)
    if isinstance(result, tuple | list) and len(pair) >= 2 and (isinstance(result, tuple) or np.ndim(pair[0]) > 0):
        return _ordered(pair[0], pair[1], columns)
    if isinstance(result, np.ndarray | list) or np.isscalar(result):
        return _array(result), None
    weights, bias = first_of(result, spelling.WEIGHTS), first_of(result, spelling.BIASES)
    return _array(weights), _array(bias)


def _of_module(module: Any) -> tuple[Array | None, Array | None]:
    """Of a module of PyTorch with one layer; nothing of a deeper one."""
    found = [np.asarray(plain(value), dtype=float) for _, value in module.named_parameters()]
    if not 0 < len(found) <= 2:
        return None, None
    weights = max(found, key=np.ndim)
    bias = next((value for value in found if value is not weights), None)
    return weights.ravel() if 1 in weights.shape else weights, bias


def _ordered(first: Any, second: Any, columns: int) -> tuple[Array, Array | None]:
    a, b = _array(first), _array(second)
    if a is not None and b is not None and a.size < columns <= b.size and b.size % columns == 0:
        return b, a
    if a is not None and b is not None and a.ndim == 0 < b.ndim and b.size == columns == 1:
        return b, a
    if b is not None and (a is None or b.size * columns > a.size + columns):
        return a, None  # a history, not a bias
    return a, b


def _array(value: Any) -> Array | None:
    if value is None:
        return None
    try:
        return np.asarray(plain(value), dtype=float)
    except (TypeError, ValueError, RuntimeError):
        return None


def plain(value: Any) -> Any:
    """A tensor that PyTorch could still differentiate, as an array; anything else as it is."""
    return value.detach().numpy() if hasattr(value, "detach") else value


def rows_of(result: Any, size: int) -> list[Array]:
    """Rows of so many real numbers among what an object or a dict keeps, by whatever name."""
    kept = result if isinstance(result, Mapping) else getattr(result, "__dict__", {})
    found = [v for v in kept.values() if isinstance(v, np.ndarray) and v.dtype.kind == "f" and v.size == size]
    return [v.ravel() for v in found if max(v.shape, default=0) == size]


def as_matrix(weights: Array, columns: int, classes: int) -> Array | None:
    """(columns, classes), whichever way round they were kept."""
    if weights.shape == (columns, classes):
        return weights
    return weights.T if weights.shape == (classes, columns) else None


def as_matrices(weights: Array, columns: int, classes: int) -> list[Array]:
    """The same, both ways round where there are as many of the one as of the other."""
    found = as_matrix(weights, columns, classes)
    return [] if found is None else [found] if columns != classes else [found, found.T]


def single_precision(result: Any, steps: bool = True) -> bool:
    """Whether what it learnt is kept in single precision: tensors, as PyTorch does by itself, or all arrays of steps.

    Who solves at once loses half of its digits by that, where who steps loses the last ones only.

    >>> w, b = np.zeros(3, dtype=np.float32), np.float32(0)
    >>> single_precision((w, b)), single_precision({"coef": w, "intercept": np.float64(0)})
    (True, False)
    """
    parts = list(result) if isinstance(result, tuple | list) else [result]
    parts += list(getattr(result, "__dict__", {}).values())
    tensors = [value for part in parts if hasattr(part, "named_parameters") for _, value in part.named_parameters()]
    tensors += [part for part in parts if hasattr(part, "detach")]
    if any("float32" in str(tensor.dtype) for tensor in tensors):
        return True
    kinds = {value.dtype for part in parts if steps for value in _numbers(part) if value.dtype.kind == "f"}
    return kinds == {np.dtype(np.float32)}


def _numbers(part: Any) -> list[Any]:
    """Arrays and numbers of NumPy: this one, or those in a dict or in a list; numbers in a list are a history."""
    if isinstance(part, np.ndarray | np.floating):
        return [part]
    if isinstance(part, Mapping):
        return [number for value in part.values() for number in _numbers(value)]
    return [value for value in part if isinstance(value, np.ndarray)] if isinstance(part, tuple | list) else []
