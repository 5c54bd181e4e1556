"""Laws of chance: tails, quantiles and densities, accurate in the farthest tail.

    normal.py        Normal                     the law of sums
    gamma.py         Gamma, ChiSquare           sums of squares, waiting times
    beta.py          Beta, F, StudentT          shares and ratios of sums of squares
    discrete.py      Binomial, Poisson          counts
    kolmogorov.py    KolmogorovBound            the largest gap of an empirical distribution

    gamma_tails.py   P(a, x), Q(a, x)           one integral over one smooth hill, 56 Gauss nodes
    beta_tails.py    I_x(a, b)                  the same, in log-odds
    quantiles.py     Newton on log tails        the way back
    pieces.py        log(1 + t) - t, ...        where digits would be lost
    gauss.py         the nodes                  made by scripts/make_distribution_coefficients.py
    base.py          what all of them answer    cdf sf logcdf logsf quantile upper_quantile pdf/pmf mean variance

Accuracy: 1e-12 relative against 40-digit references for degrees of freedom from 0.1 to 1e8, in both tails down to
1e-300 and, as logarithms, beyond; or a few rounding errors times the condition number x f(x) / P(X > x), where that is
more: then the float64 x itself does not determine the tail better.

>>> StudentT(3).sf([2.0, 1e20, 1e100])
array([6.96629843e-002, 1.10265779e-060, 1.10265779e-300])
"""

from groundup.formulas.distributions.base import Continuous, Counts, Distribution
from groundup.formulas.distributions.beta import Beta, F, StudentT
from groundup.formulas.distributions.discrete import Binomial, Poisson
from groundup.formulas.distributions.gamma import ChiSquare, Gamma
from groundup.formulas.distributions.kolmogorov import KolmogorovBound
from groundup.formulas.distributions.normal import Normal

__all__ = [
    "Beta",
    "Binomial",
    "ChiSquare",
    "Continuous",
    "Counts",
    "Distribution",
    "F",
    "Gamma",
    "KolmogorovBound",
    "Normal",
    "Poisson",
    "StudentT",
]
