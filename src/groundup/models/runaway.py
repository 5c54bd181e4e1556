"""Does Newton's method walk on for ever? A listener that asks whether the classes can be told apart without error.

It asks where some score still moves by 1/2 or more in a step, which near a minimum none does, in the order of the work:

    far cells         is one number so far from all others of its column that its row alone decides?
    merged classes    a rare class that can be cut off from all others is a question of two classes
    all classes       the exact simplex method, within bounds
"""

from __future__ import annotations

import itertools

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.models.affine import Affine
from groundup.models.far_cells import FarCells, far_cells
from groundup.models.objective import Cost, Objective
from groundup.models.separation import Overlap, Separation, Sides, separation, unmerged
from groundup.models.whitened import RawModel, WhitenedObjective
from groundup.solve.loop import State, Training
from groundup.solve.newton import Newton, Settled
from groundup.solve.untyped import where

NEARLY = 1e-3
"""So few standard errors from where a bowl has its bottom, the next steps will tell whether it is one."""
LOOK_FROM = 5
"""Newton steps before anybody asks whether the classes are separable; most fits are done by then."""
DECIDE_AT = 20
"""Every so many steps the question is decided in exact arithmetic; what separates stands out by then."""
MORE_STEPS = {True: 50, False: 16}
"""How far the training goes on at most, once it is proved that the separation is complete, or is quasi-complete."""
KINDS = {True: "separated completely", False: "separated quasi-completely"}
FAR = "one cell decides"
"""The reason where a cell is so far away that nobody waits for the end."""
MERGED_STEPS = 25
"""Newton steps for merged classes: by then a separation shows, and all that has a minimum is there."""
FEW_UNKNOWNS = 15
"""Up to here the simplex method is quick, and knows the direction that tells most rows apart."""
APART = 3.0
"""So many times further than within a group classes move from one group to another."""
MUCH_WORK = 5e8
"""Multiplications for one Hessian of merged classes: above, nobody merges."""


class Runaway:
    """Ends the training when it is proved that it has no end, or that it would take too long.

    A complete separation ends it once the model itself tells all rows apart. A quasi-complete one goes on until what
    separates no longer counts, because all that does not run away is then at its own best place.
    """

    def __init__(
        self,
        objective: WhitenedObjective,
        source: Objective,
        settled: Settled,
        look_from: int = LOOK_FROM,
        *,
        merges: bool = True,
        looks_far: bool = True,
    ):
        self.objective, self.source, self.settled, self.look_from = objective, source, settled, look_from
        self.verdict: Separation | Overlap | None = None
        self.decides = True  # exactly, which takes as long as many steps; else the scores only give a guess
        self.far: FarCells | None = None
        self._sides: Sides | None = None
        # A look costs as much as some steps where there are many rows.
        self._every = 1 if objective.blocks.n_rows * objective.whitened.n_outputs < 10_000 else LOOK_FROM
        self._path: list[Array] = []
        self._too_much, self._merges, self._looks_far = False, merges, looks_far

    @property
    def found(self) -> Separation | None:
        """The direction that separates, once there is one."""
        return self.verdict if isinstance(self.verdict, Separation) else None

    def __call__(self, state: State) -> str | None:
        """A sentence once it is proved and enough."""
        self._path = [*self._path[-1:], state.parameters]
        due = self.verdict is None and state.step >= self.look_from and state.step % self._every == 0
        due = due and (self.settled.left > NEARLY or state.step > 2 * self.look_from)
        # What runs away shortens the way that is left by e^(-1/2) a step; near a minimum it falls faster.
        due = due and not self.settled.falls_fast
        if due and self._moved() >= 0.25:
            if self.is_far():
                return FAR
            self.look(state.parameters, thorough=self.decides and state.step % DECIDE_AT == 0 and not self._too_much)
            self._since = state.step
        if self.found is None:
            return None
        enough = state.step >= self._since + MORE_STEPS[self.found.complete] or self._all_right()
        return f"{KINDS[self.found.complete]} after {state.step} Newton steps" if enough else None

    def is_far(self) -> bool:
        """Whether some cell is far from all others of its column; looked at once."""
        if self._looks_far and isinstance(self.source.blocks, ArrayBlocks):
            self._looks_far, self.far = False, far_cells(self.source.blocks.X)
        return self.far is not None

    def _moved(self) -> float:
        """The largest change of a score in the last step."""
        step, forward = self._path[-1] - self._path[-2], self.objective.model.forward
        return self.objective.blocks.reduce(
            lambda block: float(np.ptp(_with_zero(forward(step, block.X)[0]), axis=1).max()), max
        )

    def _all_right(self) -> bool:
        """Whether every row has its own class ahead of all others."""
        assert self._sides is not None
        weights, level = self._guess(self._path[-1])
        margin = self._sides.margins((self._sides.X - self.objective.basis.shift) @ weights + level)
        return bool((margin > 0)[self._sides.others()].all())

    def look(self, parameters: Array, *, thorough: bool = True) -> Separation | Overlap | None:
        """Whether the classes are separable, with the scores at `parameters` as a guess."""
        rows = self.source.blocks
        if self.verdict is None and isinstance(rows, ArrayBlocks):
            if self._sides is None:
                self._sides = Sides.of(rows.X, rows.y, self.objective.whitened.intercept, rows.sample_weight)
            guess = self._guess(parameters)
            shift = self.objective.basis.shift
            self.verdict = separation(self._sides, *guess, shift, thorough=False) or self._merged(rows, thorough)
            if self.verdict is None and thorough:
                self.verdict = separation(self._sides, *guess, shift)
                self._too_much = self.verdict is None
        return self.verdict

    def _merged(self, rows: ArrayBlocks, thorough: bool) -> Separation | None:
        """The same question where classes that move together are one: fewer unknowns, and a proof all the same."""
        groups = self._groups() if self._merges and len(self._path) == 2 else None
        if groups is None:
            return None
        K, d = int(groups.max()) + 1, rows.n_features
        if self.objective.whitened.n_parameters <= FEW_UNKNOWNS or rows.n_rows * float((K - 1) * d) ** 2 > MUCH_WORK:
            return None
        y = rows.y @ np.eye(K)[groups]
        targets, loss = (y[:, 1:], Logistic()) if K == 2 else (y, CrossEntropy())
        affine = Affine(d, targets.shape[1], fit_intercept=self.objective.whitened.intercept)
        blocks = ArrayBlocks(rows.X, targets, rows.sample_weight)
        source = Objective(Cost(affine, loss), blocks, total=self.source.total)
        whitened = WhitenedObjective(source, self.objective.basis, isinstance(self.objective.whitened, RawModel))
        settled = Settled(1e-6, max(float(rows.n_rows), whitened.weight))
        within = Runaway(whitened, source, settled, 1, merges=False, looks_far=False)
        within.decides = thorough
        loop = Training(
            whitened, Newton(), parameters=whitened.model.start(), learning_rate=1.0, epochs=MERGED_STEPS,
            listeners=[settled, lambda state: within(state) or ("found" if within.verdict is not None else None)],
        )  # fmt: skip
        settled.training = loop
        loop.run()
        assert self._sides is not None
        return None if within.found is None else unmerged(self._sides, within.found, groups)

    def _groups(self) -> Array | None:
        """The group of each class (classes,), by how the last step moved their scores; None where each is its own."""
        coordinates, level = self.objective.whitened.parts(self._path[-1] - self._path[-2])
        moved = _with_zero(np.vstack([coordinates, level]))
        away = np.sqrt(((moved[:, :, None] - moved[:, None, :]) ** 2).sum(axis=0))
        groups: Array = np.arange(len(away))
        heights, before = list[float](), [groups]
        while groups.any():  # the two nearest groups become one, until there is one only
            between = where(groups[:, None] != groups, away, np.inf)
            a, b = divmod(int(np.argmin(between)), len(away))
            heights.append(float(between[a, b]))
            groups = where(groups == max(groups[a], groups[b]), min(groups[a], groups[b]), groups)
            before.append(groups)
        ratios = [high / max(low, 1e-300) for low, high in itertools.pairwise(heights)]
        if max(ratios, default=0.0) < APART:
            return None
        return np.unique(before[int(np.argmax(ratios)) + 1], return_inverse=True)[1]

    def _guess(self, parameters: Array) -> tuple[Array, Array]:
        coordinates, level = self.objective.whitened.parts(parameters)
        return _with_zero(self.objective.basis.map @ coordinates), _with_zero(level[None, :])[0]


def _with_zero(z: Array) -> Array:
    """The scores of two classes from one: 0 and z."""
    return np.concatenate([np.zeros_like(z), z], axis=1) if z.shape[1] == 1 else z
