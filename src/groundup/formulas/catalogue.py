"""The gallery's list: every activation, loss, penalty, total and metric, told by the formula itself.

    entries()      all of them, in the order of their pages
    find("gelu")   those of that name; a name may be an activation and a loss at once

Nothing is written here twice: equation, slope, notes and source are those of the class, and what is left of its
docstring. Where a formula is used is found by comparing numbers: sigmoid is softplus's slope because the two agree.

>>> gelu = find("gelu")[0]
>>> gelu.equation
'f(x) = x Φ(x) = x/2 erfc(-x/√2)'
>>> find("softplus")[0].uses[1]
'its slope is sigmoid'
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, UnknownNameError, did_you_mean
from groundup.formulas import activations, losses, metrics, penalties, totals
from groundup.formulas.curves import Curve, of_activation, of_loss, of_penalty

KINDS = ("activation", "loss", "penalty", "total", "metric")
"""The pages of the gallery, in order."""

_GRID = np.array([-7.3, -3.1, -1.7, -0.6, 0.4, 1.3, 2.9, 7.1])
"""Points at which formulas are compared: none of them is a corner of any."""


@dataclass(frozen=True)
class Entry:
    """One card of the gallery. What a formula does not have is an empty string."""

    name: str
    kind: str
    call: str
    """How to type it: activations.gelu, losses.Huber(delta=1.0), metrics.r2(y, prediction)."""
    equation: str
    derivative: str
    notes: str
    source: str
    uses: tuple[str, ...]
    more: dict[str, str] = field(default_factory=dict[str, str], compare=False)
    """Further lines by their heading: labels, response, curvature, shape, total, prox."""
    curve: Curve | None = field(default=None, compare=False)
    """Value and slope along one number, to be drawn; none for metrics and totals."""


class UnknownFormulaError(UnknownNameError):
    """A name that is not in the gallery; the message gives the nearest one that is.

    >>> str(UnknownFormulaError("geluu", ["gelu", "relu"]))
    "no formula is called 'geluu'. Did you mean 'gelu'? `groundup formulas` lists all 2."
    """

    def __init__(self, name: str, known: list[str]):
        hint = did_you_mean(name, known)
        InputError.__init__(
            self, f"no formula is called {name!r}.{hint} `groundup formulas` lists all {len(set(known))}."
        )


@cache
def entries() -> tuple[Entry, ...]:
    """Every formula of the library, activations first.

    >>> len(entries()) > 90
    True
    """
    return (*_activations(), *_losses(), *_penalties(), *_totals(), *_metrics())


def find(name: str) -> tuple[Entry, ...]:
    """The formulas of that name, by any of their names: "gelu", "GELU", "bce_with_logits".

    >>> [entry.kind for entry in find("log_cosh")]
    ['activation', 'loss']
    """
    wanted = _plain(name)
    found = tuple(entry for entry in entries() if wanted in _names(entry))
    if not found:
        raise UnknownFormulaError(name, sorted({entry.name for entry in entries()}))
    return found


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace("_", "")


@cache
def _names(entry: Entry) -> frozenset[str]:
    """Every name of the formula: its own, its class's where the parameters are the defaults, and further ones."""
    names = {entry.name}
    if entry.kind in ("activation", "loss"):
        room = activations if entry.kind == "activation" else losses
        thing = room.NAMES[entry.name]
        names |= {name for name, other in vars(room).items() if type(other) is type(thing) and other == thing}
        names |= {type(thing).__name__} if thing == type(thing)() else set()
    return frozenset(map(_plain, names))


def prose(thing: object) -> list[str]:
    """The paragraphs of a docstring, without its examples.

    >>> prose(totals.Mean)
    ['S / W: the cost of an average row.']
    """
    paragraphs = re.split(r"\n\s*\n", inspect.getdoc(thing) or "")
    return [" ".join(paragraph.split()) for paragraph in paragraphs if not paragraph.lstrip().startswith(">>>")]


def headed(thing: object, heading: str) -> str:
    """What a docstring says after "heading:", up to the next heading or the end of the line.

    >>> headed(losses.Huber, "Curvature")
    '1 inside, 0 outside.'
    """
    found = re.search(rf"^{heading}:\s+(.*?)(?=\s{{4,}}[A-Z]\w+:|$)", inspect.getdoc(thing) or "", re.MULTILINE)
    found = found or re.search(rf"\s{{4,}}{heading}:\s+(.*?)(?=\s{{4,}}[A-Z]\w+:|$)", inspect.getdoc(thing) or "", re.M)
    return found[1].strip() if found else ""


def _activations() -> Iterator[Entry]:
    for name, f in activations.NAMES.items():
        yield Entry(
            name=name,
            kind="activation",
            call=f"activations.{name}" if not vars(f) else f"activations.{name} = {f!r}",
            equation=f.equation,
            derivative=f.derivative_equation,
            notes=f.notes,
            source=f.source,
            uses=(
                f'gu.NeuralNetworkClassifier(activation="{name}"), with first weights by {f.initialisation}',
                *_relations(f),
            ),
            curve=of_activation(f),
        )


def _relations(f: activations.Activation) -> Iterator[str]:
    """What else of the library this activation is, found by comparing numbers."""
    if isinstance(f, activations.Elementwise):
        yield from _relatives(f)
    z = _GRID.reshape(4, 2) if isinstance(f, activations.RowWise) else _GRID
    mine = f.value(z)
    answers = [n for n, loss in losses.NAMES.items() if loss.rowwise == (z.ndim == 2) and _same(loss.response(z), mine)]
    if answers:
        yield f"turns the score into the prediction for the losses {', '.join(answers)}"


def _relatives(f: activations.Elementwise) -> Iterator[str]:
    value, slope = f.value(_GRID), f.derivative(_GRID)
    for name, other in activations.NAMES.items():
        if not isinstance(other, activations.Elementwise) or other == f:
            continue
        if _same(other.value(_GRID), value):
            yield f"the same as {name}, both with their default parameters"
        if _same(other.value(_GRID), slope):
            yield f"its slope is {name}{'' if other.value(0.0) == f.derivative(0.0) else ', except at 0'}"
        elif _same(other.derivative(_GRID), value):
            yield f"the slope of {name}{'' if other.derivative(0.0) == f.value(0.0) else ', except at 0'}"
    sloped = [name for name, loss in losses.NAMES.items() if not loss.rowwise and _same(_slope_at_0(loss), value)]
    if sloped:
        yield f"the gradient where y = 0 of the losses {', '.join(sloped)}"
    units = [name for name, unit in activations.NAMES.items() if _bends_by(unit, f)]
    if units and f != activations.identity:
        yield f"bends one half of {', '.join(units)}"


def _same(first: Array, second: Array) -> bool:
    return first.shape == second.shape and bool(np.allclose(first, second, rtol=1e-13, atol=1e-15))


def _slope_at_0(loss: losses.Loss) -> Array:
    return loss.gradient(_GRID, 0.0) if loss.domain.contains(0.0) else np.full_like(_GRID, np.nan)


def _bends_by(unit: activations.Activation, f: activations.Activation) -> bool:
    return isinstance(unit, activations.GatedUnit) and f in unit.halves


def _losses() -> Iterator[Entry]:
    for name, loss in losses.NAMES.items():
        cls = type(loss)
        total = prose(type(loss.total))[0]
        shared = sum(type(other) is cls for other in losses.NAMES.values()) > 1
        call = f"losses.{name}" if name in vars(losses) else f"losses.{loss!r}"
        yield Entry(
            name=name,
            kind="loss",
            call=call,
            equation=f"{loss.equation}, then {loss.total.equation}" if shared else loss.equation,
            derivative=loss.gradient_equation,
            notes=loss.notes,
            source=loss.source,
            uses=tuple(_loss_uses(name, loss, call)),
            more={
                "labels": headed(cls, "Labels"),
                "response": headed(cls, "Response"),
                "curvature": headed(cls, "Curvature"),
                "shape": _shape(loss),
                "total": total,
            },
            curve=of_loss(loss),
        )


def _loss_uses(name: str, loss: losses.Loss, call: str) -> Iterator[str]:
    if name in ("logistic", "cross_entropy"):
        yield f"what gu.LogisticRegression minimises for {'two' if name == 'logistic' else 'many'} classes"
    if not loss.rowwise:
        yield f'gu.LinearRegression(loss="{name}"), gu.NeuralNetworkRegressor(loss="{name}")'
    yield f"as a metric {call}(y, {'prediction' if loss.domain == losses.mse.domain else 'score'})"


def _shape(loss: losses.Loss) -> str:
    bound = "" if loss.curvature_bound is None else f", curvature at most {loss.curvature_bound:.4g}"
    return f"{'convex' if loss.convex else 'not convex'}, {'smooth' if loss.smooth else 'with a kink'}{bound}"


def _concrete(root: type[Any]) -> Iterator[type[Any]]:
    for cls in root.__subclasses__():
        if not inspect.isabstract(cls) and cls.__module__.startswith("groundup.formulas"):
            yield cls
        yield from _concrete(cls)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _penalties() -> Iterator[Entry]:
    option = {"L1": "l1=0.1", "L2": "l2=0.1", "ElasticNet": "l1=0.1, l2=0.1"}
    for cls in _concrete(penalties.Penalty):
        shown = cls.examples()[0] if cls() == penalties.ElasticNet() else cls()
        given = option.get(cls.__name__)
        yield Entry(
            name=_snake(cls.__name__),
            kind="penalty",
            call=f"penalties.{shown!r}",
            equation=cls.equation,
            derivative=cls.gradient_equation,
            notes=cls.notes,
            source=cls.source,
            uses=(f"gu.LinearRegression({given}), gu.LogisticRegression({given})",) if given else (),
            more={"prox": cls.prox_equation},
            curve=of_penalty(shown),
        )


def _totals() -> Iterator[Entry]:
    for cls in _concrete(totals.Total):
        users = [name for name, loss in losses.NAMES.items() if type(loss.total) is cls]
        words = prose(cls)
        yield Entry(
            name=_snake(cls.__name__),
            kind="total",
            call=f"totals.{cls.__name__}()",
            equation=f"{cls.equation}, with S = Σ w cost and W = Σ w over the rows",
            derivative=f"d/dS = {prose(cls.slope)[0].rstrip('.')}",
            notes=" ".join([_after_colon(words[0]), *words[1:]]),
            source="",
            uses=(f"the total of {', '.join(users)}", f"losses.Huber(delta=1.0, total=totals.{cls.__name__}())"),
        )


def _metrics() -> Iterator[Entry]:
    functions: list[Callable[..., Any]] = [f for f in metrics.NAMES.values() if not isinstance(f, losses.Loss)]
    for f in [*functions, losses.bce_from_probability, losses.kl_divergence]:
        first, *others, source = prose(f)
        needed = [p.name for p in inspect.signature(f).parameters.values() if p.default is p.empty]
        room = "losses" if f.__module__.startswith(losses.__name__) else "metrics"
        yield Entry(
            name=f.__name__,
            kind="metric",
            call=f"{room}.{f.__name__}({', '.join(needed)})",
            equation=first.partition(": ")[0],
            derivative="",
            notes=" ".join([_after_colon(first), *others]),
            source=source,
            uses=(),
        )


def _after_colon(sentence: str) -> str:
    words = sentence.partition(": ")[2] or sentence
    return words[:1].upper() + words[1:]
