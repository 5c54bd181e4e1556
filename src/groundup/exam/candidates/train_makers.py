# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A function that trains, with what else its module has, as something that learns."""

from __future__ import annotations

import functools
import inspect
import re
from typing import Any

import numpy as np

from groundup.exam.candidates import (
    chained,
    reading,
    rows,
    spelling,
    started,
    tensors,
)

Array = Any
FILLED = ("columns", "classes")
NEEDED_ALL_THE_SAME = {"rate": 0.01, "epochs": 100}
"""For a function that asks for these, although its answer does not depend on them."""


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
