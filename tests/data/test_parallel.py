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


def test_small_algebra_beside_many_rows_uses_one_thread():
    """Kills: a factor of 100 columns split over all cores; a limit that stays when the work is done, or fails."""
    threadpoolctl = pytest.importorskip("threadpoolctl", reason="without it the BLAS keeps its threads")

    def threads():
        return max(one["num_threads"] for one in threadpoolctl.threadpool_info() if one["user_api"] == "blas")

    few, many = (ArrayBlocks(np.ones((n, 1)), np.zeros((n, 1)), block_rows=10) for n in (100, 10 * MANY_BLOCKS))
    before = threads()
    assert few.alone(threads) == before
    assert many.alone(threads) == 1
    with pytest.raises(ZeroDivisionError):
        many.alone(lambda: 1 / 0)
    assert threads() == before
    wide = ArrayBlocks(np.ones((160, 301)), np.zeros((160, 1)), block_rows=10)
    assert wide.alone(threads) == before
    assert many.first(lambda block: len(block.X)) == 10


def test_a_reduce_inside_a_reduce_and_after_a_failure():
    """Kills: kept threads that wait for each other for ever, or that are gone, or still busy, after an error."""
    pytest.importorskip("threadpoolctl", reason="without it there is one thread")

    def inner(k):
        return parallel_reduce(range(20), lambda j: j * k, lambda a, b: a + b, threads=2)

    assert parallel_reduce(range(10), inner, lambda a, b: a + b, threads=2) == 190 * 45
    running = []

    def fails(k):
        running.append(k)
        return 1 // (k - 3)

    with pytest.raises(ZeroDivisionError):
        parallel_reduce(range(1000), fails, lambda a, b: a + b, threads=2)
    before = len(running)
    assert before < 20
    assert parallel_reduce(range(10), inner, lambda a, b: a + b, threads=2) == 190 * 45
    assert len(running) == before
