# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Made of the formulas' own catalogue: whatever can be graded can be practised, also what is added tomorrow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from groundup import methods
from groundup.exam import grading, slips
from groundup.exam.card import Card
from groundup.exam.grading.names import Target, known, target
from groundup.exam.practice.exercise import Exercise, function_code, shown
from groundup.formulas import activations, catalogue, losses

Array = Any
POINTS = np.array([-2.0, -0.5, 0.0, 1.0, 3.0])
ROWS = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]])
PAIRS = {
    "numbers": ([3.0, 5.0, 2.0, 7.0], [2.5, 5.0, 4.0, 8.0]),
    "labels": ([1, 0, 1, 1, 0], [1, 1, 0, 1, 0]),
    "chances": ([1, 0, 1, 0], [0.9, 0.2, 0.6, 0.5]),
    "scores": ([1, 0, 1, 0], [2.0, 0.5, 0.5, -1.0]),
}
WORDS = {
    "numbers": ("labels `y` and predictions, arrays of numbers", "one number"),
    "labels": ("labels `y` and predicted labels, arrays of 0 and 1", "one number"),
    "chances": ("labels `y` (0 and 1) and the predicted chances of 1", "one number"),
    "scores": ("labels `y` (0 and 1) and scores, the larger the more likely 1", "one number"),
}
AWKWARD = {
    "numbers": "Is it right for a perfect prediction, and for a constant one? Does it still have its digits when "
    "100,000,000 is added to every label and every prediction?",
    "labels": "Integers divided by integers: is anything rounded? Which of the four counts stand below the line, and "
    "which "
    "of them are zero when every prediction is right?",
    "chances": "What is 0 x log 0 for a computer, and what should it be here? A chance of exactly 1 that is right "
    "costs "
    "nothing. Is a tiny chance cut off before its logarithm is taken?",
    "scores": "What happens where two scores are equal, one of them of a row with label 1? Does a number that is "
    "added to "
    "all scores change anything?",
}
TAILS = np.array([-800.0, 0.0, 800.0])


@dataclass(frozen=True, kw_only=True)
class Formula(Exercise):
    """A formula that `grade` can judge."""

    graded: str

    @cached_property
    def target(self) -> Target:
        """What it is compared with."""
        return target(self.graded)

    def judge(self, answer: Any, seed: int) -> Card:
        """The card of `grade`, under the exercise's name."""
        card = slips.named_formula(grading.grade(answer, self.graded, seed), answer, self.graded)
        return Card(self.name, "exercise", seed, card.verdicts, card.conventions, card.mistakes)

    def examples(self) -> Sequence[tuple[str, str]]:
        """A few values, worked out by the library."""
        made = self.target
        if made.kind == "optimiser":
            method = _method(self.graded)
            return [
                (f"{self.thing}(np.array([0.0]), np.array([1.0]), {{}}, 0.1)[0]", shown(_first_step(method))),
            ]
        if made.kind == "metric":
            y, prediction = PAIRS[made.data]
            right = made.reference(np.array(y), np.array(prediction))
            return [(f"{self.thing}(np.array({y}), np.array({prediction}))", shown(right))]
        x = POINTS if made.kind == "elementwise" else ROWS
        right = made.reference.derivative(x) if made.slope else made.reference(x)
        return [(f"{self.thing}(np.array({x.tolist()}))", shown(right))]


def exercises() -> Iterator[Exercise]:
    """Every formula, and the slope of every function of one number."""
    for name, make in known().items():
        kind, over_classes = make().kind, make().data == "classes"
        if kind in ("elementwise", "rowwise"):
            yield _activation(name)
        if kind == "elementwise":
            yield _slope(name)
        if kind == "metric" and not over_classes:
            yield _metric(name, make())
        if kind == "optimiser":
            yield _optimiser(name)


def _entry(name: str, *kinds: str) -> catalogue.Entry:
    found = [e for e in catalogue.find(name) if e.kind in kinds]
    return found[0] if found else catalogue.find(name)[0]


def settings(f: Any) -> str:
    """The numbers that a formula has beside its argument: "with slope = 0.01".

    >>> settings(activations.NAMES["leaky_relu"]), settings(activations.NAMES["relu"])
    (', with slope = 0.01', '')
    """
    numbers = {n: v for n, v in vars(f).items() if isinstance(v, (int, float)) and n != "curvature_bound"}
    return ", with " + ", ".join(f"{n} = {v:g}" for n, v in numbers.items()) if numbers else ""


def plain(notes: str) -> str:
    """The sentences for somebody who writes the formula; those about the library's own arguments and errors go.

    >>> plain("The average surprise. Raises InputError for NaN. It counts as `smallest`.")
    'The average surprise.'
    """
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z0-9])", notes)
    return " ".join(one for one in sentences if "`" not in one and "Error" not in one and "Raises" not in one)


def _activation(name: str) -> Exercise:
    entry, f = _entry(name, "activation"), activations.NAMES[name]
    alone = isinstance(f, activations.Elementwise)
    what = "number by number, in any shape" if alone else "row by row: each row of a matrix by itself"
    x = np.array([0.5, -1.0]) if alone else np.array([[2.0, 0.0]])
    far = TAILS if alone else np.array([[800.0, 0.0, -800.0]])
    return Formula(
        name=name,
        graded=name,
        topic="activations",
        title=f"the activation {name}",
        task=f"Write `{name}(x)`{settings(f)}: it takes an array and gives an array of the same shape, {what}. "
        f"It must also be right far out, where e^800 is more than a float can hold. {_constants(name)}",
        equations=(entry.equation,),
        hints=(
            f"Begin with one case by hand: for {x.tolist()} the answer is {shown(f(x))}. No loop is needed.",
            plain(entry.notes),
            f"Try {far.tolist()}: the answer is {shown(f(far))}. Does any step on the way overflow, or give ∞ - ∞ or "
            "0 x ∞? np.where works out both of its branches. Which exponent is never positive?",
        ),
        thing=name,
        code=function_code(f"{name}(x)", f"{entry.equation}."),
    )


def _constants(name: str) -> str:
    if name != "selu":
        return ""
    return "The constants are λ = 1.0507009873554805 and α = 1.6732632423543772."


def _slope(name: str) -> Exercise:
    entry, f = _entry(name, "activation"), cast(activations.Elementwise, activations.NAMES[name])
    corner = "At a corner or a jump a slope is a convention; ours is in the last hint. "
    corner = corner if "convention" in entry.derivative else ""
    return Formula(
        name=f"{name}_derivative",
        graded=f"{name}_derivative",
        topic="slopes",
        title=f"the slope of {name}",
        task=f"Write `{name}_derivative(x)`: the slope of {name} at every entry of x{settings(f)}. It is what "
        f"back-propagation multiplies with. {corner}{_constants(name)}",
        equations=(entry.equation,),
        hints=(
            f"Compare with ({name}(x + h) - {name}(x - h)) / 2h for h = 1e-5: at 0.4 it is {f.derivative(0.4):.4f}.",
            f"The slope at {TAILS.tolist()} is {shown(f.derivative(TAILS))}. Is it so without an overflow?",
            f"On paper: {entry.derivative}.",
        ),
        thing=f"{name}_derivative",
        code=function_code(f"{name}_derivative(x)", f"The slope of {entry.equation}."),
    )


def whole(equation: str) -> str:
    """The equation of a loss, with its total in words.

    >>> whole("(z - y)², then S / W")
    '(z - y)², then the mean over the rows'
    """
    totals = {
        "then sqrt(S / W)": "then the root of the mean over the rows",
        "then S / W": "then the mean over the rows",
    }
    for total, words in (*totals.items(), ("then S", "then the sum over the rows")):
        if equation.endswith(total):
            return equation.removesuffix(total) + words
    return equation


def _letters(equation: str) -> str:
    """What the letters of the equation mean."""
    said = {
        r"\bz\b": "In the formula z is the prediction.",
        r"\bw\b": "All weights w are 1 here.",
        r"\b[tf][pn]\b": "tp counts the rows where label and prediction are 1, fp where only the prediction is, "
        "fn where only the label is, tn where neither is.",
        r"t·p|t p'": "t counts the rows of each label, p those of each prediction, n all of them.",
        r"Σ D": "C counts the rows by label and prediction; D is 1 where the two differ, and 0 where not.",
        r"\bC\[": "C[i, j] counts the rows of label i that were predicted as j.",
    }
    return " ".join(words for pattern, words in said.items() if re.search(pattern, equation))


def _metric(name: str, made: Target) -> Exercise:
    bare = name.removesuffix("_loss") if name != "log_loss" else name
    is_loss = name in (*losses.NAMES, "log_loss") or name.endswith("_loss")
    entry = _entry(bare, "loss" if bare in losses.NAMES else "metric")
    takes, gives = WORDS[made.data]
    y, prediction = PAIRS[made.data]
    swapped = made.reference(np.array(prediction), np.array(y)) if made.data in ("numbers", "labels") else None
    same = swapped is None or shown(swapped) == shown(made.reference(np.array(y), np.array(prediction)))
    turned = "" if same else f" With label and prediction exchanged it would be {shown(swapped)}."
    return Formula(
        name=name,
        graded=name,
        topic="losses" if is_loss else "metrics",
        title=f"the {'loss' if is_loss else 'metric'} {name}",
        task=f"Write `{name}(y, prediction)`{settings(made.reference) if is_loss else ''}: it takes {takes}, and gives "
        f"{gives}. {_letters(entry.equation)}",
        equations=(whole(entry.equation),),
        hints=(
            f"Work out this one by hand: y = {y}, prediction = {prediction} gives "
            f"{shown(made.reference(np.array(y), np.array(prediction)))}.{turned}",
            plain(entry.notes) or "Which of its parts depend on the number of rows?",
            AWKWARD[made.data],
        ),
        thing=name,
        code=function_code(f"{name}(y, prediction)", f"{whole(entry.equation)}."),
    )


STEP = """Write `{name}`: one step downhill, entry by entry. It takes the parameters w, the gradient g there, what it
remembers, and the learning rate; it returns the new parameters and what to remember. `state` is an empty dict at the
first step; what you keep in it is up to you, and you get it back at the next step.

In the formula everything that is remembered starts at zero; t counts the steps from 1, and a hat means divided by
1 - βᵗ, so that the averages are right from the first step on."""


def _optimiser(name: str) -> Exercise:
    method = _method(name)
    doc = catalogue.prose(type(method))
    options = {n: v for n, v in vars(method).items() if isinstance(v, (int, float))}
    signature = f"{name}({', '.join(['w, g, state, learning_rate', *(f'{n}={v!r}' for n, v in options.items())])})"
    return Formula(
        name=name,
        graded=name,
        topic="optimisers",
        title=f"one step of {name.replace('_', ' ')}",
        task=STEP.format(name=name),
        equations=(doc[0].replace(";  ", "; "),),
        hints=(
            " ".join(doc[1:-1]) or "Downhill is against the gradient.",
            "Work out the first step by hand, from w = 0 with g = 1: "
            f"with learning_rate = 0.1 it goes to {_first_step(method)[0]:.6g}.",
            "Keep every average in the dict, and take it out with state.get(name, 0.0). Is w itself left as it was? "
            "Which of the averages must be the new one, and which the old one? Where exactly does epsilon stand?",
        ),
        thing=name,
        code=function_code(signature, doc[0]),
    )


def _method(name: str) -> Any:
    return methods.METHODS[{"sgd": "gradient_descent"}.get(name, name)]()


def _first_step(method: Any) -> Array:
    here = SimpleNamespace(parameters=np.zeros(1), gradient=np.ones(1), value=0.0)
    return method.step(None, here, method.init(np.zeros(1)), 0.1)[0]
