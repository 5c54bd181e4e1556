"""Every loss against exact numbers: value, slope and bend of 30 to 100 points each, computed to 36 digits."""

from __future__ import annotations

import json
import math
import warnings
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest

from groundup.formulas import losses

FOLDER = Path(__file__).parents[1] / "reference" / "losses"
TINIEST = 2.0**-1074

ELEMENTWISE = {
    "residual_squared": losses.squared,
    "residual_half_squared": losses.half_squared,
    "residual_absolute": losses.absolute,
    "residual_huber_delta1": losses.Huber(1),
    "residual_huber_delta2.5": losses.Huber(2.5),
    "residual_pseudo_huber_delta1": losses.PseudoHuber(1),
    "residual_smooth_l1_beta0.5": losses.SmoothL1(0.5),
    "residual_log_cosh": losses.log_cosh,
    "residual_cauchy_lorentz": losses.cauchy_lorentz,
    "residual_quantile_0.1": losses.Quantile(0.1),
    "residual_quantile_0.5": losses.Quantile(0.5),
    "residual_quantile_0.9": losses.Quantile(0.9),
    "logit_bce_with_logits": losses.bce_with_logits,
    "logit_focal_gamma0": losses.Focal(0),
    "logit_focal_gamma2_alpha0.25": losses.Focal(2, 0.25),
    "logit_hinge": losses.hinge,
    "logit_squared_hinge": losses.squared_hinge,
    "logit_exponential": losses.exponential,
    "logit_poisson_log_input": losses.poisson_log_input,
}


def rows_of(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.json").read_text())["rows"]


def close(got: float, exact: float, condition: float = 0.0, x: float = 1.0) -> bool:
    """Within 8 roundings of the exact number, plus what rounding the input alone does to it."""
    if math.isnan(exact) or math.isinf(exact):
        return got == exact or (math.isnan(got) and math.isnan(exact))
    return abs(got - exact) <= max((8 + 2 * condition) * 2.0**-53 * abs(exact), 4 * max(1.0, abs(x)) * TINIEST)


def condition(x: float, f: float, slope: float) -> float:
    if f == 0 or not all(map(math.isfinite, (x, f, slope))):
        return 0.0
    return abs(x / f * slope) if math.isfinite(x / f * slope) else 0.0


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_value_slope_and_bend_meet_the_exact_numbers(name):
    loss, failures = ELEMENTWISE[name], []
    for row in rows_of(name):
        x = float(row.get("r", row.get("z")))
        y = row.get("y", 0.0)
        exact = row.get("f64", [math.nan] * 3)
        # The third derivative is not on file; where the bend falls like e^-|x|, a rounding of x is worth |x| of them.
        exponential_tail = name.startswith("logit") or name == "residual_log_cosh"
        third = min(2 * abs(x), 800.0) if exponential_tail else 4.0
        conditions = condition(x, *exact[:2]), condition(x, *exact[1:]), third
        with warnings.catch_warnings(), np.errstate(all="raise"):
            warnings.simplefilter("error")
            got = loss.value(x, y), loss.gradient(x, y), loss.curvature(x, y, 1.0), *loss.value_and_gradient(x, y)
        exact, conditions = (*exact, *exact[:2]), (*conditions, *conditions[:2])
        for which, g, e, c in zip(("f", "d1", "d2", "f", "d1"), got, exact, conditions, strict=True):
            if not close(float(g), e, c, x):
                failures.append((x, y, which, float(g), e))
    assert not failures


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_points_one_by_one_and_all_at_once_give_the_same_digits(name):
    loss = ELEMENTWISE[name]
    points = [(float(row.get("r", row.get("z"))), row.get("y", 0.0)) for row in rows_of(name)]
    z, y = np.array(points).T.reshape(2, -1, 1)
    together = loss.value(z, y), loss.gradient(z, y), loss.curvature(z, y, np.ones_like(z))
    for i, (one_z, one_y) in enumerate(points):
        one = loss.value(one_z, one_y), loss.gradient(one_z, one_y), loss.curvature(one_z, one_y, 1.0)
        for a, b in zip(together, one, strict=True):
            # NumPy's vector code and its code for the rest of an array may differ in the last digit.
            np.testing.assert_allclose(a[i, 0], b, rtol=1e-15, atol=TINIEST)


def test_cross_entropy_meets_the_exact_numbers():
    for row in rows_of("cross_entropy_from_logits"):
        z = np.array([[float(x) for x in row["logits"]]])
        y = losses.one_hot([row["target"]], classes=z.shape[1])
        with np.errstate(all="raise"):
            assert close(losses.cross_entropy.value(z, y).item(), float(row["loss"]))
            smoothed = losses.CrossEntropy(0.1).value(z, y).item()
            gradient = losses.cross_entropy.gradient(z, y)[0]
        assert close(smoothed, float(row["loss_label_smoothing_0p1"])) or abs(z).max() > 1e300
        for got, exact in zip(gradient, row["grad"], strict=True):
            assert close(got, float(exact)), row


def test_cross_entropy_of_a_probability_meets_the_exact_numbers():
    for row in rows_of("bce_from_probability"):
        with np.errstate(all="raise"):
            got = losses.bce_from_probability(row["y"], float(row["p"]))
        assert close(got, float(row["f"])), row


def test_kl_divergence_meets_the_exact_numbers():
    for row in rows_of("kl_divergence"):
        p, q = ([float(x) for x in row[key]] for key in "pq")
        with np.errstate(all="raise"):
            assert close(losses.kl_divergence(p, q), float(row["kl"])), row


def test_totals_meet_the_exact_numbers_and_the_root_outlives_the_square():
    for row in rows_of("regression_aggregates"):
        y, prediction, weights = row["y"], row["pred"], row["weights"]
        with np.errstate(all="raise"):
            got = {name: losses.named(name)(y, prediction, weights) for name in ("mse", "rmse", "mae")}
        for name, value in got.items():
            assert close(value, float(row[name])), (name, row)


@pytest.mark.parametrize("gamma", [0.01, 0.5, 2.0, 5.0])
def test_the_bend_of_the_focal_loss_keeps_its_digits_where_it_changes_sign(gamma):
    """Kills: (2 gamma + 1) q + gamma L (gamma p - q) as it stands, which subtracts near equals (88 units and more)."""

    def bend(m):
        g, p, q, surprise = mp.mpf(gamma), 1 / (1 + mp.exp(-m)), 1 / (1 + mp.exp(m)), mp.log1p(mp.exp(-m))
        return p * q**g * ((2 * g + 1) * q + g * surprise * (g * p - q))

    with mp.workdps(60):
        flat = float(mp.findroot(bend, (-104, -100) if gamma < 0.1 else (-4.5, -2.5), solver="anderson"))
        margins = [flat + far for far in (-0.5, -0.1, -3e-3, 7e-3, 0.2, 1.0)] + [-30.0, -1.0, 0.0, 3.0]
        for m in margins:
            got = float(losses.Focal(gamma).curvature(m, 1.0, 1.0))
            allowed = 16 + 2 * abs(m)  # sixteen units of 2^-53, and what rounding m itself may cost e^-m
            assert abs(got / bend(mp.mpf(m)) - 1) <= allowed * mp.mpf(2) ** -53, (m, got)
