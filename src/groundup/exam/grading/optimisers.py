# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Questions for optimisers: their path along given gradients is known exactly, so no question raises a false alarm."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from groundup.exam.evidence import Asked, Evidence, NotExamined, check
from groundup.exam.grading import rules
from groundup.exam.grading.function_steppers import FunctionStepper, stepper
from groundup.exam.grading.names import Target

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 8.3 and 8.5: momentum and adaptive learning rates"
START = np.array([1.0, -2.0, 0.5, 3.0])
SET: dict[str, float] = {
    **{"rate": 0.05, "momentum": 0.8, "beta1": 0.85, "beta2": 0.97, "rho": 0.8, "epsilon": 1e-8},
    **{"weight_decay": 0.0, "dampening": 0.0},
}
"""The settings of the questions, none of them the usual one, so that a setting that is not used shows."""
BUILT_IN: dict[str, tuple[float, ...]] = {
    "rate": (0.01, 0.001, 0.1, 1.0, 0.002),
    "momentum": (0.9, 0.5, 0.8),
    "beta1": (0.9, 0.95),
    "beta2": (0.999, 0.99, 0.98),
    "rho": (0.9, 0.99, 0.95, 0.999),
    "epsilon": (1e-8, 1e-7, 1e-6, 1e-10, 1e-12, 1e-5, 1e-16, 0.0),
    "weight_decay": (0.0,),
    "dampening": (0.0,),
}
"""What such a number usually is where it cannot be set."""


class Optimiser(Asked):
    """The optimiser, the rule that its name promises, and the conventions that were seen."""

    def __init__(self, thing: Any, target: Target):
        super().__init__()
        self.target = target
        self.stepper = stepper(thing, target.name)
        self.can |= {word for word in SET if self.stepper.can_set(word)}
        self.form: dict[str, Any] | None = None
        self.constants: dict[str, float] = {}

    def lacks(self, word: str) -> str:
        """Why it cannot be asked for this."""
        return f"it has no argument for {word.replace('_', ' ')}"

    def run(self, gradients: Array, start: Array = START, **changed: float) -> Array:
        """Its parameters after each gradient."""
        settings = {word: v for word, v in {**SET, **changed}.items() if word != "dampening" or v}
        return self.stepper.run(start, gradients, settings)

    def settings(self, **changed: float) -> Iterator[dict[str, Any]]:
        """The settings it can have: those that were set, and the usual ones where nothing can be set."""
        words = [w for w in SET if w in rules_words(self.target.name)]
        usual = dict(BUILT_IN) if self.target.name == "adadelta" else {**BUILT_IN, "epsilon": (1e-8, 1e-7)}
        options = [(({**SET, **changed}[w],) if w in self.can else usual[w]) for w in words]
        for values in product(*options):
            yield {**SET, **dict(zip(words, values, strict=True))}


def rules_words(name: str) -> tuple[str, ...]:
    """The settings that a rule has."""
    from groundup.exam.grading.steppers import NEEDS

    return tuple(w for w in NEEDS[name] if w in SET)


def gradients(rng: Any, steps: int, size: float = 1.0) -> Array:
    """Of either sign, never near zero; the last parameter is not touched at first."""
    g = rng.choice([-1.0, 1.0], (steps, 4)) * rng.uniform(0.5, 1.5, (steps, 4)) * np.array([1.0, 0.2, 5.0, 1.0])
    g[:3, 3] = 0
    return size * g


def far(mine: Array, book: Array, start: Array = START) -> float:
    """The largest difference of any step, as a part of the way; infinite where numbers are not finite."""
    if mine.shape != book.shape or not np.all(np.isfinite(mine)):
        return np.inf
    way = np.maximum(np.abs(book - start).max(axis=0), 1e-9)
    return float((np.abs(mine - book) / way).max())


def settle(f: Optimiser, rng: Any) -> tuple[float, Array, Array]:
    """(distance, its path, the gradients) with the accepted form that is nearest; what was seen is kept."""
    g = gradients(rng, 50)
    mine = f.run(g)
    best = _nearest(f, mine, g, "")
    if best > 1e-6 and isinstance(f.stepper, FunctionStepper) and f.stepper.t:
        start = f.stepper.from_zero = not f.stepper.from_zero
        other = f.run(g)
        if _nearest(f, other, g, "the steps are counted from 0" if start else "") <= 1e-6:
            return 0.0, other, g
        f.stepper.from_zero = not start
    f.form = f.form if best <= 1e-6 else None
    return best, mine, g


def _nearest(f: Optimiser, mine: Array, g: Array, said: str) -> float:
    """The distance from the nearest accepted form, which is kept."""
    best = np.inf
    for settings in f.settings():
        for change, words in rules.conventions(f.target.name):
            gap = far(mine, rules.walk(rules.RULES[f.target.name], START, g, {**settings, **change}))
            if gap < best:
                best, f.form, f.constants = gap, change, settings
            if best <= 1e-6:
                seen = "; ".join(one for one in (words, said) if one)
                f.conventions |= {"form": seen} if seen else {}
                return best
    return best


def wrong_way(f: Optimiser, mine: Array, g: Array, start: Array = START, **changed: Any) -> str:
    """Which wrong form this path is."""
    rate = {"rate squared": {"times": SET["rate"]}, "rate not used": {"times": 1 / SET["rate"]}}
    for settings in f.settings():
        settings |= changed
        book = rules.RULES[f.target.name]
        forms = [*rules.mistakes(f.target.name)]
        forms += [(sign, {**form, **c}) for sign, c in rate.items() for form, _ in rules.conventions(f.target.name)]
        for sign, change in forms:
            if far(mine, rules.walk(book, start, g, {**settings, **change}), start) <= 1e-6:
                return sign
    return _unused(f, mine, g, start)


def _unused(f: Optimiser, mine: Array, g: Array, start: Array) -> str:
    """Whether a setting that can be set is not used: then the usual number explains the path."""
    for word in rules_words(f.target.name):
        for value in BUILT_IN[word] if word in f.can and word not in ("weight_decay", "dampening") else ():
            for change, _ in rules.conventions(f.target.name):
                path = rules.walk(rules.RULES[f.target.name], start, g, {**SET, **change, word: value})
                if value != SET[word] and far(mine, path, start) <= 1e-6:
                    return f"{word} not used"
    return "" if np.all(np.isfinite(mine)) else "not finite"


@check("O01", "Its first step is the one of the book.", boundary="1e-6 of the step", read=READ)
def first_step(f: Optimiser, rng: Any) -> Evidence:
    """What no memory has touched yet."""
    settle(f, np.random.default_rng(3))
    g = np.array([[1.0, -0.5, 4.0, 0.25]])
    mine = f.run(g)
    gap, right = np.inf, mine
    for settings in [f.constants] if f.form is not None else f.settings():
        for change, _ in rules.conventions(f.target.name):
            path = rules.walk(rules.RULES[f.target.name], START, g, {**settings, **change})
            if far(mine, path) < gap:
                gap, right = far(mine, path), path
    moved, book = (np.round(path[0] - START, 8).tolist() for path in (mine, right if gap < np.inf else mine))
    words = f"with the gradient {g[0].tolist()} and rate {SET['rate']} it moves by {moved}"
    words += "" if gap <= 1e-6 or gap == np.inf else f"; the book's step is {book}"
    return Evidence(gap, 1e-6, words, "" if gap <= 1e-6 else wrong_way(f, mine, g))


@check("O02", "After 50 given gradients the parameters are those of the book.", boundary="1e-6 of the way", read=READ)
def whole_path(f: Optimiser, rng: Any) -> Evidence:
    """Its path, step by step, against the recursion; where it differs, which wrong recursion it follows."""
    gap, mine, g = settle(f, rng)
    if gap <= 1e-6:
        return Evidence(gap, 1e-6, "the largest distance from the book's path, as a part of the way")
    sign = wrong_way(f, mine, g)
    known = f"; it is exactly where one comes with this change: {sign}" if sign else ""
    return Evidence(gap, 1e-6, f"after 50 steps it is {gap:.3g} of the way off{known}", sign, _by_hand(f))


def _by_hand(f: Optimiser) -> str:
    """Three steps of one parameter, which fit on a card; nothing where a layer has to have several."""
    if getattr(f.stepper, "shape", "") in ("layered", "layers"):
        return ""
    g = np.array([[1.0], [1.0], [-2.0]])
    start = np.array([0.0])
    try:
        mine = f.run(g, start).ravel()
    except Exception as error:
        return f"# along the gradients 1, 1, -2 it raised {type(error).__name__}"
    change, _ = next(iter(rules.conventions(f.target.name)))
    settings = next(f.settings())
    right = rules.walk(rules.RULES[f.target.name], start, g, {**settings, **change}).ravel()
    said = ", ".join(f"{w}={settings[w]:g}" for w in rules_words(f.target.name) if w != "weight_decay")
    return (
        f"# one parameter from 0, along the gradients 1, 1, -2   ({said})\n"
        f"# yours:        {np.round(mine, 6).tolist()}\n# by the book:  {np.round(right, 6).tolist()}"
    )


@check(
    "O03",
    "With gradients of 0.0001 epsilon shows, and it stands where the book puts it.",
    boundary="1e-6 of the way",
    read="Kingma and Ba, Adam: a method for stochastic optimization",
)
def small_gradients(f: Optimiser, rng: Any) -> Evidence:
    """Inside the root 1e-8 is as large as the squares themselves."""
    if "epsilon" not in rules_words(f.target.name):
        raise NotExamined("this rule has no epsilon")
    settle(f, np.random.default_rng(3))
    if f.form is None:
        raise NotExamined("its path is not that of the book, whatever epsilon is")
    g = gradients(rng, 30, 1e-4)
    g[:3, 3] = 1e-4
    mine = f.run(g)
    options = (SET["epsilon"],) if "epsilon" in f.can else BUILT_IN["epsilon"]
    rule = rules.RULES[f.target.name]
    best = np.inf
    for change, words in rules.conventions(f.target.name):
        for eps in options:
            gap = far(mine, rules.walk(rule, START, g, {**f.constants, **change, "epsilon": eps}))
            if gap < best:
                best = gap
                f.conventions |= {"epsilon": words} if gap <= 1e-6 and "psilon" in words else {}
    if best <= 1e-6:
        return Evidence(best, 1e-6, "the largest distance from the book's path, as a part of the way")
    inside = {**f.constants, **f.form, "eps": "inside"}
    sign = next(
        (
            sign
            for eps in BUILT_IN["epsilon"]
            for sign, form in (("epsilon inside the root", inside), ("epsilon not used", {**f.constants, **f.form}))
            if far(mine, rules.walk(rule, START, g, {**form, "epsilon": eps})) <= 1e-6
        ),
        "",
    )
    ratio = float(
        np.abs(mine - START).max() / np.abs(rules.walk(rule, START, g, {**f.constants, **f.form}) - START).max()
    )
    return Evidence(best, 1e-6, f"with gradients of 1e-4 it goes {ratio:.3g} times as far as the book", sign)


@check("O04", "The gradient that it is given is left as it was.", boundary="equal", read="NumPy: views and copies")
def gradient_unchanged(f: Optimiser, rng: Any) -> Evidence:
    """A gradient that is changed in place spoils what is done with it next."""
    g = gradients(rng, 3)
    walker = f.stepper.fresh(START.copy(), SET)
    given = [one.copy() for one in g]
    for one in given:
        walker(one)
    changed = sum(not np.array_equal(a, b) for a, b in zip(given, g, strict=True))
    return Evidence(float(changed), 0.0, f"{changed} of 3 gradients were changed")


@check("O05", "Where nothing slopes nothing moves: a gradient of zero gives no NaN.", boundary="equal", read=READ)
def no_slope(f: Optimiser, rng: Any) -> Evidence:
    """0 / 0 where epsilon is missing."""
    if f.target.name == "adamax":
        raise NotExamined("in the paper it has no epsilon")
    mine = f.run(np.zeros((3, 4)))
    if not np.all(np.isfinite(mine)):
        return Evidence(np.inf, 0.0, "with a gradient of zero the parameters become NaN", "nan")
    moved = float(np.abs(mine - START).max())
    return Evidence(moved, 1e-15, f"with a gradient of zero a parameter moved by {moved:.3g}", "moves")


@check("O06", "Two optimisers of one kind do not share their memory.", boundary="equal", read=READ)
def own_memory(f: Optimiser, rng: Any) -> Evidence:
    """Two that are used in turn go where each would go alone."""
    g = gradients(rng, 6)
    alone = f.run(g)
    one, two = (f.stepper.fresh(START.copy(), SET) for _ in range(2))
    both: list[Array] = []
    for k in range(6):
        both.append(np.array(one(g[k].copy()), dtype=float))
        two(-3 * g[k])
    gap = far(np.array(both), alone)
    return Evidence(gap, 1e-12, f"beside another one it goes {gap:.3g} of the way elsewhere")


@check(
    "O08",
    "Saved after 7 steps and gone on with for 5, it is where 12 steps lead.",
    boundary="1e-9 of the way",
    read="PyTorch, saving and loading a general checkpoint",
)
def resume(f: Optimiser, rng: Any) -> Evidence:
    """Its averages and its count of steps must be in what is saved."""
    g = gradients(rng, 12)
    walker = f.stepper.fresh(START.copy(), SET)
    if not hasattr(walker, "state"):
        raise NotExamined("its memory is in the caller's hands")
    places = [np.array(walker(one.copy()), dtype=float) for one in g[:7]]
    state = walker.state()
    other = f.stepper.fresh(places[-1].copy(), SET)
    other.restore(state)
    places += [np.array(other(one.copy()), dtype=float) for one in g[7:]]
    gap = far(np.array(places), f.run(g))
    return Evidence(gap, 1e-9, f"gone on with after 7 of 12 steps, it ends {gap:.3g} of the way elsewhere")


@check(
    "O09", "Two arrays that are stepped together go where each would go alone.", boundary="1e-9 of the way", read=READ
)
def several_arrays(f: Optimiser, rng: Any) -> Evidence:
    """A memory, or a count of steps, that the weights and the biases of a network share by accident."""
    g = gradients(rng, 12)
    both = f.stepper.run_halves(START, g, {word: v for word, v in SET.items() if word != "dampening"})
    gap = far(both, f.run(g))
    return Evidence(gap, 1e-9, f"in two arrays, the same numbers go {gap:.3g} of the way elsewhere")


QUESTIONS = [
    *(first_step, whole_path, small_gradients, gradient_unchanged, no_slope, own_memory, resume, several_arrays),
]
