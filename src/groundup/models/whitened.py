"""The same objective in the coordinates of a `Basis`, where Newton's method knows no bad units.

    z = (a + q c) C'

q are the whitened rows, c and a the unknowns. C is 1 for a single score; for the K scores of softmax its K - 1 columns
are orthonormal contrasts: adding a number to all scores of a row changes no probability, so that direction is not an
unknown. The weights of the classes then add up to 0, which is the answer of least norm.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import GROUP, ArrayBlocks, Block, Blocks
from groundup.data.parallel import parallel_reduce
from groundup.formulas.losses import Logistic
from groundup.formulas.penalties import ElasticNet
from groundup.models import passes
from groundup.models.affine import Affine, Model
from groundup.models.basis import Basis, basis_of
from groundup.models.cost import Cost, Tally
from groundup.models.objective import Objective

T = TypeVar("T")

KEPT_NUMBERS = 8_000_000
"""Up to so many numbers the whitened rows are kept in memory; above, each block is made anew in each pass."""


def contrasts(n_classes: int) -> Array:
    """C (K, K - 1): orthonormal columns, each of which adds up to 0.

    >>> contrasts(2).round(4)
    array([[ 0.7071],
           [-0.7071]])
    """
    C = np.zeros((n_classes, n_classes - 1))
    for k in range(1, n_classes):
        C[:k, k - 1], C[k, k - 1] = 1 / k, -1.0
        C[:, k - 1] /= math.sqrt(1 / k + 1)
    return C


def over(blocks: Blocks, statistic: Callable[[Block], T], merge: Callable[[T, T], T]) -> T:
    """The statistic of all rows, blocks in parallel; of a single block at once, which saves a third of a small fit."""
    if isinstance(blocks, ArrayBlocks) and blocks.n_rows <= blocks.block_rows:
        return statistic(Block(blocks.X, blocks.y, blocks.sample_weight))
    return parallel_reduce(blocks, statistic, merge, group=GROUP if isinstance(blocks, ArrayBlocks) else 1)


class WhitenedBlocks(Blocks):
    """The rows of other blocks, [1, (x - m) T], made when they are asked for."""

    def __init__(self, blocks: Blocks, basis: Basis, intercept: bool):
        self.source, self.basis, self.intercept = blocks, basis, intercept
        self.n_rows, self.n_outputs = blocks.n_rows, blocks.n_outputs
        self.n_features = basis.rank + int(intercept)

    def __iter__(self) -> Iterator[Block]:
        for block in self.source:
            yield block._replace(X=self.basis.rows(block.X, self.intercept))

    def batches(self, batch_size: int | None, rng: np.random.Generator | None) -> Iterator[Blocks]:
        """Batches of the source, whitened."""
        for batch in self.source.batches(batch_size, rng):
            yield WhitenedBlocks(batch, self.basis, self.intercept)

    def kept(self) -> Blocks:
        """The same rows in memory, where there is room for them."""
        if self.n_rows * self.n_features > KEPT_NUMBERS or not isinstance(self.source, ArrayBlocks):
            return self
        whole = self.source
        return ArrayBlocks(self.basis.rows(whole.X, self.intercept), whole.y, whole.sample_weight)


class WhitenedModel(Model):
    """z = (a + q c) C', with the rows [1, q] as they come from `WhitenedBlocks`."""

    def __init__(self, affine: Affine, basis: Basis, C: Array | None):
        self.affine, self.basis, self.C = affine, basis, C
        self.intercept = affine.fit_intercept
        self.n_outputs = affine.n_outputs
        self.free = affine.n_outputs if C is None else C.shape[1]
        self.n_features = basis.rank + int(self.intercept)
        self.n_parameters = self.n_features * self.free

    def start(self, rng: np.random.Generator | None = None) -> Array:
        """0 everywhere."""
        return np.zeros(self.n_parameters)

    def forward(self, parameters: Array, X: Array) -> tuple[Array, Array]:
        """The scores; the rows are all there is to remember."""
        z = X @ parameters.reshape(self.n_features, self.free)
        return (z if self.C is None else z @ self.C.T), X

    def pullback(self, parameters: Array, trace: Array, g: Array) -> Array:
        """[1, q]' g C."""
        return (trace.T @ (g if self.C is None else g @ self.C)).ravel()

    def pushforward(self, parameters: Array, trace: Array, v: Array) -> Array:
        """The score is linear in its parameters."""
        return self.forward(v, trace)[0]

    def design(self, X: Array) -> Array:
        """The rows whose products make a Hessian."""
        return X

    def whiten(self, H: Array) -> Array:
        """The Hessian of those rows is that of the whitened ones."""
        return H

    def places(self, X: Array, U: Array) -> Array:
        """[1, q] U: where the rows are along these axes."""
        return X @ U

    def longest_row(self, blocks: Blocks, closely: bool) -> float:
        """The length of the longest row."""
        return math.sqrt(blocks.reduce(lambda block: float(np.einsum("ij,ij->i", block.X, block.X).max()), max))

    def weights_mask(self) -> Array:
        """1 for c, 0 for a, which comes first."""
        return np.arange(self.n_parameters) >= self.free * int(self.intercept)

    def parts(self, parameters: Array) -> tuple[Array, Array]:
        """c C' (rank, outputs) and a C' (outputs,): coordinates and the bias at the centre, a column a score."""
        table = parameters.reshape(self.n_features, self.free)
        if self.C is not None:
            table = table @ self.C.T
        return (table[1:], table[0]) if self.intercept else (table, np.zeros(self.n_outputs))

    def weights_and_bias(self, parameters: Array) -> tuple[Array, Array]:
        """In the user's units, as `Affine` gives them; for the eye, without the last digits that `back` has."""
        coordinates, level = self.parts(parameters)
        W = self.basis.map @ coordinates
        b = level - self.basis.shift @ W
        return (W[:, 0], b[0]) if self.n_outputs == 1 else (W.T.copy(), b)

    def from_weights_and_bias(self, weights: Array, bias: Array) -> Array:
        """The coordinates of these weights."""
        W, b = self.affine.unpack(self.affine.from_weights_and_bias(weights, bias))
        coordinates, level = self.basis.there(W, b)
        table = np.vstack([level, coordinates]) if self.intercept else coordinates
        return (table if self.C is None else table @ self.C).ravel()


class RawModel(WhitenedModel):
    """The same scores from rows as they are: X (T c) + (a - m T c), so that no whitened row is ever made.

    For many rows in harmless units: what the offset m is larger than the spread of X is lost in digits.
    """

    def forward(self, parameters: Array, X: Array) -> tuple[Array, Array]:
        """The scores; the rows are all there is to remember."""
        return self.plain.forward(self.folded(parameters), X)

    @cached_property
    def plain(self) -> Affine:
        """The model whose parameters the whitening is folded into."""
        return Affine(self.affine.n_features, self.n_outputs)

    def folded(self, parameters: Array) -> Array:
        """W = T c C' and b = a C' - m W, as parameters of `plain`."""
        coordinates, level = self.parts(parameters)
        W = self.basis.map @ coordinates
        return self.plain.pack(W, level - self.basis.shift @ W)

    def design(self, X: Array) -> Array:
        """[1, X - m], to be multiplied by T once all rows are summed up."""
        out = np.empty((len(X), X.shape[1] + self.intercept))
        out[:, : int(self.intercept)] = 1.0
        np.subtract(X, self.basis.shift, out=out[:, int(self.intercept) :])
        return out

    def places(self, X: Array, U: Array) -> Array:
        """[1, (X - m) T] U, from X (T U), which is narrow."""
        first = int(self.intercept)
        axes = self.basis.map @ U[first:]
        return X @ axes + (U[:first].sum(axis=0) - self.basis.shift @ axes)

    def longest_row(self, blocks: Blocks, closely: bool) -> float:
        """A bound on the length of whitened rows that are never made: |q| <= 1 + |T| (|x| + |m|).

        It stands in a proof that is often far from its edge. Closely, it is |q| <= 1 + |Σ_j (top_j + |m_j|) |T_j||.
        """
        if not closely:
            return self.longest_from(over(blocks, lambda block: passes.longest_square(block.X), max))
        T, m = np.abs(self.basis.map), np.abs(self.basis.shift)
        top: Array = over(blocks, lambda block: np.maximum(block.X.max(axis=0), -block.X.min(axis=0)), np.maximum)
        return 1 + float(np.linalg.norm((top + m) @ T))

    def longest_from(self, square: float) -> float:
        """The same bound from the largest |x|²."""
        T, m = self.basis.map, self.basis.shift
        return 1 + float(np.linalg.norm(T)) * (math.sqrt(square) + float(np.linalg.norm(m)))

    def whiten(self, H: Array) -> Array:
        """The Hessian of the rows as they are, made that of the whitened ones: T'H T for each pair of scores."""
        k, first = self.free, int(self.intercept)
        B = np.zeros((self.affine.n_features + first, self.n_features))
        B[:first, :first] = 1.0
        B[first:, first:] = self.basis.map
        p = self.n_features * k
        if k == 1:
            return B.T @ H @ B
        return np.einsum("ar,aibj,bs->risj", B, H.reshape(len(B), k, len(B), k), B, optimize=True).reshape(p, p)

    def pullback(self, parameters: Array, trace: Array, g: Array) -> Array:
        """[1, (X - m) T]' g C, from X'g and the sum of g."""
        return self.unfolded(self.plain.pullback(parameters, trace, g))

    def unfolded(self, gradient: Array) -> Array:
        """The gradient in c and a, from that of `plain`: T'(X'g - m Σg) C and Σg C."""
        pulled, total = self.plain.unpack(gradient)
        pulled = self.basis.map.T @ (pulled - np.outer(self.basis.shift, total))
        table = np.vstack([total, pulled]) if self.intercept else pulled
        return (table if self.C is None else table @ self.C).ravel()


class Seen(NamedTuple):
    """The last place that was looked at."""

    parameters: Array
    value: float
    gradient: Array


class WhitenedObjective(Objective):
    """An objective of an affine model, seen in the coordinates of a basis; its Hessian is a matrix here.

    The penalty l2/2 |W|² becomes l2/2 |T c|². l1 has no such form and is not for this class.
    """

    def __init__(self, objective: Objective, basis: Basis, raw: bool = False, C: Array | None = None):
        affine = objective.model
        assert isinstance(affine, Affine)
        assert isinstance(objective.penalty, ElasticNet)
        plain = C is None and objective.cost.loss.rowwise
        model = (RawModel if raw else WhitenedModel)(affine, basis, contrasts(affine.n_outputs) if plain else C)
        rows = objective.blocks if raw else WhitenedBlocks(objective.blocks, basis, model.intercept).kept()
        super().__init__(Cost(model, objective.cost.loss), rows, objective.penalty, objective.total)
        self.whitened, self.basis, self.l2 = model, basis, objective.penalty.l2
        self.is_white = self.is_part = False
        self.price = self.l2 * (basis.map.T @ basis.map) if self.l2 > 0 else None
        self._seen: Seen | None = None
        self._longest: float | None = None
        self.aside: Callable[[Array], Tally] | None = (
            None  # takes the place of the next tally, and sees more on the way
        )

    @classmethod
    def of(cls, objective: Objective) -> WhitenedObjective:
        """With the basis of the objective's own rows."""
        affine, penalty = objective.model, objective.penalty
        assert isinstance(affine, Affine)
        assert isinstance(penalty, ElasticNet)
        bound = objective.cost.loss.curvature_bound or 1.0
        whitened = cls(objective, basis_of(objective.blocks, affine.fit_intercept, penalty.l2 / bound))
        whitened.is_white = whitened.model.n_outputs == 1
        return whitened

    def again(self, objective: Objective, parameters: Array) -> WhitenedObjective | None:
        """The same with a basis by the curvature of each row at `parameters`; None where that has another rank.

        Rows whose class is all but certain have next to no curvature. Where few others are left, the plain basis is as
        uneven for them as bad units are for all rows.
        """
        source = objective.blocks
        if not isinstance(source, ArrayBlocks):
            return None
        z = np.concatenate([self.cost.model.forward(parameters, block.X)[0] for block in self.blocks])
        loss, k = self.cost.loss, self.whitened.n_outputs
        bend = sum((loss.curvature(z, source.y, np.eye(k)[j] + 0 * z)[:, j] for j in range(k)), np.zeros(len(z)))
        bend = bend if source.sample_weight is None else bend * source.sample_weight
        some = bend > 0
        if not some.any():
            return None
        by_bend = ArrayBlocks(source.X[some], source.y[some], bend[some])
        try:
            with np.errstate(over="raise"):
                basis = basis_of(by_bend, self.whitened.intercept, self.l2 * self.weight / float(bend.sum()))
        except FloatingPointError:  # so small are the columns, or the bends, that the penalty has no number there
            return None
        return WhitenedObjective(objective, basis) if basis.rank == self.basis.rank else None

    def on(self, blocks: Blocks) -> WhitenedObjective:
        """The same on other whitened rows."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.__dict__.pop("weight", None)
        twin.__dict__.pop("price_of_a_row", None)
        twin.blocks, twin._seen, twin._longest, twin.aside = blocks, None, None, None
        return twin

    def tally(self, parameters: Array) -> Tally:
        """Σ w cost, Σ w and the gradient of the first, over all rows; blocks in parallel."""
        model = self.cost.model
        if self.aside is not None:
            aside, self.aside = self.aside, None
            return aside(parameters)
        if not isinstance(model, RawModel):
            return over(self.blocks, _Tally(self.cost, parameters), Tally.merge)
        cost, unknown = Cost(model.plain, self.cost.loss), self._longest is None
        plain, longest = passes.look(cost, self.blocks, model.folded(parameters), lengths=unknown, worth=self.is_part)
        self._longest = longest if unknown else self._longest
        return plain._replace(gradient=model.unfolded(plain.gradient))

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """The objective and its slope; the last place is remembered, because a line search has just been there."""
        if self._seen is not None and self._seen.parameters is parameters:
            return self._seen.value, self._seen.gradient
        S, W, g = self.tally(parameters)
        value, gradient = self.total.value(S, W), self.total.slope(S, W) * g
        if self.price is not None:
            price, slope = self.penalty_at(parameters)
            value, gradient = value + price, gradient + slope
        self._seen = Seen(parameters, value, gradient)
        return value, gradient

    def forget(self) -> None:
        """Look at the next place, even if it is the last one."""
        self._seen = None

    def penalty_at(self, parameters: Array) -> tuple[float, Array]:
        """l2/2 |T c|² and its slope l2 T'T c."""
        table = parameters.reshape(self.whitened.n_features, self.whitened.free)
        first = int(self.whitened.intercept)
        W = self.basis.map @ table[first:]
        slope = np.zeros_like(table)
        slope[first:] = self.l2 * (self.basis.map.T @ W)
        return 0.5 * self.l2 * float((W * W).sum()), slope.ravel()

    def hessian(self, parameters: Array) -> Array:
        """The second derivative, a matrix of all pairs of parameters."""
        model = self.whitened
        if type(self.cost.loss) is Logistic and self.is_white and not parameters.any():
            return 0.25 * np.eye(len(parameters))  # of every row the same, and whitened rows are white
        bend: Any = over(self.blocks, Bend(self.cost, model, parameters), np.add)
        p, k, first = model.n_features, model.free, int(model.intercept)
        H = (self.price_of_a_row / self.weight * model.whiten(bend)).reshape(p, k, p, k)
        if self.price is not None:
            for j in range(k):
                H[first:, j, first:, j] += self.price
        return H.reshape(p * k, p * k)

    def longest_row(self, closely: bool = True) -> float:
        """A bound on the length of a row; the one that costs least unless it must be close."""
        if self._longest is not None and isinstance(self.whitened, RawModel) and not closely:
            return self.whitened.longest_from(self._longest)
        return self.whitened.longest_row(self.blocks, closely)

    @cached_property
    def price_of_a_row(self) -> float:
        """What the mean cost of the scores of a row is multiplied by."""
        outputs = 1 if self.cost.loss.rowwise else self.whitened.n_outputs
        return self.total.slope(1.0, outputs * self.weight) * self.weight

    @cached_property
    def weight(self) -> float:
        """The sum of the weights of the rows."""
        return self.blocks.reduce(weight_of, operator.add)


def weight_of(block: Block) -> float:
    """The sum of the weights of its rows."""
    return float(len(block.X)) if block.sample_weight is None else float(block.sample_weight.sum())


class _Tally(NamedTuple):
    """A block's cost, weight and gradient."""

    cost: Cost
    parameters: Array

    def __call__(self, block: Block) -> Tally:
        z, trace = self.cost.model.forward(self.parameters, block.X)
        cost, g = self.cost.loss.value_and_gradient(z, block.y)
        if block.sample_weight is None:
            return Tally(float(cost.sum()), float(cost.size), self.cost.model.pullback(self.parameters, trace, g))
        w = block.sample_weight[:, None]
        weight = float(w.sum()) * cost.shape[1]
        return Tally(float((w * cost).sum()), weight, self.cost.model.pullback(self.parameters, trace, w * g))


class Bend(NamedTuple):
    """A block's Hessian, (features x free) squared."""

    cost: Cost
    model: WhitenedModel
    parameters: Array

    def __call__(self, block: Block) -> Array:
        """The sum over these rows."""
        Q, C, k = self.model.design(block.X), self.model.C, self.model.free
        z = self.model.forward(self.parameters, block.X)[0]
        w = 1.0 if block.sample_weight is None else block.sample_weight[:, None]
        bend = w * self.cost.loss.curvature(z, block.y, np.ones_like(z)) if C is None else z
        if C is None and k == 1:
            half = Q * np.sqrt(bend)
            return half.T @ half
        H = np.zeros((Q.shape[1], k, Q.shape[1], k))
        if C is None:
            for j in range(k):
                half = Q * np.sqrt(bend[:, j : j + 1])
                H[:, j, :, j] = half.T @ half
            return H.reshape(-1, H.shape[0] * k)
        for j in range(k):
            moved = w * (self.cost.loss.curvature(z, block.y, np.broadcast_to(C[:, j], z.shape)) @ C)
            for i in range(j + 1):
                part = Q.T @ (Q * moved[:, i : i + 1])
                H[:, i, :, j] = part
                H[:, j, :, i] = part
        return H.reshape(-1, H.shape[0] * k)
