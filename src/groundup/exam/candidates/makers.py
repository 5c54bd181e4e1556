# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""How a candidate is taught, whatever its shape: a class with fit and predict, or a function that trains."""

from __future__ import annotations

import copy
import functools
import inspect
import re
from typing import Any

import numpy as np

from groundup.errors import InputTypeError
from groundup.exam.candidates import (
    assembled,
    boxes,
    chained,
    needed,
    reading,
    rows,
    spelling,
    started,
    tensors,
    worded,
)
from groundup.exam.candidates.loose import loose_settings

Array = Any
FILLED = ("columns", "classes")
NEEDED_ALL_THE_SAME = {"rate": 0.01, "epochs": 100}
"""For a function that asks for these, although its answer does not depend on them."""


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


class TrainMaker:
    """A function train(X, y, learning_rate, epochs) -> (weights, bias), with what else its module has."""

    def __init__(self, function: Any, module: Any):
        function = started.training(function)
        self.function, self.module = function, module
        self.name = getattr(function, "__name__", "train")
        names = [n for n, p in spelling.parameters(function).items() if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
        self.names = names
        self.touched: list[str] = []
        self.histories: set[int] = set()
        self.kind: tuple[str, str] | None = None
        self.knobs = spelling.knobs(names[2:])
        if "c" in names[2:] and "classes" not in self.knobs and self.default("c") is None:
            self.knobs["classes"] = "c"  # a price has a default
        for word, name in zip(("rate", "epochs"), names[2:4], strict=False):
            taken = name in self.knobs.values() or self.starting(name) or rows.other_rows(name)
            if word not in self.knobs and not taken:
                self.knobs[word] = name
        of_one = "l2" in self.knobs and not {"l1", "mix"} & self.knobs.keys()
        if of_one and says_l1(self.name, (function.__doc__ or "").split("\n\n")[0]):
            self.knobs["l1"] = self.knobs.pop("l2")
        self._predict = None if module == {} else spelling.function_of(module, "predict")
        self._proba = None if module == {} else spelling.function_of(module, "proba")
        self.link = chained.link_of(module, [f for f in (self._predict, self._proba) if f is not None])

    @staticmethod
    def starting(name: str) -> str:
        """Whether this argument wants start weights (w), a start bias (b), or a function of the module."""
        bare = (
            spelling.plain(name)
            .removesuffix("_in")
            .removesuffix("_init")
            .removeprefix("init_")
            .removeprefix("initial_")
        )
        if bare in ("w", "weights", "theta", "thetas", "params", "parameters", "beta", "coefficients"):
            return "w"
        if bare in ("b", "bias"):
            return "b"
        return {"cost_function": "cost", "gradient_function": "gradient"}.get(spelling.plain(name), "")

    def names_of_settings(self) -> list[str]:
        """The names of all its settings."""
        return self.names[2:]

    def default(self, name: str) -> Any:
        """What this setting is where nobody sets it; None where that cannot be seen."""
        found = spelling.parameters(self.function).get(name)
        return None if found is None or found.default is found.empty else found.default

    def learn(self, X: Array, y: Array, settings: dict[str, Any], classes: int = 2) -> Any:
        """What the function returns."""
        if self.link is None:
            return self._learn(X, y, settings, classes)
        ready, kept = self.link.ready(X)
        learnt = self._learn(ready, y, settings, classes)
        self.link.remember(learnt, kept)
        return learnt

    def _learn(self, X: Array, y: Array, settings: dict[str, Any], classes: int) -> Any:
        given = {self.knobs[word]: value for word, value in settings.items() if word in self.knobs}
        filled = dict(zip(FILLED, (width(X), classes), strict=True))
        given |= {self.knobs[word]: value for word, value in filled.items() if word in self.knobs}
        unused = {self.knobs[word]: value for word, value in NEEDED_ALL_THE_SAME.items() if word in self.knobs}
        given = {name: value for name, value in unused.items() if self.default(name) is None} | given
        for name in self.names[2:]:
            start = self.starting(name)
            if start and name not in given:
                given[name] = {
                    "w": lambda: np.zeros(width(X)),
                    "b": lambda: 0.0,
                    "cost": lambda: spelling.function_of(self.module, "cost"),
                    "gradient": lambda: spelling.function_of(self.module, "gradient"),
                }[start]()
        given = {**rows.of_a_test(self.function, X, y), **given}
        starts = {n: v.copy() for n, v in given.items() if self.starting(n) == "w" and hasattr(v, "copy")}
        result = tensors.called(self, X, y, given)
        self.touched = [n for n, v in starts.items() if not np.array_equal(v, given[n])]
        return self.without_histories(result)

    def without_histories(self, result: Any) -> Any:
        """What it returns, without the parts that grow with the epochs: of one epoch they look like a bias."""
        if not self.histories or not isinstance(result, tuple):
            return result
        kept = [part for k, part in enumerate(result) if k not in self.histories]
        return kept[0] if len(kept) == 1 else tuple(kept)

    def can(self) -> set[str]:
        """What this kind of candidate can be asked."""
        can = {word for word in self.knobs if word not in FILLED} | {"function"}
        can |= {"predict"} if self._predict is not None else set()
        can |= {"proba"} if self._proba is not None else set()
        can |= {
            w for w in ("gradient", "cost") if self.module != {} and spelling.function_of(self.module, w) is not None
        }
        return can

    @staticmethod
    def closures(answer: Any) -> dict[str, Any]:
        """The functions that a training hands back, as predict and proba by their names; a single one is predict."""
        inside = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, tuple) else (answer,)
        found = {f.__name__: f for f in inside if inspect.isfunction(f)}
        proba = [f for name, f in found.items() if "prob" in name]
        rest = [f for name, f in found.items() if f not in proba and (len(found) == 1 or "predict" in name)]
        return {word: some[0] for word, some in (("predict", rest), ("proba", proba)) if len(some) == 1}

    def predict(self, learnt: Any, X: Array) -> Array:
        """predict(X, weights, bias) of the module, or what the training handed back."""
        if self._predict is None:
            return np.asarray(reading.plain(self.closures(learnt)["predict"](X)))
        answer: Any = self._call(self._predict, learnt, X)
        several = isinstance(answer, tuple) and len(answer) > 1 and np.shape(answer[0])[:1] == (len(X),)
        return np.asarray(reading.plain(next(iter(answer)) if several else answer))  # and what made them

    def proba(self, learnt: Any, X: Array) -> Array:
        """predict_proba(X, weights, bias) of the module, or what the training handed back."""
        if self._proba is None:
            return np.asarray(reading.plain(self.closures(learnt)["proba"](X)), dtype=float)
        return np.asarray(reading.plain(self._call(self._proba, learnt, X)), dtype=float)

    def _call(self, function: Any, learnt: Any, X: Array) -> Any:
        if self.link is not None and not isinstance(function, functools.partial):
            told, own = self.link.told(function, learnt, X)
            return self._call(told, learnt, own)
        parts = learnt if isinstance(learnt, tuple) else (learnt,)
        names = [n for n, p in spelling.parameters(function).items() if p.default is p.empty]
        single = next((n for n in names if spelling.plain(n) in rows.ONE_ROW), "")
        if single and np.ndim(X) == 2:
            return np.array([reading.plain(self._call(function, learnt, row)) for row in np.asarray(X)])
        given = {"X": X, "w": parts[0], "b": parts[1] if len(parts) > 1 else None}
        words = [spelling.argument(name) for name in names]
        if "X" in words and "w" in words:
            return function(
                **{n: given[w] for n, w in zip(names, words, strict=True) if w in given and given[w] is not None}
            )
        place = words.index("X") if "X" in words else names.index(single) if single else 0
        rest = len(names) - 1
        # One argument for all that was learnt is often the whole answer of the training, and often its first part.
        given = [(learnt,), parts[:1]] if rest == 1 and len(parts) > 1 and not _is_array(parts[0]) else [parts[:rest]]
        for way in given[:-1]:
            try:
                return function(*way[:place], X, *way[place:])
            except (TypeError, AttributeError, ValueError, IndexError, KeyError):
                continue
        return function(*given[-1][:place], X, *given[-1][place:])


def _is_array(part: Any) -> bool:
    return hasattr(part, "shape") and not hasattr(part, "named_parameters")


def width(X: Any) -> int:
    """How many columns there are; a vector is one."""
    return int(np.shape(X)[1]) if np.ndim(X) > 1 else 1


def says_penalty(told: str) -> bool:
    """Whether a name or a docstring tells of a penalty and of no learning rate, so that an alpha is its price.

    >>> says_penalty("LassoCD: 1/(2n) ||y - Xw||^2 + alpha ||w||_1"), says_penalty("Ridge by gradient descent")
    (True, False)
    """
    rate = r"(?i)learning.?rate|step.?size|gradient"
    return bool(re.search(r"(?i)lasso|ridge|elastic|penal|regulari[sz]", told)) and not re.search(rate, told)


def says_l1(*told: str | None) -> bool:
    """Whether a name or a docstring says that its one penalty is that of the lasso.

    >>> says_l1("Lasso: ||y - Xw||_2^2 + alpha ||w||_1"), says_l1("||y - Xw||_2^2 + a ||w||_1 + b ||w||_2^2")
    (True, False)
    """
    words = re.sub(r"\|[^|]*-[^|]*\|\|_2\^2", "", " ".join(word for word in told if word).lower())  # the misses
    return bool(re.search(r"lasso|\|_1\b|l1\b|absolute", words)) and not re.search(r"ridge|elastic|l2\b|\|_2\^2", words)
