# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Losses of one argument, the misses or the margins, with their slope: value(e) and derivative(e).

    a class          HuberLoss(delta), with value, loss or __call__, and gradient, derivative or psi
    functions        huber(e) and huber_derivative(e)

The slope is compared with central differences of the candidate's own loss, near 0 and far from it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check
from groundup.exam.pieces import losses
from groundup.exam.pieces.layers import READ, filled, gap, slopes_of

Array = Any
VALUES = (*losses.VALUES, "rho", "evaluate", "penalty", "f")
SLOPES = (*losses.SLOPES, "psi", "dloss", "d_loss", "slope", "df")
POINTS = np.array([-7.3, -4.1, -2.2, -1.3, -0.61, -0.23, 0.17, 0.47, 0.83, 1.7, 2.9, 5.3])
"""Misses on both sides of every usual bend, none of which lies at one."""


class ResidualLoss(Asked):
    """A class, or a class made of two functions, with the loss of an array of misses and its slope."""

    LACKS: ClassVar = {"loss": "it has no loss and slope of a miss"}

    def __init__(self, cls: Any):
        super().__init__()
        self.cls, self.names = cls, names(cls)
        self.can |= {"loss"} if all(self.names) else set[str]()


def names(cls: Any) -> tuple[str, str]:
    """What its loss and its slope are called; empty where it has none of one argument."""
    value, slope = (next((n for n in some if _of_one(cls, n)), "") for some in (VALUES, SLOPES))
    return value, slope


def _of_one(cls: Any, name: str) -> bool:
    method = inspect.getattr_static(cls, name, None)
    plain = method.__func__ if isinstance(method, staticmethod | classmethod) else method
    if not inspect.isfunction(plain):
        return False
    needed = [n for n, p in spelling.parameters(plain).items() if p.default is p.empty]
    needed = needed if isinstance(method, staticmethod) else needed[1:]
    return len(needed) == 1 and not spelling.plain(needed[0]).startswith(("grad", "dout", "d_out", "delta"))


def kind_of(cls: Any) -> bool:
    """Whether a class is such a loss by its name and its methods.

    >>> class HuberLoss:
    ...     def value(self, e): ...
    ...     def derivative(self, e): ...
    >>> kind_of(HuberLoss), kind_of(type("Line", (), vars(HuberLoss).copy()))
    (True, False)
    """
    if not inspect.isclass(cls) or any(hasattr(cls, own) for own in ("fit", "predict", "named_parameters")):
        return False
    word = "".join(f"_{letter}" if letter.isupper() else letter for letter in cls.__name__).lower()
    known = losses.LOSSES.search(word) or losses.LOSSES.search(cls.__name__.lower())
    return known is not None and not all(losses.names(cls)) and all(names(cls))


def pairs_of(functions: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Functions of one argument whose names say which loss and which slope they are, each pair as a class."""
    for name, loss in functions.items():
        bare = spelling.plain(name)
        usual = {f"{bare}_{end}" for end in SLOPES} | {f"{start}_{bare}" for start in ("d", "grad", "derivative_of")}
        slope = next((f for other, f in functions.items() if spelling.plain(other) in usual), None)
        if slope is None or not losses.LOSSES.search(bare):
            continue
        cls = type(name, (), {"loss": staticmethod(loss), "gradient": staticmethod(slope)})
        if _of_one(cls, "loss") and _of_one(cls, "gradient"):
            yield slope.__name__, cls


@check("L17", "The slope of a loss of the misses is the slope of the loss.", needs="loss", boundary="1e-4", read=READ)
def slope_of_misses(part: ResidualLoss, rng: Any) -> Evidence:
    """Twelve misses between -7 and 5; a common factor is a convention."""
    made = filled(part.cls)
    value, slope = (getattr(made, name) for name in part.names)
    misses = POINTS.copy()
    try:
        mine = np.asarray(slope(misses.copy()), dtype=float)
        right = slopes_of(lambda: float(np.sum(value(misses.copy()))), misses)
    except losses.CALLED:
        raise NotExamined("it takes no array of misses") from None
    if mine.shape != right.shape or not np.isfinite(mine).all() or not np.isfinite(right).all():
        raise NotExamined("its slope is not one number for each miss")
    n = len(misses)
    usual = min((1.0, n, 1 / n, 0.5, 2.0, 2 / n, n / 2), key=lambda f: gap(mine / f, right))
    far = gap(mine / usual, right)
    worst = int(np.abs(mine / usual - right).argmax())
    told = f"at a miss of {misses[worst]:g} it says {mine[worst]:.5g}; the slope of the loss there is"
    sign = "minus" if far > 1e-4 and gap(-mine / usual, right) < 1e-4 else ""
    return Evidence(far, 1e-4, f"{told} {usual * right[worst]:.5g}", sign)


QUESTIONS: list[Check] = [slope_of_misses]
