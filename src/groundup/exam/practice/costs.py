# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Made of the catalogue: the cost of a row in its score, its slope, and penalties with value, gradient and prox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.evidence import Ask, Evidence
from groundup.exam.practice.calls import Answer, Calls
from groundup.exam.practice.exercise import Exercise, function_code, shown
from groundup.exam.practice.formulas import plain, settings
from groundup.formulas import catalogue, losses, penalties

Array = Any
SCORES = np.array([-2.0, -0.5, 0.0, 1.5])
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 10.6: loss functions and robustness"


def _labels(loss: losses.Loss, rng: Any, shape: tuple[int, ...]) -> Array:
    """Labels that this loss takes, away from its corners."""
    return np.round(loss.domain.sample(rng, shape), 2)


def _tables(loss: losses.Loss) -> Callable[[Any], tuple[Array, Array]]:
    shape = (4, 3) if loss.rowwise else (8,)
    return lambda rng: (np.round(rng.normal(size=shape) * 2 + 0.017, 3), _labels(loss, rng, shape))


def _given(loss: losses.Loss) -> tuple[Array, Array]:
    if loss.rowwise:
        return np.array([[2.0, 0.0, -1.0], [0.5, 1.0, 0.0]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    y = np.array([0.0, 1.0, 1.0, 0.0]) if loss.domain.contains(0.0) else np.array([1.0, 2.0, 0.5, 3.0])
    return SCORES, y


def _cost(name: str, loss: losses.Loss) -> Calls:
    entry = next(e for e in catalogue.find(name) if e.kind == "loss")
    z, y = _given(loss)
    each = "one number for each row of z" if loss.rowwise else "one number for each score, in the shape of z"
    return Calls(
        name=f"{name}_cost",
        topic="losses",
        title=f"what {name} charges each row",
        task=f"Write `cost(z, y)`{settings(loss)}: what the score z costs where the label is y; {each}. "
        f"{_about_labels(entry)} No sum and no mean is taken.",
        equations=(entry.equation.partition(", then S")[0],),
        hints=(
            f"By hand, for the example: {shown(loss.value(z, y))}.",
            plain(entry.notes) or "Work it out for one score, then for an array.",
            "What is it at z = 800 and z = -800? Is every exponential there smaller than a float can hold? "
            "np.logaddexp and np.maximum keep an exponent below zero.",
        ),
        thing="cost",
        code=function_code("cost(z, y)", "The cost of each row in its score."),
        reference=loss.value,
        tables=_tables(loss),
        given=((z, y),),
        awkward=_far(loss, "cost"),
        whole=loss.domain.contains(2.0),
        read=READ,
    )


def _about_labels(entry: catalogue.Entry) -> str:
    return f"Labels: {entry.more['labels'].rstrip('.')}." if entry.more.get("labels") else ""


def _far(loss: losses.Loss, what: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Scores of 800, where the right answer is finite."""
    if loss.rowwise:
        z, y = np.array([[800.0, 0.0, -800.0], [-800.0, 0.0, 1.0]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    else:
        z, y = np.array([800.0, -800.0]), _given(loss)[1][:2]
    right = loss.value(z, y) if what == "cost" else loss.gradient(z, y)
    return [("Scores of 800 and -800 are no trouble.", (z, y))] if np.all(np.isfinite(right)) else []


def _gradient(name: str, loss: losses.Loss) -> Calls:
    entry = next(e for e in catalogue.find(name) if e.kind == "loss")
    z, y = _given(loss)
    return Calls(
        name=f"{name}_gradient",
        topic="losses",
        title=f"the slope of {name} in its score",
        task=f"Write `gradient(z, y)`{settings(loss)}: the slope of what each row costs with respect to its score, in "
        f"the shape of z. {_about_labels(entry)} No sum and no mean is taken.",
        equations=(entry.equation.partition(", then S")[0],),
        hints=(
            "Compare with (cost(z + h) - cost(z - h)) / 2h for h = 1e-5"
            f"{', one entry of a row at a time' if loss.rowwise else ''}; the example gives "
            f"{shown(loss.gradient(z, y))}.",
            "Which parts of the cost move with z? The label does not. Inside and outside of a corner are two cases.",
            f"On paper: {entry.derivative}.",
        ),
        thing="gradient",
        code=function_code("gradient(z, y)", "The slope of each row's cost in its score."),
        reference=loss.gradient,
        tables=_tables(loss),
        given=((z, y),),
        awkward=_far(loss, "gradient"),
        laws=() if loss.rowwise else (("It is the slope of the cost, by central differences.", _is_slope(loss)),),
        slips={
            "it is divided by the number of rows; no mean is asked for here": lambda z, y: loss.gradient(z, y) / len(z),
            "score and label are exchanged": lambda z, y: loss.gradient(y, z),
            "this is the cost, not its slope": lambda z, y: loss.value(z, y),
            **(_of_margins(loss) if "2 y - 1" in entry.equation else {}),
        },
        whole=loss.domain.contains(2.0),
        read=READ,
    )


def _of_margins(loss: losses.Loss) -> dict[str, Callable[..., Array]]:
    """Slips of costs in m = (2 y - 1) z, whose slope is (2 y - 1) times that in m."""
    return {
        "the label y stands where 2 y - 1 belongs": lambda z, y: loss.gradient(z, y) / (2 * y - 1) * y,
        "the inner derivative 2 y - 1 is left out": lambda z, y: loss.gradient(z, y) / (2 * y - 1),
    }


def _is_slope(loss: losses.Loss) -> Ask:
    def law(f: Answer, rng: Any) -> Evidence:
        z, y = _tables(loss)(rng)
        h = 1e-6
        numeric = (loss.value(z + h, y) - loss.value(z - h, y)) / (2 * h)
        gap = float(np.max(np.abs(f(z.copy(), y.copy()) - numeric) / (1 + np.abs(numeric))))
        return Evidence(gap, 1e-5, f"the largest distance from the difference of two costs is {gap:.3g}")

    return law


def _losses() -> Iterator[Exercise]:
    """One exercise for each cost, whatever total is taken of it, and one for its slope."""
    seen: list[tuple[str, dict[str, Any]]] = []
    for name, loss in losses.NAMES.items():
        kind = (type(loss).__name__, {n: v for n, v in vars(loss).items() if n != "total"})
        if kind in seen or name == "kl_divergence":
            continue
        seen.append(kind)
        name = {"l1": "absolute", "l2": "squared"}.get(name, name)
        yield _cost(name, loss)
        yield _gradient(name, loss)


def _penalties() -> Iterator[Exercise]:
    made = {"l1": penalties.L1(0.1), "l2": penalties.L2(0.1), "elastic_net": penalties.ElasticNet(0.1, 0.2)}
    w = np.array([2.0, -0.5, 0.0, 0.05])
    for name, penalty in made.items():
        entry = next(e for e in catalogue.entries() if e.kind == "penalty" and e.name == name)
        knobs = "l1, l2" if name == "elastic_net" else "strength"
        prices = (0.1, 0.2) if name == "elastic_net" else (0.1,)

        again: Callable[..., Any] = type(penalty)

        for what, words, equation in (
            ("value", "what the weights cost: one number", entry.equation),
            ("gradient", "the slope of the price for each weight, 0 at a corner", entry.equation),
            ("prox", "where the weights go when the price pulls at them: the proximal step", entry.more["prox"]),
        ):
            step = what == "prox"
            arguments = f"w, step, {knobs}" if step else f"w, {knobs}"
            example = (w, 0.5, *prices) if step else (w, *prices)

            def right(w: Array, *rest: Any, what: str = what, again: Callable[..., Any] = again) -> Any:
                if what == "prox":
                    return again(*rest[1:]).prox(w, rest[0])
                return getattr(again(*rest), what)(w)

            yield Calls(
                name=f"{name}_penalty" if what == "value" else f"{name}_penalty_{what}",
                topic="losses",
                title=f"{'the price' if what == 'value' else f'the {what} of the price'} {name} puts on weights",
                task=f"Write `{what}({arguments})`: {words}. {plain(entry.notes)}",
                equations=(equation,),
                hints=(
                    f"By hand, for w = {w.tolist()}: {shown(right(*example))}.",
                    "Each weight by itself; only the value adds them up. What happens exactly at 0?",
                    "np.sign(0) is 0."
                    if not step
                    else "A weight smaller than the pull lands on 0 and does not cross it.",
                ),
                thing=what,
                code=function_code(f"{what}({arguments})", words[:1].upper() + words[1:] + "."),
                reference=right,
                tables=lambda rng, step=step, prices=prices: (
                    np.round(rng.normal(size=5), 2),
                    *((0.5,) if step else ()),
                    *prices,
                ),
                given=(example,),
                awkward=(("Weights of exactly 0 are no trouble.", (np.zeros(3), *example[1:])),),
                read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.4",
            )


EXERCISES: list[Exercise] = [*_losses(), *_penalties()]
