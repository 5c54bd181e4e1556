"""Where the weights of a layer start: at random, so that its neurons differ, and neither too large nor too small.

    xavier   uniform within ±sqrt(6 / (inputs + outputs))   keeps signals and gradients at their size; tanh, sigmoid
    he       normal, variance 2 / inputs                    relu lets only half of a signal through
    lecun    normal, variance 1 / inputs                    keeps signals at their size; selu and identity

Each activation says which one suits it. Biases start at 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from groundup._arrays import Array
from groundup.errors import UnknownNameError


def xavier(inputs: int, outputs: int, rng: np.random.Generator) -> Array:
    """Uniform within ±sqrt(6 / (inputs + outputs)), (inputs, outputs).

    >>> bool(abs(xavier(3, 3, np.random.default_rng(0))).max() <= 1)
    True

    Glorot, Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS (2010).
    """
    bound = math.sqrt(6 / (inputs + outputs))
    return rng.uniform(-bound, bound, (inputs, outputs))


def he(inputs: int, outputs: int, rng: np.random.Generator) -> Array:
    """Normal with variance 2 / inputs, (inputs, outputs).

    >>> he(2, 3, np.random.default_rng(0)).shape
    (2, 3)

    He, Zhang, Ren, Sun, Delving deep into rectifiers, ICCV (2015).
    """
    return rng.normal(0.0, math.sqrt(2 / inputs), (inputs, outputs))


def lecun(inputs: int, outputs: int, rng: np.random.Generator) -> Array:
    """Normal with variance 1 / inputs, (inputs, outputs).

    >>> lecun(2, 3, np.random.default_rng(0)).shape
    (2, 3)

    LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), section 4.6.
    """
    return rng.normal(0.0, math.sqrt(1 / inputs), (inputs, outputs))


INITIALISATIONS: dict[str, Callable[[int, int, np.random.Generator], Array]] = {
    "he": he,
    "lecun": lecun,
    "xavier": xavier,
}
"""Every way to draw first weights, by its name."""


def named(initialisation: str) -> Callable[[int, int, np.random.Generator], Array]:
    """The way to draw weights of that name.

    >>> named("he").__name__
    'he'
    """
    if initialisation not in INITIALISATIONS:
        raise UnknownNameError("initialisation", initialisation, INITIALISATIONS)
    return INITIALISATIONS[initialisation]
