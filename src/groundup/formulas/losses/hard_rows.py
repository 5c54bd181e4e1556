"""The focal loss: two classes from one score z, where rows that are already right hardly count.

    Focal          -a (1 - p)^gamma log p

Its curvature changes its sign once, and keeps its digits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from math import exp, log1p
from types import ModuleType
from typing import Self

import numpy as np

from groundup._arrays import Array
from groundup.formulas import special
from groundup.formulas.activations import sigmoid, softplus
from groundup.formulas.losses.base import Margin
from groundup.formulas.losses.parameters import number
from groundup.formulas.totals import Total


class Focal(Margin):
    """-a (1 - p)^gamma log p, where p is the chance given to the true class: easy rows hardly count.

    Labels:    0 or 1.  a = alpha for class 1 and 1 - alpha for class 0; with alpha=None it is 1 for both.
    Response:  sigmoid(z).      Gradient:  -t a q^gamma (gamma p L + q), with q = 1 - p, L = -log p, t = 2 y - 1.
    Curvature: a p q^gamma ((2 gamma + 1) q + gamma L (gamma p - q)), which is negative for very wrong rows.
    With gamma = 0 and no alpha it is the logistic loss.

    >>> Focal(gamma=2.0).value([0.0, 5.0], [1.0, 1.0])
    array([1.73286795e-01, 3.00809023e-07])
    """

    name = "focal"
    equation = "-a (1 - p)^gamma log p, with p = sigmoid(t z) and t = 2 y - 1"
    gradient_equation = "-t a q^gamma (gamma p L + q), with q = 1 - p and L = -log p"
    notes = (
        "For rare classes. gamma turns down the rows that are already right; probabilities come out less calibrated."
    )
    source = "Lin, Goyal, Girshick, He, Dollár, Focal loss for dense object detection, ICCV (2017)."
    convex = False

    def __init__(self, gamma: float = 2.0, alpha: float | None = None, *, total: Total | None = None):
        super().__init__(total)
        self.gamma = number("gamma", gamma, least=0)
        self.alpha = None if alpha is None else number("alpha", alpha, least=0, most=1)
        self.curvature_bound = self._steepest_bend()

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """As in the paper, and gentler."""
        return [cls(2.0, 0.25), cls(2.0), cls(0.5)]

    def _response(self, xp: ModuleType, z: Array) -> Array:
        return sigmoid.value(z)

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return self._share(y) * super()._value(xp, z, y)

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return self._share(y) * super()._gradient(xp, z, y)

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        return self._share(y) * super()._curvature(xp, z, y, v)

    def _cost(self, xp: ModuleType, m: Array) -> Array:
        return sigmoid.value(-m) ** self.gamma * softplus.value(-m)

    def _slope(self, xp: ModuleType, m: Array) -> Array:
        p, q = sigmoid.value(m), sigmoid.value(-m)
        return -(q**self.gamma) * (self.gamma * _times(xp, p, softplus.value(-m)) + q)

    def _bend(self, xp: ModuleType, m: Array) -> Array:
        p, q, g = sigmoid.value(m), sigmoid.value(-m), self.gamma
        bracket = (2 * g + 1) * p * q + g * _times(xp, p, softplus.value(-m)) * (g * p - q)
        flat = _flat_point(g)
        if flat is not None:
            bracket = xp.where(g * p < q, self._bracket_from(xp, flat, m, p, q), bracket)
        return q**g * bracket

    def _bracket_from(self, xp: ModuleType, flat: tuple[float, float], m: Array, p: Array, q: Array) -> Array:
        """The bracket as its growth since the margin m₀ where it is 0: two terms of the same sign.

        With d = m - m₀:  q - q₀ = -q p₀ (e^d - 1)  and  L - L₀ = log(1 + p₀ (e^d - 1)) - d.
        """
        d, g = special.past(m, flat), self.gamma
        p0, q0, surprise0 = exp(sum(flat)) / (1 + exp(sum(flat))), 1 / (1 + exp(sum(flat))), log1p(exp(-sum(flat)))
        grown = p0 * xp.expm1(d)
        return g * _times(xp, p, g * surprise0 / q0 * q * grown - (xp.log1p(grown) - d) * (q - g * p))

    def _share(self, y: Array) -> Array | float:
        return 1.0 if self.alpha is None else self.alpha * y + (1 - self.alpha) * (1 - y)

    def _steepest_bend(self) -> float:
        # No closed form: looked up on a fine grid of margins, and 1 % added for what lies between its points.
        largest = float(np.max(np.abs(self._bend(np, np.linspace(-40, 40, 4001)))))
        return 1.01 * largest * (1.0 if self.alpha is None else max(self.alpha, 1 - self.alpha))


def _times(xp: ModuleType, p: Array, surprise: Array) -> Array:
    # p log p goes to 0 with p, even where the logarithm is infinite.
    return xp.where(p == 0, 0.0, p * surprise)


@lru_cache
def _flat_point(gamma: float) -> tuple[float, float] | None:
    """The margin at which the curvature is 0, as `special.past` takes it; None where p is 0 to every digit.

    It is sought as L = -log p > 2, by Newton's method with 50 digits, from the right of the root of

        gamma L (1 - (1 + gamma) e^-L) - (2 gamma + 1) (1 - e^-L).
    """
    if gamma < 1 / 600:
        return None
    with localcontext(prec=50):
        g = Decimal(gamma)
        surprise, step = 3 + 1 / g + 2 * (1 + g).ln(), Decimal(1)
        while abs(step) > Decimal(10) ** -30:
            p = (-surprise).exp()
            height = g * surprise * (1 - (1 + g) * p) - (2 * g + 1) * (1 - p)
            slope = g * (1 - (1 + g) * p) + g * (1 + g) * surprise * p - (2 * g + 1) * p
            step = height / slope
            surprise -= step
        margin = -(surprise.exp() - 1).ln()
        head = round(margin * 2**14) / 2**14
        return head, float(margin - Decimal(head))
