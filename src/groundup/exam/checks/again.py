# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The same once more: predicting twice, learning twice with its own settings, and other kinds of the same numbers."""

from __future__ import annotations

import inspect
import random
import sys
from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.laws import MANNERS, answers, difference, goes_on, size, steady
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
CHANCE = (np.random.Generator, np.random.RandomState, random.Random)


@check("F32", "Asked twice, it gives the same answers.", needs="predict", boundary="equal", read=MANNERS)
def asked_twice(c: Candidate, rng: Any) -> Evidence:
    """A drop-out, or a batch's own mean, that is still at work when it predicts."""
    table = tables.of(c.task, rng, size(c))
    learnt = c.study(table.X, table.y, **c.short(table.X))
    ask = learnt.proba if "proba" in c.can else learnt.predict
    one, two = (np.asarray(ask(table.X)) for _ in range(2))
    changed = float(np.mean(one != two))
    words = f"{100 * changed:.3g} % of the answers changed when they were asked for again"
    return Evidence(changed, 0.0, words, "chance in predict")


def taught(c: Candidate, made: Any, X: Array, y: Array) -> Learnt:
    """The object after it has learnt with the settings that it comes with."""
    labels = y if c.task == "regression" else c.labels[y]
    np.random.seed(7)
    random.seed(7)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(7)
    result = getattr(made, c.maker.teach)(*c.shown(X, labels))
    return Learnt(c, made if hasattr(made, "predict") or result is None else result, X, c.labels)


@check(
    "F22c",
    "Learning again with the settings that it comes with does as well as a fresh one.",
    needs="estimator predict",
    boundary="1e-6; where it draws on, half of what it has learnt",
    read=MANNERS,
)
def learns_again(c: Candidate, rng: Any) -> Evidence:
    """A rate that has fallen, or a memory that is kept, makes the second training another one."""
    parameters = list(inspect.signature(getattr(c.maker.cls, c.maker.teach)).parameters.values())[3:]
    if any(p.default is p.empty and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL) for p in parameters):
        raise NotExamined("its settings are given to fit")
    if c.made_with_weights() or c.maker.default(c.maker.knobs.get("warm_start", "")):
        raise NotExamined("fit goes on from where it stands")
    if c.maker.teach != "fit" and goes_on(getattr(c.maker.cls, c.maker.teach)):
        raise NotExamined("its code says that it goes on, once there are weights")
    epochs = c.maker.default(c.maker.knobs.get("epochs", ""))
    table = tables.of(c.task, rng, size(c))
    if c.seconds_for(size(c), epochs if isinstance(epochs, int) else 0) > 1.0:
        raise NotExamined("it is slow, so that this question would take too long")
    made, other = (c.maker.unfitted({}, 3, len(c.labels)) for _ in range(2))
    fresh = answers(c, taught(c, made, table.X, table.y), table.X)
    twin = answers(c, taught(c, other, table.X, table.y), table.X)
    again = answers(c, taught(c, made, table.X, table.y), table.X)
    if not np.isfinite(fresh).all() or difference(c, twin, fresh) > 1e-9:
        raise NotExamined("with its own settings it does not arrive, or depends on chance")
    gap = difference(c, again, fresh)
    words = f"the second time an answer was {gap:.3g} off that of the first"
    inside = list(getattr(made, "__dict__", {}).values())
    inside += [part for v in inside for part in getattr(v, "__dict__", {}).values()]  # that of its loader
    drawn = any(isinstance(v, CHANCE) for v in inside) if hasattr(made, "__dict__") else True
    if not drawn:
        return Evidence(gap, 1e-6, words, "worse the second time")
    lost, whole = float(np.std(again - fresh)), float(np.std(fresh))
    return Evidence(lost, 0.5 * whole, words, "worse the second time")


@check(
    "C11b",
    "Labels of one byte (uint8) are the same as others.",
    tasks="classification multiclass",
    boundary="1e-9",
    read="NumPy, user guide: data types",
)
def labels_of_a_byte(c: Candidate, rng: Any) -> Evidence:
    """2 y - 1 of a 0 in uint8 is 255."""
    steady(c)
    if np.min(c.labels) < 0:
        raise NotExamined("its labels are below 0")
    table = tables.of(c.task, rng, size(c))
    labels = c.labels[table.y]
    plan = c.short(table.X)
    wide = c.study_as_is(table.X, labels, c.labels, **plan)
    try:
        narrow = c.study_as_is(table.X, labels.astype(np.uint8), c.labels, **plan)
    except Exception as error:
        raise NotExamined(f"it takes no labels of uint8: {error}") from None
    gap = difference(c, answers(c, narrow, table.X), answers(c, wide, table.X))
    return Evidence(gap, 1e-9, f"with labels of uint8 a probability differs by {gap:.3g}", "wraps round")


@check(
    "A12c",
    "A DataFrame and a Series whose rows have names of their own are learnt row by row.",
    boundary="1e-9",
    read="pandas, user guide: intro to data structures, alignment",
)
def rows_with_names(c: Candidate, rng: Any) -> Evidence:
    """pandas matches rows by their names, and not by their places, after a split or a shuffle."""
    pandas: Any = sys.modules.get("pandas")
    home = inspect.getmodule(getattr(c.maker, "cls", getattr(c.maker, "function", None)))
    if (
        c.frames is not None
        or pandas is None
        or not any(getattr(v, "__name__", "").startswith("pandas") for v in vars(home or c).values())
    ):
        raise NotExamined("it does not use pandas")
    steady(c)
    table = tables.of(c.task, rng, size(c))
    labels = table.y if c.task == "regression" else c.labels[table.y]
    names = rng.permutation(len(labels))
    X = pandas.DataFrame(c.with_ones(table.X), index=names, columns=[f"x{k}" for k in range(table.X.shape[1] + c.ones)])
    plain = c.study_as_is(table.X, labels)
    given = c.settings(table.X, {})
    worst, words = 0.0, "the largest difference of an answer"
    for what, rows in (("a DataFrame", X), ("an array", c.with_ones(table.X))):
        try:
            result = c.maker.learn(rows, pandas.Series(labels, index=names), given, len(c.labels))
        except Exception:
            continue  # it may want arrays
        gap = difference(c, answers(c, Learnt(c, result, table.X, c.labels), table.X), answers(c, plain, table.X))
        if not gap <= worst:
            worst, words = gap, f"with {what} and a Series whose rows are named, an answer is off by {gap:.3g}"
    return Evidence(worst, 1e-9, words, "rows by their names")


@check(
    "A16b",
    "The weights and the bias that it hands back answer for the columns as they were given.",
    tasks="regression classification",
    needs="function",
    boundary="what it standardises by is handed back too",
    read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.2",
)
def enough_to_predict(c: Candidate, rng: Any) -> Evidence:
    """Weights of standardised columns are of no use without their means and deviations."""
    if c.deviation is None:
        raise NotExamined("it does not standardise the columns")
    if "predict" in c.can or "proba" in c.can:
        raise NotExamined("it predicts by itself")
    table = tables.of(c.task, rng, size(c))
    result = c.study(table.X, table.y).result
    parts = (
        list(result.values()) if isinstance(result, dict) else list(result) if isinstance(result, tuple) else [result]
    )
    middle = table.X.mean(axis=0)
    told = any(np.size(p) >= 3 and np.allclose(np.ravel(p)[-3:], middle, rtol=1e-9) for p in map(_numbers, parts))
    words = "its weights are those of standardised columns, and neither means nor deviations are handed back"
    return Evidence(float(not told), 0.0, "means are handed back too" if told else words, "standardised weights")


def _numbers(part: Any) -> Array:
    try:
        return np.asarray(part, dtype=float)
    except (TypeError, ValueError):
        return np.zeros(0)


@check("F22d", "A second object starts with an empty history.", needs="estimator", boundary="equal", read=MANNERS)
def own_history(c: Candidate, rng: Any) -> Evidence:
    """A list on the class is one list for all of its objects: each goes on with what another has written there."""
    table = tables.of(c.task, rng, 60, c.width)
    plan = {"epochs": 20} if "epochs" in c.maker.knobs and c.mode != "exact" else {}
    c.study(table.X, table.y, **plan)
    one, two = (_lists(c.study(table.X, table.y, **plan).result) for _ in range(2))
    grown = [n for n, kept in two.items() if 0 < len(one.get(n, [])) < len(kept)]
    grown = [n for n in grown if str(two[n][: len(one[n])]) == str(one[n])]
    words = f"after the same training {grown[0]} is longer with each new object" if grown else "no list is shared"
    return Evidence(float(len(grown)), 0.0, words, "shared history" if grown else "")


def _lists(thing: Any) -> dict[str, list[Any]]:
    """What an object keeps in lists, those of its class among them, as they are now."""
    names = [*vars(type(thing)), *getattr(thing, "__dict__", {})]
    return {n: list(v) for n in names if isinstance(v := inspect.getattr_static(thing, n, None), list)}
