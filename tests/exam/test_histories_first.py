"""A training that hands back its costs before its weights, and one whose start is called params.

Kills: costs that are taken for weights because they stand first, and a start that nobody gives.
"""

from __future__ import annotations

import pytest

from groundup.exam.loading import load
from groundup.exam.sitting import sit

DESCENT = """
import numpy as np
def gradient_descent(X, y, params, learning_rate, n_iters):
    n = len(y)
    costs = np.zeros((n_iters, 1))
    for i in range(n_iters):
        error = X @ params - y
        params = params - (learning_rate / n) * X.T @ error
        costs[i] = error @ error / (2 * n)
    return costs, params
"""


@pytest.mark.parametrize("changed", ["", "theta", "w"])
@pytest.mark.parametrize("order", ["costs, params", "params, costs"])
def test_costs_before_the_weights_are_no_weights(changed, order, tmp_path):
    code = DESCENT.replace("costs, params", order)
    code = code.replace("params", changed) if changed else code
    file = tmp_path / f"{tmp_path.name}.py"
    file.write_text(code)
    card = sit(load(str(file)))
    assert card.passed, [(v.id, v.words) for v in card.failed or card.verdicts[:2]]
    file.write_text(code.replace("learning_rate / n", "learning_rate / n / n"))
    assert "B01" in {v.id for v in sit(load(str(file))).failed}
