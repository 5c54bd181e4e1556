"""Rows that are mostly zeros: SciPy's CSR, seen as the one kind of matrix that the formulas ask for.

A formula asks a matrix for X @ W, X.T @ g, some of its rows, and its length. `SparseRows` answers these from the CSR
that the user handed over, and nothing is ever made dense: 100,000 texts of 20,000 words take 60 MB instead of 16 GB.
Products are SciPy's own, and SciPy is never imported here: whoever hands over a CSR has it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, InputTypeError


class SparseRows:
    """A CSR matrix (rows, features) of finite float64 or float32, with the manners of an array.

    >>> import scipy.sparse
    >>> X = SparseRows(scipy.sparse.csr_array(np.array([[0.0, 2.0], [0.0, 0.0], [3.0, 0.0]])))
    >>> len(X), (X @ np.array([[1.0], [10.0]])).ravel(), (X.T @ np.ones((3, 1))).ravel()
    (3, array([20.,  0.,  3.]), array([3., 2.]))
    """

    ndim = 2

    def __init__(self, csr: Any):
        self.csr = csr
        self.shape: tuple[int, int] = csr.shape
        self.dtype = csr.dtype
        self._blocks: dict[tuple[int, int], SparseRows] = {}

    def __len__(self) -> int:
        return self.shape[0]

    def __matmul__(self, W: Array) -> Array:
        return np.asarray(self.csr @ W)

    def astype(self, dtype: Any) -> SparseRows:
        """The same rows in another type of number."""
        return SparseRows(self.csr.astype(dtype))

    @cached_property
    def T(self) -> Any:  # noqa: N802 - the name that arrays have
        """The transpose; it shares the memory of the rows."""
        return self.csr.T

    @property
    def nbytes(self) -> int:
        """The memory of the entries."""
        return self.csr.data.nbytes + self.csr.indices.nbytes + self.csr.indptr.nbytes

    @property
    def row_bytes(self) -> int:
        """The memory of an average row."""
        return max(1, self.nbytes // max(1, len(self)))

    def __getitem__(self, rows: Any) -> SparseRows:
        """Some rows. Neighbours are a view, kept for the next pass; any others are copied."""
        if not isinstance(rows, slice):
            return SparseRows(self.csr[rows])
        start, stop, step = rows.indices(len(self))
        if step != 1:
            return SparseRows(self.csr[rows])
        if (start, stop) not in self._blocks:
            starts = self.csr.indptr[start : stop + 1]
            entries = slice(starts[0], starts[-1])
            part = type(self.csr)((stop - start, self.shape[1]), dtype=self.dtype)
            # Set, not handed to the constructor, which copies what is a small part of something larger.
            part.data, part.indices = self.csr.data[entries], self.csr.indices[entries]
            part.indptr = starts - starts[0]
            self._blocks[start, stop] = SparseRows(part)
        return self._blocks[start, stop]

    def pairs(self, weight: Array) -> Array:
        """X' diag(weight) X, (features, features): the sums of all pairs of columns, the one dense matrix made here."""
        csr = self.csr
        each = np.repeat(weight, np.diff(csr.indptr))
        sums = (csr.T @ type(csr)((each * csr.data, csr.indices, csr.indptr), shape=self.shape)).tocoo()
        G = np.zeros((self.shape[1], self.shape[1]))
        G[sums.row, sums.col] = sums.data
        return G

    def squared(self) -> SparseRows:
        """Every entry squared: its column sums weigh the features, its row sums are the squared lengths of the rows."""
        csr = self.csr
        return SparseRows(type(csr)((csr.data * csr.data, csr.indices, csr.indptr), shape=self.shape))


def is_sparse(x: Any) -> bool:
    """Whether x is a sparse matrix of SciPy, or rows made of one."""
    return isinstance(x, SparseRows) or (hasattr(x, "tocsr") and hasattr(x, "nnz"))


def as_sparse_rows(x: Any, what: str = "X") -> SparseRows:
    """A sparse matrix of any of SciPy's formats as rows; float64 and float32 CSR are not copied.

    Raises InputError for NaN, infinity or complex numbers, with row and column, and where there are no rows or columns;
    InputTypeError for what are not numbers.

    >>> import scipy.sparse
    >>> as_sparse_rows(scipy.sparse.csr_array(np.array([[0.0, 1.0], [np.nan, 0.0]])))
    Traceback (most recent call last):
    groundup.errors.InputError: X must hold finite numbers, no NaN and no inf; row 1, column 0 holds nan. Fill it in, or
    leave that row out.
    """
    if isinstance(x, SparseRows):
        return x
    if x.ndim != 2 or 0 in x.shape:
        raise InputError(
            f"{what} must have at least 1 sample and 1 feature in two dimensions; came a sparse matrix of shape "
            f"(shape={x.shape}) while a minimum of 1 is required. Look at the step that made it."
        )
    csr = x.tocsr()
    if csr.dtype.kind == "c":
        raise InputError(f"Complex data not supported: {what} must hold real numbers; give .real and .imag as columns.")
    if csr.dtype.kind not in "biuf":
        raise InputTypeError(
            f"{what} must hold numbers; came a sparse matrix of {csr.dtype}. Use {what}.astype(float)."
        )
    if csr.dtype not in (np.float64, np.float32):
        csr = csr.astype(np.float64)
    finite = np.isfinite(csr.data)
    if not finite.all():
        entry = int(np.argmin(finite))
        row = int(np.searchsorted(csr.indptr, entry, side="right")) - 1
        raise InputError(
            f"{what} must hold finite numbers, no NaN and no inf; row {row}, column {int(csr.indices[entry])} holds "
            f"{csr.data[entry]}. Fill it in, or leave that row out."
        )
    return SparseRows(csr)
