"""Laws that every loss obeys. They walk the subclasses: a loss added tomorrow is tested tomorrow."""

from __future__ import annotations

import copy
import inspect
import pickle

import numpy as np
import pytest

from groundup.errors import InputError, InputTypeError, UnknownNameError
from groundup.formulas import losses
from groundup.formulas.losses import Loss
from groundup.formulas.totals import Mean, RootMean, Sum


def concrete(base: type) -> list[type]:
    found = dict.fromkeys(cls for sub in base.__subclasses__() for cls in (sub, *concrete(sub)))
    return [cls for cls in found if not inspect.isabstract(cls) and cls.__module__.startswith("groundup")]


CLASSES = concrete(Loss)
EXAMPLES = [loss for cls in CLASSES for loss in cls.examples()]
every_loss = pytest.mark.parametrize("loss", EXAMPLES, ids=repr)
every_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)


def rows(loss: Loss, count: int = 400, seed: int = 7, spread: float = 2.5) -> tuple[np.ndarray, np.ndarray]:
    """Scores and labels for a loss: a column each, or three classes for a loss of whole rows."""
    rng = np.random.default_rng(seed)
    shape = (count, 3) if loss.rowwise else (count, 1)
    return spread * rng.normal(size=shape), loss.domain.sample(rng, shape)


def five_points(f, h: float):
    """f'(0) from five points, without the terms up to h⁴."""
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)


def away_from_joints(jump, h: float) -> np.ndarray:
    """Rows where `jump` (the next derivative at -2h and 2h) shows no joint; the others are judged by one side only."""
    before, after = jump(-2 * h), jump(2 * h)
    judged = np.abs(after - before) <= 0.05 * (1e-2 + np.abs(after) + np.abs(before))
    assert judged.mean() > 0.97
    return judged


@every_loss
def test_the_gradient_is_the_difference_of_the_value(loss):
    z, y = rows(loss)
    h = 1e-3
    for direction in np.eye(z.shape[1]):
        slope = five_points(lambda t, d=direction: loss.value(z + t * d, y), h)
        along = (loss.gradient(z, y) * direction).sum(axis=1, keepdims=True)
        judged = away_from_joints(lambda t, d=direction: (loss.gradient(z + t * d, y) * d).sum(1, keepdims=True), h)
        judged &= away_from_joints(
            lambda t, d=direction: loss.curvature(z + t * d, y, d + 0 * z).sum(1, keepdims=True), h
        )
        np.testing.assert_allclose(along[judged], slope[judged], rtol=1e-8, atol=1e-9)


@every_loss
def test_the_curvature_is_the_difference_of_the_gradient(loss):
    z, y = rows(loss)
    v = np.random.default_rng(1).normal(size=z.shape)
    h = 1e-3
    moved = five_points(lambda t: loss.gradient(z + t * v, y), h)
    judged = away_from_joints(lambda t: loss.gradient(z + t * v, y), h)
    judged &= away_from_joints(lambda t: loss.curvature(z + t * v, y, v), h)
    np.testing.assert_allclose(loss.curvature(z, y, v)[judged], moved[judged], rtol=1e-7, atol=1e-8)


@every_loss
def test_value_and_gradient_are_the_value_and_the_gradient(loss):
    # Binds every fast path to its definition.
    for spread in (2.5, 300.0):
        z, y = rows(loss, spread=spread)
        value, gradient = loss.value_and_gradient(z, y)
        np.testing.assert_allclose(value, loss.value(z, y), rtol=4e-16, atol=0)
        np.testing.assert_allclose(gradient, loss.gradient(z, y), rtol=1e-15, atol=1e-16)


@every_loss
def test_the_cost_bends_upwards_where_it_says_so_and_only_there(loss):
    z, y = rows(loss, 4000, spread=4.0)
    ends = loss.value(z, y), loss.value(z[::-1], y)
    middle = loss.value((z + z[::-1]) / 2, y)
    above = middle - (ends[0] + ends[1]) / 2
    rounding = 1e-13 * (1 + np.abs(ends[0]) + np.abs(ends[1]))
    assert (above <= rounding).all() == loss.convex


@every_loss
def test_the_gradient_is_continuous_where_it_says_so_and_only_there(loss):
    z, y = rows(loss, 1)
    direction = np.eye(z.shape[1])[0]
    path = np.linspace(-5, 5, 20_001)[:, None] + y[0, 0]
    scores = z + path * direction
    g = loss.gradient(scores, np.broadcast_to(y, scores.shape))[:, 0]
    slopes = loss.curvature(scores, np.broadcast_to(y, scores.shape), direction + 0 * scores)[:, 0]
    step = path[1, 0] - path[0, 0]
    # A slope that is continuous moves by its own curvature times the step, never by more.
    largest = np.maximum(np.abs(slopes[1:]), np.abs(slopes[:-1]))
    assert (np.abs(np.diff(g)) <= 1.1 * largest * step + 1e-9).all() == loss.smooth


@every_loss
def test_the_bound_on_curvature_holds_and_is_nearly_reached(loss):
    if loss.curvature_bound is None:
        z = np.array([[-50.0], [50.0]])
        reached = loss.curvature(z, np.ones_like(z), np.ones_like(z)).max() if loss.smooth else np.inf
        assert reached > 1e9, "a smooth loss of bounded curvature must say its bound"
        return
    z, y = rows(loss, 20_000, spread=1.5)
    z[: z.shape[1] + 1] = 0.0
    rng = np.random.default_rng(2)
    v = rng.normal(size=z.shape)
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    bends = np.abs((v * loss.curvature(z, y, v)).sum(axis=1))
    assert bends.max() <= loss.curvature_bound * (1 + 1e-12)
    if loss.rowwise:  # the steepest place: two classes equally likely, the third out of the question
        z, v = np.array([[0.0, 0.0, -40.0]]), np.array([[1.0, -1.0, 0.0]]) / np.sqrt(2)
        bends = (v * loss.curvature(z, y[:1], v)).sum(axis=1)
    assert bends.max() >= 0.95 * loss.curvature_bound


@every_loss
def test_the_cost_is_at_least_0_where_it_says_so(loss):
    z, y = rows(loss, 4000)
    assert not loss.nonnegative or loss.value(z, y).min() >= 0


@every_loss
def test_a_root_squared_is_the_cost(loss):
    z, y = rows(loss)
    if loss.nonnegative:
        np.testing.assert_allclose(loss.root(z, y) ** 2, loss.value(z, y), rtol=1e-14, atol=1e-300)


@every_loss
def test_shapes_are_kept(loss):
    z, y = rows(loss, 5)
    assert loss.value(z, y).shape == ((5, 1) if loss.rowwise else z.shape)
    assert loss.gradient(z, y).shape == loss.curvature(z, y, z).shape == loss.response(z).shape == z.shape
    if not loss.rowwise:
        wide = np.repeat(z, 4, axis=1)
        assert loss.value(wide, np.repeat(y, 4, axis=1)).shape == (5, 4)


@every_loss
def test_float32_stays_float32(loss):
    z, y = rows(loss)
    z32, y32 = z.astype(np.float32), y.astype(np.float32)
    exact = loss.value(z32.astype(float), y32.astype(float)), loss.gradient(z32.astype(float), y32.astype(float))
    got = loss.value(z32, y), loss.gradient(z32, y)
    for g, e in zip(got, exact, strict=True):
        assert g.dtype == np.float32
        np.testing.assert_allclose(g, e, rtol=2e-5, atol=2e-5)
    for answer in (loss.curvature(z32, y, z), loss.response(z32), *loss.value_and_gradient(z32, y), loss.root(z32, y)):
        assert answer.dtype == np.float32


@every_loss
def test_lists_and_numbers_are_welcome(loss):
    z, y = rows(loss, 3)
    assert loss.value(z.tolist(), y.tolist()).tolist() == loss.value(z, y).tolist()
    if not loss.rowwise:
        number = loss.value(z[0, 0], y[0, 0]), loss.gradient(float(z[0, 0]), y[0, 0]), loss.response(1.0)
        assert all(isinstance(n, np.float64) for n in number)
        np.testing.assert_allclose(number[0], loss.value(z, y)[0, 0], rtol=1e-15)


EXTREMES = [0.0, 5e-324, 1e-300, 1e-160, 1.0, 40.0, 709.9, 746.0, 1e9, 1e154, 1e200, 1.7e308]


@every_loss
def test_extreme_scores_give_no_nan_and_no_warning(loss):
    z = np.array([*EXTREMES, *(-e for e in EXTREMES)])[:, None]
    labels = loss.domain.sample(np.random.default_rng(3), (12, 3 if loss.rowwise else 1))
    for y in labels:
        scores = z * np.array([[1.0, 0.0, -1.0]]) if loss.rowwise else z
        every = np.broadcast_to(y, scores.shape)
        with np.errstate(all="raise"):
            value, gradient = loss.value(scores, every), loss.gradient(scores, every)
            both = loss.value_and_gradient(scores, every)
            rest = loss.curvature(scores, every, np.ones_like(scores)), loss.response(scores), loss.root(scores, every)
        assert not any(np.isnan(answer).any() for answer in (value, gradient, *both, *rest[:2]))
        assert not loss.nonnegative or not np.isnan(rest[2]).any()


@every_loss
def test_an_infinite_score_has_its_limit(loss):
    if loss.rowwise:
        return  # see the masked class below
    y = np.repeat(loss.domain.sample(np.random.default_rng(6), (20, 1)), 2, axis=1)
    y = np.vstack([y, 0 * y[:1]]) if loss.domain.contains([0.0]) else y
    z = np.broadcast_to([np.inf, -np.inf], y.shape)
    with np.errstate(all="raise"):
        answers = loss.value(z, y), loss.gradient(z, y), loss.curvature(z, y, np.ones_like(z)), loss.response(z)
    assert not any(np.isnan(answer).any() for answer in answers)
    assert (np.isinf(answers[0]) | np.isclose(answers[0], loss.value(1e5 * np.sign(z), y), atol=1e-12)).all()


@every_loss
def test_nan_in_nan_out(loss):
    z, y = rows(loss, 4)
    z[1, 0] = np.nan
    v = np.ones_like(z)
    with np.errstate(all="raise"):
        answers = [loss.value(z, y), loss.gradient(z, y), loss.curvature(z, y, v), loss.response(z)]
        answers += loss.value_and_gradient(z, y)
    for answer in answers:
        assert np.isnan(answer[1]).all()
        assert np.isfinite(np.delete(answer, 1, axis=0)).all()


@every_loss
def test_a_weight_of_two_is_a_row_given_twice(loss):
    z, y = rows(loss, 30)
    w = np.random.default_rng(4).integers(0, 4, size=30)
    twice = np.repeat(np.arange(30), w)
    for total in (Sum(), Mean(), RootMean()):
        if isinstance(total, RootMean) and not loss.nonnegative:
            continue
        loss = copy.copy(loss)
        loss.total = total
        assert loss(y, z, w) == pytest.approx(loss(y[twice], z[twice]), rel=1e-13)
        assert loss(y, z, np.ones(30)) == pytest.approx(loss(y, z), rel=1e-14)


@every_loss
def test_the_sum_is_the_mean_times_the_weights_and_the_root_its_root(loss):
    z, y = rows(loss, 30)
    w = np.random.default_rng(4).uniform(0.1, 2, size=30)
    totals = {}
    for total in (Sum(), Mean(), RootMean()):
        loss = copy.copy(loss)
        loss.total = total
        totals[total] = loss(y, z, w) if loss.nonnegative or total != RootMean() else None
    assert totals[Sum()] == pytest.approx(totals[Mean()] * w.sum(), rel=1e-13)
    if loss.nonnegative:
        assert totals[RootMean()] == pytest.approx(np.sqrt(totals[Mean()]), rel=1e-13)


@every_loss
def test_a_loss_is_shown_compared_and_carried(loss):
    assert eval(repr(loss), vars(losses)) == loss
    assert pickle.loads(pickle.dumps(loss)) == loss
    assert hash(copy.deepcopy(loss)) == hash(loss)
    other = copy.copy(loss)
    other.total = Sum()
    assert other != loss
    assert "total=Sum()" in repr(other)


@every_class
def test_every_loss_has_its_card_and_its_name(cls):
    assert all((cls.name, cls.equation, cls.gradient_equation, cls.notes, cls.source))
    assert isinstance(losses.named(cls.name), cls)
    assert getattr(losses, cls.__name__) is cls
    assert cls.__name__ in losses.__all__
    assert cls.__name__ in losses.__doc__
    for word in ("Labels:", "Response:", "Gradient:", "Curvature:", ">>>"):
        assert word in cls.__doc__, word
    assert cls(total=Sum()).total == Sum()


def test_names_find_their_loss_and_a_typo_is_answered():
    assert losses.named("rmse") == losses.Squared(total=RootMean())
    assert losses.named(losses.hinge) is losses.hinge
    with pytest.raises(UnknownNameError, match="Did you mean 'huber'"):
        losses.named("hubber")


# Relations between losses, each known from a book.


def test_two_classes_are_the_logistic_loss():
    z = np.linspace(-60, 60, 121)[:, None]
    for y in (0.0, 0.3, 1.0):
        both, labels = np.hstack([0 * z, z]), np.full((121, 2), [1 - y, y])
        one = losses.logistic.value_and_gradient(z, np.full_like(z, y))
        two = losses.cross_entropy.value_and_gradient(both, labels)
        np.testing.assert_allclose(two[0], one[0], rtol=1e-14)
        np.testing.assert_allclose(two[1][:, 1:], one[1], rtol=1e-14, atol=1e-17)
        v = np.hstack([0 * z, 1 + 0 * z])
        bend = losses.logistic.curvature(z, np.full_like(z, y), 1 + 0 * z)
        np.testing.assert_allclose(losses.cross_entropy.curvature(both, labels, v)[:, 1:], bend, rtol=1e-14)
        np.testing.assert_allclose(losses.cross_entropy.response(both)[:, 1:], losses.logistic.response(z), rtol=1e-14)


@pytest.mark.parametrize("loss", [loss for loss in EXAMPLES if loss.rowwise], ids=repr)
def test_the_slopes_of_a_row_add_up_to_0_and_a_shift_changes_nothing(loss):
    z, y = rows(loss)
    np.testing.assert_allclose(loss.gradient(z, y).sum(axis=1), 0, atol=1e-15)
    np.testing.assert_allclose(loss.value(z + 5.0, y), loss.value(z, y), rtol=1e-12, atol=1e-14)
    assert np.array_equal(loss.curvature(z, y, np.ones_like(z)), np.zeros_like(z))


def test_the_kl_divergence_is_cross_entropy_without_the_entropy_of_the_labels():
    z, y = rows(losses.KLDivergence())
    entropy = losses.KLDivergence().value(0 * z, y) - np.log(3)  # minus the entropy of y
    np.testing.assert_allclose(
        losses.KLDivergence().value(z, y), losses.cross_entropy.value(z, y) + entropy, atol=1e-14
    )
    np.testing.assert_array_equal(losses.KLDivergence().gradient(z, y), losses.cross_entropy.gradient(z, y))
    np.testing.assert_allclose(
        losses.kl_divergence(y, losses.cross_entropy.response(z)), losses.KLDivergence().value(z, y)[:, 0], atol=1e-14
    )


def test_a_divergence_of_neighbours_keeps_its_digits():
    p = np.array([[0.5, 0.5]])
    z = np.array([[0.0, 4e-6]])  # the divergence is z²/8 to first order: far below a rounding error of log 2
    assert losses.KLDivergence().value(z, p).item() == pytest.approx(2e-12, rel=1e-5)
    assert losses.KLDivergence().value([[0.0, 4e-8]], p).item() == pytest.approx(2e-16, rel=1e-6)
    assert losses.kl_divergence([0.5, 0.5], [0.5, 0.5]) == 0
    assert losses.bce_from_probability(0.0, 1e-17) == 1e-17


def test_soft_labels_are_a_mixture_of_the_certain_ones():
    z = np.linspace(-8, 8, 33)[:, None]
    zero, one = (losses.logistic.value(z, np.full_like(z, y)) for y in (0.0, 1.0))
    np.testing.assert_allclose(losses.logistic.value(z, np.full_like(z, 0.3)), 0.7 * zero + 0.3 * one, rtol=1e-14)


def test_huber_runs_from_the_absolute_value_to_half_the_square():
    z, y = rows(losses.squared)
    np.testing.assert_allclose(losses.Huber(1e9).value(z, y), losses.half_squared.value(z, y), rtol=1e-15)
    np.testing.assert_allclose(losses.Huber(1e-9).value(z, y) / 1e-9, losses.absolute.value(z, y), atol=1e-9)
    np.testing.assert_allclose(losses.SmoothL1(0.7).value(z, y), losses.Huber(0.7).value(z, y) / 0.7, rtol=1e-14)
    far, at = np.array([1e8]), np.array([0.0])
    np.testing.assert_allclose(losses.PseudoHuber(2.0).value(far, at), 2.0 * far - 4.0, rtol=1e-14)


def test_tweedie_holds_poisson_and_gamma_at_its_ends():
    z, y = rows(losses.gamma)
    for power, end in ((1, losses.poisson), (2, losses.gamma)):
        loss = losses.Tweedie(power)
        assert loss.domain == end.domain
        np.testing.assert_allclose(loss.value(z, y), end.value(z, y), rtol=1e-14)
        np.testing.assert_allclose(loss.gradient(z, y), end.gradient(z, y), rtol=1e-13, atol=1e-13)
        np.testing.assert_allclose(loss.curvature(z, y, z), end.curvature(z, y, z), rtol=1e-14)


@pytest.mark.parametrize("loss", [losses.poisson, losses.gamma, *losses.Tweedie.examples()], ids=repr)
def test_amounts_are_cheapest_where_the_response_is_the_label(loss):
    y = np.array([[0.01], [1.0], [7.0], [1e6]])
    np.testing.assert_allclose(loss.gradient(np.log(y), y) / loss.curvature(np.log(y), y, 1 + 0 * y), 0, atol=1e-14)
    np.testing.assert_allclose(loss.response(np.log(y)), y, rtol=1e-13)


def test_poisson_keeps_the_digits_of_a_small_slope():
    assert losses.poisson.gradient(1e-20, 1.0) == 1e-20
    assert losses.gamma.gradient(1e-20, 1.0) == 1e-20


def test_the_best_constant_is_the_mean_the_median_the_quantile():
    y = np.random.default_rng(5).exponential(size=1001)
    best = {losses.squared: y.mean(), losses.absolute: np.median(y)}
    best |= {losses.Quantile(tau): np.quantile(y, tau) for tau in (0.1, 0.5, 0.9)}
    for loss, constant in best.items():
        # A subgradient of a kink is anywhere between its sides: the row at the constant itself may tip the sum.
        assert abs(loss.gradient(np.full_like(y, constant), y).sum()) <= 1.0


def test_smoothing_mixes_the_labels_with_all_classes_alike():
    z, y = rows(losses.cross_entropy)
    smooth = losses.CrossEntropy(label_smoothing=0.1)
    labels = 0.9 * y + 0.1 / 3
    np.testing.assert_allclose(smooth.value(z, y), losses.cross_entropy.value(z, labels), rtol=1e-14)
    np.testing.assert_allclose(smooth.gradient(z, y), losses.cross_entropy.gradient(z, labels), rtol=1e-13, atol=1e-16)


def test_at_a_kink_the_slope_is_0():
    assert losses.absolute.gradient(2.0, 2.0) == 0
    assert losses.Quantile(0.9).gradient(2.0, 2.0) == 0
    assert losses.hinge.gradient([1.0, -1.0], [1.0, 0.0]).tolist() == [0, 0]
    assert losses.EpsilonInsensitive(1.0).gradient([3.0, 1.0, 3.5], [2.0, 2.0, 2.0]).tolist() == [0, 0, 1]


def test_a_single_class_that_is_nan_stays_nan():
    assert np.isnan(losses.cross_entropy.value([[np.nan]], [[1.0]])).all()


def test_a_score_of_minus_infinity_masks_a_class():
    z, y = np.array([[-np.inf, 3.0, 3.0]]), np.array([[0.0, 1.0, 0.0]])
    with np.errstate(all="raise"):
        assert losses.cross_entropy.value(z, y).item() == pytest.approx(np.log(2))
        assert losses.cross_entropy.gradient(z, y).tolist() == [[0.0, -0.5, 0.5]]
        assert losses.cross_entropy.value(z, [[1.0, 0.0, 0.0]]).item() == np.inf
        assert losses.cross_entropy.response([[np.inf, 0.0]]).tolist() == [[1.0, 0.0]]


# The edges: what is refused, and with which words.


def test_a_column_and_a_vector_are_never_spread_to_a_square():
    y, column = np.arange(4.0), np.arange(4.0)[:, None] + 1
    assert losses.mse(y, column) == losses.mse(column, y) == losses.mse(y, column.ravel()) == 1.0
    with pytest.raises(InputError, match=r"one shape; got y \(3,\) and prediction \(4, 1\)"):
        losses.mse(y[:3], column)
    with pytest.raises(InputError, match="shape of the scores"):
        losses.squared.value(column, y)
    with pytest.raises(InputError, match="one shape"):
        losses.mse(np.ones((4, 2)), y)
    with pytest.raises(InputError, match="at least one row"):
        losses.mse([], [])


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([1, 2], "one weight for each of the 3 rows"),
        ([1, -2, 1], "row 1 holds -2.0"),
        ([1, 1, np.nan], "row 2 holds nan"),
        ([np.inf, 1, 1], "row 0 holds inf"),
        ([0, 0, 0], "must not be 0 for every row"),
    ],
)
def test_weights_are_checked(weights, words):
    with pytest.raises(InputError, match=words):
        losses.mse([1, 2, 3], [1, 2, 4], sample_weight=weights)


def test_a_row_of_weight_0_does_not_count_even_if_it_is_infinite():
    assert losses.rmse([0.0, 0.0], [np.inf, 3.0], sample_weight=[0, 1]) == 3.0
    assert losses.mae([0.0, 0.0], [np.nan, 3.0], sample_weight=[0, 1]) == 3.0


def test_labels_outside_the_region_are_named():
    with pytest.raises(InputError, match=r"y must be 0 or 1; row 1 holds -1.0. Labels -1 and \+1 become 0 and 1"):
        losses.hinge([1, -1], [0.5, 0.5])
    with pytest.raises(InputError, match=r"y must be above 0; row 0 holds 0.0. Where 0 occurs take poisson"):
        losses.gamma([0.0], [1.0])
    with pytest.raises(InputError, match=r"together 1; row 1 holds \[0.0, 2.0\]"):
        losses.cross_entropy([[0, 1], [0, 2]], [[0.0, 1.0], [0.0, 1.0]])
    with pytest.raises(InputTypeError, match="y must hold numbers"):
        losses.mse(["a", "b"], [1.0, 2.0])
    with pytest.raises(InputTypeError, match="predictions must be numbers"):
        losses.mse([1.0, 2.0], ["a", "b"])


@pytest.mark.parametrize(
    "make",
    [
        lambda: losses.Huber(0),
        lambda: losses.PseudoHuber(np.nan),
        lambda: losses.Quantile(1.0),
        lambda: losses.SmoothL1(-1),
        lambda: losses.EpsilonInsensitive(-0.1),
        lambda: losses.Tweedie(2.5),
        lambda: losses.Focal(-1),
        lambda: losses.Focal(2, 1.5),
        lambda: losses.CrossEntropy(1.0),
        lambda: losses.Poisson(total=RootMean()),
    ],
)
def test_parameters_are_checked(make):
    with pytest.raises(InputError):
        make()
    with pytest.raises(InputTypeError, match="delta must be a number"):
        losses.Huber("1m")


def test_class_numbers_become_rows():
    assert losses.one_hot([0, 2], classes=3).tolist() == [[1, 0, 0], [0, 0, 1]]
    assert losses.one_hot(np.array([1.0, 0.0])).dtype == np.float64
    for bad in ([0, 3], [0, -1], [0, 0.5]):
        with pytest.raises(InputError, match="row 1 holds"):
            losses.one_hot(bad, classes=3)


def test_a_probability_outside_its_range_is_named():
    with pytest.raises(InputError, match=r"p must be from 0 to 1; entry 1 holds 1.5"):
        losses.bce_from_probability([0, 1], [0.5, 1.5])
    with pytest.raises(InputError, match="one shape"):
        losses.kl_divergence([0.5, 0.5], [1.0])


@pytest.mark.parametrize(
    ("loss", "z", "y", "cost"),
    [
        (losses.PseudoHuber(0.5), 1e308, 0.0, 5e307),
        (losses.PseudoHuber(0.1), -1.7e308, 0.0, 1.7e307),
        (losses.Gamma(), -710.0, 0.5, 1.1169973830808557e308),
    ],
    ids=repr,
)
def test_a_cost_that_a_float_holds_is_not_infinite_on_the_way(loss, z, y, cost):
    """Kills: r / delta, or e^-z alone, taken where only the product is finite."""
    assert loss.value(z, y) == pytest.approx(cost, rel=1e-13)
