"""Practice: an exercise for every formula, step and model, each with a stub, three hints and an examiner.

    exercise    Exercise: name, task, equations, examples, hints
    formulas    made of the formulas' own catalogue: activations, slopes, losses, metrics, optimisers
    calls       Calls: judged by calling the answer on examples, at random, at awkward places, and by laws
    lines, fits, costs, training, batches, classes, many, hits, data, splits, networks, units    those judged so
    models      whole models, examined by the kit
    progress    what was solved, in a file of the learner's own
    assignments a teacher's own exercise: one file

>>> find("sigmoid").title
'the activation sigmoid'
>>> import numpy as np
>>> check(find("relu"), lambda x: np.maximum(x, 0)).passed
True
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from groundup.errors import InputTypeError, UnknownNameError, did_you_mean
from groundup.exam.card import Card
from groundup.exam.practice import progress
from groundup.exam.practice.calls import Calls
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.exam.practice.models import Model

TOPICS = (
    *("lines", "losses", "training", "optimisers", "classes", "metrics", "data"),
    *("activations", "slopes", "networks", "whole models"),
)
"""In the order in which a course might go."""


@cache
def catalogue() -> tuple[Exercise, ...]:
    """Every exercise, topic by topic."""
    from groundup.exam.practice import (
        batches,
        classes,
        costs,
        data,
        fits,
        formulas,
        hits,
        lines,
        many,
        models,
        networks,
        splits,
        training,
        units,
    )

    rooms = (lines, fits, costs, training, batches, classes, many, hits, data, splits, networks, units, models)
    found = [*formulas.exercises(), *(e for room in rooms for e in room.EXERCISES)]
    return tuple(sorted(found, key=lambda e: TOPICS.index(e.topic)))


def find(name: str) -> Exercise:
    """The exercise of that name, or that of a teacher's ASSIGNMENT.py. Raises UnknownNameError for another name."""
    if name.endswith(".py"):
        from groundup.exam.practice import assignments

        return assignments.read(Path(name))
    found = {exercise.name: exercise for exercise in catalogue()}
    if name not in found:
        raise UnknownExerciseError(name, found)
    return found[name]


class UnknownExerciseError(UnknownNameError):
    """A name that is no exercise; the message gives the nearest, and not all two hundred.

    >>> str(UnknownExerciseError("sigmoyd", {"sigmoid": 1}))
    "no exercise is called 'sigmoyd'. Did you mean 'sigmoid'? `groundup practice list` shows all 1."
    """

    def __init__(self, name: str, known: Any):
        hint = did_you_mean(name, known)
        ValueError.__init__(
            self, f"no exercise is called {name!r}.{hint} `groundup practice list` shows all {len(known)}."
        )


def check(exercise: Exercise, answer: Any, seed: int = 0) -> Card:
    """Judge an answer: the function or class itself, or a module that has it."""
    thing = answer if callable(answer) else getattr(answer, exercise.thing, None)
    if thing is None:
        raise InputTypeError(f"the exercise {exercise.name} asks for {exercise.thing!r}, which is not in this file.")
    return exercise.judge(thing, seed)


__all__ = ["Calls", "Exercise", "Model", "catalogue", "check", "find", "function_code", "progress"]
