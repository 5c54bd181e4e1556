# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Whether a pair of PyTorch needs its labels as a column: a row of them would be compared with every answer."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate

Array = Any


def told_of_columns(c: Candidate, X: Array, y: Array) -> Candidate:
    """A loss of answers (n, 1) and labels (n,) is over all pairs of rows: whoever needs a column is told so."""
    if not c.torch.column or c.task == "multiclass":
        return c
    plan = {"rate": 0.1, "epochs": 20} if {"rate", "epochs"} <= c.maker.knobs.keys() else {}
    try:
        column = c.study(X, y, **plan).predict(X)
        c.torch.column = False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            row = c.study(X, y, **plan).predict(X)
    except Exception:
        return c  # it refuses the one or the other aloud
    finally:
        c.torch.column = True
    if not np.allclose(column, row, rtol=1e-3, atol=1e-3):
        c.conventions["y"] = (
            "it needs y as a column, of shape (n, 1): with y of shape (n,) its loss is over all pairs of rows, and it "
            "learns the mean only; y.view(-1, 1) in the training takes both"
        )
    return c
