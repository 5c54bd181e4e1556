# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""How a candidate is taught, whatever its shape: a class with fit and predict, or a function that trains."""

from __future__ import annotations

import copy
import inspect
import re
from typing import Any

import numpy as np

from groundup.errors import InputTypeError
from groundup.exam.candidates import (
    assembled,
    boxes,
    needed,
    reading,
    rows,
    spelling,
    tensors,
    worded,
)
from groundup.exam.candidates.loose import loose_settings
from groundup.exam.candidates.train_makers import FILLED, TrainMaker, says_l1, says_penalty, width

Array = Any
__all__ = ["FILLED", "EstimatorMaker", "TrainMaker", "maker", "says_l1", "says_penalty", "teaching", "width"]


def maker(thing: Any, task: str = "") -> EstimatorMaker | TrainMaker:
    """The maker for this kind of candidate. Raises InputTypeError for what can neither be fitted nor trained."""
    if hasattr(thing, "fit") and hasattr(thing, "predict") and not inspect.ismodule(thing):
        return EstimatorMaker(thing)
    if inspect.isclass(thing) and teaching(thing) and hasattr(thing, "predict"):
        return EstimatorMaker(thing)
    if inspect.isclass(thing) and next(iter(spelling.parameters(getattr(thing, "fit", None))), "") == "self":
        return EstimatorMaker(thing)
    if inspect.isfunction(thing) and makes_learners(thing):
        return EstimatorMaker(thing)
    many = spelling.trainer_of_many(thing) if task == "multiclass" and inspect.ismodule(thing) else None
    if many is not None:
        return TrainMaker(many, thing)
    if spelling.function_of(thing, "train") is not None and not inspect.isfunction(thing):
        return TrainMaker(spelling.function_of(thing, "train"), thing)
    if hasattr(thing, "fit"):
        return EstimatorMaker(thing)
    if callable(thing):
        return TrainMaker(thing, {})
    got, remedy = repr(thing), "Give one of those"
    if inspect.ismodule(thing):
        own = [n for n, v in vars(thing).items() if callable(v) and getattr(v, "__module__", "") == thing.__name__]
        got, remedy = f"a file with {', '.join(own) or 'no class and no function'}", "Name one of them, FILE.py:NAME"
    raise InputTypeError(
        f"a candidate has fit and predict, or is a function train(X, y, learning_rate, epochs), or a file with one of "
        f"these; got {got}. {remedy}."
    )


TEACH = ("fit", "train", "learn")


def teaching(thing: Any) -> str:
    """What its method that learns is called; empty where it has none.

    >>> teaching(type("Line", (), {"train": lambda self, X, y: None}))
    'train'
    """
    ways = {name: getattr(thing, name, None) for name in TEACH}
    return next((n for n, way in ways.items() if callable(way) and not _of_torch(way)), "")


def _of_torch(method: Any) -> bool:
    """Whether this is PyTorch's own `train`, which learns nothing."""
    return str(getattr(method, "__module__", "")).startswith("torch.")


def makes_learners(function: Any) -> bool:
    """Whether a function of settings only, all of which have defaults, hands back something with fit and predict."""
    wanted = spelling.parameters(function).values()
    if any(p.default is p.empty for p in wanted) or any(spelling.argument(p.name) in ("X", "y") for p in wanted):
        return False
    try:
        made = function()
    except Exception:
        return False
    return bool(teaching(made)) and hasattr(made, "predict")


class EstimatorMaker:
    """An object or a class with fit(X, y): for every study a fresh one, with the knobs that were asked for.

    Its method may be called train or learn instead, and a function may make it.
    """

    def __init__(self, thing: Any):
        self.make = thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing)
        self.thing = thing() if inspect.isfunction(thing) else thing
        self.cls: Any = self.thing if inspect.isclass(self.thing) else type(self.thing)
        self.name = getattr(thing, "__name__", self.cls.__name__)
        self.init = {
            name: parameter
            for name, parameter in spelling.parameters(self.make).items()
            if parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
        }
        self.teach = teaching(self.cls)
        self.kind: tuple[str, str] | None = None
        self.fit = list(spelling.parameters(getattr(self.cls, self.teach)))[1:]
        self.base = self._base()
        self.box = None if self.base is None else boxes.box_of(self.make, self.init, self.base)
        self.init |= {} if self.box is None else self.box.fields
        own = list(self.init) if self.base is not None else [n for n in vars(thing) if not n.endswith("_")]
        words = {n for n, _ in worded.words_of(self.cls, own) if isinstance(self.default(n), str | None)}
        prices = {n for n in words if spelling.plain(n) in (*spelling.KNOBS["l1"], *spelling.KNOBS["l2"])}
        own = [n for n in own if n not in prices]
        self.knobs = {**spelling.knobs(own), **spelling.knobs(self.fit[2:])}
        rate = spelling.knobs([*own, *self.fit[2:]]).get("rate", "")  # given when made, and the epochs to fit
        if rate and "rate" not in self.knobs:
            self.knobs = {"rate": rate, **{word: name for word, name in self.knobs.items() if name != rate}}
        self.knobs |= needed.price_by_name(self.cls, {n: p for n, p in self.init.items() if n in own}, self.knobs)
        told = f"{self.cls.__name__} {self.cls.__doc__ or ''}"
        if re.search(r"(?i)\bweighted|\bWLS\b", told):
            of_rows = [n for n in self.fit[2:] if spelling.plain(n) in ("weights", "weight")]
            self.knobs |= {"sample_weight": of_rows[0]} if of_rows else {}
        priced = "mix" in self.knobs or (not {"l1", "l2"} & self.knobs.keys() and says_penalty(told))
        if spelling.plain(self.knobs.get("rate", "")) == "alpha" and priced:
            self.knobs["l2"] = self.knobs.pop("rate")
        if "l2" in self.knobs and "l1" not in self.knobs:
            mixed = "mix" in self.knobs
            if mixed or says_l1(self.cls.__name__, self.cls.__doc__ and self.cls.__doc__.split("\n\n")[0]):
                self.knobs["l1"] = self.knobs["l2"] if mixed else self.knobs.pop("l2")
        rate = self.init.get(self.knobs.get("rate", ""))
        if rate is not None and isinstance(rate.default, str) and rate.default != "safe":
            self.knobs.pop("rate")
        for word in ("l1", "l2"):
            if isinstance(self.default(self.knobs.get(word, "")), str):
                self.knobs.pop(word)
        several = [w for w, name in self.knobs.items() if isinstance(self.default(name), list | tuple | np.ndarray)]
        self.knobs = {word: name for word, name in self.knobs.items() if word not in several}  # a grid is no number
        self.chooses = bool(several)
        self.loose = loose_settings(self.cls, self.init, self.knobs) if self.base == {} else {}
        self.knobs |= spelling.knobs(self.loose)

    def _base(self) -> dict[str, Any] | None:
        """The arguments that make the same object again; None where they cannot be seen, and it must be copied."""
        if inspect.isclass(self.thing) or inspect.isfunction(self.make):
            return {}
        if hasattr(self.thing, "get_params"):
            return dict(self.thing.get_params(deep=False))
        if all(hasattr(self.thing, name) for name in self.init):
            return {name: getattr(self.thing, name) for name in self.init}
        return None

    def unfitted(self, settings: dict[str, Any], columns: int, classes: int) -> Any:
        """A fresh one."""
        turned = {self.knobs[word]: value for word, value in settings.items() if word in self.knobs}
        if self.base is None:
            made = copy.deepcopy(self.thing)
            for name, value in turned.items():
                if name not in self.fit:
                    setattr(made, name, value)
            return made
        given = {**self.base, **{name: value for name, value in turned.items() if name in self.init}}
        for word, value in zip(FILLED, (columns, classes), strict=True):
            name = self.knobs.get(word)
            if name in self.init and self.init[name].default is inspect.Parameter.empty:
                given.setdefault(name, value)
        given = needed.filled(self.make, self.init, given, columns) if inspect.isclass(self.thing) else given
        made = self.make(**self.packed(given))
        for name, value in turned.items():
            if name in self.loose:
                setattr(made, name, value)
        return tensors.taking_arrays(made, self.teach, self.kind)

    def packed(self, given: dict[str, Any]) -> dict[str, Any]:
        """The arguments that make one: those of a box of settings are put into it."""
        return given if self.box is None or not given else self.box.packed(given)

    def needs(self, word: str) -> bool:
        """Whether its fit cannot do without this."""
        found = spelling.parameters(getattr(self.cls, self.teach)).get(self.knobs.get(word, ""))
        return found is not None and found.default is found.empty

    def names_of_settings(self) -> list[str]:
        """The names of all its settings."""
        return [*self.init, *self.fit[2:], *self.loose]

    def default(self, name: str) -> Any:
        """What this setting is where nobody sets it; None where that cannot be seen."""
        if self.base and name in self.base:
            return self.base[name]
        if name in getattr(self, "loose", {}):
            return self.loose[name]
        found: Any = self.init.get(name) or spelling.parameters(getattr(self.cls, self.teach)).get(name)
        return None if found is None or found.default is found.empty else found.default

    def learn(self, X: Array, y: Array, settings: dict[str, Any], classes: int = 2) -> Any:
        """What knows the answer after fit(X, y): usually the object itself."""
        filled = dict(zip(FILLED, (width(X), classes), strict=True)) | settings
        usual = {"sample_weight": np.ones(len(y)), "validation_rows": X, "validation_labels": y, "validation": (X, y)}
        filled = {word: value for word, value in usual.items() if self.needs(word)} | filled
        turned = {self.knobs[w]: v for w, v in filled.items() if w in self.knobs and self.knobs[w] in self.fit}
        made, result = tensors.taught(self, lambda: self.unfitted(settings, width(X), classes), X, y, turned)
        assembled.refuse_empty(made)
        shows = hasattr(made, "predict") or result is None or reading.weights_and_bias(made, width(X))[0] is not None
        return made if shows else result

    def can(self) -> set[str]:
        """What this kind of candidate can be asked."""
        can = {"estimator", *(word for word in self.knobs if word not in FILLED)}
        can |= {"predict"} if hasattr(self.cls, "predict") else set()
        can |= {"proba"} if hasattr(self.thing, "predict_proba") else set()
        can |= {"score"} if hasattr(self.cls, "score") else set()
        can |= {"l2"} if "inverse penalty" in self.knobs else set()
        return can

    def predict(self, learnt: Any, X: Array) -> Array:
        """Its own predictions."""
        return np.asarray(reading.plain(rows.row_by_row(learnt.predict, X)))

    def proba(self, learnt: Any, X: Array) -> Array:
        """Its own probabilities."""
        return np.asarray(reading.plain(rows.row_by_row(learnt.predict_proba, X)), dtype=float)
