"""Gamma and chi-square: sums of squares, waiting times."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.base import Continuous, positive
from groundup.formulas.distributions.gamma_tails import gamma_log_density, gamma_log_tails, reach_down, reach_up
from groundup.formulas.distributions.pieces import where
from groundup.formulas.distributions.quantiles import DEPTH, solve, table


class Gamma(Continuous):
    """f(x) = (x / scale)^(shape - 1) e^(-x / scale) / (Γ(shape) scale), for x > 0.

    Tails: P(shape, x / scale) and Q.      Mean: shape scale.      Variance: shape scale².
    With shape 1 it is the exponential distribution. Raises InputError unless shape and scale are positive.

    >>> Gamma(1.0, scale=2.0).logsf([2.0, 2000.0])
    array([   -1., -1000.])

    Accurate to 1e-12 for shapes from 0.05 to 5e7, as far as x itself determines the tail. DLMF 8.2.4.
    """

    support = (0.0, np.inf)

    def __init__(self, shape: float, scale: float = 1.0):
        self.shape, self.scale = positive("shape", shape), positive("scale", scale)
        super().__init__(shape=self.shape, scale=self.scale)

    @property
    def mean(self) -> float:
        """shape scale."""
        return self.shape * self.scale

    @property
    def variance(self) -> float:
        """shape scale²."""
        return self.shape * self.scale**2

    def _ratio(self, x: Array) -> tuple[Array, Array, Array, Array]:
        """(a, t, t / a - 1, log(t / a)) for t = x / scale and a = shape, in numbers that do not leave their range."""
        a, t = self.shape, x / self.scale
        ratio = t / a
        ordinary = (ratio > 1e-290) & (ratio < 1e290)
        log_ratio = where(ordinary, np.log(ratio), np.log(x) - np.log(self.scale) - np.log(a))
        return np.full_like(t, a), t, (t - a) / a, log_ratio

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        return gamma_log_tails(*self._ratio(x))

    def _log_density(self, x: Array) -> Array:
        a, _, gap, log_ratio = self._ratio(x)
        at_zero = np.log(1 / self.scale) if self.shape == 1 else np.inf if self.shape < 1 else -np.inf
        return where(x > 0, gamma_log_density(a, gap, log_ratio) - np.log(x), at_zero)

    def _look(self, s: Array) -> tuple[Array, Array, Array]:
        """The log tails and the log density of log(t / a) at s."""
        a, gap = np.full_like(s, self.shape), np.expm1(s)
        return *gamma_log_tails(a, a * np.exp(s), gap, s), gamma_log_density(a, gap, s)

    @cached_property
    def _places(self) -> tuple[Array, Array, Array]:
        a = np.array(self.shape)
        return table(self._look, float(reach_down(a, a, DEPTH)), float(reach_up(a, a, DEPTH)))

    def log_ratio(self, log_lower: Array, log_upper: Array) -> Array:
        """log(x / mean) where the log tails are these."""
        return solve(self._look, self._places, log_lower, log_upper)

    def _quantile(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        return self.mean * np.exp(self.log_ratio(log_lower, log_upper))


class ChiSquare(Gamma):
    """The sum of df squares of standard normal numbers: Gamma(df / 2, scale=2).

    f(x) = (x/2)^(df/2 - 1) e^(-x/2) / (2 Γ(df/2)).      Mean: df.      Variance: 2 df.
    Raises InputError unless df is positive; it need not be whole.

    >>> ChiSquare(2).sf(2.0)  # e^-1
    np.float64(0.36787944117144...)
    >>> ChiSquare(1).upper_quantile(0.05)
    np.float64(3.8414588206941...)

    Pearson, On the criterion that a given system of deviations ... (1900).
    """

    def __init__(self, df: float):
        self.df = positive("df", df)
        super().__init__(self.df / 2, 2.0)
        self._parameters = {"df": self.df}
