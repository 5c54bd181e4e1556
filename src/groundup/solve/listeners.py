"""What watches a training. A listener is a function of the state; a sentence that it returns ends the loop."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.solve.loop import Listener, State


class History:
    """One line an epoch, the start included: loss, gap, gradient norm, learning rate, weights and bias.

    The loss is that of all rows, also with mini-batches, so that the lines can be compared.
    """

    def __init__(self) -> None:
        self.lines: list[tuple[Any, ...]] = []

    def __call__(self, state: State) -> None:
        """Write a line where an epoch starts."""
        if state.epoch_starts:
            whole = state.whole
            norm = math.sqrt(float(np.dot(whole.gradient, whole.gradient)))
            line = (state.step, state.epoch, whole.value, state.gap, norm, state.learning_rate)
            self.lines.append((*line, state.weights, state.bias))

    def arrays(self) -> dict[str, Array]:
        """The columns, as arrays."""
        names = ("step", "epoch", "loss", "gap", "gradient_norm", "learning_rate", "weights", "bias")
        columns = zip(*self.lines, strict=True) if self.lines else ((),) * len(names)
        return {name: np.array(column) for name, column in zip(names, columns, strict=True)}


def converged(tolerance: float) -> Listener:
    """Ends the loop at the minimum, and only there: never because a step was small.

    Where the gap is known: sqrt(gap / gap at the start) <= tolerance, the share of the way that is left, in the
    distance that the loss itself measures. Elsewhere: |gradient| <= tolerance |gradient at the start|.
    """
    first: dict[str, float] = {}

    def listen(state: State) -> str | None:
        if not state.epoch_starts:
            return None
        gap, g = state.gap, state.whole.gradient
        norm = math.sqrt(float(np.dot(g, g)))
        if state.step == 0 or not first:
            first["gap"], first["norm"] = gap, norm
        if not math.isnan(gap):
            if gap <= tolerance**2 * first["gap"]:
                return f"converged: the loss is {gap:.2g} above its minimum of {state.whole.value - gap:.6g}"
        elif norm <= tolerance * first["norm"]:
            return f"converged: the gradient's norm fell from {first['norm']:.3g} to {norm:.3g}"
        return None

    return listen
