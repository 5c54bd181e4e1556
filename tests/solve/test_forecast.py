"""What is forecast happens: every number is checked against running descent itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import groundup as gu

CARS = gu.examples.cars()


def test_the_cars():
    ahead = gu.forecast(CARS.X, CARS.y)
    assert round(ahead.largest_stable_learning_rate, 4) == 0.0698
    assert ahead.steps_to(gap=0.01, learning_rate=0.01) == 6854
    assert ahead.standardised.steps_to(gap=0.01, learning_rate=0.1) == 23
    assert any("23 steps" in line and "6,854" in line for line in ahead.advice)
    assert ahead.steps_to(learning_rate=0.07) == np.inf


@pytest.mark.parametrize("steps_and_rate", [(6854, 0.01)])
def test_the_forecast_number_of_updates_is_the_number_needed(steps_and_rate):
    steps, rate = steps_and_rate
    model = gu.LinearRegression(solver="gradient_descent", learning_rate=rate, epochs=steps, tolerance=0).fit(
        CARS.X, CARS.y
    )
    loss = model.history_["loss"]
    minimum = loss[-1] - model.gap_
    assert loss[-1] <= 1.01 * minimum < loss[-2]


@given(seed=st.integers(0, 10**6), outputs=st.integers(1, 3), intercept=st.booleans(), l2=st.sampled_from([0.0, 0.3]))
@settings(max_examples=40, deadline=None)
def test_curvatures_are_those_of_the_hessian(seed, outputs, intercept, l2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(25, 3)) * [1, 10, 0.3] + [0, 5, -2]
    y = rng.normal(size=(25, outputs))
    ahead = gu.forecast(X, y, l2=l2, fit_intercept=intercept)
    A = np.column_stack([X, np.ones(25)]) if intercept else X
    H = 2 * A.T @ A / (25 * outputs) + l2 * np.diag([1.0] * 3 + [0.0] * intercept)
    np.testing.assert_allclose(np.sort(ahead.curvatures), np.linalg.eigvalsh(H), rtol=1e-9, atol=1e-12)
    start = np.mean(y**2)
    assert ahead.minimum + ahead.energies.sum() == pytest.approx(start, rel=1e-9)


def test_the_bowl_of_a_sum_is_steeper_by_the_number_of_rows():
    mean, total = gu.forecast(CARS.X, CARS.y, loss="mse"), gu.forecast(CARS.X, CARS.y, loss="l2")
    assert total.largest_curvature == pytest.approx(len(CARS.y) * mean.largest_curvature, rel=1e-12)


@pytest.mark.parametrize("loss", ["mse", "l2", "rmse", "huber", "log_cosh"])
@pytest.mark.parametrize("batch_size", [None, 1, 3])
def test_safe_is_safe(loss, batch_size):
    """Kills: a safe rate for the mean used for the sum, or for all rows used for one."""
    X = gu.StandardScaler().fit_transform(CARS.X) * 40 + 300
    model = gu.LinearRegression(loss, solver="gradient_descent", batch_size=batch_size, epochs=50, random_state=0)
    losses = [state.whole.value for state in model.training(X, CARS.y)]
    assert losses[-1] < losses[0]
    if batch_size is None:
        assert np.all(np.diff(losses) <= 1e-9 * losses[0])


def test_a_loss_that_is_no_bowl_says_so():
    with pytest.raises(gu.InputError, match="squared loss"):
        gu.forecast(CARS.X, CARS.y, loss="huber").steps_to(0.01)


def test_features_beyond_what_a_float_can_square():
    with pytest.raises(gu.InputError, match="Standardise"):
        gu.forecast([[1e200], [2e200]], [1.0, 2.0])


def test_a_feature_that_never_changes_is_no_direction():
    ahead = gu.forecast([[0.0], [0.0], [0.0]], [1.0, 2.0, 4.0])
    assert ahead.condition == 1
    assert all("inf" not in line for line in ahead.advice)


@pytest.mark.parametrize("rate", [0, -1, np.nan, np.inf])
def test_bad_rates_are_refused(rate):
    with pytest.raises(gu.InputError, match="learning_rate must be"):
        gu.forecast(CARS.X, CARS.y).steps_to(0.01, learning_rate=rate)
