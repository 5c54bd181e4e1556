# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Layers and losses of a file, each by itself: what goes backward is the slope of what goes forward.

    a layer    forward(X) and backward(slope of what comes out) -> slope of what goes in, and its parameters' slopes
    a loss     loss(y, prediction) and gradient(y, prediction), by any of the usual names

Both are compared with central differences of the candidate's own forward pass or loss. A common factor of the slopes of
a layer's parameters, 1/n, and of a loss, is a convention.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Check, Evidence, NotExamined, check

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 6.5: back-propagation"
VALUES = ("loss", "value", "forward", "__call__", "compute", "cost")
SLOPES = ("gradient", "grad", "backward", "derivative", "prime", "delta")
ROWS, IN, OUT = 5, 4, 3


class Part:
    """A class with forward and backward, or with a loss and its gradient, and how to make one."""

    def __init__(self, cls: Any):
        self.cls = cls
        self.conventions: dict[str, str] = {}
        own = [name for name in dir(cls) if callable(getattr(cls, name, None))]
        layer = {"forward", "backward"} <= set(own) and len(spelling.parameters(cls.forward)) == 2
        value = next((n for n in VALUES if n in own and _pair(cls, n)), "")
        slope = next((n for n in SLOPES if n in own and _pair(cls, n)), "")
        self.names = (value, slope)
        self.can = {"layer"} if layer else {"loss"} if value and slope else set[str]()

    def lacks(self, word: str) -> str:
        """Why it cannot be asked for this."""
        return {"layer": "it has no forward(X) and backward(slope)"}.get(word, "it has no loss and gradient of a pair")

    def made(self) -> Any:
        """A fresh one; sizes are filled in, other arguments must have defaults."""
        given: dict[str, Any] = {}
        sizes = iter((IN, OUT))
        for name, parameter in spelling.parameters(self.cls).items():
            if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
                continue
            bare = spelling.plain(name)
            if bare in ("rng", "generator", "random"):
                given[name] = np.random.default_rng(3)
            elif bare in ("seed", "random_state"):
                given[name] = 3
            elif bare in ("keep_prob", "dropout", "rate", "p"):
                raise NotExamined("what it does depends on chance")
            elif bare == "delta":
                given[name] = 2.5
            elif parameter.default is parameter.empty:
                size = next(sizes, None)
                if size is None:
                    raise NotExamined(f"it is not known what its {name} may be")
                given[name] = size
        try:
            return self.cls(**given)
        except Exception as reason:
            raise NotExamined(f"it could not be made by itself ({type(reason).__name__})") from None


def _pair(cls: Any, name: str) -> bool:
    taken = [p for p in list(spelling.parameters(getattr(cls, name)).values()) if p.default is p.empty]
    static = isinstance(inspect.getattr_static(cls, name), staticmethod)
    return len(taken) == (2 if static else 3)


def parts(module: Any) -> Iterator[tuple[str, Any]]:
    """The classes of a file that are a layer or a loss by themselves, by name."""
    for name, cls in vars(module).items():
        own = inspect.isclass(cls) and cls.__module__ == module.__name__
        if own and not (hasattr(cls, "fit") or hasattr(cls, "named_parameters")) and Part(cls).can:
            yield name, cls


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
    for shape in ((ROWS, IN), (IN, ROWS)):
        layer, X = part.made(), rng.normal(size=shape) + 0.1
        try:
            out = np.asarray(layer.forward(X.copy()), dtype=float)
        except NotImplementedError:
            raise NotExamined("it is there for others to fill in") from None
        except (ValueError, TypeError, IndexError):
            continue
        if out.ndim == 2 and np.isfinite(out).all():
            return layer, X, out, rng.normal(size=out.shape)
    raise NotExamined("its forward takes no table of numbers")


@check("L01", "What a layer sends backward is the slope of what it sends forward.", needs="layer", read=READ)
def layer_backward(part: Part, rng: Any) -> Evidence:
    """sum(slope x forward(X)) by central differences in X, on rows that are all unlike."""
    layer, X, _, G = out_of(part, rng)
    back = layer.backward(G.copy())
    if back is None or np.shape(back) != X.shape:
        raise NotExamined("its backward hands back no slope of what went in")
    numeric = slopes_of(lambda: float((np.asarray(layer.forward(X.copy())) * G).sum()), X)
    if not np.array_equal(np.asarray(layer.forward(X)), np.asarray(layer.forward(X))):
        raise NotExamined("what it does depends on chance")
    far = gap(np.asarray(back, dtype=float), numeric)
    return Evidence(far, 1e-5, f"the slope that goes backward is off by {far:.3g} of the largest")


@check(
    "L02", "The slopes of a layer's weights and biases are those of what it sends forward.", needs="layer", read=READ
)
def layer_parameters(part: Part, rng: Any) -> Evidence:
    """W with dW, b with db, or the like; one common factor for all of them, 1 or 1/n, is a convention."""
    layer, X, _, G = out_of(part, rng)
    layer.backward(G.copy())
    kept = {n: v for n, v in vars(layer).items() if isinstance(v, np.ndarray) and v.dtype.kind == "f"}
    found: list[tuple[str, Array, Array]] = []
    for name, value in kept.items():
        other = next((kept[s] for s in _slope_names(name) if s in kept and kept[s].shape == value.shape), None)
        if other is not None:
            mine = other.copy()
            right = slopes_of(lambda: float((np.asarray(layer.forward(X.copy())) * G).sum()), value)
            found.append((name, mine, right))
    if not found:
        raise NotExamined("its parameters and their slopes could not be told apart")
    far = {f: max(gap(mine * f, right) for _, mine, right in found) for f in (1.0, float(ROWS))}
    factor = min(far, key=lambda f: far[f])
    if factor != 1 and far[factor] < 1e-5:
        part.conventions["layer"] = "the slopes of its parameters are divided by the rows"
    apart = {name: gap(mine, right) for name, mine, right in found}
    worst = max(apart, key=lambda n: apart[n])
    return Evidence(far[factor], 1e-5, f"the slope of {worst} is off by {apart[worst]:.3g} of its largest")


def _slope_names(name: str) -> tuple[str, ...]:
    return f"d{name}", f"d_{name}", f"grad_{name}", f"{name}_grad", f"g{name}", f"{name}_gradient", f"delta_{name}"


def of_chances(cls: Any) -> bool:
    """Whether a loss says that it takes probabilities or labels of classes."""
    return re.search(r"(?i)entropy|log|bce|nll|likelihood|probab|softmax", f"{cls.__name__} {cls.__doc__}") is not None


@check("L03", "The gradient of a loss is the slope of the loss.", needs="loss", read=READ)
def loss_gradient(part: Part, rng: Any) -> Evidence:
    """Of numbers, of chances or of classes, whichever it takes; a common factor is a convention."""
    loss = part.made()
    value, slope = (getattr(loss, name) for name in part.names)
    chances = rng.uniform(0.2, 0.8, (ROWS, OUT))
    tables = (
        (rng.normal(size=(ROWS, 1)) * 3, rng.normal(size=(ROWS, 1)) * 3),
        (rng.normal(size=ROWS) * 3, rng.normal(size=ROWS) * 3),
        (np.array([0.0, 1, 1, 0, 1]), rng.uniform(0.1, 0.9, ROWS)),
        (np.eye(OUT)[[0, 1, 2, 1, 0]], chances / chances.sum(axis=1, keepdims=True)),
        (np.array([0, 1, 2, 1, 0]), rng.normal(size=(OUT, ROWS))),
        (np.array([0, 1, 2, 1, 0]), rng.normal(size=(ROWS, OUT))),
    )
    orders = (lambda a, b: (a, b)), (lambda a, b: (b, a))
    first = [spelling.plain(n) for n in spelling.parameters(getattr(part.cls, part.names[0]))]
    swapped = any(w in "".join(first[:2]) for w in ("pred", "hat", "out", "score")) and "true" not in first[0]
    for y, p in tables[2:] if of_chances(part.cls) else tables:
        order = orders[1] if swapped and not any(w in first[1:2] for w in ("y", "y_true")) else orders[0]
        try:
            mine = np.asarray(slope(*order(y, p.copy())), dtype=float)
            numeric = slopes_of(lambda y=y, p=p, order=order: float(np.sum(value(*order(y, p)))), p)
        except (ValueError, TypeError, IndexError, AttributeError, NotImplementedError):
            continue
        if mine.shape != p.shape or not np.isfinite(numeric).all() or not np.abs(numeric).max() > 0:
            continue
        if not np.isfinite(mine).all():
            continue
        factor = float((mine * numeric).sum() / (numeric * numeric).sum())
        usual = min((1.0, ROWS, 1 / ROWS, p.size, 1 / p.size, 0.5, 2.0), key=lambda f: abs(factor / f - 1))
        far = gap(mine / usual, numeric)
        return Evidence(far, 1e-4, f"the gradient is off by {far:.3g} of the largest slope of the loss")
    raise NotExamined("it could not be called with labels and predictions")


@check("L04", "A loss has no jumps.", needs="loss", read=READ)
def loss_without_jumps(part: Part, rng: Any) -> Evidence:
    """Of one row whose prediction goes from 4 below its label to 4 above."""
    if of_chances(part.cls):
        raise NotExamined("it is a loss of probabilities")
    loss = part.made()
    value = getattr(loss, part.names[0])
    steps = np.arange(-4.0, 4.0, 1e-3) + 3.3e-4
    try:
        found = np.array([float(np.sum(value(np.array([0.0]), np.array([step])))) for step in steps])
    except (ValueError, TypeError, IndexError, AttributeError, NotImplementedError):
        raise NotExamined("it takes no pair of numbers") from None
    if not np.isfinite(found).all():
        raise NotExamined("it is not for numbers of every size")
    jump = float(np.abs(np.diff(found)).max())
    at = float(steps[int(np.abs(np.diff(found)).argmax())])
    return Evidence(jump, 0.3, f"between {at:.4g} and {at + 1e-3:.4g} from the label it jumps by {jump:.3g}")


QUESTIONS: list[Check] = [layer_backward, layer_parameters, loss_gradient, loss_without_jumps]
