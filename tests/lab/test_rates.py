"""The picture of a learning-rate range test shows what the numbers say."""

import numpy as np
import pytest

import groundup as gu

pytest.importorskip("matplotlib").use("Agg")
CARS = gu.examples.cars()


def test_the_curve_and_its_two_marks():
    """Kills: rates and losses exchanged, a mark at another rate, an axis that the last overflow has flattened."""
    found = gu.rate_test(gu.LinearRegression().training(CARS.X, CARS.y))
    ax = gu.lab.plot_rate_test(found)
    curve, fastest, usable = ax.get_lines()
    np.testing.assert_array_equal(curve.get_xdata(), found.rates)
    np.testing.assert_array_equal(curve.get_ydata(), found.losses)
    assert (fastest.get_xdata()[0], usable.get_xdata()[0]) == (found.steepest, found.usable)
    assert ax.get_xscale() == "log"
    assert ax.get_ylim()[1] < 2 * found.losses[0]
    with pytest.raises(gu.InputError, match="nothing to draw"):
        gu.lab.plot_rate_test(found._replace(rates=found.rates[:1], losses=found.losses[:1]))
