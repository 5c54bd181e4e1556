"""What a wrong answer costs, as a function of the score z, beside the slope of that cost.

    base            Loss, Residual, Margin, RowWise: what every loss is
    squares         Squared, HalfSquared: the mean
    straight        Absolute, Quantile, EpsilonInsensitive: the median, and any quantile
    robust          Huber, SmoothL1, PseudoHuber, LogCosh, Cauchy: outliers count, but not for everything
    counts          Poisson, Gamma, Tweedie: labels that cannot be negative
    binary          Logistic, Hinge, SquaredHinge, Exponential: two classes
    hard_rows       Focal: two classes, where easy rows hardly count
    classes         CrossEntropy, KLDivergence, one_hot: many classes
    probabilities   bce_from_probability, kl_divergence: costs of probabilities as they are

A loss has two parts: the cost of one row, and a `total` that makes one number of them. Five familiar names are two
costs and three totals:

    name    cost of a row     total      in words
    l1      |z - y|           Sum        all the misses added up
    mae     |z - y|           Mean       the average miss
    l2      (z - y)²          Sum        squares: a miss of 10 costs as much as a hundred misses of 1
    mse     (z - y)²          Mean       the average square
    rmse    (z - y)²          RootMean   the root of that, in the units of y

A sum and a mean have the same minimum, but the gradient of the sum is larger by the number of rows, and the usable
learning rate smaller by as much. Squares pull the line towards outliers; absolute values do not.

Each cost carries `value(z, y)`, `gradient(z, y)` and `curvature(z, y, v)` (how the gradient moves when z moves along
v), all with respect to the score and in its shape. Called with (y, prediction), a loss is a metric:

>>> from groundup.formulas import losses
>>> losses.rmse([1.0, 2.0], [1.0, 4.0])
1.4142135623730951
>>> losses.Huber(delta=1.0).gradient([5.0], [1.0])
array([1.])
"""

from __future__ import annotations

from groundup.errors import UnknownNameError
from groundup.formulas.losses.base import Loss, Margin, Residual, RowWise
from groundup.formulas.losses.binary import Exponential, Hinge, Logistic, SquaredHinge
from groundup.formulas.losses.classes import CrossEntropy, KLDivergence, one_hot
from groundup.formulas.losses.counts import Gamma, Poisson, Tweedie
from groundup.formulas.losses.hard_rows import Focal
from groundup.formulas.losses.probabilities import bce_from_probability, kl_divergence
from groundup.formulas.losses.robust import Cauchy, Huber, LogCosh, PseudoHuber, SmoothL1
from groundup.formulas.losses.squares import HalfSquared, Squared
from groundup.formulas.losses.straight import Absolute, EpsilonInsensitive, Quantile
from groundup.formulas.totals import Mean, RootMean, Sum

squared = Squared()
half_squared = HalfSquared()
absolute = Absolute()
log_cosh = LogCosh()
cauchy = cauchy_lorentz = Cauchy()
poisson = poisson_log_input = Poisson()
gamma = Gamma()
logistic = bce_with_logits = Logistic()
hinge = Hinge()
squared_hinge = SquaredHinge()
exponential = Exponential()
cross_entropy = cross_entropy_from_logits = CrossEntropy()

l1 = Absolute(total=Sum())
mae = Absolute(total=Mean())
l2 = Squared(total=Sum())
mse = Squared(total=Mean())
rmse = Squared(total=RootMean())

_WITH_DEFAULTS: tuple[Loss, ...] = (
    *(mse, half_squared, mae, log_cosh, cauchy, poisson, gamma, logistic, hinge, squared_hinge, exponential),
    *(Huber(), SmoothL1(), PseudoHuber(), Quantile(), EpsilonInsensitive(), Tweedie(), Focal()),
    *(cross_entropy, KLDivergence()),
)

NAMES: dict[str, Loss] = {"l1": l1, "l2": l2, "rmse": rmse, **{loss.name: loss for loss in _WITH_DEFAULTS}}
"""Every loss by its name, with its default parameters."""


def named(loss: str | Loss) -> Loss:
    """The loss of that name; a Loss is returned as it is.

    >>> named("mse")
    Squared()
    """
    if isinstance(loss, Loss):
        return loss
    if loss not in NAMES:
        raise UnknownNameError("loss", loss, NAMES)
    return NAMES[loss]


__all__ = [
    "NAMES",
    "Absolute",
    "Cauchy",
    "CrossEntropy",
    "EpsilonInsensitive",
    "Exponential",
    "Focal",
    "Gamma",
    "HalfSquared",
    "Hinge",
    "Huber",
    "KLDivergence",
    "LogCosh",
    "Logistic",
    "Loss",
    "Margin",
    "Poisson",
    "PseudoHuber",
    "Quantile",
    "Residual",
    "RowWise",
    "SmoothL1",
    "Squared",
    "SquaredHinge",
    "Tweedie",
    "absolute",
    "bce_from_probability",
    "bce_with_logits",
    "cauchy",
    "cauchy_lorentz",
    "cross_entropy",
    "cross_entropy_from_logits",
    "exponential",
    "gamma",
    "half_squared",
    "hinge",
    "kl_divergence",
    "l1",
    "l2",
    "log_cosh",
    "logistic",
    "mae",
    "mse",
    "named",
    "one_hot",
    "poisson",
    "poisson_log_input",
    "rmse",
    "squared",
    "squared_hinge",
]
