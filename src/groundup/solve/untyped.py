"""NumPy functions whose stubs lose track of what `Array` is; under these names a type checker lets them be."""

from __future__ import annotations

from typing import Any

import numpy as np

where: Any = np.where
solve: Any = np.linalg.solve
cholesky: Any = np.linalg.cholesky
inv: Any = np.linalg.inv
lstsq: Any = np.linalg.lstsq
qr: Any = np.linalg.qr
full: Any = np.full
