# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false
"""A class that learns under other names, in any language: what its methods take and store says which one is which.

The method of two arguments that stores attributes is fit. Of those of one argument that store none, the one that
compares is predict, and the one before it gives probabilities.
"""

from __future__ import annotations

import dis
import inspect
from typing import Any

import numpy as np

from groundup.exam.candidates import given_rows, spelling, torch_models
from groundup.exam.candidates.makers import teaching

DECIDES = {"argmax", "where", "sign", "rint", "round"}
"""What the code of one that answers with classes calls, where it compares nothing."""
NO_ANSWER = ("transform", "inverse", "score", "loss", "cost", "update", "step", "forward", "backward", "gradient")


def adapted(cls: Any) -> Any:
    """A class with fit and predict made of this one; itself where it has both, or where they cannot be told.

    >>> class Recta:
    ...     def ajustar(self, X, y):
    ...         self.media = y.mean()
    ...     def predecir(self, X):
    ...         return X[:, 0] * 0 + self.media
    >>> adapted(Recta).predict is Recta.predecir, own_names(adapted(Recta))["fit"]
    (True, 'ajustar')
    """
    whole = given_rows.taught_without_rows(cls)
    if whole is not None:
        return whole
    if not inspect.isclass(cls) or (teaching(cls) and hasattr(cls, "predict")) or not inspect.isfunction(_first(cls)):
        return cls
    own = {n: f for n, f in vars(cls).items() if inspect.isfunction(f) and not n.startswith("_")}
    pairs = _of_pairs(cls, own)
    if pairs:
        return pairs
    beside = _taught_from_outside(cls)
    if beside:
        return beside
    if own.keys() & {"transform", "fit_transform", "forward", "backward", "step", "update"}:
        return cls
    teach = teaching(cls) or next((n for n, f in own.items() if _rows_and_labels(_data(f)) and _stores(f)), "")
    answers = [n for n, f in own.items() if len(_data(f)) == 1 and not _stores(f)]
    answers = [n for n in answers if not any(word in n.lower() for word in NO_ANSWER)]
    if not teach or not answers or hasattr(cls, "predict"):
        return cls
    deciding = [n for n in answers if _decides(own[n])]
    says = (deciding or answers)[-1]
    names = {"fit": teach, "predict": says}
    proba = [n for n in answers if n not in deciding] if deciding else []
    if len(proba) == 1 and not hasattr(cls, "predict_proba"):
        names["predict_proba"] = proba[0]
    kept = {n: v for n, v in vars(cls).items() if n not in ("__dict__", "__weakref__", "__slots__")}
    aliases = {word: getattr(cls, name) for word, name in names.items()}
    return type(cls.__name__, (cls,), {**kept, **aliases, "_its_own_names": names})


def _of_pairs(cls: Any, own: dict[str, Any]) -> Any:
    """A network that takes a list of pairs (x, y) of columns, as Michael Nielsen's book has it; else None."""
    ahead = next((n for n in ("feedforward", "feed_forward", "forward") if n in own), "")
    teach = next((n for n, f in own.items() if _data(f)[:1] in (["training_data"], ["train_data"])), "")
    if not (ahead and teach):
        return None
    given = list(inspect.signature(own[teach]).parameters.values())
    kinds = [p for p in given[2:] if p.default is p.empty or isinstance(p.default, int | float)]

    def fit(self: Any, X: Any, y: Any, **settings: Any) -> None:
        rows, labels = np.asarray(X, float), np.asarray(y, float)
        data = [(x.reshape(-1, 1), t.reshape(-1, 1)) for x, t in zip(rows, labels, strict=True)]
        getattr(self, teach)(data, **settings)

    def predict_proba(self: Any, X: Any) -> Any:
        return np.hstack([getattr(self, ahead)(x.reshape(-1, 1)) for x in np.asarray(X, float)]).T

    both = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in ("self", "X", "y")]
    fit.__signature__ = inspect.Signature([*both, *sorted(kinds, key=lambda p: p.default is not p.empty)])  # pyright: ignore[reportFunctionMemberAccess]
    kept = {n: v for n, v in vars(cls).items() if n not in ("__dict__", "__weakref__", "__slots__")}
    names = {"fit": teach, "predict_proba": ahead}
    return type(cls.__name__, (cls,), {**kept, "fit": fit, "predict_proba": predict_proba, "_its_own_names": names})


def _taught_from_outside(cls: Any) -> Any:
    """A class with predict that a function of its file trains: train(model, X, y, ...); else None."""
    train = None if teaching(cls) or not hasattr(cls, "predict") else torch_models.trainer_beside(cls)
    if train is None or torch_models.is_module(cls):
        return None

    def fit(self: Any, X: Any, y: Any, **settings: Any) -> None:
        train(self, X, y, **settings)

    given = list(inspect.signature(train).parameters.values())[3:]
    both = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in ("self", "X", "y")]
    fit.__signature__ = inspect.Signature([*both, *given])  # pyright: ignore[reportFunctionMemberAccess]
    kept = {n: v for n, v in vars(cls).items() if n not in ("__dict__", "__weakref__", "__slots__")}
    names = {"fit": train.__name__, "predict": "predict"}
    return type(cls.__name__, (cls,), {**kept, "fit": fit, "_its_own_names": names})


def own_names(cls: Any) -> dict[str, str]:
    """What fit and predict of an adapted class are called by itself; empty for any other."""
    return getattr(cls, "_its_own_names", {})


def original(cls: Any) -> Any:
    """The class itself, of one that was adapted."""
    if given_rows.is_made(cls):
        return cls.original
    return cls.__mro__[1] if inspect.isclass(cls) and own_names(cls) else cls


def _first(cls: Any) -> Any:
    return next((f for f in vars(cls).values() if inspect.isfunction(f)), None)


def _data(function: Any) -> list[str]:
    """The arguments that it needs, beside itself."""
    given = list(spelling.parameters(function).items())
    return [n for n, p in given[1:] if p.default is p.empty] if given and given[0][0] == "self" else []


def _rows_and_labels(names: list[str]) -> bool:
    """Whether these may be rows and labels: not labels and predictions, nor weights and their slopes."""
    words = [spelling.argument(name) for name in names]
    return len(words) == 2 and words[0] in ("X", "") and words[1] in ("y", "")


def _stores(function: Any) -> bool:
    return any(step.opname == "STORE_ATTR" for step in dis.get_instructions(function))


def _decides(function: Any) -> bool:
    return bool({*function.__code__.co_names} & DECIDES) or any(
        step.opname == "COMPARE_OP" for step in dis.get_instructions(function)
    )
