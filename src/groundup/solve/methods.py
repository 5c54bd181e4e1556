"""Every solver that is one step repeated, by its name.

>>> METHODS["adam"]()
Adam(beta1=0.9, beta2=0.999, epsilon=1e-08)
"""

from __future__ import annotations

from groundup.solve.adaptive import AdaDelta, AdaGrad, Adam, AdaMax, AdamW, AMSGrad, Lion, Nadam, RMSProp
from groundup.solve.descent import GradientDescent
from groundup.solve.loop import Method
from groundup.solve.momentum import Momentum, Nesterov

METHODS: dict[str, type[Method]] = {
    "adadelta": AdaDelta,
    "adagrad": AdaGrad,
    "adam": Adam,
    "adamax": AdaMax,
    "adamw": AdamW,
    "amsgrad": AMSGrad,
    "gradient_descent": GradientDescent,
    "lion": Lion,
    "momentum": Momentum,
    "nadam": Nadam,
    "nesterov": Nesterov,
    "rmsprop": RMSProp,
}
"""The solvers that are one step repeated, sorted by name."""
