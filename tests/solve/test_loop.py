"""The one loop: how many updates, in which order, and how it can be watched, changed and stopped."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import groundup as gu

REFERENCE = Path(__file__).parent.parent / "reference" / "optimizer_trajectories"
CARS = gu.examples.cars()
# Short runs end far above the minimum on purpose; where the warning itself is the claim, pytest.warns asks for it.
pytestmark = pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")


def line(**settings):
    return gu.LinearRegression(solver="gradient_descent", **settings)


def test_the_crash_course_table():
    """Seven cars, MSE, rate 0.01. Kills: a factor of 2, a missing 1/n, an update before the first look."""
    states = list(line(learning_rate=0.01, epochs=5).training(CARS.X, CARS.y))
    assert [round(s.loss, 2) for s in states] == [303.71, 170.84, 103.17, 68.70, 51.13, 42.17]
    assert [round(float(s.weights[0]), 2) for s in states] == [0, 1.20, 2.05, 2.66, 3.09, 3.40]
    assert [round(float(s.bias), 2) for s in states] == [0, 0.34, 0.59, 0.78, 0.91, 1.01]


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("traj_linear_sgd*.json")), ids=lambda p: p.stem)
def test_exact_trajectories(path):
    """Kills: any wrong factor, a penalty missing from the gradient, a last batch divided by the full batch size."""
    case = json.loads(path.read_text())
    X, y = np.array(case["X"])[:, 1:], np.array(case["y"])
    loss = {"mse": gu.formulas.losses.mse, "half_mse": gu.formulas.losses.half_squared}[case["convention"]]
    l2 = case["l2_added_to_gradient"]
    for epochs, expected in case["epochs"].items():
        model = line(
            loss=loss,
            learning_rate=case["lr"],
            batch_size=case["batch"] or None,
            epochs=int(epochs),
            shuffle=False,
            tolerance=0,
        )
        objective_penalises_bias = l2 != 0
        if objective_penalises_bias:  # the recursion adds l2 to the bias too: put the ones into X
            X1 = np.column_stack([np.ones(len(X)), X])
            model = model.set_params(l2=l2, fit_intercept=False).fit(X1, y)
            got = model.coef_
        else:
            model.fit(X, y)
            got = np.append(model.intercept_, model.coef_)
        np.testing.assert_allclose(got, np.array(expected, dtype=float), rtol=1e-12, err_msg=f"{epochs} epochs")


@given(rows=st.integers(1, 40), batch_size=st.integers(1, 45), epochs=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_number_of_updates(rows, batch_size, epochs):
    """Kills: a dropped last batch, an epoch off by one: exactly epochs x ceil(rows / batch_size)."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(rows, 2)), rng.normal(size=rows)
    states = list(line(learning_rate=1e-3, batch_size=batch_size, epochs=epochs, tolerance=0).training(X, y))
    updates = epochs * math.ceil(rows / batch_size)
    assert [s.step for s in states] == list(range(updates + 1))
    assert states[-1].epoch == epochs


@pytest.mark.parametrize("batch_size", [1, 4, 7, 20])
def test_every_row_is_visited_once_an_epoch_with_its_own_label(batch_size):
    """The odometer: X is the identity and y the row's number. Kills: X and y shuffled apart, rows drawn twice."""
    n = 20
    model = line(
        learning_rate=0.5 * batch_size,
        batch_size=batch_size,
        epochs=1,
        fit_intercept=False,
        tolerance=0,
        random_state=3,
    )
    model.fit(np.eye(n), np.arange(n))
    last = n % batch_size or batch_size  # the mean over a smaller last batch takes a longer step a row
    moved = model.coef_ / np.maximum(np.arange(n), 1)
    assert np.all((np.isclose(moved, 1)) | (np.isclose(moved, batch_size / last)) | (np.arange(n) == 0))


def test_shuffling_is_uniform():
    """Each row is equally often in each place. Chi-square with (n-1)² degrees, scaled by R/(n-1); false alarm 1e-9."""
    from groundup.data.blocks import ArrayBlocks
    from groundup.formulas.distributions import ChiSquare

    n, R = 5, 4000
    blocks = ArrayBlocks(np.arange(n)[:, None], np.zeros((n, 1)))
    rng = np.random.default_rng(11)
    counts = np.zeros((n, n))
    for _ in range(R):
        for place, batch in enumerate(blocks.batches(1, rng)):
            counts[place, int(batch.X[0, 0])] += 1
    statistic = np.sum((counts - R / n) ** 2) / (R / (n - 1))
    assert statistic <= ChiSquare((n - 1) ** 2).upper_quantile(1e-9)


def test_seeds():
    """Kills: a seed that is ignored, and the global generator being used or moved."""
    X, y = np.random.default_rng(0).normal(size=(30, 2)), np.arange(30.0)
    before = np.random.get_state()[1].copy()
    fits = [line(batch_size=4, epochs=3, learning_rate=0.01, random_state=seed).fit(X, y).coef_ for seed in (1, 1, 2)]
    assert np.array_equal(fits[0], fits[1])
    assert not np.array_equal(fits[0], fits[2])
    assert np.array_equal(before, np.random.get_state()[1])


def test_change_the_rate_and_the_weights_while_it_runs():
    training = line(learning_rate=0.01, epochs=50, tolerance=0).training(CARS.X, CARS.y)
    for state in training:
        if state.step == 3:
            training.learning_rate /= 10
        if state.step == 5:
            training.weights, training.bias = [-4.6], 33.0
            jumped = training.parameters.copy()
        if state.step == 6:
            slope = gradient_of_mse(jumped, CARS.X, CARS.y)
            np.testing.assert_allclose(state.parameters, jumped - 0.001 * slope, rtol=1e-12)
        if state.step == 8:
            training.stop("seen enough")
    model = training.finish()
    assert model.reason_ == "seen enough"
    assert model.n_iter_ == 8
    assert list(model.history_["learning_rate"][[2, 4]]) == [0.01, 0.001]


def gradient_of_mse(parameters, X, y):
    r = X[:, 0] * parameters[0] + parameters[1] - y
    return 2 * np.array([np.mean(r * X[:, 0]), np.mean(r)])


def test_weights_that_are_not_numbers_are_refused():
    training = line(learning_rate=0.01).training(CARS.X, CARS.y)
    next(training)
    with pytest.raises(gu.InputError, match="must be finite"):
        training.weights = [math.nan]
    assert training.weights[0] == 0


def test_step_look_go_on_finish():
    """Kills: a state lost between next(), run() and finish()."""
    whole = line(learning_rate=0.01, epochs=30, tolerance=0).fit(CARS.X, CARS.y)
    training = line(learning_rate=0.01, epochs=30, tolerance=0).training(CARS.X, CARS.y)
    assert next(training).step == 0
    assert training.run(epochs=5).step == 5
    assert next(training).step == 6
    model = training.finish()
    np.testing.assert_array_equal(model.coef_, whole.coef_)
    with pytest.raises(gu.InputError, match="has ended"):
        training.run(epochs=1)
    with pytest.raises(StopIteration):
        next(training)


def test_a_listener_ends_the_loop():
    seen = []

    def listen(state):
        seen.append(state.step)
        return "close enough" if state.loss < 100 else None

    model = line(learning_rate=0.01, listeners=[listen]).fit(CARS.X, CARS.y)
    assert model.reason_ == "close enough"
    assert seen == [0, 1, 2, 3]


def test_schedule_is_a_factor_of_the_epoch():
    model = line(learning_rate=0.01, epochs=3, schedule=lambda epoch: 0.5**epoch, tolerance=0).fit(CARS.X, CARS.y)
    np.testing.assert_allclose(model.history_["learning_rate"], [0.01, 0.005, 0.0025, 0.00125])


def test_history_starts_at_the_start_and_tells_the_loss_of_all_rows():
    model = line(learning_rate=0.001, batch_size=3, epochs=4, tolerance=0, random_state=0).fit(CARS.X, CARS.y)
    assert len(model.history_["loss"]) == 5
    assert model.history_["loss"][0] == pytest.approx(np.mean(CARS.y**2), rel=1e-12)
    last = gu.formulas.losses.mse(CARS.y, model.predict(CARS.X))
    assert model.history_["loss"][-1] == pytest.approx(last, rel=1e-12)
    assert model.history_["weights"].shape == (5, 1)


class TestDivergence:
    """'My linear regression is NaN' must be impossible not to understand."""

    def test_the_edge(self):
        stable = gu.forecast(CARS.X, CARS.y).largest_stable_learning_rate
        assert round(stable, 4) == 0.0698
        below = line(learning_rate=0.0698, epochs=20_000, tolerance=1e-4).fit(CARS.X, CARS.y)
        assert below.reason_.startswith("converged")
        with pytest.warns(gu.NotConvergedWarning, match=r"stable learning rate here is 0\.0698"):
            above = line(learning_rate=0.07, epochs=20_000).fit(CARS.X, CARS.y)
        assert above.reason_.startswith("diverg")
        assert "standardised" in above.reason_
        assert np.isfinite(above.coef_).all()

    def test_soon_told_after_few_epochs(self):
        with pytest.warns(gu.NotConvergedWarning, match="diverging: the loss rose from"):
            line(learning_rate=0.075, epochs=5).fit(CARS.X, CARS.y)

    @pytest.mark.parametrize("rate", [1.0, 1e6, 1e300])
    @pytest.mark.parametrize("batch_size", [None, 2])
    def test_never_nan(self, rate, batch_size):
        with pytest.warns(gu.NotConvergedWarning, match="diverged"):
            model = line(learning_rate=rate, batch_size=batch_size, random_state=0).fit(CARS.X, CARS.y)
        assert np.isfinite(model.coef_).all()
        assert np.isfinite(model.history_["loss"]).all()


def test_the_gap_is_honest():
    """After 100 updates at 0.01 the loss is 29.7 above a minimum of 1.470: nothing may claim to have converged."""
    with pytest.warns(gu.NotConvergedWarning, match="within 1 % of its minimum after 6,854 updates"):
        model = line(learning_rate=0.01, epochs=100).fit(CARS.X, CARS.y)
    loss = gu.formulas.losses.mse(CARS.y, model.predict(CARS.X))
    assert round(float(loss), 1) == 29.7
    assert model.gap_ == pytest.approx(loss - 1.4703, abs=1e-3)
    assert "converged" not in model.reason_
