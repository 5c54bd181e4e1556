# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The penalty of a classifier of two classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, spelling
from groundup.exam.checks import tables
from groundup.exam.checks.extras import FREE, aside, one_free, penalised_bias
from groundup.exam.checks.laws import steady
from groundup.exam.evidence import Evidence, NotExamined, check


@check(
    "C13",
    "An l2 penalty makes the weights shorter.",
    tasks="classification",
    needs="l2",
    boundary="by 1e-6 of their length",
    read="Hastie, Tibshirani, Friedman, 3.4.1 and 4.4.4: shrinkage",
)
def penalty_shrinks(c: Candidate, rng: Any) -> Evidence:
    """Whatever its scale: the least of loss + price x |w|² has a smaller |w| than the least of the loss alone."""
    steady(c)
    if spelling.plain(c.maker.knobs.get("l2", "")) == "alpha" and "rate" not in c.can:
        raise NotExamined("its alpha may be something else than the price of a penalty")
    table = tables.two_classes(rng, 300)
    plan = c.plan(table.X) if c.mode != "exact" else {}
    plan = {"rate": 0.5 * plan["rate"], "epochs": 2 * plan["epochs"]} if plan else {}
    free, bound = (c.study(table.X, table.y, l2=price, **plan).theta[:-1] for price in (0.0, 0.5))
    ratio = float(np.linalg.norm(bound) / np.linalg.norm(free))
    sign = "no effect" if abs(ratio - 1) < 1e-6 else "wrong sign"
    price = c.study(table.X, table.y, l2=0.5, **plan).theta
    pull = -reference.gradient(c.task, price, table.X, table.y.astype(float))
    w = price[:-1]
    scale = float(pull[:-1] @ w / max(float(w @ w), 1e-300))
    if ratio < 1 - 1e-3 and aside(pull[:-1], w) < 1e-3 and abs(pull[-1] - scale * price[-1]) < 1e-3 * abs(pull[-1]):
        return penalised_bias(c, float(price[-1]))
    words = f"with a penalty of 0.5 the weights are {ratio:.8g} times as long as with none"
    if ratio < 1 - 1e-6 and one_free(pull[:-1] / w):
        words = f"pull / weight is {np.round(pull[:-1] / w, 4).tolist()}: one column is left out of the penalty"
        return Evidence(1.0, 0.0, words, FREE)
    return Evidence(ratio, 1 - 1e-6, words, sign)
