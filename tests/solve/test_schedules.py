"""Schedules: the formula at both ends and in between, PyTorch's where it has the same, and the loop that obeys them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.formulas import losses
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.descent import GradientDescent
from groundup.solve.loop import Training
from groundup.solve.rate_test import rate_test
from groundup.solve.schedules import (
    SCHEDULES,
    Constant,
    Cosine,
    Exponential,
    InverseScaling,
    OneCycle,
    Polynomial,
    ReduceOnPlateau,
    Step,
    WarmRestarts,
    WarmUp,
    named,
)

rng = np.random.default_rng(0)
X, Y = rng.normal(size=(40, 2)), rng.normal(size=(40, 1))


def training(**settings):
    objective = Objective(Cost(Affine(2), losses.mse), ArrayBlocks(X, Y))
    defaults = {"parameters": np.zeros(3), "learning_rate": 0.1, "epochs": 10}
    return Training(objective, settings.pop("method", GradientDescent()), **(defaults | settings))


@pytest.mark.parametrize("name", SCHEDULES)
@given(epochs=st.integers(1, 300), epoch=st.integers(0, 300))
def test_a_factor_is_between_0_and_1(name, epochs, epoch):
    """Kills: a rate that turns negative after the last epoch, a cosine that comes back up."""
    schedule = named(name, epochs)
    assert 0 <= schedule(epoch) <= 1 + 1e-12


@pytest.mark.parametrize("name", sorted(set(SCHEDULES) - {"warm_up", "one_cycle"}))
def test_the_first_epoch_has_the_rate_that_was_asked_for(name):
    assert named(name, 50)(0) == 1


@pytest.mark.parametrize("name", ["cosine", "polynomial"])
def test_planned_schedules_end_at_the_end(name):
    schedule = named(name, 50)
    assert schedule(49) > 0
    assert schedule(50) == pytest.approx(0)
    assert schedule(60) == pytest.approx(0)
    assert type(schedule)(end=0.1).over(50)(50) == pytest.approx(0.1)
    assert type(schedule)(epochs=20).over(50).epochs == 20
    with pytest.raises(gu.InputError, match="needs the number of epochs"):
        SCHEDULES[name]()(3)


def test_warm_restarts():
    """Cycles of 3, 6, 12 epochs. Kills: a cycle one epoch too long."""
    schedule = WarmRestarts(first=3, longer=2)
    assert [epoch for epoch in range(25) if schedule(epoch) == 1] == [0, 3, 9, 21]
    assert schedule(3 + 3) == pytest.approx(0.5)


def test_warm_up_then_another_from_its_beginning():
    schedule = WarmUp(4, then=Cosine(), start=0.2).over(14)
    np.testing.assert_allclose([schedule(e) for e in range(5)], [0.2, 0.4, 0.6, 0.8, 1.0])
    assert schedule(4 + 5) == pytest.approx(0.5)
    assert schedule(14) == pytest.approx(0)
    assert WarmUp(2, then="step")(2 + 30) == 0.1
    assert WarmUp(2, then=lambda epoch: 0.25)(7) == 0.25
    with pytest.raises(gu.InputError, match="ReduceOnPlateau"):
        WarmUp(2, then="reduce_on_plateau")


def test_one_cycle_rises_and_falls():
    schedule = OneCycle(epochs=10, rise=0.3, start=0.1, end=0.01)
    factors = [schedule(e) for e in range(11)]
    assert factors[0] == pytest.approx(0.1)
    assert factors[3] == 1
    assert factors[10] == pytest.approx(0.01)
    assert factors[:4] == sorted(factors[:4])
    assert factors[3:] == sorted(factors[3:], reverse=True)


@pytest.mark.parametrize(
    ("ours", "theirs", "settings"),
    [
        (Step(5, 0.3), "StepLR", {"step_size": 5, "gamma": 0.3}),
        (Exponential(0.9), "ExponentialLR", {"gamma": 0.9}),
        (Polynomial(20, power=2.0), "PolynomialLR", {"total_iters": 20, "power": 2.0}),
        (Cosine(20), "CosineAnnealingLR", {"T_max": 20}),
        (WarmRestarts(3, 2), "CosineAnnealingWarmRestarts", {"T_0": 3, "T_mult": 2}),
        (WarmUp(4, start=0.2), "LinearLR", {"start_factor": 0.2, "total_iters": 4}),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_pytorch_has_the_same_factors(ours, theirs, settings):
    torch = pytest.importorskip("torch")
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = getattr(torch.optim.lr_scheduler, theirs)(optimiser, **settings)
    for epoch in range(20):
        assert ours(epoch) == pytest.approx(schedule.get_last_lr()[0], abs=1e-12)
        optimiser.step()
        schedule.step()


def test_definitions():
    assert Constant()(1000) == 1
    assert Step(10, 0.5)(29) == 0.25
    assert Exponential(0.5)(4) == 1 / 16
    assert InverseScaling(tau=2, power=0.5)(6) == 0.5
    assert Polynomial(10, power=2.0, end=0.2)(5) == pytest.approx(0.2 + 0.8 / 4)


class TestReduceOnPlateau:
    def factors(self, seen, **settings):
        schedule = ReduceOnPlateau(**settings)
        factors = []
        for epoch, loss in enumerate(seen):
            schedule.tell(loss)
            factors.append(schedule(epoch))
        return factors

    def test_waits_for_patience_then_drops_then_waits_again(self):
        seen = [5, 4, 3, 3, 3, 3, 3, 3, 3]
        assert self.factors(seen, drop=0.5, patience=2) == [1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25]

    def test_a_fall_within_the_threshold_is_none(self):
        assert self.factors([1, 0.99, 0.98], drop=0.5, patience=1, threshold=0.05)[-1] == 0.5
        assert self.factors([1, 0.9, 0.8], drop=0.5, patience=1, threshold=0.05)[-1] == 1

    def test_losses_below_zero(self):
        assert self.factors([-1, -2, -3, -4], drop=0.5, patience=1) == [1, 1, 1, 1]
        assert self.factors([-1, -1, -1, -1], drop=0.5, patience=1) == [1, 1, 0.5, 0.5]

    def test_never_below_the_least(self):
        assert self.factors([1] * 20, drop=0.1, patience=1, least=0.05)[-1] == 0.05

    def test_the_loop_obeys_in_the_same_epoch(self):
        """Far too large a rate: the loss circles until the schedule has brought it down."""
        loop = training(schedule=named("reduce_on_plateau", 300), learning_rate=0.7, epochs=300, batch_size=4, rng=rng)
        rates = [state.learning_rate for state in loop if state.epoch_starts]
        assert rates[0] == 0.7
        assert min(rates) < 0.1
        assert loop.learning_rate == 0.7, "the rate that the user gave stays the user's"

    def test_one_schedule_serves_two_trainings(self):
        schedule = ReduceOnPlateau(patience=1)
        first = schedule.over(10)
        for _ in range(5):
            first.tell(1.0)
        assert schedule(0) == schedule.over(10)(0) == 1

    def test_follows_the_validation_loss_where_there_is_one(self):
        apart = Objective(Cost(Affine(2), losses.mse), ArrayBlocks(X + 100, Y))  # only ever gets worse
        loop = training(schedule=ReduceOnPlateau(drop=0.5, patience=2), validation=apart, learning_rate=1e-3)
        loop.run()
        assert loop.rate() < 1e-3


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: named("cosin"), "Did you mean 'cosine'"),
        (lambda: named(0.1), "schedule must be a name"),
        (lambda: Step(every=0), "every must be at least 1"),
        (lambda: Step(drop=2.0), "drop must be at most 1"),
        (lambda: Exponential(decay=0), "decay must be a finite number above 0"),
        (lambda: Cosine(end=1.5), "end must be at least 0 and below 1"),
        (lambda: Cosine(epochs=1.5), "epochs must be a whole number"),
        (lambda: WarmRestarts(longer=0.5), "longer must be at least 1"),
        (lambda: OneCycle(rise=-1), "rise must be"),
        (lambda: ReduceOnPlateau(patience=0), "patience must be"),
        (lambda: InverseScaling(tau=math.inf), "tau must be a finite"),
    ],
)
def test_refusals(make, message):
    with pytest.raises((gu.InputError, gu.InputTypeError), match=message):
        make()


class TestRateTest:
    def test_finds_a_rate_below_the_largest_stable_one(self):
        from groundup.models.curvature import forecast_of

        loop = training()
        stable = forecast_of(loop.objective).largest_stable_learning_rate
        found = rate_test(loop, updates=200)
        assert stable / 100 < found.steepest < stable * 2
        assert stable / 100 < found.usable < stable
        assert len(found.rates) == len(found.losses)
        np.testing.assert_allclose(np.diff(np.log(found.rates)), math.log(1e7) / 200)

    def test_needs_a_training_that_has_not_begun(self):
        loop = training()
        loop.run(epochs=1)
        with pytest.raises(gu.InputError, match="not begun"):
            rate_test(loop)
        with pytest.raises(gu.InputError, match="smallest must be below largest"):
            rate_test(training(), smallest=1.0, largest=0.1)
