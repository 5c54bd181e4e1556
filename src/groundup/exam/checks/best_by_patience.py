# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Whoever stops after so many epochs without a better one, and says that it restores the best, hands back one that
stays the best for as many epochs.

With one seed a shorter training is the beginning of a longer one. Let b be the first length of training that hands back
what the whole one does. Where the best is restored, b is the best epoch, and one that may not stop early hands back the
same after each of the next epochs, as many as the patience. Where the last is handed back, b is the epoch in which it
stopped, and each further epoch hands back another.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.best_epoch import STOP
from groundup.exam.checks.laws import answers
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
RESTORES = r"restor\w*[^.]{0,40}\bbest|\bbest[^.]{0,40}\brestor"
LEAST = r"delta|tol|improve|thresh"
"""Settings by which an epoch must be better to count."""
MOST, PATIENCE = 240, 5


@check(
    "B21e",
    "The best epoch, which it says that it restores, is still the best while its patience lasts.",
    tasks="regression classification multiclass",
    needs="estimator predict epochs patience",
    boundary="1e-9 of the answers' spread",
    read=STOP,
)
def still_the_best(c: Candidate, rng: Any) -> Evidence:
    """Few rows and many columns, so that the rows set aside are soon fitted worse."""
    box = getattr(c.maker, "box", None)
    told = f"{c.told} {'' if box is None else type(box.content).__doc__ or ''}"
    if not re.search(RESTORES, " ".join(told.split()), re.IGNORECASE):
        raise NotExamined("it does not say that it restores the best epoch")
    least = [n for n in c.maker.names_of_settings() if re.search(LEAST, n) and n != c.maker.knobs.get("tolerance")]
    if any(c.maker.default(name) for name in least):
        raise NotExamined("an epoch that is better by little does not count")
    for n, p in ((40, 12), (60, 20)):
        table = tables.of(c.task, rng, n, p) if c.task == "regression" else tables.of(c.task, rng, n)
        noise = 3 * rng.normal(size=n) if c.task == "regression" else 0.0
        labels = table.y + noise if c.task == "regression" else c.labels[table.y]

        def after(epochs: int, patience: int, X: Array = table.X, labels: Array = labels) -> Array:
            asked = {"seed": 7, "early_stopping": True, "tolerance": 0.0, "epochs": epochs, "patience": patience}
            np.random.seed(7)
            result = c.maker.learn(
                *c.shown(X, labels), {w: v for w, v in asked.items() if w in c.maker.knobs}, len(c.labels)
            )
            return answers(c, Learnt(c, result, X, c.labels), X)

        last = after(MOST, PATIENCE)
        if not np.isfinite(last).all() or np.array_equal(after(MOST, MOST), last):
            continue
        low, best = 1, MOST
        while low < best:
            middle = (low + best) // 2
            low, best = (low, middle) if np.array_equal(after(middle, PATIENCE), last) else (middle + 1, best)
        if best + PATIENCE >= MOST or best == 1:
            continue
        if not np.array_equal(after(best, MOST), last):
            raise NotExamined("its patience has another part in its training")
        moved = [float(np.abs(after(best + k, MOST) - last).max()) for k in range(1, PATIENCE + 1)]
        gap = max(moved) / max(float(np.ptp(last)), 1e-300)
        words = f"with a patience of {PATIENCE} it hands back epoch {best}; where it may not stop, "
        words += f"of the next {PATIENCE} epochs {sum(m > 0 for m in moved)} count as better ones"
        return Evidence(gap, 1e-9, words, "last in place of best" if all(moved) else "")
    raise NotExamined("it does not stop early")
