"""Pictures: what is drawn is what the model says, and what cannot be drawn is refused in a sentence."""

from __future__ import annotations

import builtins
import warnings

import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

import groundup as gu  # noqa: E402
from groundup.lab import plot_line, plot_loss, plot_residuals, plot_surface  # noqa: E402

CARS = gu.examples.cars()
FLIGHTS = gu.examples.flights()


@pytest.fixture(autouse=True)
def _close_all():
    yield
    pyplot.close("all")


def descent(**parameters):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gu.GroundupWarning)
        return gu.LinearRegression(solver="gradient_descent", **parameters).fit(CARS.X, CARS.y)


def line_named(ax, start):
    return next(line for line in ax.get_lines() if str(line.get_label()).startswith(start))


def test_the_line_is_the_models_line_and_the_legend_says_it():
    model = gu.LinearRegression().fit(CARS.X, CARS.y)
    ax = plot_line(model, CARS.X, CARS.y, x_name="weight (1,000 lb)", y_name="mpg")
    line = line_named(ax, "mpg = 33.59 − 4.569 × weight")
    x, y = line.get_data()
    assert np.allclose(y, model.coef_[0] * x + model.intercept_, rtol=1e-12)
    assert (x.min(), x.max()) == (2.37, 4.42)
    points = ax.collections[0].get_offsets()
    assert sorted(points[:, 1]) == sorted(CARS.y)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("weight (1,000 lb)", "mpg")


def test_with_several_features_rows_and_line_belong_together():
    """Moved by the others' contribution, the misses in the picture are the misses of the model."""
    example = gu.examples.penguins(["flipper_length_mm", "bill_depth_mm"], label="body_mass_g")
    model = gu.LinearRegression().fit(example.X, example.y)
    ax = plot_line(model, example.X, example.y, feature=1, y_name="mass")
    x, y = np.asarray(ax.collections[0].get_offsets()).T
    line = ax.get_lines()[0]
    missed = y - np.interp(x, *line.get_data())
    assert np.allclose(missed, example.y - model.predict(example.X), atol=1e-6)
    assert "at their means" in ax.get_ylabel()


def test_names_come_from_the_model_and_choose_the_feature():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"weight": CARS.X[:, 0], "extra": np.arange(7.0)})
    model = gu.LinearRegression().fit(frame, CARS.y)
    ax = plot_line(model, frame, pandas.Series(CARS.y, name="mpg"), feature="extra")
    assert ax.get_xlabel() == "extra"
    assert ax.get_ylabel().startswith("mpg")


@pytest.mark.parametrize(
    ("feature", "came"), [(None, "none was named"), (2, "got 2"), ("x9", "got 'x9'"), (-1, "got -1")]
)
def test_an_unclear_feature_is_refused(feature, came):
    X = np.column_stack([CARS.X, CARS.X**2])
    with pytest.raises(gu.InputError, match=came):
        plot_line(gu.LinearRegression().fit(X, CARS.y), X, CARS.y, feature=feature)


def test_any_model_with_predict_can_be_drawn_and_a_curve_has_no_equation():
    class Curve:
        def predict(self, X):
            return np.sin(X[:, 0])

    ax = plot_line(Curve(), CARS.X, CARS.y)
    assert line_named(ax, "the model")


def test_lists_and_one_column_are_taken():
    model = gu.LinearRegression().fit(CARS.X, CARS.y)
    assert plot_line(model, CARS.X[:, 0].tolist(), CARS.y.tolist()).get_xlabel() == "x"
    with pytest.raises(gu.InputError, match="one number for each of the 7 rows"):
        plot_line(model, CARS.X, CARS.y[:5])


def test_many_rows_are_thinned_and_the_legend_says_so():
    X, y = np.linspace(0, 1, 12_000)[:, None], np.zeros(12_000)
    ax = plot_residuals(gu.LinearRegression().fit(X, y), X, y)
    assert len(ax.collections[0].get_offsets()) == 4000
    assert ax.collections[0].get_label() == "misses (4,000 of 12,000 rows)"


def test_residuals_are_label_less_prediction_and_the_band_is_the_rmse():
    model = gu.LinearRegression().fit(FLIGHTS.X, FLIGHTS.y)
    ax = plot_residuals(model, FLIGHTS.X, FLIGHTS.y, y_name="air_time")
    x, y = np.asarray(ax.collections[0].get_offsets()).T
    assert np.allclose(x + y, FLIGHTS.y)
    assert any("± RMSE = 12.8" in text.get_text() for text in ax.get_legend().get_texts())
    assert ax.get_xlabel() == "predicted air_time"


def test_the_loss_curve_is_the_history_and_its_minimum_the_exact_one():
    model = descent(epochs=30)
    ax = plot_loss(model)
    assert np.array_equal(line_named(ax, "mean squared error").get_ydata(), model.history_["loss"])
    lowest = gu.LinearRegression().fit(CARS.X, CARS.y).history_["loss"][0]
    assert line_named(ax, "minimum").get_ydata()[0] == pytest.approx(lowest, rel=1e-9)
    assert any(text.get_text().startswith("gap ") for text in ax.texts)


def test_a_large_fall_is_drawn_on_a_logarithmic_axis():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert plot_loss(descent(epochs=9, learning_rate=0.2)).get_yscale() == "log"
    assert plot_loss({"loss": [3.0, 2.0, 1.0]}).get_yscale() == "linear"


def test_a_bare_history_an_exact_fit_and_none_at_all():
    assert plot_loss({"loss": [3.0, 2.0]}).get_ylabel() == "loss"
    assert plot_loss(gu.LinearRegression().fit(CARS.X, CARS.y))
    with pytest.raises(gu.NotFittedError, match="call fit first"):
        plot_loss(gu.LinearRegression())
    with pytest.raises(gu.InputTypeError, match="this one holds 'lost'"):
        plot_loss({"lost": [1.0]})
    with pytest.raises(gu.InputError, match="no finite loss"):
        plot_loss({"loss": [np.nan]})


def test_the_path_on_the_map_is_that_of_the_history():
    model = descent(learning_rate=0.05, epochs=100)
    ax = plot_surface(model, CARS.X, CARS.y, x_name="weight")
    x, y = line_named(ax, "100 epochs").get_data()
    assert np.array_equal(x, model.history_["weights"][:, 0])
    assert np.array_equal(y, model.history_["bias"])
    assert line_named(ax, "start").get_data() == ([0.0], [0.0])


def test_a_map_needs_one_feature_and_a_path():
    X = np.column_stack([CARS.X, CARS.X**2])
    with pytest.raises(gu.InputError, match="needs one feature; X has 2"):
        plot_surface(gu.LinearRegression().fit(X, CARS.y), X, CARS.y)
    with pytest.raises(gu.InputError, match="the exact solver takes no steps"):
        plot_surface(gu.LinearRegression().fit(CARS.X, CARS.y), CARS.X, CARS.y)


@pytest.mark.parametrize("draw", [plot_line, plot_residuals, plot_surface])
def test_given_axes_are_used_and_returned(draw):
    ax = Figure().subplots()
    assert draw(descent(epochs=20), CARS.X, CARS.y, ax=ax) is ax
    assert ax.has_data()
    assert not pyplot.get_fignums()


@pytest.mark.parametrize("draw", [plot_line, plot_residuals, plot_surface])
def test_pictures_can_be_read_without_colour(draw):
    """Lines that are told apart in the legend differ in style, marker or width, not in colour alone."""
    ax = draw(descent(epochs=20), CARS.X, CARS.y)
    named = [line for line in ax.get_lines() if not str(line.get_label()).startswith("_")]
    looks = [(line.get_linestyle(), line.get_marker(), line.get_linewidth(), line.get_fillstyle()) for line in named]
    assert len(set(looks)) == len(looks)


def test_without_matplotlib_the_sentence_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def refuse(name, *rest, **more):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(gu.MissingExtraError, match=r"pip install 'groundup\[plot\]'"):
        plot_loss({"loss": [1.0]})
