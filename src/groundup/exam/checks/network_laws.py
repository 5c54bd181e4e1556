# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Laws that a network keeps whatever its layers are: it is made anew each time, and shares nothing with another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
NETWORK = "network"


def numbers_in(thing: Any, depth: int = 4) -> int:
    """How many numbers are kept in its arrays of two axes, lists and objects within it included."""
    if hasattr(thing, "named_parameters"):
        return sum(int(value.numel()) for _, value in thing.named_parameters())
    if hasattr(thing, "shape") and hasattr(thing, "dtype"):
        return int(np.prod(thing.shape)) if len(thing.shape) == 2 else 0
    if depth == 0:
        return 0
    inner: Any = thing.values() if isinstance(thing, Mapping) else thing if isinstance(thing, list | tuple) else ()
    return sum(numbers_in(one, depth - 1) for one in inner or getattr(thing, "__dict__", {}).values())


@check(
    "E15",
    "A second one of its kind has as many weights as the first, and a second training makes no more of them.",
    tasks=NETWORK,
    boundary="equal",
    read="Python, tutorial, 4.9.1: default argument values",
)
def as_many_weights(c: Any, rng: Any) -> Evidence:
    """A list of sizes that is a default, and grows with each network that is made, grows for all of them."""
    X, y = c.rows(rng, 24)
    counts = [numbers_in(c.study(X, y, c.rate, 1)) for _ in range(3)]
    if not counts[0]:
        raise NotExamined("its weights could not be counted")
    words = f"three networks, made and taught alike, keep {counts} numbers"
    return Evidence(float(max(counts) - min(counts)), 0.0, words)
