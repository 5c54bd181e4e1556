"""Inference for logistic and softmax regression, against 40 digits, statsmodels and the definitions."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.datasets import load_wine

import groundup as gu
from groundup.estimators.inference import influence
from groundup.estimators.inference.influence import of_classes, of_rows
from groundup.estimators.logistic_regression import LogisticRegression

REFERENCE = Path(__file__).parents[1] / "reference"
FILES = sorted([*REFERENCE.glob("logistic_softmax_real/*.json"), *REFERENCE.glob("logistic_softmax_hard/*.json")])


def load(path):
    """The case, X without its column of ones, the class of each row, and weights: counts become one row a class."""
    case = json.loads(path.read_text(encoding="utf-8"))
    X = np.array(case["X"], dtype=float)[:, 1:]
    if case["p"] == 1:
        X = np.zeros((len(X), 1))  # a feature that says nothing
    if "counts" in case:
        counts = np.array(case["counts"], dtype=float)
        y, w = np.repeat(np.arange(case["K"]), len(X)), counts.T.ravel()
        X = np.vstack([X] * case["K"])
        return case, X[w > 0], y[w > 0], w[w > 0]
    return case, X, np.array(case["y"]), None


CASES = {path.stem: load(path) for path in FILES}
UNIQUE = [name for name, (case, *_) in CASES.items() if case.get("reference") and "coef" in case["reference"]]
SEPARATED = [name for name, (case, *_) in CASES.items() if "separation" in case and name != "one_class_only"]


def penguins():
    found = gu.examples.penguins(["flipper_length_mm", "body_mass_g"], label="sex")
    return found.X / [10, 1000], (found.y == "male").astype(int)


def spector():
    data = sm.datasets.spector.load()
    return np.asarray(data.exog), np.asarray(data.endog).astype(int)


def fair():
    data = sm.datasets.fair.load()
    X = np.asarray(data.exog)[:, :4]
    return X, (np.asarray(data.endog) > 0).astype(int)


REAL = {"penguins": penguins, "spector": spector, "fair": fair}


def wine():
    X, y = load_wine(return_X_y=True)
    return X[:, [1, 2, 7]], y


SEVERAL = {"wine": wine, "fair": lambda: (fair()[0], np.digitize(sm.datasets.fair.load().exog["educ"], [13, 15.5]))}


def rows(seed, n=60, d=2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    return X, (X[:, 0] + rng.logistic(size=n) > 0).astype(int), rng.uniform(0.3, 2, n)


def close(ours, theirs, rtol=1e-8, atol=0.0):
    np.testing.assert_allclose(np.asarray(ours, float), np.asarray(theirs, float), rtol=rtol, atol=atol)


def agree(table, theirs):
    close(table.coefficients, theirs.params)
    close(table.standard_errors, theirs.bse)
    close(table.statistics, theirs.tvalues)
    close(table.p_values, theirs.pvalues)
    close(np.stack([table.lower, table.upper], axis=1), theirs.conf_int(1 - table.level))
    spread = np.outer(theirs.bse, theirs.bse)
    close(table.covariance_matrix / spread, theirs.cov_params() / spread, 0, 1e-9)


@pytest.mark.parametrize("name", UNIQUE)
def test_exact_references(name):
    """Kills: an information that is not at the optimum, columns whose units decide its digits."""
    case, X, y, w = CASES[name]
    table = LogisticRegression().fit(X, y, w).summary(show=False)
    se = np.array(case["reference"]["se"], dtype=float)
    assert table.standard_errors.ndim == se.ndim
    close(table.standard_errors[..., : se.shape[-1]], se, 1e-9)
    close(table.log_likelihood, float(case["reference"]["loglik"]), 1e-12)
    with np.errstate(over="ignore"):
        close(table.odds_ratios, np.exp(table.coefficients))


class TestAgainstStatsmodels:
    @pytest.mark.parametrize("name", REAL)
    @pytest.mark.parametrize("level", [0.95, 0.5])
    def test_the_whole_table(self, name, level):
        X, y = REAL[name]()
        table = LogisticRegression().fit(X, y).summary(level=level, show=False)
        theirs = sm.Logit(y, sm.add_constant(X)).fit(disp=0, method="newton", tol=1e-14, maxiter=100)
        agree(table, theirs)
        for ours, expected in (
            (table.log_likelihood, theirs.llf),
            (table.null_deviance, -2 * theirs.llnull),
            (table.pseudo_r2, theirs.prsquared),
            (table.likelihood_ratio, theirs.llr),
            (table.aic, theirs.aic),
            (table.bic, theirs.bic),
            (table.degrees_of_freedom, theirs.df_resid),
            (table.n, theirs.nobs),
        ):
            close(ours, expected)
        close(table.likelihood_ratio_p_value, theirs.llr_pvalue, 1e-6)
        close(table.condition, np.linalg.cond(sm.add_constant(X)))
        close(table.odds_lower, np.exp(theirs.conf_int(1 - level)[:, 0]))

    @pytest.mark.parametrize("name", SEVERAL)
    def test_softmax(self, name):
        X, y = SEVERAL[name]()
        table = LogisticRegression().fit(X, y).summary(show=False)
        theirs = sm.MNLogit(y, sm.add_constant(X)).fit(disp=0, method="newton", tol=1e-14, maxiter=200)
        close(table.coefficients, theirs.params.T)
        close(table.standard_errors, theirs.bse.T)
        close(table.p_values, theirs.pvalues.T)
        interval = np.asarray(theirs.conf_int()).reshape(2, X.shape[1] + 1, 2)
        close(table.lower, interval[..., 0])
        close(table.upper, interval[..., 1])
        close([table.log_likelihood, table.likelihood_ratio], [theirs.llf, theirs.llr])
        close([table.aic, table.bic, table.pseudo_r2], [theirs.aic, theirs.bic, theirs.prsquared])
        assert table.likelihood_ratio_degrees == theirs.df_model

    @pytest.mark.parametrize("kind", ["HC0", "HC1"])
    @pytest.mark.parametrize("name", REAL)
    def test_robust_covariance(self, name, kind):
        X, y = REAL[name]()
        table = LogisticRegression().fit(X, y).summary(X, y, covariance=kind, show=False)
        fit = sm.GLM(y, sm.add_constant(X), family=sm.families.Binomial()).fit(tol=1e-14, cov_type="HC0")
        n, p = len(y), X.shape[1] + 1
        close(table.standard_errors, fit.bse * (math.sqrt(n / (n - p)) if kind == "HC1" else 1))
        if kind == "HC0":
            agree(table, fit)

    @pytest.mark.parametrize("weights", ["repeats", "precision"])
    def test_weights(self, weights):
        X, y, w = rows(0)
        table = LogisticRegression().fit(X, y, w).summary(weights=weights, show=False)
        family = sm.families.Binomial()
        theirs = sm.GLM(y, sm.add_constant(X), family=family, freq_weights=w).fit(tol=1e-14)
        agree(table, theirs)
        close(table.deviance, theirs.deviance)
        close(table.null_deviance, theirs.null_deviance)
        n = w.sum() if weights == "repeats" else len(y)
        close(table.bic, theirs.deviance + 3 * math.log(n))

    @pytest.mark.parametrize("name", REAL)
    def test_influence(self, name):
        X, y = REAL[name]()
        ours = influence(LogisticRegression().fit(X, y), X, y)
        theirs = sm.GLM(y, sm.add_constant(X), family=sm.families.Binomial()).fit(tol=1e-14).get_influence()
        close(ours.leverage, theirs.hat_matrix_diag, 1e-7)
        close(ours.studentised, theirs.resid_studentized, 1e-7, 1e-9)
        close(ours.cooks_distance, theirs.cooks_distance[0], 1e-7, 1e-10)
        close(ours.leverage.sum(), X.shape[1] + 1)

    def test_influence_of_a_softmax(self):
        """Leverages add up to the coefficients, and Cook's distance is what leaving a row out does, to first order.

        Kills: a contrast that counts twice, a class's chance in place of its spread, a factor 1 - h too few.
        """
        rng = np.random.default_rng(5)
        X, y = rng.normal(size=(400, 3)), rng.integers(0, 3, 400)
        model = LogisticRegression().fit(X, y)
        ours = influence(model, X, y)
        close(ours.leverage.sum(), 2 * 4)
        own = model.predict_proba(X)[np.arange(400), y]
        close(ours.residual, np.sqrt(1 / own - 1), 1e-10)
        z = model.decision_function(X)
        for row in ours.cooks_distance.argsort()[-3:]:
            rest = np.delete(np.arange(400), row)
            moved = LogisticRegression().fit(X[rest], y[rest]).decision_function(X) - z
            p = model.predict_proba(X)
            bend = (p * moved**2).sum() - ((p * moved).sum(axis=1) ** 2).sum()  # their length by the curvature
            close(ours.cooks_distance[row], bend / 8, 0.05)

    def test_influence_of_two_classes_is_that_of_a_softmax_of_two(self):
        rng = np.random.default_rng(6)
        u, z, w = rng.normal(size=(50, 3)) / 9, rng.normal(size=50), rng.integers(1, 4, size=50).astype(float)
        y, p = rng.integers(0, 2, 50), 1 / (1 + np.exp(-z))
        residual = (y - p) / np.sqrt(p * (1 - p))
        two = of_rows(residual, w * p * (1 - p) * (u**2).sum(axis=1), np.sqrt(w) * residual, np.inf, 3)
        both = np.stack([1 - p, p], axis=1)
        soft = of_classes(np.stack([0 * u, u], axis=1), both, np.eye(2)[y], w)
        for one, other in zip(two, soft, strict=True):
            close(np.abs(one), other, 1e-9)

    def test_influence_of_several_labels_is_that_of_each(self):
        rng = np.random.default_rng(7)
        X = rng.normal(size=(100, 2))
        y = (X @ rng.normal(size=(2, 3)) + rng.logistic(size=(100, 3)) > 0).astype(int)
        ours = influence(LogisticRegression().fit(X, y), X, y)
        for k in range(3):
            for one, other in zip(influence(LogisticRegression().fit(X, y[:, k]), X, y[:, k]), ours, strict=True):
                close(one, other[:, k], 1e-9)

    @pytest.mark.parametrize(
        ("little", "third"), [(1.0, False), (1e-5, False), (1e-9, False), (1.0, True), (1e-5, True)]
    )
    def test_classes_of_next_to_no_weight_have_errors_with_all_digits(self, little, third):
        """A table of two by two or three: the error of a log-odds ratio is sqrt(Σ 1/n) of its four cells.

        There 1e-10 standard errors from the top are much of a score. Kills: a curvature taken where Newton's method
        stood when it was near enough.
        """
        X = np.tile([[0.0], [1.0]], (2 + third, 1))
        y = np.repeat(np.arange(2 + third), 2)
        w = np.array([836.0, 571.0, 2.3 * little, 0.7 * little, 4.2, 1.3])[: len(y)]
        errors = np.atleast_2d(LogisticRegression().fit(X, y, w).summary(show=False).standard_errors)
        for k in range(1, 2 + third):
            close(errors[k - 1, 1], np.sqrt((1 / w[:2]).sum() + (1 / w[2 * k : 2 * k + 2]).sum()), 1e-10)

    @pytest.mark.parametrize("name", REAL)
    def test_intervals_of_chances(self, name):
        X, y = REAL[name]()
        lower, upper = LogisticRegression().fit(X, y).predict_interval(X[:40], 0.9)
        fit = sm.GLM(y, sm.add_constant(X), family=sm.families.Binomial()).fit(tol=1e-14)
        frame = fit.get_prediction(sm.add_constant(X)[:40]).summary_frame(0.1)
        close(lower, frame["mean_ci_lower"])
        close(upper, frame["mean_ci_upper"])


class TestLaws:
    @given(seed=st.integers(0, 10**6))
    @settings(max_examples=15, deadline=None)
    def test_softmax_of_two_classes_agrees_with_one_against_the_rest_of_two(self, seed):
        """A third class with few rows: any baseline tells the same story."""
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(150, 2))
        y = np.array(["a", "b", "c"])[np.argmax(X @ rng.normal(size=(2, 3)) + rng.gumbel(size=(150, 3)), axis=1)]
        model = LogisticRegression().fit(X, y)
        one, two = model.summary(show=False), model.summary(baseline="b", show=False)
        assert one.outputs == ["b against a", "c against a"]
        assert two.outputs == ["a against b", "c against b"]
        close(one.coefficients[0], -two.coefficients[0], 1e-9)
        close(one.standard_errors[0], two.standard_errors[0], 1e-9)
        close(one.deviance, two.deviance)

    @pytest.mark.parametrize("kind", ["classical", "HC0", "HC1", "HC2", "HC3"])
    def test_weights_that_repeat_rows_are_repeated_rows(self, kind):
        X, y, _ = rows(1)
        w = np.random.default_rng(0).integers(0, 4, len(y))
        again = np.repeat(np.arange(len(y)), w)
        one = LogisticRegression().fit(X, y, w).summary(X, y, w, covariance=kind, show=False)
        repeated = LogisticRegression().fit(X[again], y[again])
        two = repeated.summary(X[again], y[again], covariance=kind, show=False)
        for name in ("standard_errors", "p_values", "log_likelihood", "aic", "bic", "pseudo_r2", "n"):
            close(getattr(one, name), getattr(two, name), 1e-7)

    def test_one_against_the_rest_is_a_regression_for_each_class(self):
        X, y = wine()
        model = LogisticRegression(multiclass="one-vs-rest").fit(X, y)
        table = model.summary(X, y, covariance="HC3", show=False)
        labels = LogisticRegression().fit(X, (y[:, None] == np.arange(3)).astype(int))
        lower, _ = labels.predict_interval(X)
        for k in range(3):
            alone = LogisticRegression().fit(X, y == k)
            one = alone.summary(X, y == k, covariance="HC3", show=False)
            close(table.standard_errors[k], one.standard_errors, 1e-7)
            close([table.deviance[k], table.aic[k]], [one.deviance, one.aic])
            close(lower[:, k], alone.predict_interval(X)[0], 1e-7)

    def test_intervals_of_a_softmax_are_those_of_the_log_odds(self):
        """Against a derivative by finite differences and the covariance of all scores from the Hessian."""
        X, y = wine()
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        model = LogisticRegression().fit(X, y)
        lower, upper = model.predict_interval(X[:3], 0.9)
        Z = np.column_stack([np.ones(len(X)), X])
        B = np.column_stack([model.intercept_, model.coef_])

        def chances(B, Z):
            e = np.exp(Z @ B.T)
            return e / e.sum(axis=1, keepdims=True)

        P = chances(B, Z)
        bend = np.einsum("nk,kj->nkj", P, np.eye(3)) - P[:, :, None] * P[:, None, :]
        H = np.einsum("na,nkj,nb->kajb", Z, bend, Z).reshape(12, 12)
        covariance = np.linalg.pinv(H, rcond=1e-10)

        def log_odds(flat):
            p = chances(flat.reshape(3, 4), Z[:3])
            return np.log(p / (1 - p)).ravel()

        step = 1e-5 * np.eye(12)
        J = np.array([(log_odds(B.ravel() + s) - log_odds(B.ravel() - s)) / 2e-5 for s in step]).T
        se = np.sqrt(np.diag(J @ covariance @ J.T)).reshape(3, 3)
        centre, q = log_odds(B.ravel()).reshape(3, 3), stats.norm.isf(0.05)
        close(lower, 1 / (1 + np.exp(-(centre - q * se))), 1e-5)
        close(upper, 1 / (1 + np.exp(-(centre + q * se))), 1e-5)

    def test_covers_at_its_level(self):
        """400 data sets of 200 rows: a Wald interval covers 0.95 to within 0.02. False alarms: below 1e-9."""
        rng, hits, trials = np.random.default_rng(3), np.zeros(4), 400
        X, truth = rng.normal(size=(200, 2)), np.array([0.3, 1.0, -0.5])
        z, new = truth[0] + X @ truth[1:], np.array([[0.5, 1.0]])
        at = 1 / (1 + math.exp(-(truth[0] + 0.5 * truth[1] + truth[2])))
        for _ in range(trials):
            model = LogisticRegression().fit(X, (z + rng.logistic(size=200) > 0).astype(int))
            table = model.summary(show=False)
            hits[:3] += (table.lower <= truth) & (truth <= table.upper)
            low, high = model.predict_interval(new)
            hits[3] += low[0] <= at <= high[0]
        assert stats.binom(trials, 0.93).ppf(1e-10) <= hits.min()
        assert hits.max() <= stats.binom(trials, 0.97).isf(1e-10)


class TestHonesty:
    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    @pytest.mark.parametrize("name", SEPARATED)
    def test_separable_classes_have_no_errors(self, name):
        """Kills: a standard error of 10,000 beside a coefficient of 30, which is how far the training came."""
        case, X, y, w = CASES[name]
        model = LogisticRegression().fit(X, y, w)
        table = model.summary(show=False)
        assert np.isnan(table.standard_errors).all()
        assert any("No likeliest coefficients exist" in note for note in table.notes)
        with pytest.raises(gu.InputError, match="there is none"):
            model.predict_interval(X)
        if case["supremum_loglik"] not in (None, "0"):
            close(table.log_likelihood, float(case["supremum_loglik"]), 1e-6)

    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    def test_descent_says_how_far(self):
        X, y, w = rows(2)
        best = LogisticRegression().fit(X, y, w).summary(show=False)
        descent = LogisticRegression(solver="gradient_descent", epochs=4).fit(X, y, w)
        with pytest.raises(gu.InputError, match=r"Give the rows of fit"):
            descent.summary()
        far = descent.summary(X, y, w, show=False)
        assert np.isnan(far.p_values).all()
        close(far.standard_errors, best.standard_errors)
        move = far.coefficients - best.coefficients
        close(far.distance, math.sqrt(move @ np.linalg.solve(best.covariance_matrix, move)), 1e-6)
        assert "not the likeliest" in str(far)
        near = LogisticRegression(solver="gradient_descent", epochs=3000, tolerance=1e-5).fit(X, y, w)
        table = near.summary(X, y, w, show=False)
        assert 1e-6 < table.distance < 0.1
        close(table.p_values, best.p_values, 1e-2)

    @pytest.mark.parametrize("classes", [2, 3])
    def test_ridge_shows_the_variance_of_its_estimate(self, classes):
        """(H + l2 n)^-1 H (H + l2 n)^-1 with the Hessian by hand."""
        rng = np.random.default_rng(4)
        X = rng.normal(size=(80, 2))
        y = np.argmax(X @ rng.normal(size=(2, classes)) + rng.gumbel(size=(80, classes)), axis=1)
        model = LogisticRegression(l2=0.05).fit(X, y)
        table = model.summary(show=False)
        Z, P = np.column_stack([np.ones(80), X]), model.predict_proba(X)
        if classes == 2:
            P = P[:, 1:]
        bend = np.einsum("nk,kj->nkj", P, np.eye(P.shape[1])) - P[:, :, None] * P[:, None, :]
        k = P.shape[1]
        H = np.einsum("na,nkj,nb->kajb", Z, bend, Z).reshape(3 * k, 3 * k)
        price = np.diag(np.tile([0.0, 1, 1], k)) * 0.05 * 80
        inverse = np.linalg.pinv(H + price, rcond=1e-10)
        covariance = inverse @ H @ inverse
        if classes == 3:
            unit = np.eye(3)
            A = np.vstack([np.kron(unit[j] - unit[0], np.eye(3)) for j in (1, 2)])
            covariance = A @ covariance @ A.T
        close(table.standard_errors.ravel(), np.sqrt(np.diag(covariance)), 1e-7)
        close(table.effective_parameters, np.trace(inverse @ H), 1e-7)
        assert np.isnan(table.p_values).all()
        assert "l2 pulls" in str(table)
        with pytest.raises(gu.InputError, match="without bias"):
            model.predict_interval(X)

    def test_lasso_has_no_errors(self):
        X, y, _ = rows(5)
        model = LogisticRegression(l1=0.01, solver="gradient_descent", epochs=50, tolerance=0).fit(X, y)
        table = model.summary(X, y, show=False)
        assert np.isnan(table.standard_errors).all()
        chance = model.predict_proba(X)[np.arange(len(y)), y]
        close(table.log_likelihood, np.log(chance).sum())
        assert "l1 chose" in str(table)

    def test_class_weights_leave_robust_tests_only(self):
        X, y, _ = rows(6)
        model = LogisticRegression(class_weight="balanced").fit(X, y)
        table = model.summary(show=False)
        assert np.isnan(table.p_values).all()
        assert "class_weight" in str(table)
        robust = model.summary(X, y, covariance="HC0", weights="precision", show=False)
        factor = np.where(y == 1, len(y) / 2 / y.sum(), len(y) / 2 / (len(y) - y.sum()))
        again = LogisticRegression().fit(X, y, factor)
        same = again.summary(X, y, factor, covariance="HC0", weights="precision", show=False)
        close(robust.standard_errors, same.standard_errors)
        assert np.isfinite(robust.p_values).all()

    def test_dependent_columns(self):
        X, y, _ = rows(7, d=3)
        X = np.column_stack([X, X[:, 0] - X[:, 1]])
        model, full = LogisticRegression().fit(X, y), LogisticRegression().fit(X[:, :3], y)
        table, least = model.summary(show=False), full.summary(show=False)
        assert np.isnan(table.standard_errors[[1, 2, 4]]).all()
        close(table.standard_errors[[0, 3]], least.standard_errors[[0, 3]])
        close([table.aic, table.likelihood_ratio], [least.aic, least.likelihood_ratio])
        close(model.predict_interval(X[:5])[0], full.predict_interval(X[:5, :3])[0], 1e-7)
        beyond = X[:1] + np.array([[0, 0, 0, 1.0]])
        assert model.predict_interval(beyond)[0][0] == 0
        assert model.predict_interval(beyond)[1][0] == 1


class TestFace:
    def test_prints_eighty_columns(self, capsys):
        X, y = wine()
        table = LogisticRegression().fit(X, y).summary()
        printed = capsys.readouterr().out
        assert printed == str(table) + "\n"
        assert max(map(len, printed.splitlines())) <= 80
        assert "odds ratio" in printed
        assert "1 against 0" in printed
        assert "odds ratio" in table._repr_html_()
        json.dumps(table.to_dict(), allow_nan=False)

    @pytest.mark.parametrize("make", [lambda: rows(8)[:2], wine])
    def test_a_saved_model_still_knows(self, make, tmp_path):
        X, y = make()
        model = LogisticRegression().fit(X, y)
        gu.save(model, tmp_path / "model.npz")
        again = gu.load(tmp_path / "model.npz")
        assert str(again.summary(show=False)) == str(model.summary(show=False))

    def test_a_later_fit_forgets_the_former(self):
        X, y, _ = rows(9)
        model = LogisticRegression().fit(X, y)
        model.partial_fit(X, y)
        with pytest.raises(gu.InputError, match="kept no statistics"):
            model.summary()

    @pytest.mark.parametrize(
        ("call", "words"),
        [
            (lambda m, X, y: m.summary(covariance="HC0"), "needs the residual of every row"),
            (lambda m, X, y: m.summary(covariance="robust"), "covariance must be one of"),
            (lambda m, X, y: m.summary(weights="counts"), "weights must be one of"),
            (lambda m, X, y: m.summary(X), "only X came"),
            (lambda m, X, y: m.summary(level=0), "between 0 and 1"),
            (lambda m, X, y: m.predict_interval(X, kind="prediction"), "A label is one class or another"),
        ],
    )
    def test_errors_are_one_sentence(self, call, words):
        X, y, _ = rows(10)
        with pytest.raises(gu.InputError, match=words):
            call(LogisticRegression().fit(X, y), X, y)

    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    def test_more_errors(self):
        X, y = wine()
        model = LogisticRegression().fit(X, y)
        with pytest.raises(gu.InputError, match="baseline must be one of"):
            model.summary(baseline=7)
        with pytest.raises(gu.InputError, match="a softmax has several"):
            model.summary(X, y, covariance="HC3")
        with pytest.raises(gu.InputError, match="one likelihood for all classes"):
            LogisticRegression(multiclass="one-vs-rest").fit(X, y).predict_interval(X)
        with pytest.raises(gu.InputError, match="only one class"):
            LogisticRegression().fit(X, np.zeros(len(X), int)).summary()
