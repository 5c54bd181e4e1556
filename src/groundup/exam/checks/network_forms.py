# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A network in other forms than the usual one: several hidden layers, numbers to learn in a row."""

from __future__ import annotations

from typing import Any

from groundup.exam.checks.network_defaults import READ, learns
from groundup.exam.checks.networks import NETWORK
from groundup.exam.checks.words import CHOOSES, FLAT
from groundup.exam.evidence import Evidence, NotExamined, check


@check(
    "E12b",
    "With two hidden layers, and else the settings that it comes with, it learns too.",
    tasks=NETWORK,
    boundary="half of the squared misses of the mean; for classes, of the rows that the commonest class gets wrong",
    read=READ,
    manners=True,
    promise=CHOOSES,
)
def learns_with_two_layers(c: Any, rng: Any) -> Evidence:
    """Only for one whose own setting is a list of widths, so that more of them can be asked for."""
    name, own = c.shape.knobs.get("hidden", ""), getattr(c.shape, "init", {})
    if name not in own or not isinstance(own[name].default, tuple | list):
        raise NotExamined("it takes no list of hidden layers")
    return learns(c, rng, hidden=type(own[name].default)((8, 6)))


@check(
    "E16",
    "Numbers to learn may come in a row (n,), as in a column (n, 1).",
    tasks=NETWORK,
    boundary="one answer a row",
    read="scikit-learn, developing estimators",
    manners=True,
    promise=FLAT,
)
def numbers_in_a_row(c: Any, rng: Any) -> Evidence:
    """An estimator was tried with a row first; the column is what it needed."""
    if c.kind != "regression" or not hasattr(getattr(c.shape, "cls", None), "get_params"):
        raise NotExamined("it is no estimator of numbers")
    return Evidence(float(c.column), 0.0, "numbers in a row (n,) are " + ("not " if c.column else "") + "learnt")
