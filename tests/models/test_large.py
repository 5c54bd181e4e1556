"""A start from a part of the rows, and when it is not taken."""

import numpy as np

from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import Logistic
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.large import is_large
from groundup.models.likelihood import likeliest, newton_training
from groundup.models.objective import Cost, Objective
from groundup.models.whitened import WhitenedObjective


def looks(monkeypatch, objective):
    """What a fit finds, and how often it looks at all rows."""
    seen = []

    def counted(self, parameters, plain=WhitenedObjective.value_and_gradient):
        seen.append(self.blocks.n_rows)
        return plain(self, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(WhitenedObjective, "value_and_gradient", counted)
        found = likeliest(objective)
    return found, sum(n == objective.blocks.n_rows for n in seen)


def test_a_cell_far_out_that_the_part_does_not_show(monkeypatch):
    """One cell of a million deviations: 200 borrowed steps that hardly moved, 10 seconds instead of 0.2."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(150_000, 7))
    y = (rng.random(150_000) < 1 / (1 + np.exp(0.3 - X[:, 0]))).astype(float)
    objectives = []
    for far in (3.0, 1e6):
        X = X.copy()
        X[75_001, 0] = far
        objectives.append(Objective(Cost(Affine(7, 1), Logistic()), ArrayBlocks(X, y[:, None]), ElasticNet(0.0, 0.0)))
    assert all(is_large(objective) for objective in objectives)
    for objective in objectives:
        found, passes = looks(monkeypatch, objective)
        assert found.reason.startswith("converged")
        assert passes < 60
        plain = newton_training(objective)
        plain.run()
        W, b = found.W[:, 0], found.bias[0]
        there, level = plain.objective.model.weights_and_bias(plain.parameters)
        np.testing.assert_allclose(W, there, atol=1e-10)
        np.testing.assert_allclose(b, level, atol=1e-10)
