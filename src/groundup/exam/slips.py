# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Which slip gives exactly these numbers: asked of an answer that was failed, in a child process as all questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.errors import InputError
from groundup.exam import reference
from groundup.exam.candidates import candidate
from groundup.exam.card import Card
from groundup.exam.evidence import Asked, Evidence, check
from groundup.exam.grading import QUICK
from groundup.exam.grading.names import Target, target
from groundup.exam.jail import ask_all
from groundup.exam.mutants.mistakes import MISTAKES
from groundup.exam.naming import Named
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


def named_formula(card: Card, answer: Any, graded: str) -> Card:
    """The same card of one formula, with the slip that gives its very numbers."""
    plain = any(v.id in ("D01", "D06") and v.measured is not None for v in card.failed)
    slip = of_formula(answer, target(graded), graded) if plain else ""
    card.mistakes = [Named(slip, 1.0)] if slip else card.mistakes
    return card


def of_formula(answer: Any, made: Target, graded: str) -> str:
    """The slip by which a function gives its values at a few plain points; empty where none is known."""
    tables = {"elementwise": (X,), "metric": (Y, PREDICTION)}.get(made.kind)
    if tables is None or (made.kind == "metric" and made.data != "numbers"):
        return ""

    def which() -> str:
        mine = np.asarray(answer(*(table.copy() for table in tables)), dtype=float)
        known = {**OWN.get(graded, {}), **dict(_other_settings(made))}
        return next((words for words, wrong in known.items() if _same(mine, wrong(*tables))), "")

    return _asked(lambda: Ready(which))


def _other_settings(wanted: Target) -> Iterator[tuple[str, Callable[..., Array]]]:
    f = wanted.reference
    own = {n: v for n, v in vars(f).items() if isinstance(v, int | float) and not isinstance(v, bool)}
    for name, value in own.items():
        for other in (v for v in OTHER if v != value):
            try:
                made = type(f)(**{name: other})
            except (TypeError, ValueError, InputError):
                continue
            yield f"{name} is {other:g} instead of {value:g}", made.derivative if wanted.slope else made


def named(card: Card, learner: Any) -> Card:
    """The same card, with the slip that was measured in place of those that the pattern of questions is like."""
    whole = card.task in ("regression", "classification", "multiclass")
    if whole and card.failed and not card.stop and not isinstance(learner, tuple):
        slip, _, detail = of_model(learner, card.task).partition(": ")
        card.mistakes = [Named(slip, 1.0)] if slip else card.mistakes
        for verdict in card.failed:
            verdict.words += f"; {detail}" if detail and verdict.id == "B01" else ""
    return card


def of_model(answer: Any, task: str) -> str:
    """The slip of a whole model that no pattern of questions shows, and after a colon what was measured of it."""

    def which() -> str:
        c: Any = candidate(answer, task)
        rows = np.array([[-1.0], [0.5], [2.0], [1.0], [3.0]])
        y = np.array([3.0, 4.0, 9.0, 5.0, 11.0]) if task == "regression" else np.array([0, 1, 2, 1, 3])
        y = np.minimum(y, 1) if task == "classification" else y
        if "epochs" not in c.maker.knobs or c.other_model:
            return ""
        # Columns that are alike, so that no way downhill is done with them in one step.
        alike = np.column_stack([rows, rows + np.array([[0.3], [-0.2], [0.5], [0.1], [-0.4]])])
        few, many = (c.study(alike, y, rate=0.01, epochs=epochs).exposed() for epochs in (1, 300))
        # Where nothing moves at all, the number of steps is not the cause.
        if few is not None and few.any() and np.array_equal(few, many) and not ("steps" in c.can and c.misfit < 1e-6):
            return f"{c.maker.knobs['epochs']} is ignored, and the number of steps is always the same"
        return _falling_rate(c, rows, y) if task == "regression" else ""

    return _asked(lambda: Ready(which))


def _falling_rate(c: Any, X: Array, y: Array) -> str:
    """Each of four steps is along the gradient, and each is shorter than the one before would be: by so much."""
    if "steps" not in c.can or c.deviation is not None or np.any(c.start):
        return ""
    path = [np.zeros(X.shape[1] + 1), *(c.study(X, y, rate=0.01, epochs=k).raw for k in (1, 2, 3, 4))]
    slopes = [reference.gradient("regression", theta, X, y) for theta in path[:-1]]
    rates = np.array([-(b - a) @ g / (g @ g) for a, b, g in zip(path, path[1:], slopes, strict=False)])
    along = all(
        np.allclose(b - a, -r * g, rtol=1e-6) for a, b, g, r in zip(path, path[1:], slopes, rates, strict=False)
    )
    if not along or rates[0] <= 0 or not np.all(np.diff(rates) < -1e-4 * rates[0]):
        return ""
    told = ", ".join(f"{rate:.3g}" for rate in rates / rates[0])
    return f"{MISTAKES['rate decays']}: the rates of the first epochs were {told} times the first"


class Ready(Asked):
    """Something that can be asked one thing."""

    def __init__(self, which: Callable[[], str]):
        super().__init__()
        self.which = which


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
