"""Counts: binomial and Poisson, whose tails are those of a beta and of a gamma."""

from __future__ import annotations

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.distributions.base import Counts, finite, positive, probability
from groundup.formulas.distributions.beta_tails import at_share, beta_log_density, beta_log_tails
from groundup.formulas.distributions.gamma_tails import gamma_log_density, gamma_log_tails
from groundup.formulas.distributions.pieces import where


class Binomial(Counts):
    """P(X = k) = n! / (k! (n-k)!) p^k (1-p)^(n-k): heads in n throws of a coin.

    Tails: P(X > k) = I_p(k + 1, n - k).      Mean: n p.      Variance: n p (1 - p).
    Raises InputError unless n is a whole number from 1 to 1e15 and p a probability.

    >>> Binomial(3, 0.5).pmf([0, 1, 2, 3])
    array([0.125, 0.375, 0.375, 0.125])
    >>> Binomial(100, 0.5).upper_quantile(0.01)  # 62 heads are too many for one coin in a hundred
    np.float64(62.0)

    Accurate to 1e-12 for n up to 1e8, as far as p itself determines the tail. DLMF 8.17.5; Bernoulli (1713).
    """

    def __init__(self, n: float, p: float):
        self.n, self.p = positive("n", n, 1e15), float(probability("p", finite("p", p)))
        if self.n != np.floor(self.n):
            raise InputError(f"n must be a whole number of throws; got {n!r}. Round it.")
        super().__init__(n=self.n, p=self.p)
        self.support = (0.0, self.n)

    @property
    def mean(self) -> float:
        """n p."""
        return self.n * self.p

    @property
    def variance(self) -> float:
        """n p (1 - p)."""
        return self.n * self.p * (1 - self.p)

    @property
    def _largest(self) -> float:
        return self.n

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        a, b = x + 1, self.n - x
        upper, lower = beta_log_tails(a, b, at_share(a, b, np.full_like(x, self.p)))
        return lower, upper

    def _log_density(self, x: Array) -> Array:
        """The density of Beta(k + 1, n - k) in log-odds, over p (n - k); p^n at the end."""
        if self.p in (0, 1):
            return where(x == self.n * self.p, 0.0, -np.inf)
        a, b = x + 1, np.maximum(self.n - x, 1)
        inside = beta_log_density(a, b, at_share(a, b, np.full_like(x, self.p)))
        return where(x < self.n, inside - np.log(self.p) - np.log(b), self.n * np.log(self.p))


class Poisson(Counts):
    """P(X = k) = e^(-mean) mean^k / k!: rare events.

    Tails: P(X > k) = P(k + 1, mean), the lower incomplete gamma.      Variance: mean.
    Raises InputError unless mean is positive.

    >>> Poisson(1.0).pmf([0, 1, 2.5])
    array([0.36787944, 0.36787944, 0.        ])
    >>> Poisson(1e4).upper_quantile(1e-9)
    np.float64(10606.0)

    Accurate to 1e-12 for means up to 5e7, as far as the mean itself determines the tail. DLMF 8.11.10; Poisson (1837).
    """

    support = (0.0, np.inf)

    def __init__(self, mean: float):
        self._mean = positive("mean", mean)
        super().__init__(mean=self._mean)

    @property
    def mean(self) -> float:
        """The mean."""
        return self._mean

    @property
    def variance(self) -> float:
        """The mean."""
        return self._mean

    @property
    def _largest(self) -> float:
        """Chernoff: P(X ≥ mean + √(2 t mean) + t) ≤ e^(-t); e^(-760) is below every float64."""
        return float(np.ceil(self._mean + np.sqrt(1520 * self._mean) + 760))

    def _at(self, a: Array) -> tuple[Array, Array, Array, Array]:
        mean = np.full_like(a, self._mean)
        return a, mean, (mean - a) / a, np.log(mean / a)

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        upper, lower = gamma_log_tails(*self._at(x + 1))
        return lower, upper

    def _log_density(self, x: Array) -> Array:
        """The density of Gamma(k) in log t, over k."""
        a, _, gap, log_ratio = self._at(np.maximum(x, 1))
        return where(x > 0, gamma_log_density(a, gap, log_ratio) - np.log(a), -self._mean)
