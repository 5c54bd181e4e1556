"""Many rows or many unknowns: a start from a part of the rows, and a Hessian that is borrowed instead of made.

    a part of the rows   ->  its minimum and its Hessian, by Newton's method
    all rows             ->  from there, with that Hessian, mended by what each step shows; one gradient a step

The minimum of a part is near that of all: with one row in 16 it is some four standard errors away.
Where there are many unknowns (classes x features) even one Hessian is dear. On whitened rows it is close to the same
small matrix for every feature, the mean Hessian of the scores, but for the directions that the scores depend on; along
these a part of the rows shows it, again and again on the way. 60,000 x 200 with 10 classes: 10 steps to 1e-8 with
independent features and 16 with correlated ones, where the even bowl alone took 34 and more than 100.

Byrd, Chin, Neveitt and Nocedal, On the use of stochastic Hessian information in optimization methods for machine
learning, SIAM Journal on Optimization 21 (2011).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.coded import CodedBlocks
from groundup.data.read import all_finite, require_finite, require_finite_by
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.basis import Basis, basis_of
from groundup.models.objective import Objective
from groundup.models.passes import is_worth
from groundup.models.sampled import BowlOnTheWay
from groundup.models.steep import even_bowl, steep_bowl
from groundup.models.whitened import KEPT_NUMBERS, WhitenedObjective
from groundup.solve.least_squares.gram import MANY_NUMBERS
from groundup.solve.newton import BorrowedNewton, Bowl, bowl_of

MANY_UNKNOWNS = 300
MANY_OPERATIONS = 3e9
"""Up to so many multiplications a Hessian and its factor are made, however many unknowns there are."""
PART_STEPS = 25
"""What takes a part of the rows more steps has no minimum, or none that would help."""
LARGE_NUMBERS = 1_000_000
"""From so many numbers in X on a start from a part of the rows pays."""
PART_ROWS = 10_000
"""Of so many rows a part has, of eight for each unknown or of a hundredth; its Hessian is right to a tenth or so."""
MANY_ROWS = 20_000
"""From here on rounding in sums over the rows counts."""
BY_CHANCE = 100.0
"""Chance makes no decrement² that is so many times its mean, even where weights are uneven."""
HARMLESS_OFFSET = 1e3
"""How many times its spread the offset of a column may be, for three digits of its scores to be lost at most."""


def is_large(objective: Objective) -> bool:
    """Whether a start from a part of the rows pays."""
    rows, unknowns = objective.blocks, objective.model.n_parameters
    if not isinstance(rows, ArrayBlocks):
        return False
    numbers, few = rows.n_rows * rows.n_features, max(PART_ROWS, 8 * unknowns)
    return numbers > KEPT_NUMBERS or (tells(numbers) and rows.n_rows >= 4 * few)


def tells(numbers: int) -> bool:
    """Whether a fit of so many numbers finds out by itself that one of them is not finite."""
    return numbers >= LARGE_NUMBERS


def require_finite_rows(objective: Objective) -> None:
    """Return if every cell is finite; else InputError names the first one that is not."""
    if isinstance(objective.blocks, ArrayBlocks):
        require_finite(objective.blocks.X, "X")


def has_many_unknowns(objective: Objective) -> bool:
    """Whether a Hessian of all rows and its factor would take longer than dozens of gradients."""
    model, n = objective.model, objective.blocks.n_rows
    unknowns = model.n_parameters
    return unknowns > MANY_UNKNOWNS and n * float(unknowns) ** 2 + 4 * float(unknowns) ** 3 > MANY_OPERATIONS


def is_dear(whitened: WhitenedObjective) -> bool:
    """Whether a Hessian of all rows would take longer than all the rest of a fit."""
    return (
        whitened.whitened.n_parameters > MANY_UNKNOWNS
        or whitened.blocks.n_rows * whitened.blocks.n_features > KEPT_NUMBERS
    )


def part_of(objective: Objective, unknowns: int) -> Objective:
    """The objective on one row in `every`, spread evenly over all rows; enough of them for so many unknowns."""
    rows = objective.blocks
    assert isinstance(rows, ArrayBlocks)
    wanted = max(PART_ROWS, 8 * unknowns, rows.n_rows // 100)
    every = max(2, rows.n_rows // wanted)
    # Every third row of a sorted file is fine; every third row of a file that repeats every three rows is not.
    first = every * np.arange(rows.n_rows // every)
    picked = first + np.random.default_rng(0).integers(0, every, len(first))
    part = rows.take(picked)
    if isinstance(rows, CodedBlocks):  # machine code for one kind of label is enough
        part = CodedBlocks(part.X, rows.codes[picked], part.sample_weight)
    if not all_finite(part.X):
        require_finite(rows.X, "X")
    return objective.on(part)


def harmless(basis: Basis, objective: Objective) -> bool:
    """Whether the scores may be worked out from the rows as they are."""
    affine = objective.model
    assert isinstance(affine, Affine)
    if basis.rank < affine.n_features or basis.doubled:
        return False
    spread = 1 / np.abs(basis.map).max(axis=1)
    return bool(np.all(np.abs(basis.shift) <= HARMLESS_OFFSET * spread) and np.all((spread > 1e-50) & (spread < 1e50)))


class Ready(NamedTuple):
    """A training to be: the objective on rows as they are, the method and the start."""

    objective: WhitenedObjective
    method: BorrowedNewton
    start: Array


def start_of(objective: Objective) -> WhitenedObjective | None:
    """A part of the rows as they are, in coordinates that will do for all of them; None where rows must be whitened."""
    rows = objective.blocks
    assert isinstance(rows, ArrayBlocks)
    part = part_of(objective, objective.model.n_parameters)
    many = rows.n_rows * rows.n_features >= MANY_NUMBERS
    basis = basis_of(part.blocks, _intercept(objective), _price(objective), compiled=many)
    if not harmless(basis, objective):
        return None
    small = WhitenedObjective(part, basis, raw=True)
    small.is_white = small.model.n_outputs == 1
    small.is_part = small.is_white and is_worth(rows, objective.cost.loss)
    return small


def from_a_part(objective: Objective, small: WhitenedObjective, parameters: Array, bowl: Bowl | None) -> Ready:
    """From the minimum of a part of the rows, with the Hessian of its last step."""
    whitened = WhitenedObjective(objective, small.basis, raw=True)
    bowl = bowl_of(small.hessian(parameters)) if bowl is None else bowl
    renew = BowlOnTheWay(whitened)
    share = whitened.price_of_a_row / small.price_of_a_row

    def third(parameters: Array, p: Array) -> Array:
        here, ahead, behind = (small.value_and_gradient(at)[1] for at in (parameters, parameters + p, parameters - p))
        return 0.5 * share * (ahead + behind - 2 * here)

    return _looked_at(Ready(whitened, BorrowedNewton(bowl, renew, renew.first_at, third), parameters))


def is_near(ready: Ready, small: WhitenedObjective) -> bool:
    """Whether the way that is left is what chance makes of such a part: rows of the part x decrement² ~ unknowns.

    It is not where few rows decide that the part does not show: one cell a million deviations away took 10 s, not 0.2.
    """
    left = ready.method.bowl.length(ready.objective.value_and_gradient(ready.start)[1])
    return bool(small.blocks.n_rows * left**2 <= BY_CHANCE * len(ready.start))


def nearly_the_bowl(small: WhitenedObjective) -> Callable[[Any, Array], Bowl | None]:
    """The bowl of a part of the rows in single precision, at one place after the other; None for the exact one."""
    bowls = BowlOnTheWay(small, PART_STEPS * [1])
    return lambda _, parameters: bowls(parameters) if parameters.any() else None  # at 0 the exact one costs nothing


def from_nothing(objective: Objective) -> Ready:
    """From weight 0 with a bowl that is made anew on the way; rows as they are, where that costs no digits."""
    basis = basis_of(part_of(objective, objective.blocks.n_features).blocks, _intercept(objective), _price(objective))
    if harmless(basis, objective):
        whitened = WhitenedObjective(objective, basis, raw=True)
    else:
        require_finite_rows(objective)
        whitened = WhitenedObjective.of(objective)
    start = whitened.model.start()
    return _looked_at(Ready(whitened, BorrowedNewton(even_bowl(whitened, start), partial(steep_bowl, whitened)), start))


def _looked_at(ready: Ready) -> Ready:
    """The same, after the first pass over all rows, which tells whether each cell is finite: it is a term of X'g.

    An infinite cell makes its score infinite or NaN, and then 0 times infinity is NaN too.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        gradient = ready.objective.value_and_gradient(ready.start)[1]
    rows = ready.objective.blocks
    if isinstance(rows, ArrayBlocks):
        require_finite_by(gradient, rows.X, "X")
    return ready


def _intercept(objective: Objective) -> bool:
    affine = objective.model
    assert isinstance(affine, Affine)
    return affine.fit_intercept


def _price(objective: Objective) -> float:
    penalty = objective.penalty
    assert isinstance(penalty, ElasticNet)
    return penalty.l2 / (objective.cost.loss.curvature_bound or 1.0)


def tolerance_for(tolerance: float, rows: float) -> float:
    """The tolerance in standard errors at which sums over rows are right to 10 digits as well: mean(p) = mean(y)."""
    return tolerance if rows > MANY_ROWS else tolerance / 100
