# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A network as the exam sees it: its layers before and after so many epochs, and what it answers.

A class with fit or train, functions around a dict of parameters, or a module of PyTorch with its training function.
The step of one epoch with all rows in one batch is in proportion to the learning rate, so two rates tell the start and
the gradient, whatever the candidate shows of itself.
"""

from __future__ import annotations

import copy
import inspect
import random
import sys
from typing import Any

import numpy as np

from groundup.errors import InputTypeError
from groundup.exam import network_book as book
from groundup.exam.candidates import spelling, torch_models
from groundup.exam.candidates.layers import layers
from groundup.exam.evidence import NotExamined

Array = Any
CLASSES = 3
KNOBS: dict[str, tuple[str, ...]] = {
    "rate": ("learning_rate", "lr", "learning_rate_init", "eta", "eta0", "alpha", "rate", "step_size"),
    "epochs": (*spelling.KNOBS["epochs"],),
    "batch": (*spelling.KNOBS["batch"],),
    "seed": (*spelling.KNOBS["seed"],),
    "hidden": (
        "hidden",
        "hidden_size",
        "n_hidden",
        "hidden_dim",
        "hidden_units",
        "hidden_layer_sizes",
        "n_h",
        "hidden_nodes",
        "hidden_neurons",
        "num_hidden",
        "hidden_layers",
        "hidden_sizes",
        "nhidden",
        "h",
    ),
    "sizes": (
        "layers",
        "layer_sizes",
        "sizes",
        "layer_dims",
        "layers_dims",
        "architecture",
        "topology",
        "dims",
        "structure",
        "units",
    ),
    "columns": (*torch_models.SIZES["columns"], "n_x", "input_nodes", "num_inputs", "ninput", "n_input", "input"),
    "outputs": (*torch_models.SIZES["outputs"], "n_y", "output_nodes", "num_outputs", "n_output", "output", "k"),
    "solver": ("solver", "optimizer", "optimiser"),
    "momentum": ("momentum",),
    "nesterov": ("nesterovs_momentum", "nesterov"),
    "l2": ("l2", "alpha", "weight_decay", "lam", "lambda", "reg", "lambd", "l2_reg"),
    "l1": ("l1",),
    "tolerance": ("tol", "tolerance"),
    "shuffle": ("shuffle",),
    "dropout": ("dropout", "dropout_rate", "p_drop"),
    "standardise": ("standardise", "standardize", "normalize", "normalise"),
    "patience": ("n_iter_no_change",),
    "verbose": ("verbose", "print_cost", "print_loss"),
}
QUIET: dict[str, Any] = {
    **{"momentum": 0.0, "nesterov": False, "l2": 0.0, "l1": 0.0, "tolerance": 0.0, "shuffle": False, "dropout": 0.0},
    **{"standardise": False, "patience": 10**6, "seed": 7, "verbose": False},
}
WORDS = ("mlp", "neural", "network", "multilayer", "nnet", "backprop", "ann")


def is_network(thing: Any) -> bool:
    """Whether this is a network with hidden layers: by its name, by a size of them, or by its modules."""
    both = torch_models.pair(thing)
    if both is not None:
        return _deep(both[0])
    if inspect.isfunction(thing):
        return bool(_knobs(list(spelling.parameters(thing))[2:]).keys() & {"hidden", "sizes"})
    cls = thing if inspect.isclass(thing) else type(thing)
    if hasattr(cls, "fit") or callable(getattr(cls, "train", None)):
        name = cls.__name__.lower()
        return any(word in name for word in WORDS) or bool(
            _knobs(list(spelling.parameters(cls))).keys() & {"hidden", "sizes"}
        )
    train = spelling.function_of(thing, "train")
    return train is not None and is_network(train) if not inspect.isclass(thing) else False


def _deep(make: Any) -> bool:
    candidate = torch_models.TorchCandidate(make, lambda model, X, y: None, "regression")
    try:
        return sum(p.ndim == 2 for p in candidate.fresh(3).parameters()) > 1
    except Exception:
        return False


def _knobs(names: list[str]) -> dict[str, str]:
    given = {spelling.plain(name): name for name in names}
    found: dict[str, str] = {}
    for word, spellings in KNOBS.items():
        name = next((given[s] for s in spellings if s in given and given[s] not in found.values()), None)
        if name is not None:
            found[word] = name
    return found


class Shape:
    """What every kind of network has: knobs, `learn` -> what knows the answer, and `output` -> what it answers."""

    def __init__(self, thing: Any):
        self.thing = thing
        self.knobs: dict[str, str] = {}
        self.outputs = 1

    def fill(self, columns: int, names: Any) -> dict[str, Any]:
        """Sizes that must be given."""
        sizes = {"columns": columns, "outputs": self.outputs, "hidden": 6, "sizes": [columns, 6, self.outputs]}
        found: dict[str, Any] = {}
        for word, value in sizes.items():
            name = self.knobs.get(word, "")
            if name in names and (
                names[name].default is inspect.Parameter.empty or word in ("columns", "outputs", "sizes")
            ):
                found[name] = value
        return found


class ClassShape(Shape):
    """A class, or an object, with fit or train."""

    def __init__(self, thing: Any):
        super().__init__(thing)
        self.cls: Any = thing if inspect.isclass(thing) else type(thing)
        self.init = {
            n: p for n, p in spelling.parameters(self.cls).items() if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
        }
        self.teach = next((n for n in ("fit", "train", "learn") if callable(getattr(self.cls, n, None))), "")
        if not self.teach:
            raise InputTypeError(f"a network has fit or train; {self.cls.__name__} has neither. Give it one of them.")
        self.fit = list(spelling.parameters(getattr(self.cls, self.teach)))[1:]
        self.base: dict[str, Any] | None = {} if inspect.isclass(thing) else None
        if not inspect.isclass(thing) and hasattr(thing, "get_params"):
            self.base = dict(thing.get_params(deep=False))
        self.knobs = {**_knobs(list(self.init)), **_knobs(self.fit[2:])}
        default = self.init[self.knobs["rate"]].default if self.knobs.get("rate") in self.init else 0.0
        if isinstance(default, str) and "learning_rate_init" in self.init:
            self.knobs["rate"] = "learning_rate_init"
        self.solver: str | None = None

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
        return self.cls(**given)

    def learn(self, X: Array, y: Array, settings: dict[str, Any]) -> Any:
        """The object after its fit or train."""
        made = self.made(X.shape[1], settings)
        turned = {self.knobs[w]: v for w, v in settings.items() if w in self.knobs and self.knobs[w] in self.fit}
        out = getattr(made, self.teach)(X, y, **turned)
        return made if layers(made, X.shape[1]) is not None or out is None else out

    def output(self, X: Array, learnt: Any) -> Any:
        """Probabilities, or what comes out of it."""
        for name in (
            "predict_proba",
            "forward",
            "feedforward",
            "feed_forward",
            "forward_propagation",
            "forward_pass",
            "predict",
            "__call__",
        ):
            if hasattr(learnt, name):
                return getattr(learnt, name)(X)
        raise NotExamined("it has neither forward nor predict")

    @property
    def name(self) -> str:
        """The class's."""
        return self.cls.__name__


class FunctionShape(Shape):
    """train(X, y, ...) -> parameters, with forward or predict beside it; for PyTorch's modules too."""

    def __init__(self, thing: Any, torch: Any = None):
        super().__init__(thing)
        self.torch = torch
        self.train = thing if inspect.isfunction(thing) else spelling.function_of(thing, "train")
        if self.train is None:
            raise InputTypeError(f"a network has fit or train; got {thing!r}. Give a class, or a module with train.")
        self.names = spelling.parameters(self.train)
        self.knobs = _knobs(list(self.names)[2:])
        contents = {} if inspect.isfunction(thing) else spelling.contents(thing)
        plain = {spelling.plain(n): v for n, v in contents.items() if callable(v)}
        order = (
            "predict_proba",
            "forward",
            "forward_propagation",
            "forward_pass",
            "feedforward",
            "forward_prop",
            "predict",
        )
        self.ahead = next((plain[n] for n in order if n in plain), None)

    @property
    def name(self) -> str:
        """What is trained."""
        return getattr(self.train, "__name__", "train")

    def learn(self, X: Array, y: Array, settings: dict[str, Any]) -> Any:
        """What the function returns."""
        if self.torch is not None:
            self.torch.outputs = self.outputs
            self.torch.hidden = None
        given = {self.knobs[w]: v for w, v in settings.items() if w in self.knobs}
        given |= self.fill(X.shape[1], self.names)
        return self.train(X, y, **given)

    def output(self, X: Array, learnt: Any) -> Any:
        """Of forward, or of predict."""
        if self.torch is not None:
            return self.torch.scores(X, learnt)
        if self.ahead is None:
            raise NotExamined("it has neither forward nor predict")
        names = list(spelling.parameters(self.ahead))
        first = (names and spelling.argument(names[0]) in ("w", "b")) or names[:1] in (["params"], ["parameters"])
        given = learnt[0] if isinstance(learnt, tuple) and isinstance(learnt[0], dict) else learnt
        return self.ahead(given, X) if first else self.ahead(X, given)


class Network:
    """A network that can be asked: one epoch at a rate, many epochs, what it answers, and how it is made."""

    task = "network"

    def __init__(self, thing: Any, kind: str = ""):
        both = torch_models.pair(thing)
        self.torch = torch_models.TorchCandidate(*both, "regression") if both else None
        if self.torch is not None:
            self.shape: Any = FunctionShape(self.torch.as_functions(), self.torch)
        elif (
            inspect.isclass(thing)
            or hasattr(thing, "fit")
            or (not inspect.isroutine(thing) and callable(getattr(type(thing), "train", None)))
        ):
            self.shape = ClassShape(thing)
        else:
            self.shape = FunctionShape(thing)
        self.can = {"network"}
        self.conventions: dict[str, str] = {}
        self.kind, self.one_hot, self.column = kind, False, False
        self.start: book.Layers = []
        self.activation = self.end = self.loss = ""
        self.factor = 1.0
        self.adaptive = False
        self.rate = 0.1
        name = self.shape.name.lower()
        self.says = "regression" if "regress" in name else "classification" if "classif" in name else ""
        if not {"rate", "epochs"} <= self.shape.knobs.keys():
            raise NotExamined("a network needs a learning rate and epochs that can be set")
        _find_out(self)

    @property
    def floor(self) -> float:
        """How far apart two right answers may be: single precision."""
        return self.torch.floor if self.torch is not None else 0.0

    def lacks(self, word: str) -> str:
        """Why it cannot be asked for this."""
        return {
            "steps": "its steps are not in proportion to the learning rate, or depend on chance",
            "layers": "its weights and biases could not be read",
            "output": "its answers could not be explained by its weights",
        }.get(word, f"it has no {word}")

    def rows(self, rng: Any, n: int) -> tuple[Array, Array]:
        """Rows and targets (n, outputs) of its kind."""
        X = rng.normal(size=(n, self.columns)) * 0.9 + 0.2
        if self.kind == "multiclass":
            codes = np.concatenate([np.arange(CLASSES), rng.integers(0, CLASSES, n)])[:n]
            return X, np.eye(CLASSES)[rng.permutation(codes)]
        if self.kind == "classification":
            return X, rng.permutation((np.arange(n) % 2).astype(float))[:, None]
        y = rng.normal(size=(n, 1)) + 0.5 if self.says == "regression" else rng.uniform(0.1, 0.9, (n, 1))
        return X, y

    @property
    def columns(self) -> int:
        """As many as an object that is already made wants; else 3."""
        if isinstance(self.shape, ClassShape) and self.shape.base is None:
            for d in range(1, 12):
                if layers(self.shape.thing, d) is not None:
                    return d
        return 3

    def study(self, X: Array, y: Array, rate: float, epochs: int, **more: Any) -> Any:
        """Teach a fresh one; `y` is (n, outputs)."""
        settings = {**QUIET, "batch": len(X), **more, "rate": rate, "epochs": epochs}
        if getattr(self.shape, "solver", None):
            settings["solver"] = self.shape.solver
        np.random.seed(settings["seed"])
        random.seed(settings["seed"])
        if "torch" in sys.modules:
            sys.modules["torch"].manual_seed(settings["seed"])
        return self.shape.learn(X.copy(), self.shown(y), settings)

    def shown(self, y: Array) -> Array:
        """Targets as this candidate wants them."""
        if self.kind == "multiclass":
            return y.copy() if self.one_hot else np.argmax(y, axis=1)
        flat = y[:, 0].astype(int) if self.kind == "classification" and not self.column else y[:, 0].copy()
        return y.copy() if self.column else flat

    def layers(self, learnt: Any) -> book.Layers:
        """Its layers; NotExamined where they cannot be read."""
        found = layers(learnt, self.columns)
        if found is None:
            raise NotExamined("its weights and biases could not be read")
        return found

    def output(self, X: Array, learnt: Any) -> Array:
        """(n, outputs): numbers, probabilities, or scores."""
        out = self.shape.output(X.copy(), learnt)
        wide = CLASSES if self.kind == "multiclass" else 1
        parts = list(out) if isinstance(out, tuple | list) else [out]
        if isinstance(out, dict):
            parts = list(out.values())
        found = [np.asarray(p, dtype=float) for p in parts if np.ndim(p) in (1, 2) and len(p) == len(X)]
        right = [p for p in found if (p.ndim == 2 and p.shape[1] == wide) or (p.ndim == 1 and wide == 1)]
        if right:
            return right[-1].reshape(len(X), wide)
        if self.kind == "classification" and found and found[-1].ndim == 2 and found[-1].shape[1] == 2:
            return found[-1][:, 1:]
        raise NotExamined(f"{len(X)} rows got an answer of another shape than ({len(X)}, {wide})")

    def path(self, X: Array, y: Array, rate: float, epochs: int) -> book.Layers:
        """Its layers after so many epochs."""
        return self.layers(self.study(X, y, rate, epochs))


def network(thing: Any, kind: str = "") -> Network:
    """The network, ready to be asked, with its conventions found out."""
    return Network(thing, kind)


def _find_out(c: Network) -> None:
    """The kind of targets, their shape, and whether a step is a start and a gradient."""
    kinds = (
        [c.kind]
        if c.kind
        else {"classification": ["classification", "multiclass"], "regression": ["regression"]}.get(
            c.says, ["regression", "classification", "multiclass"]
        )
    )
    problem: Exception | None = None
    for kind in kinds:
        for column in (True, False) if isinstance(c.shape, FunctionShape) or not _estimator(c) else (False, True):
            for solver in _solvers(c):
                c.kind, c.column, c.one_hot = kind, column, column
                c.shape.outputs = CLASSES if kind == "multiclass" else 1
                if c.torch is not None:
                    c.torch.task, c.torch.column, c.torch.way, c.torch.settled = kind, column, 0, False
                if isinstance(c.shape, ClassShape):
                    c.shape.solver = solver
                try:
                    if _works(c):
                        return
                except NotExamined as reason:
                    problem = problem or reason
                except Exception as error:
                    problem = error if problem is None or isinstance(problem, NotExamined) else problem
    if problem is not None:
        raise problem
    raise NotExamined("it could not be taught with numbers, two classes or three")


def _estimator(c: Network) -> bool:
    return hasattr(c.shape.cls, "get_params")


def _solvers(c: Network) -> list[str | None]:
    name = c.shape.knobs.get("solver")
    init = getattr(c.shape, "init", {})
    if name not in init or not isinstance(init[name].default, str):
        return [None]
    return ["sgd", "gradient_descent", "gd", None]


def _works(c: Network) -> bool:
    """Whether it learns this kind of targets, and from where; sets its start."""
    X, y = c.rows(np.random.default_rng(21), 17)
    learnt = [c.study(X, y, k * c.rate, 1) for k in (1, 2, 4)]
    out = c.output(X, learnt[0])
    if not np.all(np.isfinite(out)):
        raise NotExamined("its answers are not finite numbers")
    one, two, four = (c.layers(one) for one in learnt)
    if any(len(part) != len(one) for part in (two, four)) or len(one) < 2:
        raise NotExamined("it has no hidden layer")
    a, b, d = (book.flat(part) for part in (one, two, four))
    start, step = 2 * a - b, (a - b) / c.rate
    again = book.flat(c.layers(c.study(X, y, c.rate, 1)))
    if not np.array_equal(again, a) and c.floor == 0.0:
        c.conventions["training"] = "it depends on chance even with one seed, so its steps are not judged"
        return True
    loose = max(1e-7, 10 * c.floor)
    c.can |= {"layers"}
    c.start = [(2 * V - W, 2 * p - q) for (V, p), (W, q) in zip(one, two, strict=True)]
    if np.abs(d - start - 4 * (a - start)).max() > loose * max(1.0, float(np.abs(d).max())):
        c.conventions["training"] = (
            "its first step is not in proportion to the learning rate, so its steps are not judged"
        )
        return True
    sizes = np.abs(step[np.abs(step) > 1e-12])
    if sizes.size and sizes.size > 5 and np.ptp(sizes) < 1e-3 * sizes.max():
        c.adaptive = True
        c.conventions["training"] = "its first step has one length for all parameters, as Adam's has"
        return True
    c.can |= {"steps"}
    return True
