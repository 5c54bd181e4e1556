"""Which formula a name means, and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from groundup.errors import UnknownNameError
from groundup.formulas import activations, losses, metrics

Kind = Literal["elementwise", "rowwise", "metric"]

ALIASES = {
    "logistic_sigmoid": "sigmoid",
    "leakyrelu": "leaky_relu",
    "mean_squared_error": "mse",
    "mean_absolute_error": "mae",
    "root_mean_squared_error": "rmse",
    "r2_score": "r2",
    "r_squared": "r2",
    "accuracy_score": "accuracy",
    "precision_score": "precision",
    "recall_score": "recall",
    "sensitivity": "recall",
    "f1_score": "f1",
    "auc": "roc_auc",
    "roc_auc_score": "roc_auc",
    "binary_cross_entropy": "log_loss",
    "bce": "log_loss",
    "bce_loss": "log_loss",
    "brier_score": "brier",
    "huber_loss": "huber",
    "matthews_corrcoef": "matthews",
    "cohen_kappa": "kappa",
}
NUMBERS = ("mse", "mae", "rmse", "l1", "l2", "r2", "explained_variance", "median_absolute_error", "max_error", "mape")
LOSSES = ("huber", "log_cosh", "smooth_l1", "quantile")
LABELS = ("accuracy", "precision", "recall", "specificity", "f1", "balanced_accuracy", "matthews", "kappa")
SCORES = ("roc_auc", "average_precision")
CHANCES = ("log_loss", "brier")
SLOPES = ("_derivative", "_prime", "_grad", "_gradient", ".derivative")
HIDDEN = {"maxout", "glu", "swiglu", "geglu", "reglu", "bilinear"}


@dataclass(frozen=True)
class Target:
    """What a function is compared with: the reference, whether its slope is meant, and which arguments it takes."""

    name: str
    kind: Kind
    reference: Any
    slope: bool = False
    data: str = ""


def known() -> dict[str, Callable[[], Target]]:
    """Every name that can be graded."""
    made: dict[str, Callable[[], Target]] = {}
    for name, activation in activations.NAMES.items():
        if name not in HIDDEN:
            kind: Kind = "elementwise" if isinstance(activation, activations.Elementwise) else "rowwise"
            made[name] = lambda n=name, k=kind, a=activation: Target(n, k, a)
    for data, names in (("numbers", NUMBERS), ("labels", LABELS), ("scores", SCORES), ("chances", CHANCES)):
        for name in names:
            made[name] = lambda n=name, d=data: Target(n, "metric", metrics.NAMES[n], data=d)
    for name in LOSSES:
        made[f"{name}_loss" if name in made else name] = lambda n=name: Target(
            n, "metric", losses.named(n), data="numbers"
        )
    return made


def target(name: str) -> Target:
    """The formula of that name; UnknownNameError where there is none.

    >>> target("sigmoid_derivative").slope, target("f1_score").name
    (True, 'f1')
    """
    formulas = known()
    plain = name.strip("_").lower()
    ending = next((end for end in SLOPES if plain.endswith(end)), "")
    start = next((s for s in ("d_", "derivative_of_", "grad_") if plain.startswith(s)), "")
    bare = plain.removesuffix(ending).removeprefix(start)
    bare = ALIASES.get(bare, bare)
    if bare not in formulas:
        raise UnknownNameError("formula", name, [*formulas, *ALIASES])
    made = formulas[bare]()
    if not (ending or start):
        return made
    if made.kind != "elementwise":
        raise UnknownNameError(
            "formula", name, [f"{n}_derivative" for n in formulas if formulas[n]().kind == "elementwise"]
        )
    return Target(made.name, made.kind, made.reference, slope=True)
