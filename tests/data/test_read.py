"""Rows come in from anywhere, unchanged and exactly, or are refused by a sentence that says which cell is wrong."""

import datetime
import re
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse

from groundup.data.blocks import ArrayBlocks
from groundup.data.read import as_labels, as_matrix, as_targets, as_weights, feature_names, read
from groundup.errors import InputError, InputTypeError

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def memmap(tmp_path):
    path = tmp_path / "x.dat"
    X.tofile(path)
    return np.memmap(path, X.dtype, "r", shape=X.shape)


SAME = {
    "float64": lambda: X,
    "float32": lambda: X.astype(np.float32),
    "float16": lambda: X.astype(np.float16),
    "longdouble": lambda: X.astype(np.longdouble),
    "big-endian": lambda: X.astype(">f8"),
    "big-endian float32": lambda: X.astype(">f4"),
    "int64": lambda: X.astype(np.int64),
    "big-endian int": lambda: X.astype(">i4"),
    "uint8": lambda: X.astype(np.uint8),
    "uint64": lambda: X.astype(np.uint64),
    "object": lambda: X.astype(object),
    "objects of many kinds": lambda: np.array([[1, 2.0, Fraction(3)], [Decimal(4), np.int8(5), np.float32(6)]], object),
    "list": lambda: X.tolist(),
    "tuples": lambda: tuple(map(tuple, X.tolist())),
    "list of arrays": lambda: list(X),
    "Fortran order": lambda: np.asfortranarray(X),
    "strided": lambda: np.repeat(np.repeat(X, 2, axis=0), 3, axis=1)[::2, ::3],
    "negative strides": lambda: X[::-1, ::-1].copy()[::-1, ::-1],
    "unmasked": lambda: np.ma.masked_array(X, mask=False),
    "matrix": lambda: X.view(np.matrix),
    "pandas": lambda: pd.DataFrame(X, columns=["a", "b", "c"]),
    "pandas of many kinds": lambda: pd.DataFrame({"a": [1, 4], "b": [2.0, 5.0], "c": np.array([3, 6], np.float32)}),
    "pandas nullable": lambda: pd.DataFrame({"a": [1, 4], "b": [2, 5], "c": [3, 6]}).astype("Int64"),
    "pandas nullable floats": lambda: pd.DataFrame(X).astype("Float64"),
    "pandas same name twice": lambda: pd.DataFrame(X.astype(int), columns=["a", "a", "a"]),
    "polars": lambda: pl.DataFrame(X, schema=["a", "b", "c"]),
    "polars of many kinds": lambda: pl.DataFrame({"a": [1, 4], "b": [2.0, 5.0], "c": [3, 6]}),
}


def the_bytes(x):
    cells = np.asarray(x)
    return repr(x) if isinstance(x, list | tuple) or cells.dtype == object else cells.tobytes()


@pytest.mark.parametrize("kind", SAME)
def test_the_same_numbers_from_every_container(kind):
    """Kills: a container misread, a byte order or a stride forgotten, an input changed in place."""
    given = SAME[kind]()
    before = the_bytes(given)
    matrix = as_matrix(given)
    assert type(matrix) is np.ndarray
    assert matrix.dtype in (np.dtype(np.float64), np.dtype(np.float32))
    assert (matrix.dtype == np.float32) == (kind in ("float32", "big-endian float32"))
    np.testing.assert_array_equal(matrix, X)
    assert the_bytes(given) == before


def test_more_containers(tmp_path):
    """Kills: memory-mapped files, read-only arrays, PyTorch, Arrow and anything with __array__ refused or changed."""
    pa = pytest.importorskip("pyarrow")
    read_only = X.copy()
    read_only.flags.writeable = False

    class Box:
        def __array__(self, dtype=None, copy=None):
            return X

    for given in (memmap(tmp_path), read_only, Box(), pa.table({"a": [1, 4], "b": [2.0, 5.0], "c": [3, 6]})):
        np.testing.assert_array_equal(as_matrix(given), X)
    assert not as_matrix(read_only).flags.writeable


def test_arrow_stream():
    """Kills: a table that only offers Arrow's C stream (DuckDB and others) misread."""
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"a": [1, 4], "b": [2.0, 5.0], "c": [3, 6]})

    class Stream:
        def __arrow_c_stream__(self, requested_schema=None):
            return table.__arrow_c_stream__(requested_schema)

    np.testing.assert_array_equal(as_matrix(Stream()), X)
    assert feature_names(Stream()).tolist() == ["a", "b", "c"]


def test_pytorch():
    torch = pytest.importorskip("torch")
    given = torch.tensor(X, requires_grad=True)
    np.testing.assert_array_equal(as_matrix(given), X)
    assert given.requires_grad
    with pytest.raises(InputTypeError, match="NumPy can read"):
        as_matrix(torch.tensor(X, dtype=torch.bfloat16))


def test_nothing_is_copied_without_need():
    """Kills: a copy of a table that is half the memory."""
    for given in (X, X.astype(np.float32), np.asfortranarray(X), X[::-1], X[:, ::2]):
        assert np.shares_memory(as_matrix(given), given)
    assert as_matrix(X) is X
    frame = pd.DataFrame(X, copy=False)
    assert np.shares_memory(as_matrix(frame), frame.to_numpy())
    y = np.arange(3.0)
    assert np.shares_memory(as_targets(y, 3)[0], y)
    assert as_weights(y, 3) is y


def test_booleans_are_0_and_1():
    np.testing.assert_array_equal(as_matrix([[True, False]]), [[1.0, 0.0]])
    np.testing.assert_array_equal(as_matrix(pd.DataFrame({"a": [True], "b": [2]})), [[1.0, 2.0]])


def test_only_float32_columns_stay_float32():
    """Kills: a float64 column rounded because its neighbour is float32."""
    assert as_matrix(pd.DataFrame({"a": np.ones(2, np.float32), "b": np.ones(2, np.float32)})).dtype == np.float32
    assert as_matrix(pl.DataFrame({"a": np.ones(2, np.float32), "b": np.ones(2, np.float32)})).dtype == np.float32
    mixed = pd.DataFrame({"a": np.ones(2, np.float32), "b": [0.1, 0.2]})
    assert as_matrix(mixed)[0, 1] == 0.1


class TestWholeNumbersThatFloatsCannotHold:
    """Kills: an identifier that silently becomes its neighbour."""

    good, bad = 2**60, 2**53 + 1

    @pytest.mark.parametrize(
        "make",
        [
            lambda n: np.array([[0, n]]),
            lambda n: np.array([[0, n]], np.uint64),
            lambda n: np.array([[0, n]], object),
            lambda n: [[0, n]],
            lambda n: [[0.5, n]],
            lambda n: np.array([[0, np.int64(n)]], object),
            lambda n: pd.DataFrame({"a": [0.5], "id": [n]}),
            lambda n: pl.DataFrame({"a": [0.5], "id": [n]}),
            lambda n: pd.DataFrame({"a": [0.5], "id": pd.array([n], "Int64")}),
        ],
    )
    def test_exactly_or_not_at_all(self, make):
        assert as_matrix(make(self.good))[0, 1] == self.good
        with pytest.raises(InputError, match=rf"row 0, column 1.* holds {self.bad}.*identifier"):
            as_matrix(make(self.bad))

    def test_the_ends_of_the_types(self):
        assert as_matrix(np.array([[-(2**63)]]))[0, 0] == -(2.0**63)
        with pytest.raises(InputError, match=str(2**64 - 1)):
            as_matrix(np.array([[2**64 - 1]], np.uint64))
        with pytest.raises(InputError, match=str(2**63 - 1)):
            as_matrix(np.array([[2**63 - 1]]))

    def test_beyond_every_float(self):
        with pytest.raises(InputError, match="row 0, column 0"):
            as_matrix([[10**400]])

    def test_targets_and_weights_too(self):
        with pytest.raises(InputError, match=f"y .*row 1 holds {self.bad}"):
            as_targets(np.array([0, self.bad]), 2)
        with pytest.raises(InputError, match=f"sample_weight .*row 1 holds {self.bad}"):
            as_weights(np.array([0, self.bad]), 2)

    @pytest.mark.skipif(np.finfo(np.longdouble).eps == np.finfo(float).eps, reason="long double is double here")
    def test_long_doubles(self):
        with pytest.raises(InputError, match="float64 holds exactly"):
            as_matrix(np.array([[np.longdouble(1) + np.finfo(np.longdouble).eps]]))
        with pytest.raises(InputError, match="holds NaN"):
            as_matrix(np.array([[np.longdouble("nan")]]))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, object])
@pytest.mark.parametrize("order", ["C", "F"])
def test_the_first_cell_that_is_not_finite(value, dtype, order):
    """Kills: NaN let through, a wrong row or column in the message, infinity called NaN."""
    cells = np.zeros((40, 7), dtype, order=order)
    cells[17, 3] = cells[30, 1] = value
    name = "NaN" if np.isnan(value) else str(value)
    with pytest.raises(InputError, match=rf"row 17, column 3 holds {name}.*1 more"):
        as_matrix(cells)
    with pytest.raises(InputError, match=r"row 17, column 3 \('c3'\)"):
        as_matrix(pd.DataFrame(cells, columns=[f"c{i}" for i in range(7)]))


def test_one_nan_in_a_large_table():
    """Kills: a check by blocks that skips the last one, or rows that one block cannot divide."""
    cells = np.zeros((700_001, 3), np.float32)
    assert as_matrix(cells) is cells
    cells[700_000, 2] = np.nan
    with pytest.raises(InputError, match="row 700000, column 2"):
        as_matrix(cells)
    wide = np.zeros((1, 1_500_000))
    wide[0, -1] = np.inf
    with pytest.raises(InputError, match="row 0, column 1499999 holds inf"):
        as_matrix(wide)


def test_finite_numbers_whose_sum_is_not():
    """Kills: a finite check by a sum, which takes 1e308 + 1e308 for a fault, or warns."""
    cells = np.full((1000, 2), 1e308)
    assert as_matrix(cells) is cells
    cells[1] = -1e308
    assert as_matrix(cells) is cells


MISSING = {
    "None in a list": (lambda: [[1.0, 2.0], [3.0, None]], "row 1, column 1 holds None"),
    "None in objects": (lambda: np.array([[1, None]], object), "row 0, column 1 holds None"),
    "NA in pandas": (
        lambda: pd.DataFrame({"a": [1, 2], "b": pd.array([1, None], "Int64")}),
        r"row 1, column 1 \('b'\)",
    ),
    "None in pandas": (lambda: pd.DataFrame({"a": [1, 2], "b": np.array([1, None], object)}), r"row 1, .*\('b'\)"),
    "NaN in pandas": (lambda: pd.DataFrame({"a": [1, 2], "b": [1.0, np.nan]}), r"row 1, column 1 \('b'\)"),
    "null in polars": (lambda: pl.DataFrame({"a": [1, 2], "b": [1, None]}), r"row 1, column 1 \('b'\) holds NaN"),
    "masked": (lambda: np.ma.masked_array([[1.0, 2.0]], mask=[[False, True]]), "row 0, column 1 is masked"),
}


@pytest.mark.parametrize("kind", MISSING)
def test_missing_cells(kind):
    """Kills: a missing cell taken for a number, or a message that does not say where it is."""
    make, where = MISSING[kind]
    with pytest.raises(InputError, match=where):
        as_matrix(make())


TEXT = {
    "a list": (lambda: [[1.0, "a"]], "row 0, column 1 holds the text 'a'"),
    "digits": (lambda: [["1", "2"]], "row 0, column 0 holds the text '1'"),
    "an array": (lambda: np.array([["1.5"]]), "the text '1.5'"),
    "bytes": (lambda: np.array([[b"x"]]), "the text b'x'"),
    "objects": (lambda: np.array([[1.0, 2.0], [3.0, "x"]], object), "row 1, column 1 holds the text 'x'"),
    "pandas": (
        lambda: pd.DataFrame({"n": [1, 2], "city": ["Oslo", "Rome"], "day": ["Mon", "Tue"]}),
        r"columns 'city', 'day': row 0, column 1 \('city'\) holds 'Oslo'",
    ),
    "pandas objects": (
        lambda: pd.DataFrame({"n": [1, 2], "city": np.array([1.0, "Rome"], object)}),
        r"column 'city': row 1, column 1 \('city'\) holds 'Rome'",
    ),
    "pandas categories": (lambda: pd.DataFrame({"c": pd.Categorical(["a", "b"])}), r"column 'c': row 0"),
    "polars": (lambda: pl.DataFrame({"n": [1, 2], "city": ["Oslo", None]}), r"column 'city': row 0"),
    "dates": (lambda: np.array([["2020-01-01"]], "M8[D]"), "came dates"),
    "durations": (lambda: np.array([[1]], "m8[D]"), "came durations"),
    "a date column": (lambda: pd.DataFrame({"n": [1], "day": [datetime.datetime(2020, 1, 1)]}), r"column 1 \('day'\)"),
    "a date column in polars": (lambda: pl.DataFrame({"n": [1], "day": [datetime.date(2020, 1, 1)]}), r"\('day'\)"),
    "a structured array": (lambda: np.zeros((2, 2), [("a", float)]), "structured"),
    "a dict": (lambda: np.array([[1.0, {"foo": "bar"}]], object), "argument must be .* string.* number"),
    "sparse": (lambda: scipy.sparse.csr_array(X), "sparse csr_array"),
    "sparse matrix": (lambda: scipy.sparse.coo_matrix(X), "sparse coo_matrix"),
    "lazy": (lambda: pl.LazyFrame({"a": [1]}), "collect"),
}


@pytest.mark.parametrize("kind", TEXT)
def test_what_is_no_number(kind):
    """Kills: text read as a number, a date as nanoseconds, and messages that do not name the cell or the columns."""
    make, words = TEXT[kind]
    with pytest.raises(InputTypeError, match=words):
        as_matrix(make())


SHAPES = {
    "one dimension": (np.zeros(3), "Reshape your data"),
    "a series": (pd.Series([1.0]), r"Reshape your data: X.to_frame\(\)"),
    "a number": (5.0, "single float"),
    "a word": ("abc", "single str"),
    "a dict": ({"a": [1]}, "single dict"),
    "three dimensions": (np.zeros((2, 3, 4)), r"came 3, of shape \(2, 3, 4\).*Reshape your data"),
    "no rows": (np.zeros((0, 3)), r"0 sample\(s\) \(shape=\(0, 3\)\) while a minimum of 1 is required"),
    "no columns": (np.zeros((3, 0)), r"0 feature\(s\) \(shape=\(3, 0\)\) while a minimum of 1 is required"),
    "nothing": ([], r"0 sample\(s\)"),
    "no rows in pandas": (pd.DataFrame({"a": []}), r"0 sample\(s\) \(shape=\(0, 1\)\)"),
    "no columns in pandas": (pd.DataFrame(index=[1, 2]), r"0 feature\(s\) \(shape=\(2, 0\)\)"),
    "ragged": ([[1.0, 2.0], [3.0, 4.0], [5.0]], "row 0 has 2 values and row 2 has 1"),
    "complex": (np.array([[1 + 2j]]), "Complex data not supported"),
    "complex objects": (np.array([[1 + 2j]], object), "Complex data not supported"),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_shapes(kind):
    """Kills: a vector taken for a table, and an empty table that fails somewhere deep below."""
    given, words = SHAPES[kind]
    with pytest.raises(InputError, match=words):
        as_matrix(given)


class TestNames:
    def test_only_text(self):
        assert feature_names(X) is None
        assert feature_names(X.tolist()) is None
        assert feature_names(pd.DataFrame(X)) is None
        for frame in (pd.DataFrame(X, columns=["a", "b", "c"]), pl.DataFrame(X, schema=["a", "b", "c"])):
            names = feature_names(frame)
            assert names.dtype == object
            assert names.tolist() == ["a", "b", "c"]

    def test_a_mixture_is_refused(self):
        with pytest.raises(TypeError, match="only supported if all input features have string names"):
            feature_names(pd.DataFrame(X, columns=["a", 1, "c"]))

    def test_for_messages(self):
        with pytest.raises(InputError, match=r"column 1 \('fare'\)"):
            as_matrix([[1.0, np.nan]], names=["distance", "fare"])


class TestTargets:
    def test_shapes(self):
        for y in ([1, 2], np.array([1.0, 2.0]), pd.Series([1, 2]), pl.Series([1, 2]), pd.Series([1, 2], dtype="Int64")):
            targets, flat = as_targets(y, 2)
            assert flat
            np.testing.assert_array_equal(targets, [[1.0], [2.0]])
        for y in ([[1], [2]], pd.DataFrame({"a": [1, 2]}), pl.DataFrame({"a": [1, 2]})):
            targets, flat = as_targets(y, 2)
            assert not flat
            np.testing.assert_array_equal(targets, [[1.0], [2.0]])

    @pytest.mark.parametrize(
        ("y", "words"),
        [
            (None, "requires y to be passed, but the target y is None"),
            ([1.0, 2.0], r"X has 3 rows and y has 2"),
            ([1.0, np.nan, 2.0], "row 1 holds NaN"),
            ([1.0, None, 2.0], "row 1 holds None"),
            ([1.0, 2.0, np.inf], "row 2 holds inf"),
            (np.array([1, 2, 3]) + 1j, "Complex data not supported"),
            (np.zeros((3, 1, 1)), r"came the shape \(3, 1, 1\)"),
            (np.zeros((3, 0)), r"came the shape \(3, 0\)"),
            (5.0, "single float"),
            (pd.DataFrame({"a": [1, 2, 3], "b": [1, np.nan, 3]}), r"row 1, column 1 \('b'\)"),
        ],
    )
    def test_refused(self, y, words):
        with pytest.raises(InputError, match=words):
            as_targets(y, 3)

    def test_text(self):
        with pytest.raises(InputTypeError, match="row 1 holds the text 'b'"):
            as_targets([1.0, "b", 2.0], 3)


class TestLabels:
    def test_kinds(self):
        assert as_labels(["a", "b"], 2).dtype.kind == "U"
        assert as_labels([0, 1], 2).dtype.kind == "i"
        assert as_labels([True, False], 2).dtype.kind == "b"
        assert as_labels(np.array([0.0, 1.0]), 2).dtype.kind == "f"
        assert as_labels(pd.Series(["a", "b"]), 2).tolist() == ["a", "b"]
        assert as_labels(pl.Series(["a", "b"]), 2).tolist() == ["a", "b"]

    def test_a_column_is_taken_with_a_warning(self):
        from sklearn.exceptions import DataConversionWarning

        with pytest.warns(DataConversionWarning, match="A column-vector y was passed when a 1d array was expected"):
            assert as_labels(np.array([[0], [1]]), 2).shape == (2,)

    @pytest.mark.parametrize(
        ("y", "words"),
        [
            ([0.5, 1.0], "Unknown label type: continuous.*row 0 holds 0.5"),
            ([0, None], "row 1 holds None"),
            (["a", None], "row 1 holds None"),
            ([0.0, np.nan], "row 1 holds NaN"),
            (np.array([[0, 1], [1, 0]]), r"the shape \(2, 2\)"),
            (["a"], "X has 2 rows and y has 1"),
            (None, "requires y to be passed, but the target y is None"),
            (np.array([0, 1j]), "Complex data not supported"),
        ],
    )
    def test_refused(self, y, words):
        with pytest.raises(InputError, match=words):
            as_labels(y, 2)

    @pytest.mark.parametrize("y", [["a", 1], [1, "a"], np.array([{}, {}], object)])
    def test_mixtures(self, y):
        """Kills: 1 and "1" made one class by NumPy."""
        with pytest.raises(InputTypeError, match="Unknown label type"):
            as_labels(y, 2)


class TestWeights:
    def test_forms(self):
        assert as_weights(None, 2) is None
        for given in (2, 2.0, np.float32(2), [2, 2], pd.Series([2, 2]), np.array([2, 2], np.uint8)):
            np.testing.assert_array_equal(as_weights(given, 2), [2.0, 2.0])

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ([1.0, -1.0], "row 1 holds -1.0"),
            ([0.0, 0.0], "weight above zero; all are zero"),
            (0, "all are zero"),
            ([1.0], "X has 2 rows and sample_weight has 1"),
            ([[1.0, 1.0]], "the shape"),
            ([1.0, np.nan], "row 1 holds NaN"),
            (np.inf, "inf"),
        ],
    )
    def test_refused(self, given, words):
        with pytest.raises(InputError, match=words):
            as_weights(given, 2)


def test_read_is_all_three():
    blocks = read(pd.DataFrame({"a": [1, 2], "b": [3, 4]}), [1, 2], 3)
    assert isinstance(blocks, ArrayBlocks)
    assert (blocks.n_rows, blocks.n_features, blocks.n_outputs) == (2, 2, 1)
    np.testing.assert_array_equal(blocks.sample_weight, [3.0, 3.0])


def test_every_message_is_one_that_helps():
    """Kills: a message without advice: after what came there is another sentence, and none spans lines."""
    cases = [case for case, _ in SHAPES.values()] + [make() for make, _ in [*TEXT.values(), *MISSING.values()]]
    for given in cases:
        with pytest.raises((InputError, InputTypeError)) as caught:
            as_matrix(given)
        assert re.search(r"[.;:] .+\.$", str(caught.value)), str(caught.value)
        assert "\n" not in str(caught.value)


def test_no_warning_for_extreme_numbers():
    """Kills: NumPy's own warnings about overflow on the way in."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        as_matrix(np.array([[1e308, -1e308, 5e-324]], np.longdouble))
        as_matrix(np.array([[65504.0]], np.float16))
        with pytest.raises(InputError):
            as_matrix(np.array([[np.longdouble("1e4000")]]))
