"""Straight pieces with two corners: clipped above and below, or with the small values taken away."""

from __future__ import annotations

from types import ModuleType

from groundup._arrays import Array
from groundup.formulas import special
from groundup.formulas.activations.base import (
    Elementwise,
    PiecewiseLinear,
    number,
    one_pass,
    positive,
    where_true,
)


class HardTanh(PiecewiseLinear):
    """x between -1 and 1, the nearer end outside.

    >>> HardTanh().value([-3.0, 0.5, 3.0])
    array([-1. ,  0.5,  1. ])
    """

    name = "hard_tanh"
    equation = "f(x) = min(1, max(-1, x))"
    derivative_equation = "f'(x) = 1 for |x| < 1, else 0"
    notes = "A tanh of straight pieces for small devices. No gradient outside [-1, 1]."
    source = "Collobert, Large scale machine learning, thesis, Université Paris VI (2004)."

    @one_pass
    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.clip(x, -1, 1)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, xp.abs(x) < 1)


class ReLU6(PiecewiseLinear):
    """x between 0 and 6, the nearer end outside.

    >>> ReLU6().value([-1.0, 3.0, 9.0])
    array([0., 3., 6.])
    """

    name = "relu6"
    equation = "f(x) = min(6, max(0, x))"
    derivative_equation = "f'(x) = 1 for 0 < x < 6, else 0"
    notes = "A ReLU that fits into few bits: for phones and low-precision arithmetic."
    source = "Krizhevsky, Convolutional deep belief networks on CIFAR-10 (2010)."
    initialisation = "he"

    @one_pass
    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.clip(x, 0, 6)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, (x > 0) & (x < 6))


class _HardSigmoid(PiecewiseLinear):
    """(x + reach) / (2 reach) between -reach and reach, 0 and 1 outside."""

    _reach: float

    def _value(self, xp: ModuleType, x: Array) -> Array:
        # The sum first: near -reach it is exact, where x / (2 reach) + 1/2 would cancel.
        return xp.clip((x + self._reach) * (0.5 / self._reach), 0, 1)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, xp.abs(x) < self._reach) / (2 * self._reach)


class HardSigmoidTorch(_HardSigmoid):
    """x/6 + 1/2, kept between 0 and 1: PyTorch's and Keras 3's hard sigmoid.

    >>> HardSigmoidTorch().value([-3.0, 0.0, 1.5])
    array([0.  , 0.5 , 0.75])
    """

    name = "hard_sigmoid_torch"
    equation = "f(x) = min(1, max(0, x/6 + 1/2))"
    derivative_equation = "f'(x) = 1/6 for |x| < 3, else 0"
    notes = "A sigmoid of straight pieces, as PyTorch and Keras 3 define it; Keras 2 is steeper."
    source = "Howard et al., Searching for MobileNetV3, ICCV (2019)."
    _reach = 3.0


class HardSigmoidKeras2(_HardSigmoid):
    """x/5 + 1/2, kept between 0 and 1: Keras 2's and Theano's hard sigmoid.

    >>> HardSigmoidKeras2().value([-2.5, 0.0, 1.0])
    array([0. , 0.5, 0.7])
    """

    name = "hard_sigmoid_keras2"
    equation = "f(x) = min(1, max(0, 0.2 x + 1/2))"
    derivative_equation = "f'(x) = 0.2 for |x| < 2.5, else 0"
    notes = "A sigmoid of straight pieces, as Theano and Keras 2 define it; PyTorch and Keras 3 are flatter."
    source = "Courbariaux, Bengio, David, BinaryConnect, NeurIPS (2015)."
    _reach = 2.5


class HardSwish(Elementwise):
    """x times the hard sigmoid of x.

    >>> HardSwish().value([-3.0, 1.0, 3.0])
    array([-0.        ,  0.66666667,  3.        ])
    """

    name = "hard_swish"
    equation = "f(x) = x min(6, max(0, x + 3)) / 6"
    derivative_equation = "f'(x) = 0 for x ≤ -3, x/3 + 1/2 between, 1 for x ≥ 3"
    notes = "SiLU of straight and square pieces, for phones."
    source = "Howard et al., Searching for MobileNetV3, ICCV (2019)."
    initialisation = "he"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.maximum(x, -3.0) * xp.clip((x + 3) * (1 / 6), 0, 1)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        inside = xp.clip(x, -3, 3)
        return (2 * inside + 3) / 6 * number(xp, x, ~(xp.abs(x) >= 3)) + number(xp, x, x >= 3)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return where_true(xp, x, xp.abs(x) < 3) / 3


class SoftShrink(PiecewiseLinear):
    """x moved towards 0 by `width`, and 0 within.

    >>> SoftShrink(0.5).value([-2.0, 0.25, 2.0])
    array([-1.5,  0. ,  1.5])
    """

    name = "softshrink"
    equation = "f(x) = sign(x) max(0, |x| - λ)"
    derivative_equation = "f'(x) = 1 for |x| > λ, else 0"
    notes = "The proximal step of the L1 penalty: small signals become exactly 0, large ones lose λ."
    source = "Donoho, De-noising by soft-thresholding, IEEE Trans. Information Theory 41 (1995)."
    initialisation = "lecun"

    def __init__(self, width: float = 0.5):
        self.width = positive("width", width)

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return x - xp.clip(x, -self.width, self.width)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, xp.abs(x) > self.width)


class HardShrink(PiecewiseLinear):
    """x where |x| > width, else 0.

    >>> HardShrink(0.5).value([-2.0, 0.25, 2.0])
    array([-2.,  0.,  2.])
    """

    name = "hardshrink"
    equation = "f(x) = x for |x| > λ, else 0"
    derivative_equation = "f'(x) = 1 for |x| > λ, else 0; at the jumps by convention 0"
    notes = "Keeps what stands out of the noise as it is. It jumps at ±λ."
    source = "Donoho and Johnstone, Ideal spatial adaptation by wavelet shrinkage, Biometrika 81 (1994)."
    initialisation = "lecun"

    def __init__(self, width: float = 0.5):
        self.width = positive("width", width)

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return x * number(xp, x, ~(xp.abs(x) <= self.width))

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, xp.abs(x) > self.width)


class TanhShrink(Elementwise):
    """x - tanh x: what tanh takes away.

    >>> TanhShrink().value([1e-5, 20.0])
    array([3.33333333e-16, 1.90000000e+01])
    """

    name = "tanhshrink"
    equation = "f(x) = x - tanh x"
    derivative_equation = "f'(x) = tanh² x"
    notes = "A smooth shrinkage for sparse codes. Flat at 0, where the plain difference has no digit right."
    source = "Kavukcuoglu, Ranzato, LeCun, Fast inference in sparse coding algorithms (2008)."
    initialisation = "lecun"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return special.x_minus_tanh(xp, x)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        slope = xp.tanh(x)
        return slope * slope

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        e = xp.exp(-2 * xp.abs(x))
        return 2 * xp.tanh(x) * (4 * e / (1 + e) / (1 + e))
