"""What every estimator can do, in scikit-learn's manners and without scikit-learn.

parameters   get_params, set_params, repr, cloning, pickling: an estimator is its parameters and what it learnt
features     how many columns X had in `fit`, their names, and whether X has the same ones now
manners      the questions that only scikit-learn asks: tags, metadata routing
display      a card for notebooks: name, formula, parameters
kinds        Estimator, and its kinds: Regressor, Classifier, Transformer

A subclass writes `__init__` that only stores its arguments, `fit`, and `predict` or `_transform`.
"""

from __future__ import annotations

from groundup.estimators.base.kinds import Classifier, Estimator, Regressor, Transformer

__all__ = ["Classifier", "Estimator", "Regressor", "Transformer"]
