"""Statistics of blocks: exact against fractions, and the same however the rows are cut."""

import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from groundup.data.blocks import ArrayBlocks, Block
from groundup.data.prepare import (
    codes,
    label_set,
    labels_of,
    merge_labels,
    merge_moments,
    merge_ranges,
    moments,
    one_hot,
    ranges,
)
from groundup.errors import InputError


def exact_moments(X, w):
    """Mean and spread of the columns in exact fractions, rounded once."""
    weights = [Fraction(float(v)) for v in w]
    total = sum(weights)
    mean, spread = [], []
    for column in X.T:
        cells = [Fraction(float(v)) for v in column]
        m = sum(v * c for v, c in zip(weights, cells, strict=True)) / total
        mean.append(float(m))
        spread.append(float(sum(v * (c - m) ** 2 for v, c in zip(weights, cells, strict=True))))
    return float(total), np.array(mean), np.array(spread)


@pytest.mark.parametrize("offset", [0.0, 1.0, 1e9, -1e15])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("block_rows", [1, 7, 1000])
def test_moments_are_exact_far_from_zero(offset, weighted, block_rows):
    """Kills: mean of squares minus square of mean, and a merge that forgets the distance of the means."""
    rng = np.random.default_rng(0)
    X = offset + rng.normal(size=(200, 3)) * [1.0, 10.0, 0.125]
    w = rng.integers(1, 5, 200).astype(float) if weighted else None
    blocks = ArrayBlocks(X, X[:, :0], w, block_rows=block_rows)
    found = blocks.reduce(moments, merge_moments)
    weight, mean, spread = exact_moments(X, np.ones(200) if w is None else w)
    assert found.weight == weight
    assert (np.abs(found.mean - mean) <= 4e-16 * np.abs(X).mean(axis=0)).all()  # two units in the last place of a cell
    np.testing.assert_allclose(found.spread, spread, rtol=1e-14, atol=0)


@given(
    hnp.arrays(np.float64, st.tuples(st.integers(2, 30), st.just(2)), elements=st.integers(-1000, 1000)),
    st.integers(1, 29),
)
def test_merge_is_the_whole(X, cut):
    """Kills: a merge that is wrong for parts of different size. Law: any two parts make the whole."""
    cut = min(cut, len(X) - 1)
    a, b = (moments(Block(part, None, None)) for part in (X[:cut], X[cut:]))
    whole, merged = moments(Block(X, None, None)), merge_moments(a, b)
    assert merged.weight == whole.weight
    np.testing.assert_allclose(merged.mean, whole.mean, rtol=1e-13, atol=1e-11)
    np.testing.assert_allclose(merged.spread, whole.spread, rtol=1e-12, atol=1e-8)
    low, high = merge_ranges(ranges(Block(X[:cut], None, None)), ranges(Block(X[cut:], None, None)))
    np.testing.assert_array_equal(low, X.min(axis=0))
    np.testing.assert_array_equal(high, X.max(axis=0))


def test_a_weight_of_2_is_the_row_twice_and_0_is_absent():
    X = np.array([[1.0], [4.0], [9.0]])
    weighted = moments(Block(X, None, np.array([2.0, 1.0, 0.0])))
    repeated = moments(Block(X[[0, 0, 1]], None, None))
    for a, b in zip(weighted, repeated, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-15)


def test_a_block_without_weight_adds_nothing():
    """Kills: 0/0 where all rows of one block have weight 0."""
    nothing = moments(Block(np.array([[5.0]]), None, np.zeros(1)))
    some = moments(Block(np.array([[1.0], [3.0]]), None, None))
    assert merge_moments(nothing, some) is some
    assert merge_moments(some, nothing) is some
    assert merge_moments(nothing, nothing).weight == 0


def test_float32_is_summed_in_float64():
    """Kills: a sum in single precision, which stops growing at 16,777,216."""
    X = np.array([[2.0**24]] + 1000 * [[1.0]], np.float32)
    assert moments(Block(X, None, None)).mean[0] == (2**24 + 1000) / 1001


def test_beyond_float64_there_is_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        huge = moments(Block(np.array([[1e308], [-1e308]]), None, None))
        assert not np.isfinite(huge.spread[0])
        merge_moments(huge, huge)


@pytest.mark.parametrize(
    "labels", [np.array([3, 1, 3]), np.array(["b", "a", "b"]), np.array([True, False, True]), np.array([2.0, 1.0, 2.0])]
)
def test_labels_there_and_back(labels):
    """Kills: classes in another order than their columns."""
    classes = merge_labels(label_set(labels[:1]), label_set(labels[1:]))
    np.testing.assert_array_equal(classes, np.unique(labels))
    hot = one_hot(labels, classes)
    np.testing.assert_array_equal(hot.sum(axis=1), 1.0)
    np.testing.assert_array_equal(labels_of(hot, classes), labels)
    np.testing.assert_array_equal(classes[codes(labels, classes)], labels)


@pytest.mark.parametrize("strange", ["aa", "b5", "zz"])
def test_a_class_that_nobody_knows(strange):
    """Kills: an unknown label that becomes its neighbour: below, between and above the known ones."""
    with pytest.raises(InputError, match=f"row 1 holds '{strange}'"):
        codes(np.array(["b", strange]), np.array(["b", "c"]))
