# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Weights of rows where classes are learnt."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.laws import answers, difference, steady
from groundup.exam.evidence import Evidence, check


@check(
    "C19",
    "A weight of 3 for a row is the same as the row three times, and a weight of 0 as no row.",
    tasks="classification multiclass",
    needs="sample_weight",
    boundary="1e-5 (1e-3 by descent)",
    read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4",
)
def weights_are_repeats(c: Candidate, rng: Any) -> Evidence:
    """Whole-number weights against the rows written out."""
    steady(c)
    table = tables.of(c.task, rng, 200)
    repeats = rng.integers(0, 4, 200)
    repeats[: len(c.labels)] = 1  # so that no class is left out
    weighted = c.study(table.X, table.y, sample_weight=repeats.astype(float))
    written = c.study(np.repeat(table.X, repeats, axis=0), np.repeat(table.y, repeats))
    gap, without = (
        difference(c, answers(c, weighted, table.X), answers(c, other, table.X))
        for other in (written, c.study(table.X, table.y))
    )
    words = f"an answer differs by {gap:.3g} from that for the rows written out"
    return Evidence(gap, 1e-5 if c.mode == "exact" else 1e-3, words, "weights ignored" if without < 1e-9 else "")
