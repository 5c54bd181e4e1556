"""From a good answer to the last digit: residuals in doubled precision, corrections from the triangle at hand.

    r = y - a - X b          in doubled precision: what the answer leaves over
    s = X'W r                in doubled precision: nothing, if the answer is the best one
    b <- b + (R'R)^-1 s      each pass multiplies the error by about condition² rounding (or less)

The answer itself is kept as high + low. What limits the outcome is not the condition but the residuals, which are good
to 29 digits and more; so a handful of passes, each over blocks, gives every digit of float64.

Björck, Iterative refinement of linear least squares solutions I, BIT 7 (1967); with the residual made anew from the
doubled answer in each pass, nothing as long as the data has to be kept.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.least_squares.doubled import add, cut, exact_bits, fast_two_sum, two_product, two_sum
from groundup.solve.least_squares.solution import LeastSquares

ROUNDING = 2.0**-53
CHUNK_ROWS = 4096
"""More rows at once would leave fewer bits for each piece."""
MOST_PASSES = 12
MOST_FITS = 4
"""How often the answer of least norm is fitted: the first time its intercept is wrong, which hides digits of means."""


class Scales(NamedTuple):
    """Exponents e of the powers of two that bound each column: |x| 2^-e is at most 1, and scaling rounds nothing."""

    features: Array
    labels: Array
    weights: Array

    def scaled(self, block: Any) -> tuple[Array, Array, Array | None]:
        """X, y and weights of a block, none larger than 1."""
        X = block.X * np.ldexp(1.0, -self.features)
        y = block.y * np.ldexp(1.0, -self.labels)
        weight = block.sample_weight
        return X, y, None if weight is None else weight[:, None] * np.ldexp(1.0, -self.weights)


def scales_of(top: tuple[Array, ...]) -> Scales:
    """The scales from the largest of each column."""
    features, labels, weights = map(exponents, top)
    return Scales(features, labels, weights + (weights & 1))  # even, so that its root is a power of two as well


class Refined(NamedTuple):
    """A doubled answer in scaled units: row 0 the intercept where there is one, then the coefficients."""

    high: Array
    low: Array
    residual_sum: Array
    passes: int
    settled: bool


def largest(block: Any) -> tuple[Array, Array, Array]:
    """The largest |x| of each column, |y| of each output, and weight: a statistic, merged by the larger of two."""
    weight = block.sample_weight
    top = np.array(0.0 if weight is None else weight.max())
    return np.abs(block.X).max(axis=0), np.abs(block.y).max(axis=0), top


def larger(one: tuple[Array, ...], other: tuple[Array, ...]) -> tuple[Array, ...]:
    """The larger of each two; a NaN stays a NaN."""
    return tuple(map(np.maximum, one, other))


def exponents(top: Array) -> Array:
    """The smallest e with top at most 2^e; 0 for a column of zeros."""
    # 2^1000 is the largest power whose reciprocal and whose products still have room.
    return np.maximum(np.frexp(top)[1], -1000)


def residual_products(
    block: Any, scales: Scales, intercept: bool, high: Array, low: Array, labels: float = 1.0
) -> tuple[Array, ...]:
    """s = Z'W(y - Z c) as a doubled number, and the sum of squares W|y - Z c|², for Z = [1, X] and c = high + low.

    `labels` 0 leaves y out.
    """
    X, y, weight = scales.scaled(block)
    y = y * labels
    total = None
    for start in range(0, len(X), CHUNK_ROWS):
        rows = slice(start, start + CHUNK_ROWS)
        part = _products_of_rows(X[rows], y[rows], None if weight is None else weight[rows], intercept, high, low)
        total = part if total is None else merge_products(total, part)
    assert total is not None
    return total


def merge_products(one: tuple[Array, ...], other: tuple[Array, ...]) -> tuple[Array, ...]:
    """The doubled sums and the sums of squares of two sets of rows together."""
    return *add(one[0], one[1], other[0], other[1]), one[2] + other[2]


def _products_of_rows(
    X: Array, y: Array, weight: Array | None, intercept: bool, high: Array, low: Array
) -> tuple[Array, ...]:
    (n, d), p = X.shape, len(high)
    bits = exact_bits(max(n, 2 * p))
    Z = np.zeros((n, 3 * p))  # the three pieces of [1, X] side by side
    if intercept:
        Z[:, 0] = 1.0
    for i, piece in enumerate(cut(X, bits)):
        Z[:, (i + 1) * p - d : (i + 1) * p] = piece
    r_high, r_low = _residual(Z, y, _pieces_of_answer(high, low, bits))
    if weight is None:
        g_high, g_low = r_high, r_low
    else:
        g_high, error = two_product(r_high, weight)
        g_low = r_low * weight + error
    squares = np.ascontiguousarray((r_high * g_high).T).sum(axis=1)
    return *_transposed_product(Z, g_high, g_low, bits), squares


def _pieces_of_answer(high: Array, low: Array, bits: int) -> Array:
    """The matrix C with [Z1 Z2 Z3] C = [Z1 c1 | Z1 c2 + Z2 c1 | Z1 c3 + Z2 c2 + Z3 c1 | all the rest of Z c].

    The first two are exact, and so is the third unless a column holds numbers of very different size.
    """
    top = _power_above(high)
    c1, c2, rest = cut(high, bits, top)
    # What both leave below c2 is cut on one grid, so that c3 adds nothing up that would be rounded.
    (from_rest, *_), (from_low, *_) = (cut(part, bits, top * 4.0**-bits) for part in (rest, low))
    c3, c4 = from_rest + from_low, (rest - from_rest) + (low - from_low)
    p, k = high.shape
    C = np.zeros((3, p, 4, k))
    C[0, :, 0] = C[1, :, 1] = C[2, :, 2] = c1
    C[0, :, 1] = C[1, :, 2] = c2
    C[0, :, 2] = c3
    C[0, :, 3] = c4
    C[1, :, 3] = c3 + c4
    C[2, :, 3] = c2 + c3 + c4
    return C.reshape(3 * p, 4 * k)


def _residual(Z: Array, y: Array, C: Array) -> tuple[Array, Array]:
    """Y - Z c as a doubled number."""
    k = y.shape[1]
    fit = Z @ C
    high, low = two_sum(y, -fit[:, :k])
    for exact in (fit[:, k : 2 * k], fit[:, 2 * k : 3 * k]):
        high, error = two_sum(high, -exact)
        low = low + error
    return fast_two_sum(high, low - fit[:, 3 * k :])


def _transposed_product(Z: Array, high: Array, low: Array, bits: int) -> tuple[Array, Array]:
    """Z'(high + low) as a doubled number."""
    k, p = high.shape[1], Z.shape[1] // 3
    g1, g2, g3 = cut(high, bits, _power_above(high))
    S = (Z.T @ np.concatenate((g1, g2, g3 + low), axis=1)).reshape(3, p, 3, k)
    rest = S[0, :, 2] + S[1, :, 1] + (S[1, :, 2] + S[2].sum(axis=1))
    total, error = two_sum(S[0, :, 1], S[1, :, 0])
    return add(S[0, :, 0], rest + error, total)


def _power_above(x: Array) -> Array:
    """A power of two for each column, at least as large as any of its numbers."""
    return np.ldexp(1.0, np.maximum(np.frexp(np.abs(x).max(axis=0))[1], -900))


class Equations(NamedTuple):
    """What a correction needs, in scaled units.

    `means` (d,) where there is an intercept, else None; `inverse` B (d, rank) with B B' the inverse of the centred
    X'WX + penalty (its pseudo-inverse where columns depend on others); `penalty` (d,) or None.
    """

    means: Array | None
    weight_sum: float
    inverse: Array
    penalty: Array | None = None

    def centred(self, s_high: Array, s_low: Array) -> tuple[Array, Array]:
        """What s = Z'Wr says of the coefficients alone: (X - means)'Wr."""
        if self.means is None:
            return s_high, s_low
        shift, error = two_product(self.means[:, None], s_high[:1])
        return add(s_high[1:], s_low[1:], -shift, -error - self.means[:, None] * s_low[:1])

    def reach(self) -> Array:
        """How far each unknown can be off (p, 1) where the sum of squares is off by 1: the lengths of rows of Z's B."""
        squares = (self.inverse**2).sum(axis=1)
        if self.means is not None:
            squares = np.append(1 / self.weight_sum + ((self.means @ self.inverse) ** 2).sum(), squares)
        return np.sqrt(squares)[:, None]

    def correction(self, s_high: Array, s_low: Array, high: Array, low: Array) -> tuple[Array, Array]:
        """The step (R'R)^-1 s in the unknowns of [1, X], and by how much it lowers the sum of squares."""
        x_high, x_low = self.centred(s_high, s_low)
        if self.penalty is not None:
            price, error = two_product(-self.penalty[:, None], high[-len(x_high) :])
            x_high, x_low = add(x_high, x_low, price, error - self.penalty[:, None] * low[-len(x_high) :])
        rotated = self.inverse.T @ (x_high + x_low)
        step, gain = self.inverse @ rotated, (rotated**2).sum(axis=0)
        if self.means is None:
            return step, gain
        level = s_high[:1] / self.weight_sum
        return np.concatenate((level - self.means @ step, step)), gain + self.weight_sum * level[0] ** 2


def refine(blocks: Any, scales: Scales, equations: Equations, start: Array, shrinks: float) -> Refined:
    """Correct `start` (p, k), in scaled units, until no digit moves.

    `shrinks` is the factor by which a pass should shrink the error, as the sum of squares sees it; after the first
    pass it is measured. What is then left of an unknown is at most its reach times that.
    """
    high, low, last, passes = start, np.zeros_like(start), np.inf, 0
    reach = equations.reach()
    intercept = equations.means is not None
    while True:
        statistic = partial(residual_products, scales=scales, intercept=intercept, high=high, low=low)
        s_high, s_low, squares = blocks.reduce(statistic, merge_products)
        step, gain = equations.correction(s_high, s_low, high, low)
        high, low = add(high, low, step)
        passes, size = passes + 1, np.sqrt(gain.max())
        if passes > 1 and last > 0:
            shrinks = min(1.0, 4 * size / last)
        stands_still = passes > 2 and size >= last  # what doubled precision can give has been reached
        last = size
        enough = 2.0**-56 * np.abs(high) + 2.0**-92 * np.abs(high).max(axis=0)
        known = (shrinks * gain <= ROUNDING * squares) | (squares <= 2.0**-150 * equations.weight_sum)
        settled = bool((shrinks * np.sqrt(gain) * reach <= enough).all() and known.all())
        if settled or stands_still or passes == MOST_PASSES:
            # Where nothing is left, the last correction can undershoot zero by its own rounding.
            return Refined(high, low, np.maximum(squares - gain, 0.0), passes, settled)


def least_norm(blocks: Any, scales: Scales, equations: Equations, best: Refined) -> Refined:
    """`best` without what rounding left of directions that fit nothing: b = X'WX z for centred X, in doubled precision.

    What is X'WX times anything lies among the rows of X, to the last digit; z only has to be about right. In scaled
    units b = 2^2e X'WX z, because the norm is that of the user's units. Where columns differ so much in size that this
    loses the fit, `best` stays.
    """
    first, stretch = int(equations.means is not None), 2 * (scales.features - scales.features.max())[:, None]
    z = equations.inverse @ (equations.inverse.T @ np.ldexp(best.high[first:], -stretch))
    high = -z if equations.means is None else np.concatenate(((equations.means @ z)[None], -z))
    look = partial(residual_products, scales=scales, intercept=bool(first))
    s_high, s_low, _ = blocks.reduce(partial(look, high=high, low=np.zeros_like(high), labels=0.0), merge_products)
    s_high, s_low = equations.centred(s_high, s_low)
    high, low = (
        np.concatenate((old[:first], np.ldexp(s, stretch))) for old, s in ((best.high, s_high), (best.low, s_low))
    )
    for _ in range(MOST_FITS):
        s_high, s_low, _ = blocks.reduce(partial(look, high=high, low=low), merge_products)
        step, _ = equations.correction(s_high, s_low, high, low)
        size, moved = np.abs(high[first:]).max(axis=0), np.abs(step[first:]).max(axis=0)
        if not (moved <= 1e-6 * size).all():
            return best
        high, low = add(high, low, step)
        if (moved <= 2.0**-56 * size).all():
            break
    # The units of the user, but for one power of two: whatever is longer is not the answer of least norm.
    units = (scales.features.min() - scales.features)[:, None]
    shorter = np.abs(np.ldexp(high[first:], units)).max(axis=0) <= 2 * np.abs(np.ldexp(best.high[first:], units)).sum(
        axis=0
    )
    return best._replace(high=high, low=low) if shorter.all() else best


def contraction(condition: float, R: Array, means: Array, weight_sum: float) -> float:
    """By what factor a correction with the triangle R should shrink the error: rounding, made larger in two ways.

    Forming X'W r squares the condition; and means that are m times the deviations are themselves rounded, so that the
    intercept and the centred columns are not quite as independent as the correction takes them to be.
    """
    size = np.sqrt((R * R).sum(axis=0))
    apart = np.abs(means) * np.sqrt(weight_sum) / np.where(size > 0, size, 1.0)
    return min(1.0, 4 * ROUNDING * condition * (condition + float(apart.max(initial=0.0))))


def polish(blocks: Any, rough: LeastSquares, inverse: Array, l2: float = 0.0) -> LeastSquares:
    """`rough` with every digit; B = `inverse` with B B' = (R'R + l2)^-1, all in the user's units."""
    scales = scales_of(blocks.reduce(largest, larger))
    e, f, g = scales.features, scales.labels, int(scales.weights)
    start, means = np.ldexp(rough.coefficients, e[:, None] - f), None
    if rough.fit_intercept:
        means = np.ldexp(rough.feature_means, -e)
        start = np.concatenate((np.ldexp(rough.intercept, -f)[None], start))
    penalty = np.ldexp(l2, -2 * e - g) if l2 > 0 else None
    inverse = np.ldexp(inverse, e[:, None] + g // 2)
    equations = Equations(means, float(np.ldexp(rough.weight_sum, -g)), inverse, penalty)
    shrinks = contraction(rough.condition, rough.triangle, rough.feature_means, rough.weight_sum)
    return finished(rough, refine(blocks, scales, equations, start, shrinks), scales)


def finished(rough: LeastSquares, best: Refined, scales: Scales) -> LeastSquares:
    """`rough` with the refined answer, brought back to the user's units."""
    e, f, g, first = scales.features, scales.labels, scales.weights, int(rough.fit_intercept)
    times = "1 refinement" if best.passes == 1 else f"{best.passes} refinements"
    outcome = "every digit is settled" if best.settled else "the last digits still move"
    return rough._replace(
        intercept=np.ldexp(best.high[0], f) if first else np.zeros(len(f)),
        coefficients=np.ldexp(best.high[first:], f - e[:, None]),
        residual_sum=np.ldexp(best.residual_sum, 2 * f + g),
        residual_norm=np.ldexp(np.sqrt(best.residual_sum), f + g // 2),
        reason=f"{rough.reason}; after {times} in doubled precision {outcome}",
    )
