"""One statistic on many cores: the same tree, the same bits."""

import numpy as np
import pytest

from groundup.data.blocks import GROUP, MANY_BLOCKS, ArrayBlocks, Blocks
from groundup.data.parallel import merged, parallel_reduce


def words(a, b):
    return f"({a}{b})"


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 16, 21, 37])
@pytest.mark.parametrize("group", [1, 2, 4, 8])
def test_groups_keep_the_tree(count, group):
    """Kills: a group that is no branch of the tree, groups that overtake each other, a lost last group."""
    names = [chr(97 + i) for i in range(count)]
    for threads in (1, 3):
        assert parallel_reduce(names, str, words, threads=threads, group=group) == merged(names, words)


def test_arrays_are_reduced_in_the_same_order_on_all_cores():
    """Kills: another tree for large data; the sums of 1/k differ in their last digits from tree to tree."""
    rows = ArrayBlocks(1 / np.arange(1.0, 4001)[:, None], np.zeros((4000, 1)), block_rows=13)
    assert rows.n_rows > max(MANY_BLOCKS, 2 * GROUP) * rows.block_rows

    def total(block):
        return float(block.X.sum())

    assert rows.reduce(total, float.__add__) == Blocks.reduce(rows, total, float.__add__)
