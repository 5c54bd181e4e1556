# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Which slip gives exactly these numbers: asked of an answer that was failed, in a child process as all questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.errors import InputError
from groundup.exam.candidates import candidate
from groundup.exam.evidence import Evidence, check
from groundup.exam.grading import QUICK
from groundup.exam.grading.names import Target
from groundup.exam.jail import ask_all
from groundup.formulas import activations

Array = Any
X = np.array([-2.5, -1.3, -0.4, 0.3, 0.9, 2.2])
Y, PREDICTION = np.array([3.0, 5.0, 2.0, 7.0, 1.0, 4.0]), np.array([2.5, 5.5, 4.0, 8.0, 0.7, 4.0])
OTHER = (0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 0.75, 0.9, 1.0, 2.0, 3.0, 5.0)
"""Values that people give to a setting instead of the one that was asked for."""

s = activations.NAMES["sigmoid"]
OWN: dict[str, dict[str, Callable[[Array], Array]]] = {
    f"{name}_derivative": {
        "the x before the second term is left out: f'(x) = s + x s (1 - s)": lambda x: s(x) + s(x) * (1 - s(x)),
        "the first term is left out: f'(x) = s + x s (1 - s)": lambda x: x * s(x) * (1 - s(x)),
        "only the factor x is differentiated, and not sigmoid(x)": lambda x: s(x),
    }
    for name in ("silu", "swish")
}


def of_formula(answer: Any, target: Target, graded: str) -> str:
    """The slip by which a function gives its values at a few plain points; empty where none is known."""
    tables = {"elementwise": (X,), "metric": (Y, PREDICTION)}.get(target.kind)
    if tables is None or (target.kind == "metric" and target.data != "numbers"):
        return ""

    def which() -> str:
        mine = np.asarray(answer(*(table.copy() for table in tables)), dtype=float)
        known = {**OWN.get(graded, {}), **dict(_other_settings(target))}
        return next((words for words, wrong in known.items() if _same(mine, wrong(*tables))), "")

    return _asked(lambda: Ready(which))


def _other_settings(target: Target) -> Iterator[tuple[str, Callable[..., Array]]]:
    f = target.reference
    own = {n: v for n, v in vars(f).items() if isinstance(v, int | float) and not isinstance(v, bool)}
    for name, value in own.items():
        for other in (v for v in OTHER if v != value):
            try:
                made = type(f)(**{name: other})
            except (TypeError, ValueError, InputError):
                continue
            yield f"{name} is {other:g} instead of {value:g}", made.derivative if target.slope else made


def of_model(answer: Any, task: str) -> str:
    """The slip of a whole model that no pattern of questions shows: a setting that changes nothing."""

    def which() -> str:
        c: Any = candidate(answer, task)
        rows = np.array([[-1.0], [0.5], [2.0], [1.0], [3.0]])
        y = np.array([3.0, 4.0, 9.0, 5.0, 11.0]) if task == "regression" else np.array([0, 1, 2, 1, 3])
        y = np.minimum(y, 1) if task == "classification" else y
        few, many = (c.study(rows, y, rate=0.01, epochs=epochs).exposed() for epochs in (1, 300))
        if "epochs" in c.maker.knobs and few is not None and np.array_equal(few, many):
            return f"{c.maker.knobs['epochs']} is ignored: the number of steps is always the same"
        return ""

    return _asked(lambda: Ready(which))


class Ready:
    """Something that can be asked one thing."""

    def __init__(self, which: Callable[[], str]):
        self.which = which
        self.can: set[str] = set()
        self.conventions: dict[str, str] = {}

    def lacks(self, word: str) -> str:
        """Nothing is needed."""
        return word


@check("slip", "Its numbers are those of a known slip.")
def known_slip(f: Ready, rng: Any) -> Evidence:
    """A measure of 1 where they are."""
    words = f.which()
    return Evidence(float(bool(words)), 0.0, words, words)


def _asked(make: Callable[[], Ready]) -> str:
    verdicts = list(ask_all(make, [known_slip], 0, QUICK))
    return verdicts[0].symptom if verdicts[0].measured is not None else ""


def _same(mine: Array, other: Array) -> bool:
    return np.shape(mine) == np.shape(other) and bool(np.allclose(mine, other, rtol=1e-9, atol=1e-12))
