"""Least squares: exact references, laws on random input, oracles, and the ways that rows can be hard.

Accuracy is counted in correct digits, -log10 of the relative error, of every coefficient on its own.
"""

import json
import math
import warnings
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from groundup.data.blocks import ArrayBlocks
from groundup.data.parallel import parallel_reduce
from groundup.errors import InputError
from groundup.solve.least_squares import least_squares, leverages, ridge_path
from groundup.solve.least_squares.doubled import cut, exact_bits, two_product, two_sum
from groundup.solve.least_squares.factor import dependent_columns
from groundup.solve.least_squares.gram import Guess, Normal, gram
from groundup.solve.least_squares.normal_equations import quick_solution, upper_inverse
from groundup.solve.least_squares.refine import polish
from groundup.solve.least_squares.triangle import by_triangle

REFERENCE = Path(__file__).parents[1] / "reference"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


NIST = [load(path) for path in sorted((REFERENCE / "linear_nist").glob("*.json"))]
SYNTHETIC = {path.stem: load(path) for path in sorted((REFERENCE / "linear_synthetic").glob("*.json"))}


def exact(text):
    return Fraction(Decimal(str(text)))


def digits(values, reference):
    """The fewest correct digits of any of the values; where the reference is 0, digits after the point."""
    worst = 99.0
    for value, text in zip(np.ravel(values), np.ravel(np.array(reference, dtype=object)), strict=True):
        wanted = exact(text)
        error = abs(Fraction(float(value)) - wanted) / (abs(wanted) or 1)
        worst = min(worst, -math.log10(error) if error else 99.0)
    return worst


def column(y):
    y = np.array(y, dtype=float)
    return y[:, None] if y.ndim == 1 else y


def design(case):
    """X without the column of ones of a NIST set: the powers of x, each correctly rounded."""
    X = np.array(case["x"])
    if X.ndim == 1 and case["degree"]:
        return np.array([[float(Fraction(x) ** k) for k in range(1, case["degree"] + 1)] for x in case["x"]])
    return X[:, None] if X.ndim == 1 else X


def synthetic(name):
    """X, y and weights of a synthetic case, without the column of ones."""
    case = SYNTHETIC[name]
    X = np.array(case["X"])
    y = column(case.get("Y", case.get("y")))
    weight = np.array(case["weights"]) if "weights" in case else None
    return X[:, 1:] if case["intercept_in_X"] else X, y, weight, case


def unknowns(solution):
    """Intercept and coefficients under one another."""
    return np.concatenate((solution.intercept[None], solution.coefficients))


def random_rows(seed, n=60, d=4, k=2, weighted=True):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) * 10.0 ** rng.integers(-3, 4, d) + rng.standard_normal(d)
    y = rng.standard_normal((n, k)) + X[:, :1] / np.abs(X[:, 0]).max()
    return X, y, rng.uniform(0.1, 3.0, n) if weighted else None


# Definition: exact references -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("block_rows", [None, 5])
@pytest.mark.parametrize("case", NIST, ids=lambda case: case["name"])
def test_nist_coefficients_have_fifteen_digits(case, block_rows):
    blocks = ArrayBlocks(design(case), column(case["y"]), block_rows=block_rows)
    solution = least_squares(blocks, fit_intercept=case["intercept"])
    found = unknowns(solution) if case["intercept"] else solution.coefficients
    assert digits(found, case["reference_f64_design"]["coef"]) >= 15
    assert digits(solution.residual_sum, [case["reference_f64_design"]["rss"]]) >= 15


def wampler(number):
    """NIST's Wampler sets from their formulas: a polynomial of degree 5 in x = 0..20, plus known noise."""
    x = [Fraction(i) for i in range(21)]
    if number == 2:
        return [float(i) for i in x], [float(sum((i / 10) ** j for j in range(6))) for i in x]
    noise = [759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048,
             -2048, 1838, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 759]  # fmt: skip
    scale = {1: 0, 3: 1, 4: 100, 5: 10_000}[number]
    return [float(i) for i in x], [
        float(sum(i**j for j in range(6)) + scale * e) for i, e in zip(x, noise, strict=True)
    ]


def solve_exactly(A, b):
    """Gauss and Jordan in fractions."""
    table = [[*row, value] for row, value in zip(A, b, strict=True)]
    for i in range(len(table)):
        pivot = next(j for j in range(i, len(table)) if table[j][i])
        table[i], table[pivot] = table[pivot], table[i]
        table[i] = [v / table[i][i] for v in table[i]]
        for j in range(len(table)):
            if j != i:
                table[j] = [a - table[j][i] * b for a, b in zip(table[j], table[i], strict=True)]
    return [row[-1] for row in table]


def exact_fit(X, y):
    """The normal equations of [1, X] in fractions: the definition, in full."""
    rows = [[Fraction(1), *map(Fraction, row)] for row in X]
    size = range(len(rows[0]))
    A = [[sum(r[i] * r[j] for r in rows) for j in size] for i in size]
    return solve_exactly(A, [sum(r[i] * Fraction(float(v)) for r, v in zip(rows, y, strict=True)) for i in size])


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_wampler_sets_have_fifteen_digits(number):
    x, y = wampler(number)
    X = np.array([[v**k for k in range(1, 6)] for v in x])
    found = unknowns(least_squares(ArrayBlocks(X, column(y))))
    assert agrees(found[:, 0], exact_fit(X.tolist(), y), 15)


def agrees(values, wanted, correct_digits):
    """Whether each value has so many correct digits of an exact fraction."""
    pairs = zip(values, wanted, strict=True)
    return all(abs(Fraction(float(v)) - w) <= abs(w) / Fraction(10**correct_digits) for v, w in pairs)


def test_noint2_has_fifteen_digits():
    found = least_squares(ArrayBlocks(column([4.0, 5.0, 6.0]), column([3.0, 4.0, 4.0])), fit_intercept=False)
    assert agrees(found.coefficients[0], [Fraction(56, 77)], 15)


@pytest.mark.parametrize("degree", [3, 6, 9, 11])
def test_polynomials_up_to_a_condition_of_1e12_have_fifteen_digits(degree):
    x = np.linspace(1, 2, 40)
    X, y = x[:, None] ** np.arange(1, degree + 1), np.sin(5 * x)
    solution = least_squares(ArrayBlocks(X, column(y), block_rows=9))
    assert solution.rank == degree
    assert "every digit is settled" in solution.reason
    assert agrees(unknowns(solution)[:, 0], exact_fit(X.tolist(), y.tolist()), 15)


@pytest.mark.parametrize("degree", [2, 5, 8, 10])
@pytest.mark.parametrize("centre", [0.0, 3.0])
def test_polynomials_at_offset_points_of_labels_near_a_million_have_fifteen_digits(degree, centre):
    """Kills: residuals good to 29 digits only: 6 go to the labels' offset, and as many as the condition has."""
    x = centre + np.linspace(-0.5, 0.5, 25)
    X = x[:, None] ** np.arange(1, degree + 1)
    y = (X / np.abs(X).max(axis=0)) @ np.cos(np.arange(degree)) + 1e6
    solution = least_squares(ArrayBlocks(X, column(y)))
    assert agrees(unknowns(solution)[:, 0], exact_fit(X.tolist(), y.tolist()), 15)
    assert ("every digit is settled" in solution.reason) == (solution.condition < 1e12)


def far_from_zero(seed):
    """Columns whose means are up to 1e11 times their deviations, in units of 1e-8 to 1e8."""
    rng = np.random.default_rng(seed)
    n, d = int(rng.integers(12, 60)), int(rng.integers(1, 6))
    X = (rng.standard_normal((n, d)) + 10.0 ** rng.integers(0, 11, d)) * 10.0 ** rng.integers(-8, 9, d)
    return X, (X / np.abs(X).max(axis=0)).sum(axis=1) + rng.choice([1e-6, 1e-3, 1.0]) * rng.standard_normal(n)


@pytest.mark.parametrize("block_rows", [None, 7])
@pytest.mark.parametrize("seed", range(12))
def test_means_far_from_zero_have_fifteen_digits(seed, block_rows):
    """Kills: 'every digit is settled' after one refinement, although the rounded means had tied b to the intercept."""
    X, y = far_from_zero(seed)
    solution = least_squares(ArrayBlocks(X, column(y), block_rows=block_rows))
    assert agrees(unknowns(solution)[:, 0], exact_fit(X.tolist(), y.tolist()), 15)


def hard_rows(kind, n=900):
    rng = np.random.default_rng(0)
    if kind == "powers":
        return (1 + np.linspace(0, 1, n))[:, None] ** np.arange(1, 8)
    if kind == "trend":  # what the first block says of the means is far off
        return np.sort(rng.standard_normal((n, 8)), axis=0) * 10.0 ** rng.integers(-8, 9, 8) + 100.0
    X = rng.standard_normal((n, 6))
    X[:, 5] = X[:, :5].sum(axis=1) + 1e-9 * X[:, 5]
    return X + 1e3 * (kind == "neighbours far away")


@pytest.mark.parametrize("block_rows", [None, 50])
@pytest.mark.parametrize("kind", ["powers", "trend", "neighbours", "neighbours far away"])
def test_gram_matrices_repeated_have_fifteen_digits(kind, block_rows):
    """Many rows of a condition up to 1e10. Kills: a shift or a map that is not undone, a mean left out, a lost pass."""
    X = hard_rows(kind)
    y = X @ np.ones(X.shape[1]) / np.abs(X).max() + 1e-3 * np.random.default_rng(1).standard_normal(len(X))
    s = least_squares(ArrayBlocks(X, column(y), block_rows=block_rows))
    assert "Gram matrix, " in s.reason
    assert agrees(unknowns(s)[:, 0], exact_fit(X.tolist(), y.tolist()), 15)
    np.testing.assert_allclose(s.residual_sum, ((y - s.intercept - X @ s.coefficients[:, 0]) ** 2).sum(), rtol=1e-6)
    np.testing.assert_allclose(s.feature_means, X.mean(axis=0), rtol=1e-13)
    assert np.array_equal(s.triangle, np.triu(s.triangle))
    # The triangle is that of Householder's QR: the centred rows times its inverse are independent.
    Q = np.linalg.solve(s.triangle.T, (X - s.feature_means).T)
    np.testing.assert_allclose(Q @ Q.T, np.eye(len(Q)), atol=4e-16 * s.condition * len(X))
    np.testing.assert_allclose(Q @ (y - y.mean()), s.projections[:, 0], atol=4e-16 * s.condition * len(X))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("intercept", [False, True])
def test_gram_matrices_repeated_agree_with_householder(weighted, intercept):
    """With weights, two outputs, and without an intercept. Kills: weights taken twice, an intercept that sneaks in."""
    X = hard_rows("neighbours")
    rng = np.random.default_rng(2)
    blocks = ArrayBlocks(X, rng.standard_normal((len(X), 2)), rng.uniform(0.1, 3, len(X)) if weighted else None)
    one, other = least_squares(blocks, fit_intercept=intercept), by_triangle(blocks, intercept)
    assert "Gram matrix, " in one.reason
    np.testing.assert_allclose(unknowns(one), unknowns(other), rtol=1e-14)
    np.testing.assert_allclose(one.residual_sum, other.residual_sum, rtol=1e-13)
    np.testing.assert_allclose(one.condition, other.condition, rtol=1e-4)


def test_many_rows_of_dependent_columns_are_left_to_householder():
    X = hard_rows("neighbours")
    X[:, 5] = X[:, 0] - 2 * X[:, 1]
    s = least_squares(ArrayBlocks(X, column(X[:, 2])))
    assert s.rank == 5
    assert "minimum-norm" in s.reason


@pytest.mark.parametrize("seed", range(8))
def test_least_norm_of_wide_rows_has_fifteen_digits(seed):
    rng = np.random.default_rng(seed)
    n, d = 3 + seed % 4, 9 + seed % 5
    X, y = np.round(rng.standard_normal((n, d)) * 8) / 8, np.round(rng.standard_normal(n) * 8) / 8
    X[1:, 0] *= 1e3
    rows = [[Fraction(v) for v in row] for row in X.tolist()]
    products = [[sum(a * b for a, b in zip(p, q, strict=True)) for q in rows] for p in rows]
    z = solve_exactly(products, [Fraction(v) for v in y.tolist()])
    wanted = [sum(row[j] * v for row, v in zip(rows, z, strict=True)) for j in range(d)]
    solution = least_squares(ArrayBlocks(X, column(y)), fit_intercept=False)
    assert agrees(solution.coefficients[:, 0], wanted, 15)


def test_far_more_columns_than_rows_need_no_square_of_them():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((10, 20_000)), rng.standard_normal((10, 1))  # a square would take 3.2 GB
    solution = least_squares(ArrayBlocks(X, y, block_rows=4))
    assert solution.rank == 9
    assert solution.triangle.shape == (9, 20_000)
    np.testing.assert_allclose(solution.intercept + X @ solution.coefficients, y, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("block_rows", [None, 7])
@pytest.mark.parametrize("name", [n for n, case in SYNTHETIC.items() if "coef" in case.get("reference", {})])
def test_synthetic_coefficients_have_fourteen_digits(name, block_rows):
    X, y, weight, case = synthetic(name)
    solution = least_squares(ArrayBlocks(X, y, weight, block_rows=block_rows))
    reference = case["reference"]["coef"]
    wanted = np.array(reference, dtype=object).T if isinstance(reference[0], list) else reference
    assert digits(unknowns(solution), wanted) >= 14


@pytest.mark.parametrize("block_rows", [None, 5])
@pytest.mark.parametrize("name", ["collinear_exact", "constant_column", "wide_4x9"])
def test_least_norm_answers_have_fourteen_digits(name, block_rows):
    case = SYNTHETIC[name]
    blocks = ArrayBlocks(np.array(case["X"]), column(case["y"]), block_rows=block_rows)
    solution = least_squares(blocks, fit_intercept=False)
    assert digits(solution.coefficients, case["reference"]["coef_min_norm"]) >= 14
    assert solution.rank == case["reference"]["rank"]


@pytest.mark.parametrize("shape", [(4, 9), (10, 30)], ids=str)
def test_least_norm_answers_far_from_zero_have_fifteen_digits(shape):
    """Rows a million deviations away, against 60 digits. Kills: a fit whose intercept is not yet right."""
    rng = np.random.default_rng(1)
    X, y = rng.standard_normal(shape) + 1e6, rng.integers(-9, 9, shape[0]).astype(float)
    with mp.workdps(60):
        C = mp.matrix(X.tolist())
        for j in range(shape[1]):
            mean = mp.fsum(C[:, j]) / shape[0]
            C[:, j] = C[:, j] - mean * mp.ones(shape[0], 1)
        right = mp.matrix(y.tolist()) - mp.fsum(y.tolist()) / shape[0] * mp.ones(shape[0], 1)
        # C C' has no slope along the ones; with them added it has an inverse, and the answer is the same.
        wanted = C.T * mp.lu_solve(C * C.T + mp.ones(shape[0], shape[0]), right)
        wanted = np.array([float(w) for w in wanted])
    np.testing.assert_allclose(least_squares(ArrayBlocks(X, column(y))).coefficients[:, 0], wanted, rtol=1e-15)


@pytest.mark.parametrize("name", ["collinear_exact", "constant_column"])
def test_an_intercept_is_no_part_of_the_norm(name):
    X, y, _, case = synthetic(name)
    solution = least_squares(ArrayBlocks(X, y))
    assert digits(solution.intercept + X @ solution.coefficients, case["reference"]["fitted"]) >= 13.5
    assert solution.rank == case["reference"]["rank"] - 1
    centred = X - X.mean(axis=0)
    np.testing.assert_allclose(solution.coefficients, np.linalg.pinv(centred) @ (y - y.mean()), rtol=1e-12, atol=1e-15)
    assert f"columns {X.shape[1] - 1} depend" in solution.reason
    assert "minimum-norm" in solution.reason


@pytest.mark.parametrize(
    "entry", SYNTHETIC["ridge_path"]["ridge"], ids=lambda e: f"{e['lam']}-{e['intercept_penalised']}"
)
def test_ridge_has_fourteen_digits(entry):
    case = SYNTHETIC["ridge_path"]
    X, y = np.array(case["X"]), column(case["y"])
    if entry["intercept_penalised"]:
        found = least_squares(ArrayBlocks(X, y), fit_intercept=False, l2=entry["lam"]).coefficients
    else:
        found = unknowns(least_squares(ArrayBlocks(X[:, 1:], y), l2=entry["lam"]))
    assert digits(found, entry["coef"]) >= 14


def test_labels_of_1e200_keep_a_norm_although_their_squares_overflow():
    X, y, _, case = synthetic("y_times_1e200")
    solution = least_squares(ArrayBlocks(X, y))
    deviation = solution.residual_norm / math.sqrt(len(X) - 3)
    assert digits(deviation, [case["reference"]["residual_sd"]]) >= 14
    assert solution.residual_sum == np.inf


# Laws -----------------------------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 2**31), scale=st.integers(-200, 200))
@settings(max_examples=30, deadline=None)
def test_powers_of_two_round_nothing(seed, scale):
    X, y, weight = random_rows(seed)
    one = least_squares(ArrayBlocks(X, y, weight))
    other = least_squares(ArrayBlocks(np.ldexp(X, scale), np.ldexp(y, -scale), weight))
    np.testing.assert_allclose(np.ldexp(other.coefficients, 2 * scale), one.coefficients, rtol=5e-15, atol=1e-300)


@given(seed=st.integers(0, 2**31), block_rows=st.integers(1, 40), intercept=st.booleans())
@settings(max_examples=30, deadline=None)
def test_blocks_are_one_array(seed, block_rows, intercept):
    X, y, weight = random_rows(seed)
    one = least_squares(ArrayBlocks(X, y, weight), fit_intercept=intercept)
    many = least_squares(ArrayBlocks(X, y, weight, block_rows=block_rows), fit_intercept=intercept)
    size = np.abs(X).max(axis=0)[:, None]
    np.testing.assert_allclose(many.coefficients * size, one.coefficients * size, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(many.residual_sum, one.residual_sum, rtol=1e-12)
    np.testing.assert_allclose(many.triangle.T @ many.triangle, one.triangle.T @ one.triangle, rtol=1e-8, atol=1e-9)
    assert many.n_rows == one.n_rows == len(X)


@given(seed=st.integers(0, 2**31))
@settings(max_examples=20, deadline=None)
def test_weights_are_repeats_and_zero_is_absence(seed):
    X, y, _ = random_rows(seed, n=30)
    times = np.random.default_rng(seed).integers(0, 4, len(X))
    weighted = least_squares(ArrayBlocks(X, y, times.astype(float)))
    repeated = least_squares(ArrayBlocks(np.repeat(X, times, axis=0), np.repeat(y, times, axis=0)))
    size = np.abs(X).max(axis=0)[:, None]
    np.testing.assert_allclose(weighted.coefficients * size, repeated.coefficients * size, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(weighted.residual_sum, repeated.residual_sum, rtol=1e-12)
    assert weighted.weight_sum == repeated.weight_sum == times.sum()


@given(seed=st.integers(0, 2**31), intercept=st.booleans(), weighted=st.booleans())
@settings(max_examples=30, deadline=None)
def test_the_gradient_is_zero_and_the_parts_fit_together(seed, intercept, weighted):
    X, y, weight = random_rows(seed, weighted=weighted)
    s = least_squares(ArrayBlocks(X, y, weight), fit_intercept=intercept)
    w = np.ones(len(X)) if weight is None else weight
    residual = y - X @ s.coefficients - s.intercept
    scale = np.abs(X).max(axis=0)
    assert np.abs((X / scale).T @ (w[:, None] * residual)).max() < 1e-11
    np.testing.assert_allclose(s.residual_sum, (w[:, None] * residual**2).sum(axis=0), rtol=1e-11)
    np.testing.assert_allclose(s.residual_norm**2, s.residual_sum, rtol=1e-14)
    centred = (X - s.feature_means) / scale
    scaled = s.triangle / scale
    np.testing.assert_allclose(scaled.T @ scaled, centred.T @ (w[:, None] * centred), rtol=1e-9, atol=1e-11)
    assert np.array_equal(s.triangle, np.triu(s.triangle))
    np.testing.assert_allclose(s.triangle @ s.coefficients, s.projections, rtol=1e-9, atol=1e-11)
    if intercept:
        np.testing.assert_allclose(s.feature_means / scale, np.average(X, axis=0, weights=w) / scale, atol=1e-13)
        np.testing.assert_allclose(s.label_means, np.average(y, axis=0, weights=w), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("l2", [1e-8, 0.3, 1e9])
@pytest.mark.parametrize("n", [60, 3000])
@pytest.mark.parametrize("intercept", [True, False])
def test_ridge_solves_its_own_normal_equations(l2, n, intercept):
    X, y, weight = random_rows(3, n=n)
    X = X / np.abs(X).max(axis=0)
    s = least_squares(ArrayBlocks(X, y, weight, block_rows=200), fit_intercept=intercept, l2=l2)
    residual = y - X @ s.coefficients - s.intercept
    gradient = X.T @ (weight[:, None] * residual) - l2 * s.coefficients
    assert np.abs(gradient).max() < 1e-12 * n * np.abs(y).max()


def test_a_path_is_each_of_its_penalties():
    X, y, weight = random_rows(5)
    blocks, penalties = ArrayBlocks(X, y, weight), [0.0, 1e-3, 10.0]
    path = least_squares(blocks, l2=penalties)
    assert path.coefficients.shape == (3, 4, 2)
    assert path.intercept.shape == (3, 2)
    for i, l2 in enumerate(penalties):
        one = least_squares(blocks, l2=l2)
        assert np.array_equal(path.coefficients[i], one.coefficients)
        assert np.array_equal(path.intercept[i], one.intercept)
    rough, _ = ridge_path(least_squares(blocks), penalties)
    np.testing.assert_allclose(rough, path.coefficients, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("collinear", [True, False])
def test_leverages_are_the_diagonal_of_the_hat_matrix(intercept, collinear):
    X, y, weight = random_rows(9)
    if collinear:
        X = np.concatenate((X, X[:, :1] * 2), axis=1)
    blocks = ArrayBlocks(X, y, weight)
    s = least_squares(blocks, fit_intercept=intercept)
    found = np.concatenate([leverages(s, b) for b in ArrayBlocks(X, y, weight, block_rows=11)])
    Z = np.concatenate((np.ones((len(X), 1)), X), axis=1) if intercept else X
    root = np.sqrt(weight)[:, None] * Z / np.abs(Z).max(axis=0)
    np.testing.assert_allclose(found, np.diagonal(root @ np.linalg.pinv(root)), rtol=1e-10)
    np.testing.assert_allclose(found.sum(), s.rank + intercept, rtol=1e-12)


@pytest.mark.parametrize("intercept", [True, False])
def test_leverages_beside_a_constant_column(intercept):
    """Kills: what is left of a constant column after centring, pure rounding, taken for a direction of its own."""
    X, y, weight = random_rows(9)
    X[:, 1] = 0.1
    s = least_squares(ArrayBlocks(X, y, weight), fit_intercept=intercept)
    Z = np.concatenate((np.ones((len(X), 1)), X[:, [0, 2, 3]]), axis=1)
    root = np.sqrt(weight)[:, None] * Z / np.abs(Z).max(axis=0)
    found = np.concatenate([leverages(s, b) for b in ArrayBlocks(X, y, weight, block_rows=11)])
    np.testing.assert_allclose(found, np.diagonal(root @ np.linalg.pinv(root)), rtol=1e-10)


@pytest.mark.parametrize("coefficients", [None, np.array([[0.5, 1.0], [2.0, 0.0], [0.1, 0.2]])])
def test_a_gram_matrix_in_place_is_that_of_a_copy(coefficients):
    rng = np.random.default_rng(0)
    block = next(iter(ArrayBlocks(rng.standard_normal((50, 3)), rng.standard_normal((50, 2)))))
    guess = Guess(np.zeros(3), np.array([0.3, -0.2]), coefficients)
    copied, in_place = gram(block, guess), gram(block, guess._replace(shifted=False))
    np.testing.assert_allclose(in_place.products, copied.products, rtol=1e-12, atol=1e-13)


# Oracles --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "d", "rank"), [(40, 6, 6), (40, 6, 3), (5, 12, 5), (1, 3, 1), (6, 6, 6), (300, 20, 19)])
@pytest.mark.parametrize("block_rows", [None, 3])
def test_least_norm_agrees_with_numpy(n, d, rank, block_rows):
    rng = np.random.default_rng(n * d)
    X = rng.standard_normal((n, rank)) @ rng.standard_normal((rank, d))
    y = rng.standard_normal((n, 2))
    s = least_squares(ArrayBlocks(X, y, block_rows=block_rows), fit_intercept=False)
    wanted = np.linalg.lstsq(X, y, rcond=1e-10)[0]
    assert s.rank == rank
    np.testing.assert_allclose(s.coefficients, wanted, rtol=1e-9, atol=1e-10)


def test_agrees_with_scikit_learn_on_many_blocks():
    linear_model = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(0)
    X = rng.standard_normal((20_000, 12)) + np.arange(12)
    y = X @ rng.standard_normal((12, 1)) + rng.standard_normal((20_000, 1))
    s = least_squares(ArrayBlocks(X, y))
    theirs = linear_model.LinearRegression().fit(X, y)
    np.testing.assert_allclose(s.coefficients.T, theirs.coef_, rtol=1e-11)
    np.testing.assert_allclose(s.intercept, theirs.intercept_, rtol=1e-11)
    assert "one pass" in s.reason


# Hard rows ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exponent", [-300, -200, -150, 150, 200, 300])
def test_columns_at_the_ends_of_the_range(exponent):
    X, y, _ = random_rows(2)
    plain = least_squares(ArrayBlocks(X, y))
    wild = X.copy()
    wild[:, 1] *= 2.0**exponent * 2.0**exponent
    wild[:, 2] *= 2.0**-exponent
    s = least_squares(ArrayBlocks(wild, y))
    back = s.coefficients * np.array([1.0, 2.0**exponent, 2.0**-exponent, 1.0])[:, None]
    back[1] *= 2.0**exponent
    np.testing.assert_allclose(back, plain.coefficients, rtol=1e-14)


def test_a_first_block_unlike_the_others_costs_no_digit():
    rng = np.random.default_rng(1)
    X = np.sort(rng.standard_normal((6000, 2)), axis=0) * 1e3
    X[:50] = 0.0  # the guess knows nothing
    X[:, 1] = rng.standard_normal(6000)
    y = X @ [[2.0], [3.0]] + 1e-3 * rng.standard_normal((6000, 1)) + 5.0
    one = least_squares(ArrayBlocks(X, y, block_rows=6000))
    many = least_squares(ArrayBlocks(X, y, block_rows=50))
    np.testing.assert_allclose(many.coefficients, one.coefficients, rtol=1e-13)
    np.testing.assert_allclose(many.residual_sum, one.residual_sum, rtol=1e-11)


@pytest.mark.parametrize("n", [300, 30_000])
@pytest.mark.parametrize("noise", [1e-12, 1e-6, 1.0])
def test_the_sum_of_squares_does_not_cancel(n, noise):
    rng = np.random.default_rng(7)
    X = rng.standard_normal((n, 3))
    # Numbers on a grid, so that y holds X b exactly and the noise is what it says.
    X = np.round(X * 2**10) / 2**10
    e = np.round(rng.standard_normal((n, 1)) * 2**5) / 2**5 * 2.0 ** round(math.log2(noise))
    s = least_squares(ArrayBlocks(X, X @ [[1.0], [2.0], [-3.0]] + e))
    centred = np.concatenate((np.ones((n, 1)), X), axis=1)
    wanted = ((e - centred @ np.linalg.lstsq(centred, e, rcond=None)[0]) ** 2).sum()
    np.testing.assert_allclose(s.residual_sum, wanted, rtol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.int64, np.float64])
def test_other_types_are_summed_as_float64(dtype):
    rng = np.random.default_rng(3)
    X = rng.integers(-9, 9, (500, 3))
    y = X @ [[1], [2], [3]] + rng.integers(-2, 2, (500, 1))
    plain = least_squares(ArrayBlocks(X.astype(float), y.astype(float)))
    s = least_squares(ArrayBlocks(X.astype(dtype), y.astype(dtype)))
    assert s.coefficients.dtype == np.float64
    np.testing.assert_allclose(s.coefficients, plain.coefficients, rtol=1e-15)


@pytest.mark.parametrize("where", ["X", "y", "sample_weight"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("l2", [0.0, 1.0, [0.5, 2.0]])
def test_nan_in_is_nan_out_and_no_warning(where, value, l2):
    rows = dict(zip(("X", "y", "sample_weight"), random_rows(4), strict=True))
    rows[where][7] = value
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        s = least_squares(ArrayBlocks(**rows), l2=l2)
    assert np.isnan(s.coefficients).all()
    assert np.isnan(s.intercept).all()
    assert "NaN or infinity" in s.reason


def test_rows_are_left_as_they_were():
    X, y, weight = random_rows(6)
    kept = X.copy(), y.copy(), weight.copy()
    for array in (X, y, weight):
        array.flags.writeable = False
    least_squares(ArrayBlocks(X, y, weight, block_rows=9), l2=1.0)
    assert all(np.array_equal(*pair) for pair in zip((X, y, weight), kept, strict=True))


def test_one_row_constant_columns_and_constant_labels():
    one = least_squares(ArrayBlocks(np.array([[2.0, 3.0]]), np.array([[5.0]])))
    assert one.rank == 0
    assert np.array_equal(unknowns(one), [[5.0], [0.0], [0.0]])
    X = np.full((50, 1), 0.1)
    constant = least_squares(ArrayBlocks(X, np.arange(50.0)[:, None], block_rows=7))
    assert constant.rank == 0
    np.testing.assert_allclose(unknowns(constant), [[24.5], [0.0]], rtol=1e-15, atol=1e-12)
    X = np.arange(20_000.0)[:, None] % 7
    flat = least_squares(ArrayBlocks(X, np.full((20_000, 1), 0.1), block_rows=100))
    np.testing.assert_allclose(unknowns(flat), [[0.1], [0.0]], rtol=1e-15, atol=1e-16)


@pytest.mark.parametrize("shape", [(3, 0), (0, 2)])
def test_no_columns_and_no_rows_are_errors_in_words(shape):
    with pytest.raises(InputError, match=f"it has {shape[0]} rows and {shape[1]} columns"):
        least_squares(ArrayBlocks(np.ones(shape), np.ones((shape[0], 1))))


def test_no_weight_at_all_and_a_negative_penalty_are_errors():
    X, y, _ = random_rows(1)
    with pytest.raises(InputError, match="positive sum"):
        least_squares(ArrayBlocks(X, y, np.zeros(len(X))))
    with pytest.raises(InputError, match="at least 0; got -1"):
        least_squares(ArrayBlocks(X, y), l2=-1.0)


# Doubled precision ----------------------------------------------------------------------------------------------------

numbers = st.floats(-1e100, 1e100).filter(lambda x: x == 0 or abs(x) > 1e-100)


@given(a=numbers, b=numbers)
def test_sums_and_products_are_exact_pairs(a, b):
    high, low = two_sum(a, b)
    assert Fraction(high) + Fraction(low) == Fraction(a) + Fraction(b)
    assert high == a + b
    high, low = two_product(a, b)
    assert Fraction(high) + Fraction(low) == Fraction(a) * Fraction(b)


@given(x=st.floats(-1, 1), bits=st.integers(10, 25))
def test_pieces_add_up_and_are_short(x, bits):
    first, second, rest = cut(x, bits)
    assert Fraction(first) + Fraction(second) + Fraction(rest) == Fraction(x)
    assert first * 2**bits == int(first * 2**bits)
    assert abs(first) <= 1
    assert second * 4**bits == int(second * 4**bits)
    assert abs(second) <= 2.0**-bits
    assert abs(rest) <= 4.0**-bits


def test_a_product_of_pieces_is_exact():
    rng = np.random.default_rng(0)
    n = 1000
    a, b = (cut(rng.uniform(-1, 1, n), exact_bits(n))[0] for _ in range(2))
    assert Fraction(float(a @ b)) == sum(Fraction(x) * Fraction(y) for x, y in zip(a, b, strict=True))


def test_dependent_columns_are_those_that_repeat_what_came_before():
    rng = np.random.default_rng(0)
    R = rng.standard_normal((8, 8))
    R[:, 3] = R[:, 0] - 2 * R[:, 1]
    R[:, 6] = R[:, 3] + R[:, 5]
    assert dependent_columns(R / np.abs(R).max(), rank=6, least=1e-14) == [3, 6]
    assert dependent_columns(R[:3], rank=3, least=1e-14) == [3, 4, 5, 6, 7]


@pytest.mark.parametrize("d", [1, 47, 48, 49, 130])
def test_the_inverse_of_a_triangle(d):
    """Kills: a half that is left out, a sign."""
    R = np.triu(np.random.default_rng(d).normal(size=(d, d))) + d * np.eye(d)
    found = upper_inverse(R)
    np.testing.assert_allclose(found @ R, np.eye(d), atol=1e-14)
    assert (np.tril(found, -1) == 0).all()


@pytest.mark.parametrize("scale", [1.0, 1e-3])
def test_a_quick_solution_is_the_slow_one_or_none(scale):
    """Kills: lengths of columns forgotten, a guess from columns that depend on others."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 60)) * scale ** np.arange(60)[::-1].clip(0, 5)
    normal = Normal(X.T @ X, X.T @ X[:, :2] + 1.0, np.ones(2), 200.0, np.zeros(60), np.zeros(2))
    b = np.linalg.solve(normal.matrix, normal.right)
    np.testing.assert_allclose(quick_solution(normal), b, rtol=1e-9, atol=1e-9 * np.abs(b).max())
    X[:, 1] = X[:, 0] * (1 + 1e-6 * rng.normal(size=200))
    assert quick_solution(normal._replace(matrix=X.T @ X)) is None


def test_many_rows_of_independent_columns_have_fifteen_digits_without_a_second_look():
    """The bound says 13 digits of the effects at a condition of 100, and 15 at 2. Kills: sums in one long row."""
    rng = np.random.default_rng(0)
    for mean in (0.0, 1.0):
        X = rng.standard_normal((60_000, 12)) + mean
        y = X @ rng.standard_normal((12, 1)) + rng.standard_normal((60_000, 1))
        rows = ArrayBlocks(X, y)
        found = least_squares(rows)
        assert found.reason.endswith("one pass: condition 1")
        exact = polish(rows, found, np.linalg.inv(found.triangle))
        effects = np.abs(exact.coefficients).max()
        assert np.abs(found.coefficients - exact.coefficients).max() <= 1e-15 * effects
        np.testing.assert_allclose(found.intercept, exact.intercept, rtol=1e-14)


# Parallel -------------------------------------------------------------------------------------------------------------


def test_no_bit_depends_on_the_number_of_threads():
    rng = np.random.default_rng(0)
    blocks = ArrayBlocks(rng.standard_normal((5000, 7)), rng.standard_normal((5000, 1)), block_rows=130)

    def products(block):
        return block.X.T @ block.X

    one = parallel_reduce(blocks, products, np.add, threads=1)
    for threads in (2, 3, 8):
        assert np.array_equal(one, parallel_reduce(blocks, products, np.add, threads=threads))
    np.testing.assert_allclose(one, blocks.reduce(products, np.add), rtol=1e-12)


def test_an_error_in_a_thread_reaches_the_caller():
    blocks = ArrayBlocks(np.ones((50, 1)), np.ones((50, 1)), block_rows=5)

    def fails(block):
        raise InputError("a bad row")

    with pytest.raises(InputError, match="a bad row"):
        parallel_reduce(blocks, fails, np.add)


def test_threads_obey_the_callers_error_state():
    blocks = ArrayBlocks(np.zeros((50, 1)), np.ones((50, 1)), block_rows=5)
    with np.errstate(all="ignore"):
        assert parallel_reduce(blocks, lambda block: (block.y / block.X).sum(), np.add) == np.inf
