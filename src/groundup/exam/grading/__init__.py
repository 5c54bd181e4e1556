"""`grade`: one formula of a learner's own, at awkward points, in every shape and type.

names        which formula a name means, and what to compare it with
formulas     the candidate: a function, its convention, its derivative
activation_classes  a class that is an activation: Sigmoid()(x)
elementwise  questions for activations: values, tails, derivative, shapes, types
rowwise      questions for softmax and its kin
many_rows    questions for metrics of a thousand rows and more
metrics      questions for losses and metrics of (y, prediction)
signs        which other number it is that a metric gives instead of the right one
losses       questions for losses of scores, of margins, and of chances of classes
several      questions for a function that gives precision and recall at once
confusion    questions for a confusion matrix
rules        the steps of optimisers by the book, and wrong ones by name
steppers     an optimiser in any shape: a class, or a method of gu.methods
function_steppers   a step function, and which adapter is for which
layer_steppers      update(layer), and update(weights, bias, dw, db)
named_steppers      update(name, w, g)
functional_steppers   a function that makes init and update
torch_steppers      those of PyTorch
boxed_steppers      those that own objects with .data and .grad
parameter_steppers  those that are given one such object a call
optimisers   questions for optimisers
optimiser_extras    questions for their weight decay and their switches
told         the name of a mistake that the numbers themselves tell
training     questions for clipping
schedules    the question for a schedule of the learning rate
"""

from __future__ import annotations

import functools
import inspect
from typing import Any

import numpy as np

from groundup.errors import InputTypeError, UnknownNameError
from groundup.exam.candidates import torch_models
from groundup.exam.card import Card
from groundup.exam.evidence import Verdict
from groundup.exam.grading import (
    activation_classes,
    confusion,
    elementwise,
    functional_steppers,
    losses,
    many_rows,
    metrics,
    names,
    optimiser_extras,
    optimisers,
    rowwise,
    schedules,
    several,
    steppers,
    told,
    training,
)
from groundup.exam.grading.formulas import Formula
from groundup.exam.grading.names import Target, target
from groundup.exam.jail import Limits, ask_all
from groundup.exam.pieces import early_stoppers
from groundup.exam.pieces.losses import Loss, kind_of, loss_gradient
from groundup.exam.pieces.losses import names as names_of
from groundup.exam.variants import variants

QUESTIONS = {
    **{
        "elementwise": elementwise.QUESTIONS,
        "rowwise": rowwise.QUESTIONS,
        "metric": [*metrics.QUESTIONS, *many_rows.QUESTIONS],
    },
    **{"confusion": confusion.QUESTIONS, "several": several.QUESTIONS, "loss": losses.QUESTIONS},
    **{
        "optimiser": [*optimisers.QUESTIONS, *optimiser_extras.QUESTIONS],
        "schedule": schedules.QUESTIONS,
        "stopper": early_stoppers.QUESTIONS,
        **training.QUESTIONS,
    },
}
QUICK = Limits(seconds=5.0, seconds_after_one=2.0, most_stops=2)


def grade(function: Any, name: str, seed: int = 0) -> Card:
    """Judge one formula: an activation, its derivative, a loss of (y, prediction), a metric, or a part of training.

    `name` is a name of gu.formulas, such as "sigmoid", "softmax", "mse", "f1"; "sigmoid_derivative" means the slope.
    Parts of training are optimisers ("momentum", "adam", ...: a step function, a class, a method of gu.methods or an
    optimiser of PyTorch), "clip_by_norm", "early_stopping", and schedules ("cosine_schedule", ...). Raises
    UnknownNameError for another name.

    >>> import numpy as np
    >>> grade(lambda z: np.tanh(z), "tanh").passed
    True
    >>> card = grade(lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)), "tanh")
    >>> card.passed, card.mistake
    (False, 'tanh of large numbers is not a number, because exponentials overflow')
    """
    function = activation_classes.as_function(in_module(function, name))
    if not (callable(function) or hasattr(function, "step") or hasattr(function, "update")):
        raise InputTypeError(f"grade needs a function; got {function!r}. Give the function itself, without calling it.")
    wanted = target(name)
    verdicts = _of_class(function, wanted, seed) or ask(function, wanted, seed)
    for words, other, then in variants(function, wanted):
        known = {verdict.id for verdict in verdicts if verdict.outcome == "failed"}
        again = [v for v in ask(other, then, seed, f" {words}") if v.outcome == "failed"]
        verdicts += [v for v in again if v.id.partition(" ")[0] not in known]
    conventions = {k: v for verdict in verdicts for k, v in verdict.conventions.items()}
    shown = getattr(function, "__name__", type(function).__name__)
    title = name if shown == "<lambda>" else shown
    return Card(title, f"formula {name}", seed, verdicts, conventions, told.nearest(verdicts, wanted))


def _of_class(cls: Any, wanted: Target, seed: int) -> list[Verdict]:
    """A loss that is a class: its value as that of the formula, and its gradient as the slope of the value."""
    if wanted.kind not in ("metric", "loss") or not kind_of(cls):
        return []
    value = getattr(Loss(cls).instance, names_of(cls)[0])
    return [
        *ask(value, wanted, seed),
        *ask_all(lambda: Loss(cls), [loss_gradient], seed, QUICK),
    ]


def in_module(module: Any, name: str) -> Any:
    """Of a file, what has the name of this formula, or its only function or class; anything else as it is."""
    if not inspect.ismodule(module):
        return module
    wanted = target(name)
    contents: dict[str, Any] = module.__dict__
    own = {n: v for n, v in contents.items() if callable(v) and getattr(v, "__module__", "") == module.__name__}
    for word, thing in own.items():
        try:
            found = target(word) if not word.startswith("_") else None
        except UnknownNameError:
            continue
        if found is not None and (found.name, found.slope) == (wanted.name, wanted.slope):
            return thing
    together = names.parts_of(wanted.name) if wanted.kind == "several" else ()
    if together and own.keys() >= {*together}:

        def all_of_them(y: Any, prediction: Any) -> tuple[Any, ...]:
            return tuple(own[word](y, prediction) for word in together)

        return all_of_them
    public = [thing for word, thing in own.items() if not word.startswith("_")]
    if len(public) == 1:
        return public[0]
    raise InputTypeError(
        f"{module.__name__} has {len(own)} functions ({', '.join(own) or 'none'}), and not one of them is called "
        f"{name!r}; say FILE.py:NAME, or --name NAME for many files."
    )


def one_at_a_time(function: Any) -> Any:
    """A formula of one number, such as one of the module math, made to take arrays; any other as it is."""
    try:
        function(np.array([0.25, 0.5]))
    except (TypeError, ValueError):
        try:
            float(function(0.25))
        except Exception:
            return function
        return functools.update_wrapper(np.vectorize(function, otypes=[float]), function)
    except Exception:
        return function
    return function


def ask(function: Any, wanted: Target, seed: int, suffix: str = "") -> list[Verdict]:
    """The verdicts on one function; `suffix` is put behind each question's id."""
    function = one_at_a_time(function) if wanted.kind == "elementwise" else function
    if torch_models.is_optimiser(function):
        torch_models.warm_up()
    made: Any = {"optimiser": optimisers.Optimiser, **dict.fromkeys(("clipping", "schedule"), training.Part)}
    made["stopper"] = lambda thing, wanted: early_stoppers.Stopper(thing)  # pyright: ignore[reportUnknownLambdaType]
    found = list(ask_all(lambda: made.get(wanted.kind, Formula)(function, wanted), QUESTIONS[wanted.kind], seed, QUICK))
    for verdict in found:
        verdict.id += suffix
    return found


__all__ = [
    "Formula",
    "ask",
    "functional_steppers",
    "grade",
    "in_module",
    "names",
    "steppers",
    "target",
    "told",
]
