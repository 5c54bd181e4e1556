"""What every distribution can answer, from three formulas each.

A distribution writes the logarithms of its two tails, of its density, and where two such logarithms are found. All
questions are answered from these, so a probability of 1e-400 has a logarithm although it has no float64.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, InputTypeError
from groundup.formulas.distributions.pieces import log_complement, where


class Distribution(ABC):
    """A random variable X: its tails, their logarithms, its quantiles, its mean and variance.

    Numbers give `np.float64`, lists and arrays give arrays of their shape. NaN in, NaN out.
    """

    support: tuple[float, float] = (-np.inf, np.inf)
    """Between these X can lie."""

    def __init__(self, **parameters: float):
        self._parameters = parameters

    @property
    @abstractmethod
    def mean(self) -> float:
        """The expectation of X; inf or nan where there is none."""

    @property
    @abstractmethod
    def variance(self) -> float:
        """The expectation of (X - mean)²; inf or nan where there is none."""

    @abstractmethod
    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        """(log P(X ≤ x), log P(X > x)) for a one-dimensional x inside the support."""

    @abstractmethod
    def _log_density(self, x: Array) -> Array:
        """The logarithm of the density, or of the probability of a count, at a one-dimensional x."""

    def _tails(self, x: Array) -> tuple[Array, Array]:
        """The log tails at any x, also outside the support."""
        low, high = self.support
        lower = where(x <= low, -np.inf, where(x >= high, 0.0, np.nan))
        upper = where(x <= low, 0.0, where(x >= high, -np.inf, np.nan))
        inside = (x > low) & (x < high)
        lower[inside], upper[inside] = self._log_tails(x[inside])
        return lower, upper

    def cdf(self, x: Array) -> Array:
        """P(X ≤ x)."""
        return each(lambda x: np.exp(self._tails(x)[0]), x)

    def sf(self, x: Array) -> Array:
        """P(X > x), the upper tail; accurate where 1 - cdf(x) is nothing but rounding."""
        return each(lambda x: np.exp(self._tails(x)[1]), x)

    def logcdf(self, x: Array) -> Array:
        """log P(X ≤ x)."""
        return each(lambda x: self._tails(x)[0], x)

    def logsf(self, x: Array) -> Array:
        """log P(X > x); finite where the probability itself is too small for a float64."""
        return each(lambda x: self._tails(x)[1], x)

    @abstractmethod
    def quantile(self, p: Array) -> Array:
        """The x with cdf(x) = p."""

    @abstractmethod
    def upper_quantile(self, q: Array) -> Array:
        """The x with sf(x) = q: the critical value of a test at level q."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._parameters.items())})"


class Continuous(Distribution):
    """A distribution with a density."""

    @abstractmethod
    def _quantile(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        """The x with these logarithms of the tails, both below 0; lead is the lower tail minus the upper."""

    def quantile(self, p: Array) -> Array:
        """The x with cdf(x) = p."""
        return each(lambda p: self._inverse(np.log(p), np.log1p(-p), 2 * (p - 0.5)), probability("p", p))

    def upper_quantile(self, q: Array) -> Array:
        """The x with sf(x) = q: the critical value of a test at level q, also for q = 1e-300."""
        return each(lambda q: self._inverse(np.log1p(-q), np.log(q), 2 * (0.5 - q)), probability("q", q))

    def _inverse(self, log_lower: Array, log_upper: Array, lead: Array) -> Array:
        low, high = self.support
        result = where(log_lower == -np.inf, low, where(log_upper == -np.inf, high, np.nan))
        inside = (log_lower > -np.inf) & (log_upper > -np.inf)
        result[inside] = self._quantile(log_lower[inside], log_upper[inside], lead[inside])
        return result

    def pdf(self, x: Array) -> Array:
        """The density: d cdf / d x."""
        return each(lambda x: np.exp(self._density(x)), x)

    def logpdf(self, x: Array) -> Array:
        """The logarithm of the density."""
        return each(self._density, x)

    def _density(self, x: Array) -> Array:
        low, high = self.support
        result = where(np.isnan(x), np.nan, np.full_like(x, -np.inf))
        inside = (x >= low) & (x <= high) & np.isfinite(x)
        result[inside] = self._log_density(x[inside])
        return result


class Counts(Distribution):
    """A distribution of the whole numbers 0, 1, 2, ...; between two of them the tails stay as they are."""

    @property
    @abstractmethod
    def _largest(self) -> float:
        """The largest count with a probability worth a float64."""

    def _tails(self, x: Array) -> tuple[Array, Array]:
        count = np.floor(x)
        lower = where(count < 0, -np.inf, where(np.isnan(x), np.nan, 0.0))
        upper = where(count < 0, 0.0, where(np.isnan(x), np.nan, -np.inf))
        inside = (count >= 0) & (count < self.support[1])
        lower[inside], upper[inside] = self._log_tails(count[inside])
        return lower, upper

    def pmf(self, x: Array) -> Array:
        """P(X = x); 0 between the whole numbers."""
        return each(lambda x: np.exp(self._mass(x)), x)

    def logpmf(self, x: Array) -> Array:
        """log P(X = x)."""
        return each(self._mass, x)

    def _mass(self, x: Array) -> Array:
        result = where(np.isnan(x), np.nan, np.full_like(x, -np.inf))
        inside = (x >= 0) & (x <= self.support[1]) & np.isfinite(x) & (x == np.floor(x))
        result[inside] = self._log_density(x[inside])
        return result

    def quantile(self, p: Array) -> Array:
        """The smallest count with cdf(count) ≥ p; at p = 1 the end of the support."""
        return each(lambda p: self._first(lambda k: np.exp(self._tails(k)[0]) >= p, p, p == 1), probability("p", p))

    def upper_quantile(self, q: Array) -> Array:
        """The smallest count with sf(count) ≤ q: a test that rejects above it has at most the level q."""
        return each(lambda q: self._first(lambda k: np.exp(self._tails(k)[1]) <= q, q, q == 0), probability("q", q))

    def _first(self, reached: Callable[[Array], Array], p: Array, last: Array) -> Array:
        """The first count that reaches p: the interval (-1, largest] is halved until one count is left."""
        low, high = np.full_like(p, -1.0), np.full_like(p, self._largest)
        while (high - low > 1).any():
            middle = np.floor(0.5 * (low + high))
            enough = reached(middle)
            low, high = (
                where(enough, low, np.minimum(middle, high - 1)),
                where(enough, np.maximum(middle, low + 1), high),
            )
        return where(np.isnan(p), np.nan, where(last, self.support[1], high))


def probability(name: str, p: Array) -> Array:
    """`p` as it is, once each of its numbers is seen to lie in [0, 1] or to be NaN."""
    values = _numbers(name, p)
    outside = (values < 0) | (values > 1)
    if outside.any():
        raise InputError(
            f"{name} must be a probability, between 0 and 1; got {float(values[outside][0])!r}. "
            f"Divide a percentage by 100."
        )
    return values


def positive(name: str, value: float, most: float = np.inf) -> float:
    """`value` as a float, once it is seen to be a finite number above 0 and at most `most`."""
    number = finite(name, value)
    if not number > 0:
        raise InputError(f"{name} must be a finite number above 0; got {value!r}. Give a positive one.")
    if number > most:
        raise InputError(
            f"{name} must be at most {most:g}; got {value!r}. Beyond it take the limit, Normal or ChiSquare."
        )
    return number


def finite(name: str, value: float) -> float:
    """`value` as a float, once it is seen to be one finite number."""
    number = _numbers(name, value)
    if number.ndim or not np.isfinite(number):
        raise InputError(f"{name} must be one finite number; got {value!r}. Make one distribution for each value.")
    return float(number)


def _numbers(name: str, x: Array) -> Array:
    try:
        if not np.iscomplexobj(x):
            return np.asarray(x, dtype=np.float64)
    except (TypeError, ValueError):
        pass
    raise InputTypeError(f"{name} must be a real number or an array of them; got {x!r}. Convert it to floats first.")


def each(formula: Callable[[Array], Array], x: Array) -> Array:
    """The formula of a one-dimensional array, applied to numbers, lists and arrays of any shape.

    Overflow to inf and underflow to 0 are right answers here, so NumPy has nothing to warn of.
    """
    x = _numbers("x", x)
    with np.errstate(all="ignore"):
        return formula(np.atleast_1d(x).ravel()).reshape(x.shape)[()]


def halves(log_half: Array, above: Array) -> tuple[Array, Array]:
    """The log tails of a symmetric distribution, from the logarithm of the one beyond |x| and where x > 0."""
    rest = log_complement(log_half)
    return where(above, rest, log_half), where(above, log_half, rest)


def signed_root(log_ratio: Callable[[Array, Array], Array], log_lower: Array, log_upper: Array, lead: Array) -> Array:
    """The quantile of a symmetric X, from that of X²: ± e^(s/2), where s = log_ratio(log tails of X²).

    X² has the upper tail 2 P(X > |x|) and the lower tail |P(X ≤ x) - P(X > x)|, the lead, exact near the median.
    """
    root = np.zeros_like(lead)
    off = lead != 0
    smaller = np.minimum(log_lower, log_upper)[off]
    root[off] = np.exp(0.5 * log_ratio(np.log(np.abs(lead[off])), np.minimum(smaller + np.log(2), 0.0)))
    return np.copysign(root, lead)
