"""What can go wrong, and the words for it.

    GroundupError
    ├── InputError (ValueError)             a value that cannot be used: what was expected, what came, what to do
    │   └── UnknownNameError                a loss, solver or file that does not exist, with the nearest that does
    ├── InputTypeError (TypeError)          a thing of the wrong kind, such as text where a number should be
    ├── NotFittedError (ValueError, AttributeError)   predict before fit
    └── MissingExtraError (ImportError)     an optional package is not installed

    GroundupWarning (UserWarning)
    ├── DataConversionWarning               y came as a column and was taken as one label a row
    ├── NotConvergedWarning                 training stopped before the minimum; `reason_` says why
    └── UndefinedMetricWarning              a metric divided nothing by nothing

Numerical trouble during training is not an exception: it is a reason in words on the fitted model, and a warning.
Where scikit-learn is already imported, its own NotFittedError and warnings are raised in the same place, so that code
written for it catches ours too.
"""

from __future__ import annotations

import difflib
import functools
import sys
from collections.abc import Iterable
from typing import Any, TypeVar, cast

E = TypeVar("E", bound=Exception)


class GroundupError(Exception):
    """The root: `except gu.GroundupError` catches every error that this library raises on purpose."""


class InputError(GroundupError, ValueError):
    """A value that cannot be used. The message says what was expected, what came and what to do."""


class InputTypeError(GroundupError, TypeError):
    """A thing of the wrong kind: text where a number should be, a sparse matrix where rows are dense."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question, with the name of these initials or the nearest one; nothing where none is near.

    >>> did_you_mean("gd", ["gradient_descent", "amsgrad"]), did_you_mean("adm", ["adam", "sgd"]), did_you_mean("x", [])
    (" Did you mean 'gradient_descent'?", " Did you mean 'adam'?", '')
    """
    known = list(known)
    short = [long for long in known if "_" in long and "".join(word[:1] for word in long.split("_")) == name.lower()]
    nearest = short or difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    return f" Did you mean {nearest[0]!r}?" if nearest else ""


class UnknownNameError(InputError):
    """A name that is not on the list; the message gives the nearest one that is, and the list if it can be read.

    >>> str(UnknownNameError("loss", "msee", ["mse", "mae"]))
    "loss must be one of 'mae', 'mse'; got 'msee'. Did you mean 'mse'?"
    """

    def __init__(self, what: str, name: object, known: Iterable[str]):
        known = sorted(known)
        many = f"the {len(known)} names from {known[0]!r} to {known[-1]!r}" if len(known) > 50 else ""
        hint = did_you_mean(str(name), known)
        super().__init__(f"{what} must be one of {many or ', '.join(map(repr, known))}; got {name!r}.{hint}")


class NotFittedError(GroundupError, ValueError, AttributeError):
    """A model was asked for an answer before it was taught."""


class MissingExtraError(GroundupError, ImportError):
    """An optional package is not installed; the message says which command installs it.

    >>> str(MissingExtraError("matplotlib", extra="plot", purpose="pictures"))
    "pictures need the package matplotlib, which is not installed; install it with: pip install 'groundup[plot]'"
    """

    def __init__(self, package: str, *, extra: str, purpose: str):
        super().__init__(
            f"{purpose} need the package {package}, which is not installed; "
            f"install it with: pip install 'groundup[{extra}]'"
        )


class GroundupWarning(UserWarning):
    """The root of every warning of this library."""


class DataConversionWarning(GroundupWarning):
    """y came as a column, (rows, 1), and was taken as one label a row."""


class NotConvergedWarning(GroundupWarning):
    """Training stopped before it reached the minimum; the model's `reason_` says why and what to do."""


class UndefinedMetricWarning(GroundupWarning):
    """A metric would divide nothing by nothing; the documented value was returned instead."""


def twin(ours: type[E], theirs: str) -> type[E]:
    """`ours`, which is also scikit-learn's exception `theirs` where scikit-learn has been imported.

    >>> issubclass(twin(NotFittedError, "NotFittedError"), NotFittedError)
    True
    """
    sklearn = sys.modules.get("sklearn.exceptions")
    return ours if sklearn is None else cast(type[E], _both(ours, getattr(sklearn, theirs)))


@functools.cache
def _both(ours: type[Exception], theirs: type[Exception]) -> type[Exception]:
    def reduce(self: Exception) -> tuple[Any, ...]:
        return _again, (ours, theirs.__name__, self.args)

    return type(ours.__name__, (ours, theirs), {"__doc__": ours.__doc__, "__module__": __name__, "__reduce__": reduce})


def _again(ours: type[Exception], theirs: str, arguments: tuple[Any, ...]) -> Exception:
    """The exception that was pickled in another process."""
    return twin(ours, theirs)(*arguments)
