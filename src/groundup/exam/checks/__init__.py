"""The questions, each a function with its claim, its boundary and its false-alarm probability.

    laws         what every learner keeps: order of rows, one row alone, forgetting, arguments left as they are
    answers      linear regression: normal equations, the truth within chance, units
    extras       linear regression: weights of rows, a penalty, standard errors, the variance of the noise
    descent      gradient descent step by step
    batches      epochs, batches, shuffling, seeds, tolerance
    classes      two classes: optimum, truth, labels, probabilities
    penalties    two classes: an l2 penalty          prices    one price: at every rate, and in its own notes
    many         many classes
    slopes       loss and gradient functions of a module: does one belong to the other?
    networks     hidden layers: forward, and backward in one epoch
    network_epochs, network_ends    many epochs; rows apart, first weights, the end, predict
    network_defaults, network_forms    the settings that it comes with; several layers, numbers in a row
    awkward      more columns than rows, columns that say nothing new, other units
    certainty    standard errors of every coefficient, and where there are none
    stationary   at a penalised minimum each weight is pulled as hard as the penalty pulls back
    chance       how far rows that are set aside, or drawn, may move an answer
    best_epoch, best_by_patience, patience    early stopping: which epoch comes back, and when it stops
    set_aside    one that does not learn from all rows learns all the same
    apart, weighted_classes    classes that a plane tells apart; three classes; weights of rows
    promised     loss and penalty of the formula in its docstring

    tables       rows to learn from, with their truth          paths    wrong ways downhill, by name
    words        which words of its own a candidate is held to
    experiment   the smallest rows on which right and wrong differ

A new question is one more function with `@check(...)`: it is found by being there.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, cast

from groundup.exam.evidence import Check

ORDER = (
    "laws",
    "answers",
    "extras",
    "descent",
    "batches",
    "classes",
    "penalties",
    "many",
    "slopes",
    "networks",
    "network_epochs",
    "network_ends",
    "network_laws",
)


def all_checks(task: str) -> list[Check]:
    """Every question for this task, room by room; S01 comes first."""
    modules = {info.name for info in pkgutil.iter_modules(cast(Any, __path__))}
    rooms = [*(room for room in ORDER if room in modules), *sorted(modules - set(ORDER))]
    found: dict[str, Check] = {}
    for room in rooms:
        module = importlib.import_module(f"{__name__}.{room}")
        found |= {thing.id: thing for thing in vars(module).values() if isinstance(thing, Check)}
    return [question for question in found.values() if task in question.tasks]
