# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""The slope of softmax beside softmax: a table for each row, of which p (1 - p) is the diagonal only.

d p_i / d z_j = p_i (1 - p_j) for i = j, and -p_i p_j for every other pair
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 6.2.2.3: softmax units"
NAMES = re.compile(r"softmax_?(prime|derivative|deriv|grad|gradient|dx|p|jacobian)|(d|grad|derivative_of)_softmax")


class Slope(Asked):
    """A function of scores, or of the likelihoods that softmax makes of them."""

    def __init__(self, function: Any):
        super().__init__()
        self.function = function


def slopes_of_softmax(functions: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The functions of one argument whose names say that they are the slope of softmax.

    >>> [name for name, _ in slopes_of_softmax({"softmax_prime": lambda z: z, "softmax": lambda z: z})]
    ['softmax_prime']
    """
    for name, function in functions.items():
        given = [p for p in spelling.parameters(function).values() if p.default is p.empty]
        if inspect.isfunction(function) and NAMES.fullmatch(spelling.plain(name)) and len(given) == 1:
            yield name, function


@check("D16", "The slope of softmax has an entry for every pair of scores.", boundary="1e-6", read=READ)
def every_pair(s: Slope, rng: Any) -> Evidence:
    """Whether it takes scores or what softmax made of them, one row or a table of one: p (1 - p) has no other pairs."""
    z = np.array([1.0, 2.0, 0.5])
    p = np.exp(z) / np.exp(z).sum()
    book = np.diag(p) - np.outer(p, p)
    diagonal = False
    for row in (z, p):
        for given in (row, row[None, :], row[:, None]):
            try:
                found = np.squeeze(np.asarray(s.function(given.copy()), dtype=float))
            except Exception:
                continue
            if found.shape == book.shape and np.allclose(found, book, atol=1e-6):
                return Evidence(0.0, 1e-6, "an entry for every pair")
            diagonal = diagonal or (found.shape == p.shape and np.allclose(found, p * (1 - p), atol=1e-6))
    if not diagonal:
        raise NotExamined("it gives neither the slope of every score by every other nor p (1 - p)")
    words = "it gives p (1 - p), which leaves out that each likelihood falls where the score of another class grows"
    return Evidence(float(np.abs(book - np.diag(p * (1 - p))).max()), 1e-6, words, "diagonal")


QUESTIONS: list[Check] = [every_pair]
