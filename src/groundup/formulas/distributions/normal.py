"""The normal distribution: the law of sums."""

from __future__ import annotations

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.base import Continuous, finite, halves, positive, signed_root
from groundup.formulas.distributions.gamma import ChiSquare
from groundup.formulas.special import erfcx

SQUARE = ChiSquare(1)
"""The law of z², kept because its table of places is made once."""


class Normal(Continuous):
    """f(x) = e^(-z²/2) / (√(2π) deviation), z = (x - mean) / deviation.

    Tails: erfc(|z| / √2) / 2, and their logarithms log(erfcx(|z| / √2) / 2) - z²/2 at any distance. Quantiles: roots
    of those of z², a χ² with one degree of freedom. Raises InputError unless mean is finite and deviation positive.

    >>> Normal().cdf([-1.0, 0.0, 1.0])
    array([0.15865525, 0.5       , 0.84134475])
    >>> Normal().logsf(100.0)
    np.float64(-5005.5242086942...)
    >>> Normal().upper_quantile(0.025)
    np.float64(1.9599639845400...)

    Accurate to 1e-12 everywhere. Gauss, Theoria motus (1809); DLMF 7.2.
    """

    def __init__(self, mean: float = 0.0, deviation: float = 1.0):
        self._mean, self.deviation = finite("mean", mean), positive("deviation", deviation)
        super().__init__(mean=self._mean, deviation=self.deviation)

    @property
    def mean(self) -> float:
        """The centre."""
        return self._mean

    @property
    def variance(self) -> float:
        """deviation²."""
        return self.deviation**2

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        z = np.abs(x - self._mean) / self.deviation
        beyond = np.log(erfcx(np, z * np.sqrt(0.5))) - 0.5 * z * z
        return halves(beyond - np.log(2), x > self._mean)

    def _log_density(self, x: Array) -> Array:
        z = (x - self._mean) / self.deviation
        return -0.5 * z * z - 0.5 * np.log(2 * np.pi) - np.log(self.deviation)

    def _quantile(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        return self._mean + self.deviation * signed_root(SQUARE.log_ratio, log_lower, log_upper, lead)
