"""L-BFGS: Newton's step from the last few changes of the gradient, without ever a matrix."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.line_search import ROUNDING, Step, along, wolfe
from groundup.solve.loop import Method, Objective, Point


class Pairs(NamedTuple):
    """The last steps s and changes of the gradient y, oldest first."""

    steps: tuple[Array, ...] = ()
    changes: tuple[Array, ...] = ()

    def add(self, step: Array, change: Array, most: int) -> Pairs:
        """With one pair more, and the oldest forgotten where there are too many; only pairs that curve upwards."""
        curved = float(np.dot(step, change))
        if not curved > ROUNDING * math.sqrt(float(np.dot(step, step)) * float(np.dot(change, change))):
            return self
        return Pairs((*self.steps, step)[-most:], (*self.changes, change)[-most:])

    def times(self, g: Array) -> Array:
        """H g, with H the inverse Hessian that agrees with all pairs: two loops, 4 memory d operations.

        >>> Pairs().add(np.array([1.0, 0.0]), np.array([4.0, 0.0]), 10).times(np.array([8.0, 4.0]))
        array([2., 1.])

        Nocedal, Updating quasi-Newton matrices with limited storage, Mathematics of Computation 35 (1980).
        """
        if not self.steps:
            return g
        g, pulls = g.copy(), list[float]()
        pairs = [(s, y, 1 / float(np.dot(s, y))) for s, y in zip(self.steps, self.changes, strict=True)]
        for s, y, inverse in reversed(pairs):
            pulls.append(inverse * float(np.dot(s, g)))
            g -= pulls[-1] * y
        s, y, inverse = pairs[-1]
        g *= 1 / (inverse * float(np.dot(y, y)))
        for (s, y, inverse), pull in zip(pairs, reversed(pulls), strict=True):
            g += (pull - inverse * float(np.dot(y, g))) * s
        return g


class Memory(NamedTuple):
    """The pairs, and the place where no lower point was found, so that it is not searched again."""

    pairs: Pairs = Pairs()
    lowest: Array | None = None


class LBFGS(Method):
    """w ← w - t H g: H from the last `memory` changes of the gradient, t from a Wolfe line search.

    A step looks at the objective about 1.1 times. The learning rate scales the first length that the search tries: 1
    is Newton's own step, and right nearly always. It needs all rows at once: from one batch to the next a gradient
    changes for reasons other than the step.

    >>> import numpy as np
    >>> class Bowl:
    ...     def value_and_gradient(self, x):
    ...         return float(x @ x), 2 * x
    >>> method, bowl, x = LBFGS(), Bowl(), np.array([3.0, 4.0])
    >>> memory = method.init(x)
    >>> for _ in range(2):
    ...     x, memory = method.step(bowl, Point(x, *bowl.value_and_gradient(x)), memory, learning_rate=1.0)
    ...     print(x)
    [2.25 3.  ]
    [0. 0.]

    Liu and Nocedal, On the limited memory BFGS method for large scale optimization, Mathematical Programming 45 (1989).
    """

    default_learning_rate = 1.0

    def __init__(self, memory: int = 10):
        self.memory = memory

    def init(self, parameters: Array) -> Memory:
        """No pairs yet."""
        return Memory()

    def step(self, objective: Objective, here: Point, memory: Memory, learning_rate: float) -> tuple[Array, Memory]:
        """To a point lower down; where rounding leaves none, also not straight downhill, the place is kept."""
        x, value, g = here
        if memory.lowest is not None and np.array_equal(memory.lowest, x):
            return x, memory
        for pairs in (memory.pairs, Pairs()):
            p = -pairs.times(g)
            slope = float(np.dot(g, p))
            if not (slope < 0 and math.isfinite(slope)):
                continue
            first = 1.0 if pairs.steps else _first_length(value, slope, g)
            start = Step(0.0, value, slope, g)
            found = wolfe(along(objective.value_and_gradient, x, p), start, learning_rate * first)
            if found.length > 0:
                step = found.length * p
                return x + step, Memory(pairs.add(step, found.gradient - g, self.memory))
        return x, Memory(lowest=x)


def _first_length(value: float, slope: float, g: Array) -> float:
    """Before there is a pair nothing tells the scale: to where a straight line would have halved the value, at most 1.

    Nor does any parameter move by more than 1.
    """
    longest = min(1.0, 1.0 / float(np.abs(g).max()))
    return min(longest, abs(value) / -slope / 2) if value != 0 else longest
