"""Activations: the bends between the layers of a network. Each is a value with its slope beside it.

    base          Activation, Elementwise, RowWise: what every activation is
    rectifiers    identity, binary_step, relu, leaky_relu, prelu, relu_squared, threshold, elu, selu, celu
    limiters      hard_tanh, relu6, hard_sigmoid_torch, hard_sigmoid_keras2, hard_swish, softshrink, hardshrink,
                  tanhshrink
    sigmoids      sigmoid, log_sigmoid, tanh, lecun_tanh, softsign, arctan, cloglog
    gates         swish, silu, quick_gelu, gelu_tanh, gelu, mish
    curves        softplus, squareplus, bent_identity, log_cosh, gaussian, sinusoid, exponential
    rows          softmax, log_softmax, softmin, sparsemax, maxout
    gated_units   glu, swiglu, geglu, reglu, bilinear

A name in lower case is an object ready to call, with the default parameters; its class stands beside it:

>>> from groundup.formulas import activations
>>> activations.sigmoid([0.0])
array([0.5])
>>> activations.LeakyReLU(0.1).derivative([-1.0, 2.0])
array([0.1, 1. ])
>>> activations.softmax.pullback(x=[[0.0, 0.0]], y=[[0.5, 0.5]], g=[[1.0, 0.0]])
array([[ 0.25, -0.25]])
"""

from __future__ import annotations

from groundup.errors import UnknownNameError
from groundup.formulas.activations.base import Activation, Elementwise, RowWise
from groundup.formulas.activations.curves import (
    BentIdentity,
    Exponential,
    Gaussian,
    LogCosh,
    Sinusoid,
    SoftPlus,
    SquarePlus,
)
from groundup.formulas.activations.gated_units import GLU, Bilinear, GatedUnit, GeGLU, ReGLU, SwiGLU
from groundup.formulas.activations.gates import GELU, GELUTanh, Mish, QuickGELU, SiLU, Swish
from groundup.formulas.activations.limiters import (
    HardShrink,
    HardSigmoidKeras2,
    HardSigmoidTorch,
    HardSwish,
    HardTanh,
    ReLU6,
    SoftShrink,
    TanhShrink,
)
from groundup.formulas.activations.rectifiers import (
    CELU,
    ELU,
    SELU,
    BinaryStep,
    Identity,
    LeakyReLU,
    PReLU,
    ReLU,
    ReLUSquared,
    Threshold,
)
from groundup.formulas.activations.rows import LogSoftmax, Maxout, Softmax, Softmin, Sparsemax
from groundup.formulas.activations.sigmoids import ArcTan, CLogLog, LeCunTanh, LogSigmoid, Sigmoid, SoftSign, Tanh

identity = Identity()
binary_step = BinaryStep()
relu = ReLU()
leaky_relu = LeakyReLU()
prelu = PReLU()
relu_squared = ReLUSquared()
threshold = Threshold()
elu = ELU()
selu = SELU()
celu = CELU()
hard_tanh = HardTanh()
relu6 = ReLU6()
hard_sigmoid_torch = HardSigmoidTorch()
hard_sigmoid_keras2 = HardSigmoidKeras2()
hard_swish = HardSwish()
softshrink = SoftShrink()
hardshrink = HardShrink()
tanhshrink = TanhShrink()
sigmoid = Sigmoid()
log_sigmoid = LogSigmoid()
tanh = Tanh()
lecun_tanh = LeCunTanh()
softsign = SoftSign()
arctan = ArcTan()
cloglog = CLogLog()
swish = Swish()
silu = SiLU()
quick_gelu = QuickGELU()
gelu_tanh = GELUTanh()
gelu = GELU()
mish = Mish()
softplus = SoftPlus()
squareplus = SquarePlus()
bent_identity = BentIdentity()
log_cosh = LogCosh()
gaussian = Gaussian()
sinusoid = Sinusoid()
exponential = Exponential()
softmax = Softmax()
log_softmax = LogSoftmax()
softmin = Softmin()
sparsemax = Sparsemax()
maxout = Maxout()
glu = GLU()
swiglu = SwiGLU()
geglu = GeGLU()
reglu = ReGLU()
bilinear = Bilinear()

NAMES: dict[str, Activation] = {
    activation.name: activation for activation in list(globals().values()) if isinstance(activation, Activation)
}
"""Every activation of this package by its name, with the default parameters."""


def named(activation: str | Activation) -> Activation:
    """The activation of that name; an Activation is returned as it is.

    >>> named("tanh")
    Tanh()
    """
    if isinstance(activation, Activation):
        return activation
    if activation not in NAMES:
        raise UnknownNameError("activation", activation, NAMES)
    return NAMES[activation]


__all__ = ["NAMES", "Activation", "Elementwise", "GatedUnit", "RowWise", "named"]  # pyright: ignore
