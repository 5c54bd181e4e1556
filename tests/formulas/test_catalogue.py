"""The gallery's list: nothing is missing, nothing is empty, and what it says about relations is true."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from groundup.errors import UnknownNameError
from groundup.formulas import activations, catalogue, losses, metrics, penalties, totals
from groundup.formulas.curves import Curve

ENTRIES = catalogue.entries()


def concrete(root):
    for cls in root.__subclasses__():
        if (
            not inspect.isabstract(cls)
            and not cls.__name__.startswith("_")
            and cls.__module__.startswith("groundup.formulas")
        ):
            yield cls
        yield from concrete(cls)


def one(name, kind):
    return next(entry for entry in ENTRIES if (entry.name, entry.kind) == (name, kind))


def test_every_formula_has_a_card():
    """Kills: a class or a metric that was added and is not in the gallery; a card twice."""
    of_kind = {kind: [e.name for e in ENTRIES if e.kind == kind] for kind in catalogue.KINDS}
    assert set(of_kind["activation"]) == {cls.name for cls in concrete(activations.Activation) if cls.name}
    assert set(of_kind["loss"]) == {cls.name for cls in concrete(losses.Loss) if cls.name} | {"l1", "l2", "rmse"}
    assert len(of_kind["penalty"]) == len(list(concrete(penalties.Penalty)))
    assert len(of_kind["total"]) == len(list(concrete(totals.Total)))
    assert set(metrics.NAMES) <= set(of_kind["metric"]) | set(of_kind["loss"])
    for names in of_kind.values():
        assert len(names) == len(set(names))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.kind}-{e.name}")
def test_no_card_is_half_empty(entry):
    """Kills: a docstring whose first line has no equation, a card without a source or a use."""
    assert entry.equation
    assert entry.notes[0].isupper() or not entry.notes[0].isalpha() or entry.notes[1] in "²/ "
    assert entry.derivative or entry.kind == "metric"
    assert entry.source or entry.kind == "total"
    assert entry.uses or entry.kind == "metric"
    if entry.kind == "loss":
        assert all(entry.more[heading] for heading in ("labels", "response", "curvature", "total"))


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.kind != "total"], ids=lambda e: f"{e.kind}-{e.name}")
def test_what_to_type_works(entry):
    """Kills: a call that names another module or a parameter that does not exist."""
    room = {"activations": activations, "losses": losses, "metrics": metrics, "penalties": penalties}
    call = entry.call.partition(" = ")[0]
    assert eval(call.partition("(")[0] if entry.kind == "metric" else call, room) is not None


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.curve], ids=lambda e: f"{e.kind}-{e.name}")
def test_the_dashed_line_is_the_slope_of_the_solid_one(entry):
    """Kills: the gradient of another entry of a row, a label held differently for value and slope.

    Central differences; points next to a corner or a jump are left out by their one-sided differences.
    """
    curve, h = entry.curve, 1e-5
    assert isinstance(curve, Curve)
    x = np.random.default_rng(0).uniform(curve.low, curve.high, 60)
    left, right = (curve.value(x) - curve.value(x - h)) / h, (curve.value(x + h) - curve.value(x)) / h
    smooth = np.abs(left - right) < 1e-2 * (1 + np.abs(left))
    assert smooth.sum() > 55
    np.testing.assert_allclose(((left + right) / 2)[smooth], curve.slope(x)[smooth], rtol=1e-5, atol=1e-6)


def test_relations_are_found_and_no_false_ones():
    """Kills: a comparison on too few points, which takes relu6 for relu or leaky_relu for elu."""
    assert "its slope is sigmoid" in one("softplus", "activation").uses
    assert "the slope of softplus" in one("sigmoid", "activation").uses
    assert "turns the score into the prediction for the losses logistic, focal" in one("sigmoid", "activation").uses
    assert "the gradient where y = 0 of the losses huber, smooth_l1" in one("hard_tanh", "activation").uses
    assert "bends one half of swiglu" in one("silu", "activation").uses
    assert any("cross_entropy, kl_divergence" in use for use in one("softmax", "activation").uses)
    same = {e.name for e in ENTRIES if any(use.startswith("the same as") for use in e.uses)}
    assert same == {"elu", "celu", "swish", "silu"}
    assert len(one("gelu_tanh", "activation").uses) == 1


def test_a_formula_is_found_by_any_of_its_names():
    for name, found in {
        "GELU": "gelu",
        "leaky-relu": "leaky_relu",
        "LeakyReLU": "leaky_relu",
        "bce_with_logits": "logistic",
        "squared": "mse",
        "Huber": "huber",
        "ElasticNet": "elastic_net",
    }.items():
        assert [entry.name for entry in catalogue.find(name)] == [found]
    assert [entry.kind for entry in catalogue.find("l2")] == ["loss", "penalty"]


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'gelu'"):
        catalogue.find("geluu")
    with pytest.raises(UnknownNameError, match="lists all") as caught:
        catalogue.find("§§§")
    assert "Did you mean" not in str(caught.value)
