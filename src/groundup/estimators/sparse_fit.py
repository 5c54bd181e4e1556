"""Sparse rows to their optimum: Newton's method by products, because a Hessian of all words would not fit."""

from __future__ import annotations

import math
import warnings
from typing import Any, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import Block
from groundup.data.parallel import one_blas_thread
from groundup.errors import InputError, NotConvergedWarning, twin
from groundup.estimators import fitting
from groundup.models.bent import BentObjective
from groundup.models.objective import Objective
from groundup.solve.listeners import History, converged
from groundup.solve.loop import Training
from groundup.solve.newton_cg import NewtonCG


def likeliest_on_sparse(objective: Objective, start: Array, **settings: Any) -> fitting.Answer:
    """The weights that make the labels most likely, with l2 but without l1; each epoch is one Newton step."""
    if not objective.penalty.smooth:
        raise InputError(
            f"sparse rows go to their optimum with l2 only; got {objective.penalty!r}. "
            "Use l1=0, or solver='adam' with many epochs."
        )
    tolerance = settings.pop("tolerance")
    extra = settings.pop("listeners")
    watching = [converged(tolerance)] if tolerance > 0 else []
    loop = Training(
        BentObjective(objective.cost, objective.blocks, objective.penalty, objective.total),
        NewtonCG(),
        parameters=start,
        listeners=[History(), *watching, *extra],
        **settings,
    )
    with one_blas_thread():
        loop.run()
        found = fitting.result(loop)
        worst = objective.blocks.reduce(lambda block: _worst(objective, found.parameters, block), max)
    if objective.is_free and worst < math.log(2):
        reason = (
            f"the classes are separated completely: every row has the likelier label after {found.n_iter} Newton "
            "steps, so the weights would grow for ever, and the probabilities mean nothing. Use l2=0.01, for instance."
        )
        warnings.warn(reason, cast(type[Warning], twin(NotConvergedWarning, "ConvergenceWarning")), stacklevel=6)
        return found._replace(reason=reason, gap=math.nan)
    return found


def _worst(objective: Objective, parameters: Array, block: Block) -> float:
    """The largest cost of a row: below log 2 its label has a chance of more than a half."""
    z = objective.model.score(parameters, block.X)
    return float(np.max(objective.cost.loss.value(z, block.y)))
