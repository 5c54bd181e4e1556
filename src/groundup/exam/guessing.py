# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Which task a candidate is for, where nobody says it: by its name, its methods, and what its code calls."""

from __future__ import annotations

import inspect
import re
from typing import Any

from groundup.errors import UnknownNameError
from groundup.exam import alone
from groundup.exam.candidates import given_rows, network_shapes, spelling, torch_models, wholes
from groundup.exam.examining import FORMULAS, formulas_of, only_class, steps
from groundup.exam.grading.names import rule_of

NAMES = (
    ("multiclass", ("softmax", "multinomial", "multiclass", "onevs", "ovr", "vsall")),
    ("classification", ("logisti", "logreg", "logit", "classif", "klassif", "clasif", "perceptron", "adaline")),
    ("regression", ("regres", "linear", "ridge", "lasso", "elastic")),
)
"""What a name says; the first that fits counts, so logistic regression is no regression."""
CALLS = (
    ("multiclass", r"\b(softmax|one_?hot|to_categorical|CrossEntropy(Loss)?|cross_entropy\(.*softmax|argmax)\b"),
    ("classification", r"\b(sigmoid|expit|log_?loss|BCE\w*|binary_cross_?entropy|cross_?entropy)\b|1 ?\+ ?np\.exp\(-"),
)
"""What the code of one that answers with classes calls."""
DECIDES = (
    r"where\([^\n]*,\s*[+-]?[01](\.0?)?,\s*[+-]?[01](\.0?)?\s*\)|return (np|torch)\.sign\(|\b1 if [^\n]+ else -?[01]\b|"
    r"[<>]=? ?0(\.[05])?\)*\.astype\(int"
)
"""How the code of a predict looks that answers with one of two classes."""
STEPS = ("step", "update", "apply_gradients", "update_weights", "update_params", "update_parameters")


def task_of(candidate: Any) -> tuple[str, str]:
    """(task, why): "regression" where nothing speaks for another.

    >>> class LogReg:
    ...     def fit(self, X, y): ...
    ...     def predict(self, X): ...
    ...     def predict_proba(self, X): ...
    >>> task_of(LogReg)
    ('classification', 'of its name')
    >>> task_of(type("Line", (), {"fit": LogReg.fit, "predict": LogReg.predict}))[0]
    'regression'
    """
    both = torch_models.pair(candidate)
    learner = candidate if both else only_class(candidate, "any") or candidate
    learner = given_rows.taught_without_rows(learner) or learner
    if not both and (torch_models.is_optimiser(learner) or _only_steps(learner)):
        return "optimiser", "it has a step, and nothing that learns"
    if alone.claimed(learner):
        return "parts", "it is no learner, but a part of one"
    if inspect.ismodule(learner) and spelling.function_of(learner, "train") is None:
        names = [name for name, _, _ in alone.pieces(learner)] + [name for name, _ in formulas_of(learner)]
        if names:
            return "parts", f"it has {', '.join(names[:3])}{', ...' * (len(names) > 3)} and nothing that learns"
    for task, words in NAMES:
        if any(word in _name(both[0] if both else learner) for word in words):
            return task, "of its name"
    code = _code(both or learner)
    called = [(task, found[0]) for task, pattern in CALLS if (found := re.search(pattern, code))]
    if network_shapes.is_network(learner):
        called = [(task, word) for task, word in called if word not in ("sigmoid", "expit", "1 + np.exp(-")]
    method = next((n for n in ("predict_proba", "decision_function") if hasattr(learner, n)), "")
    if called:
        return called[0][0], f"its code says {called[0][1]}"
    if method:
        return "classification", f"it has {method}"
    says = spelling.function_of(learner, "predict") if inspect.ismodule(learner) else getattr(learner, "predict", None)
    if re.search(DECIDES, _source(says)) and not network_shapes.is_network(learner):
        return "classification", "its predict answers with one of two classes"
    return "regression", "nothing speaks for classes"


def formula_of(thing: Any) -> str:
    """The formula that a function is by its name and its arguments; empty where it is none.

    >>> def softplus(z): ...
    >>> formula_of(softplus), formula_of(len)
    ('softplus', '')
    """
    if not inspect.isfunction(thing) or alone.claimed(thing):
        return ""
    words = [spelling.argument(name) for name in spelling.parameters(thing)]
    if words[:2] == ["X", "y"]:
        return ""
    found = formulas_of({thing.__name__: thing})
    return next((name for name, _ in found), "")


def _name(thing: Any) -> str:
    return str(getattr(thing, "__name__", type(thing).__name__)).lower().replace("_", "")


def _only_steps(thing: Any) -> bool:
    if inspect.ismodule(thing):
        return spelling.function_of(thing, "train") is None and any(map(_only_steps, alone.own(thing).values()))
    if inspect.isfunction(thing):
        return steps(thing) and _ruled(thing)
    learns = any(hasattr(thing, name) for name in ("fit", "train", "predict"))
    if inspect.isclass(thing) and (alone.is_namespace(thing) or alone.claimed(thing)):
        return False
    stepping = (*STEPS, "apply", "optimize") if _ruled(thing) else STEPS
    return not inspect.isroutine(thing) and not learns and any(hasattr(thing, name) for name in stepping)


def _ruled(thing: Any) -> bool:
    """Whether its name says which optimiser it is."""
    try:
        return bool(rule_of(thing))
    except UnknownNameError:
        return False


def _code(thing: Any) -> str:
    """The text of a class, of a function and those that it calls, or of a module's functions but its formulas."""
    parts = thing if isinstance(thing, tuple) else wholes.parts_of(thing) or [thing]
    if inspect.ismodule(thing):
        found = spelling.contents(thing).items()
        parts = [part for name, part in found if inspect.isfunction(part) and name.strip("_").lower() not in FORMULAS]
    return "\n".join(_source(part) for one in parts for part in _with_called(one))


def _with_called(thing: Any) -> list[Any]:
    """A function, and those of its file that it calls, and they call."""
    found = [thing]
    for part in found:
        names = part.__code__.co_names if inspect.isfunction(part) else ()
        called = [part.__globals__.get(name) for name in names]
        found += [f for f in called if inspect.isfunction(f) and f.__module__ == part.__module__ and f not in found]
    return found


def _source(part: Any) -> str:
    try:
        return inspect.getsource(part if inspect.isroutine(part) or inspect.isclass(part) else type(part))
    except (OSError, TypeError):
        return ""
