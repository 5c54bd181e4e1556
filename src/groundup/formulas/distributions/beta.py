"""Beta, F and Student's t: shares and ratios of sums of squares, one function at three places."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.base import Continuous, halves, positive, signed_root
from groundup.formulas.distributions.beta_tails import (
    Place,
    at_odds,
    at_share,
    beta_log_density,
    beta_log_tails,
    reach,
)
from groundup.formulas.distributions.pieces import log1p_rest, stirling_rest, where
from groundup.formulas.distributions.quantiles import DEPTH, solve, table

LARGEST = 1e15
"""Shapes beyond have no digits left for the difference between x and the hilltop."""


class Beta(Continuous):
    """f(x) = x^(a-1) (1 - x)^(b-1) / B(a, b), for 0 < x < 1.

    Tails: I_x(a, b) and I_(1-x)(b, a).      Mean: a / (a + b).      Variance: a b / ((a + b)² (a + b + 1)).
    The share that one of two sums of squares has in both. Raises InputError unless 0 < a, b ≤ 1e15.

    >>> Beta(2, 1).cdf([0.5, 1e-200])  # x²
    array([0.25, 0.  ])
    >>> Beta(2, 1).logcdf(1e-200)
    np.float64(-921.03403719761...)

    Accurate to 1e-12 for shapes from 0.05 to 5e7, as far as x itself determines the tail. DLMF 8.17.
    """

    support = (0.0, 1.0)

    def __init__(self, a: float, b: float):
        self.a, self.b = positive("a", a, LARGEST), positive("b", b, LARGEST)
        super().__init__(a=self.a, b=self.b)

    @property
    def mean(self) -> float:
        """a / (a + b)."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """a b / ((a + b)² (a + b + 1))."""
        total = self.a + self.b
        return self.a / total * self.b / total / (total + 1)

    def _shapes(self, x: Array) -> tuple[Array, Array]:
        return np.full_like(x, self.a), np.full_like(x, self.b)

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        a, b = self._shapes(x)
        return beta_log_tails(a, b, at_share(a, b, x))

    def _log_density(self, x: Array) -> Array:
        a, b = self._shapes(x)
        inside = beta_log_density(a, b, at_share(a, b, x)) - np.log(x) - np.log1p(-x)
        return where(x == 0, _edge(self.a, self.b), where(x == 1, _edge(self.b, self.a), inside))

    def _look(self, s: Array) -> tuple[Array, Array, Array]:
        """The log tails and the log density of s = log(odds b / a)."""
        a, b = self._shapes(s)
        place = at_odds(a, b, np.exp(s), np.expm1(s), s)
        return *beta_log_tails(a, b, place), beta_log_density(a, b, place)

    @cached_property
    def _places(self) -> tuple[Array, Array, Array]:
        total = self.a + self.b
        x, y = np.array(self.a / total), np.array(self.b / total)
        down, up = (
            reach(np.array(total), y, x, np.array(0.0), DEPTH),
            reach(np.array(total), x, y, np.array(0.0), DEPTH),
        )
        return table(self._look, float(down), float(up))

    def log_ratio(self, log_lower: Array, log_upper: Array) -> Array:
        """log(odds b / a) where the log tails are these."""
        return solve(self._look, self._places, log_lower, log_upper)

    def _quantile(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        return 1 / (1 + self.b / self.a * np.exp(-self.log_ratio(log_lower, log_upper)))


class F(Continuous):
    """The ratio of two mean squares: (χ²₁ / df1) / (χ²₂ / df2).

    f(x) = r^(df1/2) (1 + r)^(-(df1+df2)/2) / (x B(df1/2, df2/2)), r = x df1 / df2, for x > 0.
    Tails: I_(r/(1+r))(df1/2, df2/2).      Mean: df2 / (df2 - 2).
    Variance: 2 df2² (df1 + df2 - 2) / (df1 (df2 - 2)² (df2 - 4)).
    Raises InputError unless both df lie above 0 and at most at 1e15; they need not be whole.

    >>> F(2, 4).sf([2.0, 1e100])  # (1 + x/2)^-2
    array([2.5e-001, 4.0e-200])
    >>> F(2, 10).upper_quantile(0.05)
    np.float64(4.1028210151304...)

    Accurate to 1e-12 for df from 0.1 to 1e8. Fisher (1924); Snedecor (1934).
    """

    support = (0.0, np.inf)

    def __init__(self, df1: float, df2: float):
        self.df1, self.df2 = positive("df1", df1, LARGEST), positive("df2", df2, LARGEST)
        self._beta = Beta(self.df1 / 2, self.df2 / 2)
        super().__init__(df1=self.df1, df2=self.df2)

    @property
    def mean(self) -> float:
        """df2 / (df2 - 2), where df2 > 2; else inf."""
        return self.df2 / (self.df2 - 2) if self.df2 > 2 else np.inf

    @property
    def variance(self) -> float:
        """2 mean² (df1 + df2 - 2) / (df1 (df2 - 4)), where df2 > 4; inf from 2 on; nan below, without a mean."""
        if self.df2 <= 4:
            return np.inf if self.df2 > 2 else np.nan
        return 2 * self.mean**2 * (self.df1 + self.df2 - 2) / self.df1 / (self.df2 - 4)

    def _place(self, x: Array) -> tuple[Array, Array, Place]:
        a, b = np.full_like(x, self.df1 / 2), np.full_like(x, self.df2 / 2)
        return a, b, at_odds(a, b, x, x - 1, np.log(x))

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        return beta_log_tails(*self._place(x))

    def _log_density(self, x: Array) -> Array:
        at_zero = 0.0 if self.df1 == 2 else np.inf if self.df1 < 2 else -np.inf
        return where(x > 0, beta_log_density(*self._place(x)) - np.log(x), at_zero)

    def _quantile(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        return np.exp(self._beta.log_ratio(log_lower, log_upper))


class StudentT(Continuous):
    """A normal number over the root of an independent mean square: Z / √(χ² / df).

    f(x) = (1 + x²/df)^(-(df+1)/2) / (√df B(df/2, 1/2)).      Mean: 0.      Variance: df / (df - 2).
    Tails: half of those of F(1, df) at x². Raises InputError unless 0 < df ≤ 1e15; it need not be whole.

    >>> StudentT(1).sf([1.0, 1e100])  # arctan(1/x) / π
    array([2.50000000e-001, 3.18309886e-101])
    >>> StudentT(10).upper_quantile(0.025)
    np.float64(2.228138851986...)

    Accurate to 1e-12 for df from 0.1 to 1e8. Student, The probable error of a mean (1908).
    """

    def __init__(self, df: float):
        self.df = positive("df", df, LARGEST)
        self._beta = Beta(0.5, self.df / 2)
        super().__init__(df=self.df)

    @property
    def mean(self) -> float:
        """0 where df > 1, else nan: without an expectation."""
        return 0.0 if self.df > 1 else np.nan

    @property
    def variance(self) -> float:
        """df / (df - 2) where df > 2; inf from 1 on; nan below."""
        if self.df <= 2:
            return np.inf if self.df > 1 else np.nan
        return self.df / (self.df - 2)

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        a, b, size = np.full_like(x, 0.5), np.full_like(x, self.df / 2), np.abs(x)
        place = at_odds(a, b, x * x, (size - 1) * (size + 1), 2 * np.log(size))
        beyond = where(x == 0, 0.0, beta_log_tails(a, b, place)[1])
        return halves(beyond - np.log(2), x > 0)

    def _log_density(self, x: Array) -> Array:
        """-(df+1)/2 log(1 + x²/df) - log(2π)/2 + log(Γ(a + 1/2) / (Γ(a) √a)), a = df/2: of the last only rests stay."""
        a, size = np.array(self.df / 2), np.abs(x) / np.sqrt(self.df)
        top = a * log1p_rest(0.5 / a) + stirling_rest(a + 0.5) - stirling_rest(a) - 0.5 * np.log(2 * np.pi)
        return top - (a + 0.5) * where(size < 1e100, np.log1p(size * size), 2 * np.log(size))

    def _quantile(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        return signed_root(self._beta.log_ratio, log_lower, log_upper, lead)


def _edge(a: float, b: float) -> float:
    """log density of Beta(a, b) at 0: x^(a-1) b there when a = 1."""
    return float(np.log(b)) if a == 1 else np.inf if a < 1 else -np.inf
