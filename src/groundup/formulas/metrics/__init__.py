"""How good is a prediction? One number, or one curve, from labels and predictions.

    losses        l1  mae  l2  mse  rmse                                        (of `losses`, called as metrics)
    regression    r2  adjusted_r2  explained_variance  median_absolute_error  mape  max_error  pinball
    confusion     confusion_matrix  accuracy  balanced_accuracy  matthews  kappa
    hits          precision  recall  specificity  f1  f_beta
    ranking       roc_curve  roc_auc  precision_recall_curve  average_precision  top_k_accuracy
    probability   log_loss  brier
    thresholds    threshold_curve  choose_threshold
    calibration   prediction_bias  prediction_bias_by_bucket  calibration_curve  expected_calibration_error

Every metric is called as metric(y, prediction, *, sample_weight=None): the truth first. A weight of 2 counts a row
twice, a weight of 0 leaves it out. What has no value (0/0, a constant target, one class) gives the documented value and
an UndefinedMetricWarning. The values are those of scikit-learn where it has the metric.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from groundup.formulas.losses import l1, l2, mae, mse, rmse
from groundup.formulas.metrics.calibration import (
    BiasByBucket,
    CalibrationCurve,
    calibration_curve,
    expected_calibration_error,
    prediction_bias,
    prediction_bias_by_bucket,
)
from groundup.formulas.metrics.confusion import accuracy, balanced_accuracy, confusion_matrix, kappa, matthews
from groundup.formulas.metrics.hits import f1, f_beta, precision, recall, specificity
from groundup.formulas.metrics.probability import brier, log_loss
from groundup.formulas.metrics.ranking import (
    PrecisionRecallCurve,
    RocCurve,
    average_precision,
    precision_recall_curve,
    roc_auc,
    roc_curve,
    top_k_accuracy,
)
from groundup.formulas.metrics.regression import (
    adjusted_r2,
    explained_variance,
    mape,
    max_error,
    median_absolute_error,
    pinball,
    r2,
)
from groundup.formulas.metrics.thresholds import ChosenThreshold, ThresholdCurve, choose_threshold, threshold_curve

_LOSSES: dict[str, Any] = {"l1": l1, "mae": mae, "l2": l2, "mse": mse, "rmse": rmse}
_FUNCTIONS: tuple[Callable[..., Any], ...] = (
    *(r2, adjusted_r2, explained_variance, median_absolute_error, mape, max_error, pinball),
    *(confusion_matrix, accuracy, balanced_accuracy, matthews, kappa),
    *(precision, recall, specificity, f1, f_beta),
    *(roc_curve, roc_auc, precision_recall_curve, average_precision, top_k_accuracy),
    *(log_loss, brier),
    *(threshold_curve, choose_threshold),
    *(prediction_bias, prediction_bias_by_bucket, calibration_curve, expected_calibration_error),
)

NAMES: dict[str, Callable[..., Any]] = {**_LOSSES, **{function.__name__: function for function in _FUNCTIONS}}
"""Every metric by its name; the first line of its docstring is its formula."""

__all__ = [
    "NAMES",
    "BiasByBucket",
    "CalibrationCurve",
    "ChosenThreshold",
    "PrecisionRecallCurve",
    "RocCurve",
    "ThresholdCurve",
    "accuracy",
    "adjusted_r2",
    "average_precision",
    "balanced_accuracy",
    "brier",
    "calibration_curve",
    "choose_threshold",
    "confusion_matrix",
    "expected_calibration_error",
    "explained_variance",
    "f1",
    "f_beta",
    "kappa",
    "l1",
    "l2",
    "log_loss",
    "mae",
    "mape",
    "matthews",
    "max_error",
    "median_absolute_error",
    "mse",
    "pinball",
    "precision",
    "precision_recall_curve",
    "prediction_bias",
    "prediction_bias_by_bucket",
    "r2",
    "recall",
    "rmse",
    "roc_auc",
    "roc_curve",
    "specificity",
    "threshold_curve",
    "top_k_accuracy",
]
