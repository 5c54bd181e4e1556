"""Which formula a name means, and what it is compared with."""

from __future__ import annotations

import difflib
import functools
import inspect
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from groundup.errors import UnknownNameError
from groundup.formulas import activations, losses, metrics

Kind = Literal[
    "elementwise",
    "rowwise",
    "metric",
    "loss",
    "several",
    "confusion",
    "optimiser",
    "clipping",
    "stopper",
    "schedule",
]

ALIASES = {
    "logistic_sigmoid": "sigmoid",
    **dict.fromkeys(("mcc", "matthews_correlation_coefficient", "matthews_correlation", "phi_coefficient"), "matthews"),
    **dict.fromkeys(("binary_crossentropy", "logloss", "log_loss_score"), "log_loss"),
    **dict.fromkeys(("true_positive_rate", "tpr", "hit_rate"), "recall"),
    **dict.fromkeys(("true_negative_rate", "tnr"), "specificity"),
    **dict.fromkeys(("auc_score", "auroc", "area_under_curve"), "roc_auc"),
    **dict.fromkeys(("coefficient_of_determination", "r_squared_score", "rsquared", "r2score"), "r2"),
    **dict.fromkeys(("f1score", "f_measure", "f1_measure"), "f1"),
    **dict.fromkeys(("balanced_acc", "bal_acc", "balancedaccuracy", "mean_per_class_recall"), "balanced_accuracy"),
    **dict.fromkeys(("binary_cross_entropy_with_logits", "bce_logits", "bce_from_logits"), "bce_with_logits"),
    **dict.fromkeys(("binary_crossentropy_with_logits", "sigmoid_cross_entropy"), "bce_with_logits"),
    **dict.fromkeys(("categorical_cross_entropy", "cce", "crossentropy_categorical"), "categorical_crossentropy"),
    **dict.fromkeys(("softmax_cross_entropy", "softmax_cross_entropy_with_logits"), "cross_entropy_with_logits"),
    "mean_absolute_percentage_error": "mape",
    "average_precision_score": "average_precision",
    **dict.fromkeys(("explained_variance_score", "explained_var"), "explained_variance"),
    "balanced_accuracy_score": "balanced_accuracy",
    "cohen_kappa_score": "kappa",
    "hinge_loss": "hinge",
    **dict.fromkeys(("pinball", "pinball_loss", "mean_pinball_loss", "quantile_loss", "tilted_loss"), "quantile"),
    "leakyrelu": "leaky_relu",
    "hard_sigmoid": "hard_sigmoid_torch",
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
    "matthews_correlation": "matthews",
    "mcc": "matthews",
    "cohen_kappa": "kappa",
}
PARTS_OF_TRAINING = {
    "gradient_descent": "sgd",
    "heavy_ball": "momentum",
    "sgd_momentum": "momentum",
    "momentum_sgd": "momentum",
    "nesterov_momentum": "nesterov",
    "nag": "nesterov",
    "rms_prop": "rmsprop",
    "adam_w": "adamw",
    "clip_gradients": "clip_by_norm",
    "clip_gradient": "clip_by_norm",
    "clip_grad_norm": "clip_by_norm",
    "clip_by_global_norm": "clip_by_norm",
    "gradient_clipping": "clip_by_norm",
    "earlystopping": "early_stopping",
    "early_stopper": "early_stopping",
    "earlystopper": "early_stopping",
    "exponential_decay": "exponential_schedule",
    "step_decay": "step_schedule",
    "inverse_time_decay": "inverse_schedule",
    "time_based_decay": "inverse_schedule",
    "cosine_annealing": "cosine_schedule",
    "cosine_decay": "cosine_schedule",
    "linear_warmup": "warmup_schedule",
    "warmup": "warmup_schedule",
}
OPTIMISERS = (
    *("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw", "amsgrad", "nadam", "adamax"),
    "lion",
)
OTHERS: dict[str, Kind] = {
    "clip_by_norm": "clipping",
    "clip_by_value": "clipping",
    "early_stopping": "stopper",
    **{f"{name}_schedule": "schedule" for name in ("exponential", "step", "inverse", "cosine", "warmup")},
}
NUMBERS = ("mse", "mae", "rmse", "l1", "l2", "r2", "explained_variance", "median_absolute_error", "max_error", "mape")
LOSSES = ("huber", "log_cosh", "smooth_l1", "quantile")
LABELS = ("accuracy", "precision", "recall", "specificity", "f1", "balanced_accuracy", "matthews", "kappa")
SCORES = ("roc_auc", "average_precision")
CHANCES = ("log_loss", "brier")
OF_SCORES = ("bce_with_logits", "hinge", "categorical_crossentropy", "cross_entropy_with_logits")
SLOPES = ("_derivative", "_prime", "_grad", "_gradient", ".derivative")
OF_EACH_CLASS = ("precision", "recall", "f1")
MEANS = ("macro", "micro", "weighted")
"""Metrics of one class, and how they are averaged over several; "micro" pools the rows of all classes."""
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
    for name, mean in itertools.product(OF_EACH_CLASS, MEANS):
        taken = functools.partial(metrics.NAMES[name], average=mean)
        made[f"{name}_{mean}"] = lambda n=f"{name}_{mean}", f=taken: Target(n, "metric", f, data="classes")
    made["confusion_matrix"] = lambda: Target("confusion_matrix", "confusion", metrics.confusion_matrix)
    for name in LOSSES:
        made[f"{name}_loss" if name in made else name] = lambda n=name: Target(
            n, "metric", losses.named(n), data="numbers"
        )
    for name in OF_SCORES:
        made[name] = lambda n=name: Target(n, "loss", None)
    for name in OPTIMISERS:
        made[name] = lambda n=name: Target(n, "optimiser", None)
    for name, kind in OTHERS.items():
        made[name] = lambda n=name, k=kind: Target(n, k, None)
    return made


def parts_of(name: str) -> tuple[str, ...]:
    """Which metrics a name lists, in its order; fewer than two are none.

    >>> parts_of("precision_recall_f1_score"), parts_of("precision")
    (('precision', 'recall', 'f1'), ())
    """
    bare = name.lower().replace("f_score", "f1").replace("fscore", "f1")
    found = tuple(sorted((word for word in ("precision", "recall", "f1") if word in bare), key=bare.index))
    return found if len(found) > 1 and "curve" not in bare else ()


def mean_of_classes(name: str) -> str:
    """A metric of each class with its mean, in our order, where a name has both in any order; empty where it has not.

    >>> mean_of_classes("weighted_f1_score"), mean_of_classes("recall_micro_avg"), mean_of_classes("weighted_mse")
    ('f1_weighted', 'recall_micro', '')
    """
    plain = name.strip("_").lower()
    means = [mean for mean in MEANS if mean in plain]
    if len(means) != 1 or "average_precision" in plain:  # that is an area below a curve
        return ""
    rest = re.sub(rf"_?({means[0]}|averaged?|avg|mean)_?", "_", plain)
    rest = re.sub("_+", "_", rest).strip("_")
    rest = ALIASES.get(rest, rest)
    return f"{rest}_{means[0]}" if rest in OF_EACH_CLASS else ""


def slope_of(name: str) -> str:
    """The activation whose slope a name means, in any of the usual spellings; empty where it means none.

    >>> slope_of("sigmoid_der"), slope_of("drelu"), slope_of("tanhprime"), slope_of("sigmoid")
    ('sigmoid', 'relu', 'tanh', '')
    """
    plain = name.strip("_").lower()
    found = re.fullmatch(r"(?:derivative_of|derivative|derivate|deriv|der|gradient|grad|prime|slope|d)_?(.+)", plain)
    ends = r"derivative|derivate|derivation|derive|deriv|der|prime|gradient|grad|dash|diff|slope"
    behind = re.fullmatch(rf"(.+?)_?(?:{ends}|_dx|_d)", plain)
    for bare in (part[1] for part in (behind, found) if part is not None):
        if bare in activations.NAMES and bare not in HIDDEN and plain not in activations.NAMES:
            return bare
        if ALIASES.get(bare, "") in activations.NAMES:
            return bare
    return ""


def target(name: str) -> Target:
    """The formula of that name; UnknownNameError where there is none.

    >>> target("sigmoid_derivative").slope, target("f1_score").name
    (True, 'f1')
    """
    formulas = known()
    plain = name.strip("_").lower()
    if len(parts_of(plain)) > 1:
        return Target(plain, "several", None, data="labels")
    ending = next((end for end in SLOPES if plain.endswith(end)), "")
    start = next((s for s in ("d_", "derivative_of_", "grad_") if plain.startswith(s)), "")
    of = "" if ending or start else slope_of(plain)
    bare = of or plain.removesuffix(ending).removeprefix(start)
    aliases = {**ALIASES, **PARTS_OF_TRAINING}
    bare = mean_of_classes(bare) or aliases.get(bare, bare)
    if bare not in formulas:
        bare = aliases.get(bare.removesuffix("_loss"), bare.removesuffix("_loss"))
    if bare not in formulas:
        short = bare.removesuffix("_step").removesuffix("_update").removesuffix("_optimizer").removesuffix("_optimiser")
        bare = aliases.get(short, short if short in OPTIMISERS else bare)
    if bare not in formulas:
        raise UnknownNameError("formula", name, [*formulas, *aliases])
    made = formulas[bare]()
    if not (ending or start or of):
        return made
    if made.kind != "elementwise":
        raise UnknownNameError(
            "formula", name, [f"{n}_derivative" for n in formulas if formulas[n]().kind == "elementwise"]
        )
    return Target(made.name, made.kind, made.reference, slope=True)


def rule_of(thing: Any) -> str:
    """Which optimiser this is by its name; UnknownNameError where its name does not say.

    >>> rule_of(type("MyAdam", (), {}))
    'adam'
    """
    name = str(getattr(thing, "__name__", type(thing).__name__)).lower().replace("_", "")
    settings = list(inspect.signature(thing).parameters) if callable(thing) else list[str]()
    words = {**{rule: rule for rule in OPTIMISERS}, **{a: r for a, r in PARTS_OF_TRAINING.items() if r in OPTIMISERS}}
    words = {word.replace("_", ""): rule for word, rule in words.items()}
    found = [words[word] for word in sorted(words, key=lambda w: (len(w), w), reverse=True) if word in name]
    found = found or [words[word] for word in difflib.get_close_matches(name, words, 1, 0.8)]
    if not found:
        raise UnknownNameError("optimiser", name, [*OPTIMISERS])
    if found[0] == "nesterov" and any("ahead" in own for own in dir(thing)):
        return "momentum"  # it says where the gradient is to be taken, and steps from there
    return "momentum" if found[0] == "sgd" and "momentum" in settings else found[0]
