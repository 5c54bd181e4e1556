# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Losses of a file with their gradients: the gradient is the slope of the loss, but for a usual factor.

    a class              loss(y, prediction) and gradient(y, prediction), by any of the usual names; or
                         forward(prediction, y), and backward() for the slope
    functions            mse and mse_prime, d_mse, or the like
    cost and gradient    of (X, y, weights)

Each is compared with central differences of the candidate's own loss.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check
from groundup.exam.pieces.layers import OUT, READ, ROWS, filled, gap, slopes_of

Array = Any
VALUES = ("loss", "value", "forward", "__call__", "compute", "cost", "objective", "calculate", "compute_loss")
SLOPES = (
    "gradient",
    "grad",
    "backward",
    "derivative",
    "prime",
    "delta",
    "objective_gradient",
    "loss_gradient",
    "deriv",
)
PREDICTED = ("pred", "hat", "out", "score", "logit", "prob", "estimate")
LABELS = ("y", "t", "y_true", "true", "target", "targets", "label", "labels", "ytrue", "y_real", "actual", "expected")
LOSSES = re.compile(
    r"loss|error|cost|entropy|likelihood|objective|criterion|squared?|absolute|diverg|huber|hinge|quantile|pinball|cosh"
    r"|(^|_)(r?mse|sse|rss|mae|bce|cce|ce|nll|kl|l1|l2|j)(_|$)"
)
"""Names of losses: any other function of two arguments, such as leaky_relu(x, alpha), is none."""
CALLED = (ValueError, TypeError, IndexError, AttributeError, NotImplementedError)
"""What a call with tables of the wrong kind raises."""


class Loss(Asked):
    """A class with a loss and its gradient."""

    LACKS: ClassVar = {"loss": "it has no loss and gradient of a pair"}

    def __init__(self, cls: Any):
        super().__init__()
        self.cls = cls
        value, slope = names(cls)
        self.names = (value, slope)
        self.can |= {"loss"} if value and slope else set()

    @property
    def instance(self) -> Any:
        """One of its kind."""
        return filled(self.cls)

    def pair(self) -> tuple[Callable[[Array, Array], Any], Callable[[Array, Array], Any]]:
        """(the loss, its slope), both of labels and predictions, in this order."""
        loss = self.instance
        value, slope = (getattr(loss, name) for name in self.names)
        if self.predictions_first():
            own_value, own_slope = value, slope
            value, slope = (lambda y, p: own_value(p, y)), (lambda y, p: own_slope(p, y))
        alone = not _needed(getattr(self.cls, self.names[1]), self.cls, self.names[1])
        told: Any = getattr(loss, self.names[1]) if alone else slope

        def after(y: Array, p: Array) -> Any:
            value(y, p)  # what it keeps of that, its slope may need
            return told() if alone else told(y, p)

        return value, after

    def predictions_first(self) -> bool:
        """Whether the names of its arguments say so."""
        own = list(spelling.parameters(getattr(self.cls, self.names[0])))
        first, second = [spelling.plain(name) for name in own if name != "self"][:2]
        told = [any(word in name for word in PREDICTED) or name in ("p", "z", "yp", "a") for name in (first, second)]
        return (told[0] and not told[1]) or (second in LABELS and first not in LABELS)


def names(cls: Any) -> tuple[str, str]:
    """What its loss and its gradient are called; empty where it has none."""
    own = [name for name in dir(cls) if callable(getattr(cls, name, None))]
    value = next((n for n in VALUES if n in own and _needed(getattr(cls, n), cls, n) == 2), "")
    slope = next((n for n in SLOPES if n in own and _needed(getattr(cls, n), cls, n) == 2), "")
    if value == "forward" and not slope and "backward" in own and _needed(cls.backward, cls, "backward") == 0:
        slope = "backward"
    return value, slope


def _needed(function: Any, cls: Any = None, name: str = "") -> int:
    """How many arguments must be given to it."""
    taken = len([p for p in spelling.parameters(function).values() if p.default is p.empty])
    static = cls is None or isinstance(inspect.getattr_static(cls, name), staticmethod | classmethod)
    return taken if static else taken - 1


def kind_of(cls: Any) -> bool:
    """Whether a class is a loss by itself."""
    if not inspect.isclass(cls) or hasattr(cls, "fit") or hasattr(cls, "named_parameters") or hasattr(cls, "apply"):
        return False
    if hasattr(cls, "predict") and any(hasattr(cls, teach) for teach in ("train", "learn")):
        return False
    return all(names(cls))


def slopes_beside(functions: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Losses of two arguments with their slope beside them: mse and mse_prime, d_mse, or the like; each as a class."""
    for name, loss in functions.items():
        bare = spelling.plain(name)
        usual = {f"{bare}_{end}" for end in SLOPES} | {f"{start}_{bare}" for start in ("d", "grad", "derivative_of")}
        slope = next((f for other, f in functions.items() if spelling.plain(other) in usual), None)
        if slope is not None and LOSSES.search(bare) and all(_needed(f) == 2 for f in (loss, slope)):
            parts = {"loss": staticmethod(loss), "gradient": staticmethod(slope), "__doc__": loss.__doc__}
            yield slope.__name__, type(name, (), parts)


def of_chances(cls: Any) -> bool:
    """Whether a loss says that it takes probabilities or labels of classes."""
    return re.search(r"(?i)entropy|log|bce|nll|likelihood|probab|softmax", f"{cls.__name__} {cls.__doc__}") is not None


@check("L03", "The gradient of a loss is the slope of the loss.", needs="loss", read=READ)
def loss_gradient(part: Loss, rng: Any) -> Evidence:
    """Of numbers, of chances or of classes, whichever it takes; a common factor is a convention."""
    value, slope = part.pair()
    one_number = False
    for y, p in tables(part.cls, rng):
        try:
            handed = slope(y, p.copy())
            if handed is None:
                raise NotExamined("its gradient hands back nothing")
            mine = np.asarray(handed, dtype=float)
            numeric = slopes_of(lambda y=y, p=p: float(np.sum(value(y, p))), p)
            if p.shape == (ROWS, 1) and not np.isclose(np.sum(value(y, p)), np.sum(value(y[:, 0], p[:, 0]))):
                continue  # its samples are no rows
        except CALLED:
            continue
        one_number = one_number or (mine.ndim == 0 and p.size > 1 and np.isfinite(numeric).all())
        if mine.shape != p.shape or not np.isfinite(numeric).all() or not np.abs(numeric).max() > 0:
            continue
        if not np.isfinite(mine).all():
            continue
        factor = float((mine * numeric).sum() / (numeric * numeric).sum())
        usual = min((1.0, ROWS, 1 / ROWS, p.size, 1 / p.size, 0.5, 2.0), key=lambda f: abs(factor / f - 1))
        far = gap(mine / usual, numeric)
        if far > 1e-4 and of_chances(part.cls) and _before_the_link(mine, y, p):
            part.conventions["slope"] = "it is that in the scores before the sigmoid or the softmax"
            return Evidence(0.0, 1e-4, "the gradient is prediction - label, as of the scores")
        sign = "minus" if factor < 0 and gap(mine / factor, numeric) < 1e-4 else ""
        return Evidence(far, 1e-4, f"the gradient is off by {far:.3g} of the largest slope of the loss", sign)
    if one_number:
        return Evidence(1.0, 1e-4, f"the gradient of {ROWS} predictions is one number", "one number")
    raise NotExamined(f"tried {part.cls.__name__} with labels and predictions of every usual shape")


def tables(cls: Any, rng: Any) -> Iterator[tuple[Array, Array]]:
    """Labels and predictions: numbers, chances of one class, chances of three, classes and scores."""
    chances = rng.uniform(0.2, 0.8, (ROWS, OUT))
    chances /= chances.sum(axis=1, keepdims=True)
    classes = np.array([0, 1, 2, 1, 0])
    numbers = rng.normal(size=(2, ROWS)) * 3
    two = np.array([0.0, 1, 1, 0, 1]), rng.uniform(0.1, 0.9, ROWS)
    if not of_chances(cls):
        y, p = numbers
        yield y.reshape(-1, 1), p.reshape(-1, 1)
        yield y, p
        yield y.reshape(1, -1), p.reshape(1, -1)
    yield two
    yield np.eye(OUT)[classes], chances
    yield np.eye(OUT)[classes].T.copy(), chances.T.copy()
    yield two[0].reshape(1, -1), two[1].reshape(1, -1)
    yield classes, chances.T.copy()
    yield classes, rng.normal(size=(OUT, ROWS))
    yield classes, rng.normal(size=(ROWS, OUT))


def _before_the_link(mine: Array, y: Array, p: Array) -> bool:
    """Whether a slope is (p - y) in one of its usual scales, y one-hot where it holds classes."""
    if y.shape != p.shape:
        hot = np.eye(OUT)[y.astype(int)]
        y = hot if p.shape == hot.shape else hot.T
    right = p - y
    return any(gap(mine * scale, right) < 1e-6 for scale in (1.0, ROWS, p.size))


@check("L04", "A loss has no jumps.", needs="loss", read=READ)
def loss_without_jumps(part: Loss, rng: Any) -> Evidence:
    """Of one row whose prediction goes from 4 below its label to 4 above."""
    if of_chances(part.cls):
        raise NotExamined("it is a loss of probabilities")
    value, _ = part.pair()
    steps = np.arange(-4.0, 4.0, 1e-3) + 3.3e-4
    try:
        found = np.array([float(np.sum(value(np.array([0.0]), np.array([step])))) for step in steps])
    except CALLED:
        raise NotExamined("it takes no pair of numbers") from None
    if not np.isfinite(found).all():
        raise NotExamined("it is not for numbers of every size")
    jump = float(np.abs(np.diff(found)).max())
    at = float(steps[int(np.abs(np.diff(found)).argmax())])
    return Evidence(jump, 0.3, f"between {at:.4g} and {at + 1e-3:.4g} from the label it jumps by {jump:.3g}")


class Cost(Asked):
    """A cost of (X, y, weights) and its gradient, as functions of one file."""

    def __init__(self, both: tuple[Any, Any]):
        super().__init__("cost")
        self.cost, self.gradient = both


def costs_of(functions: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The cost and the gradient of X, y and weights that a file has without a training."""
    cost, slope = (spelling.function_of(functions, word) for word in ("cost", "gradient"))
    if cost is not None and slope is not None and all(_words(f) == {"X", "y", "w"} for f in (cost, slope)):
        yield f"{cost.__name__} {slope.__name__}", (cost, slope)


def _words(function: Any) -> set[str]:
    return {spelling.argument(n) for n, p in spelling.parameters(function).items() if p.default is p.empty}


@check("L08", "The gradient of a cost is its slope in the weights.", needs="cost", boundary="1e-5", read=READ)
def cost_gradient(c: Cost, rng: Any) -> Evidence:
    """Of seven rows, three columns and labels 0 and 1; a common factor is a convention."""
    n = 7
    X, y, w = rng.normal(size=(n, 3)), np.array([0.0, 1, 1, 0, 1, 0, 1]), rng.normal(size=3) * 0.4
    for shape in ((3,), (3, 1)):
        place = w.reshape(shape)
        given = {"X": X, "y": y.reshape(n, *shape[1:]), "w": place}

        def called(f: Any, given: dict[str, Array] = given) -> Array:
            return np.asarray(f(**{name: given[spelling.argument(name)] for name in _needs(f)}), dtype=float)

        try:
            mine = called(c.gradient)
            right = slopes_of(lambda f=called: float(np.sum(f(c.cost))), place)
        except CALLED:
            continue
        if mine.size != w.size or not np.isfinite(right).all():
            continue
        mine = mine.reshape(shape)
        usual = min(
            (1.0, n, 1 / n, 0.5, 2.0, 2 / n, n / 2), key=lambda f: min(gap(mine / f, right), gap(-mine / f, right))
        )
        far = gap(mine / usual, right)
        sign = "minus" if far > 1e-5 and gap(-mine / usual, right) < 1e-5 else ""
        return Evidence(far, 1e-5, f"the gradient is off by {far:.3g} of the largest slope of the cost", sign)
    raise NotExamined(f"tried {c.cost.__name__} and {c.gradient.__name__} of X (7, 3), y and 3 weights")


def _needs(function: Any) -> list[str]:
    return [n for n, p in spelling.parameters(function).items() if p.default is p.empty]


QUESTIONS: list[Check] = [loss_gradient, loss_without_jumps]
