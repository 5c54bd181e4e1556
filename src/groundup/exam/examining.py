"""`examine`: a candidate sits the whole exam and gets a card."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from groundup.errors import InputTypeError, UnknownNameError
from groundup.exam import alone, each_way, grading, handshake, naming, part_names, slips
from groundup.exam.candidates import candidate as made
from groundup.exam.candidates import composed, network_shapes, spelling, structure, torch_models
from groundup.exam.candidates.makers import maker, teaching
from groundup.exam.card import LEFT, Card
from groundup.exam.checks import all_checks
from groundup.exam.evidence import Verdict
from groundup.exam.grading.formulas import needs_classes
from groundup.exam.grading.names import ALIASES, PARTS_OF_TRAINING, Target, mean_of_classes, parts_of, slope_of, target
from groundup.exam.jail import Limits, ask_all
from groundup.exam.naming import Named
from groundup.exam.pieces import early_stoppers, minimisers
from groundup.exam.variants import SETTINGS, variants

TASKS = ("regression", "classification", "multiclass", "network", "optimiser", "parts")
FORMULAS = {
    *("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "swish", "silu", "softplus", "softmax", "log_softmax"),
    *("mse", "mae", "rmse", "r2", "huber", "accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", *ALIASES),
    *("bce_with_logits", "categorical_crossentropy", "cross_entropy_with_logits", "hinge", "matthews", "specificity"),
    *("confusion_matrix", "mape", "explained_variance", "balanced_accuracy", "kappa", "brier", "log_cosh"),
    *("median_absolute_error", "max_error", "average_precision", "smooth_l1", "clip_by_norm", "clip_by_value"),
    *(name for name, rule in PARTS_OF_TRAINING.items() if rule == "clip_by_norm"),
}
"""Names that mean a formula wherever they stand; other names of gu.formulas are graded on request only."""


PAIRS = ("metric", "loss", "several", "confusion")
"""Kinds of formulas that take labels and predictions."""
TWO = (*PAIRS, "clipping")
"""Kinds that take two arguments: a gradient and its limit too."""


def examine(candidate: Any, task: str = "regression", seed: int = 0, *, limits: Limits | None = None) -> Card:
    """Let anything that learns sit the exam: an estimator, its class, a train function, or a module with one of them.

    Each question is asked in a child process with limits of time and memory. A right candidate fails with a probability
    below 1e-7, whatever the seed; the same seed asks the same questions. Formulas of a module, such as `sigmoid`, are
    graded too. Networks are known by their names or the sizes of their layers; a PyTorch module comes as a pair of its
    class and train(model, X, y, learning_rate, epochs). An optimiser is graded by the rule that its name promises.

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
    limits = limits or Limits()
    if torch_models.pair(candidate) is not None or torch_models.used_by(candidate):
        torch_models.warm_up()
    if task == "optimiser" and _minimises(candidate):
        task = "parts"
    if task == "optimiser" and inspect.ismodule(candidate):
        return _optimisers(candidate, seed, limits)
    if task == "optimiser" or torch_models.is_optimiser(candidate):
        return grading.grade(candidate, grading.names.rule_of(candidate), seed)
    learner = candidate if torch_models.pair(candidate) else structure.adapted(only_class(candidate, task) or candidate)
    asked = task
    if task != "network" and network_shapes.is_network(learner):
        task, asked = "network", f"network {task}"
    found = dict(formulas_of(candidate))
    parts = [piece for piece in alone.pieces(candidate) if piece[0] not in found]
    learns = _learns(learner) and not alone.claimed(learner) and task != "parts"
    verdicts: list[Verdict] = []
    named: list[Named] = []
    name = getattr(candidate, "__name__", "module")
    if learns or not (found or parts):
        name = name_of(learner)
        verdicts = list(ask_all(lambda: made(learner, asked), all_checks(task), seed, limits))
        named = naming.nearest(verdicts, task)
        again = each_way.penalties(learner, task, seed, limits, verdicts)
        named += naming.nearest(again, task, most=1)
        verdicts = [v for v in verdicts if v.id not in {one.id for one in again}] + again
        verdicts = handshake.judged(verdicts, handshake.guessed_call(learner))
    closed = handshake.left_open(verdicts) if learns else ""
    named = [] if closed else named
    why: dict[str, str] = {}
    for word, (function, wanted) in found.items():
        own = handshake.judged(grading.ask(function, wanted, seed), handshake.guessed_formula(function, wanted))
        if handshake.left_open(own):
            why[word] = own[0].words
            continue
        for words, other, then in variants(function, wanted):
            again = [v for v in grading.ask(other, then, seed, f" {words}") if v.outcome == "failed"]
            known = {v.id for v in own if v.outcome == "failed"}
            own += [v for v in again if v.id.partition(" ")[0] not in known]
        named += grading.told.nearest(own, wanted, most=1)
        verdicts += _under(word, own, why)
    for word, part, questions in parts:
        own = list(ask_all(part, questions, seed, limits))
        named += part_names.named(own)
        verdicts += _under(word, own, why)
    shown = {word for verdict in verdicts for word in verdict.id.split(" ")[1:]}
    rest = alone.left_aside(candidate, shown, structure.original(learner) if learns else None, why)
    if closed and not (rest and rest[0].symptom):
        also = [rest[0].words] if rest else []
        words = ", ".join([f"{name} ({closed})", *also])
        main = "" if network_shapes.holds_layers(learner) else "main"
        rest = [Verdict(LEFT, "Everything in the file is examined.", "not examined", words=words, symptom=main)]
    verdicts += rest if not handshake.left_open(verdicts) else []
    conventions = {k: v for verdict in verdicts for k, v in verdict.conventions.items()}
    card = Card(name, task, seed, verdicts, conventions, sorted(named, key=lambda n: -n.likeness))
    return slips.named(card, learner)


def _under(word: str, own: list[Verdict], why: dict[str, str]) -> list[Verdict]:
    """The verdicts on one part of a file, under its name; where it could be asked nothing, `why` is told the reason."""
    for verdict in own:
        verdict.id, verdict.claim = f"{verdict.id} {word}", f"{word}: {verdict.claim}"
    asked = [v for v in own if v.outcome != "not examined"]
    if own and not asked:
        why[word] = own[0].words
    return asked


def _optimisers(module: Any, seed: int, limits: Limits) -> Card:
    """The card of a file of optimisers: each class or function that steps and whose name says which one it is.

    Layers and losses beside them sit their own small exams, and what is asked nothing is named.
    """
    verdicts: list[Verdict] = []
    named: list[Named] = []
    why: dict[str, str] = {}
    for name, thing in alone.own(module).items():
        if not steps(thing):
            continue
        try:
            rule = grading.names.rule_of(thing)
        except UnknownNameError:
            why[name] = "its name says no rule that is known"
            continue
        own = grading.ask(thing, grading.target(rule), seed)
        named += naming.nearest(own, f"formula {rule}", most=1)
        verdicts += _under(name, own, why)
    if not verdicts and not why:
        return grading.grade(module, grading.names.rule_of(module), seed)
    for name, part, questions in alone.pieces(module):
        if steps(alone.own(module).get(name)):
            continue
        own = list(ask_all(part, questions, seed, limits))
        named += part_names.named(own)
        verdicts += _under(name, own, why)
    shown = {word for verdict in verdicts for word in verdict.id.split(" ")[1:]}
    inside = alone.own(module)
    helpers = {n for n, thing in inside.items() if not steps(thing) and not alone.learns(thing) and n not in why}
    verdicts += [replace(v, symptom="") for v in alone.left_aside(module, shown | helpers, None, why)]
    conventions = {k: v for verdict in verdicts for k, v in verdict.conventions.items()}
    title = str(module.__name__)
    return Card(title, "optimiser", seed, verdicts, conventions, sorted(named, key=lambda n: -n.likeness))


def _minimises(candidate: Any) -> bool:
    """Whether it is a minimiser of any function, or a file of such; their book asks them."""
    own = alone.own(candidate).values()
    return any(map(minimisers.kind_of, own)) and not any(map(steps, own))


def steps(thing: Any) -> bool:
    """Whether a class has a step of its own objects, or a function takes parameters and their gradient."""
    if inspect.isclass(thing):
        ways = [getattr(thing, way, None) for way in grading.steppers.ObjectStepper.CALLS[:-1]]
        learns = any(hasattr(thing, way) for way in ("fit", "train", "predict"))
        other = learns or alone.is_namespace(thing) or early_stoppers.kind_of(thing)
        return not other and any(map(inspect.isfunction, ways))
    plain = [spelling.plain(name) for name in spelling.parameters(thing)]
    both = {*grading.steppers.GRADIENTS} & {*plain}, {*grading.steppers.PARAMETERS} & {*plain}
    return inspect.isfunction(thing) and (all(both) or grading.functional_steppers.makes_steps(thing))


def name_of(candidate: Any) -> str:
    """What stands on the card. Raises InputTypeError for what can neither be fitted nor trained."""
    both = torch_models.pair(candidate)
    if both is not None:
        return getattr(both[0], "__name__", type(both[0]).__name__)
    if callable(getattr(candidate, "train", None)) and not hasattr(candidate, "fit"):
        return getattr(candidate, "__name__", type(candidate).__name__)
    return maker(candidate).name


def formulas_of(candidate: Any) -> Iterator[tuple[str, tuple[Any, Target]]]:
    """The formulas of a module, by the names that it gives them; none of an estimator or a function."""
    if inspect.isfunction(candidate) or isinstance(candidate, tuple) or hasattr(candidate, "fit"):
        return
    drawers = alone.functions_of(candidate)
    classes = {name: thing for name, thing in drawers.items() if hasattr(thing, "formula")}
    for name, thing in {**drawers, **spelling.contents(candidate), **classes}.items():
        known = getattr(thing, "formula", "")
        bare = known or name.strip("_").lower()
        bare = bare if bare in FORMULAS else bare.removesuffix("_loss")
        start = next((f for f in FORMULAS if bare in (f, f"{f}_derivative", f"{f}_prime", f"{f}_grad", f"d_{f}")), None)
        start = start or (bare if slope_of(bare) in FORMULAS else None)
        meant = known or start or parts_of(bare) or mean_of_classes(bare)
        if not meant or not callable(thing) or _is_method(candidate, thing):
            continue
        try:
            wanted = target(known or name)
        except UnknownNameError:  # the slope of a loss or of a metric
            continue
        if wanted.kind not in ("elementwise", "rowwise", *TWO):
            continue
        settings = SETTINGS[wanted.name][2] if wanted.name in SETTINGS else ()
        more = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
        given = {n: p for n, p in spelling.parameters(thing).items() if p.kind not in more}
        needed = [n for n, p in given.items() if p.default is p.empty and n not in settings]
        told = needs_classes(thing) if wanted.data == "classes" else ""
        if len([n for n in needed if n != told]) == (2 if wanted.kind in TWO else 1):
            yield name, (thing, wanted)


def _is_method(candidate: Any, thing: Any) -> bool:
    """Whether this is a method of the class, which needs an object of it first."""
    return inspect.isclass(candidate) and next(iter(spelling.parameters(thing)), "") == "self"


def only_class(module: Any, task: str = "") -> Any:
    """The class with fit and predict that a module defines, where it has no train function; else None.

    Of several it is the last, where a task is named: what is used by others stands before them.
    """
    whole = composed.composed(module)
    if whole is not None:
        return whole
    if not inspect.ismodule(module) or _trains_alone(module):
        return None
    own = [c for c in vars(module).values() if inspect.isclass(c) and c.__module__ == module.__name__]
    own = [c for c in own if not torch_models.is_module(c)]
    able = [c for c in own if (teaching(c) and hasattr(c, "predict")) or network_shapes.is_network(c)]
    able = able or [c for c in own if teaching(c) and not hasattr(c, "transform")]
    able = able or [c for c in own if structure.adapted(c) is not c]
    last = [c for c in able if not any(c in other.__mro__[1:] for other in able)]
    shown = [c for c in last if not c.__name__.startswith("_")] or last
    return shown[-1] if shown and (len(shown) == 1 or task) else None


def _trains_alone(module: Any) -> bool:
    """Whether a file has a function that trains, and no class that this function is given to train."""
    train = spelling.function_of(module, "train")
    first = next(iter(spelling.parameters(train)), "") if train is not None else ""
    return train is not None and spelling.plain(first) not in torch_models.MODELS


def _learns(candidate: Any) -> bool:
    if torch_models.pair(candidate) is not None or callable(candidate) or hasattr(candidate, "fit"):
        return True
    return spelling.function_of(candidate, "train") is not None
