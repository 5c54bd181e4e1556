"""Classes that are whole numbers or truths are counted, everything else is sorted: the answer is the same."""

import numpy as np
import pytest

from groundup.data import labels


@pytest.mark.parametrize(
    "y",
    [
        np.array([True, False, True]),
        np.array([True, True]),
        np.array([False]),
        np.array([-128, 127, 5, -128], dtype=np.int8),
        np.array([255, 0, 7], dtype=np.uint8),
        np.array([2**64 - 1, 2**64 - 3] * 9, dtype=np.uint64),
        np.array([-(2**63), 5 - 2**63] * 9),
        np.array([2**63 - 1, 2**63 - 2] * 9),
        np.array([3, 900, 7] * 400, dtype=np.int16),
        np.array([5, 10**9, 5]),
        np.array([], dtype=int),
    ],
    ids=lambda y: f"{y.dtype} {y[:3]}",
)
def test_counting_is_sorting(y, monkeypatch):
    """Kills: whole numbers beyond their type, classes that no row has, another type of the classes, a lost rest."""
    monkeypatch.setattr(labels, "ROWS_AT_ONCE", 7)
    found, wanted = labels.encode(y), np.unique(y, return_inverse=True)
    for mine, theirs in zip(found, wanted, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert found.classes.dtype == wanted[0].dtype
