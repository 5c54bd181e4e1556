"""Square near zero, gentler far away: an outlier counts, but not for everything.

Huber         square, then a straight line
SmoothL1      the same, scaled to end as |r|
PseudoHuber   the same idea without a joint
LogCosh       the same idea without a parameter
Cauchy        grows like a logarithm: a far outlier hardly counts at all
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import ModuleType
from typing import Self

from groundup._arrays import Array
from groundup.formulas.activations import log_cosh
from groundup.formulas.losses.base import Residual, keep_nan
from groundup.formulas.losses.parameters import number
from groundup.formulas.totals import Total


class Huber(Residual):
    """r²/2 while |r| ≤ delta, then delta (|r| - delta/2), with r = z - y.

    Labels:    any number; delta in their units.
    Response:  z.      Gradient:  r, held between -delta and delta.      Curvature:  1 inside, 0 outside.

    >>> Huber(delta=1.0).gradient([0.5, 3.0, -8.0], [0.0, 0.0, 0.0])
    array([ 0.5,  1. , -1. ])
    """

    name = "huber"
    equation = "r²/2 while |r| ≤ delta, then delta (|r| - delta/2), with r = z - y"
    gradient_equation = "r, held between -delta and delta"
    notes = "Squares for ordinary rows, absolute values for outliers; delta is where a row becomes an outlier."
    source = "Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35 (1964)."
    curvature_bound = 1.0

    def __init__(self, delta: float = 1.0, *, total: Total | None = None):
        super().__init__(total)
        self.delta = number("delta", delta, above=0)

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """Joints near and far."""
        return [cls(1.0), cls(2.5)]

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        far = xp.abs(r)
        return xp.where(far <= self.delta, 0.5 * r * r, self.delta * (far - 0.5 * self.delta))

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return xp.clip(r, -self.delta, self.delta)

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return keep_nan(xp, r, xp.astype(xp.abs(r) <= self.delta, r.dtype))


class SmoothL1(Residual):
    """r²/(2 beta) while |r| ≤ beta, then |r| - beta/2, with r = z - y: Huber(beta) / beta.

    Labels:    any number; beta in their units.
    Response:  z.      Gradient:  r / beta, held between -1 and 1.      Curvature:  1 / beta inside, 0 outside.

    >>> SmoothL1(beta=0.5).value([0.25, 3.0], [0.0, 0.0])
    array([0.0625, 2.75  ])
    """

    name = "smooth_l1"
    equation = "r²/(2 beta) while |r| ≤ beta, then |r| - beta/2, with r = z - y"
    gradient_equation = "r / beta, held between -1 and 1"
    notes = "The absolute value with its kink rounded off; the smaller beta, the sharper."
    source = "Girshick, Fast R-CNN, ICCV (2015), equation 3."

    def __init__(self, beta: float = 1.0, *, total: Total | None = None):
        super().__init__(total)
        self.beta = number("beta", beta, above=0)
        self.curvature_bound = 1 / self.beta

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """As in PyTorch, and sharper."""
        return [cls(1.0), cls(0.5)]

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        far = xp.abs(r)
        return xp.where(far <= self.beta, 0.5 * r * (r / self.beta), far - 0.5 * self.beta)

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return xp.clip(r / self.beta, -1.0, 1.0)

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return keep_nan(xp, r, xp.astype(xp.abs(r) <= self.beta, r.dtype) / self.beta)


class PseudoHuber(Residual):
    """delta² (sqrt(1 + (r/delta)²) - 1), with r = z - y: Huber without a joint.

    Labels:    any number; delta in their units.
    Response:  z.      Gradient:  r / sqrt(1 + (r/delta)²).      Curvature:  (1 + (r/delta)²)^(-3/2).

    >>> PseudoHuber(delta=3.0).gradient(4.0, 0.0)
    np.float64(2.4)
    """

    name = "pseudo_huber"
    equation = "delta² (sqrt(1 + (r/delta)²) - 1), with r = z - y"
    gradient_equation = "r / sqrt(1 + (r/delta)²)"
    notes = "r²/2 near zero, delta |r| - delta² far away, smooth everywhere."
    source = "Charbonnier, Blanc-Féraud, Aubert, Barlaud, IEEE Transactions on Image Processing 6 (1997)."
    curvature_bound = 1.0

    def __init__(self, delta: float = 1.0, *, total: Total | None = None):
        super().__init__(total)
        self.delta = number("delta", delta, above=0)

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """Turning near and far."""
        return [cls(1.0), cls(2.5)]

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        t = xp.abs(r / self.delta)
        h = xp.hypot(xp.ones_like(t), t)
        # sqrt(1 + t²) - 1 loses digits where t is small; t² / (sqrt(1 + t²) + 1) is the same number.
        # Far away t may overflow though the cost does not, so there the root is taken of delta² + r².
        far = xp.hypot(self.delta * xp.ones_like(r), r) - self.delta
        return self.delta * xp.where(t < 2, self.delta * (t * (t / (h + 1))), far)

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        t = r / self.delta
        far = xp.abs(t) > 1
        # For large t as sign(t) / sqrt(1 + 1/t²), which has a limit.
        inverse = 1 / xp.where(far, t, 1.0)
        small = xp.where(far, inverse, t)
        return self.delta * xp.where(far, xp.sign(t), t) / xp.hypot(xp.ones_like(t), small)

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        t = r / self.delta
        c = 1 / xp.hypot(xp.ones_like(t), t)
        return c * c * c


class LogCosh(Residual):
    """log cosh(z - y): square near zero, straight far away, without a parameter.

    Labels:    any number.
    Response:  z.      Gradient:  tanh(z - y).      Curvature:  1 - tanh²(z - y).
    cosh itself overflows beyond 710, so far away it is |r| - log 2 + log(1 + e^(-2|r|)).

    >>> LogCosh().value([0.0, 1000.0], [0.0, 0.0])
    array([  0.        , 999.30685282])
    """

    name = "log_cosh"
    equation = "log cosh(z - y)"
    gradient_equation = "tanh(z - y)"
    notes = "r²/2 near zero, |r| - log 2 far away. The units of y matter: scale them so that an outlier is beyond 1."
    source = "Green, Bayesian reconstructions from emission tomography data, IEEE TMI 9 (1990)."
    curvature_bound = 1.0

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        return log_cosh.value(r)

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return log_cosh.derivative(r)

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return log_cosh.second_derivative(r)


class Cauchy(Residual):
    """log(1 + (z - y)²/2): a far outlier hardly counts.

    Labels:    any number.
    Response:  z.      Gradient:  r / (1 + r²/2).      Curvature:  (1 - r²/2) / (1 + r²/2)², negative beyond |r| = √2.
    Not convex: with outliers on both sides there may be several valleys, and the start decides.

    >>> Cauchy().gradient([1.0, 1e200], [0.0, 0.0])
    array([6.66666667e-001, 2.00000000e-200])
    """

    name = "cauchy"
    equation = "log(1 + (z - y)²/2)"
    gradient_equation = "r / (1 + r²/2), with r = z - y"
    notes = "The pull of a row falls off beyond |r| = √2: outliers are let go. Not convex; start from a Huber fit."
    source = "Black and Anandan, The robust estimation of multiple motions, CVIU 63 (1996) (Lorentzian)."
    convex = False
    curvature_bound = 1.0

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        a = xp.abs(r)
        # Beyond 1e9 the 1 in the logarithm is less than a rounding error, and r² would soon overflow.
        return xp.where(a > 1e9, 2 * xp.log(a) - math.log(2), xp.log1p(0.5 * a * a))

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return xp.where(xp.abs(r) > 1e9, 2 / r, r / (1 + 0.5 * r * r))

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        s = 1 / (1 + 0.5 * r * r)
        return xp.where(xp.abs(r) > 1e9, -2 / r / r, (1 - 0.5 * r * r) * s * s)
