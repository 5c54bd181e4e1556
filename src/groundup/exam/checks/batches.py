# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Epochs, batches, shuffling, seeds and the tolerance: what a training loop promises beside its gradient.

With X the identity and y all ones, each weight is moved by its own row only. At a tiny rate the weights after one epoch
read like an odometer: how often each row was used, and by how many rows its gradient was divided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam import boundary, reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import experiment, tables
from groundup.exam.checks.descent import far, impatient, parameters
from groundup.exam.checks.laws import softmax_only
from groundup.exam.evidence import Evidence, NotExamined, P, check

Array = Any
RATE = 1e-6
READ = "Bottou, Curtis, Nocedal, Optimization Methods for Large-Scale Machine Learning, 3"


def odometer(c: Candidate, n: int, batch: int, epochs: int = 1, seed: int = 7, rate: float = RATE) -> Array:
    """How far each row's own weight went, in units of the learning rate."""
    y, pull = labels_and_pull(c, n)
    learnt = c.study(np.eye(n), y, rate=rate, epochs=epochs, batch=batch, seed=seed)
    if c.task == "multiclass":
        softmax_only(c)
        if not learnt.shows_matrix or c.reference_class is not None:
            raise NotExamined("its weights cannot be read row by row")
        weights = learnt.matrix()[0]
        found = np.append((weights - weights.mean(axis=1, keepdims=True))[np.arange(n), y], 0.0)
    else:
        found = learnt.exposed()
    if found is None or np.linalg.norm(c.start) > 1e-12 or c.deviation is not None or c.scales_inside:
        raise NotExamined("its weights cannot be read row by row")
    return found[:-1] / (rate * c.factor * pull)


def labels_and_pull(c: Candidate, n: int) -> tuple[Array, Array]:
    """Labels, and how each pulls at the weight of its row while all weights are 0: y itself, or y minus its chance."""
    if c.task == "regression":
        y = np.arange(1.0, n + 1)
        return y, y
    if c.task == "multiclass":
        return np.arange(n) % len(c.labels), 1 - 1 / len(c.labels)
    codes = np.arange(n) % 2
    return codes, codes - 0.5


def named_odometers(n: int, batch: int, summed: bool) -> dict[str, list[float]]:
    """What the odometer shows for these mistakes, sorted."""

    def each(sizes: list[int], divisor: float | None = None) -> list[float]:
        return sorted(1.0 if summed else 1 / (divisor or size) for size in sizes for _ in range(size))

    full, rest = divmod(n, batch)
    whole = [batch] * full
    size = -(-n // batch)
    by_number = [size] * (n // size) + ([n % size] if n % size else [])
    share = 1.0 if summed else 1 / batch
    last = 1.0 if summed else 1 / max(rest, 1)
    return {
        "the last, smaller batch is left out": sorted(each(whole) + [0.0] * rest),
        "the last, smaller batch is divided by the full size": each([*whole, rest], batch),
        "divided by all rows": each([*whole, rest], n),
        "number of batches taken for batch size": each(by_number),
        "one batch an epoch": sorted([share] * batch + [0.0] * (n - batch)),
        "only the last batch": sorted([last] * rest + [0.0] * (n - rest)),
        "all rows in one batch": each([n]),
        "one row at a time": each([1] * n),
    }


@check(
    "B11",
    "In one epoch every row is used once, and a batch's gradient is divided by its own rows.",
    needs="steps batch",
    boundary="1e-4",
    read=READ,
)
def every_row_once(c: Candidate, rng: Any) -> Evidence:
    """10 rows in batches of 4, 4 and 2."""
    seen = odometer(c, 10, 4)
    shares = sorted(seen.tolist())
    expected = sorted([1.0] * 10 if c.summed else [0.25] * 8 + [0.5] * 2)
    gap = float(np.abs(np.subtract(shares, expected)).max())
    if gap <= 1e-4:
        return Evidence(gap, 1e-4, "the largest difference between a row's share and what it should be")
    known = named_odometers(10, 4, c.summed)
    sign = next((words for words, other in known.items() if np.allclose(shares, other, atol=1e-4)), "")
    if not sign and shares[0] == 0 < shares[-1]:
        # Which rows are used shows by itself, also where the scale of the gradient could not be found out.
        whole = [np.array(other) / max(other) for other in known.values()]
        alike = [np.allclose(np.array(shares) / shares[-1], other, atol=1e-4) for other in whole]
        sign = next((words for words, same in zip(known, alike, strict=True) if same), "")
    if not sign and (seen.min() < -1e-4 or not np.allclose(seen, np.round(seen * 4) / 4, atol=1e-3)):
        sign = "rows and labels shuffled apart"
    if not sign and max(shares) > 1.5 * max(expected):
        sign = "rows used more than once"
    by = {"regression": "label", "classification": "(label - 1/2)", "multiclass": "(1 - 1/4)"}[c.task]
    book = "1 for each row" if c.summed else "0.25 for eight rows, and 0.5 for the two of the last batch"
    lines = [
        f"# weight / (rate x {by}): how often each row was used, and by what its gradient was divided",
        f"# yours:        {np.round(seen, 3).tolist()}",
        f"# by the book:  {book}",
    ]
    text = c.lines(np.eye(10), experiment.shown(c, labels_and_pull(c, 10)[0]), *lines, rate=RATE, epochs=1, batch=4)
    words = f"10 rows in batches of 4, 4 and 2: the rows were used {np.round(seen, 3).tolist()} times; right is {book}"
    return Evidence(gap, 1e-4, words, sign, text.replace("np.array(" + repr(np.eye(10).tolist()) + ")", "np.eye(10)"))


@check(
    "B11b",
    "An epoch with all rows in one batch uses each row as often as the others.",
    needs="batch weights",
    tasks="regression classification",
    boundary="equal",
    read=READ,
)
def all_rows_in_one_batch(c: Candidate, rng: Any) -> Evidence:
    """20 rows; asked where already such an epoch depends on chance. Drawn with replacement, 20 differ once in 4e7."""
    if c.mode != "stochastic" or c.other_path:
        raise NotExamined("its epochs with all rows do not depend on chance")
    if "epoch" not in c.maker.knobs.get("epochs", "").lower():
        raise NotExamined("it counts steps and not epochs, so that its rows may be drawn")
    seen = odometer(c, 20, 20)
    least = seen[np.abs(seen) > 1e-9].min(initial=np.inf)
    times = np.round(seen / least) if least > 0 else np.zeros(20)
    if not np.allclose(seen, times * least, rtol=1e-3):
        raise NotExamined("its weights cannot be read row by row")
    words = f"20 rows in one batch of 20: in one epoch they were used {times.astype(int).tolist()} times"
    line = f"# weight / (its row's pull): yours were used {times.astype(int).tolist()} times; right is once each"
    text = c.lines(np.eye(20), experiment.shown(c, labels_and_pull(c, 20)[0]), line, rate=RATE, epochs=1, batch=20)
    text = text.replace("np.array(" + repr(np.eye(20).tolist()) + ")", "np.eye(20)")
    return Evidence(float(times.max() - 1), 0.0, words, "rows used more than once", text)


@check(
    "B11c",
    "A batch that is larger than the table is the whole table.",
    needs="steps batch",
    boundary="1e-9 of the way",
    read=READ,
)
def batch_beyond_the_table(c: Candidate, rng: Any) -> Evidence:
    """The number of whole batches is then 0, and whoever counts those learns nothing."""
    table = tables.of(c.task, rng, 21)
    plan: dict[str, Any] = {"rate": 0.3 * c.plan(table.X)["rate"], "epochs": 5}
    whole = parameters(c, c.study(table.X, table.y, batch=21, **plan))
    try:
        mine = parameters(c, c.study(table.X, table.y, batch=50, **plan))
    except (ValueError, ArithmeticError) as error:
        raise NotExamined(f"it refuses a batch that is larger than the table: {error}") from None
    gap = far(c, mine, whole, c.start)
    sign = "nothing learnt" if np.array_equal(mine, c.start) else ""
    return Evidence(gap, 1e-9, f"with a batch of 50 for 21 rows it ends {gap:.3g} of the way off", sign)


@check(
    "B12",
    "Two epochs use every row twice: an epoch is a pass over the rows.",
    needs="steps batch weights",
    tasks="regression classification",
    boundary="1e-4",
    read=READ,
)
def two_epochs(c: Candidate, rng: Any) -> Evidence:
    """9 rows in batches of 3, twice."""
    seen = odometer(c, 9, 3, epochs=2)
    expected = 2.0 if c.summed else 2 / 3
    gap = float(np.abs(seen - expected).max())
    updates = float(seen.sum() / (9 * expected))
    return Evidence(gap, 1e-4, f"in two epochs rows were used {updates:.3g} times as often as twice")


@check(
    "B14",
    "Shuffling is fair: each row is as likely as any other to be among the last.",
    needs="steps batch weights seed shuffle",
    tasks="regression",
    boundary="chi-square of 6 degrees",
    false_alarm=P,
    read="Knuth, The Art of Computer Programming, 3.4.2: shuffling",
)
def fair_shuffle(c: Candidate, rng: Any) -> Evidence:
    """Of 7 rows in batches of 4 three come last, in each of 6,000 epochs; the weights count how often each row did."""
    if c.summed:
        raise NotExamined("its gradients are sums, so the last rows cannot be told from the others")
    epochs, first = 6000, int(rng.integers(1, 10**6))
    last = [np.rint((odometer(c, 7, 4, epochs=epochs, seed=first, rate=1e-10) - epochs / 4) * 12)]
    if set(last[0].tolist()) <= {0.0, float(epochs)}:
        last += [np.rint((odometer(c, 7, 4, seed=seed) - 1 / 4) * 12) * epochs for seed in range(first + 1, first + 31)]
        if any(not np.array_equal(one, last[0]) for one in last):
            c.conventions["shuffle"] = "rows are shuffled once, before the first epoch"
            raise NotExamined("it shuffles only once")
        return Evidence(1.0, 0.0, f"rows {np.flatnonzero(last[0]).tolist()} came last in every epoch", "never shuffled")
    spread = epochs * 3 * 4 / (7 * 6)
    statistic = float(((last[0] - last[0].mean()) ** 2 / spread).sum())
    words = f"in {epochs} epochs the seven rows came among the last three {last[0].astype(int).tolist()} times"
    return Evidence(statistic, boundary.chi_square(6, 2 * P)[1], words, "unfair")


@check("B15", "The same seed gives the same weights, bit for bit.", needs="seed descent", boundary="equal", read=READ)
def same_seed(c: Candidate, rng: Any) -> Evidence:
    """In small batches, where it can be told how many rows to take."""
    table = tables.of(c.task, rng, 30)
    more: dict[str, Any] = {"batch": 4} if "batch" in c.can else {}
    plan = c.plan(table.X)
    rate = 0.1 * plan["rate"]

    def once(seed: int = 5) -> Array:
        learnt = c.study(table.X, table.y, rate=rate, epochs=2, seed=seed, **more)
        return np.vstack(learnt.matrix()) if c.task == "multiclass" else learnt.raw

    one = once()
    np.random.seed(None)
    gap = float(np.abs(once() - one).max())
    if gap == 0 and _differ_by_chance(c, lambda: once(0)) and not _differ_by_chance(c, once):
        return Evidence(1.0, 0.0, "two trainings with the seed 0 differ, those with the seed 5 do not", "seed of 0")
    return Evidence(gap, 0.0, f"two trainings with one seed differ by {gap:.3g}")


def _differ_by_chance(c: Candidate, once: Callable[[], Array]) -> bool:
    """Whether two trainings differ where the exam leaves the generators of NumPy and Python as they stand."""
    c.stirs = False
    try:
        return not np.array_equal(once(), once())
    finally:
        c.stirs = True


@check(
    "B22",
    "A tolerance ends the training where more of it would not matter, and not before.",
    needs="tolerance descent",
    tasks="regression",
    boundary="0.1 standard errors",
    read=READ,
)
def tolerance_stop(c: Candidate, rng: Any) -> Evidence:
    """A tolerance of 1e-12 against the optimum, with noise and nearly without, at several rates.

    Where the mean square gets better by less than 1e-12 in an epoch, and an epoch takes away one part in k of what is
    left, sqrt(80 k 1e-12) of a unit is left: 0.1 standard errors with a noise of 0.001 and k = 125.
    """
    worst, words, sign = 0.0, "", ""
    for noise, share in ((1.0, 1.0), (1e-3, 1.0), (1.0, 0.3)):
        table = tables.numbers(rng, 80, noise=noise)
        plan = c.plan(table.X)
        learnt = c.study(table.X, table.y, tolerance=1e-12, rate=share * plan["rate"], epochs=4 * plan["epochs"])
        miss = reference.with_bias(table.X) @ (learnt.theta - reference.optimum("regression", table.X, table.y))
        far = float(np.sqrt(miss @ miss) / noise)
        if not far <= worst:
            worst, words = far, f"with noise {noise:g} it stopped {far:.3g} standard errors from the optimum"
            sign = "never started" if np.abs(learnt.theta).max() < 1e-6 else ""
    return Evidence(worst, 0.1, words, sign)


@check(
    "B22b",
    "Where a tolerance is set and the loss grows, it is not taken for converged.",
    needs="tolerance steps",
    tasks="regression",
    boundary="blown up, or reported",
    read=READ,
)
def rising_is_not_converged(c: Candidate, rng: Any) -> Evidence:
    """At twice the largest stable rate, with a tolerance of 1e-6."""
    impatient(c)
    table = tables.numbers(rng, 40)
    top, _ = reference.curvature(c.task, c.view(table.X))
    rate = 2 * 2 / top / c.scale(40)
    import warnings

    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            learnt = c.study(table.X, table.y, tolerance=1e-6, rate=rate, epochs=300)
        except (ArithmeticError, ValueError, RuntimeError):
            return Evidence(0.0, 0.0, "reported")
    if any(not issubclass(w.category, RuntimeWarning) for w in heard):
        return Evidence(0.0, 0.0, "reported")
    X = c.view(table.X)
    mine = learnt.raw
    growth = reference.loss(c.task, mine, X, table.y) / reference.loss(c.task, c.start, X, table.y)
    silent = float(bool(np.isfinite(growth)) and growth < 1e6)
    return Evidence(
        silent, 0.0, f"it stopped in silence although the loss was {growth:.3g} times that of the start", "stopped"
    )
