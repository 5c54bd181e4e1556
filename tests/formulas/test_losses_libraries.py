"""One formula, every array library: the same numbers, type and library. And other people's losses agree."""

from __future__ import annotations

import numpy as np
import pytest
from test_losses import EXAMPLES, every_loss, rows

from groundup.formulas import losses, penalties


def check_library(loss, make, back):
    z, y = rows(loss, 50)
    v = np.random.default_rng(0).normal(size=z.shape)
    theirs = [make(array) for array in (z, y, v)]
    for method, count in (("value", 2), ("gradient", 2), ("curvature", 3), ("response", 1), ("root", 2)):
        answer = getattr(loss, method)(*theirs[:count])
        assert type(answer) is type(theirs[0])
        assert answer.dtype == theirs[0].dtype
        if method != "root" or loss.nonnegative:
            ours = getattr(loss, method)(*(z, y, v)[:count])
            np.testing.assert_allclose(back(answer), ours, rtol=1e-12, atol=1e-15)
    for ours, answer in zip(loss.value_and_gradient(z, y), loss.value_and_gradient(*theirs[:2]), strict=True):
        np.testing.assert_allclose(back(answer), ours, rtol=1e-12, atol=1e-15)
    w = np.arange(50.0)
    assert loss(*theirs[1::-1], make(w)) == pytest.approx(loss(y, z, w), rel=1e-12)
    assert loss(y.tolist(), theirs[0]) == pytest.approx(loss(y, z), rel=1e-12)


@every_loss
def test_the_array_api_standard_is_enough(loss):
    strict = pytest.importorskip("array_api_strict")
    check_library(loss, strict.asarray, np.asarray)


@every_loss
def test_pytorch_gets_pytorch_back(loss):
    torch = pytest.importorskip("torch")
    check_library(loss, torch.asarray, lambda x: x.numpy())
    z, y = (torch.asarray(a, dtype=torch.float32) for a in rows(loss, 5))
    assert loss.value(z, y).dtype == loss.gradient(z, y).dtype == torch.float32


@every_loss
def test_jax_gets_jax_back(loss):
    jax = pytest.importorskip("jax")
    doubles = jax.enable_x64 if hasattr(jax, "enable_x64") else jax.experimental.enable_x64
    with doubles(True):
        check_library(loss, jax.numpy.asarray, np.asarray)


@pytest.mark.parametrize("name", ["array_api_strict", "torch"])
def test_penalties_totals_and_helpers_stay_in_their_library(name):
    library = pytest.importorskip(name)
    w = library.asarray(np.array([0.5, -3.0, 0.0]))
    kind = type(w)
    for penalty in (penalties.L1(1.0), penalties.L2(1.0), penalties.ElasticNet(1.0, 2.0), penalties.ElasticNet()):
        answers = penalty.value(w), penalty.gradient(w), penalty.curvature(w, w), penalty.prox(w, 0.5)
        assert all(type(answer) is kind for answer in answers)
        assert np.asarray(answers[3]).tolist() == penalty.prox([0.5, -3.0, 0.0], 0.5).tolist()
    chances = library.asarray([0.25, 0.75, 0.0])
    assert float(losses.bce_from_probability(chances, chances)[2]) == 0
    assert float(losses.kl_divergence(chances, chances)) == 0
    assert losses.one_hot(library.asarray([1, 0])).shape == (2, 2)
    assert losses.rmse(w, w + 1.0) == 1.0


def test_pytorch_agrees_on_values_and_slopes():
    torch = pytest.importorskip("torch")
    F = torch.nn.functional
    theirs = {
        losses.logistic: F.binary_cross_entropy_with_logits,
        losses.Huber(2.5): lambda z, y, reduction: F.huber_loss(z, y, reduction=reduction, delta=2.5),
        losses.SmoothL1(0.5): lambda z, y, reduction: F.smooth_l1_loss(z, y, reduction=reduction, beta=0.5),
        losses.absolute: F.l1_loss,
        losses.squared: F.mse_loss,
        losses.poisson: F.poisson_nll_loss,
    }
    for loss, function in theirs.items():
        z, y = (torch.asarray(a) for a in rows(loss))
        z.requires_grad_()
        value = function(z, y, reduction="none")
        value.sum().backward()
        np.testing.assert_allclose(loss.value(z.detach(), y), value.detach(), rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(loss.gradient(z.detach(), y), z.grad, rtol=1e-12, atol=1e-12)


def test_pytorch_agrees_on_rows_of_classes():
    torch = pytest.importorskip("torch")
    for smoothing in (0.0, 0.1):
        loss = losses.CrossEntropy(smoothing)
        z, y = (torch.asarray(a) for a in rows(loss))
        z.requires_grad_()
        value = torch.nn.functional.cross_entropy(z, y, reduction="none", label_smoothing=smoothing)
        value.sum().backward()
        np.testing.assert_allclose(loss.value(z.detach(), y)[:, 0], value.detach(), rtol=1e-12)
        np.testing.assert_allclose(loss.gradient(z.detach(), y), z.grad, atol=1e-14)


def test_scikit_learn_agrees_up_to_terms_without_the_score():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    z, w = rng.normal(size=50), rng.uniform(size=50)
    for loss, theirs in (
        (losses.poisson, lambda y, z: metrics.mean_poisson_deviance(y, np.exp(z), sample_weight=w)),
        (losses.gamma, lambda y, z: metrics.mean_gamma_deviance(y, np.exp(z), sample_weight=w)),
        (losses.Tweedie(1.3), lambda y, z: metrics.mean_tweedie_deviance(y, np.exp(z), power=1.3, sample_weight=w)),
    ):
        y = rng.gamma(2.0, size=50)
        differences = [theirs(y, score) - 2 * loss(y, score, w) for score in (z, z[::-1], 0 * z)]
        np.testing.assert_allclose(differences, differences[0], rtol=1e-12, err_msg=repr(loss))
    y = rng.integers(0, 2, size=50)
    for loss, theirs in (
        (losses.logistic, metrics.log_loss(y, losses.logistic.response(z), sample_weight=w)),
        (losses.hinge, metrics.hinge_loss(2 * y - 1, z, sample_weight=w)),
        (losses.Quantile(0.2), metrics.mean_pinball_loss(y, z, alpha=0.2, sample_weight=w)),
    ):
        assert loss(y, z, w) == pytest.approx(theirs, rel=1e-12)


def test_there_are_losses_to_test():
    assert len(EXAMPLES) >= 30
