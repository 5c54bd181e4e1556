# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A network that is put together layer by layer: one with a hidden layer is made of the layers of its file.

    model = Sequential(); model.add(Dense(5, input_dim=3)); model.compile(loss="mse"); model.fit(X, y)
    net = Network([Dense(3, 5), Tanh(), Dense(5, 1)]); net.fit(X, y)
    network = [Dense(3, 5), Tanh(), Dense(5, 1)]; train(network, mse, mse_prime, X, y)

Where its file leaves open what a part of it would be, nothing is made.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling, worded
from groundup.exam.candidates.wholes import Array, Parameter, made, named, only, plain
from groundup.exam.evidence import NotExamined

HIDDEN = 5
LISTS = ("layers", "layer_list", "network", "modules")
DENSE = re.compile(r"dense|linear|fullyconnected|affine|^fc|fc(layer)?$")
INTO = (
    "input_dim",
    "input_size",
    "n_in",
    "in_features",
    "n_inputs",
    "input_shape",
    "inputs",
    "in_dim",
    "fan_in",
    "in_size",
)
OUT = (
    *("units", "n_units", "output_size", "n_out", "out_features", "n_outputs", "output_dim", "neurons", "n_neurons"),
    *("outputs", "out_dim", "fan_out", "out_size", "size", "num_neurons"),
)
KINDS = ("tanh", "sigmoid", "relu")
AHEAD = ("predict", "forward", "__call__", "feedforward", "forward_propagation")
TEACH = ("fit", "train", "learn")
SET_UP = ("compile", "use", "configure", "set_loss", "set")
LOSSES = (
    "mse",
    "mean_squared_error",
    "meansquarederror",
    "mseloss",
    "mse_loss",
    "squaredloss",
    "squarederror",
    "squared_error",
)
LOSS = ("loss", "loss_fn", "loss_function", "criterion", "cost", "error", "loss_func", "objective")
SLOPE = ("loss_prime", "loss_derivative", "loss_grad", "d_loss", "loss_gradient", "error_prime", "dloss", "grad_loss")
OPTIMISERS = ("optimizer", "optimiser", "optim", "opt")


def holds(thing: Any) -> bool:
    """Whether a class learns with layers that it is given, all at once or one by one."""
    if not inspect.isclass(thing) or not _first(thing, TEACH):
        return False
    every = spelling.parameters(thing).values()
    several = any(p.kind is p.VAR_POSITIONAL for p in every)
    return several or bool(_list(thing)) or (inspect.isfunction(getattr(thing, "add", None)) and not _required(thing))


def refuse_empty(made: Any) -> None:
    """Raise NotExamined where an object still waits for its layers to be added."""
    if inspect.isfunction(getattr(type(made), "add", None)) and any(getattr(made, n, None) == [] for n in LISTS):
        raise NotExamined("its layers are added to it one by one, and its file leaves open which those are")


def assembled(module: Any) -> Any:
    """The class that the layers of a file make together; None where it holds none, or not what they need."""
    own = {n: v for n, v in vars(module).items() if getattr(v, "__module__", "") == module.__name__}
    classes = [v for v in own.values() if inspect.isclass(v)]
    classes = [c for c in classes if not any(c in other.__mro__[1:] for other in classes)]
    dense = only([c for c in classes if DENSE.search(_bare(c)) and _sizes(c)])
    holder = only([c for c in classes if holds(c)]) or _trainer(own)
    bend = None if dense is None else next(_bends(own, dense), None)
    if dense is None or holder is None or bend is None:
        return None
    try:
        return _Plan(own, holder, dense, bend).whole()
    except _LeftOpenError:
        return None


class _LeftOpenError(Exception):
    """An argument could be anything."""


class _Plan:
    """What is made of the parts: their arguments become settings of the whole."""

    def __init__(self, own: Mapping[str, Any], holder: Any, dense: Any, bend: Callable[..., Any]):
        self.own, self.holder, self.dense, self.bend = own, holder, dense, bend
        self.is_class = inspect.isclass(holder)
        self.teach = getattr(holder, _first(holder, TEACH)) if self.is_class else holder
        self.set_up = [f for n in SET_UP if self.is_class and inspect.isfunction(f := getattr(holder, n, None))]
        self.steps = only([c for c in own.values() if inspect.isclass(c) and _bare(c) == "sgd"])
        self.settings: dict[str, Parameter] = {}

    def whole(self) -> Any:
        """The class. Raises _LeftOpenError where an argument is needed that is not known."""
        for function in (
            *([self.holder] if self.is_class else []),
            *self.set_up,
            self.teach,
            *filter(None, [self.steps]),
        ):
            for parameter in plain(function).values():
                self._value(parameter, {}, None)
                word = _knob(parameter.name)
                if word and word not in map(_knob, self.settings):
                    self.settings[parameter.name] = parameter
        if not {"rate", "epochs"} <= {*map(_knob, self.settings)}:
            raise _LeftOpenError
        try:
            self._model(3, {"n_outputs": 1, "n_hidden": HIDDEN})
        except Exception:
            raise _LeftOpenError from None  # its layers may be sizes
        settings = [*self.settings.values(), Parameter("n_outputs", Parameter.KEYWORD_ONLY, default=1)]
        settings += [Parameter("n_hidden", Parameter.KEYWORD_ONLY, default=HIDDEN)]
        call = f"{self.holder.__name__} of {self.dense.__name__}(...) and layers between"
        parts = [self.holder, self.dense, *(type(layer) for layer in self.bend())]
        return made(f"{self.holder.__name__}Net", parts, call, settings, self._learn)

    def _learn(self, given: dict[str, Any], X: Array, y: Array) -> Any:
        problem: Exception | None = None
        for shaped in FORMS:
            try:
                return self._learn_as(shaped, given, X, y)
            except (ValueError, TypeError, IndexError) as error:
                problem = problem or error
        assert problem is not None
        raise problem

    def _learn_as(self, shaped: Callable[[Array], Array], given: dict[str, Any], X: Array, y: Array) -> Any:
        model, layers = self._model(np.shape(X)[-1], given)
        teach = getattr(model, self.teach.__name__) if self.is_class else self.teach
        teach(**self._filled(self.teach, given, layers, shaped(X), shaped(y)))

        def answer(table: Array) -> Array:
            said = self._answered(model, shaped(table))
            if said.size != len(table) * given["n_outputs"]:
                raise ValueError(f"{len(table)} rows got an answer of shape {said.shape}")
            return said.reshape(len(table), -1)

        answer(X)
        return answer, {"layers": [layer for layer in layers if isinstance(layer, self.dense)]}

    def _model(self, columns: int, given: Mapping[str, Any]) -> tuple[Any, list[Any]]:
        """A fresh one, ready to learn, and its layers."""
        layers = self._layers(columns, given)
        if not self.is_class:
            return layers, layers
        several = any(p.kind is p.VAR_POSITIONAL for p in spelling.parameters(self.holder).values())
        model = self.holder(*layers) if several else self.holder(**self._filled(self.holder, given, layers))
        for layer in [] if several or _list(self.holder) else layers:
            model.add(layer)
        for function in self.set_up:
            getattr(model, function.__name__)(**self._filled(function, given, layers))
        return model, layers

    def _layers(self, columns: int, given: Mapping[str, Any]) -> list[Any]:
        wide = int(given["n_hidden"])
        outputs = int(given["n_outputs"])
        return [self._dense(0, columns, wide), *self.bend(), self._dense(1, wide, outputs)]

    def _dense(self, place: int, into: int, out: int) -> Any:
        found, sizes = dict[str, Any](), _sizes(self.dense)
        for name, parameter in plain(self.dense).items():
            bare = spelling.plain(name)
            if name in sizes:
                size = into if sizes[name] == "into" else out
                found[name] = (size,) if bare == "input_shape" else size
            elif bare in ("seed", "random_state"):
                found[name] = place + 1
            elif bare == "rng":
                found[name] = np.random.default_rng(place + 1)
            elif parameter.default is parameter.empty:
                raise _LeftOpenError
        return self.dense(**found)

    def _answered(self, model: Any, table: Array) -> Array:
        if self.is_class:
            return np.asarray(getattr(model, _first(self.holder, AHEAD))(table))
        return np.stack([np.asarray(self.own["predict"](model, row)) for row in table])

    def _filled(self, function: Any, given: Mapping[str, Any], layers: Sequence[Any], *table: Array) -> dict[str, Any]:
        chosen = {p.name: self._value(p, given, layers, *table) for p in plain(function).values()}
        return {name: value for name, value in chosen.items() if value is not Parameter.empty}

    def _value(self, parameter: Parameter, given: Mapping[str, Any], layers: Any, *table: Array) -> Any:
        """What an argument is given; Parameter.empty where its default does."""
        name, bare = parameter.name, spelling.plain(parameter.name)
        if name in given:
            return given[name]
        word = spelling.argument(name)
        if bare in LISTS:
            return layers
        if word in ("X", "y"):
            return table[word == "y"] if table else None
        if _knob(name):
            return next((given[n] for n in given if _knob(n) == _knob(name)), Parameter.empty)
        if parameter.default is not parameter.empty and parameter.default is not None:
            return Parameter.empty
        loss, slope = _losses(self.own)
        if bare in LOSS and loss is not None:
            return loss() if inspect.isclass(loss) else loss
        if bare in SLOPE and slope is not None:
            return slope
        if bare in (*LOSS, *OPTIMISERS):
            said = [value for _, value in worded.words_of(self.holder, [name])]
            if bare in OPTIMISERS and self.steps is not None:
                return self.steps(**self._filled(self.steps, given, layers))
            word = next((w for w in said if w in (*LOSSES, "sgd")), "")
            if word:
                return word
        if parameter.default is parameter.empty:
            raise _LeftOpenError
        return Parameter.empty


def _knob(name: str) -> str:
    """The exam's word for a setting of training; empty for any other argument."""
    found = {**spelling.knobs([name, "epochs"]), **spelling.knobs([name])}
    return next((w for w, n in found.items() if n == name and w in ("rate", "epochs", "batch", "shuffle")), "")


def _each(columns: bool) -> Callable[[Array], Array]:
    """Every row, or label, as a table of one row or of one column."""
    return lambda table: np.reshape(table, (len(table), -1, 1) if columns else (len(table), 1, -1))


FORMS = (lambda table: table, _each(columns=False), _each(columns=True))


def _bare(thing: Any) -> str:
    return thing.__name__.lower().replace("_", "")


def _first(cls: Any, names: Sequence[str]) -> str:
    return next((n for n in names if inspect.isfunction(getattr(cls, n, None))), "")


def _required(function: Any) -> list[str]:
    return [n for n, p in plain(function).items() if p.default is p.empty]


def _list(cls: Any) -> str:
    return named(plain(cls), LISTS)


def _sizes(cls: Any) -> dict[str, str]:
    """Which of its arguments say how wide a layer is on either side; by their order where their names do not."""
    given = plain(cls)
    found = {n: "into" for n in given if spelling.plain(n) in INTO} | {
        n: "out" for n in given if spelling.plain(n) in OUT
    }
    if "out" in found.values():
        return found
    needed = _required(cls)
    return dict(zip(needed, ("into", "out"), strict=True)) if len(needed) == 2 else {}


def _bends(own: Mapping[str, Any], dense: Any) -> Iterator[Callable[[], list[Any]]]:
    """Ways to make the layer between: Tanh(), Activation("tanh"), ActivationLayer(tanh, tanh_prime)."""
    classes = {_bare(c): c for c in own.values() if inspect.isclass(c) and c is not dense}
    for kind in KINDS:
        alone = next(
            (c for n, c in classes.items() if n.removesuffix("activation").removesuffix("layer") == kind), None
        )
        if alone is not None and not _required(alone):
            yield functools.partial(_one, alone)
        for cls in (c for n, c in classes.items() if n.startswith("activation")):
            needed = _required(cls)
            if len(needed) == 1 and re.search(rf"[\"']{kind}[\"']", inspect.getsource(cls)):
                yield functools.partial(_one, cls, kind)
            slope = next(
                (own[f"{kind}_{end}"] for end in ("prime", "derivative", "grad") if f"{kind}_{end}" in own), None
            )
            if len(needed) == 2 and kind in own and slope is not None:
                yield functools.partial(_one, cls, own[kind], slope)


def _one(cls: Any, *given: Any) -> list[Any]:
    return [cls(*given)]


def _losses(own: Mapping[str, Any]) -> tuple[Any, Any]:
    """(a squared error, its slope) of a file, as functions; or a class of both and None."""
    plainly = {spelling.plain(n).replace("_", ""): v for n, v in own.items() if callable(v)}
    for name in (n.replace("_", "") for n in LOSSES):
        if name in plainly:
            slopes = (f"{name}prime", f"{name}derivative", f"d{name}", f"{name}grad", f"{name}gradient")
            return plainly[name], next((plainly[s] for s in slopes if s in plainly), None)
    return None, None


def _trainer(own: Mapping[str, Any]) -> Any:
    """train(network, ..., X, y), with predict(network, row) beside it."""
    both = [own.get(n) for n in ("train", "predict")]
    if not all(map(inspect.isfunction, both)):
        return None
    first = [next(iter(spelling.parameters(f)), "") for f in both]
    return both[0] if all(spelling.plain(n) in LISTS for n in first) else None
