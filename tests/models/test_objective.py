"""The objective and its condensed twin: values, slopes, and how slopes move."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.formulas import losses
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.adaptive import Adam
from groundup.solve.descent import GradientDescent
from groundup.solve.listeners import History
from groundup.solve.loop import Training
from groundup.solve.momentum import Momentum

LOSSES = [losses.mse, losses.l2, losses.rmse, losses.mae, losses.named("huber"), losses.logistic, losses.poisson]


def problem(
    seed=0, rows=23, features=3, outputs=1, loss=losses.mse, weights=False, intercept=True, l2=0.0, block_rows=None
):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(rows, features)) * [1, 3, 0.2][:features] + [0, 4, -1][:features]
    y = rng.integers(0, 2, size=(rows, outputs)).astype(float) + (
        0 if loss is losses.logistic else rng.random((rows, outputs))
    )
    w = rng.integers(1, 4, size=rows).astype(float) if weights else None
    model = Affine(features, outputs, fit_intercept=intercept)
    objective = Objective(Cost(model, loss), ArrayBlocks(X, y, w, block_rows), ElasticNet(l2=l2))
    return objective, 0.3 * rng.normal(size=model.n_parameters), rng.normal(size=model.n_parameters)


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize("outputs", [1, 2])
@pytest.mark.parametrize("weights", [False, True])
def test_gradient_is_the_slope_and_curvature_its_change(loss, outputs, weights):
    """Central differences, h = 1e-5. Kills: a factor in a total, weights left out, the root's second derivative."""
    objective, p, v = problem(outputs=outputs, loss=loss, weights=weights, l2=0.7)
    h = 1e-5
    up, down = objective.value_and_gradient(p + h * v), objective.value_and_gradient(p - h * v)
    _, g = objective.value_and_gradient(p)
    assert (up[0] - down[0]) / (2 * h) == pytest.approx(g @ v, rel=1e-6, abs=1e-7)
    np.testing.assert_allclose((up[1] - down[1]) / (2 * h), objective.hessian_times(p, v), rtol=1e-5, atol=1e-5)


@given(seed=st.integers(0, 10**6), block_rows=st.sampled_from([1, 2, 7, 23]), loss=st.sampled_from(LOSSES))
@settings(max_examples=40, deadline=None)
def test_one_block_is_many(seed, block_rows, loss):
    one, p, _ = problem(seed, loss=loss, weights=True)
    many, _, _ = problem(seed, loss=loss, weights=True, block_rows=block_rows)
    value, gradient = one.value_and_gradient(p)
    np.testing.assert_allclose(many.value_and_gradient(p)[0], value, rtol=1e-12)
    np.testing.assert_allclose(many.value_and_gradient(p)[1], gradient, rtol=1e-10, atol=1e-12)


@given(seed=st.integers(0, 10**6), loss=st.sampled_from(LOSSES))
@settings(max_examples=40, deadline=None)
def test_weights_are_repeats(seed, loss):
    """A row of weight three is three rows. Kills: weights that are squared, forgotten in the mean, or rooted."""
    weighted, p, _ = problem(seed, loss=loss, weights=True)
    rows = weighted.blocks
    times = rows.sample_weight.astype(int)
    repeated = Objective(weighted.cost, ArrayBlocks(np.repeat(rows.X, times, 0), np.repeat(rows.y, times, 0)))
    np.testing.assert_allclose(weighted.value_and_gradient(p)[0], repeated.value_and_gradient(p)[0], rtol=1e-12)
    np.testing.assert_allclose(
        weighted.value_and_gradient(p)[1], repeated.value_and_gradient(p)[1], rtol=1e-10, atol=1e-12
    )


@given(
    seed=st.integers(0, 10**6),
    loss=st.sampled_from([losses.mse, losses.l2, losses.rmse]),
    outputs=st.integers(1, 3),
    weights=st.booleans(),
    intercept=st.booleans(),
    l2=st.sampled_from([0.0, 0.5]),
)
@settings(max_examples=80, deadline=None)
def test_condensed_is_the_objective(seed, loss, outputs, weights, intercept, l2):
    """Binds the fast path to its definition: value, gradient and curvature on random rows."""
    rows, p, v = problem(seed, loss=loss, outputs=outputs, weights=weights, intercept=intercept, l2=l2)
    condensed = rows.condensed()
    value, gradient = rows.value_and_gradient(p)
    size = np.abs(gradient).max()
    assert condensed.value_and_gradient(p)[0] == pytest.approx(value, rel=1e-11)
    np.testing.assert_allclose(condensed.value_and_gradient(p)[1], gradient, rtol=1e-10, atol=1e-11 * size)
    moved = rows.hessian_times(p, v)
    np.testing.assert_allclose(condensed.hessian_times(p, v), moved, rtol=1e-9, atol=1e-11 * np.abs(moved).max())


def test_the_condensed_loss_goes_to_zero_without_cancelling():
    """On a perfect line the loss falls far below the rounding of the start. Kills: y'y - 2 w'X'y + w'X'Xw."""
    X = np.arange(10.0)[:, None]
    model = gu.LinearRegression(solver="gradient_descent", learning_rate=0.03, epochs=4000, tolerance=1e-13)
    loss = model.fit(X, 2 * X[:, 0] + 1).history_["loss"]
    assert loss[-1] < 1e-20 * loss[0]
    assert model.reason_.startswith("converged")


@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Adam()], ids=repr)
@pytest.mark.parametrize("loss", [losses.mse, losses.rmse], ids=repr)
@pytest.mark.parametrize("outputs", [1, 2])
def test_condensed_descent_has_the_same_history(method, loss, outputs):
    """500 epochs on the triangle and on the rows: every line the same to 1e-10. Kills: a gap of the place before."""
    rows, _, _ = problem(rows=200, loss=loss, outputs=outputs, weights=True)
    rate = 0.02 if loss is losses.mse else 0.01

    def lines(objective):
        history = History()
        start = objective.model.start()
        Training(objective, method, parameters=start, learning_rate=rate, epochs=500, listeners=[history]).run()
        return history.arrays()

    slow, fast = lines(rows), lines(rows.condensed())
    least = rows.condensed().least
    for name in ("loss", "weights", "bias"):
        np.testing.assert_allclose(fast[name], slow[name], rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(fast["gradient_norm"], slow["gradient_norm"], rtol=1e-10, atol=1e-12)
    above = slow["loss"] - rows.total.value(least, rows.condensed().weight)
    np.testing.assert_allclose(fast["gap"], above, rtol=1e-9, atol=1e-12)


def test_a_gap_is_that_of_the_numbers_and_not_of_the_array():
    """Kills: a kept value for parameters that were changed in place since."""
    rows, p, _ = problem()
    condensed = rows.condensed()
    condensed.value(p)
    p += 1.0
    assert condensed.gap(p, rows.value(p)) == pytest.approx(condensed.gap(p.copy(), rows.value(p)), rel=1e-12)


@pytest.mark.parametrize("l2", [0.0, 0.4])
@pytest.mark.parametrize("loss", [losses.mse, losses.l2])
def test_gap_is_the_distance_to_the_least_value(l2, loss):
    rows, p, _ = problem(loss=loss, l2=l2, outputs=2, weights=True)
    condensed = rows.condensed()
    best = condensed.optimum()
    least = rows.value(condensed.affine.pack(best.coefficients, best.intercept))
    assert condensed.gap(p, condensed.value(p)) == pytest.approx(rows.value(p) - least, rel=1e-9)


def test_the_bias_is_never_penalised():
    objective, _, _ = problem(l2=5.0)
    p = objective.model.from_weights_and_bias([0, 0, 0], 7.0)
    assert objective.value(p) == pytest.approx(np.mean((7 - objective.blocks.y) ** 2), rel=1e-14)
