"""The compiled epoch of a network is bound to its definition, step by step in NumPy.

The loops are run as plain Python, so that many combinations take no time to compile; one is compiled.
"""

import types

import numpy as np
import pytest

from groundup.data.blocks import ArrayBlocks
from groundup.formulas import activations, losses
from groundup.formulas.penalties import ElasticNet
from groundup.models.network import Network
from groundup.models.objective import Cost, Objective
from groundup.models.units import InUnits
from groundup.solve.compiled import CompiledTraining, build, network
from groundup.solve.compiled.network import bend_of
from groundup.solve.compiled.trace import UntraceableError
from groundup.solve.loop import Training
from groundup.solve.methods import METHODS


@pytest.fixture
def uncompiled(monkeypatch):
    """The same loops, not translated."""
    plain = types.SimpleNamespace(njit=lambda function=None, **settings: function or (lambda f: f))
    monkeypatch.setattr(build, "numba_or_none", lambda: plain)
    monkeypatch.setattr(build, "_prefetch", lambda *_: None)
    network.epoch.cache_clear(), network.tally.cache_clear()
    yield
    network.epoch.cache_clear(), network.tally.cache_clear()


def traceable(activation):
    try:
        bend_of([activation])
    except (UntraceableError, AttributeError, TypeError, ValueError):
        return False
    return True


TRACEABLE = [f for f in activations.NAMES.values() if traceable(f)]


def same(loss, hidden=(5, 3), activation="tanh", method="adam", outputs=2, epochs=2, units=False, rows=11, **settings):
    rng = np.random.default_rng(0)
    X, w = rng.normal(size=(rows, 3)), settings.pop("weights", None)
    y = rng.integers(0, 2, (rows, outputs)).astype(float)
    if loss.rowwise:
        y = losses.one_hot(rng.integers(0, outputs, rows), outputs)
    model = Network(3, hidden, outputs, activation=activation, fit_intercept=settings.pop("fit_intercept", True))
    start = model.start(rng)
    if units:
        model = InUnits(model, np.full(outputs, 3.0), np.full(outputs, 7.0))
    objective = Objective(Cost(model, loss), ArrayBlocks(X, y, w), settings.pop("penalty", None))
    loops = [
        kind(
            objective,
            METHODS[method](),
            parameters=start,
            learning_rate=0.05,
            epochs=epochs,
            batch_size=settings.get("batch_size", 4),
            rng=np.random.default_rng(1),
        )
        for kind in (Training, CompiledTraining)
    ]
    for loop in loops:
        loop.run()
    plain, fast = loops
    assert fast._epoch is not None, "it did not take the fast path"
    assert fast.step == plain.step
    np.testing.assert_allclose(fast.parameters, plain.parameters, rtol=1e-11, atol=1e-13)
    assert_same_pass(fast)


def assert_same_pass(loop):
    """All rows at one place: the compiled pass and the definition."""
    value, gradient = loop.objective.value_and_gradient(loop.parameters)
    loop._whole = None
    whole = loop.look_at_all()
    assert whole.value == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(whole.gradient, gradient, rtol=1e-10, atol=1e-12 * np.abs(gradient).max())
    assert loop.look_at_all() is whole


@pytest.mark.usefixtures("uncompiled")
class TestLoops:
    @pytest.mark.parametrize("activation", TRACEABLE, ids=repr)
    def test_every_activation_that_can_be_traced(self, activation):
        same(losses.mse, activation=activation)

    @pytest.mark.parametrize("method", METHODS)
    def test_every_method(self, method):
        same(losses.logistic, method=method)

    @pytest.mark.parametrize(
        "loss",
        [
            losses.mse,
            losses.l2,
            losses.rmse,
            losses.Huber(),
            losses.logistic,
            losses.cross_entropy,
            losses.CrossEntropy(0.1),
        ],
        ids=repr,
    )
    def test_losses_and_totals(self, loss):
        same(loss, outputs=3)

    @pytest.mark.parametrize(
        "settings",
        [
            {"hidden": (4,)},
            {"hidden": (4, 3, 5)},
            {"outputs": 1},
            {"fit_intercept": False},
            {"weights": np.arange(1.0, 12.0)},
            {"penalty": ElasticNet(0.1, 0.2)},
            {"units": True},
            {"activation": ["relu", "tanh"]},
            {"hidden": (4, 3, 5), "activation": ["leaky_relu", "prelu", "leaky_relu"]},
            {"hidden": (13, 6), "rows": 83, "batch_size": 37},
            {"hidden": ()},
        ],
        ids=str,
    )
    def test_shapes_weights_penalties_and_units(self, settings):
        """Kills: constants of the wrong layer, rows or inputs that are left over after every fourth."""
        same(losses.mse, **settings)


def test_most_activations_can_be_traced():
    assert len(TRACEABLE) >= 30


@pytest.mark.parametrize("activation", ["softmax", ["tanh", "glu"]], ids=str)
def test_other_networks_go_step_by_step(activation):
    objective = Objective(
        Cost(Network(3, (4, 4), 1, activation=activation), losses.mse), ArrayBlocks(np.ones((5, 3)), np.ones((5, 1)))
    )
    assert objective.terms() is None


def test_dropout_goes_step_by_step():
    from groundup.models.dropout import Dropping

    objective = Objective(Cost(Network(3, (4,), 1), losses.mse), ArrayBlocks(np.ones((5, 3)), np.ones((5, 1))))
    assert objective.terms() is not None
    assert Dropping(objective, np.random.default_rng(0)).terms() is None


def test_compiled():
    pytest.importorskip("numba")
    same(losses.cross_entropy, outputs=3, activation="tanh", epochs=3)
