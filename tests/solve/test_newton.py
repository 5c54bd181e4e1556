"""Newton's method and the proof that it asks for before it says 'converged'."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import CrossEntropy, LogCosh, Logistic, Poisson
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.basis import basis_of, product
from groundup.models.large import harmless, is_large
from groundup.models.likelihood import likeliest
from groundup.models.objective import Cost, Objective
from groundup.models.steep import even_bowl
from groundup.models.whitened import WhitenedObjective, contrasts
from groundup.solve.loop import Point
from groundup.solve.newton import BorrowedNewton, Bowl, Newton, bowl_of, descend, mended


class Function:
    """f, f' and f'' of one number, as an objective."""

    def __init__(self, f, slope, bend):
        self.f, self.slope, self.bend = f, slope, bend

    def value_and_gradient(self, x):
        return float(self.f(x[0])), np.array([self.slope(x[0])])

    def hessian(self, x):
        return np.array([[self.bend(x[0])]])

    def at(self, x):
        x = np.array([float(x)])
        return Point(x, *self.value_and_gradient(x))


def problem(seed=0, n=60, d=3, K=2, l2=0.0, weighted=False):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * 10.0 ** rng.integers(-2, 3, d) + rng.normal(size=d)
    y = rng.integers(0, K, n)
    targets = y[:, None].astype(float) if K == 2 else (y[:, None] == np.arange(K)).astype(float)
    w = rng.integers(1, 4, n).astype(float) if weighted else None
    cost = Cost(Affine(d, targets.shape[1]), Logistic() if K == 2 else CrossEntropy())
    return Objective(cost, ArrayBlocks(X, targets, w), ElasticNet(l2=l2))


def test_one_step_reaches_the_bottom_of_a_bowl():
    bowl = Function(lambda x: 3 * (x - 2) ** 2, lambda x: 6 * (x - 2), lambda x: 6.0)
    assert Newton().step(bowl, bowl.at(10), None, 1.0)[0] == pytest.approx([2.0], abs=1e-14)


def test_digits_double():
    """Kills: a Hessian of another place, a step that is not whole near the minimum."""
    f = Function(np.cosh, np.sinh, np.cosh)
    x, errors = f.at(1.0), []
    for _ in range(4):
        x = f.at(Newton().step(f, x, None, 1.0)[0][0])
        errors.append(abs(x.parameters[0]))
    assert errors[1] < errors[0] ** 2
    assert errors[2] < errors[1] ** 2


def test_the_step_is_halved_where_a_whole_one_would_go_up():
    """sqrt(1 + x²) from x = 2: the whole Newton step lands at -x³ = -8, higher than the start."""
    f = Function(lambda x: np.sqrt(1 + x * x), lambda x: x / np.sqrt(1 + x * x), lambda x: (1 + x * x) ** -1.5)
    x = f.at(2.0)
    assert f.f(-8.0) > x.value
    there = Newton().step(f, x, None, 1.0)[0]
    assert f.f(there[0]) < x.value


def test_descend_stays_where_nothing_falls():
    f = Function(lambda x: x * x, lambda x: 2 * x, lambda x: 2.0)
    here = f.at(0.0)
    assert descend(f, here, np.array([1.0]), 1.0) == pytest.approx([0.0], abs=1e-8)


def test_a_bowl_without_curvature_is_not_sure():
    """Kills: a flat direction taken for a minimum."""
    H = np.array([[1.0, 1.0], [1.0, 1.0]])
    assert not bowl_of(H).sure
    assert bowl_of(np.eye(2)).sure
    assert np.isfinite(bowl_of(H).solve(np.array([1.0, 1.0]))).all()


def test_bowl_length_is_the_decrement():
    H, g = np.array([[4.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])
    bowl = bowl_of(H)
    np.testing.assert_allclose(bowl.solve(g), np.linalg.solve(H, g), rtol=1e-14)
    assert bowl.length(g) ** 2 == pytest.approx(g @ np.linalg.solve(H, g))
    assert bowl.spread >= 1 / np.sqrt(np.linalg.eigvalsh(H)[0])


def test_mending_teaches_the_last_move():
    """B y = s: the secant equation. Kills: pairs in the wrong order."""
    rng = np.random.default_rng(0)
    moves = tuple((s, 2 * s + 0.1 * rng.normal(size=4)) for s in rng.normal(size=(3, 4)))
    bowl = Bowl(np.eye(4), True)
    s, y = moves[-1]
    np.testing.assert_allclose(mended(bowl, moves, y), s, rtol=1e-12)


@pytest.mark.parametrize("K", [2, 3])
@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("raw", [False, True])
def test_whitened_is_the_same_objective(K, l2, raw):
    """Value, gradient by differences, Hessian by differences; rows whitened or as they are."""
    objective = problem(K=K, l2=l2, weighted=True)
    basis = basis_of(objective.blocks, True, l2)
    whitened = WhitenedObjective(objective, basis, raw=raw)
    rng = np.random.default_rng(1)
    c = 0.3 * rng.normal(size=whitened.model.n_parameters)
    W, b = basis.back(*whitened.whitened.parts(c))
    value, gradient = whitened.value_and_gradient(c)
    assert value == pytest.approx(objective.value(objective.model.pack(W, b)), rel=1e-13)
    h = 1e-6
    moved = [
        whitened.value_and_gradient(c + h * e)[0] - whitened.value_and_gradient(c - h * e)[0] for e in np.eye(len(c))
    ]
    np.testing.assert_allclose(np.array(moved) / (2 * h), gradient, rtol=1e-6, atol=1e-9)
    if not raw:
        bent = [
            whitened.value_and_gradient(c + h * e)[1] - whitened.value_and_gradient(c - h * e)[1]
            for e in np.eye(len(c))
        ]
        np.testing.assert_allclose(np.array(bent) / (2 * h), whitened.hessian(c), rtol=1e-6, atol=1e-8)


def test_coordinates_go_there_and_back():
    objective = problem(K=4)
    whitened = WhitenedObjective.of(objective)
    c = np.random.default_rng(0).normal(size=whitened.model.n_parameters)
    np.testing.assert_allclose(whitened.model.from_weights_and_bias(*whitened.model.weights_and_bias(c)), c, rtol=1e-9)


def test_whitened_rows_are_white():
    """Mean 0, and the mean of q q' is 1 on the diagonal: also with an offset of 1e9 and columns equal to 1e-7."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=200)
    X = np.column_stack([1e9 + rng.normal(size=200), x * 1e-8, x + 1e-7 * rng.normal(size=200)])
    basis = basis_of(ArrayBlocks(X, np.zeros((200, 1))), True)
    Q = basis.rows(X, True)
    np.testing.assert_allclose(Q.T @ Q / 200, np.eye(4), atol=1e-5)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_product_has_thirty_digits(seed):
    """Against fractions, with entries that cancel."""
    from fractions import Fraction

    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(2, 5)) * 10.0 ** rng.integers(-8, 9, 5), rng.normal(size=(5, 2))
    A[:, -1] = -(A[:, :-1] @ B[:-1, 0]) / B[-1, 0]
    high, low = product(A, B)
    for i in range(2):
        for j in range(2):
            terms = [Fraction(float(A[i, k])) * Fraction(float(B[k, j])) for k in range(5)]
            error = Fraction(float(high[i, j])) + Fraction(float(low[i, j])) - sum(terms)
            assert abs(error) <= Fraction(2) ** -88 * max(map(abs, terms)) * 64


def test_contrasts_are_orthonormal_and_add_up_to_nothing():
    C = contrasts(5)
    np.testing.assert_allclose(C.T @ C, np.eye(4), atol=1e-15)
    np.testing.assert_allclose(C.sum(axis=0), 0, atol=1e-15)


@pytest.mark.parametrize("loss", [Poisson(), LogCosh()])
def test_other_losses_have_their_minimum_too(loss):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 2))
    y = rng.poisson(np.exp(X @ [0.3, -0.2]))[:, None].astype(float)
    objective = Objective(Cost(Affine(2), loss), ArrayBlocks(X, y))
    found = likeliest(objective)
    _, gradient = objective.value_and_gradient(objective.model.pack(found.W, found.bias))
    assert np.abs(gradient).max() < 1e-12
    assert found.reason.startswith("converged")
    assert found.separation is None


@pytest.mark.parametrize("K", [2, 3])
def test_the_ways_for_many_rows_and_many_unknowns_lead_to_one_place(K, monkeypatch):
    """Kills: a start from a part that is never left, a borrowed Hessian that is believed."""
    objective = problem(seed=3, n=4000, d=4, K=K)
    plain = likeliest(objective)
    import groundup.models.large as large
    import groundup.models.likelihood as likelihood

    monkeypatch.setattr(large, "KEPT_NUMBERS", 1000)
    monkeypatch.setattr(large, "PART_ROWS", 300)
    assert is_large(objective)
    many_rows = likeliest(objective)
    assert many_rows.objective.blocks is objective.blocks  # rows as they are
    monkeypatch.undo()
    monkeypatch.setattr(likelihood, "has_many_unknowns", lambda objective: True)
    many_unknowns = likeliest(objective)
    for other in (many_rows, many_unknowns):
        assert other.reason.startswith("converged")
        np.testing.assert_allclose(other.W, plain.W, rtol=1e-7, atol=1e-9 * np.abs(plain.W).max())
        np.testing.assert_allclose(other.bias, plain.bias, rtol=1e-7)


def test_offsets_that_would_cost_digits_are_not_harmless():
    X = np.random.default_rng(0).normal(size=(50, 2))
    y = np.zeros((50, 1))
    objective = Objective(Cost(Affine(2), Logistic()), ArrayBlocks(X, y))
    assert harmless(basis_of(objective.blocks, True), objective)
    assert not harmless(basis_of(ArrayBlocks(X + 1e5, y), True), objective)


@pytest.mark.parametrize("l2", [0.0, 0.2])
def test_even_bowl_is_the_hessian_at_weight_nothing(l2):
    """There every row has the same chances, so the Hessian of whitened rows is the same for each feature."""
    objective = WhitenedObjective.of(problem(K=3, n=200, l2=l2))
    start = objective.model.start()
    even = even_bowl(objective, start)
    g = np.random.default_rng(0).normal(size=len(start))
    whole = bowl_of(objective.hessian(start))
    np.testing.assert_allclose(even.solve(g), whole.solve(g), rtol=1e-7)
    assert even.length(g) == pytest.approx(whole.length(g), rel=1e-9)


def test_borrowed_newton_does_not_trust_its_first_bowl_for_ever():
    """A Hessian that is wrong by a factor of 30 in one direction is mended in a few moves."""
    H = np.diag([1.0, 30.0, 4.0])

    class Valley:
        def value_and_gradient(self, x):
            return float(x @ H @ x) / 2, H @ x

    x, method = np.ones(3), BorrowedNewton(Bowl(np.eye(3), True))
    memory = method.init(x)
    for _ in range(12):
        x, memory = method.step(Valley(), Point(x, *Valley().value_and_gradient(x)), memory, 1.0)
    assert np.abs(x).max() < 1e-6


@pytest.mark.parametrize("tolerance", [1e-2, 1e-8])
def test_tolerance_is_in_standard_errors(tolerance):
    """Kills: a tolerance on the gradient, which means another thing for other units."""
    objective = problem(n=300)
    best, found = likeliest(objective, tolerance=1e-10), likeliest(objective, tolerance=tolerance)
    H = best.objective.hessian(best.coordinates) * 300
    distance = found.coordinates - best.coordinates
    assert np.sqrt(distance @ H @ distance) <= 2 * tolerance
