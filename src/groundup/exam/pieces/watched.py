# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""The weights that are handed to an early stopper, in each shape that one may want, and what they are worth.

All their numbers are one number, their level, and they are changed in place, as optimisers change them: whoever keeps
them by reference has the last level.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

Array = Any
SHAPES = ("list", "dict", "array", "layers", "model")
"""In the order in which they are tried."""
BIASES = ("b", "bias", "biases", "intercept", "intercept_", "b_", "bias_")
DICTS = ("params", "parameters", "state", "weights_dict")
LISTS = ("layers", "weights_list")


class Model:
    """One that has weights and biases under every usual name, and hands out its own arrays."""

    def __init__(self, W: Array, b: Array):
        vars(self).update(W=W, b=b)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "W" not in vars(self):
            raise AttributeError(name)
        if name in DICTS:
            return dict(vars(self))
        if name in LISTS:
            return [*vars(self).values()]
        if not _is_weights(name):
            raise AttributeError(name)
        return vars(self)["b" if name in BIASES else "W"]

    def __setattr__(self, name: str, value: Any) -> None:
        if name in DICTS:
            vars(self).update(value)
        elif name in LISTS:
            vars(self).update(zip("Wb", value, strict=True))
        else:
            vars(self)["b" if name in BIASES else "W" if _is_weights(name) else name] = value

    def get_weights(self) -> list[Array]:
        """Copies, as Keras gives them."""
        return [self.W.copy(), self.b.copy()]

    def set_weights(self, weights: Any) -> None:
        """Put these numbers in."""
        for own, new in zip((self.W, self.b), weights, strict=True):
            own[...] = new

    def state_dict(self) -> dict[str, Array]:
        """The arrays themselves, as PyTorch gives them."""
        return {"W": self.W, "b": self.b}

    def load_state_dict(self, state: Any) -> None:
        """Put these numbers in."""
        self.set_weights([state["W"], state["b"]])

    def get_params(self) -> dict[str, Array]:
        """Copies."""
        return {"W": self.W.copy(), "b": self.b.copy()}

    def set_params(self, params: Any) -> None:
        """Put these numbers in."""
        self.load_state_dict(params)


def _is_weights(name: str) -> bool:
    return name in BIASES or bool(re.fullmatch(r"w|weights?|coefs?|theta|beta|coefficients", name.strip("_").lower()))


class Box:
    """Weights of two rows and their biases, as one shape wants them."""

    def __init__(self, shape: str):
        self.W, self.b = np.zeros((2, 3)), np.zeros(3)
        shapes: dict[str, Any] = {
            "list": [self.W, self.b],
            "dict": {"W": self.W, "b": self.b},
            "array": self.W,
            "layers": [{"W": self.W, "b": self.b}],
            "model": Model(self.W, self.b),
        }
        self.inside = shapes[shape]

    def fill(self, number: float) -> None:
        """The next weights, in place."""
        self.W.fill(number)
        self.b.fill(number)


def level(thing: Any) -> float | None:
    """The number that all of them are, the largest where they differ; None where there are no arrays.

    >>> level([np.ones(2), np.ones(3)]), level({"b": np.arange(3.0)}), level(3.0)
    (1.0, 2.0, None)
    """
    found = numbers(thing)
    return float(found.max()) if found.size > 1 else None


def numbers(thing: Any) -> Array:
    """All numbers of the arrays in it, in a row."""
    if isinstance(thing, Model):
        thing = [*vars(thing).values()]
    if isinstance(thing, dict):
        thing = [*thing.values()]
    if isinstance(thing, np.ndarray):
        return thing.ravel().astype(float) if thing.dtype.kind in "fiu" and thing.ndim else np.zeros(0)
    if isinstance(thing, list | tuple):
        return np.concatenate([np.zeros(0), *map(numbers, thing)])
    return np.zeros(0)
