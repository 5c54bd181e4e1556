"""`gu.forecast`: what gradient descent will do with these rows, before it starts."""

from __future__ import annotations

from typing import Any

from groundup.estimators.linear_regression import LinearRegression
from groundup.formulas.losses import Loss
from groundup.models.curvature import forecast_of
from groundup.solve.forecast import Forecast


def forecast(
    X: Any, y: Any, loss: str | Loss = "mse", *, l2: float = 0.0, fit_intercept: bool = True, sample_weight: Any = None
) -> Forecast:
    """The bowl that gradient descent walks down: curvatures, stable and best rates, number of updates, advice.

    X (rows, features) and y (rows,) or (rows, outputs), as for `LinearRegression.fit`, and the same errors.

    >>> pounds = [[3.5], [3.69], [3.44], [3.43], [4.34], [4.42], [2.37]]
    >>> ahead = forecast(pounds, [18, 15, 18, 16, 15, 14, 24])
    >>> round(ahead.largest_stable_learning_rate, 4)
    0.0698
    >>> ahead.steps_to(gap=0.01, learning_rate=0.01)
    6854
    >>> ahead.standardised.steps_to(gap=0.01, learning_rate=0.1)
    23
    """
    model = LinearRegression(loss, l2=l2, fit_intercept=fit_intercept)
    return forecast_of(model.objective(X, y, sample_weight))
