"""Settings that are True or False, and schedules that give no number: a sentence instead of a guess."""

import numpy as np
import pytest

import groundup as gu

X = np.arange(12.0).reshape(6, 2) ** 1.5
Y = np.array([0, 1, 0, 1, 1, 0])
MODELS = [
    (gu.LinearRegression, {"solver": "gradient_descent", "learning_rate": 1e-4, "tolerance": 0}),
    (gu.LogisticRegression, {"solver": "gradient_descent"}),
    (gu.NeuralNetworkClassifier, {"hidden": (3,)}),
    (gu.NeuralNetworkRegressor, {"hidden": (3,)}),
    (gu.NeuralNetworkRegressor, {"hidden": (), "solver": "gradient_descent"}),
]


@pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
@pytest.mark.parametrize(("kind", "settings"), MODELS)
@pytest.mark.parametrize("name", ["fit_intercept", "shuffle", "warm_start"])
def test_text_is_not_true(kind, settings, name):
    """fit_intercept="no" was taken as True. Kills: bool(value)."""
    for value in ["no", "False", None, 2, 0.5]:
        with pytest.raises(gu.InputTypeError, match=f"{name} must be True or False; got {value!r}"):
            kind(**settings, epochs=2, **{name: value}).fit(X, Y)
    for value in [True, np.False_, 1, 0]:
        kind(**settings, epochs=2, **{name: value}).fit(X, Y)


def test_standardise_is_auto_true_or_false():
    """standardise="x" was taken as True."""
    with pytest.raises(gu.InputTypeError, match="standardise must be True or False; got 'x'"):
        gu.NeuralNetworkRegressor(hidden=(3,), epochs=2, standardise="x").fit(X, Y)


@pytest.mark.parametrize("factor", ["a", None, np.nan, np.inf, 1j])
def test_a_schedule_gives_a_number(factor):
    """Text was Python's "can't multiply sequence", and NaN was told as a divergence that a smaller rate would mend."""

    def schedule(epoch):
        return 1.0 if epoch < 2 else factor

    model = gu.LinearRegression(solver="gradient_descent", learning_rate=1e-4, epochs=5, schedule=schedule)
    with pytest.raises(gu.InputTypeError, match="for epoch 2 it gave"):
        model.fit(X, Y)
