"""A bowl from some of the rows in single precision, and fits of many rows that find bad cells by themselves."""

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.errors import InputError
from groundup.formulas.losses import CrossEntropy, LogCosh, Logistic, Poisson
from groundup.formulas.penalties import ElasticNet
from groundup.formulas.totals import Mean, Sum
from groundup.models import large, passes, sampled
from groundup.models.affine import Affine
from groundup.models.basis import basis_of
from groundup.models.cost import Cost
from groundup.models.objective import Objective
from groundup.models.whitened import WhitenedObjective
from groundup.solve.newton import BorrowedNewton, Point


def raw(loss=None, n=1280, weighted=False, l2=0.0, intercept=True, scale=1.0, total=None):
    rng = np.random.default_rng(0)
    X = scale * (rng.normal(size=(n, 5)) + np.array([0, 1, -3, 0, 20]))
    y = (rng.random((n, 1)) < 0.4).astype(float)
    weight = rng.integers(1, 4, n).astype(float) if weighted else None
    cost = Cost(Affine(5, fit_intercept=intercept), loss or Logistic())
    objective = Objective(cost, ArrayBlocks(X, y, weight), ElasticNet(l2=l2), total)
    return WhitenedObjective(objective, basis_of(objective.blocks, intercept, 4 * l2), raw=True)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("loss", [Logistic(), Poisson(), LogCosh()], ids=repr)
@pytest.mark.parametrize(
    "settings",
    [{}, {"weighted": True, "total": Sum()}, {"l2": 0.2, "weighted": True}, {"intercept": False}, {"scale": 1e20}],
    ids=str,
)
def test_of_all_rows_it_is_the_hessian(loss, settings, compiled, monkeypatch):
    """Kills: a shift, a weight or a price left out, a sum taken for a mean, runs that overlap or are cut off."""
    if compiled:
        pytest.importorskip("numba", reason="the compiled rows need the extra fast")
        monkeypatch.setattr(passes, "WORTH", 0)
    else:
        monkeypatch.setattr(sampled, "_compiled", lambda *_: None)
    monkeypatch.setattr(sampled, "NEAR_BYTES", 3 * 128 * 5 * 4)
    objective = raw(loss, **{"total": Mean(), **settings})
    c = 0.3 * np.random.default_rng(1).normal(size=objective.model.n_parameters)
    bowl, H = sampled.sampled_bowl(objective, c), objective.hessian(c)
    assert bowl is not None
    np.testing.assert_allclose(bowl.inverse @ H @ bowl.inverse.T, np.eye(len(H)), atol=1e-4)


def test_every_period_gives_its_first_rows(monkeypatch):
    """Kills: runs from one end of the file, a period that is forgotten."""
    objective = raw(n=1300)
    monkeypatch.setattr(sampled, "ROWS_PER_COLUMN", 60)  # 300 of 1,300 rows: one run of 128 in four
    found = sampled._bent(objective, objective.whitened, objective.blocks, np.zeros(6))
    picked = np.concatenate([np.arange(128), 512 + np.arange(128)])
    near = objective.blocks.X[picked] - objective.basis.shift
    assert found.weight == 256
    np.testing.assert_allclose(found.across, 0.25 * near.T @ near, rtol=1e-5, atol=1e-3)


def test_single_precision_says_where_it_will_not_do():
    """Columns that differ by 1e-4 in a basis that does not part them: None, not a bowl of rounding."""
    objective = raw()
    X = objective.blocks.X
    X[:, 1] = X[:, 0] + 1e-4 * X[:, 1]
    basis = objective.basis._replace(shift=X.mean(axis=0), map=np.eye(5))
    uneven = WhitenedObjective(Objective(Cost(Affine(5), Logistic()), objective.blocks), basis, raw=True)
    assert sampled.sampled_bowl(uneven, np.zeros(6)) is None


@pytest.mark.parametrize("compiled", [True, False])
def test_a_row_far_out_is_no_warning(compiled, monkeypatch):
    """1e60 is beyond single precision: None, and the exact Hessian is asked. Kills: NaN weights, a LinAlgError."""
    if compiled:
        pytest.importorskip("numba", reason="the compiled rows need the extra fast")
        monkeypatch.setattr(passes, "WORTH", 0)
    else:
        monkeypatch.setattr(sampled, "_compiled", lambda *_: None)
    objective = raw()
    objective.blocks.X[77, 2] = 1e60
    assert sampled.sampled_bowl(objective, np.zeros(6)) is None


def test_a_bowl_is_renewed_once_unless_it_costs_nothing():
    """Kills: a renewal before the first half is gone, a second one, one that is not used."""

    class Valley:
        def value_and_gradient(self, x):
            return float(np.cosh(x[0])), np.sinh(x)

    class Fixed:
        sure, spread = True, 1.0

        def solve(self, g):
            return g / 4

        def length(self, g):
            return abs(float(g[0]))

    asked = []
    method = BorrowedNewton(Fixed(), lambda x: asked.append(float(x[0])) or None, often=False)
    x, memory = np.array([1.0]), method.init(np.array([1.0]))
    places = []
    for _ in range(12):
        places.append(float(x[0]))
        x, memory = method.step(Valley(), Point(x, *Valley().value_and_gradient(x)), memory, 1.0)
    assert asked == [next(x for x in places if np.sinh(x) <= np.sinh(1.0) / 2)]


@pytest.mark.parametrize("K", [1, 3])
def test_the_longest_row_comes_with_the_first_pass(K, monkeypatch):
    """Kills: a maximum over the last piece only, the length in place of its square."""
    monkeypatch.setattr(passes, "PIECE_BYTES", 1024 * 5 * 8)
    X = np.random.default_rng(0).normal(size=(5000, 5))
    X[1234] *= 50
    y = np.eye(3)[np.arange(5000) % 3] if K == 3 else (np.arange(5000.0)[:, None] % 2)
    cost = Cost(Affine(5, K), CrossEntropy() if K == 3 else Logistic())
    for worth in (True, False):
        seen = passes.look(cost, ArrayBlocks(X, y), np.zeros(6 * K), lengths=True, worth=worth)
        assert seen.longest == pytest.approx((X[1234] ** 2).sum(), rel=1e-12)
        assert seen.tally.cost == pytest.approx(5000 * np.log(max(K, 2)), rel=1e-12)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("place", [(17, 2), (39_999, 4), (23_456, 0)])
def test_bad_cells_are_found_by_the_first_pass(value, classes, place, monkeypatch):
    """Among 40,000 rows, of which a part is looked at first. Kills: NaN weights, hundreds of halved steps."""
    monkeypatch.setattr(large, "LARGE_NUMBERS", 100_000)
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(40_000, 5)), rng.integers(0, classes, 40_000)
    X[place] = value
    with pytest.raises(InputError, match=f"row {place[0]}, column {place[1]} holds (NaN|inf|-inf)"):
        gu.LogisticRegression().fit(X, y)
    X[place] = 0.0
    X[:, 1] = X[:, 0]  # these rows must be whitened, and are looked at before
    X[place] = value
    with pytest.raises(InputError, match=f"row {place[0]}, column {place[1]} holds (NaN|inf|-inf)"):
        gu.LogisticRegression().fit(X, y)
    with pytest.raises(InputError, match=f"row {place[0]}, column {place[1]} holds (NaN|inf|-inf)"):
        gu.LogisticRegression(multiclass="one-vs-rest").fit(X, y)


def test_sums_of_costs_keep_their_last_digits():
    """A million equal costs. Kills: a plain running sum, whose rounding stops a line search far from the minimum."""
    pytest.importorskip("numba", reason="the sum is that of the compiled pass")
    rows = ArrayBlocks(np.zeros((1_000_000, 1)), np.zeros((1_000_000, 1)))
    seen = passes.look(Cost(Affine(1), Logistic()), rows, np.array([0.0, 0.3]), lengths=False, worth=True)
    assert seen.tally.cost == pytest.approx(1e6 * np.log1p(np.exp(0.3)), rel=1e-15)


def test_many_rows_have_the_answer_of_all_of_them(monkeypatch):
    """By a part and a sampled bowl, compiled or not, and by Newton's own Hessians."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(40_000, 6)) @ rng.normal(size=(6, 6)) + rng.normal(size=6)
    y = (X @ rng.normal(size=6) + 3 * rng.logistic(size=40_000) > 1).astype(int)
    plain = gu.LogisticRegression().fit(X, y)
    monkeypatch.setattr(large, "LARGE_NUMBERS", 100_000)
    fast = gu.LogisticRegression().fit(X, y)
    monkeypatch.setattr(passes, "_compiled", lambda *_: None)
    monkeypatch.setattr(sampled, "_compiled", lambda *_: None)
    slow = gu.LogisticRegression().fit(X, y)
    for model in (fast, slow):
        assert model.reason_.startswith("converged")
        np.testing.assert_allclose(model.coef_, plain.coef_, rtol=1e-9)
        np.testing.assert_allclose(model.intercept_, plain.intercept_, rtol=1e-8)
