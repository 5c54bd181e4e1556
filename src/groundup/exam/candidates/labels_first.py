# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportFunctionMemberAccess=false
"""Functions that train and are given the labels first, as some courses have it, and hand back weights and a loss.

    least_squares(y, tx)    ridge_regression(y, tx, lambda_)    logistic_regression(y, tx, initial_w, max_iters, gamma)

A column of ones stands in tx. A file has several of them, and each is asked by itself.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from groundup.exam import own_errors
from groundup.exam.candidates import spelling
from groundup.exam.evidence import NotExamined

Array = Any
Parameter = inspect.Parameter
NAME = re.compile(
    r"least_?squares|ridge|lasso|linear_?reg|logistic_?reg|log_?reg|regression|squared_error_gd|gradient_descent"
)
NO_TRAINING = re.compile(
    r"loss|cost|hessian|step|predict|cross_val|plot|visual|demo|test|hypothesis|score|likelihood|poly|search|tun"
    r"|grad(?!ient_descent)|stoch|sgd|accuracy|error(?!_gd)|evalu|experiment|main|best|split"
)
"""What computes something else; steps on rows drawn by chance are left aside, as their pace is their own."""
BIAS = re.compile(r"\b(b|bias|intercept|b0|w0|b_0|w_0)\b")
"""What is handed back beside the weights and is no loss."""
GAMMA = ("gamma", "g", "alpha", "step")
"""What the learning rate is called beside its usual names, where there are epochs."""


def wants(function: Any) -> bool:
    """Whether a function trains by its name, and takes labels, then rows, and nothing else that is not known.

    >>> def ridge_regression(y, tx, lambda_): ...
    >>> def ridge_loss(y, tx, w): ...
    >>> wants(ridge_regression), wants(ridge_loss)
    (True, False)
    """
    return trains(function) and [spelling.argument(n) for n in list(spelling.parameters(function))[:2]] == ["y", "X"]


def trains(function: Any) -> bool:
    """The same in either order of labels and rows."""
    if not inspect.isfunction(function) or hasattr(function, "as_written"):
        return False
    name, given = function.__name__.lower(), spelling.parameters(function)
    words = [spelling.argument(n) for n in list(given)[:2]]
    if not NAME.search(name) or NO_TRAINING.search(name) or {*words} != {"X", "y"}:
        return False
    rest = list(given)[2:]
    knobs = _knobs(rest)
    starts = [n for n in rest if start(n) and n not in knobs.values()]
    needed = [
        n for n in rest if given[n].default is Parameter.empty and given[n].kind is Parameter.POSITIONAL_OR_KEYWORD
    ]
    walks = {"rate", "epochs"} <= knobs.keys()
    return {*needed} <= {*knobs.values(), *starts} and (walks or not (starts or "rate" in knobs or "epochs" in knobs))


def start(name: str) -> bool:
    """Whether an argument wants the weights to start from."""
    bare = re.sub(r"^(init(ial)?|start)_?|_?(in|init|initial|start|0)$", "", spelling.plain(name))
    return bare in ("w", "weights", "theta", "beta")


def _knobs(names: list[str]) -> dict[str, str]:
    found = spelling.knobs(names)
    rate = next((n for n in names if spelling.plain(n) in GAMMA and n not in found.values()), "")
    return {"rate": rate, **found} if rate and "epochs" in found and "rate" not in found else found


def several(module: Any) -> dict[str, Any]:
    """The functions of a file that train, where there are two or more and no class that learns; else none."""
    own = {n: f for n, f in vars(module).items() if getattr(f, "__module__", "") == module.__name__}
    if any(inspect.isclass(v) and (hasattr(v, "fit") or hasattr(v, "predict")) for v in own.values()):
        return {}
    found = {n: f for n, f in own.items() if not n.startswith("_") and trains(f)}
    return found if len(found) > 1 and any(map(wants, found.values())) else {}


def rearranged(function: Any) -> Any:
    """train(X, y, ...) made of such a function: from weights of zero, and without the loss that it hands back."""
    given = spelling.parameters(function)
    y, X = list(given)[:2]
    knobs = _knobs(list(given)[2:])
    starts = [n for n in list(given)[2:] if start(n) and n not in knobs.values()]
    renamed = {knobs["rate"]: "learning_rate"} if spelling.plain(knobs.get("rate", "")) in GAMMA else {}
    biased = _says_bias(function)

    def train(rows: Array, labels: Array, **settings: Any) -> Any:
        own = {n: settings[new] for n, new in renamed.items() if new in settings}
        own |= {n: v for n, v in settings.items() if n not in renamed.values()}
        width, problem = np.shape(rows)[1], None
        for column in (False, True):
            shape = (width, 1) if column else (width,)
            target = np.reshape(labels, (-1, 1)) if column else labels
            try:
                answer = function(**{y: target, X: rows, **own, **{n: np.zeros(shape) for n in starts}})
            except (ValueError, IndexError) as error:
                problem = problem or error
                if not starts:
                    break
                continue
            return answer if biased else _weights(answer, width)
        assert problem is not None
        raise problem

    kept = [given[X], given[y]]
    kept += [p.replace(name=renamed.get(n, n)) for n, p in list(given.items())[2:] if n not in starts]
    kept = [p.replace(kind=Parameter.POSITIONAL_OR_KEYWORD) for p in kept]

    def whole(*rows: Array, **settings: Any) -> Any:
        named = {n: settings.pop(n) for n in (X, y) if n in settings}
        return train(*rows, *named.values(), **settings)

    whole.__signature__ = inspect.Signature(sorted(kept, key=lambda p: p.default is not p.empty))
    whole.__name__, whole.__module__, whole.__doc__ = function.__name__, function.__module__, function.__doc__
    whole.as_written = function
    return whole


def _says_bias(function: Any) -> bool:
    """Whether what it hands back is said to have a bias of its own."""
    try:
        returned = inspect.getsource(function).rpartition("return")[2]
    except (OSError, TypeError):
        return False
    return BIAS.search(returned) is not None


def _weights(answer: Any, width: int) -> Any:
    """The weights alone, without the losses beside them; the last of a list of them."""
    if not isinstance(answer, tuple):
        return answer
    found: list[Any] = []
    for part in answer:
        many = isinstance(part, list) and part and np.ndim(part[-1])
        last: Any = part[-1] if many else part
        if np.ndim(last) and np.size(last) == width and (many or not isinstance(part, list)):
            found.append(last)
    return found[0] if len(found) == 1 else answer


def task_of(function: Any) -> str:
    """What such a function is for, by its name.

    >>> def reg_logistic_regression(y, tx, lambda_, initial_w, max_iters, gamma): ...
    >>> task_of(reg_logistic_regression)
    'classification'
    """
    return "classification" if re.search(r"logi|classif", function.__name__.lower()) else "regression"


def learner(function: Any, task: str) -> Any:
    """One of several functions of a file as a candidate; NotExamined where it cannot be called as we think."""
    from groundup.exam.candidates import candidate

    try:
        return candidate(rearranged(function) if wants(function) else function, task)
    except NotExamined:
        raise
    except Exception as reason:
        if own_errors.its_own(reason):
            raise
        call = f"{function.__name__}({', '.join(spelling.parameters(function))})"
        raise NotExamined(f"called as {call}; it raised {type(reason).__name__}: {reason}") from None
