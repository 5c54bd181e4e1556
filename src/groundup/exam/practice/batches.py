# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Batches, epochs, learning rates that change, and when to stop."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup import schedules
from groundup.exam.practice.calls import Calls
from groundup.exam.practice.exercise import Exercise, function_code, shown
from groundup.exam.practice.formulas import plain
from groundup.exam.practice.lines import AT_ZERO, ROWS, table
from groundup.exam.practice.training import one_step
from groundup.formulas import catalogue

Array = Any
BATCHES = "Goodfellow, Bengio, Courville, Deep Learning, 8.1.3: batch and mini-batch algorithms"


def _epoch(X: Array, y: Array, w: Array, b: float, rate: float, batch_size: int) -> tuple[Array, float]:
    for start in range(0, len(y), batch_size):
        w, b = one_step(X[start : start + batch_size], y[start : start + batch_size], w, b, rate)
    return w, b


def _epoch_with(change: str) -> Callable[..., tuple[Array, float]]:
    def wrong(X: Array, y: Array, w: Array, b: float, rate: float, batch_size: int) -> tuple[Array, float]:
        for start in range(0, len(y), batch_size):
            part = slice(start, start + batch_size)
            share = len(y[part]) / batch_size
            if change == "dropped" and share < 1:
                return w, b
            w, b = one_step(X[part], y[part], w, b, rate * (share if change == "divided" else 1.0))
            if change == "one":
                return w, b
        return w, b

    return wrong


def _whole_numbers(rng: Any) -> tuple[int, int, int]:
    return int(rng.integers(5, 200)), int(rng.integers(1, 40)), int(rng.integers(1, 9))


def _batches(rows: int, batch_size: int) -> Array:
    return np.array([(s, min(s + batch_size, rows)) for s in range(0, rows, batch_size)]).reshape(-1, 2)


def _stop(values: Array, patience: int, least: int = 0) -> tuple[int, int]:
    best = 0
    for k, value in enumerate(values):
        if k > 0 and value < values[best]:
            best = k
        if k - best >= patience + least:
            return best, k
    return best, len(values) - 1


def _last_fall(values: Array, patience: int) -> tuple[int, int]:
    """Compared with the epoch before, not with the best."""
    waited = best = 0
    for k in range(1, len(values)):
        waited = 0 if values[k] < values[k - 1] else waited + 1
        best = k if values[k] < values[k - 1] else best
        if waited >= patience:
            return best, k
    return best, len(values) - 1


VALIDATION = np.array([5.0, 3.0, 2.0, 2.5, 2.2, 2.1, 2.4, 1.0])


def _schedules() -> Iterator[Exercise]:
    """Those that are a formula of the epoch with numbers for settings; the others watch the training."""
    for name, cls in vars(schedules).items():
        if not isinstance(cls, type) or not issubclass(cls, schedules.Schedule) or inspect.isabstract(cls):
            continue
        options = {n: v for n, v in vars(cls()).items() if n != "epochs"}
        if options and all(isinstance(v, (int, float)) and not n.startswith("_") for n, v in options.items()):
            yield _schedule(name, cls, options)


def _schedule(name: str, cls: Any, options: dict[str, float]) -> Exercise:
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
    doc = catalogue.prose(cls)
    signature = f"factor(epoch, epochs, {', '.join(f'{n}={v!r}' for n, v in options.items())})"

    def right(epoch: int, epochs: int) -> float:
        return float(cls(**options).over(epochs)(epoch))

    return Calls(
        name=f"{snake}_schedule",
        topic="training",
        title=f"the learning rate schedule {name}",
        task="Write `factor(epoch, epochs)`: by what the learning rate is multiplied in this epoch; the first epoch "
        "is 0, and "
        "there are `epochs` of them (E in the formula, where it matters). The other arguments keep their defaults.",
        equations=(doc[0],),
        hints=(
            f"In the first five of 10 epochs it is {shown(np.array([right(k, 10) for k in range(5)]))}.",
            plain(" ".join(doc[1:])) or "Work out the first epoch, the last one, and one between.",
            f"After the plan is over, at epoch 10 of 10, it is {right(10, 10):.6g}. Angles are in radians, not "
            f"degrees.",
        ),
        thing="factor",
        code=function_code(signature, doc[0]),
        reference=right,
        tables=lambda rng: (int(rng.integers(0, 20)), 20),
        given=((0, 20), (5, 20)),
        awkward=tuple((f"Epoch {k} of 20 is right.", (k, 20)) for k in (1, 9, 10, 11, 19)),
        whole=False,
        read="Goodfellow, Bengio, Courville, Deep Learning, 8.3.1: the learning rate",
    )


EXERCISES: list[Exercise] = [
    Calls(
        name="count_updates",
        topic="training",
        title="how many updates a training makes",
        task="Write `updates(rows, batch_size, epochs)`: how many steps are taken in all. Each epoch takes every row "
        "once; the "
        "last batch may be smaller.",
        equations=("updates = epochs x ⌈rows / batch_size⌉",),
        hints=(
            "10 rows in batches of 4 are three batches: 4, 4 and 2.",
            "Round up in each epoch, before you multiply.",
            "-(-rows // batch_size) rounds up without a float.",
        ),
        thing="updates",
        code=function_code("updates(rows, batch_size, epochs)", "Steps in all: a whole number."),
        reference=lambda n, size, epochs: epochs * math.ceil(n / size),
        tables=_whole_numbers,
        given=((10, 4, 3), (8, 4, 2)),
        awkward=(("A batch larger than all rows is one update.", (5, 100, 2)), ("No epoch, no update.", (5, 2, 0))),
        slips={
            "the smaller last batch is dropped: rounded down": lambda n, size, epochs: epochs * (n // size),
            "one batch too many where the rows divide evenly": lambda n, size, epochs: epochs * (n // size + 1),
            "the batch size is taken for the number of batches": lambda n, size, epochs: epochs * size,
            "it rounds up once, over all epochs": lambda n, size, epochs: math.ceil(epochs * n / size),
        },
        whole=False,
        read=BATCHES,
    ),
    Calls(
        name="batch_borders",
        topic="training",
        title="cut rows into batches",
        task="Write `borders(rows, batch_size)`: a list of pairs (start, stop), one for each batch, in order. "
        "Together they cover "
        "every row once; the last may be smaller.",
        equations=("X[start:stop] is a batch",),
        hints=(
            "range(0, rows, batch_size) gives every start.",
            "What is the smaller of start + batch_size and rows?",
            "Neither an empty batch at the end nor a forgotten one: try 8 rows by 4, and 9 by 4.",
        ),
        thing="borders",
        code=function_code("borders(rows, batch_size)", "A list of (start, stop)."),
        reference=_batches,
        ask=lambda borders, *a: np.array(list(borders(*a)), dtype=int).reshape(-1, 2),
        tables=lambda rng: _whole_numbers(rng)[:2],
        given=((9, 4), (8, 4)),
        awkward=(("A batch larger than all rows.", (3, 10)), ("Batches of one row.", (3, 1))),
        slips={
            "the smaller last batch is dropped": lambda n, size: _batches(n - n % size, size),
            "the last batch runs over the end": lambda n, size: np.array([(s, s + size) for s in range(0, n, size)]),
        },
        whole=False,
        read=BATCHES,
    ),
    Calls(
        name="mini_batch_epoch",
        topic="training",
        title="one epoch in mini-batches",
        task="Write `epoch(X, y, w, b, learning_rate, batch_size)`: one pass over the rows in the order given, one "
        "step of "
        f"gradient descent on the mean squared error of each batch. It returns weights and bias. The gradient of the "
        f"last, smaller batch is the mean over its own rows. {ROWS}",
        equations=("for each batch: w ← w - learning_rate x ∂(mse of the batch)/∂w, and b likewise",),
        hints=(
            "Each batch starts from the weights that the batch before left behind.",
            "With batch_size = rows it is one ordinary step; with batch_size = 1 there are as many steps as rows.",
            "By how many rows is the last batch divided? len(y_batch), not batch_size.",
        ),
        thing="epoch",
        code=function_code("epoch(X, y, w, b, learning_rate, batch_size)", "Weights and bias after one pass."),
        reference=_epoch,
        tables=lambda rng: (*table(rng, 7), np.zeros(3), 0.5, 0.05, int(rng.integers(2, 6))),
        given=((*AT_ZERO, 0.1, 2),),
        awkward=(
            ("One batch of all rows is one step.", (*AT_ZERO, 0.1, 3)),
            ("Batches of one row are three steps.", (*AT_ZERO, 0.1, 1)),
            ("A batch size above the number of rows is no trouble.", (*AT_ZERO, 0.1, 10)),
        ),
        slips={
            "the last, smaller batch is divided by the full batch size": _epoch_with("divided"),
            "the last, smaller batch is dropped": _epoch_with("dropped"),
            "an epoch takes one batch only": _epoch_with("one"),
            "all rows are taken at once": lambda X, y, w, b, rate, size: one_step(X, y, w, b, rate),
            "the batch size is taken for the number of batches": lambda X, y, w, b, rate, size: _epoch(
                X, y, w, b, rate, max(1, len(y) // size)
            ),
        },
        read=BATCHES,
    ),
    Calls(
        name="early_stopping",
        topic="training",
        title="when to stop",
        task="Write `stop(validation_losses, patience)`: training ends at the first epoch at which the best loss so "
        "far is `patience` epochs old, or at the last epoch. It returns the epoch of the best loss and the epoch of "
        "the end. The first epoch is 0; of equal losses the earlier one is the best.",
        equations=("end = first epoch with epoch - best = patience",),
        hints=(
            "Keep the epoch of the best loss so far; compare each new loss with that one, not with the one before.",
            "Equal is not better: < and not <=.",
            "Losses 5, 3, 2, 2.5, 2.2 with patience 2: the best is epoch 2, the end is epoch 4.",
        ),
        thing="stop",
        code=function_code("stop(validation_losses, patience)", "(epoch of the best loss, epoch of the end)."),
        reference=_stop,
        tables=lambda rng: (np.round(rng.random(12) * 3, 1), int(rng.integers(1, 4))),
        given=((VALIDATION, 2), (VALIDATION, 10)),
        awkward=(
            ("Equal losses are no progress.", (np.array([2.0, 2.0, 2.0, 2.0]), 2)),
            ("A loss that goes down all the way ends at the last epoch.", (np.array([4.0, 3.0, 2.0]), 2)),
            (
                "It is compared with the best loss, not with the one before.",
                (np.array([1.0, 3.0, 2.9, 2.8, 2.7, 0.5]), 3),
            ),
            (
                "A loss that is no number is no progress.",
                (np.array([2.0, np.nan, np.nan, np.nan, 1.0]), 2),
            ),
        ),
        slips={
            "it waits one epoch too long": lambda v, p: _stop(v, p, 1),
            "it stops one epoch too early": lambda v, p: _stop(v, p, -1),
            "each loss is compared with the one before, not with the best": _last_fall,
            "the best of all losses is returned, also of those after the end": lambda v, p: (
                int(np.argmin(v)),
                _stop(v, p)[1],
            ),
        },
        whole=False,
        read="Goodfellow, Bengio, Courville, Deep Learning, 7.8: early stopping",
    ),
    *_schedules(),
]
