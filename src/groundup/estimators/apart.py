"""The rows that early stopping keeps apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Blocks
from groundup.errors import InputError
from groundup.models.objective import Objective
from groundup.solve.early_stopping import EarlyStopping, Patience, early_stopping


def kept_apart(
    settings: Any, objective: Objective, rng: np.random.Generator
) -> tuple[Objective, Objective | None, list[Patience]]:
    """The objective on the rows to learn from, that on the rows kept apart, and what watches them."""
    stopping = early_stopping(getattr(settings, "early_stopping", None))
    if stopping is None:
        return objective, None, []
    stratified = getattr(settings, "_kind", "") == "classifier"
    learn, apart = split(objective.blocks, stopping, rng, stratified)
    return objective.on(learn), objective.on(apart), [stopping.listener()]


def split(
    rows: Blocks, stopping: EarlyStopping, rng: np.random.Generator, stratified: bool
) -> tuple[ArrayBlocks, ArrayBlocks]:
    """The rows to learn from, and those kept apart: for classes the same share of each."""
    if not (isinstance(rows, ArrayBlocks) and type(rows.X) is np.ndarray):
        raise InputError(
            "early_stopping keeps rows apart at random, which needs dense rows in memory; give such, or "
            "early_stopping=None."
        )
    groups = np.zeros(rows.n_rows, int)
    if stratified:
        groups = np.argmax(rows.y, axis=1) if rows.n_outputs > 1 else rows.y[:, 0].astype(int)
    apart = np.zeros(rows.n_rows, bool)
    for group in np.unique(groups):
        members = rng.permutation(np.flatnonzero(groups == group))
        apart[members[: round(stopping.validation * len(members))]] = True
    if apart.all() or not apart.any():
        raise InputError(
            f"early_stopping keeps {stopping.validation:.0%} of the rows apart, but there are only {rows.n_rows}; "
            "give more rows, or early_stopping=None."
        )
    X: Array = rows.X
    parts = [
        ArrayBlocks(X[k], rows.y[k], None if rows.sample_weight is None else rows.sample_weight[k])
        for k in (~apart, apart)
    ]
    return parts[0], parts[1]
