# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A module of PyTorch and the function that trains it, as a candidate of plain functions.

PyTorch is imported only where a candidate brings it: `train(model, X, y, learning_rate, epochs)` becomes
`train(X, y, learning_rate, epochs)`, and what it learnt is read from the module's parameters.
"""

from __future__ import annotations

import inspect
import sys
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import spelling

Array = Any
MODELS = ("model", "net", "network", "module", "nn", "mlp")
SIZES: dict[str, tuple[str, ...]] = {
    "columns": (
        "in_features",
        "n_features",
        "input_dim",
        "input_size",
        "n_inputs",
        "in_dim",
        "n_in",
        "columns",
        "d",
        "inputs",
    ),
    "hidden": ("hidden", "hidden_size", "hidden_dim", "n_hidden", "hidden_units", "width"),
    "outputs": (
        "out_features",
        "output_dim",
        "output_size",
        "n_outputs",
        "out_dim",
        "n_out",
        "n_classes",
        "num_classes",
        "classes",
        "outputs",
    ),
}


def is_module(thing: Any) -> bool:
    """Whether this is a module of PyTorch, or a class of them; without importing it."""
    torch: Any = sys.modules.get("torch")
    if torch is None:
        return False
    return isinstance(thing, torch.nn.Module) or (inspect.isclass(thing) and issubclass(thing, torch.nn.Module))


def warm_up() -> None:
    """Make an optimiser once, here: the first of a process loads much of PyTorch, which a child then inherits."""
    torch: Any = sys.modules["torch"]
    weight = torch.zeros(1, requires_grad=True)
    (weight * 1.0).sum().backward()
    torch.optim.SGD([weight], lr=1.0).step()


def used_by(thing: Any) -> bool:
    """Whether the file of a candidate has imported PyTorch."""
    torch = sys.modules.get("torch")
    if torch is None:
        return False
    parts = thing if isinstance(thing, tuple) else (thing,)
    files = [p if inspect.ismodule(p) else sys.modules.get(str(getattr(p, "__module__", ""))) for p in parts]
    names = [getattr(p, "__globals__", {}) for p in parts] + [vars(file) for file in files if file is not None]
    return any(value is torch or value is getattr(torch, "nn", torch) for own in names for value in own.values())


def is_optimiser(thing: Any) -> bool:
    """Whether this is an optimiser of PyTorch, or a class of them; without importing it."""
    torch: Any = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "optim"):
        return False
    return issubclass(thing if inspect.isclass(thing) else type(thing), torch.optim.Optimizer)


def pair(thing: Any) -> tuple[Any, Any] | None:
    """(what makes the module, what trains it), where a candidate is such a pair, or a module with both in it."""
    if "torch" not in sys.modules:
        return None
    if isinstance(thing, tuple) and len(thing) == 2 and all(callable(part) for part in thing):
        return thing
    if inspect.isclass(thing) and is_module(thing) and not hasattr(thing, "fit"):
        train = trainer_beside(thing)
        return None if train is None else (thing, train)
    if inspect.isclass(thing) or (hasattr(thing, "fit") and not inspect.ismodule(thing)):
        return None
    alone = inspect.isfunction(thing)
    if alone and spelling.plain(next(iter(spelling.parameters(thing)), "")) not in MODELS:
        return None
    named = spelling.contents(thing.__globals__ if alone else thing)
    train = thing if alone else spelling.function_of(thing, "train")
    own = [v for v in named.values() if is_module(v) and not _foreign(v)]
    makers = [v for n, v in named.items() if n in ("make_model", "make", "build_model", "create_model") and callable(v)]
    if train is None or not (own or makers):
        return None
    if [spelling.argument(name) for name in list(spelling.parameters(train))[:2]] == ["X", "y"]:
        return None  # it makes the module itself
    return (makers or own)[-1], train


def trainer_beside(cls: Any) -> Any:
    """train(model, X, y, ...) of the file in which a class stands; None where there is none."""
    file = sys.modules.get(str(getattr(cls, "__module__", "")))
    train = None if file is None else spelling.function_of(file, "train")
    names = list(spelling.parameters(train)) if inspect.isfunction(train) else []
    words = [spelling.argument(name) for name in names[1:3]]
    return train if names and spelling.plain(names[0]) in MODELS and words == ["X", "y"] else None


def unlisted(module: Any) -> dict[str, Any]:
    """Parameters of layers that a module keeps in a plain list, tuple or dict, where no optimiser finds them."""
    torch: Any = sys.modules["torch"]
    known = {id(p) for p in module.parameters()}
    found: dict[str, Any] = {}
    for part in module.modules():
        for name, kept in vars(part).items():
            inside = kept.values() if isinstance(kept, dict) else kept if isinstance(kept, list | tuple) else ()
            for k, layer in enumerate([] if name.startswith("_") else inside):
                own = list(layer.parameters()) if isinstance(layer, torch.nn.Module) else []
                own += [layer] if isinstance(layer, torch.nn.Parameter) else []
                found |= {f"{name}[{k}]" + "'" * j: p for j, p in enumerate(own) if id(p) not in known}
    return found


def _foreign(thing: Any) -> bool:
    cls = thing if inspect.isclass(thing) else type(thing)
    return inspect.isclass(thing) and cls.__module__.partition(".")[0] == "torch"


class TorchCandidate:
    """train and predict as functions of arrays; `floor` is how exact single precision lets it be."""

    def __init__(self, make: Any, train: Any, task: str):
        self.torch: Any = __import__("torch")
        self.make, self.own_train, self.task = make, train, task
        self.names = list(spelling.parameters(train))
        first = spelling.plain(self.names[0]) if self.names else ""
        self.model_name = next((n for n in self.names if spelling.plain(n) in MODELS), self.names[0] if first else "")
        self.way = 0
        self.settled = False
        self.column = True
        self.outputs = 1
        self.hidden: int | None = None
        self.floor = 0.0
        rest = [n for n in self.names if n != self.model_name]
        parameters = [spelling.parameters(train)[n] for n in rest]
        self.signature = inspect.Signature([p.replace(kind=p.POSITIONAL_OR_KEYWORD) for p in parameters])

    def as_functions(self) -> dict[str, Any]:
        """What the exam takes for a module of functions."""

        def train(*arguments: Any, **named: Any) -> Any:
            bound = self.signature.bind(*arguments, **named)
            values = list(bound.arguments.items())
            return self.train(values[0][1], values[1][1], dict(values[2:]))

        train.__name__ = getattr(self.own_train, "__name__", "train")
        train.__signature__ = self.signature  # pyright: ignore[reportFunctionMemberAccess]
        found: dict[str, Any] = {"train": train, "predict": lambda X, model: self.predict(X, model)}
        if self.task != "regression":
            found["predict_proba"] = lambda X, model: self.proba(X, model)
        return found

    def fresh(self, columns: int) -> Any:
        """A new module, in double precision where that is possible."""
        if not inspect.isroutine(self.make) and not inspect.isclass(self.make):
            import copy

            made = copy.deepcopy(self.make)
        else:
            made = self.make(**self.arguments(columns))
        return made.double() if self.way in (0, 1) else made

    def arguments(self, columns: int) -> dict[str, Any]:
        """The sizes that a fresh one must be told; none where it is a module already."""
        sizes = {"columns": columns, "outputs": self.outputs, "hidden": self.hidden}
        given: dict[str, Any] = {}
        if not inspect.isroutine(self.make) and not inspect.isclass(self.make):
            return given
        for name, parameter in spelling.parameters(self.make).items():
            word = next((w for w, s in SIZES.items() if spelling.plain(name) in s), "")
            if word and sizes[word] is not None:
                given[name] = sizes[word]
            elif parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
                given[name] = columns
        return given

    def tensors(self, model: Any, X: Array, y: Array) -> tuple[Any, Any]:
        """Rows and labels in the precision and the shape that this module wants."""
        torch, kind = self.torch, np.float64 if self.way in (0, 1) else np.float32
        rows, labels = np.array(X, dtype=kind), np.array(y)
        with torch.no_grad():
            shape = tuple(model(torch.from_numpy(rows[:2])).shape)
        if len(shape) == 2 and shape[1] > 1:
            labels = labels.astype(np.int64 if labels.ndim == 1 else kind)
        else:
            flat = len(shape) == 1 or not self.column
            labels = labels.astype(kind).ravel() if flat else labels.astype(kind).reshape(-1, 1)
        return (torch.from_numpy(rows), torch.from_numpy(labels)) if self.way in (0, 2) else (rows, labels)

    def train(self, X: Array, y: Array, settings: dict[str, Any]) -> Any:
        """Train a new module; the first way that raises nothing is kept."""
        while True:
            try:
                trained = self._train(X, y, settings)
                self.settled = True
                return trained
            except (TypeError, RuntimeError, AttributeError):
                if self.way == 3 or self.settled:
                    raise
                self.way += 1
                self.floor = 5e-3 if self.way >= 2 else 0.0

    def _train(self, X: Array, y: Array, settings: dict[str, Any]) -> Any:
        self.torch.manual_seed(7)
        model = self.fresh(np.shape(X)[1])
        rows, labels = self.tensors(model, X, y)
        names = [n for n in self.names if n != self.model_name]
        out = self.own_train(**{self.model_name: model, names[0]: rows, names[1]: labels}, **settings)
        model = (
            out
            if is_module(out)
            else next((v for v in out if is_module(v)), model)
            if isinstance(out, tuple)
            else model
        )
        return Trained(model)

    def scores(self, X: Array, trained: Any) -> Array:
        """What the module answers."""
        kind = np.float64 if self.way in (0, 1) else np.float32
        model = trained.module
        model.eval()
        with self.torch.no_grad():
            return model(self.torch.from_numpy(np.array(X, dtype=kind))).numpy().astype(float)

    def predict(self, X: Array, trained: Any) -> Array:
        """Numbers, or the likelier class."""
        if self.task == "regression":
            return self.scores(X, trained).ravel()
        p = self.proba(X, trained)
        return np.argmax(p, axis=1) if p.ndim == 2 else (p > 0.5).astype(int)

    def proba(self, X: Array, trained: Any) -> Array:
        """Probabilities: of scores, where the module gives scores."""
        z = self.scores(X, trained)
        if z.ndim == 2 and z.shape[1] > 1:
            sums = np.abs(z.sum(axis=1) - 1).max() < 1e-6 and z.min() >= 0
            e = np.exp(z - z.max(axis=1, keepdims=True))
            return z if sums else e / e.sum(axis=1, keepdims=True)
        weights = getattr(trained, "weights", None)
        if weights is not None and np.ndim(weights) == 1:
            score = np.asarray(X, dtype=float) @ weights + trained.bias
            bent = np.abs(z.ravel() - score).max() > 1e-3 * max(1.0, float(np.abs(score).max()))
        else:
            bent = "Sigmoid" in [type(m).__name__ for m in trained.module.modules()]
        return z.ravel() if bent else reference.sigmoid(z.ravel())


class Trained:
    """A trained module, with the weights and bias of a single linear layer where it is one."""

    def __init__(self, module: Any):
        self.module = module
        found = {n: v.detach().numpy().astype(float) for n, v in module.named_parameters()}
        weights = [v for n, v in found.items() if n.endswith("weight")]
        biases = [v for n, v in found.items() if n.endswith("bias")]
        if len(found) <= 2 and len(weights) == 1:
            self.weights = weights[0] if weights[0].shape[0] > 1 else weights[0].ravel()
            self.bias = (biases[0] if biases[0].size > 1 else float(biases[0][0])) if biases else 0.0
        elif len(found) <= 2:
            for name, value in found.items():
                flat = value.ravel() if value.ndim < 2 or 1 in value.shape else value
                if flat.size == 1 and hasattr(self, "weights"):
                    self.bias = float(flat[0])
                else:
                    setattr(self, "bias" if name.split(".")[-1] in ("b", "bias", "intercept") else "weights", flat)

    def named_parameters(self) -> Any:
        """Those of the module."""
        return self.module.named_parameters()
