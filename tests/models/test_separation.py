"""Whether classes are separable, against a linear programme and by exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.models.affine import Affine
from groundup.models.likelihood import likeliest
from groundup.models.objective import Cost, Objective
from groundup.models.separation import Sides, by_one_feature, proved


def fitted(X, y, K, weight=None):
    targets = y[:, None].astype(float) if K == 2 else (y[:, None] == np.arange(K)).astype(float)
    cost = Cost(Affine(X.shape[1], targets.shape[1]), Logistic() if K == 2 else CrossEntropy())
    return likeliest(Objective(cost, ArrayBlocks(X, targets, weight)))


def oracle(X, y, K):
    """How many margins can be positive where none may be negative: a linear programme over all directions."""
    A = np.column_stack([np.ones(len(X)), X])
    rows = []
    for a, c in zip(A, y, strict=True):
        for k in set(range(K)) - {c}:
            row = np.zeros((A.shape[1], K))
            row[:, c], row[:, k] = a, -a
            rows.append(row.ravel())
    rows = np.array(rows)
    best = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1), method="highs")
    return int((rows @ best.x > 1e-7).sum())


def exact_margins(found, X, y):
    """Every margin of the direction, in fractions."""
    K = len(found.biases)
    for x, c in zip(X, y, strict=True):
        score = [
            sum((Fraction(float(v)) * w[k] for v, w in zip(x, found.weights, strict=True)), found.biases[k])
            for k in range(K)
        ]
        yield from (score[c] - score[k] for k in range(K) if k != c)


@given(
    seed=st.integers(0, 10**6),
    K=st.sampled_from([2, 2, 3, 4]),
    d=st.integers(1, 4),
    n=st.integers(6, 40),
    levels=st.sampled_from([2, 3, 4, None]),
    slope=st.sampled_from([0.5, 2, 10]),
)
@settings(max_examples=150, deadline=None)
def test_agrees_with_a_linear_programme(seed, K, d, n, levels, slope):
    """On small grids nearly every kind of degeneracy occurs. Kills: a guess, a tolerance, a false 'converged'."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) if levels is None else rng.integers(0, levels, size=(n, d)).astype(float)
    y = (X @ rng.normal(size=(d, K)) * slope + rng.gumbel(size=(n, K))).argmax(axis=1)
    if len(np.unique(y)) < K:
        return
    found = fitted(X, y, K)
    assert (found.separation is not None) == (oracle(X, y, K) > 0)
    if found.separation is None:
        assert found.reason.startswith("converged")
        return
    assert "converged" not in found.reason
    assert found.separation.exact
    margins = list(exact_margins(found.separation, X, y))
    assert min(margins) >= 0
    assert sum(m > 0 for m in margins) == found.separation.separated > 0
    assert len(margins) == found.separation.pairs
    assert np.isfinite(found.W).all()


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_units_do_not_matter(scale, offset):
    """One feature with a gap between the classes, and one that says nothing."""
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], 20)
    X = np.column_stack([(y + 0.1 * rng.random(40) + offset) * scale, rng.normal(size=40)])
    found = fitted(X, y, 2)
    assert found.separation.complete
    assert found.separation.features(X)[0] == 0


def test_one_overlapping_pair_is_enough_for_a_minimum():
    """0.001 apart on the wrong sides: finite, however large the weights. Kills: 'separated' by a tolerance."""
    x = np.array([-3.0, -2, -1, 0.001, -0.0, 1, 2, 3])
    y = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    found = fitted(x[:, None], y, 2)
    assert found.separation is None
    assert found.reason.startswith("converged")
    assert found.W[0, 0] > 5
    x[3], x[4] = x[4], x[3]
    assert fitted(x[:, None], y, 2).separation.complete


def test_a_shared_value_makes_it_quasi_complete():
    x = np.array([0.0, 1, 2, 2, 3, 4])
    found = fitted(x[:, None], np.array([0, 0, 0, 1, 1, 1]), 2)
    assert not found.separation.complete
    assert found.separation.separated == 4


def test_tenths_end_in_a_proof_or_in_a_minimum():
    """0.1 + 0.2 and 0.3 differ in the last bit, so tenths on a line are separable only to within rounding."""
    rng = np.random.default_rng(630)
    tenths = np.round(rng.integers(0, 5, size=(40, 2)) * 0.1, 1)
    x = tenths[:, 0] + tenths[:, 1]
    y = (x > 0.45).astype(int)
    at_edge = np.abs(x - 0.4) < 0.01
    y[at_edge] = rng.integers(0, 2, at_edge.sum())
    found = fitted(tenths, y, 2)
    assert found.separation is None or found.separation.separated > 0
    assert found.separation is not None or "converged" in found.reason


def test_a_row_with_both_labels_never_separates():
    """Counts: the same x once in each class."""
    X = np.array([[0.0], [0.0], [1.0], [1.0]])
    assert fitted(X, np.array([0, 1, 0, 1]), 2).reason.startswith("converged")


def test_soft_labels_stand_on_both_sides():
    sides = Sides.of(np.array([[1.0], [2.0]]), np.array([[0.3], [1.0]]), True)
    assert sides.classes.tolist() == [0, 1, 1]
    assert sides.X[:, 0].tolist() == [1.0, 1.0, 2.0]


def test_proof_sees_what_floats_do_not():
    """1e16 + 1 - 1e16: the margin of the second row is +1, in floats 0 or 2."""
    X = np.array([[1e16, 1.0, -1e16], [-1e16, -1.0, 1e16]])
    one = [[Fraction(0), Fraction(1)]] * 3
    found = proved(Sides(X, np.array([1, 0]), 2, False), one, [Fraction(0)] * 2)
    assert found.complete
    assert proved(Sides(X, np.array([0, 1]), 2, False), one, [Fraction(0)] * 2) is None


def test_by_one_feature_says_which_way():
    X = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 4.0]])
    assert by_one_feature(X, np.array([0, 0, 1])) == (0, True, 3.0)
    assert by_one_feature(X[:, 1:], np.array([0, 0, 1])) == (0, False, 4.0)
    assert by_one_feature(np.zeros((4, 1)), np.array([0, 1, 0, 1])) is None
    assert by_one_feature(X, np.zeros(3, int)) is None


def test_many_unknowns_do_not_take_for_ever():
    """Kills: elimination in fractions for hundreds of columns."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 60))
    y = rng.integers(0, 4, 300)
    found = fitted(X, y, 4)
    assert found.reason.startswith(("converged", "separated"))
