"""Print the table of src/groundup/formulas/distributions/gauss.py, from 60 digits.

    python scripts/make_distribution_coefficients.py > src/groundup/formulas/distributions/gauss.py

NumPy's own `leggauss` gives weights with relative errors up to 1e-13 near the ends, which is what a tail sees most.
"""

import mpmath as mp

NODES = 56

HEADER = '''"""∫₀¹ f(t) dt ≈ Σ weight_i f(node_i): Gauss and Legendre's rule with {count} nodes.

Exact for polynomials of degree {degree}. Made by scripts/make_distribution_coefficients.py from 60
digits; the nodes are those of the Legendre polynomial P_{count}, moved from (-1, 1) to (0, 1).

>>> round(float(WEIGHTS @ NODES**3), 15)
0.25

DLMF 3.5(v).
"""

from __future__ import annotations

import numpy as np
'''


def legendre(count: int, x: mp.mpf) -> tuple[mp.mpf, mp.mpf]:
    """P_count and its slope, by the three-term recurrence."""
    before, value = mp.mpf(1), x
    for degree in range(2, count + 1):
        before, value = value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree
    return value, count * (x * value - before) / (x * x - 1)


def rule(count: int) -> tuple[list[mp.mpf], list[mp.mpf]]:
    """Nodes and weights on (0, 1), ascending; Newton from the cosines doubles its digits each time."""
    nodes, weights = [], []
    for index in range(count, 0, -1):
        x = mp.cos(mp.pi * (index - mp.mpf(1) / 4) / (count + mp.mpf(1) / 2))
        for _ in range(8):
            value, slope = legendre(count, x)
            x -= value / slope
        nodes.append((1 + x) / 2)
        weights.append(1 / ((1 - x * x) * legendre(count, x)[1] ** 2))
    return nodes, weights


def listing(name: str, values: list[mp.mpf]) -> str:
    lines = "\n".join(f"        {float(value)!r}," for value in values)
    return f"{name} = np.array(\n    [\n{lines}\n    ]\n)"


if __name__ == "__main__":
    mp.mp.dps = 60
    nodes, weights = rule(NODES)
    print(HEADER.format(count=NODES, degree=2 * NODES - 1))
    print(listing("NODES", nodes))
    print(listing("WEIGHTS", weights))
