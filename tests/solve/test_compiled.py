"""A compiled epoch takes the same steps as the definition: every loss, every method, every way to run it."""

import inspect
import math
import os
import platform
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import NEAR_BYTES, ArrayBlocks, shuffled
from groundup.formulas.losses import NAMES, CrossEntropy, KLDivergence, Logistic, Loss, Squared
from groundup.formulas.penalties import ElasticNet
from groundup.formulas.totals import Mean, RootMean, Sum
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.clipping import Clipped
from groundup.solve.compiled import CompiledTraining, build, epochs
from groundup.solve.listeners import History
from groundup.solve.loop import Training
from groundup.solve.methods import METHODS
from groundup.solve.momentum import Momentum

pytestmark = pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")


def subclasses(kind):
    for sub in kind.__subclasses__():
        yield sub
        yield from subclasses(sub)


LOSSES = [
    loss
    for kind in dict.fromkeys(subclasses(Loss))
    if not inspect.isabstract(kind) and kind.__module__.startswith("groundup.") and not kind.rowwise
    for loss in kind.examples()
]


def forget():
    build.epoch.cache_clear()
    build.tally.cache_clear()


@pytest.fixture
def interpreted(monkeypatch):
    """The loops as plain Python: the same lines without two seconds of compiling for each combination."""

    def njit(function=None, **_):
        return function if function is not None else lambda function: function

    fake = SimpleNamespace(njit=njit)
    monkeypatch.setattr(build, "numba_or_none", lambda: fake)
    monkeypatch.setattr(build, "_prefetch", lambda *_: lambda X, i, start, stop: None)
    forget()
    yield
    forget()


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_every_loss_is_traced_as_it_is(loss):
    """Kills: an operation of a symbol that is not NumPy's, a branch lost, constants in the wrong order."""
    lines = build.look_of(loss)
    look = build.written(lines.code, "look")
    rng = np.random.default_rng(0)
    z = np.concatenate([rng.normal(size=200) * 3, [0.0, -0.0, 1.0, -1.0, 30.0, -30.0, math.nan]])
    for y in (0.0, 1.0, 2.5) if loss.domain.contains(np.array([2.5])) else (0.0, 1.0):
        value, slope = loss.value_and_gradient(z, np.full_like(z, y))
        with np.errstate(all="ignore"):
            got = np.array([look(one, y, lines.constants) for one in z])
        np.testing.assert_allclose(got[:, 1], slope, rtol=1e-14, atol=1e-300)
        np.testing.assert_allclose(got[:, 0], value, rtol=1e-14, atol=1e-300)


def rows(loss, n=41, d=3, outputs=1, weights=False, seed=1):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    y = rng.integers(0, 2, size=(n, outputs)).astype(float)
    if loss.rowwise:
        y = np.eye(outputs)[rng.integers(0, outputs, size=n)]
    elif loss.domain.contains(np.array([2.5])):
        y = y + rng.uniform(0.1, 1, size=y.shape)
    return ArrayBlocks(X, y, rng.uniform(0.2, 2, size=n) if weights else None)


def both(objective, method, *, batch_size, shuffle=True, rate=0.02, epochs=3):
    """Parameters and memory after some epochs, step by step and compiled."""
    loops = []
    for kind in (Training, CompiledTraining):
        rng = np.random.default_rng(5) if shuffle else None
        start = objective.model.start()
        loop = kind(
            objective, method, parameters=start, learning_rate=rate, epochs=epochs, batch_size=batch_size, rng=rng
        )
        loop.run()
        loops.append(loop)
    assert loops[1]._epoch is not None, "the compiled epoch was not taken"
    return loops


def assert_same(one, other, rtol=1e-10):
    size = np.abs(one.parameters).max()
    assert size > 1e-4
    np.testing.assert_allclose(other.parameters, one.parameters, rtol=rtol, atol=rtol * size)
    assert len(one.memory) == len(other.memory)
    for mine, theirs in zip(one.memory, other.memory, strict=True):
        assert type(mine) is type(theirs)
        np.testing.assert_allclose(theirs, mine, rtol=rtol, atol=rtol * max(1e-300, np.abs(mine).max()))
    assert one.step == other.step
    assert one.reason == other.reason
    value, gradient = one.objective.value_and_gradient(other.parameters)
    other._whole = None
    whole = other.look_at_all()
    assert whole.value == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(whole.gradient, gradient, rtol=1e-9, atol=1e-11 * max(1, np.abs(gradient).max()))


@pytest.mark.usefixtures("interpreted")
class TestSameSteps:
    """The definition and the lines of the compiled loop, to 1e-10 after three epochs."""

    @pytest.mark.parametrize("loss", LOSSES, ids=repr)
    @pytest.mark.parametrize("total", [Mean(), Sum(), RootMean()], ids=repr)
    def test_losses_and_totals(self, loss, total):
        """Kills: a total's factor, a root without its cost, a bias that is penalised."""
        if isinstance(total, RootMean) and not loss.nonnegative:
            return
        objective = Objective(Cost(Affine(3), loss), rows(loss), ElasticNet(0.01, 0.1), total)
        assert_same(*both(objective, METHODS["gradient_descent"](), batch_size=8))

    @pytest.mark.parametrize("name", METHODS)
    @pytest.mark.parametrize("batch_size", [1, 4, 40])
    @pytest.mark.parametrize("weights", [False, True])
    @pytest.mark.parametrize("intercept", [False, True])
    @pytest.mark.parametrize("l2", [0.0, 0.3])
    def test_methods(self, name, batch_size, weights, intercept, l2):
        """Kills: memory in the wrong row, a count of steps that stands still, a last batch divided by the full size."""
        loss = Logistic()
        model = Affine(3, fit_intercept=intercept)
        objective = Objective(Cost(model, loss), rows(loss, weights=weights), ElasticNet(l2=l2))
        assert_same(*both(objective, METHODS[name](), batch_size=batch_size))

    @pytest.mark.parametrize("method", [Momentum(0.5, 0.5), METHODS["lion"](weight_decay=0.2), METHODS["adamw"]()])
    def test_settings(self, method):
        """Kills: a constant taken from another method, weight decay that falls on the bias."""
        loss = NAMES["huber"]
        assert_same(*both(Objective(Cost(Affine(3), loss), rows(loss)), method, batch_size=8, shuffle=False))

    @pytest.mark.parametrize("loss", [CrossEntropy(), CrossEntropy(0.1), KLDivergence(), Squared(), Logistic()])
    @pytest.mark.parametrize("intercept", [False, True])
    @pytest.mark.parametrize("weights", [False, True])
    def test_several_outputs(self, loss, intercept, weights):
        """Kills: weights of features and outputs exchanged, a mean over rows where it is over all costs."""
        data = rows(loss, outputs=4, weights=weights)
        objective = Objective(Cost(Affine(3, 4, fit_intercept=intercept), loss), data, ElasticNet(l2=0.1))
        assert_same(*both(objective, METHODS["momentum"](), batch_size=8))

    def test_what_cannot_be_traced_is_walked(self):
        """Kills: a norm of symbols taken for a number."""
        objective = Objective(Cost(Affine(3), Squared()), rows(Squared()))
        method = Clipped(METHODS["adam"](), norm=0.1)
        settings = {"parameters": np.zeros(4), "learning_rate": 0.1, "epochs": 2, "batch_size": 8}
        one, other = Training(objective, method, **settings), CompiledTraining(objective, method, **settings)
        one.run(), other.run()
        np.testing.assert_array_equal(one.parameters, other.parameters)

    def test_a_divergence_tells_the_same_story(self):
        """Kills: NaN handed over, another number of updates in the reason."""
        objective = Objective(Cost(Affine(3), Squared()), rows(Squared()))
        settings = {"parameters": np.zeros(4), "learning_rate": 1e60, "epochs": 4, "batch_size": 8}
        loops = [kind(objective, METHODS["momentum"](), **settings) for kind in (Training, CompiledTraining)]
        with np.errstate(all="ignore"):  # machine code does not warn, plain Python does
            for loop in loops:
                loop.run()
        assert loops[0].reason == loops[1].reason == "diverged"
        assert loops[0].step == loops[1].step
        np.testing.assert_array_equal(loops[0].parameters, loops[1].parameters)

    def test_the_first_batch_of_an_epoch(self):
        """Kills: the rows as they lie in the place of the first batch of the shuffle."""
        objective = Objective(Cost(Affine(3), Logistic()), rows(Logistic()))
        seen = []
        for kind in (Training, CompiledTraining):
            losses = []

            def look(state, losses=losses):
                if state.epoch_starts:
                    losses.append((state.loss, *state.gradient))

            settings = {"learning_rate": 0.1, "epochs": 3, "batch_size": 8, "rng": np.random.default_rng(2)}
            kind(objective, METHODS["adam"](), parameters=np.zeros(4), listeners=[look], **settings).run()
            seen.append(losses)
        assert len(seen[0]) == 4
        np.testing.assert_allclose(seen[1], seen[0], rtol=1e-11)

    def test_stop_change_and_go_on(self):
        """Kills: a change between epochs that is overlooked, epochs counted twice, an order drawn twice."""
        objective = Objective(Cost(Affine(3), Logistic()), rows(Logistic()))
        ends = []
        for kind in (Training, CompiledTraining):
            loop = kind(
                objective,
                METHODS["momentum"](),
                parameters=np.zeros(4),
                learning_rate=0.1,
                epochs=9,
                batch_size=8,
                rng=np.random.default_rng(2),
                schedule=lambda epoch: 0.9**epoch,
            )
            loop.run(epochs=2)
            loop.learning_rate = 0.3
            loop.run(epochs=1)
            loop.weights = [1.0, 2.0, 3.0]
            next(loop), next(loop), next(loop)
            loop.run(epochs=2)
            assert loop.step == 5 * 6 + 3
            place = loop.place()
            loop.run(epochs=1)
            loop.move_to(place)
            assert loop.step == 5 * 6 + 3
            loop.run()
            ends.append(loop)
        assert_same(*ends)


@pytest.mark.parametrize(
    ("loss", "name", "outputs", "weights", "batch_size", "features"),
    [
        (Logistic(), "gradient_descent", 1, True, 32, 17),
        (Logistic(), "gradient_descent", 1, True, 1, 17),
        (Squared(), "gradient_descent", 1, False, 32, 1030),
        (NAMES["rmse"], "adam", 1, False, 32, 17),
        (CrossEntropy(), "momentum", 3, True, 32, 17),
    ],
    ids=["logistic", "rows by themselves", "wide rows", "rmse", "softmax"],
)
def test_machine_code(loss, name, outputs, weights, batch_size, features):
    """The compiled loop itself. Kills: a fast-math flag too many, a prefetch that reads, or beyond the last row."""
    pytest.importorskip("numba")
    forget()
    data = rows(loss, n=301, d=features, outputs=outputs, weights=weights)
    objective = Objective(Cost(Affine(features, outputs), loss), data, ElasticNet(l2=0.1))
    assert_same(*both(objective, METHODS[name](), batch_size=batch_size, rate=0.02 if features < 100 else 1e-4))


def test_machine_code_has_one_name():
    """Kills: a name made from a set, whose order is another one in every process, so that nothing is found again."""
    code = (
        "from groundup.solve.compiled import build; from groundup.formulas.losses import NAMES;"
        "print(build.tally(build.look_of(NAMES['logistic']).code, False, False).__name__)"
    )
    pytest.importorskip("numba")
    names = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)]
    assert names[0] == names[1] != b""


def test_steps_by_hand_are_not_compiled():
    """Kills: seconds of compiling before the first state that somebody wants to look at."""
    objective = Objective(Cost(Affine(3), Logistic()), rows(Logistic()))
    settings = {"parameters": np.zeros(4), "learning_rate": 0.1, "epochs": 3, "batch_size": 8}
    loop = CompiledTraining(objective, METHODS["momentum"](), listeners=[History()], **settings)
    for _ in range(13):
        assert next(loop).whole.value > 0
    assert loop._epoch is None


def test_without_a_folder_for_machine_code_it_is_compiled_all_the_same():
    """Kills: an installation that nobody may write to, with no home, in which nothing can be fitted."""

    def njit(cache=False, **_):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: ("compiled", function)

    assert build.kept(SimpleNamespace(njit=njit), abs) == ("compiled", abs)


KEPT = """
import sys
import numba
import numpy as np
from groundup.solve.compiled import build, lying
loop = build.kept(numba, build.function_with(lying.square, vars(lying), "a test"))
assert loop(np.array([[3.0, 4.0]]), 0) == 25
print("numba.np.linalg" in sys.modules, sum(loop.stats.cache_hits.values()))
"""


def test_what_is_kept_comes_without_the_compiler(tmp_path):
    """Kills: 0.35 s in which numba makes ready what it compiles with, and SciPy with it, where nothing is compiled."""
    pytest.importorskip("numba", reason="machine code needs numba")
    place = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    told = [
        subprocess.run([sys.executable, "-c", KEPT], env=place, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert told == ["True 0\n", "False 1\n"]


def test_a_place_is_looked_at_once(monkeypatch):
    """Kills: the last epoch's pass over all rows done again for the verdict."""
    calls = []
    original = Objective.value_and_gradient

    def counted(self, parameters):
        calls.append(self.blocks.n_rows)
        return original(self, parameters)

    monkeypatch.setattr(Objective, "value_and_gradient", counted)
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(50, 3)), rng.integers(0, 2, 50)
    settings = {"solver": "gradient_descent", "batch_size": 10, "learning_rate": 0.1, "tolerance": 0}
    gu.LogisticRegression(epochs=3, random_state=0, **settings).fit(X, y)
    assert calls.count(50) == 4  # the start, and the end of each epoch


def test_float32_rows_are_summed_in_float64():
    """Kills: products in float32, a copy of the rows."""
    pytest.importorskip("numba")
    forget()
    loss = Squared()
    data = rows(loss, d=17)
    narrow = ArrayBlocks(data.X.astype(np.float32), data.y.astype(np.float32))
    wide = ArrayBlocks(narrow.X.astype(float), narrow.y.astype(float))
    method = METHODS["adam"]()
    _, got = both(Objective(Cost(Affine(17), loss), narrow), method, batch_size=8)
    exact, _ = both(Objective(Cost(Affine(17), loss), wide), method, batch_size=8)
    assert_same(exact, got)


def test_float32_rows_have_the_gradient_of_their_numbers():
    """Rows stay float32 in memory, every sum is float64. Kills: sums in float32, which lose eight digits."""
    loss = Logistic()
    data = rows(loss, n=5000, d=17)
    narrow = ArrayBlocks(data.X.astype(np.float32), data.y.astype(np.float32), block_rows=256)
    wide = ArrayBlocks(narrow.X.astype(float), narrow.y.astype(float), block_rows=256)
    w = np.random.default_rng(0).normal(size=18)
    (value, g), (same, exact) = (Objective(Cost(Affine(17), loss), b).value_and_gradient(w) for b in (narrow, wide))
    assert value == pytest.approx(same, rel=1e-14)
    np.testing.assert_allclose(g, exact, rtol=1e-13, atol=1e-16)


def test_estimators_choose_it_by_themselves(monkeypatch):
    """Kills: a fast path nobody takes, listeners that miss steps, other numbers without numba."""
    pytest.importorskip("numba")
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(300, 17)), rng.integers(0, 2, 300)
    settings = {"solver": "gradient_descent", "batch_size": 32, "epochs": 600, "learning_rate": 0.05, "tolerance": 0}

    def fit(**more):
        return gu.LogisticRegression(random_state=1, **settings, **more).fit(X, y)

    calls = []
    original = epochs.Epoch.__call__
    monkeypatch.setattr(epochs.Epoch, "__call__", lambda *a: calls.append(1) or original(*a))
    fast = fit()
    assert len(calls) == 600
    assert len(fast.history_["loss"]) == 601
    steps = []
    watched = fit(listeners=[lambda state: steps.append(state.step)])
    assert len(steps) == 6001
    assert len(calls) == 600
    monkeypatch.setitem(sys.modules, "numba", None)
    forget()
    plain = fit()
    forget()
    assert len(calls) == 600
    np.testing.assert_allclose(fast.coef_, watched.coef_, rtol=1e-10)
    np.testing.assert_array_equal(plain.coef_, watched.coef_)
    np.testing.assert_allclose(fast.history_["loss"], plain.history_["loss"], rtol=1e-10)


def test_large_data_are_shuffled_in_runs():
    """Kills: rows lost or doubled, runs that stay together, windows in the order of the file."""
    n = 50_000
    order = shuffled(n + 3, NEAR_BYTES + 1, 32, np.random.default_rng(0))
    assert np.array_equal(np.sort(order), np.arange(n + 3))
    neighbours = np.mean(np.abs(np.diff(order)) == 1)
    assert neighbours < 3 * 30 / 4096  # 15 pairs in a run of 16, each side by side with a chance of 2 / 4096
    # The mean place of 4,096 rows drawn at random in runs of 16: deviation n / sqrt(12 * 256); false alarm 1e-9.
    assert abs(np.mean(order[:4096]) - n / 2) < 6.1 * n / math.sqrt(12 * 256)


def test_batches_have_the_same_order_both_ways():
    """Sorted labels, runs of equal rows. Kills: batches that take neighbours from one run."""
    rng = np.random.default_rng(3)
    order = shuffled(100_000, NEAR_BYTES + 1, 32, rng)
    label = (order >= 50_000).astype(float)
    means = label.reshape(-1, 32).mean(axis=1)
    # 3,125 variances of about 1/4/32, at most 12 % more; their mean has a relative deviation of sqrt(2/3125): 1e-9.
    assert 0.8 < means.var() * 4 * 32 < 1.12 + 6.1 * math.sqrt(2 / 3125)


@pytest.mark.parametrize("batch_size", [1, 8])
def test_what_is_remembered_of_a_gradient_that_ended_becomes_nothing(batch_size):
    """A column that is 0 but in the first row. Kills: numbers below 2.2e-308, with which an epoch takes ten times as
    long; a processor that is left with other settings than before."""
    pytest.importorskip("numba")
    n = 8000 * batch_size
    X = np.ones((n, 2))
    X[1:, 1] = 0.0
    objective = Objective(Cost(Affine(2), Squared()), ArrayBlocks(X, np.arange(1, n + 1)[:, None] % 2.0))
    settings = {"parameters": np.zeros(3), "learning_rate": 1e-3, "epochs": 1, "batch_size": batch_size}
    loops = [kind(objective, METHODS["adam"](), **settings) for kind in (Training, CompiledTraining)]
    for loop in loops:
        loop.run()
    plain, fast = (abs(loop.memory[1][1]) for loop in loops)
    assert 0 < plain < np.finfo(float).tiny
    if platform.machine().lower() in ("x86_64", "amd64"):
        assert fast == 0.0
    np.testing.assert_allclose(loops[1].parameters, loops[0].parameters, rtol=1e-9)
    assert np.array([np.finfo(float).tiny]) * 0.5 > 0
