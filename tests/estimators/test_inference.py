"""Inference for least squares: what the rows say about coefficients, against exact references and statsmodels."""

import json
import math
from pathlib import Path

import mpmath
import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.datasets import load_diabetes

import groundup as gu
from groundup.estimators.inference import influence, vif

REFERENCE = Path(__file__).parents[1] / "reference"
CASES = [p for folder in ("linear_nist", "linear_synthetic") for p in sorted((REFERENCE / folder).glob("*.json"))]
KINDS = ("HC0", "HC1", "HC2", "HC3")


def flights():
    found = gu.examples.flights(["distance", "dep_delay", "hour"])
    return found.X, found.y


def penguins():
    found = gu.examples.penguins(["bill_length_mm", "bill_depth_mm", "flipper_length_mm"], label="body_mass_g")
    return found.X, found.y


REAL = {"flights": flights, "penguins": penguins, "diabetes": lambda: load_diabetes(return_X_y=True)}


def rows(seed, n=40, d=3, noise=1.0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * 10.0 ** rng.uniform(-3, 3, d) + rng.normal(size=d) * 3
    return X, X @ (rng.normal(size=d) / X.std(axis=0)) + 1 + noise * rng.normal(size=n), rng.uniform(0.2, 3, n)


def close(ours, theirs, rtol=1e-8):
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=0)


def agree(table, theirs):
    """Every number of our table with statsmodels' result object; p-values below 1e-290 have no digits there."""
    close(table.coefficients, theirs.params)
    close(table.standard_errors, theirs.bse)
    close(table.statistics, theirs.tvalues)
    shown = theirs.pvalues > 1e-290
    close(table.p_values[shown], theirs.pvalues[shown])
    close(np.stack([table.lower, table.upper], axis=1), theirs.conf_int(1 - table.level))
    spread = np.outer(theirs.bse, theirs.bse)
    np.testing.assert_allclose(table.covariance_matrix / spread, theirs.cov_params() / spread, rtol=0, atol=1e-9)


class TestExactReferences:
    @pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
    def test_standard_errors_deviation_and_r2(self, path):
        """Kills: (X'X)^-1 by normal equations, an uncentred mean, a sum of squares that overflows."""
        case = json.loads(path.read_text(encoding="utf-8"))
        exact = case.get("reference_f64_design") or case.get("reference") or {}
        if "X" in case:
            X = np.array(case["X"])[:, int(case["intercept_in_X"]) :]
        else:
            x = np.array(case["x"])
            X = x if x.ndim == 2 else np.array([[v**k for k in range(1, case["degree"] + 1)] for v in x.tolist()])
        model = gu.LinearRegression(fit_intercept=case["intercept"])
        table = model.fit(X, case.get("y", case.get("Y")), case.get("weights")).summary(show=False)
        for name, ours in (("se", table.standard_errors), ("residual_sd", table.residual_deviation), ("r2", table.r2)):
            if exact.get(name) is not None:
                expected = np.array(exact[name], dtype=float)
                np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-30)
        if not case.get("unique", True):
            assert len(np.atleast_1d(table.standard_errors)) == X.shape[1] + case["intercept"]
            assert any("depend on each other" in note for note in table.notes)

    @pytest.mark.parametrize("kind", ["years", "columns that nearly repeat"])
    def test_thirteen_digits_where_columns_lean_on_each_other(self, kind):
        """At condition 1e3 and above. Kills: R² and standard errors from a triangle with its rounding."""
        rng = np.random.default_rng(0)
        if kind == "years":
            x = np.arange(1947.0, 1967.0)
            X, y = np.column_stack([x, x**2]), 100 * rng.normal(size=20) + x
        else:
            X, y = rng.normal(size=(20, 2)), rng.normal(size=20)
            X[:, 1] = X[:, 0] + 1e-6 * X[:, 1]
        table = gu.LinearRegression().fit(X, y).summary(show=False)
        with mpmath.workdps(60):
            Z, target = mpmath.matrix(np.column_stack([np.ones(20), X]).tolist()), mpmath.matrix(y.tolist())
            inverse = (Z.T * Z) ** -1
            left = target - Z * (inverse * (Z.T * target))
            rest, mean = mpmath.fsum(r**2 for r in left), mpmath.fsum(target) / 20
            r2 = 1 - rest / mpmath.fsum((v - mean) ** 2 for v in target)
            errors = [float(mpmath.sqrt(rest / 17 * inverse[j, j])) for j in range(3)]
        close(table.r2, float(r2), 1e-13)
        close(table.standard_errors, errors, 1e-13)

    def test_repeated_rows(self):
        case = json.loads((REFERENCE / "linear_synthetic/weights_integer.json").read_text(encoding="utf-8"))
        X, exact = np.array(case["X"])[:, 1:], case["reference_repeated_rows"]
        model = gu.LinearRegression().fit(X, case["y"], case["weights"])
        table = model.summary(weights="repeats", show=False)
        close(table.standard_errors, np.array(exact["se"], float), 1e-13)
        close(table.residual_deviation, float(exact["residual_sd"]), 1e-13)


class TestAgainstStatsmodels:
    @pytest.mark.parametrize("name", REAL)
    @pytest.mark.parametrize("level", [0.95, 0.5, 0.999])
    def test_the_whole_table(self, name, level):
        X, y = REAL[name]()
        table = gu.LinearRegression().fit(X, y).summary(level=level, show=False)
        theirs = sm.OLS(y, sm.add_constant(X)).fit()
        agree(table, theirs)
        for ours, expected in (
            (table.r2, theirs.rsquared),
            (table.adjusted_r2, theirs.rsquared_adj),
            (table.f, theirs.fvalue),
            (table.log_likelihood, theirs.llf),
            (table.aic, theirs.aic),
            (table.bic, theirs.bic),
            (table.degrees_of_freedom, theirs.df_resid),
            (table.residual_deviation, math.sqrt(theirs.scale)),
            (table.residual_sum, theirs.ssr),
            (table.condition, np.linalg.cond(theirs.model.exog)),
            (table.n, theirs.nobs),
        ):
            close(ours, expected)
        if theirs.f_pvalue > 1e-290:
            close(table.f_p_value, theirs.f_pvalue)

    @given(seed=st.integers(0, 10**6), intercept=st.booleans(), weighted=st.booleans(), n=st.integers(6, 40))
    @settings(max_examples=60, deadline=None)
    def test_random_rows_with_weights_and_without_bias(self, seed, intercept, weighted, n):
        """Kills: a centred R² without an intercept, weights in the log-likelihood left out, n - p off by one."""
        X, y, w = rows(seed, n)
        w = w if weighted else np.ones(n)
        model = gu.LinearRegression(fit_intercept=intercept).fit(X, y, w if weighted else None)
        table = model.summary(show=False)
        theirs = sm.WLS(y, sm.add_constant(X) if intercept else X, weights=w).fit()
        close(table.coefficients / table.standard_errors, theirs.tvalues, 1e-6)
        close(table.standard_errors, theirs.bse, 1e-7)
        close([table.log_likelihood, table.aic, table.bic], [theirs.llf, theirs.aic, theirs.bic], 1e-7)
        close([table.r2, table.adjusted_r2, table.f], [theirs.rsquared, theirs.rsquared_adj, theirs.fvalue], 1e-6)

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("name", REAL)
    def test_robust_covariance(self, name, kind):
        X, y = REAL[name]()
        table = gu.LinearRegression().fit(X, y).summary(X, y, covariance=kind, show=False)
        theirs = sm.OLS(y, sm.add_constant(X)).fit().get_robustcov_results(kind, use_t=True)
        agree(table, theirs)
        close(table.f, theirs.fvalue, 1e-7)

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("intercept", [True, False])
    def test_robust_covariance_with_weights(self, kind, intercept):
        X, y, w = rows(3)
        model = gu.LinearRegression(fit_intercept=intercept).fit(X, y, w)
        table = model.summary(X, y, w, covariance=kind, show=False)
        fit = sm.WLS(y, sm.add_constant(X) if intercept else X, weights=w).fit()
        agree(table, fit.get_robustcov_results(kind, use_t=True))

    @pytest.mark.parametrize("kind", ["classical", *KINDS])
    def test_weights_that_repeat_rows_are_repeated_rows(self, kind):
        """Kills: w² where w copies have w r² each, and the leverage of all copies together."""
        X, y, _ = rows(4)
        w = np.random.default_rng(0).integers(0, 4, len(y))
        again = np.repeat(np.arange(len(y)), w)
        weighted = gu.LinearRegression().fit(X, y, w)
        one = weighted.summary(X, y, w, covariance=kind, weights="repeats", show=False)
        repeated = gu.LinearRegression().fit(X[again], y[again])
        two = repeated.summary(X[again], y[again], covariance=kind, show=False)
        for name in ("standard_errors", "p_values", "log_likelihood", "aic", "bic", "r2", "adjusted_r2", "f", "n"):
            close(getattr(one, name), getattr(two, name), 1e-9)

    @pytest.mark.parametrize("name", REAL)
    @pytest.mark.parametrize("kind", ["prediction", "mean"])
    def test_intervals(self, name, kind):
        X, y = REAL[name]()
        lower, upper = gu.LinearRegression().fit(X, y).predict_interval(X[:50], 0.9, kind)
        frame = sm.OLS(y, sm.add_constant(X)).fit().get_prediction(sm.add_constant(X)[:50]).summary_frame(0.1)
        prefix = "obs_ci" if kind == "prediction" else "mean_ci"
        close(lower, frame[f"{prefix}_lower"])
        close(upper, frame[f"{prefix}_upper"])

    @pytest.mark.parametrize("name", REAL)
    def test_influence(self, name):
        X, y = REAL[name]()
        ours = influence(gu.LinearRegression().fit(X, y), X, y)
        theirs = sm.OLS(y, sm.add_constant(X)).fit().get_influence()
        close(ours.leverage, theirs.hat_matrix_diag)
        np.testing.assert_allclose(ours.residual, theirs.resid, rtol=0, atol=1e-9 * np.abs(y).max())
        for one, other in (
            (ours.studentised, theirs.resid_studentized_internal),
            (ours.studentised_external, theirs.resid_studentized_external),
            (ours.cooks_distance, theirs.cooks_distance[0]),
            (ours.dffits, theirs.dffits[0]),
        ):
            np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-10)

    def test_influence_with_weights(self):
        X, y, w = rows(5)
        ours = influence(gu.LinearRegression().fit(X, y, w), X, y, w)
        root = np.sqrt(w)[:, None]
        theirs = sm.OLS(root[:, 0] * y, root * sm.add_constant(X)).fit().get_influence()
        close(ours.leverage, theirs.hat_matrix_diag)
        close(ours.studentised, theirs.resid_studentized_internal)
        close(ours.cooks_distance, theirs.cooks_distance[0])

    def test_influence_is_what_leaving_a_row_out_does(self):
        """Kills: a formula that only agrees with another library's."""
        X, y, _ = rows(6, 15)
        model = gu.LinearRegression().fit(X, y)
        ours, s2 = influence(model, X, y), model.summary(show=False).residual_deviation ** 2
        for i in range(15):
            rest = np.arange(15) != i
            without = gu.LinearRegression().fit(X[rest], y[rest])
            moved = model.predict(X) - without.predict(X)
            s_rest = without.summary(show=False).residual_deviation
            np.testing.assert_allclose(ours.cooks_distance[i], moved @ moved / 4 / s2, rtol=1e-8)
            np.testing.assert_allclose(
                ours.dffits[i], moved[i] / s_rest / math.sqrt(ours.leverage[i]), rtol=1e-8, atol=1e-12
            )

    @pytest.mark.parametrize("name", REAL)
    def test_variance_inflation(self, name):
        from statsmodels.stats.outliers_influence import variance_inflation_factor

        X, _ = REAL[name]()
        design = sm.add_constant(X)
        close(vif(X), [variance_inflation_factor(design, j + 1) for j in range(X.shape[1])])


class TestSeveralOutputs:
    def test_each_is_a_regression_of_its_own(self):
        X, y, w = rows(7)
        Y = np.stack([y, y[::-1], y**2], axis=1)
        model = gu.LinearRegression().fit(X, Y, w)
        together = model.summary(X, Y, w, covariance="HC3", show=False)
        assert together.coefficients.shape == (3, 4)
        assert "y2" in str(together)
        lower, upper = model.predict_interval(X)
        pulled = influence(model, X, Y, w)
        for j in range(3):
            alone = gu.LinearRegression().fit(X, Y[:, j], w)
            one = alone.summary(X, Y[:, j], w, covariance="HC3", show=False)
            for name in ("standard_errors", "p_values", "lower", "r2", "f", "f_p_value", "aic", "covariance_matrix"):
                close(getattr(together, name)[j], getattr(one, name), 1e-9)
            low, high = alone.predict_interval(X)
            close(lower[:, j], low, 1e-9)
            close(upper[:, j], high, 1e-9)
            np.testing.assert_allclose(
                pulled.cooks_distance[:, j], influence(alone, X, Y[:, j], w).cooks_distance, rtol=1e-8, atol=1e-13
            )


class TestLaws:
    @given(seed=st.integers(0, 10**6), factor=st.integers(-300, 300))
    @example(seed=1, factor=300)
    @settings(max_examples=40, deadline=None)
    def test_units_of_y_change_nothing_but_units(self, seed, factor):
        X, y, _ = rows(seed)
        scale = 2.0**factor
        one = gu.LinearRegression().fit(X, y).summary(show=False)
        two = gu.LinearRegression().fit(X, scale * y).summary(show=False)
        close(two.standard_errors / scale, one.standard_errors, 1e-9)
        close(two.p_values, one.p_values, 1e-9)
        close([two.r2, two.f], [one.r2, one.f], 1e-9)

    @given(seed=st.integers(0, 10**6), level=st.floats(0.01, 0.999999))
    @settings(max_examples=40, deadline=None)
    def test_an_interval_excludes_zero_just_when_p_is_small(self, seed, level):
        X, y, _ = rows(seed, 12)
        table = gu.LinearRegression().fit(X, y).summary(level=level, show=False)
        excludes = (table.lower > 0) | (table.upper < 0)
        clear = np.abs(table.p_values - (1 - level)) > 1e-9
        assert (excludes == (table.p_values < 1 - level))[clear].all()

    @given(seed=st.integers(0, 10**6))
    @settings(max_examples=20, deadline=None)
    def test_f_of_one_feature_is_its_t_squared(self, seed):
        X, y, _ = rows(seed, 12, 1)
        table = gu.LinearRegression().fit(X, y).summary(show=False)
        close([table.f, table.f_p_value], [table.statistics[1] ** 2, table.p_values[1]], 1e-9)

    @given(seed=st.integers(0, 10**6), d=st.integers(1, 5))
    @settings(max_examples=20, deadline=None)
    def test_leverages_add_up_to_the_coefficients_also_beside_a_constant_column(self, seed, d):
        """Kills: a direction of rounding noise taken for one of the rows'."""
        X, y, _ = rows(seed, 30, d)
        X = np.column_stack([X, np.full(30, 0.3)])
        found = influence(gu.LinearRegression().fit(X, y), X, y)
        close(found.leverage.sum(), d + 1, 1e-9)

    def test_inflation_is_the_definition(self):
        X, _, w = rows(8, 30, 4)
        X[:, 3] = X[:, 0] * 2 + X[:, 1] + 0.1 * X[:, 3]
        for j in range(4):
            rest = np.delete(X, j, axis=1)
            left = gu.LinearRegression().fit(rest, X[:, j], w).summary(show=False).residual_sum
            spread = w @ np.square(X[:, j] - w @ X[:, j] / w.sum())
            close(vif(X, w)[j], spread / left, 1e-9)

    def test_inflation_without_end(self):
        X, _, _ = rows(9, 30, 4)
        X[:, 2] = X[:, 0] - X[:, 1]
        found = vif(np.column_stack([X, np.ones(30)]))
        assert np.isinf(found[[0, 1, 2, 4]]).all()
        assert found[3] == pytest.approx(vif(X[:, [0, 1, 3]])[2], rel=1e-9)


class TestHonesty:
    def test_descent_that_has_arrived_says_how_near(self):
        X, y, _ = rows(10)
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        near = gu.LinearRegression(solver="gradient_descent", epochs=5000, tolerance=1e-4).fit(X, y)
        table = near.summary(show=False)
        assert 1e-6 < table.distance < 0.1
        assert any("within" in note for note in table.notes)
        assert np.isfinite(table.p_values).all()

    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    def test_descent_that_has_not_has_no_tests(self):
        """Kills: p-values around coefficients that are nobody's estimate."""
        X, y, _ = rows(10)
        far = gu.LinearRegression(solver="gradient_descent", epochs=3).fit(X, y)
        table = far.summary(show=False)
        exact = gu.LinearRegression().fit(X, y).summary(show=False)
        assert np.isnan(table.p_values).all()
        assert np.isnan(table.f)
        close(table.standard_errors, exact.standard_errors)
        assert any("not the least squares" in note for note in table.notes)
        for ask in (lambda: far.predict_interval(X), lambda: influence(far, X, y)):
            with pytest.raises(gu.InputError, match=r"standard errors away"):
                ask()

    @given(seed=st.integers(0, 10**6))
    @settings(max_examples=30, deadline=None)
    def test_the_distance_is_the_longest_way_of_any_combination(self, seed):
        """max over c of |c'(b - b*)| / (s sqrt(c'(X'X)^-1 c)) = |R (b - b*)| / s."""
        X, y, _ = rows(seed)
        model = gu.LinearRegression().fit(X, y)
        best = model.summary(show=False)
        move = np.random.default_rng(seed).normal(size=4) * best.standard_errors
        model.coef_, model.intercept_ = model.coef_ + move[1:], model.intercept_ + move[0]
        moved = model.summary(show=False)
        longest = math.sqrt(move @ np.linalg.solve(best.covariance_matrix, move))
        close(moved.distance, longest, 1e-4)
        assert moved.distance >= np.abs(move / best.standard_errors).max() * (1 - 1e-6)
        residual = y - model.predict(X)
        close(moved.residual_sum, residual @ residual, 1e-6)
        close(moved.r2, 1 - residual @ residual / np.square(y - y.mean()).sum(), 1e-6)

    @pytest.mark.parametrize("loss", ["mse", "l2", "rmse"])
    def test_ridge_has_no_tests_but_the_variance_of_its_estimate(self, loss):
        """The sampling deviation against the linear map from y to b, worked out row by row."""
        X, y, w = rows(11)
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        model = gu.LinearRegression(loss, l2=0.3, epochs=20_000, tolerance=1e-13).fit(X, y, w)
        table = model.summary(show=False)
        assert np.isnan(table.p_values).all()
        assert any("l2 pulls" in note for note in table.notes)
        residual, n = y - model.predict(X), len(y)
        rms = math.sqrt(w @ residual**2 / w.sum())
        price = {"mse": 0.3 / 2 * w.sum(), "l2": 0.3 / 2, "rmse": 0.3 * rms * w.sum()}[loss]
        Z = X - w @ X / w.sum()
        G = Z.T @ (w[:, None] * Z)
        hat = np.linalg.solve(G + price * np.eye(3), Z.T * w)
        free = np.trace(hat @ Z)
        s = math.sqrt(w @ residual**2 / (n - free - 1))
        np.testing.assert_allclose(table.effective_parameters, free + 1, rtol=1e-6)
        np.testing.assert_allclose(table.residual_deviation, s, rtol=1e-6)
        np.testing.assert_allclose(table.standard_errors[1:], s * np.sqrt((hat**2 / w).sum(axis=1)), rtol=1e-6)
        with pytest.raises(gu.InputError, match="without bias"):
            model.predict_interval(X)

    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    def test_lasso_has_no_errors_at_all(self):
        X, y, _ = rows(12)
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        model = gu.LinearRegression(l1=0.5, epochs=3000).fit(X, y)
        table = model.summary(X, y, show=False)
        assert np.isnan(table.standard_errors).all()
        assert np.isfinite(table.r2)
        assert "l1 chose" in str(table)
        assert table.effective_parameters == 1 + np.count_nonzero(model.coef_)

    def test_other_losses_say_why(self):
        X, y, _ = rows(13)
        model = gu.LinearRegression("huber", solver="gradient_descent", learning_rate=1e-3, epochs=5).fit(X, y)
        for ask in (model.summary, lambda: model.predict_interval(X), lambda: influence(model, X, y)):
            with pytest.raises(gu.InputError, match="squared loss"):
                ask()

    def test_dependent_columns(self):
        """What the rows determine has its error, what they do not has none: Kills a pseudo-inverse taken for one."""
        X, y, _ = rows(14, 30, 3)
        X = np.column_stack([X, X[:, 0] - 2 * X[:, 1]])
        model = gu.LinearRegression().fit(X, y)
        table = model.summary(show=False)
        full = gu.LinearRegression().fit(X[:, :3], y)
        least = full.summary(show=False)
        assert np.isnan(table.standard_errors[[1, 2, 4]]).all()
        close(table.standard_errors[[0, 3]], least.standard_errors[[0, 3]], 1e-9)
        close(table.p_values[[0, 3]], least.p_values[[0, 3]], 1e-8)
        close([table.f, table.aic, table.bic, table.r2], [least.f, least.aic, least.bic, least.r2], 1e-9)
        lower, upper = model.predict_interval(X[:4])
        low, high = full.predict_interval(X[:4, :3])
        close(np.stack([lower, upper]), np.stack([low, high]), 1e-9)
        beyond = X[:1] + np.array([[0, 0, 0, 1.0]])
        assert np.isinf(model.predict_interval(beyond).upper).all()

    def test_as_many_coefficients_as_rows(self):
        X, y, _ = rows(15, 4, 3)
        model = gu.LinearRegression().fit(X, y)
        table = model.summary(show=False)
        assert np.isnan(table.standard_errors).all()
        assert table.r2 == pytest.approx(1)
        assert "Give more rows" in str(table)
        with pytest.raises(gu.InputError, match="more rows than"):
            model.predict_interval(X)

    def test_a_perfect_fit_and_a_constant_y(self):
        perfect = gu.LinearRegression().fit([[1.0], [2.0], [3.0]], [3.0, 5.0, 7.0]).summary(show=False)
        assert "13 digits" in str(perfect)
        constant = gu.LinearRegression().fit([[1.0], [2.0], [4.0]], [5.0, 5.0, 5.0]).summary(show=False)
        assert math.isnan(constant.r2)
        str(constant)

    def test_a_row_of_leverage_one(self):
        X = np.zeros((8, 1))
        X[3] = 1
        y = np.arange(8.0)
        model = gu.LinearRegression().fit(X, y)
        found = influence(model, X, y)
        assert found.leverage[3] == pytest.approx(1)
        assert np.isnan(found.studentised[3])
        with pytest.raises(gu.InputError, match="row 3 has leverage 1"):
            model.summary(X, y, covariance="HC3")
        model.summary(X, y, covariance="HC1", show=False)


class TestFace:
    def test_prints_eighty_columns_and_returns_the_numbers(self, capsys):
        X, y = penguins()
        names = ["bill_length_mm", "a_name_that_is_much_too_long_for_a_table", "flipper_length_mm"]
        import pandas as pd

        model = gu.LinearRegression().fit(pd.DataFrame(X, columns=names), y)
        table = model.summary(level=0.99)
        printed = capsys.readouterr().out
        assert printed == str(table) + "\n"
        assert max(map(len, printed.splitlines())) <= 80
        assert table.names == ["bias", *names]
        assert "99 %" in printed
        assert names[1] in table._repr_html_()
        json.dumps(table.to_dict(), allow_nan=False)
        assert table.to_dict()["coefficients"] == table.coefficients.tolist()
        assert repr(table).startswith("<summary")

    @pytest.mark.parametrize("exponent", [-300, -20, 0, 20, 300])
    def test_numbers_of_any_size_fit(self, exponent):
        X, y, _ = rows(16)
        text = str(gu.LinearRegression().fit(X, y * 10.0**exponent).summary(show=False))
        assert max(map(len, text.splitlines())) <= 80

    def test_a_saved_model_still_knows(self, tmp_path):
        for seed, kind in ((17, None), (18, "collinear")):
            X, y, w = rows(seed)
            if kind:
                X[:, 2] = X[:, 0] + 1e-9 * X[:, 2]
            model = gu.LinearRegression().fit(X, y, w)
            gu.save(model, tmp_path / "model.npz")
            again = gu.load(tmp_path / "model.npz")
            assert str(again.summary(show=False)) == str(model.summary(show=False))
            np.testing.assert_array_equal(again.predict_interval(X), model.predict_interval(X))

    def test_a_triangle_beyond_the_floats_is_not_kept(self):
        """Kills: a model that predicts and cannot be saved, because its statistic is infinite."""
        objective = gu.LinearRegression().objective([[1.0], [2.0], [4.0]], [1.0, 2.0, 2.0], None)
        found = objective.condensed()
        assert objective.kept(np.zeros(2)) is not None
        found.exact = found.exact._replace(triangle=np.array([[np.inf]]))
        assert objective.kept(np.zeros(2)) is None

    def test_rows_given_again_say_the_same(self):
        X, y, w = rows(19)
        model = gu.LinearRegression().fit(X, y, w)
        one, two = model.summary(show=False), model.summary(X, y, w, show=False)
        np.testing.assert_array_equal(one.standard_errors, two.standard_errors)

    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    def test_a_model_that_kept_nothing_asks_for_its_rows(self):
        rng = np.random.default_rng(0)
        X, y = rng.normal(size=(60, 30)), rng.normal(size=60)
        model = gu.LinearRegression(solver="gradient_descent", epochs=2).fit(X, y)
        with pytest.raises(gu.InputError, match=r"Give the rows of fit: summary\(X, y\)"):
            model.summary()
        assert model.summary(X, y, show=False).n == 60

    @pytest.mark.parametrize(
        ("call", "words"),
        [
            (lambda m, X, y: m.summary(covariance="HC9"), "covariance must be one of"),
            (lambda m, X, y: m.summary(covariance="HC3"), "needs the residual of every row"),
            (lambda m, X, y: m.summary(X), "only X came"),
            (lambda m, X, y: m.summary(X, np.stack([y, y], 1)), "1 outputs of fit; came 2"),
            (lambda m, X, y: m.summary(level=95), "between 0 and 1; got 95"),
            (lambda m, X, y: m.summary(weights="frequency"), "weights must be one of"),
            (lambda m, X, y: m.predict_interval(X, kind="confidence"), "kind must be one of"),
            (lambda m, X, y: influence(m, X, None), "only X came"),
        ],
    )
    def test_errors_are_one_sentence(self, call, words):
        X, y, _ = rows(20)
        with pytest.raises(gu.InputError, match=words):
            call(gu.LinearRegression().fit(X, y), X, y)

    def test_wrong_kinds(self):
        X, y, _ = rows(21)
        with pytest.raises(gu.InputTypeError, match="influence is known for"):
            influence(gu.StandardScaler().fit(X), X, y)
        with pytest.raises(gu.InputTypeError, match="level must be a number"):
            gu.LinearRegression().fit(X, y).summary(level="high")
        with pytest.raises(gu.NotFittedError):
            gu.LinearRegression().summary()


class TestCoverage:
    """500 data sets: an interval of level 0.9 covers 450 on average. False alarms: 1e-9 for each test."""

    trials, level = 500, 0.9

    def covered(self, noise):
        rng = np.random.default_rng(2024)
        X = rng.exponential(size=(12, 2))
        truth, new = np.array([1.0, 2.0, -1.0]), np.array([[1.0, 3.0]])
        mean = truth[0] + X @ truth[1:]
        at = (truth[0] + new @ truth[1:])[0]
        hits = np.zeros(5)
        for _ in range(self.trials):
            model = gu.LinearRegression().fit(X, mean + noise(rng, X))
            table = model.summary(level=self.level, show=False)
            hits[:3] += (table.lower <= truth) & (truth <= table.upper)
            low, high = model.predict_interval(new, self.level, "mean")
            hits[3] += low[0] <= at <= high[0]
            low, high = model.predict_interval(new, self.level)
            hits[4] += low[0] <= at + noise(rng, X)[0] <= high[0]
        return hits

    def test_of_normal_noise_is_exact(self):
        law = stats.binom(self.trials, self.level)
        hits = self.covered(lambda rng, X: rng.normal(size=len(X)))
        assert law.ppf(1e-10) <= hits.min()
        assert hits.max() <= law.isf(1e-10)
