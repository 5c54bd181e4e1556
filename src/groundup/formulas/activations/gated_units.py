"""Gated linear units: the last axis is cut in half, and one half opens or shuts the other.

    glu        a sigmoid(b)          Dauphin et al.
    swiglu     silu(a) b             the other four: Shazeer
    geglu      gelu(a) b
    reglu      relu(a) b
    bilinear   a b

a is the first half and b the second. Which half is bent differs between papers and libraries: GLU bends b, the others
bend a, as PyTorch's `glu` and Shazeer's formulas do. The answer is half as wide as the input.
"""

from __future__ import annotations

from types import ModuleType

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.activations.base import Elementwise, RowWise
from groundup.formulas.activations.gates import GELU, SiLU
from groundup.formulas.activations.rectifiers import Identity, ReLU
from groundup.formulas.activations.sigmoids import Sigmoid


class GatedUnit(RowWise):
    """first(a) second(b): the gradient is g first'(a) second(b) for a and g first(a) second'(b) for b."""

    _first: Elementwise = Identity()
    _second: Elementwise = Identity()

    @property
    def halves(self) -> tuple[Elementwise, Elementwise]:
        """What bends the first half and what bends the second."""
        return self._first, self._second

    def _value(self, xp: ModuleType, x: Array) -> Array:
        a, b = _halves(x)
        return self._first.value(a) * self._second.value(b)

    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array:
        a, b = _halves(x)
        for_a = g * (self._first.derivative(a) * self._second.value(b))
        for_b = g * (self._first.value(a) * self._second.derivative(b))
        return xp.concat([for_a, for_b], axis=-1)


def _halves(x: Array) -> tuple[Array, Array]:
    width, odd = divmod(x.shape[-1], 2)
    if odd:
        raise InputError(
            f"a gated unit needs an even number of columns, half for values and half for gates; got {x.shape[-1]}. "
            f"Let the layer before have {2 * width + 2}."
        )
    return x[..., :width], x[..., width:]


class GLU(GatedUnit):
    """a sigmoid(b): b says how much of a passes.

    >>> GLU().value([[3.0, 0.0]])
    array([[1.5]])
    """

    name = "glu"
    equation = "f(a, b) = a sigmoid(b)"
    derivative_equation = "∂f/∂a = sigmoid(b), ∂f/∂b = a sigmoid(b) (1 - sigmoid(b))"
    notes = "The second half is the gate. The value passes without bending, so that gradients do not vanish."
    source = "Dauphin, Fan, Auli, Grangier, Language modeling with gated convolutional networks, ICML (2017)."
    _second = Sigmoid()


class SwiGLU(GatedUnit):
    """silu(a) b.

    >>> SwiGLU().value([[0.0, 7.0]])
    array([[0.]])
    """

    name = "swiglu"
    equation = "f(a, b) = a sigmoid(a) b"
    derivative_equation = "∂f/∂a = silu'(a) b, ∂f/∂b = silu(a)"
    notes = "The feed-forward unit of most large language models. The first half is bent."
    source = "Shazeer, GLU variants improve Transformer, arXiv:2002.05202 (2020)."
    _first = SiLU()


class GeGLU(GatedUnit):
    """gelu(a) b.

    >>> GeGLU().value([[0.0, 7.0]])
    array([[0.]])
    """

    name = "geglu"
    equation = "f(a, b) = a Φ(a) b"
    derivative_equation = "∂f/∂a = gelu'(a) b, ∂f/∂b = gelu(a)"
    notes = "SwiGLU with GELU. The first half is bent."
    source = "Shazeer, GLU variants improve Transformer, arXiv:2002.05202 (2020)."
    _first = GELU()


class ReGLU(GatedUnit):
    """relu(a) b.

    >>> ReGLU().value([[2.0, 7.0]])
    array([[14.]])
    """

    name = "reglu"
    equation = "f(a, b) = max(0, a) b"
    derivative_equation = "∂f/∂a = b for a > 0, else 0; ∂f/∂b = max(0, a)"
    notes = "SwiGLU with ReLU. The first half is bent."
    source = "Shazeer, GLU variants improve Transformer, arXiv:2002.05202 (2020)."
    _first = ReLU()


class Bilinear(GatedUnit):
    """a b: a gate that does not bend at all.

    >>> Bilinear().value([[2.0, 7.0]])
    array([[14.]])
    """

    name = "bilinear"
    equation = "f(a, b) = a b"
    derivative_equation = "∂f/∂a = b, ∂f/∂b = a"
    notes = "The product of two linear maps: quadratic in the inputs."
    source = "Mnih and Hinton, Three new graphical models for statistical language modelling, ICML (2007)."
