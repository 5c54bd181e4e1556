"""Ways along which only the rounding of a slope goes down: a walk on them has no end."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from groundup import LogisticRegression


@pytest.mark.parametrize("seed", [0, 2, 5])
def test_many_classes_with_a_column_of_large_numbers(seed: int):
    """The biases of a softmax can all move together without any slope. Where a column has numbers of 100,000 its price
    is so small in its units that a rounding of 1e-17 counted as a slope: the biases went to 1e15, once as "converged".
    """
    rng = np.random.default_rng(seed)
    X = 1e5 * rng.normal(size=(200, 1))
    y = (X / 1e5 * rng.normal(size=4) + rng.gumbel(size=(200, 4))).argmax(axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = LogisticRegression(l1=3e-3).fit(X, y)
    assert model.reason_.startswith("converged")
    miss = model.predict_proba(X) - (y[:, None] == model.classes_)
    assert np.abs(miss.mean(axis=0)).max() < 1e-12
    assert np.abs(miss.T @ X / 200 + 3e-3 * np.sign(model.coef_))[model.coef_ != 0].max() < 1e-7
