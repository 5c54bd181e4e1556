"""Optimisers, clipping, early stopping and schedules: right ones of every shape pass, slips are caught and named."""

from __future__ import annotations

import pytest
import right_steps

import groundup as gu
from groundup.exam.mutants import catalogue

METHODS = {
    **{"sgd": "GradientDescent", "momentum": "Momentum", "nesterov": "Nesterov", "adagrad": "AdaGrad"},
    **{"rmsprop": "RMSProp", "adadelta": "AdaDelta", "adam": "Adam", "adamw": "AdamW", "amsgrad": "AMSGrad"},
    **{"nadam": "Nadam", "adamax": "AdaMax", "lion": "Lion"},
}
MUTANTS = [m for m in catalogue() if m.style in ("optimiser_functions", "optimiser_classes", "training_parts")]


@pytest.mark.parametrize(
    ("thing", "name"), right_steps.RIGHT, ids=[f"{n} {getattr(t, '__name__', 'object')}" for t, n in right_steps.RIGHT]
)
def test_right_ones_pass(thing, name):
    """Kills: a published form of a rule, or a spelling, taken for a mistake."""
    for seed in range(3):
        card = gu.exam.grade(thing, name, seed=seed)
        assert card.passed, str(card)
        assert sum(v.seconds for v in card.verdicts) < 1


@pytest.mark.parametrize("name", METHODS)
def test_our_own_methods_pass(name):
    method = getattr(gu.methods, METHODS[name])
    assert gu.exam.grade(method, name, seed=1).passed
    assert gu.exam.grade(method(), name, seed=2).passed


@pytest.mark.parametrize("name", sorted(set(METHODS) - {"lion"}))
def test_optimisers_of_pytorch_pass(name):
    optim = pytest.importorskip("torch").optim
    named = {
        **{"sgd": optim.SGD, "momentum": optim.SGD, "nesterov": optim.SGD, "adagrad": optim.Adagrad},
        **{"rmsprop": optim.RMSprop, "adadelta": optim.Adadelta, "adam": optim.Adam, "adamw": optim.AdamW},
        **{"amsgrad": optim.Adam, "nadam": optim.NAdam, "adamax": optim.Adamax},
    }
    card = gu.exam.grade(named[name], name, seed=3)
    assert card.passed, str(card)
    assert [v.outcome for v in card.verdicts if v.id == "O08"] == ["passed"]


def test_examine_knows_an_optimiser_by_its_name():
    torch = pytest.importorskip("torch")
    card = gu.exam.examine(torch.optim.AdamW)
    assert (card.passed, card.conventions["weight decay"]) == (
        True,
        "weight decay shrinks the parameters beside the step",
    )
    assert gu.exam.examine(right_steps.AdamDict, task="optimiser").passed
    with pytest.raises(gu.UnknownNameError):
        gu.exam.examine(right_steps.Stopper, task="optimiser")


def test_conventions_are_seen():
    def seen(thing, name):
        return gu.exam.grade(thing, name).conventions

    assert "counts 1 - momentum" in seen(right_steps.averaged, "momentum")["form"]
    assert seen(right_steps.adam_from_zero, "adam")["form"] == "the steps are counted from 0"
    assert "inside the root" in seen(right_steps.rms_inside, "rmsprop")["epsilon"]
    assert "more than patience" in seen(right_steps.LaterStopper, "early_stopping")["patience"]
    assert "counted from 1" in seen(right_steps.stairs, "step_decay")["schedule"]
    assert "l2 penalty" in seen(right_steps.MomentumList, "momentum")["weight decay"]


@pytest.mark.parametrize("mutant", MUTANTS[::8], ids=lambda m: f"{m.formula} {m.key}")
def test_mistakes_are_caught_and_named(mutant):
    """Every eighth, with a seed that is not the stored patterns' own."""
    card = gu.exam.grade(mutant.make(), mutant.formula, seed=8)
    assert not card.passed
    assert mutant.mistake in [n.mistake for n in card.mistakes[:2]]


def test_a_list_of_arrays_shares_nothing():
    """Kills: an optimiser asked with one array only, where a count or a memory shared by several does not show."""
    wrong = [m for m in MUTANTS if m.key in ("count for each array", "memory of the first array")]
    assert len(wrong) == 2
    for mutant in wrong:
        card = gu.exam.grade(mutant.make(), mutant.formula)
        assert [v.id for v in card.verdicts if v.outcome == "failed"][-1] == "O09"
