"""How sure is a fitted model? Standard errors, tests, intervals, and which rows it owes its answer to.

mixins.py      summary, predict_interval: what a model offers
kept.py        what a model keeps of its rows
geometry.py    how the rows lie, in coordinates in which they are uncorrelated
linear.py      least squares: t, F, R²
rows.py        leverages, residuals, robust covariance
influence.py   which rows pull the fit; which columns repeat each other
table.py       the table: text, HTML, JSON
"""

from __future__ import annotations

from groundup.estimators.inference.influence import Influence, influence, vif
from groundup.estimators.inference.linear_mixin import Interval, LinearInference
from groundup.estimators.inference.logistic_mixin import LogisticInference

__all__ = ["Influence", "Interval", "LinearInference", "LogisticInference", "influence", "vif"]
