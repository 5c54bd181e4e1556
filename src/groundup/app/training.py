"""From options as typed to a fitted model of one of three kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import groundup as gu
from groundup.app.keeping import Kept
from groundup.app.rows import Rows
from groundup.errors import InputError, UnknownNameError

MODELS = ("linear", "logistic", "network")


class Wishes(NamedTuple):
    """What was asked for; None is the model's own default."""

    model: str
    classes: bool
    loss: str | None
    solver: str
    learning_rate: float | str
    batch_size: int | None
    epochs: int | None
    tolerance: float
    l1: float
    l2: float
    hidden: tuple[int, ...] | None
    activation: str | None
    class_weight: str | None
    standardise: bool
    seed: int


def check(wishes: Wishes) -> None:
    """Refuse an option that this kind of model does not have, before the file is read."""
    if wishes.model not in MODELS:
        raise UnknownNameError("--model", wishes.model, MODELS)
    network = wishes.model == "network"
    for option, value in (("--hidden", wishes.hidden), ("--activation", wishes.activation)):
        if value is not None and not network:
            raise InputError(f"{option} is for --model network; got --model {wishes.model}. Leave one of them out.")
    if wishes.loss is not None and wishes.model == "logistic":
        raise InputError(
            f"--loss is for models that predict numbers; logistic regression has the log loss. Leave --loss "
            f"{wishes.loss} out."
        )
    if wishes.class_weight not in (None, "balanced"):
        raise UnknownNameError("--class-weight", wishes.class_weight, ["balanced"])
    if wishes.class_weight is not None and wishes.model != "logistic":
        raise InputError(f"--class-weight is for --model logistic; got --model {wishes.model}. Leave it out.")


def estimator(wishes: Wishes, listeners: Sequence[Any]) -> Any:
    """The model, not yet trained."""
    shared: dict[str, Any] = {
        key: getattr(wishes, key) for key in ("solver", "learning_rate", "tolerance", "l1", "l2")
    } | {"random_state": wishes.seed, "listeners": tuple(listeners)}
    for key in ("epochs", "batch_size", "loss"):
        if getattr(wishes, key) is not None:
            shared[key] = getattr(wishes, key)
    if wishes.model == "linear":
        return gu.LinearRegression(**shared)
    if wishes.model == "logistic":
        return gu.LogisticRegression(class_weight=wishes.class_weight, **shared)
    for key in ("hidden", "activation"):
        if getattr(wishes, key) is not None:
            shared[key] = getattr(wishes, key)
    shared["standardise"] = True if wishes.standardise else "auto"
    if wishes.classes and wishes.loss is not None:
        raise InputError(
            f"--loss is for models that predict numbers, and a network that predicts classes has the log loss. Leave "
            f"--loss {wishes.loss} out."
        )
    return (gu.NeuralNetworkClassifier if wishes.classes else gu.NeuralNetworkRegressor)(**shared)


def rate(text: str) -> float | str:
    """A learning rate as typed: a number or the word safe."""
    try:
        return float(text)
    except ValueError:
        if text == "safe":
            return text
    raise InputError(f"--learning-rate must be a number or safe; got {text!r}.")


def widths(text: str | None) -> tuple[int, ...] | None:
    """The widths of hidden layers as typed.

    >>> widths("16,8"), widths(None)
    ((16, 8), None)
    """
    if text is None:
        return None
    try:
        found = tuple(int(cell) for cell in text.split(","))
    except ValueError:
        found = (0,)
    if min(found) < 1:
        raise InputError(f"--hidden must be whole numbers of neurons with commas between; got {text!r}. Try 16,16.")
    return found


def train(estimator: Any, rows: Rows, *, standardise: bool, kept: Kept | None = None) -> Any:
    """The estimator, fitted; with `standardise` on features of mean 0 and spread 1, and then told in the file's units.

    w = v / spread and b = c - Σ w mean give the same line as v and c on the standardised features. A network does
    this itself. A training that is `kept` may go on from where it was.
    """

    def fit(X: NDArray[np.float64]) -> Any:
        named = _with_names(estimator, X, rows)
        return estimator.fit(named, rows.y) if kept is None else kept.fit(estimator, named, rows.y)

    if not standardise or not _is_affine(estimator):
        return _named(fit(rows.X), rows)
    largest = np.max(np.abs(rows.X), axis=0)  # squares of numbers beyond 1e154 would overflow
    largest[largest == 0] = 1.0
    mean, spread = largest * (rows.X / largest).mean(axis=0), largest * (rows.X / largest).std(axis=0)
    spread[spread == 0] = 1.0
    estimator = fit((rows.X - mean) / spread)
    history = estimator.history_
    estimator.coef_, estimator.intercept_ = _in_units(estimator.coef_, estimator.intercept_, mean, spread)
    if "weights" in history:
        history["weights"], history["bias"] = _in_units(history["weights"], history["bias"], mean, spread)
    return _named(estimator, rows)


class Columns:
    """A matrix with names, as Arrow tables have them: a reason can then say which columns it means."""

    def __init__(self, X: NDArray[np.float64], names: Sequence[str]):
        self.X, self.column_names = X, list(names)

    def __len__(self) -> int:
        return len(self.X)

    def column(self, place: int) -> NDArray[np.float64]:
        """One column."""
        return np.ascontiguousarray(self.X[:, place])


def _is_affine(estimator: Any) -> bool:
    return isinstance(estimator, gu.LinearRegression | gu.LogisticRegression)


def _with_names(estimator: Any, matrix: NDArray[np.float64], rows: Rows) -> Any:
    return Columns(matrix, rows.features) if isinstance(estimator, gu.LogisticRegression) else matrix


def _named(estimator: Any, rows: Rows) -> Any:
    """With the names of columns and label, so that `predict` and `evaluate` need not be told."""
    estimator.feature_names_in_ = np.array(rows.features, dtype=object)
    estimator.label_name_ = rows.label
    return estimator


def _in_units(weights: Any, bias: Any, mean: NDArray[Any], spread: NDArray[Any]) -> tuple[Any, Any]:
    with np.errstate(over="ignore", invalid="ignore"):  # the history of a training that diverged
        weights = weights / spread
        return weights, bias - weights @ mean
