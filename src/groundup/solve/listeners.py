"""What watches a training. A listener is a function of the state; a sentence that it returns ends the loop."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.solve.loop import Listener, State

MANY = 10_000
"""Above so many parameters a history keeps no weights: a thousand epochs of them would fill the memory."""

COLUMNS = ("step", "epoch", "loss", "gap", "gradient_norm", "learning_rate", "weights", "bias", "validation_loss")


class History:
    """One line an epoch, the start included: loss, gap, gradient norm, learning rate, weights and bias.

    The loss is that of all rows, also with mini-batches, so that the lines can be compared. With early stopping there
    is the loss on the validation part too.
    """

    def __init__(self) -> None:
        self.lines: list[tuple[Any, ...]] = []

    def __call__(self, state: State) -> None:
        """Write a line where an epoch starts."""
        if state.epoch_starts:
            whole = state.whole
            line = (state.step, state.epoch, whole.value, state.gap, length(whole.gradient), state.learning_rate)
            few = state.parameters.size <= MANY
            model = state.training.objective.model
            weights = model.weights_and_bias(state.parameters) if few else (np.zeros(0), np.zeros(0))
            self.lines.append((*line, *weights, state.validation_loss))

    def arrays(self) -> dict[str, Array]:
        """The columns, as arrays."""
        columns = zip(*self.lines, strict=True) if self.lines else ((),) * len(COLUMNS)
        arrays: dict[str, Array] = {name: np.array(column) for name, column in zip(COLUMNS, columns, strict=True)}
        if np.isnan(arrays["validation_loss"]).all():
            del arrays["validation_loss"]
        return arrays

    def memory(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        columns = zip(*self.lines, strict=True) if self.lines else ((),) * len(COLUMNS)
        return {name: np.array(column) for name, column in zip(COLUMNS, columns, strict=True)}

    def recall(self, memory: dict[str, Any]) -> None:
        """Go on from what a checkpoint kept."""
        plain = [list(memory[name]) if name in ("weights", "bias") else memory[name].tolist() for name in COLUMNS]
        self.lines = list(zip(*plain, strict=True))


class Converged:
    """Ends the loop at the minimum, and only there: never because a step was small.

    Where the gap is known: sqrt(gap / gap at the start) <= tolerance, the share of the way that is left, in the
    distance that the loss itself measures. Elsewhere: |gradient| <= tolerance |gradient at the start|.
    """

    def __init__(self, tolerance: float):
        self.tolerance = tolerance
        self.first: dict[str, float] = {}

    def __call__(self, state: State) -> str | None:
        """Say so where it has converged."""
        if not state.epoch_starts:
            return None
        gap, g = state.gap, state.whole.gradient
        norm, first = length(g), self.first
        if state.step == 0 or not first:
            first["gap"], first["norm"] = gap, norm
        if not math.isnan(gap):
            if gap <= self.tolerance**2 * first["gap"]:
                return f"converged: the loss is {gap:.2g} above its minimum of {state.whole.value - gap:.6g}"
        elif norm <= self.tolerance * first["norm"]:
            return f"converged: the gradient's norm fell from {first['norm']:.3g} to {norm:.3g}"
        return None

    def memory(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return dict(self.first)

    def recall(self, memory: dict[str, Any]) -> None:
        """Go on from what a checkpoint kept."""
        self.first = {name: float(value) for name, value in memory.items()}


def length(g: Array) -> float:
    """|g|, also where its square is no float: infinity is at most any share of infinity, and 0 of 0.

    >>> print(f"{length(np.array([3e200, 4e200])):.3g} {length(np.array([3e-200, 4e-200])):.3g}")
    5e+200 5e-200
    """
    with np.errstate(over="ignore"):
        square = float(np.dot(g, g))
    if 1e-280 < square < math.inf:
        return math.sqrt(square)
    top = float(np.abs(g).max(initial=0.0))
    if not 0 < top < math.inf:
        return top
    return top * math.sqrt(float(np.dot(g / top, g / top)))


def converged(tolerance: float) -> Listener:
    """A listener that ends the loop at the minimum."""
    return Converged(tolerance)
