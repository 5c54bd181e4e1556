"""Which learning rate? The loss of a short run in which the rate grows with every update."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.errors import InputError
from groundup.lab.paper import INK, SECOND, axes, legend, number


def plot_rate_test(found: Any, *, ax: Any = None) -> Any:
    """The smoothed loss against the learning rate, with the rate at which it fell fastest and the largest usable one.

    `found` is what `gu.rate_test(model.training(X, y))` returns. Left of the fall the rate is too small to move
    anything; right of the lowest place the steps overshoot. Returns the Axes.

    >>> import groundup as gu
    >>> cars = gu.examples.cars()
    >>> ax = plot_rate_test(gu.rate_test(gu.LinearRegression().training(cars.X, cars.y)))
    >>> ax.get_xlabel(), ax.get_xscale()
    ('learning rate', 'log')
    """
    rates, losses = np.asarray(found.rates, dtype=np.float64), np.asarray(found.losses, dtype=np.float64)
    if len(rates) < 2:
        raise InputError("a rate test of one update has nothing to draw; use more updates or a smaller first rate.")
    ax = axes(ax)
    ax.plot(rates, losses, color=INK, linewidth=2.2, zorder=3)
    ax.set_xscale("log")
    ax.axvline(found.steepest, color=SECOND, linestyle="--", label=f"falls fastest at {number(found.steepest)}")
    ax.axvline(found.usable, color="0.35", linestyle=":", label=f"largest usable rate {number(found.usable)}")
    top = float(losses[0]) + 0.1 * abs(float(losses[0]))
    if np.max(losses) > 2 * top:  # the last few losses explode: what matters is below
        ax.set_ylim(top=top, bottom=min(0.0, float(np.min(losses))))
    ax.set_xlabel("learning rate")
    ax.set_ylabel("loss (smoothed)")
    legend(ax)
    return ax
