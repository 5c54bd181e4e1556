"""How far a sample may stray from its law, everywhere at once."""

from __future__ import annotations

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.base import each, positive, probability


class KolmogorovBound:
    """P(sup |Fₙ - F| > d) ≤ 2 e^(-2 n d²): a bound on the largest gap of an empirical distribution, for every n.

    Fₙ(x) is the share of n independent draws that are at most x. The bound holds for any law F, continuous or not, and
    at small levels it is nearly exact; `sf` is at most 1. Raises InputError unless n is positive.

    >>> gap = KolmogorovBound(1000).upper_quantile(1e-6)
    >>> gap
    np.float64(0.085172348...)
    >>> bool(np.isclose(KolmogorovBound(1000).sf(gap), 1e-6, rtol=1e-14))
    True

    Dvoretzky, Kiefer, Wolfowitz (1956); the constant 2: Massart (1990).
    """

    def __init__(self, n: float):
        self.n = positive("n", n)

    def logsf(self, d: Array) -> Array:
        """min(log 2 - 2 n d², 0)."""
        return each(lambda d: np.minimum(np.log(2) - 2 * self.n * d * np.maximum(d, 0), 0), d)

    def sf(self, d: Array) -> Array:
        """min(2 e^(-2 n d²), 1)."""
        return np.exp(self.logsf(d))

    def upper_quantile(self, q: Array) -> Array:
        """√(log(2 / q) / (2 n)): the gap that is exceeded with a probability of at most q."""
        return each(lambda q: np.sqrt((np.log(2) - np.log(q)) / (2 * self.n)), probability("q", q))

    def __repr__(self) -> str:
        return f"KolmogorovBound({self.n!r})"
