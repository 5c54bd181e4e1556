"""Room 1: the formulas. Pure functions of arrays: no data, no loops over rows, no randomness, no state.

    activations     what a neuron does with its score: sigmoid, tanh, relu, ...
    losses          what a wrong answer costs, in the score
    totals          how the costs of rows become one number
    penalties       a price on weights
    metrics         how good the answers are
    domains         which labels a loss is made for
    distributions   normal, t, F, chi-square, ...: both tails and quantiles
    catalogue       all of these as one list, with equations, slopes, sources and uses
    curves          each as a curve: value and slope along one number
    special         the error function, which NumPy lacks

>>> from groundup import formulas
>>> formulas.losses.mse([1.0, 2.0], [1.0, 4.0])
2.0
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundup.formulas import (
        activations,
        catalogue,
        curves,
        distributions,
        domains,
        losses,
        metrics,
        penalties,
        special,
        totals,
    )

__all__ = [
    "activations",
    "catalogue",
    "curves",
    "distributions",
    "domains",
    "losses",
    "metrics",
    "penalties",
    "special",
    "totals",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'groundup.formulas' has no attribute {name!r}")
    return importlib.import_module(f"groundup.formulas.{name}")
