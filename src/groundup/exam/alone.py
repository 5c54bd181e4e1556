# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""What a file holds beside, or instead of, one that learns: each part sits its own small exam, and the rest is named.

    layers and losses    a class with forward and backward, a loss with its gradient, a cost with its gradient
    autograd engines     numbers that remember how they were made
    scalers, encoders    fit and transform
    normalisers          standardize(X), min_max(X): functions of a table
    imputers             the same, for gaps
    polynomials          polynomial features, by their degree
    schedules            the learning rate of each step
    autograd             a Function of PyTorch with its backward
    splits, folds        train_test_split, KFold, cross_val_score
    minimisers           minimise(f, gradient, x0)
    early stoppers       step(loss, weights) -> whether to stop

What no module has questions for is told by its name, so that nobody takes it for examined.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from groundup.exam.candidates import labels_first, spelling, wholes
from groundup.exam.card import LEFT
from groundup.exam.checks import all_checks
from groundup.exam.evidence import Check, Verdict
from groundup.exam.grading import activation_classes
from groundup.exam.pieces import (
    autograd,
    costs,
    cross_validation,
    early_stoppers,
    encoders,
    engines,
    imputers,
    losses,
    minimisers,
    normalisers,
    ordered_splits,
    parameter_slopes,
    polynomials,
    residual_losses,
    scalers,
    schedules,
    softmax_slopes,
    split_questions,
    splits,
    training_layers,
)

Piece = tuple[str, Callable[[], Any], Sequence[Check]]
KINDS: tuple[tuple[Any, Any], ...] = (
    (autograd, autograd.Function),
    (engines, engines.Engine),
    (losses, losses.Loss),
    (residual_losses, residual_losses.ResidualLoss),
    (training_layers, training_layers.Part),
    (encoders, encoders.Encoder),
    (cross_validation, cross_validation.CrossValidation),
    (split_questions, split_questions.Split),
    (ordered_splits, ordered_splits.Ordered),
    (minimisers, minimisers.Minimiser),
    (polynomials, polynomials.Powers),
    (early_stoppers, early_stoppers.Stopper),
    (schedules, schedules.Schedule),
    (imputers, imputers.Imputer),
    (scalers, scalers.Scaler),
    (normalisers, normalisers.Normaliser),
)
"""The first that knows a thing asks it."""
PARTS_OF_LEARNERS = (training_layers, losses, residual_losses)
"""Those that are examined beside a class that uses them."""
LEARNS = re.compile(r"fit|train|learn|back_?prop\w*|backward\w*|feed_?forward|gradient_descent|predict", re.IGNORECASE)
"""What the methods of a class are called that learns, or is meant to."""


def pieces(candidate: Any) -> Iterator[Piece]:
    """(name, how to make it a candidate, its questions) of each part that there are questions for."""
    for name, thing in (own(candidate) or layers_of(candidate)).items():
        found = next(((kind, cls) for kind, cls in KINDS if kind.kind_of(thing)), None)
        if found is not None:
            yield name, functools.partial(found[1], thing), found[0].QUESTIONS
    for thing in filter(learns, own(candidate).values() or [candidate]):
        for name, split in splits.within(thing):
            yield name, functools.partial(splits.Split, split), split_questions.QUESTIONS
    functions = functions_of(candidate)
    for name, both in losses.slopes_beside(functions):
        yield name, functools.partial(losses.Loss, both), [losses.loss_gradient]
    for name, both in residual_losses.pairs_of(functions):
        yield name, functools.partial(residual_losses.ResidualLoss, both), residual_losses.QUESTIONS
    for name, function in softmax_slopes.slopes_of_softmax(functions):
        yield name, functools.partial(softmax_slopes.Slope, function), softmax_slopes.QUESTIONS
    for name, function in costs.both_of({**functions, **costs.called_by(candidate)}):
        yield name, functools.partial(costs.Both, function), [costs.cost_with_its_gradient]
    for name, found in parameter_slopes.both_of(candidate, functions):
        yield name, functools.partial(parameter_slopes.Slopes, found), parameter_slopes.QUESTIONS
    if inspect.ismodule(candidate):
        for name, function in labels_first.several(candidate).items():
            task = labels_first.task_of(function)
            yield name, functools.partial(labels_first.learner, function, task), all_checks(task)
    if spelling.function_of(functions, "train") is None:
        for name, both in losses.costs_of(functions):
            yield name, functools.partial(losses.Cost, both), [losses.cost_gradient]


def claimed(thing: Any) -> bool:
    """Whether a class or a function is of a known kind, or a drawer of functions: then it learns nothing."""
    if not (inspect.isclass(thing) or inspect.isfunction(thing)):
        return False
    if activation_classes.formula_of(thing) or costs.kind_of(thing):
        return True
    return any(kind.kind_of(thing) for kind, _ in KINDS) or (inspect.isclass(thing) and is_namespace(thing))


def own(candidate: Any) -> dict[str, Any]:
    """The public classes and functions that a file defines; of anything else, itself."""
    if inspect.ismodule(candidate):
        found: dict[str, Any] = vars(candidate)
        both = {n: v for n, v in found.items() if inspect.isclass(v) or inspect.isfunction(v)}
        return {n: v for n, v in both.items() if v.__module__ == candidate.__name__ and not n.startswith("_")}
    return {candidate.__name__: candidate} if claimed(candidate) else {}


def layers_of(cls: Any) -> dict[str, Any]:
    """The layers and losses of its file that a class is made of, as its code names them."""
    home = inspect.getmodule(cls) if inspect.isclass(cls) else None
    try:
        text = inspect.getsource(cls) if home is not None else ""
    except (OSError, TypeError):
        return {}
    named = {name: thing for name, thing in (own(home) if text else {}).items() if re.search(rf"\b{name}\(", text)}
    return {n: v for n, v in named.items() if v is not cls and any(b.kind_of(v) for b in PARTS_OF_LEARNERS)}


def functions_of(candidate: Any) -> dict[str, Any]:
    """The functions that a file defines, those of its classes that have static ones only among them."""
    found: dict[str, Any] = {}
    for name, thing in own(candidate).items():
        if inspect.isfunction(thing):
            found[name] = thing
        elif activation_classes.formula_of(thing) and not any(kind.kind_of(thing) for kind, _ in KINDS):
            found[name] = activation_classes.as_function(thing)
        elif inspect.isclass(thing) and is_namespace(thing):
            found |= {n: getattr(thing, n) for n, v in vars(thing).items() if isinstance(v, staticmethod)}
        elif inspect.isclass(thing):
            found |= _of_a_toolbox(thing)
    return found


TOOLS = ("sigmoid", "relu", "tanh", "softmax", "leaky_relu", "linear", "softplus", "elu")


def _of_a_toolbox(cls: Any) -> dict[str, Any]:
    """The methods of one made without arguments, where most are activations and their slopes, and none learns."""
    own = {n: f for n, f in vars(cls).items() if inspect.isfunction(f) and not n.startswith("_")}
    tools = [n for n in own if any(n.lower().startswith(tool) for tool in TOOLS)]
    if len(tools) < 2 or 2 * len(tools) <= len(own) or any(LEARNS.match(n) for n in own) or "forward" in own:
        return {}
    if any(p.default is p.empty for p in spelling.parameters(cls).values()):
        return {}
    try:
        made = cls()
    except Exception:
        return {}
    return {n: getattr(made, n) for n, f in own.items() if next(iter(spelling.parameters(f)), "") == "self"}


def is_namespace(cls: Any) -> bool:
    """Whether a class is a drawer of functions: all are static, and there are two or more."""
    inside = [v for v in vars(cls).values() if callable(v) or isinstance(v, staticmethod | classmethod)]
    return len(inside) > 1 and all(isinstance(v, staticmethod) for v in inside)


def left_aside(module: Any, known: set[str], learner: Any, why: dict[str, str]) -> list[Verdict]:
    """What a file has beside that, in one verdict; its symptom is "main" where what is missing is meant to learn.

    Beside one that learns, its helpers are examined with it: only others that learn are named.
    """
    if not inspect.ismodule(module):
        return []
    inside = own(module)
    classes = [n for n, v in inside.items() if inspect.isclass(v) and not is_namespace(v) and not _aside(v, inside)]
    functions = [n for n in functions_of(module) if learner is None and n not in classes]
    learning = {n for n in classes if _is_to_learn(inside[n])}
    names = [n for n in classes if n not in known and (learner is None or n in learning)]
    names += [n for n in functions if n not in known]
    names = [n for n in names if learner is None or inside[n] not in (learner, *wholes.parts_of(learner))]
    if not names:
        return []
    told = [f"{'class ' * (n in classes)}{n}" + (f" ({why[n]})" if why.get(n) else "") for n in names]
    main = "main" if learner is None and learning & set(names) else ""
    return [Verdict(LEFT, "Everything in the file is examined.", "not examined", words=", ".join(told), symptom=main)]


def _aside(cls: Any, inside: dict[str, Any]) -> bool:
    """Whether a class is an error, a record, or one that others are made of."""
    if issubclass(cls, BaseException | tuple) or hasattr(cls, "__dataclass_fields__"):
        return True
    return any(inspect.isclass(other) and cls in other.__mro__[1:] for other in inside.values())


def learns(thing: Any) -> bool:
    """Whether a class has a method that is called as those are that learn."""
    return inspect.isclass(thing) and _is_to_learn(thing)


def _is_to_learn(cls: Any) -> bool:
    return any(LEARNS.match(name) for name, v in vars(cls).items() if inspect.isfunction(v))
