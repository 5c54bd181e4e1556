"""Straight pieces with one corner: the positive side passes, the negative side is cut, bent or replaced."""

from __future__ import annotations

from types import ModuleType

from groundup._arrays import Array, floating
from groundup.formulas.activations.base import (
    Elementwise,
    PiecewiseLinear,
    number,
    number_of,
    one_pass,
    positive,
    where_true,
)


class Identity(PiecewiseLinear):
    """x: nothing happens.

    >>> Identity().value([-1.0, 2.0])
    array([-1.,  2.])
    """

    name = "identity"
    equation = "f(x) = x"
    derivative_equation = "f'(x) = 1"
    notes = "For the output of a regression. Between two layers it makes one layer of them."
    source = "The linear unit: Widrow and Hoff, Adaptive switching circuits (1960)."
    initialisation = "lecun"

    @one_pass
    def _value(self, xp: ModuleType, x: Array) -> Array:
        # A copy: whoever changes the answer must not change the input.
        return +x

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, x == x)


class BinaryStep(PiecewiseLinear):
    """1 where x ≥ 0, else 0: the unit fires or it does not.

    >>> BinaryStep().value([-0.1, 0.0, 3.0])
    array([0., 1., 1.])
    """

    name = "binary_step"
    equation = "f(x) = 1 for x ≥ 0, else 0"
    derivative_equation = "f'(x) = 0; at the jump by convention 0"
    notes = (
        "The first model of a neuron. Its slope is 0 everywhere, so that gradient descent learns nothing through it."
    )
    source = "McCulloch and Pitts, A logical calculus of the ideas immanent in nervous activity (1943)."
    initialisation = "lecun"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return where_true(xp, x, x >= 0)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, x != x)


class ReLU(PiecewiseLinear):
    """max(0, x): what is positive passes.

    >>> ReLU().derivative([-1.0, 0.0, 2.0])
    array([0., 0., 1.])
    """

    name = "relu"
    equation = "f(x) = max(0, x)"
    derivative_equation = "f'(x) = 1 for x > 0, else 0; at 0 by convention 0"
    notes = "The usual choice for hidden layers. A unit whose input is always negative learns nothing more."
    source = "Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, ICML (2010)."
    initialisation = "he"

    @one_pass
    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.maximum(x, 0.0)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return xp.sign(xp.maximum(x, 0.0))


class _TwoSlopes(PiecewiseLinear):
    """x for x > 0, slope times x elsewhere; at 0 the slope of the left side."""

    slope: float
    initialisation = "he"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        """The sum of the two sides.

        For the usual slopes it is the larger of two lines, in 1.0 instead of 1.7 ms for 1,000,000 values.
        """
        if 0 < self.slope <= 1:
            return xp.maximum(x, self.slope * x)
        return xp.maximum(x, 0.0) + self.slope * xp.minimum(x, 0.0)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return self.slope + (1 - self.slope) * where_true(xp, x, x > 0)


class LeakyReLU(_TwoSlopes):
    """x for x > 0, else slope x: a ReLU that never dies.

    >>> LeakyReLU(0.1).value([-10.0, 10.0])
    array([-1., 10.])
    """

    name = "leaky_relu"
    equation = "f(x) = x for x > 0, else slope·x"
    derivative_equation = "f'(x) = 1 for x > 0, else slope; at 0 by convention slope"
    notes = "The small slope on the left keeps a gradient alive where ReLU has none."
    source = "Maas, Hannun, Ng, Rectifier nonlinearities improve neural network acoustic models, ICML (2013)."

    def __init__(self, slope: float = 0.01):
        self.slope = number_of("slope", slope)


class PReLU(_TwoSlopes):
    """x for x > 0, else slope x; `slope_derivative` is the gradient with which the slope can be learnt.

    >>> PReLU(0.25).value([-4.0, 4.0])
    array([-1.,  4.])
    >>> PReLU(0.25).slope_derivative([-4.0, 4.0])
    array([-4.,  0.])
    """

    name = "prelu"
    equation = "f(x) = x for x > 0, else slope·x, the slope a parameter of the network"
    derivative_equation = "f'(x) = 1 for x > 0, else slope; ∂f/∂slope = min(x, 0)"
    notes = (
        "Leaky ReLU whose slope is meant to be trained with the weights, without weight decay. Networks here keep the "
        "slope that they are given."
    )
    source = "He, Zhang, Ren, Sun, Delving deep into rectifiers, ICCV (2015)."

    def __init__(self, slope: float = 0.25):
        self.slope = number_of("slope", slope)

    def slope_derivative(self, x: Array) -> Array:
        """∂f/∂slope = min(x, 0), in the shape of x."""
        xp, x = floating(x)
        return xp.minimum(x, 0.0)


class ReLUSquared(Elementwise):
    """max(0, x)²: a ReLU without a corner.

    >>> ReLUSquared().value([-3.0, 3.0])
    array([0., 9.])
    """

    name = "relu_squared"
    equation = "f(x) = max(0, x)²"
    derivative_equation = "f'(x) = 2 max(0, x); f'' jumps at 0 from 0 to 2, by convention 0"
    notes = "Found by a search for better Transformers. Grows fast: keep the inputs small by normalising."
    source = "So et al., Primer: searching for efficient Transformers, NeurIPS (2021)."
    initialisation = "he"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        y = xp.maximum(x, 0.0)
        return y * y

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return 2 * xp.maximum(x, 0.0)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return 2 * xp.sign(xp.maximum(x, 0.0))


class Threshold(PiecewiseLinear):
    """x for x > threshold, else replacement.

    >>> Threshold(0.1, 20).value([0.1, 0.2])
    array([20. ,  0.2])
    """

    name = "threshold"
    equation = "f(x) = x for x > threshold, else replacement"
    derivative_equation = "f'(x) = 1 for x > threshold, else 0"
    notes = "The thresholded ReLU: weak signals are replaced. With threshold 0 and replacement 0 it is ReLU."
    source = "Konda, Memisevic, Krueger, Zero-bias autoencoders and the benefits of co-adapting features, ICLR (2015)."
    initialisation = "he"

    def __init__(self, threshold: float = 1.0, replacement: float = 0.0):
        self.threshold = number_of("threshold", threshold)
        self.replacement = number_of("replacement", replacement)

    def _value(self, xp: ModuleType, x: Array) -> Array:
        kept = xp.maximum(x, self.threshold) * number(xp, x, x > self.threshold)
        return kept + self.replacement * number(xp, x, x <= self.threshold)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return where_true(xp, x, x > self.threshold)


class _ExponentialLinear(Elementwise):
    """scale x for x > 0, else height (e^(x/width) - 1); at 0 the slopes of the left side."""

    initialisation = "he"

    def _constants(self) -> tuple[float, float, float]:
        """scale, height, width."""
        raise NotImplementedError

    def _value(self, xp: ModuleType, x: Array) -> Array:
        scale, height, width = self._constants()
        left = xp.minimum(x, 0.0)
        left = xp.expm1(left if width == 1 else left / width)
        return _times(scale, xp.maximum(x, 0.0)) + _times(height, left)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        scale, height, width = self._constants()
        left = height / width * xp.exp(xp.minimum(x, 0.0) / width)
        return scale * number(xp, x, x > 0) + left * number(xp, x, ~(x > 0))

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        _, height, width = self._constants()
        return height / width**2 * xp.exp(xp.minimum(x, 0.0) / width) * number(xp, x, ~(x > 0))


def _times(factor: float, x: Array) -> Array:
    """factor x, without a pass over x where the factor is 1."""
    return x if factor == 1 else factor * x


class ELU(_ExponentialLinear):
    """x for x > 0, else alpha (eˣ - 1): levels off at -alpha.

    >>> ELU(1).value([-1000.0, 1.0])
    array([-1.,  1.])
    """

    name = "elu"
    equation = "f(x) = x for x > 0, else α (eˣ - 1)"
    derivative_equation = "f'(x) = 1 for x > 0, else α eˣ; at 0 by convention α"
    notes = "Its negative values bring the mean of a layer closer to 0. Smooth at 0 only for α = 1."
    source = "Clevert, Unterthiner, Hochreiter, Fast and accurate deep network learning by ELUs, ICLR (2016)."

    def __init__(self, alpha: float = 1.0):
        self.alpha = positive("alpha", alpha)

    def _constants(self) -> tuple[float, float, float]:
        return 1.0, self.alpha, 1.0


class SELU(_ExponentialLinear):
    """λ x for x > 0, else λ α (eˣ - 1): mean 0 and variance 1 reproduce themselves.

    >>> SELU().value([-1000.0, 1.0])
    array([-1.75809934,  1.05070099])
    """

    name = "selu"
    equation = "f(x) = λ x for x > 0, else λ α (eˣ - 1), λ = 1.0507…, α = 1.6733…"
    derivative_equation = "f'(x) = λ for x > 0, else λ α eˣ; at 0 by convention λ α"
    notes = "Keeps deep dense networks normalised by itself, with LeCun's initialisation and no batch normalisation."
    source = "Klambauer, Unterthiner, Mayr, Hochreiter, Self-normalizing neural networks, NeurIPS (2017)."
    initialisation = "lecun"

    def _constants(self) -> tuple[float, float, float]:
        return 1.0507009873554804934193349852946, 1.7580993408473768599402175208123, 1.0


class CELU(_ExponentialLinear):
    """x for x > 0, else alpha (e^(x/alpha) - 1): an ELU that is smooth for every alpha.

    >>> CELU(2).derivative([0.0, 1.0])
    array([1., 1.])
    """

    name = "celu"
    equation = "f(x) = max(0, x) + min(0, α (e^(x/α) - 1))"
    derivative_equation = "f'(x) = 1 for x > 0, else e^(x/α)"
    notes = "ELU with a slope of 1 at 0 whatever α is."
    source = "Barron, Continuously differentiable exponential linear units, arXiv:1704.07483 (2017)."

    def __init__(self, alpha: float = 1.0):
        self.alpha = positive("alpha", alpha)

    def _constants(self) -> tuple[float, float, float]:
        return 1.0, self.alpha, self.alpha
