"""Machine learning from the ground up: read it, watch it, trust it, use it.

>>> import groundup as gu
>>> model = gu.LinearRegression().fit([[1.0], [2.0], [3.0]], [3.0, 5.0, 7.0])
>>> model.predict([[10.0]])
array([21.])

The rooms behind this door: `formulas` (every equation once), `data` (where rows come from), `solve` (how to go
downhill), `models` (parameters and rows to one number), `estimators` (fit, predict, score), `lab` (looking),
`exam` (judging) and `app` (the command line).

A name is loaded when it is first asked for, so that whoever only fits a line pays only for that.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundup import errors, exam, formulas, lab
    from groundup.data import examples, files
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
    from groundup.estimators.calibrated import CalibratedClassifier
    from groundup.estimators.checkpoint import Checkpoint, resume
    from groundup.estimators.forecasting import forecast
    from groundup.estimators.inference import influence, vif
    from groundup.estimators.linear_regression import LinearRegression
    from groundup.estimators.logistic_regression import LogisticRegression
    from groundup.estimators.neural_network import NeuralNetworkClassifier, NeuralNetworkRegressor
    from groundup.estimators.paths import lasso_path
    from groundup.estimators.saving import load, save
    from groundup.estimators.scalers import MinMaxScaler, RobustScaler, StandardScaler
    from groundup.estimators.splitting import train_test_split
    from groundup.solve import methods, schedules
    from groundup.solve.early_stopping import EarlyStopping
    from groundup.solve.progress import progress
    from groundup.solve.rate_test import rate_test

__version__ = "0.1.0"

__all__ = [
    "CalibratedClassifier",
    "Checkpoint",
    "EarlyStopping",
    "GroundupError",
    "GroundupWarning",
    "InputError",
    "InputTypeError",
    "LinearRegression",
    "LogisticRegression",
    "MinMaxScaler",
    "MissingExtraError",
    "NeuralNetworkClassifier",
    "NeuralNetworkRegressor",
    "NotConvergedWarning",
    "NotFittedError",
    "RobustScaler",
    "StandardScaler",
    "UndefinedMetricWarning",
    "UnknownNameError",
    "errors",
    "exam",
    "examples",
    "files",
    "forecast",
    "formulas",
    "influence",
    "lab",
    "lasso_path",
    "load",
    "methods",
    "progress",
    "rate_test",
    "resume",
    "save",
    "schedules",
    "train_test_split",
    "vif",
]

_HOME = {
    "CalibratedClassifier": "estimators.calibrated",
    "Checkpoint": "estimators.checkpoint",
    "EarlyStopping": "solve.early_stopping",
    "LinearRegression": "estimators.linear_regression",
    "LogisticRegression": "estimators.logistic_regression",
    "MinMaxScaler": "estimators.scalers",
    "NeuralNetworkClassifier": "estimators.neural_network",
    "NeuralNetworkRegressor": "estimators.neural_network",
    "RobustScaler": "estimators.scalers",
    "StandardScaler": "estimators.scalers",
    "examples": "data",
    "files": "data",
    "forecast": "estimators.forecasting",
    "influence": "estimators.inference",
    "lasso_path": "estimators.paths",
    "load": "estimators.saving",
    "methods": "solve",
    "progress": "solve.progress",
    "rate_test": "solve.rate_test",
    "resume": "estimators.checkpoint",
    "save": "estimators.saving",
    "schedules": "solve",
    "train_test_split": "estimators.splitting",
    "vif": "estimators.inference",
}
"""Where a name lives; modules live here, and every other name in `errors`."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'groundup' has no attribute {name!r}")
    if name in ("errors", "exam", "formulas", "lab"):
        return importlib.import_module(f"groundup.{name}")
    home = importlib.import_module(f"groundup.{_HOME.get(name, 'errors')}")
    found = getattr(home, name, None) or importlib.import_module(f"{home.__name__}.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
