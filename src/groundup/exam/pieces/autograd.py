# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Functions of PyTorch's autograd in a file: what they send backward is the slope of what they send forward.

    class Softplus(torch.autograd.Function): forward(ctx, x, beta), backward(ctx, slope)
    class SoftplusLayer(torch.nn.Module): forward(x), which applies it

PyTorch is not imported here: a candidate that is one has brought it.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "PyTorch, notes: extending torch.autograd"
ROWS, IN, OUT = 5, 4, 3
ON_PURPOSE = re.compile(
    r"straight|ste$|reversal|revers|quanti|binar|round|sign|surrogate|spike|identity|stop|detach|grl"
)
"""Names of functions whose backward is another slope on purpose."""
LABELS = ("target", "targets", "y", "labels", "label", "y_true", "t")
MATRICES = ("weight", "w", "weights", "kernel")
VECTORS = ("bias", "b", "biases", "gamma", "scale")
BOUNDS: dict[str, float] = {"threshold": 20.0, "min": -1.3, "max": 1.4, "low": -1.3, "high": 1.4, "lo": -1.3, "hi": 1.4}
MADE_OF = re.compile(r"Linear\(|Conv\dd|Sequential|Embedding|LSTM|GRU|RNN")
"""What is in the code of a module that learns by itself."""
SMALL = ("smoothing", "label_smoothing", "p", "slope", "negative_slope", "eps", "epsilon", "margin")


class Function(Asked):
    """A subclass of torch.autograd.Function and its arguments behind `ctx`, or a module that applies one."""

    def __init__(self, cls: Any):
        super().__init__()
        self.cls = cls
        self.names = list(spelling.parameters(cls.forward))
        self.names = self.names[1:] if "setup_context" not in vars(cls) else self.names
        self.set: dict[str, float] = {}
        self.call = cls.apply if _is_function(cls) else self._made()

    def _made(self) -> Any:
        """A module, with numbers that are not the usual ones."""
        for name, p in spelling.parameters(self.cls).items():
            if isinstance(p.default, float):
                bare = spelling.plain(name)
                self.set[name] = BOUNDS.get(bare, 0.3 if bare in SMALL else 1.7)
        return self.cls(**self.set).double()

    def ways(self, rng: Any) -> Iterator[list[Any]]:
        """Arguments that it may take: numbers as numbers or as tensors, labels of classes or numbers."""
        torch: Any = sys.modules["torch"]

        def tensor(*shape: int) -> Any:
            return torch.tensor(rng.normal(size=shape) * 1.3 + 0.1, requires_grad=True)

        number = 0.3 if any(spelling.plain(n) in SMALL for n in self.names) else 1.7
        for whole, labels in product((False, True), ("classes", "numbers", "columns")):
            given: list[Any] = []
            for k, name in enumerate(self.names):
                bare = spelling.plain(name)
                if k == 0:
                    given.append(tensor(ROWS, IN))
                elif k == 1 and bare in LABELS:
                    kinds = {
                        "classes": torch.tensor([0, 2, 1, 3, 2]),
                        "numbers": torch.tensor(rng.normal(size=(ROWS, IN))),
                        "columns": torch.tensor(rng.integers(0, 2, (ROWS, IN)).astype(float)),
                    }
                    given.append(kinds[labels])
                elif bare in MATRICES:
                    given.append(tensor(OUT, IN) if not whole else tensor(IN, OUT))
                elif bare in VECTORS:
                    given.append(tensor(OUT))
                else:
                    value = BOUNDS.get(bare, 0.3 if bare in SMALL else number)
                    given.append(torch.tensor(value, dtype=torch.float64, requires_grad=True) if whole else value)
            yield given

    def called(self, rng: Any) -> tuple[list[Any], Any]:
        """(arguments that it takes, what comes out); NotExamined where none do."""
        raised = ""
        for given in self.ways(rng):
            try:
                out = self.call(*given)
                slopes = _slopes(out, given)
            except (TypeError, AttributeError, ValueError, IndexError, RuntimeError) as error:
                raised = raised or f"{type(error).__name__}: {str(error).splitlines()[0]}"
                continue
            if any(slope is not None for slope in slopes):
                return given, self.call(*given)
        raise NotExamined(f"tried {self.cls.__name__}({', '.join(self.names)}); {raised or 'no slope came back'}")


def kind_of(cls: Any) -> bool:
    """Whether this is a function of autograd whose backward is meant to be its slope, or a module without weights."""
    torch: Any = sys.modules.get("torch")
    if torch is None or not inspect.isclass(cls) or not hasattr(torch, "autograd"):
        return False
    if ON_PURPOSE.search(cls.__name__.lower()):
        return False
    if _is_function(cls):
        return True
    if not issubclass(cls, torch.nn.Module) or any(p.default is p.empty for p in spelling.parameters(cls).values()):
        return False
    try:
        text = inspect.getsource(cls)
    except (OSError, TypeError):
        return False
    inside = vars(sys.modules.get(cls.__module__, sys)).items()
    used = [own for n, own in inside if inspect.isclass(own) and _is_function(own) and f"{n}.apply(" in text]
    return bool(used) and not any(ON_PURPOSE.search(own.__name__.lower()) for own in used) and not MADE_OF.search(text)


def _is_function(cls: Any) -> bool:
    torch: Any = sys.modules["torch"]
    return issubclass(cls, torch.autograd.Function)


def _slopes(out: Any, given: list[Any]) -> list[Array | None]:
    """What comes back for each argument, with slopes from above that are all unlike; None where nothing does."""
    torch: Any = sys.modules["torch"]
    above = _above(out)
    places = [a for a in given if isinstance(a, torch.Tensor) and a.requires_grad]
    found = iter(torch.autograd.grad(out, places, above, allow_unused=True))
    slopes = [next(found) if any(a is place for place in places) else None for a in given]
    return [None if one is None else one.detach().numpy().copy() for one in slopes]


def _above(out: Any) -> Any:
    torch: Any = sys.modules["torch"]
    return torch.tensor(np.linspace(0.7, -1.1, out.numel()).reshape(tuple(out.shape)), dtype=out.dtype)


@check("G01", "What it sends backward is the slope of what it sends forward.", boundary="1e-6", read=READ)
def backward_is_slope(s: Function, rng: Any) -> Evidence:
    """By central differences in double precision, with settings that are not 1; a kink is left out."""
    torch: Any = sys.modules["torch"]
    given, out = s.called(rng)
    if out.dtype != torch.float64:
        raise NotExamined("it answers in single precision")
    above = _above(out).numpy()
    worst, words = 0.0, "every slope is that of its function"
    slopes = _slopes(out, given)
    for k, slope in enumerate(slopes):
        if slope is None:
            continue
        place = given[k].detach().numpy()
        for at in np.ndindex(place.shape):
            both = [_central(s, given, place, at, above, h) for h in (1e-5, 2e-5)]
            scale = max(1.0, abs(both[0]))
            if abs(both[0] - both[1]) > 1e-7 * scale:
                continue  # a kink, where any slope between is right
            gap = abs(float(slope[at]) - both[0]) / scale
            if not gap <= max(worst, 1e-6):
                settings = {**s.set, **{n: v for n, v in zip(s.names, given, strict=False) if isinstance(v, float)}}
                said = "".join(f", {n}={v:g}" for n, v in settings.items())
                worst, words = (
                    gap,
                    (f"at {s.names[k]}={place[at]:.4g}{said} the slope is {both[0]:.6g}, and it sends {slope[at]:.6g}"),
                )
    return Evidence(worst, 1e-6, words)


def _central(s: Function, given: list[Any], place: Array, at: Any, above: Array, h: float) -> float:
    before, values = place[at], list[float]()
    for step in (h, -h):
        place[at] = before + step
        values.append(float((s.call(*given).detach().numpy() * above).sum()))
    place[at] = before
    return (values[0] - values[1]) / (2 * h)


QUESTIONS: list[Check] = [backward_is_slope]
