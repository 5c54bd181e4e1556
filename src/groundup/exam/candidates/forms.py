# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""In which form a candidate wants its rows and labels, and where it keeps its bias."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import reading, spelling, ways
from groundup.exam.candidates.facade import Candidate
from groundup.exam.candidates.learnt import Learnt
from groundup.exam.candidates.scales import ROWS, angle
from groundup.exam.evidence import NotExamined

Array = Any
COLUMNS, CLASSES = 3, 4


def _has_no_bias(c: Candidate) -> bool:
    """Whether neither its words, its settings nor the names in its code know of a bias."""
    if "estimator" not in c.can or "intercept" in c.can or c.says(r"bias|intercept|constant"):
        return False
    methods = [f for f in vars(c.maker.cls).values() if inspect.isfunction(f)]
    used = {name for f in methods for name in (*f.__code__.co_names, *f.__code__.co_varnames)}
    strange = {"ones", "ones_like", "c_", "insert", "mean", "hstack", "column_stack", "concatenate"}
    appended = any(re.search(r"np\.append|numpy\.append", source_of(f)) for f in methods)
    return not used & strange and not appended and not any(spelling.plain(name) in spelling.BIASES for name in used)


def source_of(function: Any) -> str:
    """The text of a function; empty where there is none to be had."""
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def rows(task: str) -> tuple[Array, Array]:
    """A small table on which conventions show: columns off centre, not one like another."""
    rng = np.random.default_rng(20)
    X = rng.normal(size=(ROWS, COLUMNS)) * [1.0, 1.4, 0.8] + [0.5, -0.4, 0.9]
    z = X @ [1.0, -0.7, 0.5] + 0.8
    if task == "regression":
        return X, z + rng.normal(size=ROWS) + 2.0
    if task == "classification":
        return X, (rng.random(ROWS) < reference.sigmoid(z / 2)).astype(int)
    return X, rng.integers(0, CLASSES, ROWS)


def shape(c: Candidate, X: Array, y: Array, **settings: Any) -> None:
    """Does a function that returns as many numbers as columns want a column of ones in X?"""
    try:
        found = c.study(X, y, **settings).result
    except Exception:
        if not (_wants_frames(c, X, y, settings) or _wants_labels_in_a_column(c, X, y, settings)):
            if _samples_are_columns(c, X, y, settings):
                return
            if "labels" in c.conventions or c.task != "classification":
                raise
            c.labels, c.conventions["labels"] = np.array([-1, 1]), "two classes are -1 and 1"
        found = c.study(X, y, **settings).result
    if "function" in c.can:
        c.can |= {*c.maker.closures(found)}
    if c.task == "multiclass":
        _many_without_bias(c, found, X.shape[1])
        return
    if _tells_its_history(c, X, y, found, settings):
        found = c.study(X, y, **settings).result
    columns = X.shape[1]
    weights, bias = reading.weights_and_bias(found, columns)
    if weights is None or (bias is not None and weights.size == columns):
        return
    if weights.size == columns and _has_no_bias(c):
        c.ones, c.bias_place = True, "first"
        c.conventions["bias"] = "it has none of its own: it was given a column of ones, whose weight is the bias"
    elif "function" in c.can and weights.size == columns:
        c.ones, c.bias_place = True, "first"
        c.conventions["bias"] = "X gets a column of ones, and the first weight is the bias"
    elif weights.size == columns + 1:
        c.bias_place = _place_of_bias(c, X, y, np.ravel(weights), settings)
        c.conventions["bias"] = f"the {c.bias_place} weight is the bias"
        if bias is not None and bias.size == 1 and np.any(bias):
            c.two_biases = True
            c.conventions["bias"] = f"the {c.bias_place} weight and the bias are added up"


def _many_without_bias(c: Candidate, found: Any, columns: int) -> None:
    """Weights of many classes, where neither words nor code know of a bias: the caller brings a column of ones."""
    weights, bias = reading.weights_and_bias(found, columns)
    if weights is None or bias is not None or reading.as_matrix(weights, columns, CLASSES) is None:
        return
    if reading.rows_of(found, CLASSES):
        return  # biases by another name
    if weights.size == columns * CLASSES and _has_no_bias(c):
        c.ones, c.bias_place = True, "first"
        c.conventions["bias"] = "it has none of its own: it was given a column of ones, whose weights are the biases"


def _tells_its_history(c: Candidate, X: Array, y: Array, found: Any, settings: dict[str, Any]) -> bool:
    """Whether a part of what a function returns is as long as its epochs are many: no bias, but losses."""
    if "function" not in c.can or settings.get("epochs") != 1 or not isinstance(found, tuple):
        return False
    longer = c.study(X, y, **{**settings, "epochs": 3}).result
    if not isinstance(longer, tuple) or len(longer) != len(found):
        return False
    both = enumerate(zip(found, longer, strict=True))
    c.maker.histories = {k for k, (a, b) in both if np.shape(a)[:1] == (1,) and np.shape(b)[:1] == (3,)}
    return bool(c.maker.histories)


def wants_a_vector(c: Candidate, X: Array, y: Array) -> bool:
    """Whether it learns a line from one column as a vector, and not a plane from three columns."""
    if c.task != "regression" or c.torch is not None:
        return False

    def slopes(rows: Array) -> int:
        """How many slopes it finds, where it answers each of these rows; 0 where it refuses them, -1 where unknown."""
        try:
            learnt = c.study(rows, y, rate=1e-3, epochs=1)
            found = reading.weights_and_bias(learnt.result, rows.shape[1])[0]
            shown = np.asarray(c.maker.predict(learnt.result, c.with_ones(rows))) if "predict" in c.can else y
        except Exception:
            return 0
        if shown.size == len(rows):
            return rows.shape[1]
        return -1 if found is None or found.size == 1 else rows.shape[1]

    if slopes(X) > 0:
        return False
    c.width = 1
    c.conventions["rows"] = "it takes one column, as a vector"
    if slopes(X[:, :1]) > 0:
        return True
    c.width = 3
    del c.conventions["rows"]
    return False


def _wants_frames(c: Candidate, X: Array, y: Array, settings: dict[str, Any]) -> bool:
    """Whether it learns from a DataFrame and a Series of pandas, where those are installed, and from no arrays."""
    try:
        c.frames = importlib.import_module("pandas")
        c.study(X, y, **settings)
    except Exception:
        c.frames = None
        return False
    c.conventions["rows"] = "it takes a DataFrame and a Series of pandas, and no arrays"
    return True


def _wants_labels_in_a_column(c: Candidate, X: Array, y: Array, settings: dict[str, Any]) -> bool:
    """Whether it learns from labels of shape (n, 1), and answers each row, where those of shape (n,) were refused."""
    c.y_column = True
    try:
        answered = np.size(c.study(X, y, **settings).predict(X)) == len(X)
    except Exception:
        answered = False
    c.y_column = answered
    if answered:
        c.conventions["y"] = "it needs y as a column, of shape (n, 1)"
    return answered


def _samples_are_columns(c: Candidate, X: Array, y: Array, settings: dict[str, Any]) -> bool:
    """Whether it learns from X with its rows for columns; then that is how it is given."""
    c.turned = True
    try:
        learnt = c.study(X, y, **settings)
        found = learnt.result
        np.asarray(learnt.predict(X) if "predict" in c.can else found, dtype=object)
    except Exception:
        c.turned = False
        return False
    c.conventions["rows"] = "each column of X is a sample"
    weights, _ = reading.weights_and_bias(found, COLUMNS)
    if weights is not None and weights.size == COLUMNS + 1 and c.task != "multiclass":
        c.bias_place = _place_of_bias(c, X, y, np.ravel(weights), settings)
    return True


def _place_of_bias(c: Candidate, X: Array, y: Array, weights: Array, settings: dict[str, Any]) -> str:
    """Is the first of these numbers the bias, or the last? Its predictions tell, else its first step."""
    orders = {"first": np.concatenate([weights[1:], weights[:1]]), "last": weights}
    if "predict" in c.can and c.task == "regression":
        shown = c.study(X, y, **settings).predict(X)
        return min(orders, key=lambda o: float(np.abs(reference.with_bias(X) @ orders[o] - shown).sum()))
    g = reference.gradient(c.task, np.zeros(X.shape[1] + 1), X, ways.targets(c, y))
    best = g if settings else -reference.optimum(c.task, X, ways.targets(c, y))
    return min(orders, key=lambda o: angle(orders[o], -best))


def exact_labels(c: Candidate, X: Array, y: Array, learnt: Learnt) -> Learnt:
    """What it learnt with labels 0 and 1, or with -1 and 1, where only those bring it to the likeliest weights."""
    best = reference.optimum(c.task, X, y.astype(float))

    def near(one: Learnt) -> bool:
        try:
            return bool(np.allclose(one.theta, best, rtol=1e-3, atol=1e-4))
        except NotExamined:
            return True

    if near(learnt):
        return learnt
    before, c.labels = c.labels, np.array([-1, 1])
    try:
        other = c.study(X, y)
        if near(other):
            c.conventions["labels"] = "two classes are -1 and 1"
            return other
    except Exception:
        pass
    c.labels = before
    return learnt


def wants_minus_one(c: Candidate, X: Array, y: Array, rate: float, one: Array, two: Array) -> bool:
    """Labels -1 and 1, if the step fits a gradient with those and not with 0 and 1."""
    if c.task != "classification" or "labels" in c.conventions:
        return False
    g = reference.gradient(c.task, 2 * one - two, X, y.astype(float))
    if angle((two - one) / rate, -g) < 1e-4:
        return False
    c.labels = np.array([-1, 1])
    try:
        pair = [ways.parameters(c, c.study(X, y, rate=k * rate, epochs=1)) for k in (1.0, 2.0)]
    except Exception:
        pair = [one, two]
    if angle((pair[1] - pair[0]) / rate, -g) < 1e-4:
        c.conventions["labels"] = "two classes are -1 and 1"
        return True
    c.labels = np.array([0, 1])
    return False
