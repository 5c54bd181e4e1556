# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Before training: columns of one size, and rows kept apart for the test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence
from groundup.exam.practice.calls import Answer, Calls
from groundup.exam.practice.exercise import EMPTY, Exercise, function_code

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 7.10.2: the wrong and right way"
TRAIN = np.array([[1.0, 10.0], [2.0, 20.0], [6.0, 60.0]])
NEW = np.array([[3.0, 0.0], [2.0, 40.0]])
CONSTANT = np.array([[1.0, 7.0], [2.0, 7.0], [6.0, 7.0]])


def two_tables(rng: Any) -> tuple[Array, Array]:
    """Rows to learn a scale from, and rows to use it on."""
    scale = np.array([1.0, 50.0, 0.1])
    return np.round(rng.normal(size=(9, 3)) * scale + 5, 3), np.round(rng.normal(size=(4, 3)) * scale + 5, 3)


def _or_one(size: Array) -> Array:
    return np.where(size == 0, 1.0, size)


def _standard(train: Array, new: Array, ddof: int = 0) -> Array:
    return (new - train.mean(axis=0)) / _or_one(train.std(axis=0, ddof=ddof))


def _min_max(train: Array, new: Array) -> Array:
    return (new - train.min(axis=0)) / _or_one(np.ptp(train, axis=0))


def _robust(train: Array, new: Array) -> Array:
    low, middle, high = np.quantile(train, [0.25, 0.5, 0.75], axis=0)
    return (new - middle) / _or_one(high - low)


SCALERS: dict[str, tuple[Callable[..., Array], str, str, tuple[str, str, str]]] = {
    "standardise": (
        _standard,
        "mean 0 and standard deviation 1",
        "(x - mean of the training column) / standard deviation of the training column",
        (
            "axis=0 takes the mean down each column.",
            "The standard deviation divides by n, not by n - 1: NumPy's own default.",
            "A constant column has the deviation 0. Divide it by 1: it becomes 0, and not NaN.",
        ),
    ),
    "min_max": (
        _min_max,
        "smallest value 0 and largest value 1",
        "(x - smallest of the training column) / (largest - smallest)",
        (
            "axis=0 takes the smallest down each column.",
            "New rows may well lie below 0 or above 1; nothing is clipped.",
            "In a constant column largest - smallest is 0. Divide it by 1.",
        ),
    ),
    "robust_scale": (
        _robust,
        "median 0 and quartiles 1 apart",
        "(x - median of the training column) / (third quartile - first quartile)",
        (
            "np.quantile(column, 0.25) is the first quartile, with lines between the values.",
            "One huge value moves mean and deviation, but neither the median nor the quartiles.",
            "In a constant column the quartiles are equal. Divide it by 1.",
        ),
    ),
}


def _scalers() -> list[Exercise]:
    made: list[Exercise] = []
    for name, (right, words, equation, hints) in SCALERS.items():
        slips: dict[str, Callable[..., Any]] = {
            "the new rows are scaled by themselves, not as the training rows were": lambda t, n, f=right: f(n, n),
            "the new rows were looked at too: all rows together give the scale": lambda t, n, f=right: f(
                np.vstack([t, n]), n
            ),
            "one scale is taken for the whole table, not one for each column": lambda t, n, f=right: f(
                np.tile(t.reshape(-1, 1), t.shape[1]), n
            ),
            "these are the training rows, not the new ones": lambda t, n, f=right: f(t, t),
        }
        if name == "standardise":
            slips["the deviation divides by n - 1"] = lambda t, n: _standard(t, n, 1)
            slips["it is divided by the variance, not its root"] = lambda t, n: (
                (n - t.mean(axis=0)) / _or_one(t.var(axis=0))
            )
        made.append(
            Calls(
                name=name,
                topic="data",
                title=f"columns with {words}",
                task=f"Write `{name}(train, new)`: the rows of `new`, scaled such that the columns of `train` would "
                f"have {words}. "
                "All that is learnt is learnt from `train`. A constant column is only moved, not divided.",
                equations=(equation,),
                hints=hints,
                thing=name,
                code=function_code(f"{name}(train, new)", "new, scaled as the training rows ask for."),
                reference=right,
                tables=two_tables,
                given=((TRAIN, NEW),),
                awkward=(
                    ("A constant column gives numbers, not NaN.", (CONSTANT, NEW)),
                    ("One new row is scaled like any other.", (TRAIN, NEW[:1])),
                ),
                slips=slips,
                read=READ,
            )
        )
    return made


def _use_scaler(cls: Any, train: Array, new: Array) -> tuple[Array, Array]:
    scaler = cls()
    scaler.fit(train)
    scaled = scaler.transform(new)
    return scaled, scaler.inverse_transform(np.array(scaled))


def _refit(f: Answer, rng: Any) -> Evidence:
    scaler = f.thing()
    scaler.fit(TRAIN.copy())
    scaler.fit(10 * TRAIN)
    gap = float(np.abs(np.asarray(scaler.transform(NEW.copy())) - _standard(10 * TRAIN, NEW)).max())
    return Evidence(gap, 1e-9, f"after a second fit a value is off by {gap:.3g}")


EXERCISES: list[Exercise] = [
    *_scalers(),
    Calls(
        name="standard_scaler",
        topic="data",
        title="a scaler that can be asked for the way back",
        task="Write the class `StandardScaler`: `fit(X)` learns mean and standard deviation (over n) of each column, "
        "`transform(X)` "
        "subtracts and divides, `inverse_transform(Z)` is the way back. A constant column is only moved. A second fit "
        "forgets the "
        "first.",
        equations=("z = (x - mean) / standard deviation", "x = z x standard deviation + mean"),
        hints=(
            "fit keeps two arrays, with one number for each column.",
            "transform uses what fit kept, whatever rows it is given.",
            "Replace a deviation of 0 by 1 in fit, so that both ways use the same number.",
        ),
        thing="StandardScaler",
        code=f"class StandardScaler:\n    def fit(self, X):\n    {EMPTY}\n\n    def transform(self, X):\n    "
        f"{EMPTY}\n\n"
        f"    def inverse_transform(self, Z):\n    {EMPTY}",
        reference=lambda train, new: (_standard(train, new), new),
        ask=_use_scaler,
        line="scaler = StandardScaler()\nscaler.fit({0})\nZ = scaler.transform({1})\nZ, scaler.inverse_transform(Z)",
        tables=two_tables,
        given=((TRAIN, NEW),),
        awkward=(("A constant column gives numbers, not NaN, and comes back.", (CONSTANT, NEW)),),
        laws=(("A second fit forgets the first.", _refit),),
        slips={
            "the deviation divides by n - 1": lambda t, n: (_standard(t, n, 1), n),
            "the new rows are scaled by themselves, not as the training rows were": lambda t, n: (_standard(n, n), n),
        },
        read=READ,
    ),
]
