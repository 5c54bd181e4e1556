"""Early stopping for lines, chances and networks; networks without hidden layers; trainings that overflow."""

import re

import numpy as np
import pytest

import groundup as gu

RNG = np.random.default_rng(0)
X = RNG.normal(size=(60, 12))
Y = X[:, 0] - X[:, 1] + 2.0 * RNG.normal(size=60)  # few rows, many columns, much noise: a long training learns noise
STEPS = {"solver": "gradient_descent", "tolerance": 0, "random_state": 3}


def models(**settings):
    return [
        gu.LinearRegression(**STEPS, **settings),
        gu.LogisticRegression(**STEPS, **settings),
        gu.NeuralNetworkRegressor((8,), solver="adam", learning_rate=0.02, random_state=3, **settings),
        gu.NeuralNetworkRegressor((), **STEPS, **settings),
        gu.NeuralNetworkClassifier((), **STEPS, **settings),
    ]


def labels(model):
    return (Y > 0).astype(int) if isinstance(model, gu.LogisticRegression | gu.NeuralNetworkClassifier) else Y


@pytest.mark.parametrize("model", models(early_stopping=gu.EarlyStopping(20, 0.3), epochs=3000), ids=str)
def test_it_stops_and_keeps_the_best_weights(model):
    """Kills: the last weights in place of the best, a part that is learnt from too, patience off by one."""
    model.fit(X, labels(model))
    seen = model.history_["validation_loss"]
    best = int(np.argmin(seen))
    assert model.reason_.startswith(f"stopped early: the loss on the validation part was least, {seen[best]:.6g}")
    assert f"after epoch {best}," in model.reason_
    assert len(seen) == best + 20 + 1
    assert model.n_iter_ == best + 20
    short = type(model)(**(model.get_params() | {"epochs": max(best, 1), "early_stopping": gu.EarlyStopping(20, 0.3)}))
    if best > 0:
        np.testing.assert_allclose(short.fit(X, labels(model)).predict(X), model.predict(X), rtol=1e-9)


def test_the_part_is_of_the_rows_and_classes_keep_their_share():
    y = np.repeat([0, 1], [50, 10])
    model = gu.LogisticRegression(**STEPS, early_stopping=gu.EarlyStopping(5, 0.2), epochs=5)
    training = model.training(X, y)
    assert training.objective.blocks.n_rows == 48
    apart = next(iter(training.validation.blocks)).y
    assert (len(apart), apart.sum()) == (12, 2)


@pytest.mark.parametrize("solver", ["auto", "newton"])
def test_solvers_without_steps_refuse(solver):
    with pytest.raises(gu.InputError, match=f"solver='{solver}' goes straight to the minimum"):
        gu.LogisticRegression(solver=solver, early_stopping=True).fit(X, Y > 0)
    with pytest.raises(gu.InputError, match="for a training step by step"):
        gu.LinearRegression(early_stopping=True).fit(X, Y)


def test_partial_fit_learns_from_every_row():
    settings = STEPS | {"learning_rate": 0.01}
    one = gu.LinearRegression(**settings, early_stopping=True).partial_fit(X, Y)
    two = gu.LinearRegression(**settings).partial_fit(X, Y)
    np.testing.assert_array_equal(one.coef_, two.coef_)


def test_a_training_with_early_stopping_goes_on_after_an_interruption(tmp_path):
    model = gu.LinearRegression(**STEPS, batch_size=7, learning_rate=0.01, epochs=500)
    model.set_params(early_stopping=gu.EarlyStopping(20, 0.3))
    training = model.training(X, Y)
    training.run(epochs=4)
    training.save(tmp_path / "run.npz")
    whole, again = training.finish(), gu.resume(tmp_path / "run.npz", X, Y).finish()
    assert again.reason_ == whole.reason_
    np.testing.assert_array_equal(again.coef_, whole.coef_)


class TestWithoutHiddenLayers:
    """The iterator too is that of the line, number for number."""

    @pytest.mark.parametrize("settings", [{}, {"solver": "adam", "batch_size": 8, "random_state": 1}], ids=str)
    def test_training_is_the_line_s(self, settings):
        shared = {"epochs": 7, **settings}
        for network, line in (
            (gu.NeuralNetworkRegressor((), **shared), gu.LinearRegression(**shared)),
            (gu.NeuralNetworkClassifier((), **shared), gu.LogisticRegression(**shared)),
        ):
            mine, theirs = network.training(X, labels(network)), line.training(X, labels(line))
            for one, two in zip(mine, theirs, strict=True):
                assert (one.step, one.loss, one.learning_rate) == (two.step, two.loss, two.learning_rate)
                np.testing.assert_array_equal(one.weights, two.weights)
            assert mine.finish() is network
            theirs.finish()
            np.testing.assert_array_equal(network.coefs_[0][:, 0], np.ravel(line.coef_))
            assert network.reason_ == line.reason_

    def test_it_goes_on_after_an_interruption_as_a_network(self, tmp_path):
        model = gu.NeuralNetworkRegressor((), **STEPS, batch_size=8, learning_rate=0.01, epochs=9)
        training = model.training(X, Y)
        training.run(epochs=4)
        training.save(tmp_path / "run.npz")
        again = gu.resume(tmp_path / "run.npz", X, Y).finish()
        assert isinstance(again, gu.NeuralNetworkRegressor)
        np.testing.assert_array_equal(again.coefs_[0], training.finish().coefs_[0])

    @pytest.mark.parametrize("solver", ["auto", "adam"])
    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    def test_partial_fit_is_the_line_s(self, solver):
        """Portion after portion, with what the method remembers."""
        numbers, chances, logistic = gu.NeuralNetworkRegressor, gu.NeuralNetworkClassifier, gu.LogisticRegression
        for network, line, y, classes in (
            (numbers((), solver=solver), gu.LinearRegression(solver=solver), Y, {}),
            (chances((), solver=solver), logistic(solver=solver), np.digitize(Y, [0]), {"classes": range(2)}),
            (chances((), solver=solver), logistic(solver=solver), np.digitize(Y, [-1, 1]), {"classes": range(3)}),
        ):
            for rows in (slice(0, 20), slice(20, 40), slice(40, 60)):
                network.partial_fit(X[rows], y[rows], **classes)
                line.partial_fit(X[rows], y[rows], **classes)
                np.testing.assert_array_equal(network.coefs_[0].T.ravel(), np.ravel(line.coef_))
                np.testing.assert_array_equal(network.intercepts_[0], np.ravel(line.intercept_))

    @pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
    def test_warm_start_goes_on(self):
        model = gu.NeuralNetworkRegressor((), **STEPS, learning_rate=0.01, epochs=5, warm_start=True).fit(X, Y)
        before = model.history_["loss"][-1]
        assert model.fit(X, Y).history_["loss"][0] == pytest.approx(before, rel=1e-12)


class TestOverflow:
    """A number that no float holds: the training stops, says where and what, and keeps the last finite weights."""

    def curvature(self):
        return 2 / gu.forecast(X, Y).largest_stable_learning_rate

    @pytest.mark.parametrize("batch_size", [None, 16])
    def test_a_rate_beyond_the_largest_stable_one(self, batch_size):
        rate = (2.2 if batch_size is None else 22) / self.curvature()
        model = gu.LinearRegression(**STEPS, learning_rate=rate, batch_size=batch_size, epochs=5000)
        with pytest.warns(gu.NotConvergedWarning, match="the loss went from .* beyond all bounds"):
            model.fit(X, Y)
        where = r"after \d+ updates at" if batch_size is None else r"\(epoch \d+, batch [1-4]\) at"
        assert re.search(where, model.reason_)
        assert np.isfinite(model.coef_).all()
        assert np.isfinite(model.predict(X)).all()

    def test_scores_of_1e308(self):
        """Rows of 1e154: the first update throws the scores to 1e308 and the next beyond."""
        rows = np.array([[1e154], [-1e154], [2e154]])
        model = gu.LogisticRegression(**STEPS, learning_rate=1e10, epochs=50)
        with pytest.warns(gu.NotConvergedWarning, match="diverg"):
            model.fit(rows, [0, 1, 0])
        assert np.isfinite(model.coef_).all()

    def test_a_network_that_overflows(self):
        model = gu.NeuralNetworkRegressor(
            (4,), "relu", solver="momentum", learning_rate=1e30, epochs=50, random_state=0
        )
        with pytest.warns(gu.NotConvergedWarning, match=r"diverged: after \d+ updates at learning rate 1e\+30 the"):
            model.fit(X, Y)
        assert all(np.isfinite(W).all() for W in model.coefs_)

    def test_a_loss_that_is_beyond_a_float_at_the_start(self):
        training = gu.LinearRegression(**STEPS, learning_rate=1.0).training(X, 1e200 * Y)
        next(training)
        assert training.reason.startswith("not started: the loss at the start is inf")
