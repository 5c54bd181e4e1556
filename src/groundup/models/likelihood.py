"""The weights that make the labels most likely: Newton's method in coordinates that suit the rows.

    objective  ->  its rows whitened  ->  Newton steps until the minimum is proved  ->  back to the user's units

Where the curvature at the minimum is far from even (classes that nearly separate), the rows are whitened once more by
the weights that they have there, and the last steps are made in those coordinates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.models.objective import Objective
from groundup.models.whitened import WhitenedObjective
from groundup.solve.listeners import History
from groundup.solve.loop import Listener, Training
from groundup.solve.newton import Newton, Settled

MOST_STEPS = 200


class Likeliest(NamedTuple):
    """The answer: W (d, outputs) and bias (outputs,), why it ended, and the same place in whitened coordinates."""

    W: Array
    bias: Array
    level: Array
    value: float
    reason: str
    steps: int
    gap: float
    history: dict[str, Array]
    objective: WhitenedObjective
    coordinates: Array


def newton_training(
    objective: Objective,
    start: Array | None = None,
    *,
    epochs: int = MOST_STEPS,
    tolerance: float = 1e-8,
    learning_rate: float = 1.0,
    schedule: Callable[[int], float] | None = None,
    listeners: Iterable[Listener] = (),
    finish: Callable[[Training], Any] | None = None,
) -> Training:
    """Newton's method on an affine model, ready to go; `start` and what is seen on the way are in the user's units."""
    whitened = objective if isinstance(objective, WhitenedObjective) else WhitenedObjective.of(objective)
    parameters = whitened.model.start()
    if start is not None and start.any():
        parameters = whitened.model.from_weights_and_bias(*objective.model.weights_and_bias(start))
    # A hundredth, so that sums over rows are right as well: mean(p) = mean(y) to 10 digits.
    settled = Settled(tolerance / 100, max(float(whitened.blocks.n_rows), whitened.weight))
    watching = [settled] if tolerance > 0 else []
    loop = Training(
        whitened,
        Newton(),
        parameters=parameters,
        learning_rate=learning_rate,
        epochs=epochs,
        schedule=schedule,
        listeners=[History(), *watching, *listeners],
        finish=finish,
    )
    settled.training = loop
    return loop


def result(loop: Training) -> Likeliest:
    """What Newton's method found."""
    whitened = loop.objective
    assert isinstance(whitened, WhitenedObjective)
    coordinates, level = whitened.whitened.parts(loop.parameters)
    W, bias = whitened.basis.back(coordinates, level)
    history = next(listener for listener in loop.listeners if isinstance(listener, History)).arrays()
    value, gradient = whitened.value_and_gradient(loop.parameters)
    along = np.inf if loop.memory is None else loop.memory.inverse @ gradient
    gap = float(np.sum(np.square(along)))  # twice the bowl's own gap: a bound once the minimum is proved
    reason = loop.reason or "stopped before the end"
    return Likeliest(W, bias, level, value, reason, loop.step, gap, history, whitened, loop.parameters)


def likeliest(objective: Objective, start: Array | None = None, **settings: Any) -> Likeliest:
    """The minimum of an objective with an affine model, a convex smooth loss, and no l1."""
    loop = newton_training(objective, start, **settings)
    loop.run()
    return result(loop)
