"""Small jobs, where overhead is all there is: importing, fitting a few rows, predicting one.

python -m benchmarks.small
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from sklearn.linear_model import LinearRegression as Peer
from sklearn.linear_model import LogisticRegression as LogisticPeer

import groundup as gu
from benchmarks.paired import HEAD, line, paired


def python(code: str) -> object:
    """A new interpreter that runs one line."""
    return subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """The table."""
    print(HEAD)
    imports = paired(lambda: python("import groundup"), lambda: python("import numpy"), rounds=9)
    print(line("import groundup", "import numpy", imports, 1 / 1.3))
    first = paired(
        lambda: python("import groundup as gu; gu.LinearRegression"), lambda: python("import numpy"), rounds=9
    )
    print(line("import groundup and LinearRegression", "import numpy", first, 0.0))
    rng = np.random.default_rng(0)
    for rows, features in ((100, 1), (1000, 10)):
        X = rng.normal(size=(rows, features))
        y = X.sum(axis=1) + rng.normal(size=rows)
        ours, peer, one = gu.LinearRegression(), Peer(), X[:1]
        fit = paired(lambda: ours.fit(X, y), lambda: peer.fit(X, y), rounds=301)
        print(line(f"fit {rows} x {features}", "scikit-learn LinearRegression", fit, 1.0))
        predict = paired(lambda: ours.predict(one), lambda: peer.predict(one), rounds=301)
        print(line(f"predict 1 x {features}", "scikit-learn LinearRegression", predict, 5.0))
        classes = (y > 0).astype(int)
        for solver in ("lbfgs", "newton-cholesky"):
            ours, peer = gu.LogisticRegression(), LogisticPeer(C=np.inf, solver=solver, tol=1e-8)
            fit = paired(lambda: ours.fit(X, classes), lambda: peer.fit(X, classes), rounds=101)
            print(line(f"classify: fit {rows} x {features}", f"scikit-learn {solver}", fit, 1.0))
            predict = paired(lambda: ours.predict(one), lambda: peer.predict(one), rounds=101)
            print(line(f"classify: predict 1 x {features}", f"scikit-learn {solver}", predict, 1.0))


if __name__ == "__main__":
    main()
