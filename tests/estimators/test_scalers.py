"""Scalers: scikit-learn's numbers, scikit-learn's checks, and more digits where a column is far from zero."""

import os
import subprocess
import sys
import warnings
from fractions import Fraction

import numpy as np
import pytest
import sklearn
from sklearn import preprocessing as theirs
from sklearn.utils.estimator_checks import estimator_checks_generator

from groundup.errors import InputError, NotFittedError
from groundup.estimators import scalers as ours

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

rng = np.random.default_rng(0)
X = rng.normal(size=(5000, 4)) * [1.0, 100.0, 1e-3, 1.0] + [0.0, 5.0, 1.0, -3.0]
X[:, 3] = 7.0
W = rng.random(5000)
ALL = [ours.StandardScaler, ours.MinMaxScaler, ours.RobustScaler]


def checks():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that we do not inherit from BaseEstimator, which is the point
        given = [pair for kind in ALL for pair in estimator_checks_generator(kind())]
    return [(e, check) for e, check in given if getattr(check, "func", check).__name__ != "check_array_api_input"]


@pytest.mark.parametrize(
    ("estimator", "check"),
    checks(),
    ids=lambda x: getattr(getattr(x, "func", x), "__name__", None) or type(x).__name__,
)
def test_all_of_scikit_learns_checks(estimator, check):
    """Every check of check_estimator, none expected to fail."""
    check(estimator)


def test_the_check_that_needs_an_environment():
    """check_array_api_input asks for an environment variable that must be set before SciPy is imported."""
    code = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "from sklearn.utils.estimator_checks import check_array_api_input\n"
        "from groundup.estimators.scalers import MinMaxScaler, RobustScaler, StandardScaler\n"
        "for kind in (MinMaxScaler, RobustScaler, StandardScaler):\n"
        "    check_array_api_input(kind.__name__, kind(), array_namespace='numpy', expect_only_array_outputs=False)\n"
        "print('passed')"
    )
    environment = {**os.environ, "SCIPY_ARRAY_API": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, env=environment)
    assert done.stdout.strip() == "passed", done.stderr


PAIRS = [
    (ours.StandardScaler(), theirs.StandardScaler()),
    (ours.StandardScaler(with_mean=False), theirs.StandardScaler(with_mean=False)),
    (ours.StandardScaler(with_std=False), theirs.StandardScaler(with_std=False)),
    (ours.MinMaxScaler(), theirs.MinMaxScaler()),
    (ours.MinMaxScaler((-2, 5)), theirs.MinMaxScaler(feature_range=(-2, 5))),
    (ours.RobustScaler(), theirs.RobustScaler()),
    (ours.RobustScaler(quantile_range=(10, 80)), theirs.RobustScaler(quantile_range=(10, 80))),
    (ours.RobustScaler(with_centering=False), theirs.RobustScaler(with_centering=False)),
    (ours.RobustScaler(with_scaling=False), theirs.RobustScaler(with_scaling=False)),
]
LEARNT = ["mean_", "var_", "scale_", "min_", "data_min_", "data_max_", "data_range_", "center_", "n_samples_seen_"]


@pytest.mark.parametrize(("our", "their"), PAIRS, ids=lambda e: repr(e) if type(e) in ALL else "")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("order", ["C", "F"])
def test_the_numbers_of_scikit_learn(our, their, dtype, order):
    """Kills: n - 1 for n, another rule for quantiles, a constant column divided by 0, a range that is not reached."""
    given = np.asarray(X, dtype=dtype, order=order)
    before = given.copy()
    z = our.fit_transform(given)
    tolerance = {"rtol": 1e-12, "atol": 1e-12} if dtype == np.float64 else {"rtol": 1e-5, "atol": 1e-4}
    np.testing.assert_allclose(z, their.fit_transform(given.copy()), **tolerance)
    assert z.dtype == dtype
    assert z is not given
    back = our.inverse_transform(z)
    assert back.dtype == dtype
    assert (np.abs(back - given) <= 4 * np.finfo(dtype).eps * np.abs(given).max(axis=0)).all()
    np.testing.assert_array_equal(given, before)
    if dtype == np.float64:
        for name in LEARNT:
            assert hasattr(our, name) == hasattr(their, name), name
            if getattr(their, name, None) is not None:
                np.testing.assert_allclose(getattr(our, name), getattr(their, name), rtol=1e-12, err_msg=name)


@pytest.mark.parametrize("kind", [ours.StandardScaler, ours.MinMaxScaler])
def test_in_parts_as_at_once(kind):
    """Kills: a merge that forgets rows, or the mean of means."""
    whole, parts = kind().fit(X), kind()
    for rows in np.split(X, [1, 17, 1200]):
        assert parts.partial_fit(rows) is parts
    for name in LEARNT:
        if hasattr(whole, name):
            np.testing.assert_allclose(getattr(parts, name), getattr(whole, name), rtol=1e-13, err_msg=name)
    assert parts.n_samples_seen_ == len(X)
    assert type(parts.n_samples_seen_) is int


def test_weights():
    """Kills: weights ignored, or squared. Also: weights = repeats."""
    our = ours.StandardScaler().fit(X[:, :3], sample_weight=W)
    their = theirs.StandardScaler().fit(X[:, :3], sample_weight=W)
    for name in ("mean_", "var_", "scale_", "n_samples_seen_"):
        np.testing.assert_allclose(getattr(our, name), getattr(their, name), rtol=1e-12)
    counts = rng.integers(0, 4, len(X))
    a = ours.StandardScaler().fit(X, sample_weight=counts)
    b = ours.StandardScaler().fit(np.repeat(X, counts, axis=0))
    np.testing.assert_allclose(a.mean_, b.mean_, rtol=1e-12)
    np.testing.assert_allclose(a.var_, b.var_, rtol=1e-12)
    assert a.n_samples_seen_ == b.n_samples_seen_


@pytest.mark.parametrize("offset", [1e9, -1e12])
def test_columns_far_from_zero(offset):
    """Kills: variance from sums of squares. Exact against fractions: 13 digits at 1e9, whole and in parts."""
    column = np.round(rng.normal(size=500) * 2**10) / 2**10 + offset
    cells = [Fraction(v) for v in column]
    mean = sum(cells) / len(cells)
    variance = sum((v - mean) ** 2 for v in cells) / len(cells)
    exact = np.array([float(v - mean) for v in cells]) / np.sqrt(float(variance))
    whole = ours.StandardScaler().fit(column[:, None])
    parts = ours.StandardScaler()
    for rows in np.split(column[:, None], 7 * np.arange(1, 70)):
        parts.partial_fit(rows)
    for scaler in (whole, parts):
        assert scaler.mean_[0] == float(mean)
        np.testing.assert_allclose(scaler.var_[0], float(variance), rtol=1e-13)
        z = scaler.transform(column[:, None])[:, 0]
        # The float64 nearest to the mean is off by eps |offset| / 2, which no way of computing can undo.
        np.testing.assert_allclose(z, exact, rtol=0, atol=np.finfo(float).eps * abs(offset))
    box = ours.MinMaxScaler((0, 1)).fit_transform(column[:, None])
    assert (box.min(), box.max()) == (0.0, 1.0)
    least, greatest = min(cells), max(cells)
    exact = [float((v - least) / (greatest - least)) for v in cells]
    np.testing.assert_allclose(box[:, 0], exact, rtol=1e-15, atol=1e-16)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, 1e-300, 1e300, -1e9])
def test_constant_columns_are_divided_by_1(kind, value):
    """Kills: 0/0, and rounding blown up to size one."""
    given = np.full((100, 1), value)
    scaler = kind().fit(given)
    assert scaler.scale_[0] == 1.0
    np.testing.assert_array_equal(scaler.transform(given), 0.0)
    noisy = np.array([0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2])[:, None]
    assert kind().fit(noisy).scale_[0] == 1.0


@pytest.mark.parametrize("kind", ALL)
def test_small_and_precise_columns_are_not_constant(kind):
    """Kills: a threshold that is absolute (1e-15), or that grows with the number of rows."""
    tiny = np.linspace(1e-30, 2e-30, 100)[:, None]
    assert kind().fit(tiny).scale_[0] != 1.0
    far = 1e9 + np.linspace(0, 1e-3, 100_000)[:, None]
    assert kind().fit(far).scale_[0] != 1.0


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.filterwarnings("error")
def test_what_float64_cannot_hold_is_said(kind):
    """Kills: a column that becomes 0 or NaN in silence because its variance is infinite."""
    with pytest.raises(InputError, match=r"column 1 \('b'\).*beyond 1.8e308.*power of ten"):
        kind().fit(pd.DataFrame({"a": [0.0, 1.0], "b": [1.7e308, -1.7e308]}))


@pytest.mark.parametrize("kind", ALL)
def test_a_fit_that_fails_leaves_no_half(kind):
    """Kills: the width of new rows beside the scale of old ones."""
    scaler = kind().fit(X)
    with pytest.raises(InputError, match="row 0, column 1 holds NaN"):
        scaler.fit([[1.0, np.nan]])
    with pytest.raises(NotFittedError):
        scaler.transform(X)
    with pytest.raises(NotFittedError):
        scaler.inverse_transform(X)


@pytest.mark.parametrize("kind", [ours.StandardScaler, ours.MinMaxScaler])
def test_a_part_that_cannot_be_read_changes_nothing(kind):
    scaler = kind().fit(X)
    before = scaler.transform(X)
    with pytest.raises(InputError, match="row 1, column 0"):
        scaler.partial_fit([[1.0, 2.0, 3.0, 4.0], [np.inf, 2.0, 3.0, 4.0]])
    np.testing.assert_array_equal(scaler.transform(X), before)


@pytest.mark.parametrize("kind", ALL)
def test_refusals(kind):
    scaler = kind().fit(X)
    for bad in (np.nan, np.inf):
        with pytest.raises(InputError, match="row 0, column 2"):
            scaler.transform([[1.0, 2.0, bad, 4.0]])
    with pytest.raises(InputError, match="expecting 4 features"):
        scaler.inverse_transform([[1.0]])


@pytest.mark.parametrize(
    ("scaler", "words"),
    [
        (ours.MinMaxScaler((1, 0)), "feature_range must be two numbers"),
        (ours.MinMaxScaler((0, np.inf)), "feature_range"),
        (ours.MinMaxScaler("ab"), "feature_range"),
        (ours.RobustScaler(quantile_range=(75, 25)), "between 0 and 100"),
        (ours.RobustScaler(quantile_range=(-1, 50)), r"got \(-1, 50\)"),
        (ours.RobustScaler(quantile_range=5), "quantile_range"),
    ],
)
def test_knobs(scaler, words):
    with pytest.raises(InputError, match=words):
        scaler.fit(X)


class TestOutput:
    frame = pd.DataFrame(X, columns=list("abcd"), index=np.arange(len(X)) + 100)

    def test_pandas_keeps_index_and_names(self):
        z = ours.StandardScaler().set_output(transform="pandas").fit_transform(self.frame)
        assert z.columns.tolist() == list("abcd")
        assert z.index.equals(self.frame.index)

    def test_polars(self):
        z = ours.StandardScaler().set_output(transform="polars").fit_transform(X)
        assert isinstance(z, pl.DataFrame)
        assert z.columns == ["x0", "x1", "x2", "x3"]

    def test_the_nearest_wish_counts(self):
        """Kills: sklearn.set_config unheard, or heard above set_output."""
        with sklearn.config_context(transform_output="pandas"):
            assert isinstance(ours.MinMaxScaler().fit_transform(X), pd.DataFrame)
            assert isinstance(ours.MinMaxScaler().set_output(transform="default").fit_transform(X), np.ndarray)
        scaler = ours.MinMaxScaler().set_output(transform="polars").set_output()
        assert isinstance(scaler.fit_transform(X), pl.DataFrame)
        with pytest.raises(InputError, match="'default', 'pandas', 'polars'"):
            scaler.set_output(transform="panda")

    def test_column_transformer(self):
        from sklearn.compose import make_column_transformer

        both = make_column_transformer((ours.StandardScaler(), ["a"]), (ours.RobustScaler(), ["b", "c"]))
        z = both.set_output(transform="pandas").fit_transform(self.frame)
        assert z.columns.tolist() == ["standardscaler__a", "robustscaler__b", "robustscaler__c"]


def test_formulas():
    for kind in ALL:
        assert "z = " in kind()._repr_html_()
