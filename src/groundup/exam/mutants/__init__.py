"""A catalogue of mistakes: small wrong implementations, each a right one with one thing changed, each with its name.

    right       right implementations in several styles
    mistakes    the names, with more_mistakes
    making      Mutant: from a right text and a change to a candidate
    lines, loops, labels, formulas    the changes: linear regression, training loops, classification, single formulas
    penalised                         the changes: penalties and weights of rows
    networks, optimisers              the changes: back-propagation, steps, clipping, early stopping, schedules

It measures the exam: how many of them are caught, and how often is the mistake named?
"""

from __future__ import annotations

from groundup.exam.mutants.making import Mutant, build, right_code


def catalogue() -> list[Mutant]:
    """Every mutant."""
    from groundup.exam.mutants import formulas, labels, lines, loops, networks, optimisers, penalised

    rooms = (lines, loops, labels, penalised, formulas, networks, optimisers)
    return [mutant for room in rooms for mutant in room.MUTANTS]


RIGHT = {
    "line_class": ("LinearRegression", "regression"),
    "line_function": ("train", "regression"),
    "line_module": ("", "regression"),
    "line_exact": ("LeastSquares", "regression"),
    "line_lasso": ("ElasticNet", "regression"),
    "line_ridge": ("Ridge", "regression"),
    "batches": ("MiniBatchRegression", "regression"),
    "scaled": ("ScaledRegression", "regression"),
    "logistic_class": ("LogisticRegression", "classification"),
    "logistic_newton": ("LogisticRegression", "classification"),
    "logistic_module": ("", "classification"),
    "softmax_class": ("SoftmaxRegression", "multiclass"),
    "network_class": ("NeuralNetwork", "network"),
    "network_functions": ("", "network"),
    "network_layers": ("MLPRegressor", "network"),
}
"""The right implementations: what to take of each, and its task."""

__all__ = ["RIGHT", "Mutant", "build", "catalogue", "right_code"]
