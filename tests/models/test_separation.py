"""Whether classes are separable, against a linear programme and by exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.formulas.penalties import L2
from groundup.models.affine import Affine
from groundup.models.cone import Cone, TooMuchWorkError
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
    return int(widest(np.array(rows)).sum())


def widest(A):
    """Which of A D >= 0 can be positive together: as many as reach 1 where each is paid for up to 1."""
    m, p = A.shape
    conditions = np.hstack([-A, np.eye(m)])
    cost, bounds = np.repeat([0.0, -1.0], [p, m]), [(None, None)] * p + [(0, 1)] * m
    return linprog(cost, A_ub=conditions, b_ub=np.zeros(m), bounds=bounds, method="highs").x[p:] > 0.5


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
    assert (0 if found.separation is None else found.separation.separated) == oracle(X, y, K)
    if found.separation is None:
        assert found.reason.startswith("converged")
        return
    assert "converged" not in found.reason
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


@pytest.mark.parametrize("seed", range(40))
def test_tenths_are_decided_as_the_floats_that_they_are(seed):
    """0.1 + 0.2 and 0.3 differ in the last bit, so what separates on paper may hold by 1e-17 only, or not at all.

    Kills: a verdict 'to within rounding', and training that goes on until its steps are used up.
    """
    rng = np.random.default_rng(seed)
    K, d, n = int(rng.choice([2, 3, 4])), int(rng.integers(2, 5)), int(rng.integers(20, 150))
    tenths = np.round(rng.integers(0, 6, size=(n, d)) * 0.1, 1)
    z = tenths @ rng.integers(-2, 3, size=(d, K))
    tied = z > z.max(axis=1, keepdims=True) - 1e-9
    y = np.array([rng.choice(np.flatnonzero(row)) for row in tied])
    y = np.unique(y, return_inverse=True)[1]
    K = y.max() + 1
    if K < 2:
        return
    found = fitted(tenths, y, K)
    if found.separation is None:
        assert found.reason.startswith("converged")
        return
    margins = list(exact_margins(found.separation, tenths, y))
    assert min(margins) >= 0
    assert sum(m > 0 for m in margins) == found.separation.separated > 0


@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_steps_that_are_used_up_are_no_trouble(l2):
    """tolerance=0 asks for all of them. Kills: 'perhaps the classes are separable' of rows that overlap."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(40, 2)), rng.integers(0, 2, 40)
    cost = Cost(Affine(2), Logistic())
    found = likeliest(Objective(cost, ArrayBlocks(X, y[:, None].astype(float)), L2(l2)), tolerance=0.0)
    assert found.reason.startswith("all 200")


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
    one = ([[Fraction(0), Fraction(1)]] * 3, [Fraction(0)] * 2)
    found = proved(Sides.of(X, np.array([[1.0], [0.0]]), False), one)
    assert found.complete
    assert proved(Sides.of(X, np.array([[0.0], [1.0]]), False), one) is None


class TestCone:
    """The exact simplex method by itself."""

    @given(
        seed=st.integers(0, 10**6),
        shape=st.tuples(st.integers(1, 14), st.integers(1, 5)),
        largest=st.sampled_from([1, 2, 9, 10**30]),
    )
    @settings(max_examples=150, deadline=None)
    def test_agrees_with_a_linear_programme(self, seed, shape, largest):
        """Kills: a circle among equal conditions, a face that is missed, an exchange that is not whole."""
        rng = np.random.default_rng(seed)
        A = np.array([[int(v) for v in row] for row in rng.integers(-min(largest, 9), min(largest, 9) + 1, size=shape)])
        rows = A.astype(object) * max(1, largest // 9)
        cone = Cone(shape[1])
        for some in np.array_split(rows, 2):
            cone.add(some)
        D = cone.widest()
        reached = rows @ D
        assert (reached >= 0).all()
        assert (reached > 0).tolist() == widest(A).tolist()
        for loose in cone.loose:
            assert (rows @ loose == 0)[reached == 0].all()

    def test_work_is_bounded(self):
        rng = np.random.default_rng(0)
        cone = Cone(6, most_work=1000)
        cone.add(rng.integers(-9, 9, size=(30, 6)).astype(object))
        with pytest.raises(TooMuchWorkError):
            cone.widest()


def test_few_rows_of_many_decide():
    """5,000 rows that overlap but for one dummy column, and rows that come often. Kills: a tableau of all rows."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(5000, 4)).round(1)
    X[:, 3] = rng.random(5000) < 0.02
    y = ((X[:, 0] + rng.logistic(size=5000) > 0) | (X[:, 3] > 0)).astype(int)
    found = fitted(X, y, 2)
    assert not found.separation.complete
    assert found.separation.separated == (X[:, 3] > 0).sum()
    assert found.separation.features(X) == [3]
    y[np.argmax(X[:, 3])] = 0
    assert fitted(X, y, 2).reason.startswith("converged")


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
