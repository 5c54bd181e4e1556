"""Boundaries for tests of whatever learns, each with the probability that a right learner crosses it.

    chi_square     between which two values a sum of squares of standard normal errors lies
    binomial       between which counts the hits of so many tries lie
    mean           how far the mean of numbers between two bounds strays from the expectation
    dkw            how far the share of values below any point strays from the law
    e_process      runs that must nearly always succeed, judged while they come in
    share          between which chances the truth lies, after so many hits in so many tries

`p` is the false-alarm probability of the boundary, both sides together. A test suite with fresh seeds asks many
questions, so the default is one in a billion.

>>> low, high = chi_square(3)
>>> round(low, 6), round(high, 2)
(2e-06, 46.26)
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from groundup.errors import InputError
from groundup.formulas.distributions import Beta, Binomial, ChiSquare, KolmogorovBound, StudentT

Array = Any
P = 1e-9


def chi_square(degrees: float, p: float = P) -> tuple[float, float]:
    """The two values between which a chi-square of so many degrees lies but for a probability p, half on each side.

    >>> low, high = chi_square(300, p=1e-6)
    >>> low < 300 < high
    True
    """
    law = ChiSquare(_positive("degrees", degrees))
    _chance("p", p)
    return float(law.quantile(p / 2)), float(law.upper_quantile(p / 2))


def binomial(tries: int, chance: float, p: float = P) -> tuple[int, int]:
    """The counts between which the hits of so many tries lie, both ends allowed, but for a probability of at most p.

    >>> binomial(2000, 0.5, p=1e-9)
    (864, 1136)
    """
    if tries < 1 or tries != int(tries):
        raise InputError(f"tries must be a whole number from 1 on; got {tries!r}.")
    _chance("p", p)
    law = Binomial(tries, _chance("chance", chance, ends=True))
    return int(law.quantile(p / 2)), int(law.upper_quantile(p / 2))


def share(hits: int, tries: int, p: float = 0.05) -> tuple[float, float]:
    """The chances that so many hits in so many tries leave possible: the truth lies between them but for p.

    Low is the p/2 quantile of Beta(hits, tries - hits + 1), high the 1 - p/2 quantile of Beta(hits + 1, tries - hits).
    Raises InputError unless 0 <= hits <= tries and tries >= 1.

    >>> low, high = share(0, 10_000)
    >>> low, round(high, 6)
    (0.0, 0.000369)

    Clopper, Pearson, The use of confidence or fiducial limits (1934).
    """
    if not 0 <= hits <= tries or tries < 1:
        raise InputError(f"share needs at least one try and no more hits than tries; got {hits} hits in {tries} tries.")
    _chance("p", p)
    low = float(Beta(hits, tries - hits + 1).quantile(p / 2)) if hits > 0 else 0.0
    high = float(Beta(hits + 1, tries - hits).upper_quantile(p / 2)) if hits < tries else 1.0
    return low, high


def mean(count: int, low: float, high: float, p: float = P, variance: float | None = None) -> float:
    """How far the mean of independent numbers between low and high strays from its expectation, but for p.

    Hoeffding's bound (high - low) √(log(2/p) / 2n); where the variance is known and small, Bernstein's is smaller.

    >>> mean(10_000, 0.0, 1.0) > mean(10_000, 0.0, 1.0, variance=0.001)
    True

    Boucheron, Lugosi, Massart, Concentration Inequalities (2013), 2.6 and 2.8.
    """
    if count < 1 or not high > low:
        raise InputError(f"mean needs at least one number and low < high; got {count} between {low} and {high}.")
    logs = math.log(2 / _chance("p", p))
    hoeffding = (high - low) * math.sqrt(logs / (2 * count))
    if variance is None:
        return hoeffding
    slip = (high - low) * logs / (3 * count)
    return min(hoeffding, slip + math.sqrt(slip**2 + 2 * variance * logs / count))


def dkw(count: int, p: float = P) -> float:
    """The largest gap between the share of values below a point and its law, at any point, but for p.

    >>> round(dkw(400), 3)
    0.164
    """
    if count < 1 or count != int(count):
        raise InputError(f"count must be a whole number from 1 on; got {count!r}.")
    return float(KolmogorovBound(count).upper_quantile(_chance("p", p)))


def largest_gap(levels: Array) -> float:
    """The largest gap of these numbers from the uniform law on [0, 1]: what `dkw` bounds.

    Raises InputError unless there is at least one number, and all lie between 0 and 1.

    >>> largest_gap([0.25, 0.75])
    0.25
    """
    u = np.sort(np.ravel(np.asarray(levels, dtype=float)))
    outside = u[~((u >= 0) & (u <= 1))]
    if u.size == 0 or outside.size:
        got = f"{outside[0]:g}" if outside.size else "none"
        raise InputError(f"levels must be numbers between 0 and 1, such as law.cdf(draws); got {got}.")
    place = np.arange(1, len(u) + 1) / len(u)
    return float(np.max(np.maximum(place - u, u - place + 1 / len(u))))


def student(degrees: float) -> StudentT:
    """Student's law of t statistics.

    >>> float(student(5).cdf(0.0))
    0.5
    """
    return StudentT(_positive("degrees", degrees))


def _chance(name: str, value: float, ends: bool = False) -> float:
    if not (0 <= value <= 1 if ends else 0 < value < 1):
        raise InputError(f"{name} must be a probability between 0 and 1; got {value!r}.")
    return value


def _positive(name: str, value: float) -> float:
    if not 0 < value < math.inf:
        raise InputError(f"{name} must be a number above 0; got {value!r}.")
    return value


@dataclass
class EProcess:
    """A bet against "a run succeeds with probability at least 0.99", with a wealth that may be looked at any time.

    A failure multiplies the wealth by 30, a success by 70/99: a fair bet at 0.99, a losing one above. If the claim
    holds, the wealth ever reaches 1,000,000 with a probability of at most one in a million, however often one looks.
    """

    rate: float = 0.99
    reject_at: float = 1e6
    accept_after: int = 12
    wealth: float = field(default=1.0, init=False)
    clean: int = field(default=0, init=False)

    def see(self, success: bool) -> str:
        """One more run: "rejected", "accepted" or "go on"."""
        gain = 30.0
        self.wealth *= (1 - gain * (1 - self.rate)) / self.rate if success else gain
        self.clean = self.clean + 1 if success else 0
        if self.wealth >= self.reject_at:
            return "rejected"
        return "accepted" if self.clean >= self.accept_after else "go on"


def e_process(runs: Iterable[bool], rate: float = 0.99) -> str:
    """Judge runs one by one, and stop as soon as the answer is clear; false alarm at most 1e-6.

    >>> e_process(True for _ in range(100))
    'accepted'
    >>> e_process(seed % 2 == 0 for seed in range(100))
    'rejected'
    """
    process = EProcess(rate)
    word = "go on"
    for success in runs:
        word = process.see(bool(success))
        if word != "go on":
            break
    return word


__all__ = ["EProcess", "binomial", "chi_square", "dkw", "e_process", "largest_gap", "mean", "share", "student"]
