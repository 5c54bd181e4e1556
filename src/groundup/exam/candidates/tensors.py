# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Code that uses PyTorch may want tensors, in double or in single precision; code in plain Python may want lists."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from groundup.exam.candidates import torch_models

Array = Any
KINDS = (("float64", "float64"), ("float32", "float32"), ("float64", "int64"), ("float32", "int64"))
"""Of rows and of labels, in the order in which they are tried."""


def called(maker: Any, X: Array, y: Array, given: dict[str, Any]) -> Any:
    """What maker.function(X, y) returns: of arrays, or of tensors where arrays raise inside PyTorch."""
    if not maker.kind:
        try:
            return in_lists(maker.function, X, y, **given)
        except (TypeError, AttributeError, RuntimeError):
            if not torch_models.used_by(maker.function):
                raise
    problem: Exception | None = None
    for kind in (maker.kind,) if maker.kind else KINDS:
        try:
            answer = maker.function(tensor(X, kind[0]), tensor(y, kind[1]), **given)
        except (TypeError, AttributeError, RuntimeError) as error:
            problem = problem or error
            continue
        maker.kind = kind
        return answer
    assert problem is not None
    raise problem


def taught(maker: Any, make: Any, X: Array, y: Array, given: dict[str, Any]) -> tuple[Any, Any]:
    """(a fresh one that learnt X and y, what it handed back): of arrays, or of tensors where its file uses those."""
    tried = (None, *KINDS) if maker.kind is None and torch_models.used_by(maker.cls) else (maker.kind,)
    problem: Exception | None = None
    for kind in tried:
        maker.kind = kind
        made = make()
        try:
            return made, in_lists(getattr(made, maker.teach), X, y, **given)
        except (TypeError, AttributeError, RuntimeError) as error:
            problem = problem or error
    maker.kind = tried[0]
    assert problem is not None
    raise problem


def taking_arrays(made: Any, teach: str, kind: tuple[str, str] | None) -> Any:
    """The same object, whose method that learns takes arrays and turns them into tensors."""
    if kind is not None:
        learn = getattr(made, teach)
        vars(made)[teach] = lambda X, y, *more, **given: learn(*map(tensor, (X, y), kind), *more, **given)
    return made


def in_lists(function: Any, *arguments: Array, **given: Any) -> Any:
    """What it gives for arrays; for lists, where an array stands in an `if values`, as it does in plain Python.

    >>> in_lists(lambda values: sum(values) if values else 0, np.array([1.0, 2.0]))
    3.0
    """
    try:
        return function(*arguments, **given)
    except ValueError as problem:
        if "truth value of an array" not in str(problem) or any(hasattr(a, "iloc") for a in arguments):
            raise
        return function(*(a.tolist() if isinstance(a, np.ndarray) else a for a in arguments), **given)


def answered(function: Any, X: Array) -> Any:
    """What a method answers for rows: as an array, or as a tensor where arrays raise inside PyTorch."""
    try:
        return in_lists(function, X)
    except (TypeError, AttributeError, RuntimeError) as problem:
        if not torch_models.used_by(function):
            raise
        for kind in ("float64", "float32"):
            try:
                return function(tensor(X, kind))
            except (TypeError, AttributeError, RuntimeError):
                continue
        raise problem from None


def tensor(values: Array, kind: str) -> Any:
    """The same numbers in this precision, or as the numbers of classes."""
    torch: Any = sys.modules["torch"]
    return torch.tensor(np.asarray(values).tolist(), dtype=getattr(torch, kind))
