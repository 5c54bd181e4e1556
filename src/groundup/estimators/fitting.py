"""From an objective to a fitted model: choose the solver, run the one loop, say in words why it ended.

answer     one straight path: the exact answer where there is one, else the loop
training   the loop itself, for those who want to watch
verdict    the sentence on `reason_`, with the numbers that a learner needs
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.read import require_finite
from groundup.errors import InputError, NotConvergedWarning, twin
from groundup.estimators import options
from groundup.estimators.apart import kept_apart
from groundup.formulas.domains import NonNegative
from groundup.models.affine import Affine
from groundup.models.curvature import forecast_of, safe_learning_rate
from groundup.models.objective import Condensed, Objective
from groundup.models.optimum import Optimum, optimum
from groundup.solve.compiled import CompiledTraining, worth_it
from groundup.solve.listeners import History, converged
from groundup.solve.loop import Training
from groundup.solve.schedules import named as named_schedule


class Settings(Protocol):
    """The parameters that every trained estimator has."""

    solver: Any
    learning_rate: Any
    batch_size: Any
    epochs: Any
    tolerance: Any
    schedule: Any
    shuffle: Any
    random_state: Any
    listeners: Any


class Answer(NamedTuple):
    """What a solver hands back."""

    parameters: Array
    reason: str
    n_iter: int
    gap: float
    history: dict[str, Array]


def answer(settings: Settings, objective: Objective, start: Array) -> Answer:
    """The exact answer where there is one and it is wanted, else the result of the loop."""
    if settings.solver in ("auto", "exact"):
        no_early_stopping(settings)
        best = optimum(objective)
        if best is not None:
            _warn_unless_least(objective, best)
            return Answer(best.parameters, best.reason, best.n_iter, best.gap, {"loss": np.array([best.value])})
        if settings.solver == "exact":
            raise InputError(
                f"solver='exact' needs a loss with a direct way to its minimum; {objective.cost.loss!r} with penalty "
                f"{objective.penalty!r} has none. Use solver='auto'."
            )
    loop = training(settings, objective, start, finish=None)
    loop.run()
    return result(loop)


def require_finite_rows(settings: Any, objective: Objective) -> None:
    """InputError for a cell that is not finite: from the sums of the rows, where these are to be made anyway."""
    exact, parted = settings.solver in ("auto", "exact"), settings.early_stopping not in (None, False)
    if exact or (not parted and is_condensed(objective, _epochs(settings.epochs))):
        objective.condensed()
    else:
        require_finite(cast(ArrayBlocks, objective.blocks).X, "X")


def require_floats(objective: Objective, parameters: Array) -> None:
    """InputError where a weight is beyond the floats, as for a column of 1e-320."""
    if not np.isfinite(parameters).all():
        W, _ = cast(Affine, objective.model).unpack(parameters)
        j = int(np.argmin(np.isfinite(W).all(axis=1)))
        raise InputError(
            f"the weights of these rows must be floats; that of column {j} is not, since its numbers are so small, or "
            "those of y so large. Multiply the column, or divide y, by a power of ten."
        )


def require_a_minimum(objective: Objective) -> None:
    """InputError where all labels of a count are 0: e^z comes nearer to 0 for ever, and no bias is the best one."""
    loss, blocks = objective.cost.loss, objective.blocks
    if not isinstance(loss.domain, NonNegative) or not isinstance(blocks, ArrayBlocks):
        return
    rows = slice(None) if blocks.sample_weight is None else blocks.sample_weight > 0
    labels = blocks.y[rows]
    empty = np.flatnonzero(~(labels > 0).any(axis=0))
    if len(empty):
        where = "" if labels.shape[1] == 1 else f" of output {empty[0]}"
        raise InputError(
            f"{loss.name} needs a label above 0; all {len(labels)} labels{where} are 0, so the bias would fall for "
            "ever. Predict 0 there, or fit with rows that were counted for longer."
        )


def is_condensed(objective: Objective, epochs: int) -> bool:
    """Whether so many epochs are worth summing up the rows first, where that is possible."""
    return objective.blocks.n_features <= 4 * epochs


def _epochs(epochs: Any) -> int:
    return options.whole_number("epochs", epochs, hint="One epoch is one pass over the rows.")


def _warn_unless_least(objective: Objective, best: Optimum) -> None:
    """A warning where the direct way did not come to the minimum, or where there is none."""
    arrived = best.reason.startswith("converged") or "proven optimal" in best.reason
    if arrived or best.gap <= 1e-6 * abs(best.value):
        return
    with np.errstate(all="ignore"):
        first = abs(objective.value(objective.model.start()))
    if not best.gap <= 1e-9 * first:
        words = f"{best.reason}; the loss is {best.value:.6g}"
        words += "" if math.isnan(best.gap) else f", at most {best.gap:.3g} above its least value"
        warnings.warn(words, twin(NotConvergedWarning, "ConvergenceWarning"), stacklevel=4)


def no_early_stopping(settings: Any) -> None:
    """InputError where somebody wants a solver that takes no steps to end early."""
    if settings.early_stopping not in (None, False):
        raise InputError(
            f"early_stopping is for a training step by step; solver={settings.solver!r} goes straight to the minimum. "
            "Use for instance solver='gradient_descent', or l2 and early_stopping=None."
        )


def training(
    settings: Settings,
    objective: Objective,
    start: Array,
    finish: Callable[[Training], Any] | None,
    *,
    epochs: int | None = None,
) -> Training:
    """The loop, ready to go: every knob checked, the rows condensed where that pays. `epochs` overrides the setting."""
    name = "gradient_descent" if settings.solver in ("auto", "exact") else settings.solver
    method = options.method(name)
    batch_size = settings.batch_size
    if batch_size is not None:
        hint = "Use None for all rows, 1 for one row at a time."
        batch_size = options.whole_number("batch_size", batch_size, hint=hint)
    tolerance = options.positive("tolerance", settings.tolerance, hint="Use 0 to never stop early.", zero=True)
    generator = options.generator(settings.random_state)
    origin = settings, generator.bit_generator.state, objective.blocks
    one_pass = epochs is not None
    epochs = _epochs(epochs or settings.epochs)
    objective, validation, patience = (objective, None, []) if one_pass else kept_apart(settings, objective, generator)
    if is_condensed(objective, epochs):
        objective = objective.condensed() or objective
    rng = generator if options.yes_or_no("shuffle", settings.shuffle) else None
    own = options.several("listeners", settings.listeners, hint="Use for instance listeners=[gu.progress()].")
    listeners = [History(), *([converged(tolerance)] if tolerance > 0 else []), *patience, *own]
    # Listeners of one's own may look at every step; those of the library say where epochs are enough.
    fast = all(getattr(listener, "only_epochs", False) for listener in own)
    fast = fast and worth_it(objective.blocks.n_rows, batch_size, epochs)
    loop = (CompiledTraining if fast else Training)(
        objective,
        method,
        parameters=start,
        learning_rate=_learning_rate(settings.learning_rate, method.default_learning_rate, objective, batch_size),
        epochs=epochs,
        batch_size=batch_size,
        rng=rng,
        schedule=named_schedule(settings.schedule, epochs),
        listeners=listeners,
        finish=finish,
        validation=validation,
    )
    loop.origin, loop.saver = origin, _keep
    return loop


def _keep(loop: Training, path: Any) -> None:
    """What `training.save(path)` does."""
    from groundup.estimators import checkpoint  # here, because it stands on the estimators, and they on this file

    checkpoint.save(loop, path)


def _learning_rate(rate: Any, published: float | None, objective: Objective, batch_size: int | None) -> float:
    if isinstance(rate, str):
        if rate != "safe":
            raise InputError(f"learning_rate must be a number or 'safe'; got {rate!r}. Try learning_rate='safe'.")
        return safe_learning_rate(objective, batch_size) if published is None else published
    hint = "Use learning_rate='safe' for one computed from the data."
    return options.positive("learning_rate", rate, hint=hint)


def result(loop: Training, *, watched: bool = False) -> Answer:
    """What the loop found, with the reason why it ended. Whoever watched needs no warning that it was short."""
    history = next(listener for listener in loop.listeners if isinstance(listener, History))
    value = loop.look_at_all().value
    gap = loop.objective.gap(loop.parameters, value)
    return Answer(loop.parameters, verdict(loop, value, gap, watched), loop.epoch, gap, history.arrays())


def verdict(loop: Training, value: float, gap: float, watched: bool) -> str:
    """Why the training ended, with numbers; a warning where the model is not what its user hoped for."""
    reason = loop.reason or "stopped before the end"
    if reason == "diverged":
        reason = _divergence(loop)
    elif reason.startswith("all ") and not math.isnan(gap):
        reason += f": the loss is {value:.6g}, {gap:.3g} above its minimum of {value - gap:.6g}" + _remaining(loop)
    elif reason.startswith("all "):
        reason += f": the loss is {value:.6g}{_slope_left(loop)}"
    first = _first_loss(loop)
    if loop.step > 0 and loop.full_batch and value > first and not reason.startswith("diverg"):
        reason = f"diverging: the loss rose from {first:.6g} to {value:.6g}. " + _stable(loop)
    late = not watched and loop.full_batch and reason.startswith("all ") and gap > 0.01 * abs(value - gap)
    if late or reason.startswith("diverg"):
        warnings.warn(reason, twin(NotConvergedWarning, "ConvergenceWarning"), stacklevel=4)
    return reason


def _slope_left(loop: Training) -> str:
    """Where the minimum is unknown: how much of the first slope is left, which is all that can be said."""
    norms = next(listener for listener in loop.listeners if isinstance(listener, History)).arrays()["gradient_norm"]
    if not (loop.full_batch and len(norms) > 1 and norms[0] > 0):
        return ""
    return f" and the gradient's norm is {norms[-1]:.3g}, after {norms[0]:.3g} at the start, so this is not the minimum"


def _first_loss(loop: Training) -> float:
    history = next(listener for listener in loop.listeners if isinstance(listener, History))
    return history.lines[0][2] if history.lines else math.inf


def _divergence(loop: Training) -> str:
    where, went = "", f"the loss went from {_first_loss(loop):.6g} beyond all bounds"
    if not loop.full_batch:
        where = f" (epoch {loop.epoch + 1:,}, batch {loop.step % loop.steps_per_epoch + 1:,})"
    if loop.overflowed == "gradient":
        went = "the gradient went beyond what a float holds"
    return (
        f"diverged: after {loop.step:,} updates{where} at learning rate {loop.rate():.4g} {went}; "
        f"the last finite weights are kept. {_stable(loop)}"
    )


def _stable(loop: Training) -> str:
    """Which rate would have been stable, and whether standardising would help."""
    try:
        forecast = forecast_of(loop.objective) if isinstance(loop.objective, Objective) else None
    except InputError:
        forecast = None
    if forecast is None:
        return "Use a smaller learning rate."
    words = f"The largest stable learning rate here is {forecast.largest_stable_learning_rate:.4g}; "
    if loop.full_batch:
        words += f"use learning_rate='safe' ({forecast.safe_learning_rate:.4g})."
    else:
        safe = safe_learning_rate(loop.objective, loop.batch_size)  # pyright: ignore[reportArgumentType]
        words += f"for batches of {loop.batch_size}, use learning_rate='safe' ({safe:.4g})."
    better = forecast.standardised
    if better is not None and better.largest_stable_learning_rate > 1.5 * forecast.largest_stable_learning_rate:
        words += (
            " With standardised features (StandardScaler) every rate below "
            f"{better.largest_stable_learning_rate:.4g} is stable, and the condition falls from "
            f"{forecast.condition:.3g} to {better.condition:.3g}."
        )
    return words


def _remaining(loop: Training) -> str:
    """How many updates from zero to within one percent, for plain descent at this rate."""
    if not (loop.full_batch and isinstance(loop.objective, Condensed)):
        return ""
    forecast = forecast_of(loop.objective)
    if not forecast.exact or loop.schedule is not None or type(loop.method).__name__ != "GradientDescent":
        return ""
    steps = forecast.steps_to(0.01, loop.learning_rate)
    if steps <= loop.step or not math.isfinite(steps):
        return ""
    goal = "its minimum" if forecast.minimum_counts else "its minimum, measured against the start,"
    return f"; at this learning rate it comes within 1 % of {goal} after {steps:,} updates"
