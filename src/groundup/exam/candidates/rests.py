# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""How the settings of a candidate stand where a question is not about them: no decay, no penalty, or next to none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import reading

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate

Array = Any


def no_decay(c: Candidate) -> None:
    """A decay that multiplies the rate is 1 where there is none; its own value tells: half or more is what is left."""
    own = c.maker.default(c.maker.knobs["decay"]) if "decay" in c.maker.knobs else 0.0
    if own is None or isinstance(own, str | bool):
        c.quiet = {"decay": own}
    elif float(own) >= 0.5:
        c.quiet = {"decay": 1.0}


def price_of_zero(c: Candidate, X: Array, y: Array) -> None:
    """Equations that can only be solved with a penalty get a tiny one in place of 0: a ridge in its dual form."""
    if c.task != "regression" or "l2" not in c.maker.knobs or "rate" in c.maker.knobs or "predict" not in c.can:
        return
    best = reference.with_bias(X) @ reference.optimum(c.task, X, y)

    def miss(price: float) -> float:
        try:
            return float(np.abs(c.study(X, y, l2=price).predict(X) - best).max())
        except (ArithmeticError, ValueError):
            return np.inf

    if not miss(0.0) < 1e-3 and miss(1e-5) < 1e-4:
        c.quiet, c.least = {**c.quiet, "l2": 1e-6}, 1e-4
        c.conventions["penalty"] = "its equations need a penalty, so 1e-6 stands for none"


def free_of_penalty(c: Candidate, X: Array, y: Array) -> None:
    """The largest inverse of a penalty that it survives, where infinity is none: the penalty is then next to none."""
    if "inverse penalty" not in c.maker.knobs or "l2" in c.maker.knobs:
        return
    for price in (float("inf"), 1e12, 1e10, 1e8, 1e6):
        c.quiet = {**c.quiet, "inverse penalty": price}
        if _finite(c, X, y):
            break
    else:
        del c.quiet["inverse penalty"]
        return
    if np.isfinite(price):
        c.least = max(c.least, 1e4 / price)
        c.conventions["penalty"] = f"{c.maker.knobs['inverse penalty']}={price:g} stands for no penalty"


def _finite(c: Candidate, X: Array, y: Array) -> bool:
    """Whether it learns, and what it answers are finite numbers."""
    try:
        learnt = c.study(X, y)
        shown = [learnt.proba(X) if "proba" in c.can else learnt.predict(X)]
    except Exception:
        return False
    weights, bias = reading.weights_and_bias(learnt.result, X.shape[1])
    shown += [part for part in (weights, bias) if part is not None]
    return all(part.dtype.kind not in "fc" or bool(np.isfinite(part).all()) for part in map(np.asarray, shown))
