"""Pictures of classifiers: the curves are the metrics, the cells the counts, the point the threshold that was asked."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

import groundup as gu  # noqa: E402
from groundup.formulas import metrics  # noqa: E402
from groundup.lab import plot_boundary, plot_calibration, plot_confusion, plot_precision_recall, plot_roc  # noqa: E402

SPECIES = gu.examples.penguins(["bill_length_mm", "bill_depth_mm"])
SEX = gu.examples.penguins(["bill_length_mm", "body_mass_g"], label="sex")
THREE = gu.LogisticRegression().fit(SPECIES.X, SPECIES.y)
TWO = gu.LogisticRegression().fit(SEX.X, SEX.y)
ALL = [plot_boundary, plot_calibration, plot_confusion, plot_precision_recall, plot_roc]


class Says:
    """A classifier that says what it was told to."""

    def __init__(self, chance, classes):
        self.chance, self.classes_ = np.asarray(chance, dtype=float), np.array(classes)

    def predict_proba(self, X):
        return np.resize(self.chance, (len(X), len(self.classes_)))


@pytest.fixture(autouse=True)
def _close_all():
    yield
    pyplot.close("all")


def legend_of(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def line_named(ax, start):
    return next(line for line in ax.get_lines() if str(line.get_label()).startswith(start))


def test_the_cells_are_the_counts_with_the_truth_in_rows():
    """Kills: a transposed matrix, and shares of the column instead of the row."""
    ax = plot_confusion(THREE, SPECIES.X, SPECIES.y, y_name="species")
    counts = metrics.confusion_matrix(SPECIES.y, THREE.predict(SPECIES.X))
    cells = {text.get_position(): text.get_text() for text in ax.texts}
    assert cells[1, 0] == f"{counts[0, 1]}\n{100 * counts[0, 1] / counts[0].sum():.3g} %"
    assert cells[0, 1].startswith(f"{counts[1, 0]}\n")
    assert cells[2, 0] == "0"
    assert np.array_equal(ax.images[0].get_array() * counts.sum(axis=1, keepdims=True), counts)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted species", "true species")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Adelie", "Chinstrap", "Gentoo"]


def test_the_threshold_moves_the_counts_and_the_points():
    ax = plot_confusion(TWO, SEX.X, SEX.y, threshold=0.9)
    found = TWO.predict_proba(SEX.X)[:, 1] >= 0.9
    cells = {text.get_position(): int(text.get_text().split("\n")[0]) for text in ax.texts}
    male = SEX.y == "male"
    assert cells == {
        (0, 0): np.sum(~found & ~male),
        (1, 0): np.sum(found & ~male),
        (0, 1): np.sum(~found & male),
        (1, 1): np.sum(found & male),
    }
    assert "at a threshold of 0.9" in ax.get_xlabel()
    ax = plot_roc(TWO, SEX.X, SEX.y, threshold=0.9)
    x, y = line_named(ax, "threshold 0.9").get_data()
    assert (x[0], y[0]) == (np.mean(found[~male]), np.mean(found[male]))
    ax = plot_precision_recall(TWO, SEX.X, SEX.y, threshold=0.9)
    x, y = line_named(ax, "threshold 0.9").get_data()
    assert (x[0], y[0]) == (np.mean(found[male]), np.mean(male[found]))
    with pytest.raises(gu.InputError, match="threshold is for two classes; this model knows 3"):
        plot_confusion(THREE, SPECIES.X, SPECIES.y, threshold=0.3)


def test_the_curves_are_the_metrics():
    chance = TWO.predict_proba(SEX.X)[:, 1]
    ax = plot_roc(TWO, SEX.X, SEX.y)
    curve = metrics.roc_curve(SEX.y, chance, positive="male")
    assert np.array_equal(line_named(ax, "male: AUC = 0.7474").get_data(), curve[:2])
    ax = plot_precision_recall(TWO, SEX.X, SEX.y)
    curve = metrics.precision_recall_curve(SEX.y, chance, positive="male")
    assert np.array_equal(line_named(ax, "male: AP = 0.7678").get_data(), (curve.recall, curve.precision))
    assert line_named(ax, "without a model").get_ydata()[0] == np.mean(SEX.y == "male")


def test_the_legend_of_a_rare_class_hides_no_curve():
    """Its curve runs along the bottom. Kills: a legend in one place for all."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(2000, 1))
    y = rng.random(2000) < 1 / (1 + np.exp(5 - X[:, 0]))
    ax = plot_precision_recall(gu.LogisticRegression().fit(X, y), X, y)
    ax.figure.canvas.draw()
    box = ax.transData.inverted().transform(ax.get_legend().get_window_extent())
    line = ax.get_lines()[0]
    inside = (line.get_xdata() > box[0, 0]) & (line.get_xdata() < box[1, 0]) & (line.get_ydata() > box[0, 1])
    assert inside.sum() <= 2


def test_of_many_classes_each_has_a_curve_and_at_most_six_are_drawn():
    assert legend_of(plot_roc(THREE, SPECIES.X, SPECIES.y))[:3] == [
        "Adelie: AUC = 0.9995",
        "Chinstrap: AUC = 0.9957",
        "Gentoo: AUC = 0.9987",
    ]
    rng = np.random.default_rng(0)
    y = np.repeat(np.arange(9), np.arange(2, 11))
    model = Says(rng.dirichlet(np.ones(9), len(y)), range(9))
    drawn = [label.split(":")[0] for label in legend_of(plot_precision_recall(model, np.zeros((len(y), 1)), y))[:-1]]
    assert drawn == ["3", "4", "5", "6", "7", "8"]


def test_calibrated_chances_lie_on_the_diagonal_and_the_bars_are_wilsons():
    y = np.array(["no"] * 7 + ["yes"] * 3 + ["no"] * 2 + ["yes"] * 8)
    model = Says(np.array([[0.7, 0.3]] * 10 + [[0.2, 0.8]] * 10), ["no", "yes"])
    ax = plot_calibration(model, np.zeros((20, 1)), y)
    assert legend_of(ax)[0] == "perfectly calibrated"
    assert any("mean chance − share: 0" in text for text in legend_of(ax))
    points = ax.containers[1][0]
    assert np.allclose(points.get_xdata(), [0.3, 0.8])
    assert np.allclose(points.get_ydata(), [0.3, 0.8])
    bars = ax.containers[1][2][0].get_segments()
    assert np.allclose(bars[0][:, 1], [0.1078, 0.6032], atol=1e-4)  # Wilson's interval of 3 in 10
    assert "predicted chance of the answer" in plot_calibration(THREE, SPECIES.X, SPECIES.y).get_xlabel()


def test_the_middle_line_of_the_map_is_where_the_score_is_zero():
    ax = plot_boundary(TWO, SEX.X, SEX.y)
    lines = next(c for c in ax.collections if 0.5 in getattr(c, "levels", []) and 0.9 in c.levels)
    path = lines.get_paths()[1].vertices
    assert np.all(np.abs(TWO.decision_function(path)) < 0.05)
    wrong = np.sum(TWO.predict(SEX.X) != SEX.y)
    assert f"wrong: {wrong} of 333 rows" in legend_of(ax)


def test_along_one_feature_the_chances_are_drawn():
    one = gu.examples.penguins(["flipper_length_mm"], label="sex")
    model = gu.LogisticRegression().fit(one.X, one.y)
    ax = plot_boundary(model, one.X, one.y)
    x, chance = line_named(ax, "chance of male").get_data()
    assert np.array_equal(chance, model.predict_proba(x[:, None])[:, 1])
    assert np.all(np.abs(line_named(ax, "rows of male").get_ydata() - 1) < 0.02)
    three = gu.examples.penguins(["flipper_length_mm"])
    ax = plot_boundary(gu.LogisticRegression().fit(three.X, three.y), three.X, three.y, y_name="species")
    assert ax.get_ylabel() == "chance of each species"


def test_of_many_features_two_are_chosen_by_name_or_place():
    four = gu.examples.penguins()
    model = gu.LogisticRegression(l2=0.01).fit(four.X, four.y)
    model.feature_names_in_ = np.array(four.feature_names, dtype=object)
    ax = plot_boundary(model, four.X, four.y, features=["bill_depth_mm", 0])
    assert ax.get_xlabel() == "bill_depth_mm, the other features at their means"
    assert ax.get_ylabel() == "bill_length_mm"
    assert plot_boundary(model, four.X, four.y, features="body_mass_g").get_xlabel() == "body_mass_g"
    for features in (None, ["x9"], [0, 0], [0, 1, 2], [4]):
        with pytest.raises(gu.InputError, match="features must be one or two of 'bill_length_mm'"):
            plot_boundary(model, four.X, four.y, features=features)


def test_names_with_dollars_and_great_length_are_drawn_as_they_are():
    y = np.where(SEX.y == "male", "$x_1$ " + "long" * 9, "!")
    model = gu.LogisticRegression().fit(SEX.X, y)
    for draw in ALL:
        ax = draw(model, SEX.X, y)
        ax.figure.canvas.draw()
    assert "$x_1$ longlonglon…" in legend_of(ax)[0]


@pytest.mark.parametrize("draw", ALL)
def test_given_axes_are_used_returned_and_read_without_colour(draw):
    for model, rows in ((TWO, SEX), (THREE, SPECIES)):
        ax = Figure().subplots()
        assert draw(model, rows.X, rows.y, ax=ax) is ax
        assert ax.has_data()
        named = [line for line in ax.get_lines() if not str(line.get_label()).startswith("_")]
        looks = [(str(line._unscaled_dash_pattern), line.get_marker(), line.get_linestyle()) for line in named]
        assert len(set(looks)) == len(looks)
    assert not pyplot.get_fignums()


@pytest.mark.parametrize("draw", ALL)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(draw):
    with pytest.raises(gu.InputTypeError, match="needs a fitted classifier"):
        draw(gu.LinearRegression().fit(SEX.X, SEX.X[:, 0]), SEX.X, SEX.y)
    with pytest.raises(gu.InputTypeError, match="needs a fitted classifier"):
        draw(gu.LogisticRegression(), SEX.X, SEX.y)
    with pytest.raises(gu.InputError, match="row 332 holds 'it'"):
        draw(TWO, SEX.X, np.append(SEX.y[:-1], "it"))
    with pytest.raises(gu.InputError, match="one label for each of the 333 rows"):
        draw(TWO, SEX.X, SEX.y[:-1])
    with pytest.raises(gu.InputError, match="knows only 'a'"):
        draw(Says([[1.0]], ["a"]), SEX.X[:1], np.array(["a"]))
    with pytest.raises(gu.InputError, match="chances are not finite"):
        draw(Says([[np.nan, np.nan]], ["a", "b"]), SEX.X[:2], np.array(["a", "b"]))


@pytest.mark.parametrize("draw", [plot_roc, plot_precision_recall])
def test_rows_of_one_class_have_no_curve(draw):
    male = SEX.y == "male"
    with pytest.raises(gu.InputError, match="rows of at least two classes; all 168 are 'male'"):
        draw(TWO, SEX.X[male], SEX.y[male])


def test_a_class_that_is_never_seen_is_no_warning():
    """Kills: a 0/0 in the shares of an empty row, and a curve for a class without rows."""
    rows = SPECIES.y != "Gentoo"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for draw in ALL:
            draw(THREE, SPECIES.X[rows], SPECIES.y[rows])
    assert len(legend_of(plot_roc(THREE, SPECIES.X[rows], SPECIES.y[rows]))) == 3
