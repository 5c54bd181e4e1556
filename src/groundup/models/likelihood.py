"""The weights that make the labels most likely: Newton's method in coordinates that suit the rows.

    objective  ->  its rows whitened  ->  Newton steps until the minimum is proved  ->  back to the user's units

Where the curvature at the minimum is far from even (classes that nearly separate), the rows are whitened once more by
the weights that they have there, and the last steps are made in those coordinates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Block
from groundup.data.parallel import one_blas_thread
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.far_cells import FarCells, WhileOthersCostNothing, surely_right
from groundup.models.kinked import KinkedObjective
from groundup.models.large import (
    PART_STEPS,
    Ready,
    from_a_part,
    from_nothing,
    has_many_unknowns,
    is_dear,
    is_large,
    is_near,
    nearly_the_bowl,
    require_finite_rows,
    start_of,
    tolerance_for,
)
from groundup.models.objective import Objective
from groundup.models.runaway import FAR, KINDS, LOOK_FROM, Runaway
from groundup.models.separation import Separation
from groundup.models.whitened import WhitenedObjective, weight_of
from groundup.solve.listeners import History
from groundup.solve.loop import Listener, Method, Training
from groundup.solve.newton import UNEVEN, BorrowedNewton, Newton, Settled
from groundup.solve.proximal import KinkSettled, ProximalNewton

MOST_STEPS = 200
OVERLAP = "the classes overlap (proved in exact arithmetic)"
BORROWED_STEPS = 60
"""A borrowed bowl that has not done by then never will: Newton's own Hessians come next."""
BORROWED_LOOK_FROM = 20
"""The same for steps with a borrowed bowl, which need more and cost less."""
FAR_TIMES, FAR_STEPS = 1e20, 60
"""How far away a cell may be, and so many steps are taken: its row's score moves by 1 in a step, to log(times)."""


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
    separation: Separation | None
    bowl: Any = None
    """What the last step knew of the Hessian."""
    far: FarCells | None = None
    """The cells that keep it from a minimum."""


def newton_training(
    objective: Objective, start: Array | None = None, *, whitened: WhitenedObjective | None = None, **settings: Any
) -> Training:
    """Newton's method on an affine model, ready to go; `start` and what is seen on the way are in the user's units.

    Settings: epochs, tolerance (in standard errors), learning_rate, schedule, listeners, finish, as for `Training`.
    """
    whitened = whitened or WhitenedObjective.of(objective)
    parameters = whitened.model.start()
    if start is not None and start.any():
        parameters = whitened.model.from_weights_and_bias(*objective.model.weights_and_bias(start))
    return _training(objective, whitened, parameters, **settings)


def _training(
    objective: Objective,
    whitened: WhitenedObjective,
    parameters: Array,
    *,
    method: Method | None = None,
    only_a_start: bool = False,
    looks_far: bool = True,
    epochs: int = MOST_STEPS,
    tolerance: float = 1e-8,
    learning_rate: float = 1.0,
    schedule: Callable[[int], float] | None = None,
    listeners: Iterable[Listener] = (),
    finish: Callable[[Training], Any] | None = None,
) -> Training:
    rows = max(float(whitened.blocks.n_rows), whitened.weight)
    settled = Settled(tolerance if only_a_start else tolerance_for(tolerance, rows), rows)
    watching: list[Listener] = []
    if tolerance > 0:
        runs_away = _runs_away(objective, whitened) and not only_a_start
        look_from = BORROWED_LOOK_FROM if isinstance(method, BorrowedNewton) else LOOK_FROM
        runaway = Runaway(whitened, objective, settled, look_from, looks_far=looks_far)
        # From a part of the rows: steps that are stuck on rows of very different length end in Newton's own steps.
        runaway.decides = looks_far and (method is None or has_many_unknowns(objective))
        watching = [settled, runaway] if runs_away else [settled]
    loop = Training(
        whitened,
        method or Newton(),
        parameters=parameters,
        learning_rate=learning_rate,
        epochs=epochs,
        schedule=schedule,
        listeners=[History(), *watching, *listeners],
        finish=finish,
    )
    settled.training = loop
    return loop


def _runs_away(objective: Objective, whitened: WhitenedObjective) -> bool:
    """Whether there may be no minimum: nothing holds the weights, and each row has one class that it may be sure of."""
    classes = isinstance(objective.cost.loss, Logistic | CrossEntropy)
    return classes and whitened.l2 == 0 and (objective.cost.loss.rowwise or objective.model.n_outputs == 1)


def kinked_training(
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
    """Proximal Newton steps for a penalty with l1, ready to go."""
    kinked = KinkedObjective(objective)
    parameters = kinked.model.start()
    if start is not None and start.any():
        parameters = kinked.model.from_weights_and_bias(*objective.model.weights_and_bias(start))
        parameters = np.where(np.abs(parameters) < 1e-14, 0.0, parameters)
    settled = KinkSettled(tolerance, max(float(kinked.blocks.n_rows), kinked.weight))
    loop = Training(
        kinked,
        ProximalNewton(),
        parameters=parameters,
        learning_rate=learning_rate,
        epochs=epochs,
        schedule=schedule,
        listeners=[History(), *([settled] if tolerance > 0 else []), *listeners],
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
    # Twice the bowl's own gap: a bound once the minimum is proved.
    with_length = hasattr(loop.memory, "length")
    gap = loop.memory.length(gradient) ** 2 if with_length else math.nan
    reason = loop.reason or "stopped before the end"
    runaway = next((listener for listener in loop.listeners if isinstance(listener, Runaway)), None)
    found = runaway and runaway.found
    if found is not None:
        reason = f"{KINDS[found.complete]} after {loop.step} Newton steps"
    return Likeliest(
        W, bias, level, value, reason, loop.step, gap, history, whitened, loop.parameters, found, loop.memory,
        runaway and runaway.far,
    )  # fmt: skip


def likeliest(
    objective: Objective, start: Array | None = None, *, epochs: int = MOST_STEPS, finite: bool = True, **settings: Any
) -> Likeliest:
    """The minimum of an objective with an affine model and a convex smooth loss.

    `finite` is whether it is known that the rows are; if not, InputError names the first cell that is not, and where
    the first pass over all rows tells, there is no other look at them.
    """
    if isinstance(objective.penalty, ElasticNet) and objective.penalty.l1 > 0:
        loop = kinked_training(objective, start, epochs=epochs, **settings)
        loop.run()
        return result(loop)
    dear = is_large(objective) or has_many_unknowns(objective)
    with one_blas_thread() if dear else nullcontext():
        loop = _large(objective, start, epochs=epochs, **settings) if dear else None
        if loop is None and not finite:
            require_finite_rows(objective)
        loop = loop or newton_training(objective, start, epochs=epochs, **settings)
        loop.run()
        found = result(loop)
    if found.far is not None:
        return _without_far_cells(objective, found, found.far, epochs=epochs, **settings)
    stuck = isinstance(loop.method, BorrowedNewton) and found.reason.startswith("all ")
    if stuck and found.steps < epochs and settings.get("tolerance", 1) > 0:
        # What is borrowed did not do: rows of very different curvature. Newton's own Hessians, from where it stands.
        if is_dear(found.objective):
            loop = _training(objective, found.objective, found.coordinates, epochs=epochs - found.steps, **settings)
        else:
            loop = newton_training(objective, epochs=epochs - found.steps, **settings)
        loop.run()
        found = _after(found, result(loop))
    for _ in range(2):
        if found.reason != UNEVEN or found.steps >= epochs:
            break
        better = found.objective.again(objective, found.coordinates)
        if better is None:
            break
        parameters = better.model.from_weights_and_bias(*objective.model.weights_and_bias(_flat(objective, found)))
        loop = _training(objective, better, parameters, epochs=epochs - found.steps, **settings)
        loop.run()
        found = _after(found, result(loop))
    done = found.separation is not None or not settings.get("looks_far", True)
    if done or (found.reason != UNEVEN and found.steps < MOST_STEPS):
        return found
    return _decided(found, objective, settings.get("tolerance", 1) == 0)


def _without_far_cells(objective: Objective, found: Likeliest, far: FarCells, **settings: Any) -> Likeliest:
    """The likeliest weights of all other rows: also those of all rows, if under them the far ones cost nothing."""
    rows = objective.blocks
    assert isinstance(rows, ArrayBlocks)
    weight = None if rows.sample_weight is None else rows.sample_weight[~far.rows]
    near = ArrayBlocks(rows.X[~far.rows], rows.y[~far.rows], weight)
    labels = near.y if near.n_outputs > 1 else np.concatenate([near.y, 1 - near.y], axis=1)
    if not labels.any(axis=0).all():
        return found
    share = weight_of(Block(near.X, near.y, weight)) / found.objective.weight
    rest = likeliest(Objective(objective.cost, near, objective.penalty, WhileOthersCostNothing(share)), **settings)
    if not rest.reason.startswith("converged"):
        return found
    if surely_right(rows.X[far.rows], rows.y[far.rows], rest.W, rest.bias):
        return _after(found, rest)
    if far.times < FAR_TIMES:
        settings.update(epochs=FAR_STEPS, looks_far=False)
        patient = likeliest(objective, **settings)
        if patient.reason.startswith("converged"):
            return patient
    return _after(found, rest)._replace(far=far, reason=f"{FAR}; the weights are those of all other rows", gap=math.nan)


def _decided(found: Likeliest, objective: Objective, to_the_end: bool) -> Likeliest:
    """The same with what exact arithmetic says, where Newton's method could not tell whether there is a minimum."""
    asked = _runs_away(objective, found.objective)
    verdict = Runaway(found.objective, objective, Settled(0.0, 1.0)).look(found.coordinates) if asked else None
    if isinstance(verdict, Separation):
        reason = f"{KINDS[verdict.complete]} after {found.steps} Newton steps"
        return found._replace(reason=reason, separation=verdict)
    if found.reason != UNEVEN and to_the_end and (verdict is not None or not asked):
        return found  # its steps are used up, and that is all there is to say
    if found.objective.l2 > 0:
        return found._replace(
            reason=f"not converged after {found.steps} Newton steps: the loss still falls, since l2 is next to nothing "
            "in the units of these columns. Standardise the features (StandardScaler), or use a larger l2."
        )
    why, what = "rounding hides whether there is a minimum: some weights have next to no effect on the loss", ""
    if found.reason != UNEVEN and verdict is not None:
        why, what = f"the loss still falls, though {OVERLAP}", " look for numbers far away from all others,"
    elif found.reason != UNEVEN:
        why = "the loss still falls; perhaps the classes are separable, but they are too many numbers to prove it"
    elif verdict is not None:
        why = f"{OVERLAP}, but rows of next to no weight, or differences of rounding, decide where the minimum is"
        what = " leave out such rows,"
    return found._replace(
        reason=f"not converged after {found.steps} Newton steps: {why}. Use l2,{what} or leave out features that say "
        "nearly the same."
    )


def _large(objective: Objective, start: Array | None, **settings: Any) -> Training | None:
    """The training for many rows or many unknowns; None where plain Newton is right, or where there is a start."""
    affine = objective.model
    assert isinstance(affine, Affine)
    if (start is not None and start.any()) or not isinstance(objective.blocks, ArrayBlocks):
        return None
    ready = from_nothing(objective) if has_many_unknowns(objective) else _from_a_part(objective, **_quiet(settings))
    if ready is None:
        return None
    settings = {**settings, "epochs": min(settings.get("epochs", MOST_STEPS), BORROWED_STEPS)}
    return _training(objective, ready.objective, ready.start, method=ready.method, **settings)


def _from_a_part(objective: Objective, **settings: Any) -> Ready | None:
    small = start_of(objective)
    if small is None:
        return None
    loop = _training(objective, small, small.model.start(), method=Newton(nearly_the_bowl(small)), **settings)
    loop.run()
    if not (loop.reason or "").startswith("converged"):
        return None
    ready = from_a_part(objective, small, loop.parameters, loop.memory)
    return ready if is_near(ready, small) else None


def _quiet(settings: dict[str, Any]) -> dict[str, Any]:
    """The same for a part of the rows, whose minimum is only a start: a tenth of a standard error is near enough.

    Its steps are no epochs of all rows. What takes more of them than `PART_STEPS` has no minimum, or none that helps.
    """
    tolerance = max(settings.get("tolerance", 0.0), 0.1)
    return {**settings, "listeners": (), "only_a_start": True, "tolerance": tolerance, "epochs": PART_STEPS}


def _flat(objective: Objective, found: Likeliest) -> Array:
    affine = objective.model
    assert isinstance(affine, Affine)
    return affine.pack(found.W, found.bias)


def _after(first: Likeliest, second: Likeliest) -> Likeliest:
    """The second with the steps and the history of both."""
    history = {name: np.concatenate([first.history[name], line[1:]]) for name, line in second.history.items()}
    for name in ("step", "epoch"):
        history[name][len(first.history[name]) :] += first.steps
    return second._replace(steps=first.steps + second.steps, history=history)
