# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A network as the exam sees it: its layers before and after so many epochs, and what it answers.

A class with fit or train, functions around a dict of parameters, or a module of PyTorch with its training function.
The step of one epoch with all rows in one batch is in proportion to the learning rate, so two rates tell the start and
the gradient, whatever the candidate shows of itself.
"""

from __future__ import annotations

import random
import sys
from typing import Any

import numpy as np

from groundup.exam import network_book as book
from groundup.exam.candidates import telling, torch_models
from groundup.exam.candidates.layers import grown, layers
from groundup.exam.candidates.network_knobs import QUIET
from groundup.exam.candidates.network_shapes import ClassShape, FunctionShape, shape_of
from groundup.exam.candidates.reading import single_precision
from groundup.exam.evidence import NotExamined

Array = Any
CLASSES = 3
TINY = 1e-7
"""A rate at which the rows hardly see that those before them have moved the weights."""


class OneScoreError(NotExamined):
    """It is a softmax of one score, which only says that its classes must be three."""


class Network:
    """A network that can be asked: one epoch at a rate, many epochs, what it answers, and how it is made."""

    task = "network"

    def __init__(self, thing: Any, kind: str = ""):
        both = torch_models.pair(thing)
        self.torch = torch_models.TorchCandidate(*both, "regression") if both else None
        self.shape: Any = shape_of(thing, self.torch)
        self.can = {"network"}
        self.conventions: dict[str, str] = {}
        self.promises = telling.promises(thing)
        many = self.shape.sizes[1] > 2  # its last layer says so
        self.kind, self.one_hot, self.column = "multiclass" if many else kind, False, False
        self.turned = False
        self.least = 0.0
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
        return self.torch.floor if self.torch is not None else self.least

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
            codes = np.concatenate([np.arange(self.classes), rng.integers(0, self.classes, n)])[:n]
            return X, np.eye(self.classes)[rng.permutation(codes)]
        if self.kind == "classification":
            return X, rng.permutation((np.arange(n) % 2).astype(float))[:, None]
        y = rng.normal(size=(n, 1)) + 0.5 if self.says == "regression" else rng.uniform(0.1, 0.9, (n, 1))
        return X, y

    @property
    def columns(self) -> int:
        """As many as its first weights have, where those are always so many; else 3."""
        return self.shape.sizes[0]

    @property
    def classes(self) -> int:
        """As many as its last layer has, where those are always so many; else 3."""
        return self.shape.sizes[1] if self.shape.sizes[1] > 2 else CLASSES

    def study(self, X: Array, y: Array, rate: float, epochs: int, **more: Any) -> Any:
        """Teach a fresh one; `y` is (n, outputs)."""
        settings = {**QUIET, "batch": len(X), **more, "rate": rate, "epochs": epochs}
        if getattr(self.shape, "solver", None):
            settings["solver"] = self.shape.solver
        np.random.seed(settings["seed"])
        random.seed(settings["seed"])
        if "torch" in sys.modules:
            sys.modules["torch"].manual_seed(settings["seed"])
        self.shape.turned = self.turned
        if self.turned:
            return self.shape.learn(X.T.copy(), self.shown(y).T.reshape(-1, len(X)), settings)
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

    def grown(self, learnt: Any, n: int) -> list[int]:
        """The layers whose bias has a number for each of the n rows that were learnt from."""
        return grown(learnt, self.columns, n)

    def output(self, X: Array, learnt: Any) -> Array:
        """(n, outputs): numbers, probabilities, or scores."""
        out = self.shape.output(X.T.copy() if self.turned else X.copy(), learnt)
        out = _upright(out) if self.turned else out
        wide = self.classes if self.kind == "multiclass" else 1
        parts = list(out) if isinstance(out, tuple | list) else [out]
        if isinstance(out, dict):
            parts = list(out.values())
        arrays = [p for p in parts if hasattr(p, "shape") and hasattr(p, "dtype")] or [np.asarray(out, dtype=float)]
        found = [np.asarray(p, dtype=float) for p in arrays if p.ndim in (1, 2) and len(p) == len(X)]
        right = [p for p in found if (p.ndim == 2 and p.shape[1] == wide) or (p.ndim == 1 and wide == 1)]
        if right:
            return right[-1].reshape(len(X), wide)
        if self.kind == "classification" and found and found[-1].ndim == 2 and found[-1].shape[1] == 2:
            return found[-1][:, 1:]
        raise NotExamined(f"{len(X)} rows got an answer of another shape than ({len(X)}, {wide})")

    def predicted(self, X: Array, learnt: Any) -> Array:
        """What its own predict says, flat; NotExamined where that is nothing else than the forward pass."""
        if self.grown(learnt, len(X)):
            raise NotExamined("its biases have a number for each row")
        said = self.shape.predict(X.T.copy() if self.turned else X.copy(), learnt)
        said = np.asarray(said).T if self.turned else said
        said = np.asarray(said.detach().numpy() if hasattr(said, "detach") else said)
        said = said[:, 0] if said.ndim == 2 and said.shape[1] == 1 else said
        if said.shape != (len(X),):
            raise NotExamined("its predict does not give one answer for each row")
        return said

    def path(self, X: Array, y: Array, rate: float, epochs: int) -> book.Layers:
        """Its layers after so many epochs."""
        return self.layers(self.study(X, y, rate, epochs))


def _upright(out: Any) -> Any:
    """What comes out, with a row for each row again, where rows go in as columns."""
    parts = out if isinstance(out, tuple | list) else [out]
    return [p.T if hasattr(p, "T") and np.ndim(p) == 2 else p for p in parts]


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
    hidden: list[tuple[str, bool, str | None, bool]] = []
    for c.turned in (False, True):
        for kind in kinds:
            for column in (True, False) if isinstance(c.shape, FunctionShape) or not _estimator(c) else (False, True):
                for solver in _solvers(c):
                    _as(c, kind, column, solver)
                    try:
                        if _works(c):
                            return
                    except OneScoreError as reason:
                        kinds += [] if "multiclass" in kinds else ["multiclass"]
                        problem = problem or reason
                    except NotExamined as reason:
                        hidden.append((kind, column, solver, c.turned))
                        problem = reason if problem is None or not isinstance(problem, NotExamined) else problem
                    except Exception as error:
                        problem = problem or error
        if c.torch is not None or not (hidden or isinstance(problem, ValueError | IndexError | NotExamined)):
            break
    if hidden and _seen_from_outside(c, hidden):
        return
    c.turned = False
    if isinstance(problem, AttributeError) and "'int' object" in str(problem):
        raise NotExamined("its layers are objects that it is given; name an object of it that has them")
    if problem is not None:
        raise problem
    raise NotExamined("it could not be taught with numbers, two classes or three")


def _as(c: Network, kind: str, column: bool, solver: str | None) -> None:
    """Ask it as one of this kind, with labels in a column or in a row."""
    c.kind, c.column, c.one_hot = kind, column, column
    c.shape.outputs = c.classes if kind == "multiclass" else 1
    if c.torch is not None:
        c.torch.task, c.torch.column, c.torch.way, c.torch.settled = kind, column, 0, False
    if isinstance(c.shape, ClassShape):
        c.shape.solver = solver


def _seen_from_outside(c: Network, ways: list[tuple[str, bool, str | None, bool]]) -> bool:
    """Whether it learns in one of these ways, although its layers cannot be read: then its answers are judged."""
    for kind, column, solver, c.turned in ways:
        _as(c, kind, column, solver)
        X, y = c.rows(np.random.default_rng(21), 17)
        try:
            learnt = c.study(X, y, c.rate, 5)
            out = c.output(X, learnt)
            c.output(X[:5], learnt)  # raises where rows were taken for columns
            if not np.all(np.isfinite(out)):
                continue
        except Exception:
            continue
        c.conventions["training"] = "its layers could not be read, so only its answers are judged"
        return True
    return False


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
    c.least = 5e-3 if single_precision(learnt[0]) else 0.0
    out = c.output(X, learnt[0])
    if not np.all(np.isfinite(out)):
        raise NotExamined("its answers are not finite numbers")
    if c.kind != "multiclass" and np.all(out == 1):
        raise OneScoreError("its only output is 1 for every row, as a softmax of one score is")
    if isinstance(c.shape, ClassShape) and any(p.kind is p.VAR_POSITIONAL for p in c.shape.every.values()):
        raise NotExamined("its layers are objects that it is given; name an object of it that has them")
    if c.grown(learnt[0], len(X)):
        return True  # no other rows can be asked for
    one, two, four = (c.layers(one) for one in learnt)
    if any(len(part) != len(one) for part in (two, four)) or len(one) < 2:
        raise NotExamined("it has no hidden layer")
    wide = 1 if c.kind != "multiclass" else c.classes
    if one[-1][0].shape[1] != wide and c.torch is None:
        raise NotExamined(f"its last layer has {one[-1][0].shape[1]} units, not {wide}")
    c.start = c.path(X, y, 1e-10, 1)
    a, b, d = (book.flat(part) for part in (one, two, four))
    start, step = 2 * a - b, (a - b) / c.rate
    again = book.flat(c.layers(c.study(X, y, c.rate, 1)))
    if not np.array_equal(again, a) and c.floor == 0.0:
        c.conventions["training"] = "it depends on chance even with one seed, so its steps are not judged"
        return True
    loose = max(1e-7, 10 * c.floor)
    c.can |= {"layers"}
    exact = [(2 * V - W, 2 * p - q) for (V, p), (W, q) in zip(one, two, strict=True)]
    if np.abs(d - start - 4 * (a - start)).max() > loose * max(1.0, float(np.abs(d).max())):
        c.conventions["training"] = "its first step is not in proportion to the learning rate"
        _row_by_row(c, X, y)
        return True
    sizes = np.abs(step[np.abs(step) > 1e-12])
    # Epsilon shortens Adam's step where the gradient is tiny, so not all of them are equal.
    if sizes.size > 5 and np.mean(np.abs(sizes / np.median(sizes) - 1) < 0.01) > 0.8:
        c.adaptive = True
        c.conventions["training"] = "its first step has one length for all parameters, as Adam's has"
        return True
    c.can |= {"steps"}
    c.start = exact
    return True


def _row_by_row(c: Network, X: Array, y: Array) -> None:
    """Where one row makes one step, and the order of many hardly matters at a tiny rate, they add up to one step."""

    def moved(rows: slice, rate: float) -> Array:
        one, two = (book.flat(c.path(X[rows], y[rows], k * rate, 1)) for k in (1, 2))
        return (two - one) / rate

    try:
        alone = [moved(slice(0, 1), rate) for rate in (c.rate, 2 * c.rate)]
        ahead, back = (moved(slice(None, None, turn), TINY) for turn in (1, -1))
    except Exception:
        return  # it wants more rows than one
    size = float(np.abs(ahead).max())
    if np.abs(alone[0] - alone[1]).max() > 1e-7 * max(1.0, float(np.abs(alone[0]).max())) or c.floor > 0:
        return
    if np.isfinite(size) and np.any(alone[0]) and np.abs(ahead - back).max() < 1e-4 * size:
        c.rate, c.least = TINY, 1e-3
        c.start = c.path(X, y, 1e-3 * TINY, 1)
        c.can |= {"steps"}
        c.conventions["training"] = "it takes a step after each row; at a tiny rate these add up to that of all rows"
