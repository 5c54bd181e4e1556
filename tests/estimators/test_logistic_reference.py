"""Logistic and softmax regression against answers with 40 digits. Kills: whatever costs a digit."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from mpmath import mpf

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.estimators.logistic_regression import LogisticRegression
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.models.affine import Affine
from groundup.models.information import information
from groundup.models.objective import Cost, Objective

REFERENCE = Path(__file__).parents[1] / "reference"
FILES = sorted([*REFERENCE.glob("logistic_softmax_real/*.json"), *REFERENCE.glob("logistic_softmax_hard/*.json")])


def load(path):
    """The case, X without its column of ones, the class of each row, and weights: counts become one row a class."""
    case = json.loads(path.read_text(encoding="utf-8"))
    X = np.array(case["X"], dtype=float)
    if case["p"] == 1:
        X = np.hstack([X, np.zeros((len(X), 1))])  # a feature that says nothing
    if "counts" in case:
        counts = np.array(case["counts"], dtype=float)
        y, w = np.repeat(np.arange(case["K"]), len(X)), counts.T.ravel()
        X = np.vstack([X] * case["K"])
        return case, X[w > 0], y[w > 0], w[w > 0]
    return case, X, np.array(case["y"]), None


CASES = {path.stem: load(path) for path in FILES}
UNIQUE = [name for name, (case, *_) in CASES.items() if case.get("reference") and "coef" in case["reference"]]
DEFICIENT = [name for name, (case, *_) in CASES.items() if case.get("mle_unique") is False]
SEPARATED = [name for name, (case, *_) in CASES.items() if "separation" in case]
PENALISED = [
    (name, one["lam"])
    for name, (case, *_) in CASES.items()
    for one in case.get("l2") or []
    if not one.get("intercept_penalised")
]


def references(case):
    """Coefficients and standard errors, (scores, features + 1), against class 0."""
    coef = np.atleast_2d(np.array([[mpf(v) for v in np.atleast_1d(row)] for row in case["reference"]["coef"]], object))
    se = np.array(case["reference"]["se"], dtype=float)
    return (coef.T, np.atleast_2d(se)) if se.ndim == 1 else (coef, se)


@pytest.mark.parametrize("intercept", [True, False], ids=["bias", "column of ones"])
@pytest.mark.parametrize("name", UNIQUE)
def test_coefficients_within_a_millionth_of_a_standard_error(name, intercept):
    """With the default call; the bias as a bias, and as the weight of a column of ones."""
    case, X, y, w = CASES[name]
    coef, se = references(case)
    if intercept:
        model = LogisticRegression().fit(X[:, 1:], y, w)
        found = np.hstack([model.intercept_[:, None], model.coef_])
    else:
        model = LogisticRegression(fit_intercept=False).fit(X, y, w)
        found = model.coef_
    if case["K"] > 2:
        np.testing.assert_allclose(found.sum(axis=0), 0, atol=1e-9 * np.abs(found).max())
        found = found[1:] - found[:1]
    assert model.reason_.startswith("converged")
    for exact, ours, error in zip(coef.ravel(), found[:, : coef.shape[1]].ravel(), se.ravel(), strict=True):
        assert abs(float(exact - mpf(float(ours)))) <= 1e-9 * error


@pytest.mark.parametrize("name", UNIQUE)
def test_standard_errors_and_log_likelihood(name):
    case, X, y, w = CASES[name]
    K = case["K"]
    targets = (y == 1)[:, None].astype(float) if K == 2 else (y[:, None] == np.arange(K)).astype(float)
    cost = Cost(Affine(X.shape[1] - 1, targets.shape[1]), Logistic() if K == 2 else CrossEntropy())
    model = LogisticRegression().fit(X[:, 1:], y, w)
    start = cost.model.from_weights_and_bias(model.coef_, model.intercept_)
    known = information(Objective(cost, ArrayBlocks(X[:, 1:], targets, w)), start)
    errors = np.hstack([known.intercept_errors[:, None], known.errors.T]) if K == 2 else known.against(0).T[1:]
    _, se = references(case)
    np.testing.assert_allclose(errors[:, : se.shape[1]], se, rtol=1e-11)
    exact = float(case["reference"]["loglik"])
    assert known.log_likelihood == pytest.approx(exact, rel=1e-12)
    own = np.log(model.predict_proba(X[:, 1:])[np.arange(len(y)), y])
    assert np.sum(own if w is None else w * own) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("name", DEFICIENT)
def test_deficient_rank_has_the_one_likelihood_and_the_least_norm(name):
    """Kills: a singular solve, a ridge in secret, weights that run away along the null space."""
    case, X, y, w = CASES[name]
    model = LogisticRegression().fit(X[:, 1:], y, w)
    exact = np.array(case["reference"]["probabilities"], dtype=float)
    np.testing.assert_allclose(model.predict_proba(X[:, 1:])[:, 1], exact, rtol=1e-11)
    assert "minimum-norm" in model.reason_
    assert "x" in model.reason_.split("rank")[1]
    least = LogisticRegression(fit_intercept=False).fit(X, y, w).coef_[0]
    np.testing.assert_allclose(least, np.array(case["reference"]["coef_min_norm"], dtype=float), rtol=1e-10)


@pytest.mark.parametrize(("name", "lam"), PENALISED)
def test_penalised(name, lam):
    """Kills: a penalised bias, a factor of n or 2, a gauge of the softmax that the penalty does not like."""
    case, X, y, w = CASES[name]
    one = next(one for one in case["l2"] if one["lam"] == lam and not one.get("intercept_penalised"))
    total = len(y) if w is None else w.sum()
    model = LogisticRegression(l2=float(lam) / total).fit(X[:, 1:], y, w)
    exact = np.array([[float(v) for v in np.atleast_1d(row)] for row in one["coef"]])
    found = np.hstack([model.intercept_[:, None], model.coef_])
    exact = exact.reshape(found.shape)
    np.testing.assert_allclose(found, exact, rtol=1e-9, atol=1e-9 * np.abs(exact).max())
    assert model.history_["loss"][-1] * total == pytest.approx(float(one["objective_value"]), rel=1e-12)
    assert model.reason_.startswith("converged")


@pytest.mark.parametrize("name", SEPARATED)
def test_separated(name):
    """A reason, a warning, a finite and useful model; never an overflow, never 'converged'."""
    case, X, y, w = CASES[name]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = LogisticRegression().fit(X[:, 1:], y, w)
    assert [c.category for c in caught if issubclass(c.category, gu.NotConvergedWarning)] != []
    assert len(caught) == 1
    assert "converged" not in model.reason_
    assert np.isfinite(model.coef_).all()
    assert np.isfinite(model.intercept_).all()
    if name == "one_class_only":
        assert "one class" in model.reason_
        assert (model.predict(X[:, 1:]) == 1).all()
        return
    kind = "completely" if case["separation"]["kind"] == "complete" else "quasi-completely"
    assert f"separated {kind}" in model.reason_
    assert "l2" in model.reason_
    assert not np.isnan(model.predict_proba(X[:, 1:])).any()
    if kind == "completely":
        assert model.score(X[:, 1:], y) == 1
    else:
        best = case["supremum_loglik"]
        best = -5.9492733957 if best is None else float(best)
        assert -model.history_["loss"][-1] * len(y) == pytest.approx(best, rel=1e-8)


def test_what_does_not_run_away_is_where_it_belongs():
    """Endometrial cancer: NV separates; the other coefficients have limits, known to 40 digits."""
    case, X, y, w = CASES["endometrial"]
    with pytest.warns(gu.NotConvergedWarning, match="the feature x0 alone"):
        model = LogisticRegression().fit(X[:, 1:], y, w)
    limit = [case["limit"]["coef"][i] for i in (0, 2, 3)]
    found = [model.intercept_[0], *model.coef_[0, 1:]]
    np.testing.assert_allclose(found, np.array(limit, dtype=float), rtol=1e-6)
