"""The pass that makes a Hessian on the way, for processors with wide vectors and with narrow ones."""

import numpy as np
import pytest

from groundup.formulas.losses import Logistic
from groundup.solve.compiled import bent, build

SHAPES = [(777, 1), (1000, 7), (500, 8), (640, 23), (641, 50)]


@pytest.mark.parametrize("lanes", [8, 16])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_it_is_the_definition(lanes, shape):
    """Kills: a square half as high as its vector is wide, rows or columns left over, an old sum."""
    pytest.importorskip("numba", reason="machine code needs numba")
    look, bend = build.look_of(Logistic()), build.bend_of(Logistic())
    kernel, lanes = bent.compiled(look.code, bend.code, lanes)
    (n, d), rng = shape, np.random.default_rng(0)
    X, y, weight = rng.normal(size=(n, d)), rng.integers(0, 2, (n, 1)).astype(float), rng.random(n)
    w, shift = 0.2 * rng.normal(size=d + 1), np.full(d, 0.1)
    Z, C, wide = bent.room(d, lanes)
    for weights in (weight, np.empty(0)):
        G, sums, constants = np.empty(d + 1), np.empty(3), (look.constants.astype(float), bend.constants.astype(float))
        kernel(X, y, weights, 0, n, 1, w, *constants, shift, Z, C, G, sums, np.empty((5, bent.ROWS)))
        count = weights if weights.size else np.ones(n)
        z = X @ w[:d] + w[d]
        p = 1 / (1 + np.exp(-z))
        M = np.column_stack([X - shift, np.ones(n)])
        H = np.triu(M.T @ (M * (count * p * (1 - p))[:, None]))
        np.testing.assert_allclose(np.triu(C.reshape(wide, wide)[: d + 1, : d + 1]), H, atol=1e-6 * H.max())
        wanted = np.append(X.T @ (count * (p - y[:, 0])), (count * (p - y[:, 0])).sum())
        np.testing.assert_allclose(G, wanted, atol=1e-11)
        cost = (count * (np.logaddexp(0, z) - y[:, 0] * z)).sum()
        np.testing.assert_allclose(sums, [cost, count.sum(), count.sum()], rtol=1e-12)
