"""Machine learning from the ground up: read it, watch it, trust it, use it.

>>> import groundup as gu
>>> model = gu.LinearRegression().fit([[1.0], [2.0], [3.0]], [3.0, 5.0, 7.0])
>>> model.predict([[10.0]])
array([21.])

The rooms behind this door: `formulas` (every equation once), `data` (where rows come from), `solve` (how to go
downhill), `models` (parameters and rows to one number), `estimators` (fit, predict, score), `lab` (looking),
`exam` (judging) and `app` (the command line).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from groundup import errors, formulas
from groundup.errors import (
    GroundupError,
    GroundupWarning,
    InputError,
    InputTypeError,
    MissingExtraError,
    NotConvergedWarning,
    NotFittedError,
    UndefinedMetricWarning,
    UnknownNameError,
)
from groundup.estimators.forecasting import forecast
from groundup.estimators.linear_regression import LinearRegression

if TYPE_CHECKING:
    from groundup import lab
    from groundup.data import examples

__version__ = "0.1.0"

__all__ = [
    "GroundupError",
    "GroundupWarning",
    "InputError",
    "InputTypeError",
    "LinearRegression",
    "MissingExtraError",
    "NotConvergedWarning",
    "NotFittedError",
    "UndefinedMetricWarning",
    "UnknownNameError",
    "errors",
    "examples",
    "forecast",
    "formulas",
    "lab",
]

_LAZY = {"examples": "groundup.data.examples", "lab": "groundup.lab"}


def __getattr__(name: str) -> Any:
    """Open `lab` and `examples` when somebody asks for them: whoever only fits does not pay for them."""
    if name in _LAZY:
        return importlib.import_module(_LAZY[name])
    raise AttributeError(f"module 'groundup' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
