# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""A patience of k waits for k epochs in a row without a better one: a better one sets the count back to nothing.

So where it stopped early, and wrote down how good each epoch was, none of the last epochs is better than all before.
Whether k counts the epoch that was the best is a convention, so the last k - 1 are looked at; and an epoch that is
better by very little may count as none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.best_epoch import NOTES, STOP, histories, to_validate
from groundup.exam.checks.networks import NETWORK
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
WAITS = (
    r"(valid|\bval\b|held)[^.]{0,90}(improv|better|stop|patience|lower)"
    r"|(stop|patience|improv|end)[^.]{0,90}(valid|\bval\b|held)"
)
OTHERWISE = r"smooth|moving|averag|in total|altogether"
"""Words of one that judges by more than an epoch, or that counts all epochs without a better one."""
LEAST = r"delta|tol|improve|thresh"
SELDOM = r"every|interval|freq|warm|min_epoch|burn"
MOST, LITTLE = 300, 2.5e-3
"""The epochs that it is given; and by what an epoch must be better, at least, to count in any case."""
TRIES = tuple((n, patience, size) for n in (40, 160, 320) for patience in (4, 8) for size in (1.0, 3.0, 0.3))
Taught = Callable[[int, int, float], Any]


def too_soon(taught: Taught, least: float) -> Evidence:
    """Whether a better epoch stands among the last of any training that stopped early, in all that it writes down."""
    stopped = 0
    for n, patience, size in TRIES:
        found = list(histories(taught(n, patience, size)))
        noted = [h for name, h in found if NOTES.search(name)]
        if not noted:
            raise NotExamined("it does not write down how good each epoch was on the rows to validate")
        if not patience < len(noted[0]) < MOST:
            continue
        stopped += 1
        gains = [_gain(h, patience, least) for _, h in found if len(h) == len(noted[0])]
        if min(gains) > 0:
            best, last = int(np.argmin(noted[0])) + 1, len(noted[0])
            words = (
                f"with a patience of {patience} it stopped after {last} epochs; number {best} was still a better one"
            )
            return Evidence(1.0, 0.0, words, "patience counts all epochs")
    if not stopped:
        raise NotExamined("it did not stop early")
    return Evidence(0.0, 0.0, f"it stopped early {stopped} times, and never soon after a better epoch")


def _gain(h: Array, patience: int, least: float) -> float:
    """By how much the best of the last epochs is better than all before; 0 where that is little."""
    before, after = float(h[: 1 - patience].min()), float(h[1 - patience :].min())
    return (
        before - after if before - after > max(LITTLE, 2e-3 * abs(before), 2 * least * max(1.0, abs(before))) else 0.0
    )


def _says(told: str, names: list[str]) -> None:
    """Raise NotExamined where it waits for something else than the next better epoch."""
    if not re.search(WAITS, told, re.IGNORECASE) or re.search(OTHERWISE, told, re.IGNORECASE):
        raise NotExamined("it does not say that it waits for a better epoch on the rows to validate")
    if any(re.search(SELDOM, name) for name in names):
        raise NotExamined("it may look at some epochs only")


@check(
    "B21g",
    "A patience waits for so many epochs in a row: a better epoch sets its count back.",
    tasks="regression classification multiclass",
    needs="estimator epochs patience",
    boundary="a gain of 0.0025, or 0.2 %, in the last epochs",
    read=STOP,
)
def waits_in_a_row(c: Candidate, rng: Any) -> Evidence:
    """Noisy labels and few rows to validate, so that good epochs and bad ones follow each other."""
    names = c.maker.names_of_settings()
    _says(c.told, names)
    least = [c.maker.default(n) for n in names if re.search(LEAST, n) and n != c.maker.knobs.get("tolerance")]
    own = c.maker.default(c.maker.knobs["rate"]) if "rate" in c.maker.knobs else None

    def taught(n: int, patience: int, size: float) -> Any:
        asked: dict[str, Any] = {"seed": 7, "early_stopping": True, "tolerance": 0.0, "epochs": MOST}
        asked |= {"patience": patience, "batch": 4} | ({"rate": own * size} if isinstance(own, float) else {})
        whole = tables.of(c.task, rng, 2 * n)
        noise = 2 * rng.normal(size=2 * n) if c.task == "regression" else 0.0
        labels = whole.y + noise if c.task == "regression" else c.labels[whole.y]
        asked |= to_validate(c, whole.X[n:], labels[n:])
        np.random.seed(7)
        given = {word: value for word, value in asked.items() if word in c.maker.knobs}
        return c.maker.learn(*c.shown(whole.X[:n], labels[:n]), given, len(c.labels))

    return too_soon(taught, max((v for v in least if isinstance(v, float)), default=0.0))


@check(
    "E26",
    "A network's patience waits for so many epochs in a row: a better epoch sets its count back.",
    tasks=NETWORK,
    boundary="a gain of 0.0025, or 0.2 %, in the last epochs",
    read=STOP,
)
def network_waits_in_a_row(c: Any, rng: Any) -> Evidence:
    """Labels that hang on nothing, so that good epochs and bad ones follow each other."""
    names = [*getattr(c.shape, "init", {}), *getattr(c.shape, "fit", [])]
    _says(c.promises, names)
    if c.torch is not None or c.turned or not {"patience", "epochs"} <= c.shape.knobs.keys():
        raise NotExamined("it has no argument for a patience and for epochs, or its samples are columns")
    init = getattr(c.shape, "init", {})
    least = [init[n].default for n in init if re.search(LEAST, n)]

    def taught(n: int, patience: int, size: float) -> Any:
        X, y = c.rows(rng, n)
        asked = {"seed": 7, "early": True, "tolerance": 0.0, "epochs": MOST, "patience": patience, "batch": 4}
        np.random.seed(7)
        given: dict[str, Any] = {w: v for w, v in asked.items() if w in c.shape.knobs}
        V, v = c.rows(rng, n)
        given["validation"] = (V / size, c.shown(v))
        return c.shape.learn(X / size, c.shown(y), given)

    return too_soon(taught, max((v for v in least if isinstance(v, float)), default=0.0))
