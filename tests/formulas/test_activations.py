"""Activations against exact decimals, against their own differences, and on every array library there is.

The classes are found by walking the subclasses of Activation: a class added tomorrow is tested tomorrow.
"""

from __future__ import annotations

import inspect
import json
import math
import pickle
import tracemalloc
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.errors import InputError, UnknownNameError
from groundup.formulas import activations
from groundup.formulas.activations import base
from groundup.formulas.activations.base import Activation, Elementwise, RowWise, in_blocks

REFERENCE = Path(__file__).parents[1] / "reference"
WITH_PARAMETERS = (
    *(activations.LeakyReLU, activations.PReLU, activations.ELU, activations.CELU, activations.Swish),
    *(activations.HardShrink, activations.SoftShrink, activations.SquarePlus, activations.Threshold),
)
CLASSES = {cls.name: cls for cls in WITH_PARAMETERS}
LIMIT_OF_DOUBLES = mp.mpf(2) ** 1024 * (1 - mp.mpf(2) ** -54)


def concrete(root: type[Activation]) -> list[type[Activation]]:
    """Every class of the package below `root` that has no abstract method left and is public."""
    found = [cls for child in root.__subclasses__() for cls in (child, *concrete(child))]
    return [
        c for c in dict.fromkeys(found) if not inspect.isabstract(c) and c.name and c.__module__.startswith("groundup")
    ]


ELEMENTWISE = [example for cls in concrete(Elementwise) for example in cls.examples()]
ROWWISE = [example for cls in concrete(RowWise) for example in cls.examples()]
EVERY = ELEMENTWISE + ROWWISE


def from_file_name(name: str) -> Activation:
    """'swish_1.5' -> Swish(1.5), 'tanh' -> tanh."""
    if name in activations.NAMES:
        return activations.named(name)
    family, _, parameters = max(
        ((known, "_", name[len(known) + 1 :]) for known in CLASSES if name.startswith(known + "_")),
        key=lambda found: len(found[0]),
    )
    return CLASSES[family](*(float(parameter) for parameter in parameters.split("_")))


def exact(text: str) -> mp.mpf:
    if "underflow" in text:
        return mp.mpf(0)
    if "overflow" in text:
        return mp.mpf("-inf" if text.startswith("-") else "inf")
    return mp.mpf(text)


def agrees(got: float, reference: mp.mpf, x: float, condition: float) -> bool:
    """The strict rule of the reference files: 8 + 2 cond units of 2^-53, and four denormals times max(1, |x|)."""
    if mp.isnan(reference):
        return math.isnan(got)
    if abs(reference) > LIMIT_OF_DOUBLES:
        return got == (math.inf if reference > 0 else -math.inf)
    allowed = max(
        (8 + 2 * mp.mpf(condition)) * mp.mpf(2) ** -53 * abs(reference), 4 * max(1, abs(x)) * mp.mpf(2) ** -1074
    )
    return math.isfinite(got) and abs(mp.mpf(got) - reference) <= allowed


FILES = sorted((REFERENCE / "activations").glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_exact_decimals(path: Path):
    """Kills: textbook formulas that overflow, cancel or lose the tail; other conventions at a kink; NumPy warnings."""
    case = json.loads(path.read_text())
    activation = from_file_name(case["function"])
    assert isinstance(activation, Elementwise)
    points = np.array([float(row["x"]) for row in case["rows"]])
    wrong: list[object] = []
    with np.errstate(all="raise", under="ignore"):
        y = activation.value(points)
        answers = {
            "f": [y],
            "d1": [activation.derivative(points), activation.derivative(points, y)],
            "d2": [activation.second_derivative(points)],
        }
        one_by_one = np.array([activation.value(float(point)) for point in points])
    np.testing.assert_allclose(one_by_one, y, rtol=1e-15, atol=1e-323)
    for index, row in enumerate(case["rows"]):
        x, conditions = float(points[index]), row.get("cond", [0.0, 0.0])
        of = {"f": conditions[0], "d1": conditions[1], "d2": conditions[1]}
        for name, variants in answers.items():
            for answer in variants:
                got = float(answer[index])
                if not agrees(got, exact(row[name]), 1.0 if np.isinf(x) else x, of[name]):
                    wrong.append((x, name, got, row[name][:24]))
    assert not wrong


mpf = mp.mpf


def _gelu_tanh(x):
    return x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)))


DEFINITIONS = {
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "log_sigmoid": lambda x: -mp.log1p(mp.exp(-x)),
    "tanh": mp.tanh,
    "lecun_tanh": lambda x: mpf("1.7159") * mp.tanh(2 * x / 3),
    "softsign": lambda x: x / (1 + abs(x)),
    "arctan": mp.atan,
    "cloglog": lambda x: -mp.expm1(-mp.exp(x)),
    "swish": lambda x, beta=1.0: x / (1 + mp.exp(-mpf(beta) * x)),
    "silu": lambda x: x / (1 + mp.exp(-x)),
    "quick_gelu": lambda x: x / (1 + mp.exp(-mpf(1.702) * x)),
    "gelu_tanh": _gelu_tanh,
    "gelu": lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
    "mish": lambda x: x * mp.tanh(mp.log1p(mp.exp(x))),
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "squareplus": lambda x, b=4.0: (x + mp.sqrt(x * x + mpf(b))) / 2,
    "bent_identity": lambda x: (mp.sqrt(x * x + 1) - 1) / 2 + x,
    "log_cosh": lambda x: mp.log(mp.cosh(x)),
    "gaussian": lambda x: mp.exp(-x * x),
    "sinusoid": mp.sin,
    "exponential": mp.exp,
    "tanhshrink": lambda x: x - mp.tanh(x),
    "elu": lambda x, alpha=1.0: x if x > 0 else mpf(alpha) * mp.expm1(x),
    "celu": lambda x, alpha=1.0: x if x > 0 else mpf(alpha) * mp.expm1(x / mpf(alpha)),
    "selu": lambda x: (
        mpf("1.0507009873554804934193349852946")
        * (x if x > 0 else mpf("1.6732632423543772848170429916717") * mp.expm1(x))
    ),
    "hard_swish": lambda x: x * min(mpf(6), max(mpf(0), x + 3)) / 6,
    "relu_squared": lambda x: max(mpf(0), x) ** 2,
}
CURVED = [
    *(cls.name for cls in concrete(Elementwise) if cls.name in DEFINITIONS),
    *("swish_0.3", "swish_3", "squareplus_0.25", "squareplus_100", "elu_3", "celu_0.5", "celu_4"),
]


@pytest.mark.parametrize("name", CURVED)
def test_random_points_against_the_definition(name: str):
    """Kills: a formula tuned to the points of the files. The definition is evaluated with 700 digits at any point.

    A derivative of order k may lose what its own condition number says. Chance plays no part: the seed is fixed.
    """
    activation = from_file_name(name)
    definition = DEFINITIONS[activation.name]
    parameters = list(vars(activation).values())
    rng = np.random.default_rng(7)
    points = [*rng.normal(0, 1, 12), *rng.normal(0, 8, 8), *(rng.choice([-1, 1], 6) * 10.0 ** rng.uniform(-12, 2.5, 6))]
    with mp.workdps(700):
        wrong: list[object] = []
        for x in map(float, points):
            exactly = mp.taylor(lambda t: definition(t, *parameters), mpf(x), 3)
            orders = [exactly[0], exactly[1], 2 * exactly[2], 6 * exactly[3]]
            got = [activation.value(x), activation.derivative(x), activation.second_derivative(x)]
            for order in range(3):
                steep = abs(x * orders[order + 1] / orders[order]) if orders[order] else mpf(0)
                if not agrees(float(got[order]), orders[order], x, float(min(steep, mpf(10) ** 9))):
                    wrong.append((x, order, float(got[order]), mp.nstr(orders[order], 20)))
        assert not wrong


ZEROS_OF_BENDS = {
    **{"silu": 2.3993572805, "swish_1.5": 1.5995715203, "quick_gelu": 1.4097281319, "gelu_tanh": 1.4185040088},
    **{"gelu": 2**0.5, "gaussian": 0.5**0.5, "mish": 1.4905711795},
}


@pytest.mark.parametrize("name", ZEROS_OF_BENDS)
def test_the_second_derivative_keeps_its_digits_near_its_zero(name: str):
    """Kills: 2 - u tanh(u/2) and its like, where two near equals are subtracted and 8 units become hundreds.

    Eleven units of 2^-53 of the answer itself, however small it is; x is taken as exact.
    """
    activation, definition = from_file_name(name), DEFINITIONS[from_file_name(name).name]
    zeros = [ZEROS_OF_BENDS[name], 2.2563763964 if name == "mish" else ZEROS_OF_BENDS[name]]
    with mp.workdps(60):
        for x in [side * zero + far for side, zero in zip((1, -1), zeros, strict=True) for far in (-0.1, -3e-3, 7e-3)]:
            reference = mp.diff(lambda t: definition(t, *vars(activation).values()), mpf(x), 2)
            got = float(activation.second_derivative(x))
            assert abs(got / reference - 1) <= 11 * mpf(2) ** -53, (x, got, mp.nstr(reference, 20))


def test_what_is_below_the_normal_numbers_is_rounded_once():
    """Kills: a factor of 1,000 applied to an e^-x that has lost its digits already."""
    for name, x in (("gelu", 38.5), ("gaussian", 27.159), ("swish_10", -72.993), ("cloglog", 6.596), ("mish", 372.2)):
        activation = from_file_name(name)
        with mp.workdps(400):
            definition = DEFINITIONS[activation.name]
            reference = mp.diff(lambda t: definition(t, *vars(activation).values()), mpf(x), 2)  # noqa: B023
            assert 0 < abs(reference) < mpf(2) ** -1022
            assert abs(float(activation.second_derivative(x)) - reference) <= 4 * abs(x) * mpf(2) ** -1074


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
def test_derivatives_are_differences(activation: Elementwise):
    """Kills: a slope that belongs to another function, in every concrete class. Needs no reference.

    Five-point differences with h = 1e-3 leave h⁴ f⁽⁵⁾/30, less than 1e-9 for these functions. Points near a corner or a
    jump, where the two sides differ, are left out by comparing the one-sided differences.
    """
    h = 1e-3
    x = np.random.default_rng(3).uniform(-6, 6, 400)

    def slope(f, side):
        points = [f(x + side * k * h) for k in range(5)]
        return side * (-25 * points[0] + 48 * points[1] - 36 * points[2] + 16 * points[3] - 3 * points[4]) / (12 * h)

    for f, derivative in (
        (activation.value, activation.derivative),
        (activation.derivative, activation.second_derivative),
    ):
        central = (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)
        smooth = np.abs(slope(f, 1) - slope(f, -1)) < 1e-6 * (1 + np.abs(central))
        assert smooth.mean() > 0.95
        np.testing.assert_allclose(derivative(x)[smooth], central[smooth], rtol=1e-7, atol=1e-8)
    np.testing.assert_allclose(activation.derivative(x, activation.value(x)), activation.derivative(x), rtol=1e-14)


@pytest.mark.parametrize("activation", EVERY, ids=repr)
def test_pullback_is_the_transposed_jacobian(activation: Activation):
    """Kills: a pullback that is the Jacobian's product from the wrong side, or of one entry by itself."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(7, 6)) * 2
    y = activation.value(x)
    g = rng.normal(size=y.shape)
    h = 1e-5
    direction = rng.normal(size=x.shape)
    forward = (activation.value(x + h * direction) - activation.value(x - h * direction)) / (2 * h)
    along = np.sum(activation.pullback(x, y, g) * direction, axis=-1)
    np.testing.assert_allclose(along, np.sum(g * forward, axis=-1), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("activation", EVERY, ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extremes_make_no_warning_and_keep_the_type(activation: Activation, dtype: type):
    """Kills: float64 constants that widen float32; overflow in float32 only; NaN from 0 times ∞."""
    largest = np.finfo(dtype).max
    x = np.array([0, -0.0, 1e-30, -1e-30, 88, -88, 104, -104, 1e4, -1e4, 1e19, -1e19, largest, -largest], dtype)
    with np.errstate(all="raise", under="ignore"):
        y = activation.value(x)
        answers = [y, activation.pullback(x, y, np.ones_like(y))]
        if isinstance(activation, Elementwise):
            answers += [activation.derivative(x), activation.second_derivative(x)]
            infinite = np.array([np.inf, -np.inf], dtype)
            ends = [activation.value(infinite), activation.derivative(infinite), activation.second_derivative(infinite)]
            if activation.name != "sinusoid":
                assert not np.isnan(ends).any()
            nan = np.array([np.nan], dtype)
            for method in (activation.value, activation.derivative, activation.second_derivative):
                assert np.isnan(method(nan)).all()
    for answer in answers:
        assert answer.dtype == dtype
        if activation.name not in ("bilinear", "reglu", "geglu", "swiglu"):
            assert not np.isnan(answer).any()


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
def test_float32_is_float64_rounded(activation: Elementwise):
    """Kills: a formula whose constants or ranges suit float64 only.

    Allowed: 16 units of 2^-24, and four times what the answer moves when x moves by one such unit.
    """
    x = np.random.default_rng(1).normal(0, 4, 2000).astype(np.float32)
    wide = x.astype(np.float64)
    for method in (activation.value, activation.derivative, activation.second_derivative):
        reference = method(wide)
        moved = np.abs(method(wide * (1 + 2.0**-24)) - reference) + np.abs(method(wide * (1 - 2.0**-24)) - reference)
        allowed = 2.0**-24 * (16 * np.abs(reference) + 1e-30) + 4 * moved + 2.0**-140
        assert (np.abs(method(x) - reference) <= allowed).all()


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
def test_blocks_are_the_definition(activation: Elementwise):
    """Kills: a fast path that answers differently from its definition: order, strides, the last short block, dtype."""
    rng = np.random.default_rng(2)
    x = rng.normal(0, 5, (3, base.BLOCK // 2 + 5))
    formulas = (activation.value, activation.derivative, activation.second_derivative)
    for method, formula in zip(
        formulas,
        (
            activation._value,
            lambda xp, x: activation._derivative(xp, x, None),
            activation._second_derivative,
        ),
        strict=True,
    ):
        with np.errstate(all="ignore"):
            plain = formula(np, x)
            blocks = in_blocks(formula, [x.reshape(-1)], base.BLOCK).reshape(x.shape)
        # SIMD loops end in a scalar loop whose last bit may differ, so that the place in an array can cost a unit.
        np.testing.assert_allclose(blocks, plain, rtol=2e-15, atol=1e-300)
        np.testing.assert_allclose(method(x.T), plain.T, rtol=2e-15, atol=1e-300)
        np.testing.assert_allclose(method(x[:, ::2]), plain[:, ::2], rtol=2e-15, atol=1e-300)


@pytest.mark.parametrize("activation", ROWWISE, ids=repr)
def test_rows_in_blocks_are_the_definition(activation: RowWise):
    """Kills: a block that cuts a row in two, a wrong width of the answer."""
    rng = np.random.default_rng(2)
    x = rng.normal(0, 3, (2, base.BLOCK // 8 + 3, 6))
    y = activation.value(x)
    g = rng.normal(size=y.shape)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(y, activation._value(np, x), rtol=1e-14, atol=1e-300)
        np.testing.assert_allclose(
            activation.pullback(x, y, g), activation._pullback(np, x, y, g), rtol=1e-13, atol=1e-16
        )


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
def test_short_formulas_are_the_definition(activation: Elementwise):
    """Kills: a shorter formula for mild blocks that answers differently from the one for every block.

    A block with one far entry and a NaN takes the long way, the same block without them the short way.
    """
    x = np.random.default_rng(6).normal(0, 6, 4000)
    far = np.concatenate([x, [-1e200, 1e200, np.nan]])
    for method in (activation.value, activation.derivative, activation.second_derivative):
        np.testing.assert_allclose(method(x), method(far)[:-3], rtol=3e-15, atol=1e-300)


@pytest.mark.parametrize("activation", EVERY, ids=repr)
def test_the_input_is_left_alone(activation: Activation):
    """Kills: work in place on the caller's array, and an answer that shares its memory."""
    x = np.random.default_rng(8).normal(size=(4, 6))
    before = x.copy()
    y = activation.value(x)
    activation.pullback(x, y, np.ones_like(y))
    assert not np.shares_memory(x, y)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
def test_numbers_lists_and_integers(activation: Elementwise):
    """Kills: a formula that needs an axis, and integer arithmetic."""
    assert isinstance(activation.value(2), np.float64)
    assert isinstance(activation.derivative(2.0), np.float64)
    assert activation.value([1, 2]).dtype == np.float64
    assert activation([]).shape == (0,)
    assert activation.value(np.zeros((2, 0))).shape == (2, 0)
    assert activation.value(np.array([True])).dtype == np.float64


LIBRARIES = ["array_api_strict", "torch", "jax.numpy"]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("activation", EVERY, ids=repr)
def test_other_array_libraries(activation: Activation, library: str):
    """Kills: a NumPy-only function, a dtype that is lost, an answer in another library."""
    xp = pytest.importorskip(library)
    if library == "jax.numpy":
        pytest.importorskip("jax").config.update("jax_enable_x64", True)
    rng = np.random.default_rng(4)
    x = rng.normal(size=(5, 6)) * 3
    x[0, 0] = 0.0
    y = activation.value(x)
    g = rng.normal(size=y.shape)
    for dtype, tolerance in ((xp.float64, 1e-13), (xp.float32, 3e-5)):
        there, g_there = xp.asarray(x, dtype=dtype), xp.asarray(g, dtype=dtype)
        y_there = activation.value(there)
        pairs = [(y_there, y), (activation.pullback(there, y_there, g_there), activation.pullback(x, y, g))]
        if isinstance(activation, Elementwise):
            pairs += [(activation.derivative(there), activation.derivative(x))]
            pairs += [(activation.second_derivative(there), activation.second_derivative(x))]
        for got, expected in pairs:
            assert type(got) is type(there)
            assert got.dtype == dtype
            np.testing.assert_allclose(np.asarray(got), expected, rtol=tolerance, atol=tolerance)


def family() -> list[dict]:
    return json.loads((REFERENCE / "losses" / "softmax_family.json").read_text())["rows"]


@pytest.mark.parametrize("row", [row for row in family() if "softmax" in row], ids=lambda row: ",".join(row["x"])[:40])
def test_softmax_family(row: dict):
    """Kills: overflow, a logarithm of 0, log(1 + 1e-16) = 0, and a Jacobian y (1 - y) without digits where y is 1."""
    x = np.array([float(entry) for entry in row["x"]])
    with np.errstate(all="raise", under="ignore"):
        for name in ("softmax", "log_softmax", "softmin", "sparsemax"):
            got = activations.named(name).value(x)
            for entry, text in zip(got, row[name], strict=True):
                reference = exact(text)
                allowed = max((12 + len(x)) * mpf(2) ** -53 * abs(reference), 8 * mpf(2) ** -1074)
                if name == "sparsemax":
                    allowed = max(allowed, mpf(2) ** -52)
                assert abs(mpf(float(entry)) - reference) <= allowed, (name, entry, text)
        y = activations.softmax.value(x)
        for index, column in enumerate(row["softmax_jacobian"] or []):
            g = np.zeros_like(x)
            g[index] = 1.0
            for entry, text in zip(activations.softmax.pullback(x, y, g), column, strict=True):
                reference = exact(text)
                allowed = max((16 + len(x)) * mpf(2) ** -53 * abs(reference), 8 * mpf(2) ** -1074)
                assert abs(mpf(float(entry)) - reference) <= allowed, (index, entry, text)


def test_masked_and_infinite_rows():
    """Kills: NaN for a masked logit, and a row of nothing but -∞ that quietly becomes uniform."""
    inf = np.inf
    with np.errstate(all="raise", under="ignore"):
        softmax, log_softmax = activations.softmax.value, activations.log_softmax.value
        np.testing.assert_array_equal(softmax([[-inf, 0.0], [inf, 0.0]]), [[0, 1], [1, 0]])
        np.testing.assert_array_equal(log_softmax([-inf, 0.0]), [-inf, 0.0])
        np.testing.assert_array_equal(softmax([-inf, 3.0, 3.0]), [0, 0.5, 0.5])
        np.testing.assert_array_equal(activations.sparsemax.value([-inf, 3.0, 3.0]), [0, 0.5, 0.5])
        for name in ("softmax", "log_softmax", "softmin", "sparsemax"):
            assert np.isnan(activations.named(name).value([np.nan, 0.0])).all()
        assert np.isnan(softmax([-inf, -inf])).all()
        masked = activations.softmax.pullback([-inf, 0.0, 1.0], softmax([-inf, 0.0, 1.0]), [1.0, 2.0, 3.0])
        assert masked[0] == 0
        assert np.isfinite(masked).all()


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8), st.floats(-30, 30))
@settings(max_examples=60, deadline=None)
def test_rows_sum_to_one_and_forget_a_constant(scores: list[float], constant: float):
    """Kills: a sum over the wrong axis, and a missing shift."""
    x = np.array(scores)
    for name in ("softmax", "softmin", "sparsemax"):
        activation = activations.named(name)
        y = activation.value(x)
        assert y.sum() == pytest.approx(1, abs=1e-13)
        np.testing.assert_allclose(activation.value(x + constant), y, atol=1e-12)


@pytest.mark.parametrize("row", json.loads((REFERENCE / "losses" / "gated_units.json").read_text())["rows"])
def test_gated_units(row: dict):
    """Kills: the other half as the gate, and a tie of maxout that gives all to one."""
    x = np.array([float(row["a"]), float(row["b"])])
    for name in ("glu", "geglu", "swiglu", "reglu", "bilinear", "maxout2"):
        activation = activations.named(name.rstrip("2"))
        with np.errstate(all="raise", under="ignore"):
            y = activation.value(x)
            slopes = activation.pullback(x, y, np.ones(1))
        for got, key in zip([*y, *slopes], ("f", "da", "db"), strict=True):
            assert agrees(float(got), exact(row[name][key]), 1e4, 4.0), (name, key, got)


def test_every_card_is_filled_in():
    """Kills: a class that forgets its equation, its source or its default object."""
    assert {cls.name for cls in concrete(Activation)} == set(activations.NAMES)
    for cls in concrete(Activation):
        assert all((cls.equation, cls.derivative_equation, cls.notes, cls.source, cls.__doc__))
        assert cls.initialisation in ("xavier", "he", "lecun")
        default = getattr(activations, cls.name)
        assert type(default) is cls
        assert default == activations.named(cls.name) == pickle.loads(pickle.dumps(default))
        assert eval(repr(default), vars(activations)) == default


def test_names():
    assert activations.named(activations.Swish(2.0)) == activations.Swish(2.0)
    with pytest.raises(UnknownNameError, match="Did you mean 'sigmoid'"):
        activations.named("sigmoyd")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: activations.ELU(-1), "alpha"),
        (lambda: activations.SquarePlus(0), "b must be"),
        (lambda: activations.LeakyReLU(float("nan")), "slope"),
        (lambda: activations.Maxout(1.5), "pieces"),
        (lambda: activations.glu([1.0, 2.0, 3.0]), "even number"),
        (lambda: activations.Maxout(3).value([1.0, 2.0]), "multiple"),
        (lambda: activations.softmax(3.0), "last axis"),
        (lambda: activations.softmax([]), "column"),
    ],
)
def test_unusable_input_is_named(make, says: str):
    with pytest.raises(InputError, match=says):
        make()


@pytest.mark.parametrize("activation", EVERY, ids=repr)
def test_temporaries_stay_in_the_cache(activation: Activation):
    """Kills: a formula that goes round the blocks, and with five temporaries needs five times the memory of its input.

    The answer itself is 1; at most three temporaries of the input's size are promised, less than one is kept.
    """
    rng = np.random.default_rng(11)
    x = rng.normal(0, 3, 200_000).reshape(-1, 10)
    y = activation.value(x)
    g = rng.normal(size=y.shape)
    calls = [lambda: activation.value(x), lambda: activation.pullback(x, y, g)]
    if isinstance(activation, Elementwise):
        calls += [lambda: activation.derivative(x, y), lambda: activation.second_derivative(x)]
        np.testing.assert_array_equal(activation.pullback(x, y, g), g * activation.derivative(x, y))
    tracemalloc.start()
    try:
        for call in calls:
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            answer = call()
            peak = tracemalloc.get_traced_memory()[1] - before
            assert peak <= 2.75 * max(x.nbytes, answer.nbytes), peak / x.nbytes
    finally:
        tracemalloc.stop()
