"""Smooth curves of their own: soft rectifiers, bells and waves."""

from __future__ import annotations

from math import sqrt
from types import ModuleType

from groundup._arrays import Array
from groundup.formulas import special
from groundup.formulas.activations.base import Elementwise, number, one_pass, positive
from groundup.formulas.activations.sigmoids import bell, tail


class SoftPlus(Elementwise):
    """log(1 + eˣ): a smooth ReLU, always positive.

    >>> SoftPlus().value([0.0, 800.0])
    array([6.93147181e-01, 8.00000000e+02])
    """

    name = "softplus"
    equation = "f(x) = log(1 + eˣ)"
    derivative_equation = "f'(x) = 1 / (1 + e⁻ˣ)"
    notes = "For an output that must be positive, such as a variance. Written so that nothing overflows."
    source = "Dugas et al., Incorporating second-order functional knowledge, NeurIPS (2000)."
    initialisation = "he"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.maximum(x, 0.0) + xp.log1p(xp.exp(-xp.abs(x)))

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return xp.abs(number(xp, x, x >= 0) - tail(xp, x))

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return bell(xp, x)


class SquarePlus(Elementwise):
    """(x + √(x² + b)) / 2: a softplus of squares and a root.

    Written as max(0, x) + b / (2 (|x| + √(x² + b))), which loses nothing on the left.

    >>> SquarePlus(4).value([0.0, -1e6])
    array([1.e+00, 1.e-06])
    """

    name = "squareplus"
    equation = "f(x) = (x + √(x² + b)) / 2"
    derivative_equation = "f'(x) = f(x) / √(x² + b)"
    notes = "For a positive output without exponentials; its left tail falls like b / (4 |x|)."
    source = "Barron, Squareplus: a softplus-like algebraic rectifier, arXiv:2112.11687 (2021)."
    initialisation = "he"

    def __init__(self, b: float = 4.0):
        self.b = positive("b", b)

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.maximum(x, 0.0) + self.b / 2 / (xp.abs(x) + special.root(xp, x, self.b))

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        x = special.finite(xp, x)
        return self._value(xp, x) / special.root(xp, x, self.b)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        h = special.root(xp, x, self.b)
        return self.b / 2 / h / h / h


class BentIdentity(Elementwise):
    """(√(x² + 1) - 1) / 2 + x: the identity with a gentle bend at 0.

    Written as x (1 + x / (2 (√(x² + 1) + 1))), which loses nothing near 0.

    >>> BentIdentity().derivative([-1e9, 0.0, 1e9])
    array([0.5, 1. , 1.5])
    """

    name = "bent_identity"
    equation = "f(x) = (√(x² + 1) - 1) / 2 + x"
    derivative_equation = "f'(x) = x / (2 √(x² + 1)) + 1"
    notes = "Never flat: the slope is between 1/2 and 3/2. Not bounded."
    source = "A folk function; the Wikipedia table of activation functions has it."
    initialisation = "lecun"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        near = special.finite(xp, x)
        return x * (1 + 0.5 * (near / (special.root(xp, near, 1.0) + 1)))

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        x = special.finite(xp, x)
        return 1 + 0.5 * (x / special.root(xp, x, 1.0))

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        h = special.root(xp, x, 1.0)
        return 0.5 / h / h / h


class LogCosh(Elementwise):
    """log cosh x: x²/2 near 0, |x| - log 2 far out.

    Written as log1p(cosh x - 1) up to |x| = 40, with cosh x - 1 = e² / (2 (1 + e)) and e = expm1|x|; further out it
    grows by |x| to the last digit.

    >>> LogCosh().value([1e-5, -800.0])
    array([5.00000000e-11, 7.99306853e+02])
    """

    name = "log_cosh"
    equation = "f(x) = log cosh x"
    derivative_equation = "f'(x) = tanh x"
    notes = "A smooth |x|, better known as a loss of the residual."
    source = "Green, Bayesian reconstructions from emission tomography data, IEEE Trans. Med. Imaging 9 (1990)."
    initialisation = "lecun"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        size = xp.abs(x)
        near = xp.minimum(size, 40.0)
        e = xp.expm1(near)
        return xp.log1p(0.5 * e * e / (1 + e)) + (size - near)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return xp.tanh(x)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return 4 * bell(xp, 2 * x)


class Gaussian(Elementwise):
    """e^(-x²): a bump at 0.

    >>> Gaussian().value([0.0, 1.0])
    array([1.        , 0.36787944])
    """

    name = "gaussian"
    equation = "f(x) = e^(-x²)"
    derivative_equation = "f'(x) = -2 x e^(-x²)"
    notes = "For radial basis functions: a unit answers near its centre only, and learns only there."
    source = "Broomhead and Lowe, Multivariable functional interpolation and adaptive networks (1988)."

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.exp(-x * x)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        x = xp.clip(x, -40.0, 40.0)
        return -2 * x * xp.exp(-x * x)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        near = xp.minimum(xp.abs(x), 40.0)
        # (2 |x| - √2) (2 |x| + √2), where 4 x² - 2 would lose its digits near √½.
        bracket = special.past(2 * near, special.ROOT_OF_TWO) * (2 * near + sqrt(2))
        return special.exp_minus_square(xp, near, times=bracket)


class Sinusoid(Elementwise):
    """sin x: a wave.

    >>> Sinusoid().derivative([0.0])
    array([1.])
    """

    name = "sinusoid"
    equation = "f(x) = sin x"
    derivative_equation = "f'(x) = cos x"
    notes = "For signals and pictures as functions of place. Has no limit at ±∞, so that the answer there is NaN."
    source = "Sitzmann et al., Implicit neural representations with periodic activation functions, NeurIPS (2020)."

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.sin(x)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return xp.cos(x)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return -xp.sin(x)


class Exponential(Elementwise):
    """eˣ: a positive number from a score.

    >>> Exponential().value([0.0, 1000.0])
    array([ 1., inf])
    """

    name = "exponential"
    equation = "f(x) = eˣ"
    derivative_equation = "f'(x) = eˣ"
    notes = "For the mean of a Poisson count. Beyond 709 the answer is ∞."
    source = "McCullagh and Nelder, Generalized Linear Models (1989), 6.2."

    @one_pass
    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.exp(x)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return xp.exp(x) if y is None else +y

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return xp.exp(x)
