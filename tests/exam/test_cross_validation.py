"""Cross-validation in a file is asked with labels of chance."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from groundup.exam.jail import Limits, ask_all
from groundup.exam.pieces import cross_validation


def folds(n, k, rng):
    return np.array_split(rng.permutation(n), k)


def cross_val_score(model, X, y, cv=5, selector=None, slip="", told="hits"):
    rng = np.random.default_rng(0)
    if selector is not None and slip == "selected before":
        X = copy.deepcopy(selector).fit(X, y).transform(X)
    scores = []
    for test in folds(len(y), cv, rng):
        train = np.setdiff1d(np.arange(len(y)), test)
        rows, asked = X[train], X[test]
        if selector is not None and slip != "selected before":
            chosen = copy.deepcopy(selector).fit(rows, y[train])
            rows, asked = chosen.transform(rows), chosen.transform(asked)
        fitted = copy.deepcopy(model).fit(rows, y[train])
        if slip == "train score":
            asked, test = rows, train
        guess = fitted.predict(asked)
        r2 = 1 - np.sum((guess - y[test]) ** 2) / np.sum((y[test] - y[test].mean()) ** 2)
        missed = np.mean((guess - y[test]) ** 2)
        scores.append({"r2": r2, "hits": np.mean(guess == y[test]), "mse": missed}[told])
    return np.array(scores)


def asked(slip, told, seed):
    def cross_val_mine(model, X, y, selector=None):
        return cross_val_score(model, X, y, selector=selector, slip=slip, told=told)

    assert cross_validation.kind_of(cross_val_mine) == "folds"
    made = cross_validation.CrossValidation(cross_val_mine)
    return [v.outcome for v in ask_all(lambda: made, cross_validation.QUESTIONS, seed, Limits())]


@pytest.mark.parametrize("told", ["hits", "r2", "mse"])
@pytest.mark.parametrize("seed", range(10))
def test_a_right_one_passes(told, seed):
    """False alarms: below 1e-9 a question."""
    assert asked("", told, seed) == ["passed", "passed"]


@pytest.mark.parametrize("told", ["hits", "r2", "mse"])
def test_a_selection_before_the_folds_and_a_training_score_are_caught(told):
    for seed in range(3):
        assert asked("selected before", told, seed) == ["passed", "failed"]
        assert asked("train score", told, seed)[0] == "failed"
