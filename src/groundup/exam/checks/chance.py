"""What chance may do to an answer: to one that has set rows aside, or drawn them.

Let n rows tell p weights with the covariance V. An answer from m of them varies by n/m V, and lies from that of all
rows by (n/m - 1) V; one from n rows drawn with replacement varies by 2 V, and lies V from that of all rows. So half of
the rows and rows drawn again are alike, and both bounds are chi-squares.

Efron, Bootstrap methods: another look at the jackknife (1979).
"""

from __future__ import annotations

from groundup.exam import boundary
from groundup.exam.candidates import Candidate
from groundup.exam.evidence import NotExamined, P


def times_the_variance(c: Candidate) -> float:
    """By how much its answers may vary more than one from all rows: 3 times where they depend on chance, else once.

    From half of the rows it is twice, and with ten rows for a weight their (X'X)^-1 is m / (m - p - 1) = 1.33 times as
    large again: 2.7 in all.
    """
    return 3.0 if c.mode == "stochastic" else 1.0


def from_the_optimum(c: Candidate, weights: int) -> float:
    """How far, in squared standard errors, an answer that depends on chance may lie from that of all rows; else 0.

    A chi-square, since n/m - 1 = 1 for half of the rows; 1.5 takes up what the tables are short of infinity.
    """
    return 1.5 * boundary.chi_square(weights, P)[1] if c.mode == "stochastic" else 0.0


def all_rows(c: Candidate) -> None:
    """Who stops early by rows that it sets aside, and cannot be told not to, does not look for the optimum."""
    if c.mode == "stochastic" and "patience" in c.can and "early_stopping" not in c.can:
        raise NotExamined("it stops early by rows that it sets aside, so that its answer is not that of all rows")
