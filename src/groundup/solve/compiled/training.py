"""The one loop, that takes whole epochs at a time where nobody looks in between."""

from __future__ import annotations

import importlib.util
import math
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled.network import NetworkEpoch, NetworkTerms
from groundup.solve.compiled.trace import UntraceableError
from groundup.solve.loop import Point, State, Training

UPDATES = 5_000
"""From so many updates on a compiled loop pays: loading it from the cache takes as long as these do in NumPy."""

COPY_BYTES = 1 << 30
"""Rows that do not lie one after the other in memory are copied once, up to this size."""


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
        return Epoch(self, method, memory, batch_size)


def worth_it(rows: int, batch_size: int | None, epochs: int) -> bool:
    """Whether so many updates are made that compiling pays, and numba is there."""
    updates = 0 if batch_size is None or batch_size >= rows else epochs * math.ceil(rows / batch_size)
    return updates >= UPDATES and importlib.util.find_spec("numba") is not None


class Epoch:
    """One compiled epoch: parameters and memory in, parameters and memory out."""

    def __init__(self, terms: Terms, method: Any, memory: Any, batch_size: int):
        from groundup.solve.compiled import build, kernels

        self.terms, self.batch_size = terms, batch_size
        classes = terms.smoothing is not None
        with_cost = terms.total == kernels.ROOT_MEAN
        look = build.Lines("", np.array([terms.smoothing])) if classes else build.look_of(terms.loss, with_cost)
        move = build.move_of(method, terms.penalty, memory)
        outputs = terms.y.shape[1]
        self.loop = build.epoch(look.code, move.code, outputs, classes)
        self.constants = look.constants.astype(float), move.constants.astype(float)
        weight = np.empty(0) if terms.sample_weight is None else terms.sample_weight
        self.rows = tuple(np.ascontiguousarray(array) for array in (terms.X, terms.y, weight))
        self.total = terms.total, terms.factor, 1.0 if classes else float(outputs)

    def __call__(self, parameters: Array, memory: Any, order: Array | None, rate: float) -> tuple[Array, Any]:
        """Every row once in this order (None: as they lie), then the parameters and the memory after it."""
        w = np.array(parameters, dtype=float)
        arrays: list[Array] = [value for value in memory if isinstance(value, np.ndarray)]
        numbers = [float(value) for value in memory if not isinstance(value, np.ndarray)]
        rows, s = np.array(arrays, dtype=float).reshape(len(arrays), w.size), np.array([0.0, rate, *numbers])
        order = np.arange(len(self.rows[0])) if order is None else order
        mask = self.terms.mask.astype(float)
        self.loop(*self.rows, order, self.batch_size, w, mask, rows, s, *self.constants, *self.total)
        kept_arrays, kept_numbers = iter(rows), iter(s[2:].tolist())
        kept = [
            next(kept_arrays) if isinstance(value, np.ndarray) else type(value)(next(kept_numbers)) for value in memory
        ]
        return w, type(memory)(*kept) if memory else memory


class CompiledTraining(Training):
    """`run` and `finish` take whole epochs at a time; each `next` is still one update, and sees what it always saw.

    Listeners are told at the start of every epoch, and only then: it is for those who look at epochs, such as History
    and `converged`. Schedules, changed rates and weights, `stop`, `place` and `move_to` are those of `Training`. An
    epoch that ends in numbers that are not finite is walked again step by step, so a divergence tells the same story.

    Rows 500,000 x 100 in batches of 32, one epoch on one core: 60 ms instead of 0.5 s step by step.
    """

    step: int
    _goal: float = 0.0
    _epoch: Epoch | NetworkEpoch | None = None
    _hopeless = False

    def run(self, epochs: int | None = None) -> State:
        """Go on by so many epochs (all that are left when None); returns the last state."""
        self._goal = math.inf if epochs is None else self.step + epochs * self.steps_per_epoch
        try:
            return super().run(epochs)
        finally:
            self._goal = 0.0

    def _move(self, here: Point) -> None:
        whole = self.step % self.steps_per_epoch == 0 and self.step + self.steps_per_epoch <= self._goal
        epoch = self._compiled() if whole else None
        if epoch is None:
            return super()._move(here)
        order = getattr(self._batches, "order", None)
        parameters, memory = epoch(self.parameters, self.memory, order, self.rate())
        if not np.isfinite(parameters).all():
            self._hopeless = True
            return super()._move(here)
        self.parameters, self.memory = parameters, memory
        self.step += self.steps_per_epoch

    def _compiled(self) -> Epoch | NetworkEpoch | None:
        """The compiled epoch, made when it is first needed; None where there is none."""
        if self._epoch is None and not self._hopeless:
            terms: Terms | NetworkTerms | None = getattr(self.objective, "terms", lambda: None)()
            self._hopeless = terms is None or self.batch_size is None or not _in_rows(terms.X)
            if terms is not None and self.batch_size is not None and not self._hopeless:
                try:
                    self._epoch = terms.epoch(self.method, self.memory, self.batch_size)
                except (UntraceableError, AttributeError, TypeError):  # a formula that only runs on numbers
                    self._hopeless = True
        return None if self._hopeless or self._epoch is None or self._epoch.loop is None else self._epoch


def _in_rows(X: Array) -> bool:
    return isinstance(X, np.ndarray) and (X.flags.c_contiguous or X.nbytes <= COPY_BYTES)
