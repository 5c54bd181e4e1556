# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A penalty that a candidate says it has and that cannot be set to none: it is found from the answer.

At the minimum of loss + price/2 |w|² the rows pull at each weight by price x weight, and at the bias not at all. One
number that explains all pulls is a price; a wrong factor of the gradient moves no minimum, so it never looks like one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from groundup.exam import reference

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate
    from groundup.exam.candidates.learnt import Learnt

Array = Any
SAID = r"ridge|\bl2\b|l2_|_l2|penal|regulari[sz]|shrink|weight.?decay|tikhonov"


@dataclass(frozen=True)
class OwnPenalty:
    """Of the weights of which columns, and whether of the bias too."""

    task: str
    standardised: bool
    with_bias: bool

    @property
    def words(self) -> str:
        """In which columns, and whether with the bias."""
        columns = "standardised columns" if self.standardised else "the columns as given"
        return f"the weights of {columns}{' and the bias' if self.with_bias else ''}"

    def price(self, theta: Array, X: Array, y: Array) -> tuple[float, float]:
        """(the price that explains the pulls best, what it leaves of them as a part of the largest)."""
        A = reference.with_bias(X)
        pull = A.T @ (y - reference.response(self.task, A @ theta))
        width = np.append(X.std(axis=0) if self.standardised else np.ones(X.shape[1]), 1.0)
        middle = np.append(X.mean(axis=0) if self.standardised else np.zeros(X.shape[1]), 0.0)
        pull, own = (pull - middle * pull[-1]) / width, theta * width
        own[-1] = theta[-1] + middle @ theta if self.with_bias else 0.0
        price = float(pull @ own / max(float(own @ own), 1e-300))
        return price, float(np.abs(pull - price * own).max() / max(float(np.abs(pull).max()), 1e-300))


def own_penalty(c: Candidate, X: Array, y: Array, learnt: Learnt) -> OwnPenalty | None:
    """The penalty that explains the answer, where it speaks of one and has no argument for it; else None."""
    if c.task == "multiclass" or c.mode == "stochastic" or {"l1", "l2", "inverse penalty"} & c.maker.knobs.keys():
        return None
    said = [c.told, *c.maker.names_of_settings(), *getattr(learnt.result, "__dict__", {})]
    if not re.search(SAID, " ".join(said), re.IGNORECASE):
        return None
    try:
        theta = learnt.theta
    except Exception:
        return None
    t = y.astype(float)
    best = reference.optimum(c.task, X, t)
    if not np.all(np.isfinite(theta)) or np.abs(theta - best).max() < 1e-4 * np.abs(best).max():
        return None
    for with_bias in (False, True):
        for standardised in (False, True):
            found = OwnPenalty(c.task, standardised, with_bias)
            price, off = found.price(theta, X, t)
            if price > 0 and off < (1e-6 if c.mode == "exact" else 1e-3):
                return found
    return None
