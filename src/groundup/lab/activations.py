"""A formula and its slope in one picture: the same axes for all, so that shapes can be compared at a glance."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import groundup as gu
from groundup.lab.paper import DATA, FAINT, INK, SECOND, axes, legend

FRAME = (-2.0, 4.0)
"""From where to where the vertical axis of every activation goes: as far as the eye compares shapes."""


def plot_activation(activation: Any, ax: Any = None) -> Any:
    """f(x) as a solid line, f'(x) dashed, over x from -4 to 4; one unit is as long across as it is up.

    relu6 is drawn to 8, for its second corner.

    `activation` is a name or an Activation. A function of a whole row is drawn along its first entry, with 0 or 1 for
    the other. A jump stays open. Returns the Axes.

    >>> ax = plot_activation("gelu")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['f(x)', "f'(x)"]

    An unknown name raises UnknownNameError, with the nearest that exists.
    """
    formula = gu.formulas.activations.named(activation)
    curve = gu.formulas.curves.of_activation(formula)
    ax = plot_curve(curve, ax)
    ax.set_ylim(*FRAME)
    if curve.high > 4:
        ax.set_ylim(FRAME[0], curve.high - 1)
    ax.set_aspect("equal")
    legend(ax, loc="lower right")
    ax.set_title(str(formula) if vars(formula) else formula.name, loc="left")
    return ax


def plot_curve(curve: Any, ax: Any = None) -> Any:
    """A curve of `formulas.curves`: its value solid, its slope dashed. Returns the Axes.

    >>> import groundup as gu
    >>> huber = gu.formulas.curves.of_loss(gu.formulas.losses.Huber(1.0))
    >>> plot_curve(huber).get_xlabel()
    'z'
    """
    ax = axes(ax)
    ax.axhline(0, color=FAINT, linewidth=0.8, zorder=1)
    ax.axvline(0, color=FAINT, linewidth=0.8, zorder=1)
    x: NDArray[np.float64] = np.linspace(float(curve.low), float(curve.high), 400)
    ax.plot(x, with_gaps(curve.value(x)), color=INK, linewidth=2.2, label=curve.value_name, zorder=3)
    ax.plot(x, with_gaps(curve.slope(x)), color=SECOND, linewidth=1.8, linestyle="--", label=curve.slope_name, zorder=4)
    ax.set_xlim(curve.low, curve.high)
    ax.set_xlabel(curve.x_name)
    ax.tick_params(length=3)
    ax.spines[["left", "bottom"]].set_color(DATA)
    legend(ax)
    return ax


def with_gaps(y: Any) -> NDArray[np.float64]:
    """y with NaN at a jump, where a line would climb a wall that is not there.

    >>> with_gaps([0.0, 0.0, 0.0, 1.0, 1.0])
    array([ 0.,  0.,  0., nan,  1.])
    """
    y = np.array(y, dtype=np.float64)
    steps: NDArray[np.float64] = np.abs(np.diff(y))
    around: NDArray[np.float64] = np.maximum(np.append(steps[1:], 0.0), np.insert(steps[:-1], 0, 0.0))
    y[1:][(steps > 5 * around) & (steps > 0.05)] = np.nan
    return y
