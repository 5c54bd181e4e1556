"""Which array library is this? The ground on which every formula stands.

A formula is written once, in the functions of the array API standard, and runs on whatever arrays it is given:
NumPy, PyTorch, JAX, CuPy. Lists and plain numbers become NumPy arrays on the way in.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from groundup.errors import MissingExtraError

Array = Any
"""An array of any library that follows the array API standard."""


def namespace(x: Array) -> ModuleType:
    """The module whose functions work on `x`: NumPy for its own arrays, lists and numbers.

    >>> namespace([1, 2]).__name__
    'numpy'
    """
    if isinstance(x, np.ndarray | np.generic | list | tuple | float | int):
        return np
    if type(x).__module__.partition(".")[0] in ("torch", "cupy"):
        try:
            from array_api_compat import array_namespace
        except ImportError:
            raise MissingExtraError("array_api_compat", extra="gpu", purpose="PyTorch and CuPy arrays") from None
        return array_namespace(x)
    if hasattr(x, "__array_namespace__"):
        return x.__array_namespace__()
    return np


def floating(x: Array) -> tuple[ModuleType, Array]:
    """The namespace of `x`, and `x` as an array of floating-point numbers.

    float32 stays float32; integers and booleans become the library's default, for NumPy float64.

    >>> floating([1, 2])[1]
    array([1., 2.])
    """
    if type(x) is np.ndarray and x.dtype.kind == "f":
        return np, x
    xp = namespace(x)
    if xp is np:
        x = np.asarray(x)
        return np, x if x.dtype.kind == "f" else x.astype(np.float64)
    if xp.isdtype(x.dtype, "real floating"):
        return xp, x
    return xp, xp.astype(x, xp.__array_namespace_info__().default_dtypes(device=x.device)["real floating"])


def like(xp: ModuleType, x: Array, value: Array) -> Array:
    """`value` in the library, the type and on the device of the array `x`.

    >>> like(np, np.zeros(1, np.float32), [1, 2]).dtype
    dtype('float32')
    """
    if xp is np:
        return np.asarray(value, dtype=x.dtype)
    return xp.asarray(value, dtype=x.dtype, device=x.device)
