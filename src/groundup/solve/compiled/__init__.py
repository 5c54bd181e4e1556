"""Whole epochs in machine code, from the same formulas: the extra `fast` (numba).

A mini-batch of 32 rows is three microseconds of arithmetic and thirty of Python. Here a whole epoch is one call of a
compiled loop. No formula is written a second time: the loss, the penalty and the step of the method are run once on
symbols, which write down what is done to them, and numba compiles what was written.

    trace       Symbol, Trace: a formula run on symbols becomes lines of code
    kernels     the loops over batches, rows and features, around those lines
    quick       exp, tanh and their like as plain arithmetic
    small       numbers so small that they only cost time become 0
    build       from a loss, a penalty and a method to one compiled function
    network     the same for layers of neurons; tiles: their products
    epochs      a compiled epoch as an object; and the pass over all rows that a history asks for after each of them
    meanwhile   what another core begins beforehand: the next epoch during a pass, the next order during an epoch
    gram        the sums of least squares in one reading; gram_vectors: its inner loops
    training    CompiledTraining: the one loop, that takes whole epochs at a time where nobody looks in between

A formula that asks questions about numbers (`if x > 0`), or works on whole arrays at once, cannot be written down so;
then the epoch is walked step by step, as it is without numba. The numbers are the same to rounding either way.
"""

from __future__ import annotations

from groundup.solve.compiled.epochs import Terms
from groundup.solve.compiled.training import CompiledTraining, worth_it

__all__ = ["CompiledTraining", "Terms", "worth_it"]
