"""Networks sit the exam: right ones of every shape pass, known slips are caught and named."""

from __future__ import annotations

import types

import numpy as np
import pytest
import right_networks

import groundup as gu
from groundup.exam.mutants import catalogue

NETWORKS = [m for m in catalogue() if m.style.startswith("network")]


@pytest.mark.parametrize("name", sorted(right_networks.NUMPY))
def test_plain_numpy_networks_pass(name):
    """Kills: a convention (rows or columns of W, sum or mean, columns of y) taken for a mistake."""
    for seed in range(2):
        np.random.seed(seed)
        card = gu.exam.examine(right_networks.NUMPY[name](), "network", seed=seed)
        assert card.passed, str(card)
        assert card.task == "network"
        assert {"E01", "E01b", "E05", "E09"} <= {v.id for v in card.verdicts if v.outcome == "passed"}


@pytest.mark.parametrize(
    ("candidate", "task", "loss"),
    [
        (gu.NeuralNetworkRegressor(), "regression", "squared errors"),
        (gu.NeuralNetworkRegressor(hidden=(5, 4), activation="relu", loss="mae"), "network", "absolute errors"),
        (gu.NeuralNetworkClassifier(activation="sigmoid"), "classification", "log losses"),
        (gu.NeuralNetworkClassifier, "multiclass", "log losses of softmax"),
    ],
    ids=["numbers", "two layers", "two classes", "many classes"],
)
def test_our_own_networks_pass(candidate, task, loss):
    card = gu.exam.examine(candidate, task, seed=4)
    assert card.passed, str(card)
    assert card.conventions["loss"] == f"it makes the mean of the {loss} small"


@pytest.mark.parametrize("activation", ["relu", "tanh", "logistic", "identity"])
def test_sklearns_networks_pass(activation):
    networks = pytest.importorskip("sklearn.neural_network")
    for make, task in (
        (networks.MLPRegressor, "regression"),
        (networks.MLPClassifier, "classification"),
        (networks.MLPClassifier, "multiclass"),
    ):
        card = gu.exam.examine(make(hidden_layer_sizes=(6, 4), activation=activation), task, seed=5)
        assert card.passed, str(card)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(right_networks.NUMPY))
def test_plain_numpy_networks_pass_with_many_seeds(name):
    for seed in range(100, 160):
        np.random.seed(seed)
        card = gu.exam.examine(right_networks.NUMPY[name](), "network", seed=seed)
        assert card.passed, str(card)


@pytest.mark.parametrize("mutant", NETWORKS[::7], ids=lambda m: m.id)
def test_mistakes_of_networks_are_caught_and_named(mutant):
    """Every seventh, with a seed that is not the stored patterns' own."""
    card = gu.exam.examine(mutant.make(), "network", seed=8)
    assert not card.passed
    assert mutant.mistake in [n.mistake for n in card.mistakes[:2]]


def test_what_no_usual_loss_explains_is_not_examined_and_never_failed():
    """Kills: an unusual loss called a mistake."""

    class Quartic(right_networks.Deep):
        """Fourth powers of the misses."""

        def error(self, out, y):
            return 4 * (out - y) ** 3 / len(y)

    card = gu.exam.examine(Quartic(), "network")
    assert card.passed, str(card)
    assert "no usual loss" in next(v.words for v in card.verdicts if v.id == "E01")


def test_a_network_that_descends_by_adam_has_no_steps_judged():
    networks = pytest.importorskip("sklearn.neural_network")

    class AdamOnly(networks.MLPRegressor):
        """Refuses plain descent."""

        def fit(self, X, y):
            if self.solver != "adam":
                raise ValueError("only adam")
            return super().fit(X, y)

    card = gu.exam.examine(AdamOnly(), "network")
    assert card.passed, str(card)
    assert "Adam" in card.conventions["training"]
    assert next(v.outcome for v in card.verdicts if v.id == "E01") == "not examined"


def test_a_dead_layer_is_not_called_frozen():
    class Silent(right_networks.Deep):
        """Relu units that are all below zero."""

        def start(self, rng, a, b):
            return rng.normal(size=(a, b)) / 10, np.full(b, -50.0)

    card = gu.exam.examine(Silent(), "network")
    assert "E10" not in [v.id for v in card.failed]


def test_networks_are_known_by_their_shape():
    """Kills: a network judged as a line, and a line judged as a network."""
    from groundup.exam.candidates.network_shapes import is_network

    module = types.SimpleNamespace(train=lambda X, y, hidden, learning_rate, epochs: None)
    for thing in (gu.NeuralNetworkClassifier, right_networks.Deep, module):
        assert is_network(thing)
    for thing in (gu.LinearRegression, gu.LogisticRegression(), lambda X, y, learning_rate, epochs: None):
        assert not is_network(thing)
