# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The usual spellings: what people call a learning rate, an epoch, a weight, a sigmoid."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any

from groundup.exam.candidates import started

KNOBS: dict[str, tuple[str, ...]] = {
    "rate": (
        *(
            "learning_rate",
            "lr",
            "eta",
            "eta0",
            "step_size",
            "learnrate",
            "rate",
            "lr0",
            "initial_lr",
            "base_lr",
            "speed",
            "lernrate",
            "schrittweite",
            "tasa",
        ),
        *("tasa_aprendizaje", "taux", "taux_apprentissage", "alpha"),
    ),
    "epochs": (
        *("epochs", "n_epochs", "num_epochs", "epoch", "n_iter", "n_iters", "num_iter", "num_iters", "niter", "iters"),
        *("iterations", "n_iterations", "num_iterations", "max_iter", "max_iters", "steps", "n_steps", "num_steps"),
        *("max_epochs", "max_iterations", "nepochs", "numepochs", "n_sweeps", "max_sweeps", "max_steps", "n_rounds"),
        *("iteration", "max_iteration", "nb_iter", "nb_epochs", "no_of_iterations", "number_of_iterations"),
        *("sweeps", "rounds", "passes", "times", "n_passes", "num_rounds"),
        *("epochen", "anzahl_epochen", "schritte", "epocas", "iteraciones", "n_iteraciones", "epoques"),
    ),
    "batch": ("batch_size", "batch", "minibatch_size", "mini_batch_size", "batchsize"),
    "seed": ("random_state", "seed", "random_seed", "rng_seed"),
    "tolerance": ("tolerance", "tol", "epsilon", "eps", "threshold_stop", "early_stop_tol"),
    "l2": (
        "l2",
        "lam",
        "lambda",
        "lmbda",
        "reg",
        "ridge",
        "l2_penalty",
        "reg_lambda",
        "l2_reg",
        "penalty_l2",
        "lambda2",
        "lambda_2",
        "alpha",
        "alfa",
        *("lambd", "lamb", "regularization", "regularisation", "l2_lambda", "lambda_l2", "weight_decay", "l2_weight"),
    ),
    "l1": ("l1", "l1_penalty", "l1_reg", "lam1", "penalty_l1", "lambda1", "lambda_1", "l1_lambda", "lambda_l1"),
    "mix": ("l1_ratio", "mix", "mixing", "l1_share", "l1_fraction"),
    "tau": ("tau", "quantile", "q"),
    "degree": ("degree", "polynomial_degree", "poly_degree", "grado", "grad_des_polynoms", "degre"),
    "shuffle": ("shuffle",),
    "early_stopping": ("early_stopping", "early_stop"),
    "warm_start": ("warm_start",),
    "patience": ("patience", "n_iter_no_change", "no_change"),
    "intercept": ("fit_intercept", "add_intercept", "use_bias"),
    "inverse penalty": ("C",),
    "momentum": ("momentum", "beta_momentum"),
    "decay": ("decay", "lr_decay", "learning_rate_decay", "decay_rate", "rate_decay", "lr_decay_rate"),
    "clip": ("clip", "clip_norm", "max_grad_norm", "grad_clip", "clip_value", "gradient_clip", "max_norm"),
    "band": ("delta", "huber_delta", "epsilon", "threshold"),
    "columns": ("n_features", "input_dim", "n_inputs", "num_features", "n_in", "dim"),
    "classes": ("num_labels", "n_labels", "n_classes", "num_classes", "n_outputs", "output_dim", "k", "classes"),
    "class_weight": ("class_weight",),
    "validation_rows": ("x_val", "x_valid", "x_validation", "val_x"),
    "validation_labels": ("y_val", "y_valid", "y_validation", "val_y"),
    "validation": (
        *("validation_data", "validation_set", "val_data", "val_set", "valid_data", "valid_set"),
        *("dev_data", "dev_set"),
    ),
    "sample_weight": ("sample_weight", "sample_weights"),
}
"""What the exam calls a knob, and what candidates call it; the first that is found counts."""

WEIGHTS = (
    "coef_",
    "weights",
    "weights_",
    "w",
    "w_",
    "W",
    "W_",
    "coefficients",
    "coef",
    "theta",
    "theta_",
    "beta",
    "beta_",
)
BIASES = ("intercept_", "bias", "bias_", "b", "b_", "biases", "biases_", "intercept", "w0")
ERRORS = ("standard_errors_", "standard_errors", "stderr_", "stderr", "bse", "se_", "std_err", "coef_se_")
VARIANCES = ("s2_", "s2", "sigma2_", "sigma2", "residual_variance_", "residual_variance", "noise_variance_", "scale")

FUNCTIONS: dict[str, tuple[str, ...]] = {
    "train": (
        *("train", "fit", "gradient_descent", "train_model", "fit_model", "linear_regression", "logistic_regression"),
        *("softmax_regression", "train_linear_regression", "train_logistic_regression", "batch_gradient_descent"),
    ),
    "predict": ("predict", "make_predictions", "predict_labels", "predict_class", "predict_classes"),
    "proba": (
        "predict_proba",
        "predict_prob",
        "predict_probs",
        "predict_probability",
        "predict_probabilities",
        "proba",
        "forward",
    ),
    "gradient": ("gradient", "gradients", "grad", "compute_gradient", "compute_gradients", "compute_grad"),
    "cost": ("loss", "cost", "compute_cost", "compute_loss", "cost_function", "loss_function", "objective"),
}
"""What the functions of a module are called."""

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "X": ("x", "tx", "features", "inputs", "data", "x_train", "xs"),
    "y": ("y", "labels", "targets", "target", "y_train", "ys", "y_true", "t"),
    "w": ("w", "weights", "weight", "theta", "beta", "coef", "coefficients", "params", "parameters"),
    "b": ("b", "bias", "intercept", "w0"),
}
"""What the arguments of such a function are called."""


NO_TRAINING = (
    "split",
    "fold",
    "batch",
    "shuffle",
    "scal",
    "normaliz",
    "standard",
    "plot",
    "score",
    "accuracy",
    "evalu",
)
"""What stands in the names of functions of X and y that train nothing."""


def plain(name: str) -> str:
    """The name without case and underscores at its ends: `lambda_` and `Lambda` are one word.

    >>> plain("Lambda_")
    'lambda'
    """
    return name.strip("_").lower()


def knobs(names: Iterable[str]) -> dict[str, str]:
    """The knobs among these argument names, by the exam's word: each name turns one knob only.

    `alpha` is a learning rate where there is no other and epochs can be set, else a penalty.

    >>> knobs(["alpha", "n_iters", "seed"])
    {'rate': 'alpha', 'epochs': 'n_iters', 'seed': 'seed'}
    >>> knobs(["alpha", "fit_intercept"])
    {'l2': 'alpha', 'intercept': 'fit_intercept'}
    """
    given = {name if name == "C" else plain(name): name for name in names}
    if given.keys() & {"beta1", "beta_1", "beta2", "beta_2", "betas", "rho"}:  # an optimiser's own epsilon
        given = {word: name for word, name in given.items() if word not in ("eps", "epsilon")}
    found: dict[str, str] = {}
    nearly = {bare(word): name for word, name in given.items() if word != "C"}
    nearly = {_without_slips(word): name for word, name in nearly.items()} | nearly
    for word, spellings in KNOBS.items():
        likely = [given[s] for s in spellings if s in given] + [nearly[s] for s in map(bare, spellings) if s in nearly]
        name = next((n for n in likely if n not in found.values()), None)
        if name is not None and not (word == "rate" and not nearly.keys() & set(map(bare, KNOBS["epochs"]))):
            found[word] = name
    return found


LONG = ("epochs", "rate")
"""Whose shorter names are known with a slip too; those of other settings are too much like one another."""


def _without_slips(word: str) -> str:
    """A long name as it was meant, where a letter of it is missing, doubled or strange.

    >>> [_without_slips(word) for word in ("nephoch", "learingrate", "l1penality", "lambda3")]
    ['nepoch', 'learningrate', 'l1penalty', 'lambda3']
    """
    known = [name for kind in KNOBS for name in map(bare, KNOBS[kind]) if len(name) > (4 if kind in LONG else 7)]
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.9)
    return near[0] if near and len(word) > 5 else word


def bare(name: str) -> str:
    """A name without underscores, a plural's s, and the words that say nothing of a setting.

    >>> bare("lambda_param"), bare("num_iteration") == bare("num_iterations"), bare("reg_strength")
    ('lambda', True, 'reg')
    """
    words = re.sub(r"_?(param(eter)?|value|coef(f|ficient)?|strength|factor|term)$", "", plain(name)).replace("_", "")
    return words.removesuffix("s") if len(words) > 3 else words


def parameters(function: Any) -> Mapping[str, inspect.Parameter]:
    """The parameters of a function; none where Python cannot tell."""
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}


def argument(name: str) -> str:
    """The exam's word for an argument of a function: X, y, w, b, or a knob; empty where unknown."""
    for word, spellings in ARGUMENTS.items():
        if plain(name) in spellings:
            return word
    return next((word for word in knobs([name, "epochs"]) if word != "epochs" or plain(name) == "epochs"), "")


def function_of(module: Any, word: str) -> Any:
    """The function of a module that does this; None where there is none, or several train."""
    if word == "train" and inspect.ismodule(module):
        from groundup.exam.candidates import labels_first

        if labels_first.several(module):
            return None
    named = {plain(name): value for name, value in contents(module).items() if callable(value)}
    named = {name: value for name, value in named.items() if not inspect.isclass(value)}
    found = next((named[s] for s in FUNCTIONS[word] if s in named), None)
    if found is None and word == "predict":
        likely = [v for name, v in named.items() if name.startswith("predict") and "prob" not in name]
        return likely[0] if len(likely) == 1 else None
    return _only_trainer(module) if found is None and word == "train" and inspect.ismodule(module) else found


def trainer_of_many(module: Any) -> Any:
    """The only function of a file that takes X, y and the number of classes; None where there is none such."""
    own = [f for f in vars(module).values() if inspect.isfunction(f) and f.__module__ == module.__name__]
    able = [
        f
        for f in own
        if [argument(n) for n in list(parameters(f))[:2]] == ["X", "y"] and "classes" in knobs(list(parameters(f))[2:])
    ]
    return able[0] if len(able) == 1 else None


def _only_trainer(module: Any) -> Any:
    """The only function of a file that takes X and y first and can be told a rate or epochs, or is the only of X, y."""
    taken = {s for word, spellings in FUNCTIONS.items() if word != "train" for s in spellings}
    if any(inspect.isclass(c) and hasattr(c, "fit") and c.__module__ == module.__name__ for c in vars(module).values()):
        return None
    own = [f for f in vars(module).values() if inspect.isfunction(f) and f.__module__ == module.__name__]
    able = [
        f
        for f in own
        if [argument(n) for n in list(parameters(f))[:2]] == ["X", "y"]
        and plain(f.__name__) not in taken
        and not any(word in f.__name__.lower() for word in NO_TRAINING)
        and not any("test" in n.lower() and p.default is p.empty for n, p in parameters(f).items())
    ]
    told = [f for f in able if knobs(list(parameters(f))[2:]).keys() & {"rate", "epochs", "l2", "tolerance"}]
    for some in (told, able):
        if len(some) == 1:
            return some[0]
    return None if able else started.trainer(own)


def contents(module: Any) -> Mapping[str, Any]:
    """The names of a module, a namespace or a dict."""
    if isinstance(module, Mapping):
        return module
    return {name: getattr(module, name) for name in dir(module) if not name.startswith("__")}
