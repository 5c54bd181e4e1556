# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Cross-validation of a file: cross_val_score(model, X, y) and its kin, asked with labels that nothing can tell.

The exam brings the model, which knows every row that it has seen by heart, and the selection of columns. Labels are
coins: whoever does better than a coin has looked at the rows that it tests.
"""

from __future__ import annotations

import inspect
from typing import Any, ClassVar

import numpy as np

from groundup.exam import boundary
from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, P, check

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 7.10.2: the wrong way to cross-validate"
MODELS = ("model", "estimator", "clf", "learner", "reg", "regressor", "classifier")
SELECTORS = ("selector", "selection", "feature_selector", "transformer", "preprocessor")
SETS, ROWS, WIDE, KEPT = 12, 60, 300, 5


class ByHeart:
    """The label of the nearest row that was seen."""

    def fit(self, X: Array, y: Array) -> ByHeart:
        """Remember them all."""
        self.X, self.y = np.asarray(X), np.asarray(y)
        return self

    def predict(self, X: Array) -> Array:
        """Of a row that was seen, its own label."""
        gaps = ((np.asarray(X)[:, None, :] - self.X[None, :, :]) ** 2).sum(axis=2)
        return self.y[gaps.argmin(axis=1)]

    def score(self, X: Array, y: Array) -> float:
        """The share of hits."""
        return float(np.mean(self.predict(X) == np.asarray(y)))


class Centres(ByHeart):
    """The label whose rows have their middle nearest."""

    def predict(self, X: Array) -> Array:
        """1 on the side of the middle of the rows with a 1."""
        zero, one = (self.X[self.y == label].mean(axis=0) for label in (0, 1))
        return (np.asarray(X) @ (one - zero) > (one + zero) @ (one - zero) / 2).astype(float)


class Known(ByHeart):
    """Answers that are given beforehand, whatever it learns."""

    def __init__(self, X: Array, answers: Array):
        self.X, self.answers = X, answers

    def fit(self, X: Array, y: Array) -> Known:
        """Nothing is learnt."""
        return self

    def predict(self, X: Array) -> Array:
        """The answer for the nearest row."""
        gaps = ((np.asarray(X)[:, None, :] - self.X[None, :, :]) ** 2).sum(axis=2)
        return self.answers[gaps.argmin(axis=1)]


class Selection:
    """The few columns that follow the labels most closely."""

    def fit(self, X: Array, y: Array) -> Selection:
        """By the correlation with the labels."""
        Z, t = np.asarray(X) - np.mean(X, axis=0), np.asarray(y) - np.mean(y)
        self.kept = np.argsort(-np.abs(Z.T @ t) / np.sqrt((Z * Z).sum(axis=0)))[:KEPT]
        return self

    def transform(self, X: Array) -> Array:
        """These columns only."""
        return np.asarray(X)[:, self.kept]

    def fit_transform(self, X: Array, y: Array) -> Array:
        """Both."""
        return self.fit(X, y).transform(X)


def kind_of(thing: Any) -> str:
    """ "folds" for a function that is called for cross-validation and takes a model, X and y; else nothing.

    >>> kind_of(lambda model, X, y: 0)
    ''
    """
    if not inspect.isfunction(thing) or "cross_val" not in thing.__name__.lower().replace("crossval", "cross_val"):
        return ""
    names = list(spelling.parameters(thing))
    words = [spelling.argument(name) for name in names]
    return "folds" if {"X", "y"} <= set(words) and any(spelling.plain(name) in MODELS for name in names) else ""


class CrossValidation(Asked):
    """The function, and how to call it."""

    LACKS: ClassVar = {"selector": "it takes no selection of columns"}

    def __init__(self, thing: Any):
        super().__init__()
        self.thing = thing
        self.names = {spelling.plain(name): name for name in spelling.parameters(thing)}
        self.selector = next((self.names[word] for word in SELECTORS if word in self.names), "")
        self.can |= {"selector"} if self.selector else set()

    def told(self, learner: Any, X: Array, y: Array, **more: Any) -> float:
        """The mean of what it tells of the folds."""
        words = {spelling.argument(name): name for name in spelling.parameters(self.thing)}
        model = next(self.names[word] for word in MODELS if word in self.names)
        found = self.thing(**{model: learner, words["X"]: X, words["y"]: y, **more})
        found = found.get("test_score", found) if isinstance(found, dict) else found
        values = np.asarray(found, dtype=float)
        if values.size == 0 or not np.all(np.isfinite(values)):
            raise NotExamined("it tells no numbers of the folds")
        return float(values.mean())


def coins(rng: Any, columns: int) -> tuple[Array, Array]:
    """Rows, and labels that have nothing to do with them."""
    return rng.normal(size=(ROWS, columns)), rng.integers(0, 2, ROWS).astype(float)


def ends(c: CrossValidation, rng: Any) -> tuple[float, float]:
    """What it tells where every answer is wrong, and where every one is right; half of each must be half way."""
    X, y = coins(rng, 3)
    right = rng.permutation(ROWS)
    found = [c.told(Known(X, np.where(right < n, y, 1 - y)), X, y) for n in (0, ROWS // 2, ROWS)]
    bad, half, good = found
    if good == bad or not abs((half - bad) / (good - bad) - 0.5) < 0.1:
        raise NotExamined("what it tells is no share of hits, and no R²")
    return bad, good


def no_better_than_a_coin(c: CrossValidation, learner: Any, rng: Any, columns: int, **more: Any) -> Evidence:
    """Half of the way from all wrong to all right, over twelve sets of 60 rows.

    Hits of neighbours hang together by pairs at most, so that the bounds are those of half as many coins. R² divides by
    the spread of each fold, and is lower where that is small: it has no lower bound.
    """
    bad, good = ends(c, rng)
    told = [(c.told(learner, X, y, **more) - bad) / (good - bad) for X, y in (coins(rng, columns) for _ in range(SETS))]
    hits, half = float(np.mean(told)), SETS * ROWS // 2
    low, high = (side / half for side in boundary.binomial(half, 0.5, P))
    low = -np.inf if bad < -1.5 else low
    words = f"on labels that nothing can tell it finds {100 * hits:.3g} % right, where a half is chance"
    return Evidence(hits, (low, high), words, "too good" if hits > high else "")


@check(
    "C10",
    "Cross-validation tells of rows that were not learnt from: on labels of chance it finds chance.",
    boundary="binomial, two-sided",
    false_alarm=P,
    read=READ,
)
def unseen_rows(c: CrossValidation, rng: Any) -> Evidence:
    """The model knows every row by heart."""
    return no_better_than_a_coin(c, ByHeart(), rng, 3)


@check(
    "C10b",
    "Columns are selected from the rows that are learnt from, fold by fold.",
    needs="selector",
    boundary="binomial, two-sided",
    false_alarm=P,
    read=READ,
)
def selected_inside(c: CrossValidation, rng: Any) -> Evidence:
    """The best 5 of 300 columns of chance, chosen with the labels of the tested rows, seem to tell those."""
    return no_better_than_a_coin(c, Centres(), rng, WIDE, **{c.selector: Selection()})


QUESTIONS: list[Check] = [unseen_rows, selected_inside]
