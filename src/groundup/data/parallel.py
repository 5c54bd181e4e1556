"""A reduce with one block for each core at a time: the same sums, bit for bit, in a fraction of the time.

A BLAS that splits one small block over all cores spends its time on waiting. Here each core takes whole blocks, with a
BLAS of one thread: the Gram matrix of 500,000 x 100 numbers took 119 ms on two cores, and 226 ms on one.
"""

from __future__ import annotations

import contextvars
import importlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import cache
from itertools import chain, islice
from typing import Any, TypeVar

T = TypeVar("T")


def merged(statistics: Iterable[T], merge: Callable[[T, T], T]) -> T:
    """All statistics as one, by a fixed tree: neighbours first, then neighbours of twice the size, and so on.

    Rounding then grows with the logarithm of their number, and does not depend on who is done first. A run of 2ᵏ
    statistics that starts at a multiple of 2ᵏ is one branch, so whoever merges it beforehand changes no bit.

    >>> merged("abcdefg", lambda a, b: f"({a}{b})")
    '(((ab)(cd))((ef)g))'
    """
    tree: list[tuple[int, T]] = []  # (how many, their statistic): a binary counter
    for total in statistics:
        size = 1
        while tree and tree[-1][0] == size:
            size, total = 2 * size, merge(tree.pop()[1], total)
        tree.append((size, total))
    total = tree.pop()[1]
    while tree:
        total = merge(tree.pop()[1], total)
    return total


def parallel_reduce(
    blocks: Iterable[Any],
    statistic: Callable[[Any], T],
    merge: Callable[[T, T], T],
    threads: int | None = None,
    group: int = 1,
) -> T:
    """One statistic of all rows, merged as by `merged`, with `threads` groups of blocks at work at once.

    `threads=None` is one for each core. A `group` is so many neighbouring blocks that one thread walks through before
    it reports back: a power of two, larger than 1 where the blocks are views of rows in memory. No bit depends on
    either number. Needs the package threadpoolctl (extra `fast`); without it, and where there is only one group, it is
    done by one thread. At most two groups for each thread are in memory.

    >>> from groundup.data.blocks import ArrayBlocks
    >>> import numpy as np
    >>> rows = ArrayBlocks(np.ones((5, 1)), np.zeros((5, 1)), block_rows=2)
    >>> parallel_reduce(rows, lambda block: len(block.X), lambda a, b: a + b)
    5
    """
    blas = _blas()
    groups = _groups(iter(blocks), group)
    first = list(islice(groups, 2))

    def of(some: list[Any]) -> T:
        return merged(map(statistic, some), merge)

    everything = chain(first, groups)
    if blas is None or len(first) < 2 or hasattr(_here, "works"):
        return merged(map(of, everything), merge)
    with one_blas_thread():
        return merged(_in_order(everything, of, threads or cores()), merge)


def one_blas_thread() -> Any:
    """A context in which BLAS uses one thread: for many small products between passes over the rows.

    Vectors of some ten thousand numbers are split over all cores, and where another program holds one of these, every
    dot product waits for it. Without threadpoolctl (extra `fast`) it does nothing.
    """
    blas = _blas()
    return nullcontext() if blas is None else blas.limit(limits=1, user_api="blas")


def _groups(blocks: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while some := list(islice(blocks, size)):
        yield some


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_order(blocks: Iterator[Any], statistic: Callable[[Any], T], threads: int) -> Iterator[T]:
    """The statistic of each block, in the order of the blocks."""
    from concurrent.futures import Future, wait  # 10 ms that small data never need

    waiting: deque[Future[T]] = deque()
    pool = _workers(threads, os.getpid())
    try:
        for block in blocks:
            # A copy of the context carries NumPy's error state into the thread.
            waiting.append(pool.submit(contextvars.copy_context().run, statistic, block))
            if len(waiting) == 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:  # after an error nobody works on
        for future in waiting:
            future.cancel()
        wait(waiting)


_here = threading.local()
"""What only a worker's own thread can see: a statistic that asks for a reduce of its own does that work itself."""


@cache
def _workers(threads: int, process: int) -> Any:
    """Threads that are kept: to start them takes a millisecond, a reduce perhaps two. A fork has none of its parent."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(threads, "groundup", lambda: setattr(_here, "works", True))


@cache
def _blas() -> Any:
    """What sets the number of BLAS threads, or None where threadpoolctl is not installed."""
    try:
        return importlib.import_module("threadpoolctl").ThreadpoolController()
    except ImportError:
        return None
