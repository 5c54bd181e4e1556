"""What a fit of classes on sparse rows says where these can be told apart: then no weights are the likeliest."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.estimators.sparse_settled import SettledInUnits
from groundup.models.affine import Affine
from groundup.models.bent import BentObjective
from groundup.models.overlap import Look, look, surely_apart
from groundup.models.separation import Overlap, Separation
from groundup.solve.loop import State

LOOKS = 3
SO = "so weights would grow for ever, and the probabilities mean nothing. Use l2=0.01, for instance."


class Told:
    """Ends Newton's method where it has converged and the classes surely overlap, or surely do not: a listener.

    Where neither is known, it goes on for two steps more; then `reason` says so.
    """

    def __init__(self, objective: BentObjective, settled: SettledInUnits):
        self.objective, self.settled = objective, settled
        self.reason: str | None = None
        """Why what was found is no minimum; None where it is one, or nobody knows yet."""
        self._looks = 0

    def __call__(self, state: State) -> str | None:
        """The reason to end."""
        if not self.settled.is_flat(state):
            return None
        self._looks += 1
        self.reason = self.plainly(state.parameters, state.step)
        if self.reason is not None:
            return self.reason
        seen = look(self.objective, state.parameters)
        if isinstance(seen.verdict, Overlap):
            return self.settled.settled(state)
        if isinstance(seen.verdict, Separation):
            self.reason = _together(seen, seen.verdict)
        elif self._looks >= LOOKS:
            self.reason = (
                f"not converged after {state.step} Newton steps: the slope is next to nothing, but scores still move. "
                "Perhaps the classes are separated by many columns together, which is too much to prove. Use l2=0.01, "
                "for instance, or leave out rare columns."
            )
        return self.reason

    def plainly(self, parameters: Array, steps: int) -> str | None:
        """What is plain to see: all rows are right, or some column speaks for one class wherever it is not 0."""
        rows: Any = self.objective.blocks
        affine = self.objective.model
        assert isinstance(affine, Affine)
        if surely_apart(rows, affine, parameters):
            return (
                f"the classes are separated completely: every row has the likelier label after {steps} Newton steps, "
                f"{SO}"
            )
        columns = one_sided(rows)
        if not len(columns):
            return None
        return (
            f"the classes are separated in part: {len(columns):,} columns ({_named(columns)}) speak for one class "
            f"wherever they are not 0, {SO}"
        )


def _together(seen: Look, found: Separation) -> str:
    how = "completely" if found.complete else "in part"
    return (
        f"the classes are separated {how}: {len(seen.columns):,} columns together ({_named(seen.columns)}) tell rows "
        f"apart and none wrongly, which was proved in exact arithmetic, {SO}"
    )


def _named(columns: Array) -> str:
    return ", ".join(map(str, columns[:10])) + (", ..." if len(columns) > 10 else "")


def one_sided(blocks: Any) -> Array:
    """The columns that alone prove that some weight grows for ever: all their entries speak for, or against, one class.

    An entry x speaks for class k in a row of that class if x > 0, and in any other row if x < 0.
    """
    csr, d = blocks.X.csr, blocks.n_features
    lengths: Array = np.diff(csr.indptr)
    row = np.repeat(np.arange(int(blocks.n_rows)), lengths)
    told = csr.data != 0 if blocks.sample_weight is None else (csr.data != 0) & (blocks.sample_weight[row] > 0)
    proof = np.zeros(d, dtype=bool)
    for labels in blocks.y.T:
        speaks_for = (csr.data > 0) == (labels[row] > 0.5)
        pro, contra = (np.bincount(csr.indices[told & side], minlength=d) for side in (speaks_for, ~speaks_for))
        proof |= (pro > 0) != (contra > 0)
    return np.flatnonzero(proof)
