"""The normal distribution: the law of sums."""

from __future__ import annotations

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.base import Continuous, finite, halves, positive, signed_root
from groundup.formulas.distributions.gamma import ChiSquare
from groundup.formulas.distributions.gamma_tails import gamma_log_tails
from groundup.formulas.distributions.pieces import where


class Normal(Continuous):
    """f(x) = e^(-z²/2) / (√(2π) deviation), z = (x - mean) / deviation.

    Tails: half of Q(1/2, z²/2), since z² is a χ² with one degree of freedom; the same as erfc(|z| / √2) / 2, and with
    a logarithm at any distance. Raises InputError unless mean is finite and deviation positive.

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
        a, ratio = np.full_like(z, 0.5), (z - 1) * (z + 1)
        beyond = where(z == 0, 0.0, gamma_log_tails(a, 0.5 * z * z, ratio, 2 * np.log(z))[1])
        return halves(beyond - np.log(2), x > self._mean)

    def _log_density(self, x: Array) -> Array:
        z = (x - self._mean) / self.deviation
        return -0.5 * z * z - 0.5 * np.log(2 * np.pi) - np.log(self.deviation)

    def _quantile(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        return self._mean + self.deviation * signed_root(ChiSquare(1).log_ratio, log_lower, log_upper, lead)
