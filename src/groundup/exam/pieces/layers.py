# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Layers of a file, each by itself: what goes backward is the slope of what goes forward.

    forward(X) and backward(slope of what comes out) -> slope of what goes in, and its parameters' slopes

Both are compared with central differences of the candidate's own forward pass. A common factor of the slopes of its
parameters, 1/n, is a convention. Where a layer is told whether somebody trains, it is asked both ways.
"""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from groundup.exam import own_errors
from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 6.5: back-propagation"
ROWS, IN, OUT = 5, 4, 3
RATE = 0.25
"""A power of two, so that a step divided by it is the slope but for its last digits."""
DROPS = ("keep_prob", "dropout", "rate", "p", "drop_prob", "dropout_rate", "drop_rate", "prob", "keep", "drop")
DROP = 0.4
NAMED = ("name", "activation", "activation_name", "function", "kind")
"""What an argument is called that says which activation a layer has."""
BOXES = ("params", "parameters", "weights", "p")
SLOPE_BOXES = ("grads", "gradients", "grad", "g", "dparams")
PRICE = re.compile(r"(?:^|_)(l[12])(?:_|$)")
SCALES = re.compile(r"gamma|beta|scale|shift")
SWITCHES = ("training", "train", "is_training", "train_mode", "is_train", "training_mode")


class Part(Asked):
    """A class with forward and backward, and how to make one."""

    LACKS: ClassVar = {
        "layer": "it has no forward(X) and backward(slope)",
        "switch": "it is not told whether somebody trains",
        "chance": "nothing in it depends on chance",
        "price": "it has no l1 or l2",
    }

    def __init__(self, cls: Any):
        super().__init__(*(["layer"] if kind_of(cls) else []))
        self.cls = cls
        inside = spelling.parameters(cls.forward) if self.can else {}
        self.switch = next((name for name in SWITCHES if name in inside), "")
        modes = all(callable(getattr(cls, name, None)) for name in ("train", "eval"))
        self.flag = "" if self.switch or modes else _flag(cls)
        self.can |= {"switch"} if self.switch or modes or self.flag else set()
        names = spelling.parameters(cls)
        self.prices = {n: found[1] for n in names if (found := PRICE.search(spelling.plain(n)))} if self.can else {}
        self.can |= {"price"} if self.prices else set()
        self.can |= {"chance"} if set(map(spelling.plain, spelling.parameters(cls))) & set(DROPS) else set()

    def made(self, **more: float) -> Any:
        """A fresh one; sizes are filled in, other arguments must have defaults. Scales and shifts are not 1 and 0."""
        layer = filled(self.cls, **more)
        for name, value in arrays_of(layer).items():
            if SCALES.search(name.lower()) and np.ptp(value) == 0 and value.dtype.kind == "f":
                value += np.linspace(-0.4, 0.5, value.size).reshape(
                    value.shape
                )  # a factor of 1 hides that it is missing
        return layer

    def passed(self, layer: Any, X: Array, training: bool) -> Array:
        """What comes out where somebody trains, and where nobody does."""
        if self.switch:
            return np.asarray(layer.forward(X.copy(), **{self.switch: training}), dtype=float)
        if self.flag:
            setattr(layer, self.flag, training)
        else:
            (layer.train if training else layer.eval)()
        return forward(layer, X)


def _flag(cls: Any) -> str:
    """The attribute, true or false, that says whether somebody trains; of the class, or of one that was made."""
    try:
        made = filled(cls)
    except NotExamined:
        return ""
    return next((name for name in SWITCHES if isinstance(getattr(made, name, None), bool)), "")


def filled(cls: Any, **more: float) -> Any:
    """One of this class, with sizes filled in; NotExamined where it wants what is not known."""
    given: dict[str, Any] = {}
    sizes = iter((IN, OUT))
    for name, parameter in spelling.parameters(cls).items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        bare = spelling.plain(name)
        if name in more:
            given[name] = more[name]
        elif bare in ("rng", "generator", "random"):
            given[name] = np.random.default_rng(3)
        elif bare in ("seed", "random_state"):
            given[name] = 3
        elif bare in DROPS:
            given[name] = DROP
        elif bare == "delta":
            given[name] = 2.5
        elif parameter.default is parameter.empty and bare in NAMED:
            given[name] = "sigmoid"
        elif parameter.default is parameter.empty:
            size = next(sizes, None)
            if size is None:
                raise NotExamined(f"it is not known what its {name} may be")
            given[name] = size
    try:
        return cls(**given)
    except Exception as reason:
        if own_errors.its_own(reason):
            raise
        words = ", ".join(f"{name}={value!r}" for name, value in given.items() if np.ndim(value) == 0)
        raise NotExamined(f"tried {cls.__name__}({words}), which raised {type(reason).__name__}: {reason}") from None


def kind_of(cls: Any) -> bool:
    """Whether a class is a layer by itself: forward(X) and backward(slope), and nothing that fits."""
    if not inspect.isclass(cls) or hasattr(cls, "fit") or hasattr(cls, "named_parameters"):
        return False
    if len(spelling.parameters(getattr(cls, "train", None))) > 2:  # a whole network
        return False
    both = [getattr(cls, way, None) for way in ("forward", "backward")]
    if not all(map(inspect.isfunction, both)):
        return False
    needed = [len([p for p in list(spelling.parameters(f).values())[1:] if p.default is p.empty]) for f in both]
    rates = spelling.knobs([*list(spelling.parameters(both[1]))[1:], "epochs"])
    return needed[0] == 1 and needed[1] - ("rate" in rates) in (0, 1) and needed[1] > 0


def slopes_of(f: Callable[[], float], place: Array) -> Array:
    """Central differences of f in each number of an array, which is changed and put back."""
    found = np.zeros(place.shape)
    for k in np.ndindex(place.shape):
        before = place[k]
        values: list[float] = []
        for h in (1e-5, -1e-5):
            place[k] = before + h
            values.append(f())
        place[k] = before
        found[k] = (values[0] - values[1]) / 2e-5
    return found


def gap(mine: Array, right: Array) -> float:
    """The largest difference, as a part of the largest slope."""
    if np.shape(mine) != np.shape(right):
        return np.inf
    return float(np.abs(np.asarray(mine) - right).max() / max(float(np.abs(right).max()), 1e-3))


def out_of(part: Part, rng: Any) -> tuple[Any, Array, Array, Array]:
    """(the layer, what goes in, what comes out, a slope of what comes out), with rows or columns for samples."""
    for shape in ((ROWS, IN), (IN, ROWS), (IN, 1)):
        layer, X = part.made(), rng.normal(size=shape) + 0.1
        try:
            out = forward(layer, X)
            G = rng.normal(size=out.shape)
            if out.ndim != 2 or not np.isfinite(out).all():
                continue
            if shape[0] == IN:
                backward(copy.deepcopy(layer), G)  # a bias of one sample cannot take the slopes of several
        except NotImplementedError:
            raise NotExamined("it is there for others to fill in") from None
        except (ValueError, TypeError, IndexError, AttributeError):
            continue
        part.conventions |= {"samples": "one at a time, as a column"} if shape[1] == 1 else {}
        return layer, X, out, G
    raise NotExamined("its forward takes no table of numbers")


def forward(layer: Any, X: Array) -> Array:
    """What comes out: handed back, or kept as `output`."""
    out = layer.forward(X.copy())
    kept = (getattr(layer, name, None) for name in ("output", "outputs", "out", "a"))
    return np.asarray(next((v for v in kept if v is not None), np.nan) if out is None else out, dtype=float)


def backward(layer: Any, G: Array, rate: float = 0.0) -> Any:
    """The slope of what went in: handed back, or kept as `dinputs`; one that wants a learning rate steps by itself."""
    back = sent_back(layer, G, rate)
    kept = (getattr(layer, name, None) for name in ("dinputs", "d_inputs", "dinput", "d_input", "grad_input", "dx"))
    return next((v for v in kept if v is not None), None) if back is None else back


def sent_back(layer: Any, G: Array, rate: float = 0.0) -> Any:
    """What its backward itself hands back."""
    settings = spelling.knobs([*list(spelling.parameters(layer.backward))[1:], "epochs"])
    return layer.backward(G.copy(), **({settings["rate"]: rate} if "rate" in settings else {}))


@check("L01", "What a layer sends backward is the slope of what it sends forward.", needs="layer", read=READ)
def layer_backward(part: Part, rng: Any) -> Evidence:
    """sum(slope x forward(X)) by central differences in X, on rows that are all unlike."""
    layer, X, _, G = out_of(part, rng)
    stepping = copy.deepcopy(layer)
    back = backward(layer, G)
    if back is None or np.shape(back) != X.shape:
        raise NotExamined("its backward hands back no slope of what went in")
    numeric = slopes_of(lambda: float((forward(layer, X) * G).sum()), X)
    if not np.array_equal(forward(layer, X), forward(layer, X)):
        raise NotExamined("what it does depends on chance")
    # One that steps by itself must send back the slope at the weights that it went forward with.
    far = max(gap(np.asarray(one, dtype=float), numeric) for one in (back, backward(stepping, G, RATE)))
    if far > 1e-5 and np.array_equal(back, G) and _is_softmax(layer, X):
        part.conventions["layer"] = "its softmax leaves its slope to the cross-entropy, which hands back p - y"
        return Evidence(0.0, 1e-5, "the slope of a cross-entropy in the scores goes through")
    if far > 1e-5 and not made_arrays(part):
        other = X + 0.5
        mine = np.asarray(backward(layer, other), dtype=float)
        if gap(mine, slopes_of(lambda: float(forward(layer, other).sum()), other)) < 1e-5:
            part.conventions["layer"] = "its backward takes what went in, and gives the slope there"
            return Evidence(0.0, 1e-5, "the slope at what went in is right")
    words = f"the slope that goes backward is off by {far:.3g} of the largest"
    return Evidence(far, 1e-5, words, _kind(layer, X, back, numeric) if far > 1e-5 else "")


def _kind(layer: Any, X: Array, back: Any, numeric: Array) -> str:
    """What goes backward instead of the slope: with another sign or factor, or the slope for ones from above."""
    mine = np.asarray(back, dtype=float)
    if not np.abs(mine).max() > 0:
        return ""
    factor = float((mine * numeric).sum() / (numeric * numeric).sum())
    if factor and gap(mine / factor, numeric) < 1e-5:
        return "minus" if abs(factor + 1) < 1e-5 else "scaled"
    return "above" if gap(mine, slopes_of(lambda: float(forward(layer, X).sum()), X)) < 1e-5 else ""


@check(
    "L02", "The slopes of a layer's weights and biases are those of what it sends forward.", needs="layer", read=READ
)
def layer_parameters(part: Part, rng: Any) -> Evidence:
    """W with dW, b with db, or the like; one common factor for all of them, 1 or 1/n, is a convention."""
    layer, X, _, G = out_of(part, rng)
    made = made_arrays(part)
    slopes = {slope for name in made for slope in slope_names(name)}
    first = {name: value.copy() for name, value in arrays_of(layer).items() if name in made - slopes}
    before = copy.deepcopy(layer)
    backward(layer, G, RATE)
    kept = arrays_of(layer)
    found: list[tuple[str, Array, Array]] = []
    for name, value in first.items():
        mine = next((kept[s].copy() for s in slope_names(name) if s in kept and kept[s].shape == value.shape), None)
        if mine is None and name in kept and not np.array_equal(kept[name], value):
            mine = (value - kept[name]) / RATE  # it stepped by itself
        if mine is not None:
            place = arrays_of(before)[name]
            found.append((name, mine, slopes_of(lambda: float((forward(before, X) * G).sum()), place)))
    if not found:
        raise NotExamined("its parameters and their slopes could not be told apart")
    far = {f: max(gap(mine * f, right) for _, mine, right in found) for f in (1.0, float(ROWS))}
    factor = min(far, key=lambda f: far[f])
    if factor != 1 and far[factor] < 1e-5:
        part.conventions["layer"] = "the slopes of its parameters are divided by the rows"
    apart = {name: gap(mine, right) for name, mine, right in found}
    worst = max(apart, key=lambda n: apart[n])
    return Evidence(far[factor], 1e-5, f"the slope of {worst} is off by {apart[worst]:.3g} of its largest")


def _is_softmax(layer: Any, X: Array) -> bool:
    """Whether rows or columns come out as the exponentials over their sum."""
    out = forward(layer, X)
    e = np.exp(X)
    return out.shape == X.shape and any(np.allclose(out, e / e.sum(axis=k, keepdims=True)) for k in (0, 1))


def arrays_of(layer: Any) -> dict[str, Array]:
    """The arrays of numbers that it keeps, also those in a dict `params`, and its slopes in a dict `grads` as dW."""
    found = {n: v for n, v in vars(layer).items() if isinstance(v, np.ndarray) and v.dtype.kind == "f"}
    for words, form in ((BOXES, "{}"), (SLOPE_BOXES, "d{}")):
        for box in (v for n, v in vars(layer).items() if n in words and isinstance(v, dict)):
            found |= {form.format(n): v for n, v in box.items() if isinstance(v, np.ndarray) and v.dtype.kind == "f"}
    return found


def made_arrays(part: Part) -> set[str]:
    """The arrays of numbers that it has before anything went forward: its parameters, and not what it remembers."""
    return {*arrays_of(part.made())}


def slope_names(name: str) -> tuple[str, ...]:
    """What the slope of a parameter of this name is called."""
    return f"d{name}", f"d_{name}", f"grad_{name}", f"{name}_grad", f"g{name}", f"{name}_gradient", f"delta_{name}"


@check("L11", "What a layer is given is left as it was.", needs="layer", boundary="equal", read=READ)
def argument_unchanged(part: Part, rng: Any) -> Evidence:
    """x[x < 0] = 0 changes the caller's array; far numbers may be cut off in place."""
    layer, X, _, _ = out_of(part, rng)
    for times in (1.0, 500.0):
        given = times * X
        with np.errstate(all="ignore"):
            layer.forward(given)
        changed = int((given != times * X).sum())
        if changed:
            break
    return Evidence(float(changed), 0.0, f"forward changed {changed} of the {X.size} numbers that it was given")


QUESTIONS: list[Check] = [layer_backward, layer_parameters, argument_unchanged]
