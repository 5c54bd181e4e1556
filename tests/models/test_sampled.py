"""A bowl from some of the rows in single precision, and fits of many rows that find bad cells by themselves."""

import tracemalloc

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.data.coded import CodedBlocks
from groundup.errors import InputError
from groundup.estimators import class_task
from groundup.formulas.losses import CrossEntropy, LogCosh, Logistic, Poisson
from groundup.formulas.penalties import ElasticNet
from groundup.formulas.totals import Mean, Sum
from groundup.models import large, passes, sampled
from groundup.models.affine import Affine
from groundup.models.basis import basis_of
from groundup.models.cost import Cost
from groundup.models.objective import Objective
from groundup.models.whitened import WhitenedObjective
from groundup.solve.newton import BorrowedNewton, Point, bowl_of


def raw(loss=None, n=1280, weighted=False, l2=0.0, intercept=True, scale=1.0, total=None, d=5, dtype=float):
    rng = np.random.default_rng(0)
    X = (scale * (rng.normal(size=(n, d)) + np.resize([0, 1, -3, 0, 20], d))).astype(dtype)
    y = (rng.random((n, 1)) < 0.4).astype(float)
    weight = rng.integers(1, 4, n).astype(float) if weighted else None
    cost = Cost(Affine(d, fit_intercept=intercept), loss or Logistic())
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


def test_a_bowl_is_renewed_until_there_is_none():
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
    method = BorrowedNewton(Fixed(), lambda x: asked.append(float(x[0])) or None, first_at=0.5)
    x, memory = np.array([1.0]), method.init(np.array([1.0]))
    places = []
    for _ in range(12):
        places.append(float(x[0]))
        x, memory = method.step(Valley(), Point(x, *Valley().value_and_gradient(x)), memory, 1.0)
    assert asked == [next(x for x in places if np.sinh(x) <= np.sinh(1.0) / 2)]


def test_the_way_to_the_bottom_of_a_bowl_is_bent():
    """A step from x on cosh: Newton's has the length t = tanh x, Chebyshev's t + t³/2.

    Kills: a correction of the wrong sign, twice as long, one along a bowl that is not the new one, or of an old bowl.
    """
    cosh, sinh = np.cosh, np.sinh

    class Valley:
        def value_and_gradient(self, x):
            return float(cosh(x[0])), sinh(x)

    def step(x, renew, more=1):
        def third(x, p):
            return more * 0.5 * sinh(x) * p * p

        x = np.array([x])
        method = BorrowedNewton(bowl_of(np.eye(1)), renew, 1.0, third)
        return float(method.step(Valley(), Point(x, float(cosh(x[0])), sinh(x)), method.init(x), 1.0)[0][0])

    def fresh(x):
        return bowl_of(cosh(x)[:, None])

    t = np.tanh(0.5)
    assert step(0.5, fresh) == pytest.approx(0.5 - t - t**3 / 2, rel=1e-14)
    assert step(0.5, None) == pytest.approx(0.5 - np.sinh(0.5), rel=1e-14)
    # So bent a way tells nothing.
    assert step(0.5, fresh, more=100) == pytest.approx(0.5 - t, rel=1e-14)


WAYS = [{}, {"weighted": True, "total": Sum()}, {"l2": 0.2, "weighted": True}, {"intercept": False}, {"n": 1999}]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("loss", [Logistic(), Poisson(), LogCosh()], ids=repr)
@pytest.mark.parametrize("settings", WAYS, ids=str)
def test_a_pass_that_makes_the_bowl_on_the_way(loss, settings, dtype, monkeypatch):
    """Is bound to the plain pass and to the Hessian. Kills: rows left over after a run, an odd row, columns left over
    after a vector, a weight that is squared, a sum that remembers the last piece, a bowl of another place."""
    pytest.importorskip("numba", reason="the compiled rows need the extra fast")
    monkeypatch.setattr(passes, "WORTH", 0)
    for d in (1, 5, 16, 37):
        monkeypatch.setattr(passes, "PIECE_BYTES", 1024 * 8 * d)
        objective = raw(loss, **{"total": Mean(), **settings}, d=d, dtype=dtype)
        c = 0.3 * np.random.default_rng(1).normal(size=objective.model.n_parameters)
        plain = objective.tally(c)
        bowls = sampled.BowlOnTheWay(objective, [1, 1])
        assert objective.aside is not None
        found, H = objective.tally(c), objective.hessian(c)
        assert found.cost == pytest.approx(plain.cost, rel=1e-13)
        assert found.weight == plain.weight
        np.testing.assert_allclose(
            found.gradient, plain.gradient, rtol=1e-11, atol=1e-11 * np.abs(plain.gradient).max()
        )
        monkeypatch.setattr(sampled, "_bent", None)  # no other way to a bowl
        bowl = bowls(c)
        monkeypatch.undo()
        monkeypatch.setattr(passes, "WORTH", 0)
        assert bowl is not None
        np.testing.assert_allclose(bowl.inverse @ H @ bowl.inverse.T, np.eye(len(H)), atol=1e-4)
        other = bowls(c + 0.1)  # no pass has been there
        H = objective.hessian(c + 0.1)
        np.testing.assert_allclose(other.inverse @ H @ other.inverse.T, np.eye(len(H)), atol=0.5)
        assert bowls(c) is None


def test_every_so_manieth_run_makes_the_bowl(monkeypatch):
    """Kills: runs from one end of each piece, all rows in the weight of a part."""
    pytest.importorskip("numba", reason="the compiled rows need the extra fast")
    monkeypatch.setattr(passes, "WORTH", 0)
    monkeypatch.setattr(sampled, "ROWS_ON_THE_WAY", 100)
    objective = raw(n=1300)  # 1,300 rows, 500 are enough: one run of 64 in two
    look = sampled._look_on_the_way(objective)
    picked = np.concatenate([np.arange(k, min(k + 64, 1300)) for k in range(0, 1300, 128)])
    X = objective.blocks.X[picked] - objective.basis.shift
    tally, bent = look(np.zeros(6), 1)
    assert (tally.weight, bent.weight) == (1300, len(picked))
    np.testing.assert_allclose(bent.across, X.T @ X / 4, rtol=1e-4, atol=1e-3)
    assert bent.level == pytest.approx(len(picked) / 4, rel=1e-6)


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


def test_a_bad_cell_in_a_class_of_weight_0(monkeypatch):
    """Kills: rows that say nothing, and are never looked at."""
    monkeypatch.setattr(large, "LARGE_NUMBERS", 10_000)
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(3000, 5)), rng.integers(0, 3, 3000)
    row = int(np.argmax(y == 2))
    X[row, 3] = np.nan
    with pytest.raises(InputError, match=f"row {row}, column 3 holds NaN"):
        gu.LogisticRegression(class_weight={2: 0.0}).fit(X, y)


@pytest.mark.parametrize("weighted", [False, True])
def test_an_exact_hessian_is_the_hessian_and_the_pass_is_a_pass(weighted, monkeypatch):
    """Kills: single precision in standard errors, a price or a share left in, a gradient of another place."""
    pytest.importorskip("numba", reason="machine code needs numba")
    monkeypatch.setattr(passes, "WORTH", 0)
    rng = np.random.default_rng(3)
    X = rng.normal(size=(3000, 11)) * np.logspace(-3, 3, 11) + 1.0
    weight = rng.random(3000) if weighted else None
    rows = ArrayBlocks(X, rng.integers(0, 2, (3000, 1)).astype(float), weight)
    objective = Objective(Cost(Affine(11), Logistic()), rows, ElasticNet(l2=0.0))
    whitened = WhitenedObjective(objective, basis_of(rows, True), raw=True)
    parameters = rng.normal(size=12)
    H = sampled.exact_hessian(whitened, parameters)
    np.testing.assert_allclose(H, whitened.hessian(parameters), rtol=1e-12, atol=1e-14)
    value, gradient = whitened.value_and_gradient(parameters)
    whitened.forget()
    assert whitened.value_and_gradient(parameters.copy())[0] == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(whitened.value_and_gradient(parameters.copy())[1], gradient, atol=1e-15)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("kind", [bool, np.int64, "U3"])
def test_labels_in_bytes_are_the_same_labels(kind, compiled, monkeypatch):
    """Kills: a byte taken for a truth, 0 - 1 = 255, labels of the user's that are written to."""
    if compiled:
        pytest.importorskip("numba", reason="machine code needs numba")
    else:
        monkeypatch.setattr(passes, "_compiled", lambda *_: None)
        monkeypatch.setattr(sampled, "_look_on_the_way", lambda *_, **__: None)
        monkeypatch.setattr(sampled, "_compiled", lambda *_: None)
    rng = np.random.default_rng(4)
    X = rng.normal(size=(60_000, 17))
    y = (X[:, 0] > rng.normal(size=60_000)).astype(kind)
    before = y.copy()
    coded = gu.LogisticRegression().fit(X, y)
    assert type(coded._task(X, y, None).blocks) is CodedBlocks
    monkeypatch.setattr(class_task, "MANY_ROWS", 10**9)
    plain = gu.LogisticRegression().fit(X, y)
    np.testing.assert_allclose(coded.coef_, plain.coef_, rtol=0, atol=1e-13)
    one, other = (model.summary(show=False) for model in (coded, plain))
    np.testing.assert_allclose(one.standard_errors, other.standard_errors, rtol=1e-11)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-13)
    assert (y == before).all()


def test_labels_take_bytes_and_no_floats():
    """With a float for each label it would be 11 bytes a row; with bytes it is 5. Kills: floats kept beside rows."""
    rng = np.random.default_rng(5)
    X = rng.normal(size=(4_000_000, 2))
    y = (X[:, 0] > rng.normal(size=len(X))).astype(np.int64)
    tracemalloc.start()
    gu.LogisticRegression().fit(X, y)
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert highest < 8 * len(y)
