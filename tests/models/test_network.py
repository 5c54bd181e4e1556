"""The network: exact gradients, the chain rule both ways, every activation, and what a single neuron shows."""

import json
from pathlib import Path

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.formulas import activations, losses
from groundup.models.affine import Affine
from groundup.models.gradient_check import gradient_check
from groundup.models.initialisation import INITIALISATIONS
from groundup.models.network import Network
from groundup.models.objective import Cost, Objective

REFERENCE = Path(__file__).parent.parent / "reference" / "mlp_gradients"
LOSSES = {"mse": losses.mse, "ce": losses.cross_entropy, "bce": losses.logistic}


def activation_of(name):
    if name.startswith("leaky_relu_"):
        return activations.LeakyReLU(float(name.removeprefix("leaky_relu_")))
    return name


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.json")), ids=lambda p: p.stem)
def test_exact_gradients(path):
    """Kills: a transposed W, a bias summed over the wrong axis, a slope of the wrong layer, a wrong mean."""
    case = json.loads(path.read_text())
    first, *hidden, last = case["sizes"]
    network = Network(first, hidden, last, activation=activation_of(case["activation"]))
    parameters = network.pack([p["W"] for p in case["params"]], [np.array(p["b"]) for p in case["params"]])
    y = np.array(case["target"], dtype=float)
    y = losses.one_hot(y, last) if case["loss"] == "ce" else y.reshape(len(y), -1)
    objective = Objective(Cost(network, LOSSES[case["loss"]]), ArrayBlocks(np.array(case["X"]), y))
    z = network.score(parameters, np.array(case["X"]))
    np.testing.assert_allclose(z, np.array(case["output"], dtype=float), rtol=1e-12, atol=1e-14)
    value, gradient = objective.value_and_gradient(parameters)
    assert value == pytest.approx(float(case["loss_value"]), rel=1e-13)
    for (W, b), expected in zip(network.unpack(gradient), case["gradient"], strict=True):
        np.testing.assert_allclose(W, np.array(expected["W"], dtype=float), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(b, np.array(expected["b"], dtype=float), rtol=1e-12, atol=1e-14)


def case(activation, hidden=(5, 4), outputs=3, seed=0, **settings):
    rng = np.random.default_rng(seed)
    network = Network(3, hidden, outputs, activation=activation, **settings)
    X, y = rng.normal(size=(7, 3)), losses.one_hot(rng.integers(0, outputs, 7), outputs)
    start = network.start(rng)
    return (
        network,
        start + 0.1 * rng.normal(size=len(start)),
        Objective(Cost(network, losses.cross_entropy), ArrayBlocks(X, y)),
    )


SMOOTH = [f for f in activations.NAMES.values() if type(f).__name__ not in ("BinaryStep", "HardShrink", "Threshold")]


@pytest.mark.parametrize("activation", SMOOTH, ids=repr)
def test_gradient_check_for_every_activation(activation):
    """Even widths, so that gated units can be cut in half. Kills: a pullback that is given x for y."""
    _, parameters, objective = case(activation, hidden=(6, 4))
    check = gradient_check(objective, parameters)
    assert check.passed, check.largest_error
    assert check.largest_error < 1e-7


@pytest.mark.parametrize(
    "activation", ["tanh", "softmax", "log_softmax", "glu", ["relu", "sparsemax"], "maxout"], ids=str
)
def test_pushforward_is_the_slope_of_the_score(activation):
    """J v by central differences, and v'(J'g) = (J v)'g. Kills: a moved layer that is forgotten, J' taken for J."""
    network, parameters, objective = case(activation, hidden=(6, 4))
    rng = np.random.default_rng(1)
    X = next(iter(objective.blocks)).X
    v, h = rng.normal(size=len(parameters)), 1e-6
    _, trace = network.forward(parameters, X)
    moved = network.pushforward(parameters, trace, v)
    difference = (network.score(parameters + h * v, X) - network.score(parameters - h * v, X)) / (2 * h)
    np.testing.assert_allclose(moved, difference, rtol=1e-6, atol=1e-8)
    g = rng.normal(size=moved.shape)
    assert np.vdot(moved, g) == pytest.approx(np.dot(v, network.pullback(parameters, trace, g)), rel=1e-10)


def test_gauss_newton_is_symmetric_and_not_negative():
    _, parameters, objective = case("tanh")
    rng = np.random.default_rng(2)
    for _ in range(5):
        u, v = rng.normal(size=(2, len(parameters)))
        Hu, Hv = objective.hessian_times(parameters, u), objective.hessian_times(parameters, v)
        assert np.dot(u, Hv) == pytest.approx(np.dot(v, Hu), rel=1e-9)
        assert np.dot(u, Hu) >= 0


def test_gradient_check_finds_a_mistake():
    """A gradient that is twice too large for one bias must not pass."""

    class Wrong(Network):
        def pullback(self, parameters, trace, g):
            gradient = super().pullback(parameters, trace, g)
            gradient[-1] *= 2
            return gradient

    _, parameters, objective = case("tanh")
    network = Wrong(3, (5, 4), 3)
    wrong = Objective(Cost(network, losses.cross_entropy), objective.blocks)
    check = gradient_check(wrong, parameters)
    assert not check.passed
    assert check.places[np.argmax(np.abs(check.formula - check.differences))] == network.n_parameters - 1


def test_without_hidden_layers_it_is_an_affine_map():
    network, line = Network(3, (), 2), Affine(3, 2)
    parameters = np.arange(8.0)
    X = np.random.default_rng(0).normal(size=(5, 3))
    np.testing.assert_array_equal(network.score(parameters, X), line.score(parameters, X))
    np.testing.assert_array_equal(network.start(), line.start())
    for ours, theirs in zip(network.weights_and_bias(parameters), line.weights_and_bias(parameters), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_pack_and_unpack_are_inverse(fit_intercept):
    network = Network(3, (4, 2), 2, fit_intercept=fit_intercept)
    parameters = np.random.default_rng(0).normal(size=network.n_parameters)
    assert network.n_parameters == 12 + 8 + 4 + fit_intercept * 8
    weights, biases = zip(*network.unpack(parameters), strict=True)
    np.testing.assert_array_equal(network.pack(weights, biases), parameters)
    np.testing.assert_array_equal(network.from_weights_and_bias(*network.weights_and_bias(parameters)), parameters)
    assert network.weights_mask().sum() == 24


def test_penalty_spares_every_bias():
    network, _, objective = case("tanh")
    heavy = Objective(objective.cost, objective.blocks, gu.formulas.penalties.L2(1.0))
    parameters = np.ones(network.n_parameters)
    extra = heavy.value_and_gradient(parameters)[1] - objective.value_and_gradient(parameters)[1]
    np.testing.assert_allclose(extra, network.weights_mask(), atol=1e-12)


@pytest.mark.parametrize(("name", "variance"), [("xavier", 2 / 700), ("he", 2 / 400), ("lecun", 1 / 400)])
def test_initialisation_has_its_variance(name, variance):
    """120,000 draws: the relative deviation of a normal's variance is 0.4 %, of a uniform's less; 3 % is 7 sigmas."""
    W = INITIALISATIONS[name](400, 300, np.random.default_rng(0))
    assert W.shape == (400, 300)
    assert np.var(W) == pytest.approx(variance, rel=0.03)
    assert abs(W.mean()) < 7 * np.sqrt(variance / W.size)


def test_initialisation_is_chosen_by_the_activation():
    rng = np.random.default_rng
    he = Network(300, (200,), 1, activation="relu").unpack(Network(300, (200,), 1, activation="relu").start(rng(0)))
    assert np.var(he[0][0]) == pytest.approx(2 / 300, rel=0.05)
    assert np.all(he[0][1] == 0)
    asked = Network(300, (200,), 1, activation="relu", initialisation="lecun")
    assert np.var(asked.unpack(asked.start(rng(0)))[0][0]) == pytest.approx(1 / 300, rel=0.05)
    with pytest.raises(gu.InputError, match="Did you mean 'xavier'"):
        Network(2, (3,), 1, initialisation="xavir").start(rng(0))


class TestDropout:
    def test_the_mean_of_the_scores_stays(self):
        """The last layer is linear, so its mean over masks is the score without; 40,000 rows, 6 sigmas."""
        network = Network(2, (50,), 1, dropout=0.3)
        parameters = network.start(np.random.default_rng(0))
        X = np.tile([[0.5, -1.0]], (40_000, 1))
        z = network.dropping(np.random.default_rng(1)).score(parameters, X)
        assert abs(z.mean() - network.score(parameters, X[:1])[0, 0]) < 6 * z.std() / 200
        assert z.std() > 0

    def test_its_gradient_is_that_of_what_was_kept(self):
        network, parameters, objective = case("tanh", dropout=0.4)

        class Same(Network):  # the same masks at every look
            def forward(self, parameters, X):
                return network.dropping(np.random.default_rng(7)).forward(parameters, X)

        kept = Objective(Cost(Same(3, (5, 4), 3, dropout=0.4), losses.cross_entropy), objective.blocks)
        assert gradient_check(kept, parameters).largest_error < 1e-8


class TestNeuron:
    def test_shows_the_arithmetic(self):
        network = Network(2, (3,), 1, activation="relu")
        parameters = np.arange(1.0, network.n_parameters + 1)
        X = np.array([[1.0, -2.0], [0.5, 4.0]])
        neuron = network.neuron(parameters, 0, 1, X, g=np.array([[1.0], [1.0]]))
        np.testing.assert_array_equal(neuron.weights, [2, 5])
        assert neuron.bias == 8
        np.testing.assert_array_equal(neuron.score, X @ [2, 5] + 8)
        np.testing.assert_array_equal(neuron.output, np.maximum(neuron.score, 0))
        np.testing.assert_array_equal(neuron.gradient, 11 * (neuron.score > 0))
        assert "1 x 2 + -2 x 5 + 8 = 0" in str(neuron)
        assert network.neuron(parameters, 1, 0).weights.tolist() == [10, 11, 12]

    def test_its_gradients_add_up_to_that_of_the_bias(self):
        network, parameters, objective = case("tanh")
        block = next(iter(objective.blocks))
        z, trace = network.forward(parameters, block.X)
        g = losses.cross_entropy.gradient(z, block.y)
        slopes = network.unpack(network.pullback(parameters, trace, g))
        for layer in range(3):
            for i in range(len(slopes[layer][1])):
                neuron = network.neuron(parameters, layer, i, block.X, g)
                assert neuron.gradient.sum() == pytest.approx(slopes[layer][1][i], rel=1e-12, abs=1e-15)

    @pytest.mark.parametrize(("layer", "i"), [(2, 0), (0, 5), (-1, 0)])
    def test_refusals(self, layer, i):
        network = Network(2, (3,), 1)
        with pytest.raises(gu.InputError, match=r"the layers have \[3, 1\] neurons"):
            network.neuron(network.start(), layer, i)


def test_one_activation_for_each_layer():
    network = Network(2, (4, 3), 1, activation=["relu", activations.LeakyReLU(0.1)])
    assert network.activations == [activations.relu, activations.LeakyReLU(0.1)]
    with pytest.raises(gu.InputError, match="2 hidden layers and 3 activations"):
        Network(2, (4, 3), 1, activation=["relu"] * 3)
    with pytest.raises(gu.InputError, match="even number of columns"):
        Network(2, (3,), 1, activation="glu")
