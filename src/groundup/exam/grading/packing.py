# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""How parameters and their gradients are handed to an optimiser, and how they are read again.

list        [w]                       with [g]
array       w                         with g
dict        {"W1": w}                 with {"W1": g}, where "dW1" and "W1_grad" are found too
prefixed    {"W1": w}                 with {"dW1": g}
layered     {"W1": ..., "b1": ...}    with {"dW1": ..., "db1": ...}
layers      [{"W": ..., "b": ...}, {"W": ..., "b": ...}] with the same of gradients
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
SHAPES = ("list", "array", "dict", "prefixed", "layered", "layers")
"""In the order in which they are tried."""


class Slopes(dict[str, Any]):
    """Gradients by the names of their parameters, which are found under dW1 and W1_grad too."""

    def __missing__(self, name: str) -> Any:
        own = next((key for key in self if name in (f"d{key}", f"d_{key}", f"{key}_grad", f"grad_{key}")), "")
        if not own:
            raise KeyError(name)
        return self[own]


def packed(a: Array, shape: str, slope: str = "") -> Any:
    """The numbers in that shape; as gradients where `slope` is given.

    >>> packed(np.array([1.0, 2.0]), "list")
    [array([1., 2.])]
    """
    if shape in ("list", "array"):
        return [a] if shape == "list" else a
    if shape == "layers":
        made = [dict(zip("Wb", np.split(half, 2), strict=True)) for half in np.split(a, 2)]
        return [Slopes(layer) for layer in made] if slope else made
    names: list[str] = ["W1", "b1"] if shape == "layered" else ["W1"]
    box: dict[str, Array] = dict(zip(names, np.split(a, len(names)), strict=True))
    return slopes_of(box, shape) if slope else box


def slopes_of(box: dict[str, Array], shape: str) -> dict[str, Array]:
    """Gradients under the names that the shape has for them."""
    return Slopes(box) if shape == "dict" else {f"d{name}": g for name, g in box.items()}


def inside(out: Any) -> Any:
    """The numbers of what was packed.

    >>> inside(packed(np.array([1.0, 2.0, 3.0, 4.0]), "layers"))
    array([1., 2., 3., 4.])
    """
    if isinstance(out, dict):
        return np.concatenate([*out.values()])
    if isinstance(out, list | tuple) and out and all(isinstance(layer, dict) for layer in out):
        return np.concatenate([inside(layer) for layer in out])
    return out[0] if isinstance(out, list | tuple) and np.ndim(out[0]) > 0 else out
