"""train_test_split: rows stay together, sizes are those of scikit-learn, classes keep their shares."""

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split as theirs

from groundup.errors import InputError, InputTypeError
from groundup.estimators.splitting import train_test_split

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

N = 40
X = np.arange(2.0 * N).reshape(N, 2)


def first_column(x):
    if isinstance(x, list):
        return np.array([np.ravel(row)[0] for row in x])
    if scipy.sparse.issparse(x):
        x = x.toarray()
    if hasattr(x, "column") and hasattr(x, "column_names"):
        x = x.column(0)
    return np.asarray(x).reshape(len(x), -1)[:, 0]


def test_rows_stay_together_in_every_container():
    """Kills: X shuffled without y, a container that becomes another, a frame indexed by label instead of by place."""
    pa = pytest.importorskip("pyarrow")
    torch = pytest.importorskip("torch")
    frame = pd.DataFrame(X, index=np.arange(N)[::-1])
    given = [
        X,
        X[:, 0],
        X.tolist(),
        tuple(X[:, 0]),
        frame,
        frame[0],
        pl.DataFrame(X),
        pl.Series(X[:, 0]),
        pa.table({"a": X[:, 0]}),
        pa.chunked_array([X[:, 0]]),
        scipy.sparse.csr_array(X),
        scipy.sparse.coo_matrix(X),
        torch.tensor(X),
    ]
    parts = train_test_split(*given, random_state=0)
    assert len(parts) == 2 * len(given)
    for i, x in enumerate(given):
        train, test = parts[2 * i : 2 * i + 2]
        np.testing.assert_array_equal(first_column(train), parts[0][:, 0])
        np.testing.assert_array_equal(first_column(test), parts[1][:, 0])
        if not isinstance(x, tuple) and not scipy.sparse.issparse(x):
            assert type(train) is type(x)
    both = np.concatenate([parts[0][:, 0], parts[1][:, 0]])
    np.testing.assert_array_equal(np.sort(both), X[:, 0])
    assert not np.array_equal(both, X[:, 0])


SIZE = st.none() | st.floats(0.01, 0.99) | st.integers(1, 60)


@given(n=st.integers(1, 60), test_size=SIZE, train_size=SIZE)
@settings(max_examples=300, deadline=None)
def test_the_sizes_of_scikit_learn(n, test_size, train_size):
    """Kills: a share rounded the other way, a refusal where scikit-learn has an answer, or the other way round."""
    rows = np.arange(n)
    try:
        expected = [len(part) for part in theirs(rows, test_size=test_size, train_size=train_size)]
    except ValueError:
        with pytest.raises(InputError):
            train_test_split(rows, test_size=test_size, train_size=train_size)
    else:
        parts = train_test_split(rows, test_size=test_size, train_size=train_size)
        assert [len(part) for part in parts] == expected
        assert len(np.unique(np.concatenate(parts))) == sum(expected)


def test_repeatable():
    """Kills: chance that a seed does not hold, and the same split for every seed."""
    a, b, c = (train_test_split(X, random_state=seed)[1][:, 0].tolist() for seed in (0, 0, 1))
    assert a == b != c
    train_test_split(X, random_state=np.random.default_rng(0))
    train_test_split(X, random_state=np.random.RandomState(0))


def test_every_row_has_the_same_chance():
    """Kills: a shuffle that favours some rows. 4,000 splits of 8 rows, 2 for the test: each row 1,000 times, standard
    deviation 27.4; beyond 160 by chance less than once in 2e7 runs of this test."""
    rng = np.random.default_rng(0)
    counts = np.bincount(
        np.concatenate([train_test_split(np.arange(8), random_state=rng)[1] for _ in range(4000)]), minlength=8
    )
    assert np.abs(counts - 1000).max() < 160


def test_without_shuffle_the_last_rows_are_the_test():
    train, test = train_test_split(X, test_size=0.25, shuffle=False)
    np.testing.assert_array_equal(train, X[:30])
    np.testing.assert_array_equal(test, X[30:])
    ours, other = (f(np.arange(9), test_size=2, train_size=3, shuffle=False) for f in (train_test_split, theirs))
    for a, b in zip(ours, other, strict=True):
        np.testing.assert_array_equal(a, b)


class TestStratify:
    @pytest.mark.parametrize("kind", [np.asarray, list, pd.Series, pl.Series])
    @pytest.mark.parametrize("test_size", [0.2, 0.25, 7, 0.5])
    def test_shares(self, kind, test_size):
        """Kills: a class that is missing from one part, rows of one class in order."""
        y = np.repeat(["a", "b", "c"], [20, 12, 8])
        rows, test = train_test_split(np.arange(N), test_size=test_size, stratify=kind(y), random_state=0)
        for part in (rows, test):
            counts = np.array([(y[part] == c).sum() for c in "abc"])
            assert (np.abs(counts - np.array([20, 12, 8]) * len(part) / N) <= 1).all()
            assert (np.diff(part) < 0).any()
        assert len(np.union1d(rows, test)) == N

    @given(
        counts=st.lists(st.integers(2, 30), min_size=1, max_size=6),
        size=st.floats(0.1, 0.9),
        seed=st.integers(0, 1000),
    )
    @settings(max_examples=100, deadline=None)
    def test_any_classes(self, counts, size, seed):
        """Law: sizes as without stratify, no row twice, shares within one row of exact."""
        y = np.repeat(np.arange(len(counts)), counts)
        n_test = int(np.ceil(size * len(y)))
        if min(n_test, len(y) - n_test) < len(counts):
            with pytest.raises(InputError, match=r"Make the smaller part larger|Both parts need"):
                train_test_split(y, test_size=size, stratify=y)
            return
        train, test = train_test_split(np.arange(len(y)), test_size=size, stratify=y, random_state=seed)
        assert len(test) == n_test
        assert len(np.union1d(train, test)) == len(train) + len(test) == len(y)
        shares = np.bincount(y[train], minlength=len(counts)) - np.array(counts) * len(train) / len(y)
        assert (np.abs(shares) < 1).all()

    def test_refusals(self):
        with pytest.raises(InputError, match="class 'b' has one"):
            train_test_split(np.arange(5), stratify=list("aaaab"))
        with pytest.raises(InputError, match="shuffle=True"):
            train_test_split(X, stratify=X[:, 0], shuffle=False)
        with pytest.raises(InputError, match="X has 40 rows and y has 2"):
            train_test_split(X, stratify=[0, 1])


@pytest.mark.parametrize(
    ("arrays", "options", "words"),
    [
        ((), {}, "at least one array"),
        ((X, X[:-1]), {}, "the first has 40 and number 2 has 39"),
        ((X,), {"test_size": 0.0}, "test_size must be a share between 0 and 1"),
        ((X,), {"test_size": 1.0}, "got 1.0"),
        ((X,), {"test_size": 40}, "from 1 to 39; got 40"),
        ((X,), {"test_size": True}, "got True"),
        ((X,), {"test_size": "half"}, "got 'half'"),
        ((X,), {"test_size": 0.8, "train_size": 0.8}, "together at most 1; got 0.8 and 0.8"),
        ((X,), {"test_size": 30, "train_size": 30}, "together at most all"),
        ((X[:1],), {}, "Both parts need at least one row"),
    ],
)
def test_refusals(arrays, options, words):
    with pytest.raises(InputError, match=words):
        train_test_split(*arrays, **options)


def test_a_size_given_as_an_array():
    """Kills: train_test_split(X, y, 0.2), which looks right and is not."""
    with pytest.raises(InputTypeError, match=r"came float\. Name sizes: test_size=0.2"):
        train_test_split(X, 0.2)
