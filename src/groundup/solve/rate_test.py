"""Which learning rate? Try them all in one short run: a rate a little larger after every update."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.loop import Training
from groundup.solve.settings import positive, whole


class RateTest(NamedTuple):
    """The rates that were tried, and the smoothed loss that the update before each of them had led to."""

    rates: Array
    losses: Array

    @property
    def steepest(self) -> float:
        """The rate at which the loss fell fastest per decade: a good constant rate, or a little more."""
        falls = np.diff(self.losses)
        return float(self.rates[int(np.argmin(falls))]) if len(falls) else math.nan

    @property
    def usable(self) -> float:
        """A tenth of the rate from which the loss rose: a good peak for `one_cycle`."""
        return float(self.rates[int(np.argmin(self.losses))]) / 10


def rate_test(
    training: Training, smallest: float = 1e-6, largest: float = 10.0, updates: int = 100, smoothing: float = 0.8
) -> RateTest:
    """rate_k = smallest (largest / smallest)^(k / updates), until the loss is four times the best.

    Takes a training that has not begun, such as `model.training(X, y)`, and uses it up: its weights are of no use
    afterwards. Its schedule and its listeners are left out. Losses are smoothed with bias correction.
    `gu.lab.plot_rate_test` draws what is found. Raises InputError for a training that has begun.

    >>> import groundup as gu
    >>> cars = gu.examples.cars()
    >>> found = gu.rate_test(gu.LinearRegression().training(cars.X, cars.y))
    >>> print(f"the loss falls fastest at {found.steepest:.2g}; a peak for one_cycle is {found.usable:.2g}")
    the loss falls fastest at 0.0044; a peak for one_cycle is 0.04

    Smith, Cyclical learning rates for training neural networks, WACV (2017), section 3.3.
    """
    positive("smallest", smallest, example=1e-6)
    positive("largest", largest, example=10)
    whole("updates", updates, example=100)
    if not smallest < largest:
        raise InputError(f"smallest must be below largest; got {smallest!r} and {largest!r}. Try 1e-6 and 10.")
    if training.step > 0 or training.reason is not None:
        raise InputError("a rate test needs a training that has not begun; give it a new model.training(X, y).")
    training.schedule, training.listeners = None, []
    training.epochs = math.ceil(updates / training.steps_per_epoch)
    rates: list[float] = []
    losses: list[float] = []
    average = 0.0
    for state in training:
        average = smoothing * average + (1 - smoothing) * state.loss
        rates.append(smallest * (largest / smallest) ** (state.step / updates))
        losses.append(average / (1 - smoothing ** (state.step + 1)))
        training.learning_rate = rates[-1]
        if state.step >= updates or 0 < 4 * min(losses) < losses[-1]:
            break
    return RateTest(np.array(rates), np.array(losses))
