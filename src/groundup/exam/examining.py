"""`examine`: a candidate sits the whole exam and gets a card."""

from __future__ import annotations

from typing import Any

from groundup.errors import InputTypeError, UnknownNameError
from groundup.exam import naming
from groundup.exam.candidates import candidate as made
from groundup.exam.candidates.makers import maker
from groundup.exam.card import Card
from groundup.exam.checks import all_checks
from groundup.exam.jail import Limits, ask_all

TASKS = ("regression", "classification", "multiclass")


def examine(candidate: Any, task: str = "regression", seed: int = 0, *, limits: Limits | None = None) -> Card:
    """Let anything that learns sit the exam: an estimator, its class, a train function, or a module of functions.

    Each question is asked in a child process with limits of time and memory. A right candidate fails with a probability
    below 1e-7, whatever the seed; the same seed asks the same questions.

    >>> import numpy as np
    >>> def train(X, y, learning_rate, epochs):
    ...     w, b = np.zeros(X.shape[1]), 0.0
    ...     for _ in range(epochs):
    ...         error = X @ w + b - y
    ...         w, b = w - learning_rate * X.T @ error / len(y), b - learning_rate * error.mean()
    ...     return w, b
    >>> card = examine(train)
    >>> card.passed, card.conventions["loss"]
    (True, 'it makes 1/2 the mean of the squared errors small')
    """
    if task not in TASKS:
        raise UnknownNameError("task", task, TASKS)
    if isinstance(seed, bool) or not isinstance(seed, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputTypeError(f"seed must be a whole number; got {seed!r}. Try seed=0.")
    name = maker(candidate).name
    verdicts = list(ask_all(lambda: made(candidate, task), all_checks(task), seed, limits or Limits()))
    conventions = {k: v for verdict in verdicts for k, v in verdict.conventions.items()}
    return Card(name, task, seed, verdicts, conventions, naming.nearest(verdicts, task))
