"""What preparation must know about the rows: each is one statistic of a block and one merge of two.

moments, merge_moments      how much weight, the mean, the sum of squared deviations
ranges, merge_ranges        the least and the greatest
label_set, merge_labels     which classes there are
codes, one_hot, labels_of   classes to whole numbers, to columns of 0 and 1, and back
counting_rows               the rows that weigh something

A statistic needs no second look at the data, so the same two functions serve an array, a file and a cluster.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Block
from groundup.errors import InputError


class Moments(NamedTuple):
    """Σ w, the mean Σ w x / Σ w, and the spread Σ w (x - mean)², column by column.

    The mean is `mean + rest`: its float64, and what rounding took from it. Two blocks around 1e9 differ by a mean of
    which few digits would be left otherwise, and a merge squares that difference.
    """

    weight: float
    mean: Array
    rest: Array
    spread: Array

    @property
    def variance(self) -> Array:
        """Spread / Σ w, the variance of the rows themselves (not the estimate with n - 1)."""
        return self.spread / self.weight


@np.errstate(over="ignore", invalid="ignore", under="ignore")
def moments(block: Block) -> Moments:
    """The moments of the columns of X, in float64.

    In two passes: first the mean, then the deviations from it, whose own mean is what rounding took from the first.
    Beyond the range of float64 they are inf or nan, without a warning; whoever uses them decides what to say.

    >>> found = moments(Block(np.array([[1.0], [2.0], [6.0]]), None, None))
    >>> found.weight, found.mean, found.spread
    (3.0, array([3.]), array([14.]))

    Chan, Golub, LeVeque, Algorithms for computing the sample variance (1983), the corrected two-pass formula.
    """
    X, w = block.X, block.sample_weight
    weight = float(len(X)) if w is None else float(np.sum(w, dtype=np.float64))
    if weight == 0:
        nothing = np.zeros(X.shape[1])
        return Moments(0.0, nothing, nothing, nothing)
    mean = _weighted_sum(X, w) / weight
    deviation = X - mean
    rest = _weighted_sum(deviation, w) / weight
    spread = _weighted_sum(deviation**2, w) - weight * rest**2
    return Moments(weight, *_two_sum(mean, rest), np.maximum(spread, 0.0))


def _weighted_sum(X: Array, w: Array | None) -> Array:
    return X.sum(axis=0, dtype=np.float64) if w is None else (X * w[:, None]).sum(axis=0, dtype=np.float64)


def _two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """a + b, and exactly what rounding took from it (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = a + b
    back = total - a
    return total, (a - (total - back)) + (b - back)


@np.errstate(over="ignore", invalid="ignore", under="ignore")
def merge_moments(a: Moments, b: Moments) -> Moments:
    """The moments of the rows of `a` and `b` together.

    mean = mean_a + (w_b / w) δ and spread = spread_a + spread_b + (w_a w_b / w) δ², with δ = mean_b - mean_a.

    >>> one, three = (moments(Block(np.array([[x]]), None, None)) for x in (1.0, 3.0))
    >>> both = merge_moments(one, three)
    >>> both.weight, both.mean, both.spread
    (2.0, array([2.]), array([2.]))

    Chan, Golub, LeVeque (1983), formula 1.5.
    """
    if a.weight == 0 or b.weight == 0:
        return b if a.weight == 0 else a
    weight = a.weight + b.weight
    share = b.weight / weight
    delta = (b.mean - a.mean) + (b.rest - a.rest)
    mean, rest = _two_sum(a.mean, a.rest + share * delta)
    return Moments(weight, mean, rest, a.spread + b.spread + a.weight * share * delta**2)


class Ranges(NamedTuple):
    """The least and the greatest number of each column."""

    low: Array
    high: Array


def ranges(block: Block) -> Ranges:
    """The least and the greatest number of each column of X.

    >>> ranges(Block(np.array([[1.0, 5.0], [2.0, 4.0]]), None, None))
    Ranges(low=array([1., 4.]), high=array([2., 5.]))
    """
    return Ranges(block.X.min(axis=0), block.X.max(axis=0))


def merge_ranges(a: Ranges, b: Ranges) -> Ranges:
    """The ranges of the rows of `a` and `b` together.

    >>> merge_ranges(Ranges(np.array([1.0]), np.array([2.0])), Ranges(np.array([0.0]), np.array([1.5])))
    Ranges(low=array([0.]), high=array([2.]))
    """
    return Ranges(np.minimum(a.low, b.low), np.maximum(a.high, b.high))


def label_set(labels: Array) -> Array:
    """The classes among the labels, each once, in order.

    >>> label_set(np.array([3, 1, 3]))
    array([1, 3])
    """
    return cast(Array, np.unique(labels))


def merge_labels(a: Array, b: Array) -> Array:
    """The classes of both sets.

    >>> merge_labels(np.array([1, 3]), np.array([2, 3]))
    array([1, 2, 3])
    """
    return np.unique(np.concatenate([a, b]))


def codes(labels: Array, classes: Array) -> Array:
    """The place of each label in the ordered `classes`; InputError, with its row, for one that is not there.

    >>> codes(np.array(["no", "yes", "no"]), np.array(["no", "yes"]))
    array([0, 1, 0])
    """
    places = cast(Array, np.searchsorted(classes, labels)).clip(max=len(classes) - 1)
    strange = np.flatnonzero(classes[places] != labels)
    if len(strange):
        row = int(strange[0])
        raise InputError(
            f"y must hold classes that are known, {', '.join(map(str, classes.tolist()[:10]))}; row {row} holds "
            f"{labels.tolist()[row]!r}. Name every class from the start."
        )
    return places


def one_hot(labels: Array, classes: Array) -> Array:
    """A row of 0 with a single 1, in the column of the row's class. labels (rows,), result (rows, classes).

    >>> one_hot(np.array(["a", "c"]), np.array(["a", "b", "c"]))
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    hot = np.zeros((len(labels), len(classes)))
    hot[np.arange(len(labels)), codes(labels, classes)] = 1.0
    return hot


def labels_of(scores: Array, classes: Array) -> Array:
    """The class whose column is greatest in each row, the first of them in a tie: the way back from `one_hot`.

    >>> labels_of(np.array([[0.2, 0.7, 0.1]]), np.array(["a", "b", "c"]))
    array(['b'], dtype='<U1')
    """
    return classes[np.argmax(scores, axis=1)]


def counting_rows(rows: ArrayBlocks) -> ArrayBlocks:
    """The rows without those of weight 0, which say nothing: what they hold must not even set a scale, or fill a batch.

    >>> counting_rows(ArrayBlocks(np.array([[1.0], [1e300]]), np.zeros((2, 1)), np.array([2.0, 0.0]))).X
    array([[1.]])
    """
    w = rows.sample_weight
    return rows if w is None or w.all() else ArrayBlocks(rows.X[w > 0], rows.y[w > 0], w[w > 0])
