"""One neuron of a network, to be looked at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.formulas.activations import Activation


class Neuron(NamedTuple):
    """output = f(score), score = inputs weights + bias.

    Printed for its first row, with the arithmetic:

    >>> from groundup.formulas.activations import relu
    >>> print(Neuron(0, 1, relu, np.array([2.0, -1.0]), 0.5, np.array([[1.0, 3.0]]), np.array([-0.5]), np.zeros(1)))
    layer 0, neuron 1
      inputs      1  3
      weights     2  -1
      bias        0.5
      score       1 x 2 + 3 x -1 + 0.5 = -0.5
      activation  ReLU()
      output      0
    """

    layer: int
    i: int
    activation: Activation | None
    """None for the last layer, whose score goes to the loss"""
    weights: Array
    """(inputs,)"""
    bias: float
    inputs: Array | None = None
    """(rows, inputs)"""
    score: Array | None = None
    """(rows,)"""
    output: Array | None = None
    """(rows,)"""
    gradient: Array | None = None
    """d cost / d score, (rows,)"""

    def __str__(self) -> str:
        lines = [f"layer {self.layer}, neuron {self.i}"]
        if self.inputs is not None:
            lines.append(f"  inputs      {_numbers(self.inputs[0])}")
        lines += [f"  weights     {_numbers(self.weights)}", f"  bias        {self.bias:.6g}"]
        if self.inputs is not None and self.score is not None:
            products = [f"{x:.6g} x {w:.6g}" for x, w in zip(self.inputs[0], self.weights, strict=True)]
            shown = products if len(products) <= 4 else [*products[:4], "..."]
            lines.append(f"  score       {' + '.join(shown)} + {self.bias:.6g} = {self.score[0]:.6g}")
        lines.append(
            f"  activation  {self.activation if self.activation is not None else 'none: a score for the loss'}"
        )
        if self.output is not None:
            lines.append(f"  output      {self.output[0]:.6g}")
        if self.gradient is not None:
            lines.append(f"  gradient    {self.gradient[0]:.6g}")
        return "\n".join(lines)


def _numbers(x: Array) -> str:
    shown = [f"{value:.6g}" for value in np.asarray(x)[:12]]
    return "  ".join(shown + (["..."] if len(x) > 12 else []))
