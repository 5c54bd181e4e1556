"""Is a slope of next to nothing a minimum? Not where classes can be told apart: there it falls for ever, and so on.

Descent that ends with a small slope cannot know. Newton's method can, and takes a few steps for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from groundup.data.sparse import is_sparse
from groundup.estimators.class_task import ClassTask
from groundup.estimators.separation_words import proof_words
from groundup.estimators.sparse_fit import likeliest_on_sparse
from groundup.formulas.penalties import ElasticNet
from groundup.models.likelihood import likeliest

EARLY = "Use l2 (for instance l2=0.001), or take these weights as training that was stopped early."
SETTINGS: dict[str, Any] = {"epochs": 200, "tolerance": 1e-8, "learning_rate": 1.0, "schedule": None, "listeners": []}


def without_minimum(task: ClassTask, names: Sequence[str]) -> str | None:
    """Why the labels have no likeliest model, without a penalty; None where they have one."""
    one = task.kind in ("two", "softmax")
    for part in [task] if one else [task.column(k) for k in range(task.blocks.n_outputs)]:
        objective = part.objective(ElasticNet())
        if is_sparse(part.blocks.X):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it is said once, by whoever asked
                reason = likeliest_on_sparse(objective, objective.model.start(), **SETTINGS).reason
            if not reason.startswith("converged"):
                return reason
            continue
        best = likeliest(objective)
        if best.separation is not None:
            return f"{proof_words(best.separation, part.blocks, part.classes, names)}. {EARLY}"
        if not best.reason.startswith("converged"):
            return f"Newton's method finds no minimum either: {best.reason}"
    return None
