"""Smooth rectifiers that weigh x by a gate of its own: x times a number between 0 and 1.

The left tail is worth care: f(x) = max(0, x) - |x| q with q = gate(-|x|), so that nothing is subtracted on the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, frexp, pi, sqrt
from types import ModuleType

from groundup._arrays import Array
from groundup.formulas import special
from groundup.formulas.activations.base import Elementwise, mild, number, positive
from groundup.formulas.activations.sigmoids import tail


def mirrored(xp: ModuleType, x: Array, left: Array) -> Array:
    """left for x < 0 and 1 - left for x ≥ 0: the two sides of a function with f(x) + f(-x) = 1."""
    right = number(xp, x, x >= 0)
    return right + (1 - 2 * right) * left


class _SigmoidGated(Elementwise):
    """x sigmoid(h(x)) with an odd gate h that rises.

    f' = s + x h' s',   s = sigmoid(h), s' = s (1 - s).
    """

    initialisation = "he"
    _reach: float
    """Where the gate is open or shut to the last digit; cut there, 0 times ∞ does not arise."""

    def _gate(self, x: Array) -> Array:
        raise NotImplementedError

    def _gate_slope(self, x: Array) -> Array | float:
        raise NotImplementedError

    def _value(self, xp: ModuleType, x: Array) -> Array:
        """max(0, x) - |x| sigmoid(-|h|).

        Where no e^-h can overflow it is x / (1 + e^-h), in 2.6 instead of 4.5 ms for 1,000,000 values.
        """
        h = self._gate(x)
        if mild(xp, h):
            return x / (1 + xp.exp(-h))
        near = xp.clip(x, -self._reach, self._reach)
        return xp.maximum(x, 0.0) - xp.abs(near) * tail(xp, self._gate(near))

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        near = xp.clip(x, -self._reach, self._reach)
        e = xp.exp(-xp.abs(self._gate(near)))
        q = e / (1 + e)
        return mirrored(xp, x, q) + q * (near * self._gate_slope(near) / (1 + e))


class _Swish(_SigmoidGated):
    """x sigmoid(β x).

    f'' = β s' (2 - u tanh(u/2)) with u = β |x|. The bracket is 0 at u₀ = 2.399…, and near there it would lose its
    digits. With e = e^-u, and e^-u₀ = (u₀ - 2) / (u₀ + 2), it is also, without a difference of near equals,

        -(e^-u₀ (2 + u) (1 - e^(u₀ - u)) + (1 - e^-u₀) (u - u₀)) / (1 + e).
    """

    _zero = (2.3993568420410156, 4.3847445204283275e-07)
    _at_zero = 0.0907762782268676

    def _slope(self) -> float:
        """β."""
        return 1.0

    @property
    def _reach(self) -> float:  # pyright: ignore[reportIncompatibleVariableOverride]
        return 800 / self._slope()

    def _gate(self, x: Array) -> Array:
        beta = self._slope()
        return x if beta == 1 else beta * x

    def _gate_slope(self, x: Array) -> float:
        return self._slope()

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        # β = m 2^k with m from 1 to 2, and |x| 2^k, which rounds nothing: so u is m |x| 2^k for every β alike.
        beta = self._slope()
        scale = 2.0 ** (frexp(beta)[1] - 1)
        x, m = xp.minimum(xp.abs(x) * scale, 800.0), beta / scale
        u = m * x
        beyond = special.product_past(xp, m, x, self._zero)
        bracket = self._at_zero * (2 + u) * xp.expm1(-beyond) - (1 - self._at_zero) * beyond
        shut = 1 + xp.exp(-u)
        return special.exp_minus_cubic(xp, x, m, times=beta * (bracket / shut / shut / shut))


class Swish(_Swish):
    """x sigmoid(beta x): between x/2 (beta near 0) and ReLU (beta large).

    >>> Swish(1.5).value([0.0, 100.0])
    array([  0., 100.])
    """

    name = "swish"
    equation = "f(x) = x sigmoid(β x)"
    derivative_equation = "f'(x) = s + β x s (1 - s), s = sigmoid(β x)"
    notes = "A smooth ReLU with a shallow dip on the left. β = 1 is SiLU."
    source = "Ramachandran, Zoph, Le, Searching for activation functions, arXiv:1710.05941 (2017)."

    def __init__(self, beta: float = 1.0):
        self.beta = positive("beta", beta)

    def _slope(self) -> float:
        return self.beta


class SiLU(_Swish):
    """x sigmoid(x): swish with beta 1.

    >>> SiLU().value([0.0, 100.0])
    array([  0., 100.])
    """

    name = "silu"
    equation = "f(x) = x sigmoid(x)"
    derivative_equation = "f'(x) = s + x s (1 - s), s = sigmoid(x)"
    notes = "A smooth ReLU with a shallow dip on the left, the usual choice of large language models inside SwiGLU."
    source = "Elfwing, Uchibe, Doya, Sigmoid-weighted linear units, Neural Networks 107 (2018)."


class QuickGELU(_Swish):
    """x sigmoid(1.702 x): a GELU without the error function.

    >>> QuickGELU().value([0.0, 100.0])
    array([  0., 100.])
    """

    name = "quick_gelu"
    equation = "f(x) = x sigmoid(1.702 x)"
    derivative_equation = "f'(x) = s + 1.702 x s (1 - s), s = sigmoid(1.702 x)"
    notes = "The fast approximation of GELU, within 0.02 of it. Use the one with which a model was trained."
    source = "Hendrycks and Gimpel, Gaussian error linear units, arXiv:1606.08415 (2016)."

    def _slope(self) -> float:
        return 1.702


class GELUTanh(_SigmoidGated):
    """x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))): GELU's approximation by tanh.

    >>> GELUTanh().value([0.0, 100.0])
    array([  0., 100.])
    """

    name = "gelu_tanh"
    equation = "f(x) = x/2 (1 + tanh u), u = √(2/π) (x + 0.044715 x³)"
    derivative_equation = "f'(x) = (1 + tanh u)/2 + x/2 (1 - tanh² u) √(2/π) (1 + 0.134145 x²)"
    notes = "What GPT-2 and BERT were trained with; within 0.0005 of GELU. (1 + tanh u)/2 is sigmoid(2u)."
    source = "Hendrycks and Gimpel, Gaussian error linear units, arXiv:1606.08415 (2016)."

    _a, _b = 1.5957691216057308, 0.07135481627260025
    """2 √(2/π) and 2 √(2/π) 0.044715: the gate is h = a x + b x³."""
    _finer = (-9.96930880911092e-17, -6.175149918155315e-19)
    """What these two floats have lost: at x = 20, where e^-h is 1e-255, it is 60 units in the last place."""
    _zero = (1.418503761291504, 2.4749932444929803e-07)
    """Where f'' is 0: a head that is exact to subtract, and a rest."""
    _at_zero = 0.0848161559251803
    """e^-h there."""
    _reach = 30.0

    def _gate(self, x: Array) -> Array:
        return x * (self._a + self._b * (x * x))

    def _gate_slope(self, x: Array) -> Array:
        return self._a + 3 * self._b * x * x

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        """s' (A - B tanh(h/2)) with A = 2 h' + x h'' and B = x h'².

        Near its zero the bracket would lose its digits. As N / (1 + e) with N = A - B + e (A + B), e = e^-h, it is
        counted from there: N = (x - x₀) p + e₀ ((A + B) (e^(h₀ - h) - 1) + (x - x₀) q), where p and q are the divided
        differences of A - B and A + B.
        """
        x, a, b, x0, e0 = xp.minimum(xp.abs(x), self._reach), self._a, self._b, sum(self._zero), self._at_zero
        beyond = special.past(x, self._zero)
        square, sums = x * x, x * x + x0 * x + x0 * x0
        A, B = 2 * a + 12 * b * square, x * (a + 3 * b * square) ** 2
        A_moved = 12 * b * (x + x0)
        B_moved = a * a + 6 * a * b * sums + 9 * b * b * (square * sums + x0**3 * (x + x0))
        opened = xp.expm1(-beyond * (a + b * sums))
        N = beyond * (A_moved - B_moved) + e0 * ((A + B) * opened + beyond * (A_moved + B_moved))
        shut = 1 + xp.exp(-self._gate(x))
        return special.exp_minus_cubic(xp, x, a, b, finer=self._finer, times=N / shut / shut / shut)


class GELU(Elementwise):
    """x Φ(x), with Φ the probability that a standard normal number is below x.

    >>> GELU().value([0.0, -30.0])
    array([ 0.00000000e+000, -1.47201418e-196])
    """

    name = "gelu"
    equation = "f(x) = x Φ(x) = x/2 erfc(-x/√2)"
    derivative_equation = "f'(x) = Φ(x) + x φ(x), φ(x) = e^(-x²/2) / √(2π)"
    notes = "The usual choice in Transformers: x is kept with the probability that it beats a normal number."
    source = "Hendrycks and Gimpel, Gaussian error linear units, arXiv:1606.08415 (2016)."
    initialisation = "he"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        near = xp.abs(xp.clip(x, -40.0, 40.0))
        return xp.maximum(x, 0.0) - near * self._beyond(xp, near, xp.exp(-0.5 * near * near))

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        near = xp.abs(xp.clip(x, -40.0, 40.0))
        e = xp.exp(-0.5 * near * near)
        return mirrored(xp, x, self._beyond(xp, near, e) - near * e / sqrt(2 * pi))

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        near = xp.minimum(xp.abs(x), 40.0)
        # (√2 - |x|) (√2 + |x|), where 2 - x² would lose its digits near √2.
        bracket = -special.past(near, special.ROOT_OF_TWO) * (near + sqrt(2))
        return special.exp_minus_square(xp, near, 0.5, times=bracket / sqrt(2 * pi))

    @staticmethod
    def _beyond(xp: ModuleType, x: Array, e: Array) -> Array:
        """Φ(-x) for x ≥ 0, from e = e^(-x²/2)."""
        return e * (0.5 * special.erfcx(xp, x * sqrt(0.5)))


class Mish(Elementwise):
    """x tanh(log(1 + eˣ)): with n = eˣ (eˣ + 2) it is x n / (n + 2), and no logarithm is left.

    >>> Mish().value([0.0, 100.0])
    array([  0., 100.])
    """

    name = "mish"
    equation = "f(x) = x tanh(softplus(x)) = x n / (n + 2), n = eˣ (eˣ + 2)"
    derivative_equation = "f'(x) = (n (n + 2) + 4 x eˣ (1 + eˣ)) / (n + 2)²"
    notes = "Much like SiLU, with a deeper dip on the left; three times its price in most libraries."
    source = "Misra, Mish: a self regularized non-monotonic activation function, BMVC (2020)."
    initialisation = "he"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        e = xp.exp(xp.minimum(x, 40.0))
        n = e * (e + 2)
        return xp.maximum(x, -800.0) * (n / (n + 2))

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        x = xp.clip(x, -800.0, 20.0)
        e = xp.exp(x)
        d = e * (e + 2) + 2
        return e * (((e + 2) * d + 4 * x * (1 + e)) / d / d)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        """In q = e^-|x|, so that no tail overflows:

        right    4 q² N / d³    N = 2 + 6q + 8q² + 4q³ - x (2 + 3q - 2q² - 2q³)    d = 1 + 2q + 2q²
        left     4 q N / d³     N = 4 + 8q + 6q² + 2q³ + x (2 + 2q - 3q² - 2q³)    d = 2 + 2q + q²
        """
        size = xp.minimum(xp.abs(x), 800.0)
        q = xp.exp(-size)
        right = _with_zero(xp, q, size, (1.4905710220336914, 1.5745173705304443e-07), (2, 6, 8, 4), (-2, -3, 2, 2))
        left = _with_zero(xp, q, size, (2.256376266479492, 1.2988130093250574e-07), (4, 8, 6, 2), (-2, -2, 3, 2))
        right, left = right / (1 + 2 * q * (1 + q)) ** 3, left / (2 + q * (2 + q)) ** 3
        return special.exp_minus(xp, xp.where(x > 0, 2 * size, size), times=4 * xp.where(x > 0, right, left))


def _with_zero(
    xp: ModuleType, q: Array, t: Array, zero: tuple[float, float], a: Sequence[float], b: Sequence[float]
) -> Array:
    """a₀ + a₁q + a₂q² + a₃q³ + t (b₀ + b₁q + b₂q² + b₃q³) with q = e^-t, which is 0 at t = `zero`.

    Near there the sum would lose its digits, so it is counted from the zero: by the divided differences of the two
    polynomials in q, and by the change of q itself, which is q₀ (e^(t₀ - t) - 1).
    """
    beyond, t0 = special.past(t, zero), sum(zero)
    q0 = exp(-t0)
    along = b[0] + q * (b[1] + q * (b[2] + q * b[3]))
    far = a[0] + q * (a[1] + q * (a[2] + q * a[3])) + t * along
    first, second = q + q0, q * q + q * q0 + q0 * q0
    moved = a[1] + a[2] * first + a[3] * second + t0 * (b[1] + b[2] * first + b[3] * second)
    return xp.where(xp.abs(beyond) < 0.75, beyond * along + q0 * xp.expm1(-beyond) * moved, far)
