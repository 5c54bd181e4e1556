"""What "auto" means for a network, and the loop that follows from it.

solver          Adam, at a rate that falls along a cosine
learning_rate   0.1, or 0.8 / features where that is less: no update moves a first score by more than about 0.8
batch_size      all rows up to 1,000 of them, else 128
epochs          1,000, or 1,000,000 / rows where that is less, but at least 20
standardise     columns of X, and the scores of losses of y - z, have mean 0 and deviation 1 inside the network
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.estimators import fitting, options
from groundup.models.dropout import Dropping
from groundup.models.objective import Objective
from groundup.solve.adaptive import Adam
from groundup.solve.early_stopping import EarlyStopping
from groundup.solve.loop import Training
from groundup.solve.schedules import Cosine, named

FEW_ROWS = 1_000


@dataclass
class Plan:
    """The settings of a network with every "auto" resolved."""

    solver: Any
    learning_rate: Any
    batch_size: Any
    epochs: Any
    tolerance: Any
    schedule: Any
    shuffle: Any
    random_state: Any
    listeners: Any


def plan(model: Any, objective: Objective, start: Array, rng: np.random.Generator) -> Plan:
    """Every "auto" resolved for these rows."""
    rows, features = objective.blocks.n_rows, objective.blocks.n_features
    auto = model.solver == "auto"
    epochs = max(20, min(1000, 1_000_000 // rows)) if model.epochs == "auto" else model.epochs
    epochs = options.whole_number("epochs", epochs, hint="One epoch is one pass over the rows.")
    batch_size = model.batch_size
    if isinstance(batch_size, str) and batch_size == "auto":
        batch_size = None if rows <= FEW_ROWS else 128
    if isinstance(model.solver, str) and model.solver == "exact":
        raise InputError("solver='exact' is for linear regression; a network has no closed form. Use solver='auto'.")
    method = _adam(objective, start) if auto else options.method(model.solver)
    rate = model.learning_rate
    if isinstance(rate, str) and rate == "safe":
        if auto:
            rate = min(0.1, 0.8 / features)
        elif method.default_learning_rate is None:
            rate = 1 / steepest(objective, start)
    schedule = Cosine() if auto and model.schedule is None else model.schedule
    return Plan(
        method,
        rate,
        batch_size,
        epochs,
        model.tolerance,
        named(schedule, epochs),
        model.shuffle,
        rng,
        model.listeners,
    )


def _adam(objective: Objective, start: Array) -> Adam:
    """Adam with ε = 1e-8 of the steepest slope at the start, so that the units of the loss do not matter."""
    with np.errstate(all="ignore"):
        steepest_slope = float(np.max(np.abs(objective.value_and_gradient(start)[1]), initial=0.0))
    usable = math.isfinite(steepest_slope) and 1e-8 * steepest_slope > 0
    return Adam(epsilon=1e-8 * steepest_slope) if usable else Adam()


def network_training(
    model: Any,
    objective: Objective,
    start: Array,
    rng: np.random.Generator,
    finish: Callable[[Training], Any] | None,
    validation: Objective | None,
    stopping: EarlyStopping | None,
) -> Training:
    """The loop, ready to go."""
    dropout = options.positive("dropout", model.dropout, hint="Use 0 to keep every neuron.", zero=True)
    if dropout >= 1:
        raise InputError(f"dropout must be below 1, or no neuron stays; got {model.dropout!r}. Try dropout=0.2.")
    if dropout and not options.yes_or_no("shuffle", model.shuffle):
        raise InputError("dropout draws from the generator that shuffles; use shuffle=True, or dropout=0.")
    resolved = plan(model, objective, start, rng)
    loop = fitting.training(resolved, Dropping(objective, rng) if dropout else objective, start, finish)
    if stopping is not None:
        loop.validation = validation
        loop.listeners.insert(len(loop.listeners) - len(list(model.listeners)), stopping.listener())
    return loop


def steepest(objective: Objective, parameters: Array, rounds: int = 30) -> float:
    """The largest curvature at the start, by power iteration on Gauss-Newton products: v ← H v / |H v|."""
    v = np.random.default_rng(0).normal(size=len(parameters))
    largest = 0.0
    for _ in range(rounds):
        v = objective.hessian_times(parameters, v / math.sqrt(float(np.dot(v, v))))
        largest = math.sqrt(float(np.dot(v, v)))
        if not (largest > 0 and math.isfinite(largest)):
            return 1.0
    return largest
