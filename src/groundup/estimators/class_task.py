"""What is to be told apart: y becomes columns of 0 and 1, and the question gets its name.

one        a single class: nothing to learn
two        one score; positive for the second class
softmax    a score for each class, one cost for the row
separate   a score and a cost for each column: one-vs-rest, or several labels a row
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.coded import MANY_ROWS, CodedBlocks
from groundup.data.labels import Labels, as_indicator, class_weights, encode, one_hot
from groundup.data.read import as_labels, as_weights
from groundup.errors import InputError, UnknownNameError
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.formulas.penalties import Penalty
from groundup.formulas.totals import Mean
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.loop import State


class MeanOfEach(Mean):
    """outputs x S / W: the sum over the columns of the mean cost of each, so that no column knows of the others."""

    equation = "outputs x S / W"

    def __init__(self, outputs: int):
        self.outputs = outputs

    def value(self, S: float, W: float) -> float:
        """Outputs x S / W."""
        return self.outputs * super().value(S, W)

    def slope(self, S: float, W: float) -> float:
        """Outputs / W."""
        return self.outputs * super().slope(S, W)


class ClassTask(NamedTuple):
    """The rows with their targets (rows, columns), the classes, and the kind of question."""

    kind: str
    classes: Array
    blocks: ArrayBlocks
    fit_intercept: bool

    def objective(self, penalty: Penalty) -> Objective:
        """The mean log loss of all columns together, plus the penalty."""
        n_outputs = self.blocks.n_outputs
        model = Affine(self.blocks.n_features, n_outputs, fit_intercept=self.fit_intercept)
        if self.kind == "softmax":
            return Objective(Cost(model, CrossEntropy()), self.blocks, penalty)
        total = MeanOfEach(n_outputs) if n_outputs > 1 else Mean()
        return Objective(Cost(model, Logistic()), self.blocks, penalty, total)

    def column(self, k: int) -> ClassTask:
        """The question of one column alone."""
        rows = self.blocks
        classes = np.array([0, 1]) if self.kind == "labels" else np.array(["other classes", str(self.classes[k])])
        return self._replace(
            kind="two", classes=classes, blocks=ArrayBlocks(rows.X, rows.y[:, k : k + 1], rows.sample_weight)
        )

    def tells_apart(self, parameters: Array) -> bool:
        """Whether each row has its own class ahead, in some column at least: then larger weights are likelier still."""
        W, b = Affine(self.blocks.n_features, self.blocks.n_outputs, fit_intercept=self.fit_intercept).unpack(
            parameters
        )
        z, own = self.blocks.X @ W + b, self.blocks.y > 0.5
        if self.kind == "softmax":
            return bool((z.max(axis=1, where=own, initial=-np.inf) > z.max(axis=1, where=~own, initial=-np.inf)).all())
        return bool(((2 * self.blocks.y - 1) * z > 0).all(axis=0).any())

    def glimpse(self, state: State) -> dict[str, Any]:
        """What a model would have learnt, had its training ended here."""
        model: Any = state.training.objective.model
        W, b = model.unpack(state.parameters)
        return {"classes_": self.classes, "kind_of_task_": self.kind, "coef_": W.T.copy(), "intercept_": b.copy()}


def class_task(
    X: Array,
    y: Any,
    sample_weight: Any = None,
    *,
    class_weight: Any = None,
    multiclass: str = "softmax",
    fit_intercept: bool = True,
    classes: Array | None = None,
) -> ClassTask:
    """The question that these rows ask. Rows of weight 0 are left out: they say nothing.

    Raises InputError for labels, weights or names that cannot be used.
    """
    if multiclass not in ("softmax", "one-vs-rest"):
        raise UnknownNameError("multiclass", multiclass, ["softmax", "one-vs-rest"])
    weights = as_weights(sample_weight, len(X))
    if _columns(y) > 1:
        return _several_labels(X, as_indicator(y, len(X)), weights, class_weight, fit_intercept)
    given = as_labels(y, len(X))
    if class_weight is not None:
        counted = encode(given if weights is None else given[weights > 0], classes)
        factors = class_weights(class_weight, counted, None if weights is None else weights[weights > 0])
        weights = np.ones(len(X)) if weights is None else weights.astype(float)
        weights[weights > 0] *= factors[counted.codes]
    rows, kept, weights = _counting(X, given, weights)
    labels = encode(kept, classes)
    kind, targets = _targets(labels, multiclass)
    blocks = ArrayBlocks if targets.dtype == float else CodedBlocks
    return ClassTask(kind, labels.classes, blocks(rows, targets, weights), fit_intercept)


def _counting(X: Array, y: Array, weights: Array | None) -> tuple[Array, Array, Array | None]:
    """The rows that weigh something; no weights where all are 1, so that nothing is multiplied."""
    if weights is None:
        return X, y, None
    if not weights.all():
        X, y, weights = X[weights > 0], y[weights > 0], weights[weights > 0]  # pyright: ignore[reportConstantRedefinition]
    return X, y, None if bool((weights == 1).all()) else weights


def _targets(labels: Labels, multiclass: str) -> tuple[str, Array]:
    n = len(labels.classes)
    if n == 2 and len(labels.codes) >= MANY_ROWS:
        return "two", labels.codes.astype(np.uint8, copy=False)[:, None]
    if n <= 2:
        return ("one" if n == 1 else "two"), (labels.codes == n - 1).astype(float)[:, None]
    return ("softmax" if multiclass == "softmax" else "separate"), one_hot(labels.codes, n)


def _several_labels(X: Array, y: Array, weights: Array | None, class_weight: Any, fit_intercept: bool) -> ClassTask:
    if class_weight is not None:
        raise InputError(
            f"class_weight is for one class a row; y has {y.shape[1]} columns and class_weight is {class_weight!r}. "
            "Give sample_weight, or fit one model for each column."
        )
    rows, kept, weights = _counting(X, y, weights)
    return ClassTask("labels", np.arange(y.shape[1]), ArrayBlocks(rows, kept, weights), fit_intercept)


def _columns(y: Any) -> int:
    """How many columns y has; 1 where it has no second dimension."""
    shape = getattr(y, "shape", None)
    if shape is not None:
        return int(shape[1]) if len(shape) == 2 else 1
    first: Any = next(iter(cast(list[Any], y)), None) if isinstance(y, list | tuple) else None
    return len(first) if isinstance(first, list | tuple | np.ndarray) else 1  # pyright: ignore[reportUnknownArgumentType]
