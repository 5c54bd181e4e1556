"""One reading of all rows is the sum of its blocks; bowls of a few rows are the Hessian where they claim to be."""

import os
import subprocess
import sys

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import CrossEntropy, Logistic, Poisson, Squared
from groundup.formulas.penalties import ElasticNet
from groundup.formulas.totals import Mean, Sum
from groundup.models import large, passes, steep
from groundup.models.affine import Affine
from groundup.models.basis import basis_of
from groundup.models.cost import Cost, Tally
from groundup.models.curvature import safe_learning_rate
from groundup.models.likelihood import likeliest
from groundup.models.objective import Objective
from groundup.models.whitened import WhitenedObjective
from groundup.solve.compiled import build
from groundup.solve.newton import bowl_of


def rows(n=3001, d=7, K=1, weighted=False, dtype=float, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)).astype(dtype)
    z = X @ rng.normal(size=(d, max(K, 2))) + 2 * rng.gumbel(size=(n, max(K, 2)))
    y = (z[:, :1] > z[:, 1:2]).astype(dtype) if K == 1 else np.eye(K, dtype=dtype)[z.argmax(axis=1)]
    return ArrayBlocks(X, y, rng.integers(1, 4, n).astype(float) if weighted else None)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    ("K", "loss"),
    [(1, Logistic()), (1, Poisson()), (1, Squared()), (4, CrossEntropy()), (4, CrossEntropy(0.1))],
    ids=repr,
)
def test_a_pass_is_the_sum_of_its_blocks(K, loss, weighted, compiled, monkeypatch):
    """Binds the fast path to `Cost.tally`. Kills: a last piece cut off, weights used twice, classes mixed up."""
    if compiled:
        pytest.importorskip("numba", reason="the compiled pass needs the extra fast")
    else:
        monkeypatch.setattr(passes, "_compiled", lambda *_: None)
    monkeypatch.setattr(passes, "WORTH", 0)
    monkeypatch.setattr(passes, "PIECE_BYTES", 1024 * 7 * 8)
    data = rows(K=K, weighted=weighted)
    model = Affine(7, K)
    parameters = np.random.default_rng(1).normal(size=model.n_parameters)
    cost = Cost(model, loss)
    if compiled:
        assert passes._compiled(cost, data, parameters) is not None
    fast, plain = passes.tally(cost, data, parameters), data.reduce(cost.tally(parameters), Tally.merge)
    assert fast.cost == pytest.approx(plain.cost, rel=1e-13)
    assert fast.weight == plain.weight
    np.testing.assert_allclose(fast.gradient, plain.gradient, rtol=1e-12, atol=1e-12 * np.abs(plain.gradient).max())


def test_classes_side_by_side_are_cross_entropy():
    """Scores that tie, are far apart or infinite. Kills: a top counted twice, 0 x inf, lost small chances."""
    pytest.importorskip("numba", reason="the compiled slopes need the extra fast")
    z = np.array([[0.0, 0.0, 0.0], [40.0, 0.0, -800.0], [1e3, 1e3, -1e3], [-np.inf, 1.0, 2.0], [5.0, 5.0, 4.0]])
    y = np.eye(3)[[0, 0, 1, 2, 1]]
    weight = np.array([1.0, 2.0, 0.5, 1.0, 3.0])
    cost, g = CrossEntropy().value_and_gradient(z, y)
    made, label, few = (np.zeros((lines, passes.classes.TOGETHER)) for lines in (3, 3, 5))
    made[:, :5], label[:, :5], few[4, :5] = z.T, y.T, weight
    passes.classes.slopes()(made, label, 5, few, np.empty((9, 2)), 5)
    np.testing.assert_allclose(made[:, :5].T, weight[:, None] * g, rtol=1e-14)
    assert weight @ few[3, :5] == pytest.approx(float(weight @ cost[:, 0]), rel=1e-14)


def whitened(K, l2=0.0, raw=False, n=4000, weighted=False, total=None):
    objective = Objective(
        Cost(Affine(7, K), CrossEntropy() if K > 1 else Logistic()),
        rows(n, K=K, weighted=weighted),
        ElasticNet(l2=l2),
        total,
    )
    return WhitenedObjective(objective, basis_of(objective.blocks, True, l2 / 0.5 if K > 1 else l2 / 0.25), raw=raw)


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("K", [1, 3])
@pytest.mark.parametrize("total", [Mean(), Sum()])
def test_a_steep_bowl_is_the_hessian_along_its_axes(K, raw, total, monkeypatch):
    """Kills: a price or a weight left out, axes in another order, a sum taken for a mean."""
    monkeypatch.setattr(steep, "BOWL_ROWS", 10**6)
    objective = whitened(K, l2=0.05, raw=raw, weighted=True, total=total)
    c = 0.5 * np.random.default_rng(2).normal(size=objective.model.n_parameters)
    bowl, H = steep.steep_bowl(objective, c), objective.hessian(c)
    axes = np.kron(bowl.U, np.eye(objective.whitened.free))
    np.testing.assert_allclose(bowl.along.inverse.T @ bowl.along.inverse, np.linalg.inv(axes.T @ H @ axes), rtol=1e-7)
    g = axes @ np.random.default_rng(3).normal(size=axes.shape[1])
    np.testing.assert_allclose(axes.T @ bowl.solve(g), np.linalg.solve(axes.T @ H @ axes, axes.T @ g), rtol=1e-7)
    assert bowl.length(g) == pytest.approx(np.sqrt(g @ bowl.solve(g)), rel=1e-12)


@pytest.mark.parametrize("K", [1, 4])
def test_a_steep_bowl_is_nearly_the_hessian_of_normal_rows(K):
    """Along any gradient within 30 %, where the even bowl is wrong by more than that."""
    objective = whitened(K, n=40_000)
    c = np.random.default_rng(5).normal(size=objective.model.n_parameters)
    whole, bowl, even = bowl_of(objective.hessian(c)), steep.steep_bowl(objective, c), steep.even_bowl(objective, c)
    G = np.random.default_rng(4).normal(size=(50, len(c)))
    off = [max(abs(kind.length(g) / whole.length(g) - 1) for g in G) for kind in (bowl, even)]
    assert off[0] < 0.3
    assert off[0] < off[1]


@pytest.mark.parametrize("l2", [0.0, 0.01])
def test_many_unknowns_from_nothing_reach_the_minimum(l2, monkeypatch):
    """Kills: a renewed bowl that is not used, a memory of moves that belongs to the old one."""
    data = rows(6000, K=4, seed=7)
    objective = Objective(Cost(Affine(7, 4), CrossEntropy()), data, ElasticNet(l2=l2))
    plain = likeliest(objective)
    ready = large.from_nothing(objective)
    assert ready.method.renew is not None
    monkeypatch.setattr("groundup.models.likelihood.has_many_unknowns", lambda _: True)
    found = likeliest(objective)
    assert found.reason.startswith("converged")
    assert found.steps < 25
    np.testing.assert_allclose(found.W, plain.W, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("K", [2, 5])
@pytest.mark.parametrize("total", [Mean(), Sum()])
def test_the_safe_rate_of_softmax_knows_that_a_row_has_one_cost(K, total):
    """1 / (largest eigenvalue of the bound 1/2 X'X). Kills: a rate that is larger by the number of classes."""
    data = rows(200, K=K)
    objective = Objective(Cost(Affine(7, data.n_outputs), CrossEntropy()), data, total=total)
    X = np.column_stack([data.X, np.ones(200)])
    largest = np.linalg.eigvalsh(X.T @ X)[-1] / 2 / (200 if isinstance(total, Mean) else 1)
    assert safe_learning_rate(objective) == pytest.approx(1 / largest, rel=1e-9)
    steepest = (X * X).sum(axis=1).max() / 2
    assert safe_learning_rate(objective, 1) == pytest.approx(1 / steepest, rel=1e-9)


def test_condensing_is_done_once_and_the_largest_floats_do_not_warn():
    objective = Objective(Cost(Affine(1), Squared()), ArrayBlocks(np.array([[1.0], [2.0]]), np.array([[1.0], [3.0]])))
    condensed = objective.condensed()
    assert objective.condensed() is condensed
    assert condensed.condensed() is condensed
    assert condensed.value(np.array([1.7e308, 0.0])) == np.inf


def test_far_from_even_units_are_proved_too():
    """A proof that needs the length of the longest row. Kills: a bound so loose that nothing ever converges."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30_000, 2)) * [1e6, 1e-6]
    objective = Objective(Cost(Affine(2), Logistic()), ArrayBlocks(X, (rng.random((30_000, 1)) < 0.4).astype(float)))
    raw = WhitenedObjective(objective, basis_of(objective.blocks, True), raw=True)
    longest = np.sqrt((raw.basis.rows(X, True) ** 2).sum(axis=1).max())
    assert longest <= raw.longest_row(closely=True) < 100 * longest
    assert longest <= raw.longest_row(closely=False)
    assert gu.LogisticRegression().fit(X, objective.blocks.y[:, 0]).reason_.startswith("converged")


def test_numba_that_compiles_nothing():
    """NUMBA_DISABLE_JIT=1: a NotImplementedError of numba's came from the middle of a fit."""
    pytest.importorskip("numba", reason="the compiled passes need numba")
    lines = """
import numpy as np
from groundup.formulas.losses import Logistic
from groundup.models import passes
from groundup.solve.compiled import build, classes, lying
assert passes.kernel_of(lying.compiled, Logistic(), build.look_of) is None
assert classes.compiled() is None
"""
    subprocess.run([sys.executable, "-c", lines], env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, check=True)


def test_a_first_fit_waits_for_no_compiler(monkeypatch):
    """Kills: machine code that is made for a fit of a million numbers, seconds for a tenth of one; one never made."""
    ready = []
    monkeypatch.setattr(build, "is_kept", lambda made: bool(ready))
    rows = ArrayBlocks(np.zeros((100, 10)), np.zeros((100, 1)))
    for loss in (Logistic(), CrossEntropy()):
        ready.clear()
        for worth, expected in ((1001, False), (1000, False), (101, False), (100, True)):
            monkeypatch.setattr(passes, "WORTH", worth)
            assert passes.is_worth(rows, loss) is expected
        ready.append("kept")
        for worth, expected in ((1001, False), (1000, True)):
            monkeypatch.setattr(passes, "WORTH", worth)
            assert passes.is_worth(rows, loss) is expected


def test_what_is_kept_is_known_to_be(tmp_path, monkeypatch):
    """Kills: code that is said to be kept before it was made, and made anew where it is kept."""
    numba = pytest.importorskip("numba", reason="machine code is numba's")
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    assert not build.is_kept(None)
    first = numba.njit(cache=True)(_twice)
    assert not build.is_kept(first)
    first(1)
    assert build.is_kept(first)
    assert build.is_kept(numba.njit(cache=True)(_twice))


def _twice(x):
    return 2 * x
