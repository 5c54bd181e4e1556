"""What to say where there is no likeliest model, or more than one: which features are behind it, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.models.basis import Basis
from groundup.models.far_cells import FarCells
from groundup.models.likelihood import Likeliest
from groundup.models.separation import Separation, by_one_feature


def separation_words(found: Separation, rows: ArrayBlocks, classes: Array, names: Sequence[str], steps: int) -> str:
    """Which classes are told apart by which features, how surely, and what to do.

    `rows` have one column of 0 and 1 for two classes, else one for each class.
    """
    return (
        f"{proof_words(found, rows, classes, names)}, and training stopped "
        f"after {steps} Newton steps with weights that are finite but whose size means nothing"
        f"{_lonely(rows, classes)}. Use l2 (for instance l2=0.001) for an answer that exists, or take these weights as "
        "training that was stopped early."
    )


def proof_words(found: Separation, rows: ArrayBlocks, classes: Array, names: Sequence[str]) -> str:
    """That there is no likeliest model, and why."""
    how = "completely" if found.complete else "quasi-completely"
    return (
        f"the classes are separated {how}: {_by_what(found, rows, classes, names)}. So no finite weights are the "
        "likeliest, larger ones always are more so; this was proved in exact arithmetic"
    )


def far_words(found: Likeliest, far: FarCells, names: Sequence[str]) -> str:
    """Which number is so far from all others that a few rows decide, and what to do."""
    rows, which = int(far.rows.sum()), found.reason.partition("; ")[2]
    return (
        f"not converged after {found.steps} Newton steps: {names[far.column]} is {far.value:.6g} in some row, "
        f"{far.times:.0e} times as far from the median as is usual, so {'that row' if rows == 1 else f'{rows:,} rows'} "
        f"with such numbers alone decide{'s' if rows == 1 else ''} where the minimum is"
        f"{f'; {which}' if which else ''}. Correct such numbers, leave out their rows, or cap the column."
    )


def _by_what(found: Separation, rows: ArrayBlocks, classes: Array, names: Sequence[str]) -> str:
    labels = [repr(c) for c in classes.tolist()]
    if len(classes) == 2:
        alone = by_one_feature(rows.X, (rows.y[:, 0] > 0.5).astype(int))
        if alone is not None:
            j, above, edge = alone
            side, beyond = ("at least", "at most") if above else ("at most", "at least")
            return (
                f"the feature {names[j]} alone tells them apart, every {labels[1]} has {side} {edge:.6g}, every "
                f"{labels[0]} {beyond} {_other_edge(rows, j, above):.6g}"
            )
    features = found.features(rows.X)
    listed = ", ".join(names[j] for j in features[:5]) + (f" and {len(features) - 5} more" if len(features) > 5 else "")
    which = f"the feature {listed}" if len(features) == 1 else f"a combination of {listed}"
    return f"{which} tells {_pairs(found, labels)}"


def _other_edge(rows: ArrayBlocks, j: int, above: bool) -> float:
    values = rows.X[rows.y[:, 0] <= 0.5, j]
    return float(values.max() if above else values.min())


def _pairs(found: Separation, labels: list[str]) -> str:
    """Class by class, from which others it is told; where only some rows are, how many."""
    whole = (found.apart == found.rows) & (found.rows > 0)
    told: list[str] = []
    for c, label in enumerate(labels):
        others = [labels[k] for k in range(c + 1, len(labels)) if whole[c, k] and whole[k, c]]
        if others:
            told.append(f"{label} from {' and '.join(others)}")
    if told:
        return ", ".join(told)
    some = [
        f"{found.apart[c, k]:,} of the {found.rows[c, k]:,} rows of {labels[c]} from {labels[k]}"
        for c in range(len(labels))
        for k in range(len(labels))
        if found.apart[c, k]
    ]
    return ", ".join(some[:4]) + (", ..." if len(some) > 4 else "")


def _lonely(rows: ArrayBlocks, classes: Array) -> str:
    """Classes that have one row only: one point can nearly always be cut off."""
    counts = rows.y.sum(axis=0) if rows.y.shape[1] > 1 else np.array([(1 - rows.y).sum(), rows.y.sum()])
    alone = [repr(c) for c, n in zip(classes.tolist(), counts, strict=True) if n == 1]
    if not alone:
        return ""
    return f" (one row only has the class {alone[0]}{f', and {len(alone) - 1} more classes' if len(alone) > 1 else ''})"


def rank_words(basis: Basis, n_features: int, names: Sequence[str], with_bias: bool) -> str:
    """Which columns say nothing of their own, where there are such; else nothing."""
    if basis.rank == n_features:
        return ""
    columns = ", ".join(names[j] for j in basis.dependent[:10]) + (", ..." if len(basis.dependent) > 10 else "")
    return (
        f"; rank {basis.rank} of {n_features}: {columns} {'is' if len(basis.dependent) == 1 else 'are'} constant or a "
        f"combination of the columns before{' and the bias' if with_bias else ''}, so many weights fit equally well, "
        "and these are the smallest (minimum-norm solution)"
    )
