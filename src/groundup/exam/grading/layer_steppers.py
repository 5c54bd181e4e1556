# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Optimisers that step a layer at once: update(layer), with the layer's own names, or update(weights, bias, dw, db).

What such an optimiser does before and after each step, as `post_update_params` counts it, is done with the step.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling

Array = Any
LAYERS = ("layer", "l", "model", "module", "network", "lyr")
SPELLINGS: dict[str, tuple[str, ...]] = {
    "weights": ("weights", "w", "weight"),
    "biases": ("biases", "b", "bias"),
    "dweights": ("dweights", "dw", "d_weights", "grad_weights", "weights_grad", "grad_w", "weight_gradients"),
    "dbiases": ("dbiases", "db", "d_biases", "dbias", "grad_biases", "biases_grad", "grad_b", "bias_gradients"),
}
"""What the four parts of a layer are called."""
PAIR = [*SPELLINGS]
BEFORE = ("pre_update_params", "pre_update", "pre_step", "before_update", "before_step")
AFTER = ("post_update_params", "post_update", "post_step", "after_update", "after_step")
"""What is called around a step without arguments."""


class Layer:
    """Weights, biases and their gradients under every usual name; what an optimiser keeps on it stays there."""

    def __init__(self, **parts: Array):
        vars(self).update(parts)

    def __getattr__(self, name: str) -> Any:
        word = _word(name)
        if not word:
            raise AttributeError(name)
        return vars(self)[word]

    def __setattr__(self, name: str, value: Any) -> None:
        vars(self)[_word(name) or name] = value


def _word(name: str) -> str:
    return next((word for word, names in SPELLINGS.items() if spelling.plain(name) in names), "")


def with_hooks(owner: Any, step: str) -> Callable[..., Any]:
    """Its step, and what it does before and after each, in one call of the step's own arguments.

    >>> class Counting:
    ...     t = 0
    ...     def update_params(self, w, g):
    ...         return w - g / (self.t + 1)
    ...     def post_update_params(self):
    ...         self.t += 1
    >>> step = with_hooks(Counting(), "update_params")
    >>> step(1.0, 0.5), step(1.0, 0.5)
    (0.5, 0.75)
    """
    function = getattr(owner, step)
    hooks = [
        next((getattr(owner, n) for n in names if callable(getattr(owner, n, None))), None) for names in (BEFORE, AFTER)
    ]
    before, after = (hook if hook is not None and not spelling.parameters(hook) else None for hook in hooks)
    if before is after is None:
        return function

    @functools.wraps(function)
    def whole(*arguments: Any, **named: Any) -> Any:
        if before is not None:
            before()
        found = function(*arguments, **named)
        if after is not None:
            after()
        return found

    return whole


def wanted(names: Sequence[str]) -> str:
    """ "layer" or "pair", as the arguments of a step say; empty where they say neither."""
    bare = [spelling.plain(name) for name in names]
    if len(bare) == 1 and bare[0] in LAYERS:
        return "layer"
    return "pair" if [_word(name) for name in bare] == PAIR else ""


def stepped(function: Any, kind: str, w: Array, g: Array, kept: list[Any]) -> Array:
    """Where the parameters go: half of them are the weights of one row, half the biases of a row."""
    half = w.size // 2
    parts = [part.reshape(1, -1).copy() for part in (w[:half], w[half:], g[:half], g[half:])]
    if kind == "pair":
        out = function(*parts)
        weights, biases = parts[:2] if out is None else out[:2]
    else:
        kept[:] = kept or [Layer(**dict(zip(PAIR, parts, strict=True)))]
        vars(kept[0]).update(zip(PAIR, parts, strict=True))
        function(kept[0])
        weights, biases = kept[0].weights, kept[0].biases
    return np.concatenate([np.ravel(weights), np.ravel(biases)])
