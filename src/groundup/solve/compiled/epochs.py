"""A compiled epoch as an object: parameters and memory in, parameters and memory out.

Terms, NetworkTerms   what it must know of an objective
Epoch                 the machine code of `build` or `network`, for updates and for passes over rows
Walk                  some updates of an epoch, and then some more
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import build, network
from groundup.solve.compiled.kernels import ROOT_MEAN, TOGETHER

Statistic = Callable[[tuple[int, int]], tuple[float, float, Array]]


class Terms(NamedTuple):
    """What a compiled epoch must know of an objective: an affine model on rows in memory.

    `total` is one of `kernels.SUM`, `MEAN`, `ROOT_MEAN`, with a factor; `smoothing` is None for losses of one score,
    and for cross-entropy the smoothing of its labels. `penalty` is None where it is free.
    """

    X: Array
    y: Array
    sample_weight: Array | None
    loss: Any
    total: int
    factor: float
    smoothing: float | None
    penalty: Any
    mask: Array

    def epoch(self, method: Any, memory: Any, batch_size: int) -> Epoch:
        """The compiled epoch for this method."""
        return AffineEpoch(self, method, memory, batch_size)


class NetworkTerms(NamedTuple):
    """What a compiled epoch must know of a network and its objective; `widths` has the inputs first, the scores last.

    `activations` has one for each hidden layer. Scores are centre + scale z.
    """

    of_rows: Terms
    widths: Array
    biased: bool
    activations: list[Any]
    centre: Array
    scale: Array

    @property
    def X(self) -> Array:  # noqa: N802
        """The rows."""
        return self.of_rows.X

    def epoch(self, method: Any, memory: Any, batch_size: int) -> Epoch:
        """The compiled epoch for this method."""
        return NetworkEpoch(self, method, memory, batch_size)


class Epoch:
    """One compiled epoch, `loop`, and the compiled statistic of some rows, `tally`.

    Both are given `shape`, `constants` of the formulas, and `room`: arrays to work in, the gradient and the sums first.
    """

    loop: Any
    tally: Any
    by_row = False
    """Whether batches are single rows, which need no room."""
    passes = True
    """Whether the compiled statistic is the faster one also for a pass over all rows."""
    shape: tuple[Any, ...] = ()
    tally_shape: tuple[Any, ...] = ()

    def __init__(self, terms: Terms, method: Any, memory: Any, batch_size: int):
        self.terms, self.batch_size = terms, batch_size
        self.classes = terms.smoothing is not None
        self.look = build.Lines("", np.array([terms.smoothing])) if self.classes else build.look_of(terms.loss)
        self.move = build.move_of(method, terms.penalty, memory)
        self.constants: tuple[Array, ...] = (self.look.constants.astype(float),)
        weight = np.empty(0) if terms.sample_weight is None else terms.sample_weight
        self.rows = tuple(np.ascontiguousarray(array) for array in (terms.X, terms.y, weight))
        self.costs = 1.0 if self.classes else float(terms.y.shape[1])
        self.as_they_lie = np.arange(len(terms.X))

    def room(self) -> tuple[Array, ...]:
        """Arrays to work in."""
        raise NotImplementedError

    def statistic(self, parameters: Array, order: Array | None = None) -> Statistic:
        """Σ w cost, Σ w and the gradient of the first, over the rows from one place of the order to another."""
        order = self.as_they_lie if order is None else order
        w = np.array(parameters, dtype=float)

        def of(some: tuple[int, int]) -> tuple[float, float, Array]:
            G, sums, *room = self.room()
            shape = self.tally_shape, w, *self.constants, self.costs
            self.tally(*self.rows, order, *some, *shape[0], *shape[1:], G, sums, *room)
            return float(sums[0]), float(sums[1]), G

        return of

    def __call__(self, parameters: Array, memory: Any, rate: float) -> Walk:
        """A walk that begins here."""
        return Walk(self, parameters, memory, rate)


class Walk:
    """Updates one after the other from a place, in ranges of an epoch's order that need not be whole epochs.

    `parameters` and `memory` are of that place until `end` is asked for. The arrays that the loop works in are the same
    for all ranges: in others it would be up to 2 % slower, depending on where they lie.
    """

    wanted = True
    """Whether somebody still waits for it."""

    def __init__(self, epoch: Epoch, parameters: Array, memory: Any, rate: float):
        self.epoch, self.parameters, self.memory, self.rate = epoch, parameters, memory, rate
        self.w, self.first = np.array(parameters, dtype=float), np.array(parameters, dtype=float)
        arrays: list[Array] = [value for value in memory if isinstance(value, np.ndarray)]
        numbers = [float(value) for value in memory if not isinstance(value, np.ndarray)]
        self.rows, self.s = (
            np.array(arrays, dtype=float).reshape(len(arrays), self.w.size),
            np.array([0.0, rate, *numbers]),
        )
        terms = epoch.terms
        moved = self.w, terms.mask.astype(float), self.rows, self.s
        constants = *epoch.constants, epoch.move.constants.astype(float)
        room = () if epoch.by_row else epoch.room()
        self.fixed = *epoch.shape, *moved, *constants, terms.total, terms.factor, epoch.costs, *room

    def began_at(self, parameters: Array, memory: Any, rate: float) -> bool:
        """Whether this is where it began."""
        same = parameters is self.parameters and memory is self.memory and rate == self.rate
        return same and np.array_equal(parameters, self.first)

    def __call__(self, order: Array) -> None:
        """The updates of these rows, a batch at a time."""
        self.epoch.loop(*self.epoch.rows, order, self.epoch.batch_size, *self.fixed)

    def end(self) -> tuple[Array, Any]:
        """The parameters and the memory after all of them."""
        rows, numbers = iter(self.rows), iter(self.s[2:].tolist())
        kept = [next(rows) if isinstance(value, np.ndarray) else type(value)(next(numbers)) for value in self.memory]
        return self.w, type(self.memory)(*kept) if self.memory else self.memory


class AffineEpoch(Epoch):
    """Of z = X W + b."""

    def __init__(self, terms: Terms, method: Any, memory: Any, batch_size: int):
        super().__init__(terms, method, memory, batch_size)
        many = self.classes or terms.y.shape[1] > 1
        self.by_row = batch_size == 1 and not many
        if self.by_row:
            # Nobody adds up costs of single rows, but a root of their mean.
            look = build.look_of(terms.loss, with_cost=terms.total == ROOT_MEAN)
            self.move = build.move_of(method, terms.penalty, memory, of_a_row=True)
            self.loop = build.epoch_of_rows(look.code, self.move.code)
        else:
            self.loop = build.epoch(self.look.code, self.move.code, many, self.classes)
        self.tally = build.tally(self.look.code, many, self.classes)
        self.passes = not many
        self.tally_shape = (0,)

    def room(self) -> tuple[Array, ...]:
        """Arrays to work in."""
        return np.zeros(self.terms.mask.size), np.zeros(2), *np.empty((4, max(TOGETHER, self.terms.y.shape[1])))


class NetworkEpoch(Epoch):
    """Of layers with activations between them."""

    def __init__(self, terms: NetworkTerms, method: Any, memory: Any, batch_size: int):
        super().__init__(terms.of_rows, method, memory, batch_size)
        bends = network.bend_of(terms.activations)
        self.constants = bends.constants.astype(float), *self.constants
        self.loop = network.epoch(self.look.code, self.move.code, bends.code, self.classes)
        self.tally = network.tally(self.look.code, bends.code, self.classes)
        self.widths = terms.widths
        places = np.concatenate([[0], np.cumsum((self.widths[:-1] + terms.biased) * self.widths[1:])])
        self.shape = self.tally_shape = self.widths, places, terms.biased, terms.centre, terms.scale

    def room(self) -> tuple[Array, ...]:
        """Arrays to work in."""
        outputs, parameters = self.terms.y.shape[1], self.terms.mask.size
        layer = TOGETHER * int(self.widths.max())
        values, slopes = np.empty((2, len(self.widths) * layer))
        scores = np.empty(2 * layer), *np.empty((2, outputs)), np.empty(parameters)
        return np.zeros(parameters), np.zeros(2), values, slopes, *scores
