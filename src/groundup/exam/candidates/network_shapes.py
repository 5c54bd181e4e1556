# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""What shape a network comes in: a class with fit or train, functions, or a module of PyTorch; and how it is taught."""

from __future__ import annotations

import copy
import functools
import inspect
import re
from typing import Any

import numpy as np

from groundup.errors import InputTypeError
from groundup.exam.candidates import inner_rates, network_knobs, rows, spelling, torch_models
from groundup.exam.candidates.layers import layers, widths, without_histories
from groundup.exam.evidence import NotExamined

Array = Any
AHEAD = (
    "predict_proba",
    "forward",
    "feedforward",
    "feed_forward",
    "forward_propagation",
    "forward_pass",
    "forward_prop",
)
"""What a way forward is called."""
WORDS = ("mlp", "neural", "network", "multilayer", "nnet", "backprop")


def is_network(thing: Any) -> bool:
    """Whether this is a network with hidden layers: by its name, by a size of them, or by its modules."""
    both = torch_models.pair(thing)
    if both is not None:
        return _deep(both[0])
    if inspect.isfunction(thing):
        return bool(network_knobs.knobs(list(spelling.parameters(thing))[2:]).keys() & {"hidden", "sizes"})
    cls = thing if inspect.isclass(thing) else type(thing)
    if hasattr(cls, "fit") or callable(getattr(cls, "train", None)):
        name = cls.__name__.lower()
        names = spelling.parameters(cls)
        knobs = {word for word, own in network_knobs.knobs(list(names)).items() if names[own].default is not None}
        return any(w in name for w in WORDS) or _a_net(name) or bool(knobs & {"hidden", "sizes"})
    train = None if inspect.isclass(thing) else spelling.function_of(thing, "train")
    return train is not None and (is_network(train) or FunctionShape(thing).starts_deep())


def holds_layers(thing: Any) -> bool:
    """Whether this is a class that is given its layers: what it learns is in them, and they are asked by themselves."""
    return inspect.isclass(thing) and any(p.kind is p.VAR_POSITIONAL for p in spelling.parameters(thing).values())


def _deep(make: Any) -> bool:
    candidate = torch_models.TorchCandidate(make, lambda model, X, y: None, "regression")
    try:
        made = candidate.fresh(3)
        return sum(p.ndim == 2 for p in (*made.parameters(), *torch_models.unlisted(made).values())) > 1
    except Exception:
        return False


class Shape:
    """What every kind of network has: knobs, `learn` -> what knows the answer, and `output` -> what it answers."""

    def __init__(self, thing: Any):
        self.thing = thing
        self.knobs: dict[str, str] = {}
        self.outputs = 1
        self.turned = False

    def fresh(self, columns: int) -> Any:
        """What holds its weights before it has learnt anything; None where that cannot be had."""

    @functools.cached_property
    def sizes(self) -> tuple[int, int]:
        """(columns, outputs) of the weights of a fresh one; 3 and 0 where those are not seen, or can be chosen."""
        try:
            for columns in (3, *widths(self.fresh(3))):
                found = layers(self.fresh(columns), columns)
                if found is not None:
                    return columns, found[-1][0].shape[1]
        except Exception:
            pass  # it is made while it learns
        return 3, 0

    def fill(self, columns: int, names: Any) -> dict[str, Any]:
        """Sizes that must be given."""
        sizes = {"columns": columns, "outputs": self.outputs, "hidden": 6, "sizes": [columns, 6, self.outputs]}
        found: dict[str, Any] = {}
        for word, value in sizes.items():
            name = self.knobs.get(word, "")
            if name in names and (
                names[name].default in (inspect.Parameter.empty, None) or word in ("columns", "outputs", "sizes")
            ):
                found[name] = value
        return found


class ClassShape(Shape):
    """A class, or an object, with fit or train."""

    def __init__(self, thing: Any):
        super().__init__(thing)
        self.cls: Any = thing if inspect.isclass(thing) else type(thing)
        self.every = spelling.parameters(self.cls)
        self.init = {n: p for n, p in self.every.items() if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)}
        self.teach = next((n for n in ("fit", "train", "learn") if callable(getattr(self.cls, n, None))), "")
        if not self.teach:
            raise InputTypeError(f"a network has fit or train; {self.cls.__name__} has neither. Give it one of them.")
        self.fit = list(spelling.parameters(getattr(self.cls, self.teach)))[1:]
        self.base: dict[str, Any] | None = {} if inspect.isclass(thing) else None
        self.loose: dict[str, str] = {}
        if not inspect.isclass(thing) and hasattr(thing, "get_params"):
            self.base = dict(thing.get_params(deep=False))
        self.knobs = {**network_knobs.knobs(list(self.init)), **network_knobs.knobs(self.fit[2:])}
        default = self.init[self.knobs["rate"]].default if self.knobs.get("rate") in self.init else 0.0
        if isinstance(default, str) and "learning_rate_init" in self.init:
            self.knobs["rate"] = "learning_rate_init"
        self.solver: str | None = None
        self.loose = self._loose() if self.base == {} else {}
        self.knobs |= self.loose

    def _loose(self) -> dict[str, str]:
        """Its rate and its epochs where they are attributes that a method reads, and no arguments."""
        missing = {"rate", "epochs"} - self.knobs.keys()
        try:
            made = vars(self.made(3, {})) if missing else {}
        except Exception:
            return {}
        methods = [f for n, f in vars(self.cls).items() if inspect.isfunction(f) and n != "__init__"]
        read = {name for f in methods for name in f.__code__.co_names}
        numbers = [n for n, v in made.items() if type(v) in (int, float) and len(n) > 1 and n in read]
        return {word: name for word, name in network_knobs.knobs(numbers).items() if word in missing}

    def fresh(self, columns: int) -> Any:
        """One that has learnt nothing yet."""
        return self.thing if self.base is None else self.made(columns, {})

    def made(self, columns: int, settings: dict[str, Any]) -> Any:
        """A fresh one."""
        turned = {self.knobs[w]: v for w, v in settings.items() if w in self.knobs}
        if self.base is None:
            made = copy.deepcopy(self.thing)
            for name, value in turned.items():
                if name not in self.fit and hasattr(made, name):
                    setattr(made, name, value)
            return made
        given = {**self.base, **{n: v for n, v in turned.items() if n in self.init}}
        given |= {n: v for n, v in self.fill(columns, self.init).items() if self.base.get(n) is None}
        made = self.cls(**given)
        for name in self.loose.values():
            if name in turned:
                setattr(made, name, turned[name])
        return made

    def learn(self, X: Array, y: Array, settings: dict[str, Any]) -> Any:
        """The object after its fit or train."""
        made = self.made(X.shape[0 if self.turned else 1], settings)
        turned = {self.knobs[w]: v for w, v in settings.items() if w in self.knobs and self.knobs[w] in self.fit}
        turned |= rows.to_validate(getattr(self.cls, self.teach), X, y, settings.get("validation"))
        out = getattr(made, self.teach)(X, y, **turned)
        columns = X.shape[0 if self.turned else 1]
        shows = out is None or layers(made, columns) is not None or layers(out, columns) is None
        return made if shows else out

    def output(self, X: Array, learnt: Any) -> Any:
        """Probabilities, or what comes out of it."""
        for name in (*AHEAD, "predict", "__call__"):
            if hasattr(learnt, name):
                said = getattr(learnt, name)(X)
                return (
                    said if name != "predict" or np.asarray(said).dtype.kind == "f" else self._numbers(X, learnt, said)
                )
        raise NotExamined("it has neither forward nor predict")

    def _numbers(self, X: Array, learnt: Any, said: Any) -> Any:
        """Where predict answers with classes: what the only other method of rows says that answers with numbers."""
        own = {n: f for n, f in vars(self.cls).items() if inspect.isfunction(f) and not n.startswith("_")}
        needs = {n: [p.name for p in spelling.parameters(f).values() if p.default is p.empty] for n, f in own.items()}
        some = [n for n, names in needs.items() if len(names) == 2 and n not in ("predict", self.teach)]
        found: dict[str, Any] = {}
        for name in some:
            try:
                answer = np.asarray(getattr(learnt, name)(X))
            except Exception:
                continue
            if answer.dtype.kind == "f" and answer.ndim and len(answer) == len(X):
                found[name] = answer
        return next(iter(found.values())) if len(found) == 1 else said

    def predict(self, X: Array, learnt: Any) -> Any:
        """Of its predict."""
        if not hasattr(learnt, "predict"):
            raise NotExamined("it has no predict")
        return learnt.predict(X)

    @property
    def name(self) -> str:
        """The class's."""
        return self.cls.__name__


class FunctionShape(Shape):
    """train(X, y, ...) -> parameters, with forward or predict beside it; for PyTorch's modules too."""

    def __init__(self, thing: Any, torch: Any = None):
        super().__init__(thing)
        self.torch = torch
        self.train = inner_rates.with_rate(thing if inspect.isfunction(thing) else spelling.function_of(thing, "train"))
        if self.train is None:
            raise InputTypeError(f"a network has fit or train; got {thing!r}. Give a class, or a module with train.")
        self.names = spelling.parameters(self.train)
        self.knobs = network_knobs.knobs(list(self.names)[2:])
        contents = spelling.contents(thing.__globals__ if inspect.isfunction(thing) else thing)
        self.plain = plain = {spelling.plain(n): v for n, v in contents.items() if callable(v)}
        self.own_predict = plain.get("predict")
        self.ahead = next((plain[n] for n in AHEAD if n in plain), None) or self._forward(plain) or self.own_predict

    @property
    def name(self) -> str:
        """What is trained."""
        return getattr(self.train, "__name__", "train")

    def fresh(self, columns: int) -> Any:
        """What the function makes that starts, where it is told nothing."""
        starts = [f for n, f in self.plain.items() if n.startswith("init") and inspect.isfunction(f)]
        needed = [p for f in starts for p in spelling.parameters(f).values() if p.default is p.empty]
        return starts[0]() if self.torch is None and len(starts) == 1 and not needed else None

    def starts_deep(self) -> bool:
        """Whether what starts makes the weights of several layers."""
        columns, _ = self.sizes
        return len(layers(self.fresh(columns), columns) or ()) > 1

    def learn(self, X: Array, y: Array, settings: dict[str, Any]) -> Any:
        """What the function returns."""
        if self.torch is not None:
            self.torch.outputs = self.outputs
            self.torch.hidden = None
        given = {self.knobs[w]: v for w, v in settings.items() if w in self.knobs}
        given |= self.fill(X.shape[0 if self.turned else 1], self.names)
        given |= rows.to_validate(self.train, X, y, settings.get("validation"))
        return self.train(X, y, **given)

    def output(self, X: Array, learnt: Any) -> Any:
        """Of forward, or of predict."""
        if self.torch is not None:
            return self.torch.scores(X, learnt)
        if self.ahead is None:
            raise NotExamined("it has neither forward nor predict")
        return self._asked(self.ahead, X, learnt)

    def predict(self, X: Array, learnt: Any) -> Any:
        """Of predict."""
        if self.torch is not None or self.own_predict is None:
            raise NotExamined("it has no predict")
        return self._asked(self.own_predict, X, learnt)

    @staticmethod
    def _forward(plain: dict[str, Any]) -> Any:
        """The only function whose name speaks of a way forward, and that needs rows and parameters only."""
        some = [f for n, f in plain.items() if re.search("forward|feed", n) and inspect.isfunction(f)]
        some = [f for f in some if sum(p.default is p.empty for p in spelling.parameters(f).values()) == 2]
        return some[0] if len(some) == 1 else None

    def _asked(self, function: Any, X: Array, learnt: Any) -> Any:
        learnt = without_histories(learnt)
        function = rows.without_labels(function, np.zeros((1, X.shape[1]) if self.turned else len(X)))
        names = list(spelling.parameters(function))
        needed = [n for n, p in spelling.parameters(function).items() if p.default is p.empty]
        quiet = {
            own: network_knobs.QUIET[word]
            for word, own in network_knobs.knobs(names[2:]).items()
            if word in ("dropout", "keep")
        }
        if isinstance(learnt, tuple) and (2 < len(learnt) == len(names) - 1 or 1 < len(learnt) == len(needed) - 1):
            return function(X, *learnt) if spelling.argument(names[0]) == "X" else function(*learnt, X)
        first = (names and spelling.argument(names[0]) in ("w", "b")) or names[:1] in (["params"], ["parameters"])
        given = learnt[0] if isinstance(learnt, tuple) and isinstance(learnt[0], dict) else learnt
        return function(given, X, **quiet) if first else function(X, given, **quiet)


def shape_of(thing: Any, torch: Any = None) -> Shape:
    """The adapter for this shape of network."""
    if torch is not None:
        return FunctionShape(torch.as_functions(), torch)
    if inspect.ismodule(thing):
        return FunctionShape(thing)
    teaches = not inspect.isroutine(thing) and callable(getattr(type(thing), "train", None))
    return ClassShape(thing) if inspect.isclass(thing) or hasattr(thing, "fit") or teaches else FunctionShape(thing)


def _a_net(name: str) -> bool:
    """Whether a name ends in net and means a network: an elastic net has no layers."""
    return name.endswith("net") and not name.endswith(("elasticnet", "enet"))
