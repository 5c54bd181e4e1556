"""Every tail against 40 digits, by other formulas than ours; the laws that tie the distributions; SciPy far and wide.

The boundary against mpmath is max(1e-12, 4 eps κ), where κ = |d log(value) / d log(x)| is the condition number,
computed by mpmath: a float64 x is known to half an eps of itself, so no program can promise less than κ eps / 2.
"""

import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.errors import InputError, InputTypeError
from groundup.formulas.distributions import (
    Beta,
    Binomial,
    ChiSquare,
    Distribution,
    F,
    Gamma,
    KolmogorovBound,
    Normal,
    Poisson,
    StudentT,
)

scipy_stats = pytest.importorskip("scipy.stats")
EPS = 2.0**-52


# The reference: power series and continued fractions in 40 digits. Ours are integrals in float64.


def fraction(first, term):
    """first + a1 / (b1 + a2 / (b2 + ...)) with term(n) = (an, bn), by Lentz's rule."""
    value = ratio = first
    inverse = mp.mpf(0)
    for n in range(1, 100_000):
        a, b = term(n)
        inverse = 1 / (b + a * inverse)
        ratio = b + a / ratio
        value *= ratio * inverse
        if abs(ratio * inverse - 1) < mp.mpf(10) ** -30:
            return value
    raise AssertionError("the continued fraction needs more terms; choose another point")


def gamma_reference(a, x):
    """log P(a, x), log Q(a, x), log of x^a e^-x / Γ(a)."""
    a, x = mp.mpf(a), mp.mpf(x)
    density = a * mp.log(x) - x - mp.loggamma(a)
    if x < a + 1:
        total = term = 1 / a
        n = a
        while term > total * mp.mpf(10) ** -35:
            n += 1
            term *= x / n
            total += term
        lower = density + mp.log(total)
        return lower, mp.log(-mp.expm1(lower)), density
    upper = density - mp.log(fraction(x + 1 - a, lambda n: (-n * (n - a), x + 2 * n + 1 - a)))
    return mp.log(-mp.expm1(upper)), upper, density


def beta_reference(a, b, x, y):
    """log I_x(a, b), log(1 - I_x(a, b)), log of x^a y^b / B(a, b). DLMF 8.17.22."""
    a, b = mp.mpf(a), mp.mpf(b)
    if x > (a + 1) / (a + b + 2):
        upper, lower, density = beta_reference(b, a, y, x)
        return lower, upper, density

    def term(n):
        m = n // 2
        if n % 2 == 0:
            return m * (b - m) * x / ((a + n - 1) * (a + n)), mp.mpf(1)
        return -(a + m) * (a + b + m) * x / ((a + n - 1) * (a + n)), mp.mpf(1)

    density = a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
    lower = density - mp.log(a) - mp.log(fraction(mp.mpf(1), term))
    return lower, mp.log(-mp.expm1(lower)), density


def assert_tail(log_value, value, exact, condition):
    """The tail where it is a float64, its logarithm everywhere."""
    bound = max(1e-12, 4 * EPS * float(abs(condition)))
    assert abs(mp.mpf(float(log_value)) - exact) <= max(bound, 1e-12 * float(abs(exact)))
    if exact > -700:
        assert abs(mp.mpf(float(value)) / mp.exp(exact) - 1) <= bound


def assert_quantile(found, x, exact, density):
    """x comes back from its own tail, to 1e-12 or as far as the rounded tail determines it."""
    if -690 < exact < math.log(0.99):
        assert abs(mp.mpf(float(found(float(mp.exp(exact))))) / mp.mpf(x) - 1) <= max(
            1e-12, 4 * EPS * float(mp.exp(exact - density))
        )


SHAPES = [0.1, 0.7, 1.0, 2.5, 4.0, 33.3, 1000.0, 1e5, 1e8]
STANDARD = [-36.0, -5.0, -0.3, 0.0, 0.7, 6.0, 37.0]


@pytest.fixture(autouse=True)
def forty_digits():
    with mp.workdps(40):
        yield


@pytest.mark.parametrize("df", SHAPES)
def test_chi_square_has_every_digit(df):
    spots = [df + z * math.sqrt(2 * df) for z in STANDARD] + [1e-300, 1e-5, df * 0.01, df * 0.5, df * 2, 1400.0, 1e5]
    law = ChiSquare(df)
    for x in (x for x in spots if x > 0):
        lower, upper, density = gamma_reference(mp.mpf(df) / 2, mp.mpf(x) / 2)
        assert_tail(law.logcdf(x), law.cdf(x), lower, mp.exp(density - lower))
        assert_tail(law.logsf(x), law.sf(x), upper, mp.exp(density - upper))
        assert_tail(law.logpdf(x), law.pdf(x), density - mp.log(x), abs(x - df) / 2)
        assert_quantile(law.quantile, x, lower, density)
        assert_quantile(law.upper_quantile, x, upper, density)


@pytest.mark.parametrize(("df1", "df2"), [(a, b) for i, a in enumerate(SHAPES) for b in SHAPES[i % 2 :: 2]])
def test_f_has_every_digit(df1, df2):
    width = math.sqrt(2 / df1 + 2 / df2)
    a, b = mp.mpf(df1) / 2, mp.mpf(df2) / 2
    law = F(df1, df2)
    for logarithm in [z * width for z in STANDARD[:: 2 if df1 * df2 > 1e10 else 1]] + [-650.0, 650.0]:
        x = math.exp(max(-650.0, min(650.0, logarithm)))
        odds = a * mp.mpf(x) / b
        lower, upper, density = beta_reference(a, b, odds / (1 + odds), 1 / (1 + odds))
        assert_tail(law.logcdf(x), law.cdf(x), lower, mp.exp(density - lower))
        assert_tail(law.logsf(x), law.sf(x), upper, mp.exp(density - upper))
        assert_quantile(law.quantile, x, lower, density)
        assert_quantile(law.upper_quantile, x, upper, density)


@pytest.mark.parametrize("df", SHAPES)
def test_student_t_has_every_digit(df):
    law = StudentT(df)
    for x in [1e-300, 1e-8, 0.3, 1.0, 2.0, 8.0, 37.0, 1e6, 1e100, 1e300]:
        odds = mp.mpf(x) ** 2 / df
        _, upper, density = beta_reference(0.5, mp.mpf(df) / 2, odds / (1 + odds), 1 / (1 + odds))
        upper -= mp.log(2)
        assert_tail(law.logsf(x), law.sf(x), upper, mp.exp(density - upper))
        assert_tail(law.logcdf(-x), law.cdf(-x), upper, mp.exp(density - upper))
        assert_tail(law.logpdf(x), law.pdf(x), density - mp.log(x), (df + 1) * odds / (1 + odds))
        if x > 1e-3:
            assert_quantile(law.upper_quantile, x, upper, density)
            assert_quantile(law.quantile, -x, upper, density)


def test_normal_has_every_digit():
    for z in [-37.5, -5.0, -1e-10, 0.0, 1e-300, 0.1, 0.5, 1.0, 3.0, 12.0, 37.0, 50.0, 1e3]:
        upper = mp.log(mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2)
        density = mp.exp(-(mp.mpf(z) ** 2) / 2) / mp.sqrt(2 * mp.pi)
        assert_tail(Normal().logsf(z), Normal().sf(z), upper, z * density / mp.exp(upper))
        assert_tail(Normal().logcdf(-z), Normal().cdf(-z), upper, z * density / mp.exp(upper))
        if z > 0.01:
            assert_quantile(Normal().upper_quantile, z, upper, mp.log(z * density))


@pytest.mark.parametrize("n", [1, 7, 400, 10**6])
@pytest.mark.parametrize("p", [1e-6, 0.02, 0.5, 0.97])
def test_binomial_has_every_digit(n, p):
    law, exact_p = Binomial(n, p), mp.mpf(p)
    width = math.sqrt(n * p * (1 - p))
    for k in {min(max(int(n * p + z * width), 0), n - 1) for z in (-30, -4, 0, 2, 30)}:
        upper, lower, density = beta_reference(k + 1, n - k, exact_p, 1 - exact_p)
        assert_tail(law.logcdf(k), law.cdf(k), lower, mp.exp(density - lower) / (1 - exact_p))
        assert_tail(law.logsf(k), law.sf(k), upper, mp.exp(density - upper) / (1 - exact_p))
        mass = mp.log(mp.binomial(n, k)) + k * mp.log(exact_p) + (n - k) * mp.log(1 - exact_p)
        assert_tail(law.logpmf(k), law.pmf(k), mass, (k - n * p) / (1 - p))


@pytest.mark.parametrize("mean", [1e-8, 0.3, 5.0, 1e3, 1e6])
def test_poisson_has_every_digit(mean):
    law = Poisson(mean)
    for k in {max(int(mean + z * math.sqrt(mean)), 0) for z in (-30, -4, 0, 2, 30)} | {3}:
        upper, lower, density = gamma_reference(k + 1, mean)
        assert_tail(law.logcdf(k), law.cdf(k), lower, mp.exp(density - lower))
        assert_tail(law.logsf(k), law.sf(k), upper, mp.exp(density - upper))
        assert_tail(law.logpmf(k), law.pmf(k), k * mp.log(mean) - mean - mp.loggamma(k + 1), k - mean)


# Laws.

shapes = st.floats(-1, 8).map(lambda power: 10.0**power)
levels = st.one_of(st.floats(1e-12, 0.999), st.floats(-300, -1).map(lambda power: 10.0**power))
LAWS = st.one_of(
    st.builds(Normal, st.floats(-5, 5), shapes),
    st.builds(StudentT, shapes),
    st.builds(ChiSquare, shapes),
    st.builds(F, shapes, shapes),
    st.builds(Beta, shapes, shapes),
    st.builds(Gamma, shapes, shapes),
)
COUNTS = st.one_of(
    st.builds(Poisson, shapes), st.builds(Binomial, st.integers(1, 10**8), st.floats(0, 1, allow_subnormal=False))
)


@settings(max_examples=150, deadline=None)
@given(LAWS, levels)
def test_a_quantile_is_where_its_tail_is(law: Distribution, p: float):
    """Kills: Newton that stops early. x is rounded to a float64, which moves its tail by what its neighbours show."""
    for tail, back in ((law.cdf, law.quantile), (law.sf, law.upper_quantile)):
        x = back(p)
        if abs(x) in (0.0, np.inf) or abs(x) < 1e-300 or (isinstance(law, Beta) and x == 1):
            continue  # the place itself is no float64
        nearby = np.abs(tail(np.nextafter(x, np.inf)) - tail(np.nextafter(x, -np.inf)))
        assert abs(tail(x) - p) <= 2e-12 * p + 4 * nearby


@settings(max_examples=100, deadline=None)
@given(st.one_of(LAWS, COUNTS), st.floats(-1e4, 1e9))
def test_two_tails_make_one(law: Distribution, x: float):
    assert law.cdf(x) + law.sf(x) == pytest.approx(1.0, abs=1e-15)
    assert law.cdf(x) == np.exp(law.logcdf(x))


@settings(max_examples=100, deadline=None)
@given(COUNTS, st.floats(1e-12, 1 - 1e-12))
def test_the_quantile_of_a_count_is_the_first_that_reaches(law: Distribution, p: float):
    k = law.quantile(p)
    assert law.cdf(k) >= p
    assert k == 0 or law.cdf(k - 1) < p
    k = law.upper_quantile(p)
    assert law.sf(k) <= p
    assert k == 0 or law.sf(k - 1) > p


@settings(max_examples=60, deadline=None)
@given(shapes, shapes, st.floats(-20, 20).map(math.exp))
def test_relatives(df1: float, df2: float, x: float):
    close = {"rel": 1e-12, "abs": 0}
    assert StudentT(df1).cdf(-x) == StudentT(df1).sf(x)
    assert StudentT(df1).logsf(x) == pytest.approx(F(1, df1).logsf(x * x) - math.log(2), **close)
    assert ChiSquare(2).logsf(x) == pytest.approx(-x / 2, **close)
    assert Gamma(1, 2).logsf(x) == ChiSquare(2).logsf(x)
    # 1 / x and the share are rounded, and the tail follows: κ eps / 2 in the logarithm.
    slope = abs(x * F(df1, df2).pdf(x)) / min(F(df1, df2).cdf(x) or 1, F(df1, df2).sf(x) or 1)
    near = {"rel": 1e-12, "abs": 4 * EPS * (slope + df1 + df2)}
    assert F(df1, df2).logcdf(x) == pytest.approx(F(df2, df1).logsf(1 / x), **near)
    share = df1 * x / (df2 + df1 * x)
    if share < 0.5:
        assert F(df1, df2).logcdf(x) == pytest.approx(Beta(df1 / 2, df2 / 2).logcdf(share), **near)


@pytest.mark.parametrize("x", [-30.0, -1.0, 0.1, 5.0, 20.0])
def test_limits(x: float):
    """The density of t differs from the normal by (x⁴ - 2x² - 1) / (4 df), that of F from χ² by as much in df1 x."""
    df = 1e14
    off = (x * x + 1) ** 2 / (2 * df)
    assert StudentT(df).logsf(x) == pytest.approx(Normal().logsf(x), rel=1e-12, abs=off)
    off = (3 * x * x + 3) ** 2 / (2 * df)
    assert F(3, df).logsf(x * x) == pytest.approx(ChiSquare(3).logsf(3 * x * x), rel=1e-12, abs=off)
    assert Binomial(10**14, 7e-14).logsf(12) == pytest.approx(Poisson(7).logsf(12), rel=1e-12)


def test_probabilities_that_no_float_holds_have_logarithms():
    assert Normal().sf(100.0) == 0
    assert Normal().logsf(1e10) == pytest.approx(-5e19, rel=1e-12)
    assert ChiSquare(7).logsf(1e300) == pytest.approx(-5e299, rel=1e-12)
    assert StudentT(1e4).logsf(1e300) == pytest.approx(-1e4 * math.log(1e298) - 3, rel=1e-3)
    assert Binomial(10**6, 0.5).logsf(10**6 - 1) == pytest.approx(-(10**6) * math.log(2), rel=1e-13)
    assert Poisson(1e-3).logsf(1000) < -10_000


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (StudentT(2.5), scipy_stats.t(2.5)),
        (StudentT(300), scipy_stats.t(300)),
        (ChiSquare(11), scipy_stats.chi2(11)),
        (F(3, 40), scipy_stats.f(3, 40)),
        (F(0.3, 5.5), scipy_stats.f(0.3, 5.5)),
        (Normal(2, 3), scipy_stats.norm(2, 3)),
        (Gamma(0.3, 5), scipy_stats.gamma(0.3, scale=5)),
        (Beta(0.2, 6), scipy_stats.beta(0.2, 6)),
        (Binomial(60, 0.3), scipy_stats.binom(60, 0.3)),
        (Poisson(20), scipy_stats.poisson(20)),
    ],
    ids=lambda law: law.dist.name if hasattr(law, "dist") else repr(law),
)
def test_scipy_says_the_same(ours, theirs):
    """Only down to q = 1e-6: SciPy inverts sf as ppf(1 - q) for F and counts, which ends in inf and nan further out."""
    x = np.random.default_rng(0).normal(ours.mean, 3 * math.sqrt(ours.variance), (40, 50))
    counts = isinstance(ours, Binomial | Poisson)
    for mine, other in [("cdf", "cdf"), ("sf", "sf"), ("pmf", "pmf") if counts else ("pdf", "pdf")]:
        at = np.round(x) if mine == "pmf" else x
        np.testing.assert_allclose(getattr(ours, mine)(at), getattr(theirs, other)(at), rtol=1e-9, atol=1e-300)
    p = np.random.default_rng(1).uniform(size=500)
    np.testing.assert_allclose(ours.quantile(p), theirs.ppf(p), rtol=1e-8)
    q = 10 ** np.random.default_rng(2).uniform(-6, 0, 500)
    np.testing.assert_allclose(ours.upper_quantile(q), theirs.isf(q), rtol=1e-8)
    assert ours.mean == pytest.approx(theirs.mean())
    assert ours.variance == pytest.approx(theirs.var())


def test_scipy_says_the_same_far_and_wide():
    """1,200 random shapes and places; compared where SciPy's own answer holds nine digits (measured against mpmath)."""
    random = np.random.default_rng(2)
    for df1, df2, z in zip(*10 ** random.uniform(-0.5, 4, (2, 300)), random.uniform(-6, 6, 300), strict=True):
        x = math.exp(z * math.sqrt(2 / df1 + 2 / df2))
        t = math.sqrt(x)
        for ours, theirs in [
            (F(df1, df2).sf(x), scipy_stats.f.sf(x, df1, df2)),
            (F(df1, df2).cdf(x), scipy_stats.f.cdf(x, df1, df2)),
            (ChiSquare(df1).sf(x * df1), scipy_stats.chi2.sf(x * df1, df1)),
            (StudentT(df2).sf(t), scipy_stats.t.sf(t, df2)),
        ]:
            if theirs > 1e-250:
                assert ours == pytest.approx(theirs, rel=1e-9, abs=0)


# Edges, shapes and errors. Warnings are errors in this test set, so none may appear here.

EVERY = [
    *(Normal(), Normal(1, 1e-6), StudentT(0.1), StudentT(1e8), ChiSquare(0.1), ChiSquare(2), ChiSquare(1e8)),
    *(F(0.1, 0.1), F(1e8, 0.1), F(2, 1e8), Beta(0.05, 3), Beta(1, 1), Gamma(7, 1e200), Gamma(0.05, 1e-200)),
    *(Binomial(1, 0.0), Binomial(10, 1.0), Binomial(10**8, 1e-300), Poisson(1e-8), Poisson(1e8)),
]


@pytest.mark.parametrize("law", EVERY, ids=repr)
def test_no_place_and_no_probability_breaks_it(law):
    places = [5e-324, 1e-310, 1e-300, 1e-9, 0.3, 0.5, 1 - 1e-16, 1.0, 2.0, 5.0, 1e8, 1e160, 1e300, 1.7e308, np.inf]
    x = np.array([-place for place in reversed(places)] + [0.0, *places])
    for name in ("logcdf", "logsf", "cdf", "sf"):
        values = getattr(law, name)(x)
        assert not np.isnan(values).any()
        with np.errstate(invalid="ignore"):
            rises = np.nan_to_num(np.diff(values) * (1 if "c" in name else -1))
        assert (rises >= -1e-12 * np.abs(values[1:])).all()
        assert np.isnan(getattr(law, name)(np.nan))
    name = "pmf" if hasattr(law, "pmf") else "pdf"
    assert (getattr(law, name)(x) >= 0).all()
    assert np.isnan(getattr(law, name)(np.nan))
    p = np.array([0.0, 5e-324, 1e-300, 1e-9, 0.5 - 1e-12, 0.5, 0.5 + 1e-12, 1 - 1e-9, 1 - 1e-16, 1.0])
    assert (law.quantile(p)[1:] >= law.quantile(p)[:-1]).all()
    assert (law.upper_quantile(p)[1:] <= law.upper_quantile(p)[:-1]).all()
    assert np.isnan(law.quantile(np.nan))
    assert np.isnan(law.upper_quantile([np.nan, 0.5])[0])


def test_shapes_of_arrays_are_kept():
    law = StudentT(5)
    assert isinstance(law.sf(1), np.float64)
    assert isinstance(law.quantile(0.3), np.float64)
    assert law.sf([1, 2]).shape == (2,)
    assert law.sf(np.zeros((2, 0, 3))).shape == (2, 0, 3)
    x = np.linspace(-9, 9, 3000).reshape(3, 1000)
    np.testing.assert_array_equal(law.sf(x)[1], law.sf(x[1]))
    assert law.sf(x)[2, 7] == law.sf(x[2, 7]), "a block of points answers as one point does"


def test_known_numbers():
    assert Normal().quantile(0.5) == 0
    assert StudentT(3).quantile(0.5) == 0
    assert F(2, 4).variance == np.inf
    assert np.isnan(F(2, 1).variance)
    assert F(2, 1).mean == np.inf
    assert StudentT(1.5).variance == np.inf
    assert np.isnan(StudentT(0.5).mean)
    np.testing.assert_allclose(Binomial(5, 0.3).pmf(range(6)).sum(), 1, rtol=1e-15)
    assert [ChiSquare(df).pdf(0.0) for df in (1, 2, 3)] == [np.inf, 0.5, 0.0]
    assert [float(F(df, 3).pdf(0.0)) for df in (1, 2, 3)] == [np.inf, 1.0, 0.0]
    assert Beta(1, 3).pdf([0.0, 1.0]).tolist() == pytest.approx([3.0, 0.0], rel=1e-14, abs=0)
    assert repr(F(2, 3)) == "F(df1=2.0, df2=3.0)"
    assert repr(ChiSquare(4)) == "ChiSquare(df=4.0)"


def test_places_that_need_more_than_their_number():
    """Kills: b x - a y where f - 1 is exact, log x where x has underflowed, 1 - 2 p from logarithms, short series."""
    for lead in (2**-40, 1e-9, 3e-8, 1e-7):
        p = 0.5 + lead
        assert StudentT(3).quantile(p) == pytest.approx((p - 0.5) / StudentT(3).pdf(0), rel=1e-12, abs=0)
        assert Normal().quantile(p) == pytest.approx((p - 0.5) / Normal().pdf(0), rel=1e-12, abs=0)
    for df1, df2, x in [(1e8, 1e8, 1.001), (1e8, 1e6, 0.99), (0.1, 1e8, 1e-305)]:
        a, b = mp.mpf(df1) / 2, mp.mpf(df2) / 2
        odds = a * mp.mpf(x) / b
        lower, upper, _ = beta_reference(a, b, odds / (1 + odds), 1 / (1 + odds))
        assert abs(mp.mpf(float(F(df1, df2).logcdf(x))) / lower - 1) < 1e-14
        assert abs(mp.mpf(float(F(df1, df2).logsf(x))) / upper - 1) < 1e-14
    lower, upper, _ = gamma_reference(mp.mpf(3.99) / 2, mp.mpf(3.98) / 2)
    assert abs(mp.mpf(float(ChiSquare(3.99).cdf(3.98))) / mp.exp(lower) - 1) < 2e-15
    assert abs(mp.mpf(float(ChiSquare(3.99).sf(3.98))) / mp.exp(upper) - 1) < 2e-15


def test_the_kolmogorov_bound_holds_and_is_not_idle():
    """20,000 samples of 50: the share beyond the 1 % gap is at most 1 % and more than a third of it.

    False alarm: the true share is near 0.0087; 20,000 draws leave [0.0033, 0.0100] with a probability below 4 %,
    but the seed is fixed, so the test is a plain fact about these draws.
    """
    n, gap = 50, KolmogorovBound(50).upper_quantile(0.01)
    draws = np.sort(np.random.default_rng(3).uniform(size=(20_000, n)), axis=1)
    steps = np.arange(1, n + 1) / n
    largest = np.maximum(steps - draws, draws - steps + 1 / n).max(axis=1)
    assert 0.0033 < (largest > gap).mean() <= 0.01
    assert KolmogorovBound(50).sf([0.0, -1.0]).tolist() == [1.0, 1.0]
    assert KolmogorovBound(50).logsf(10.0) == pytest.approx(math.log(2) - 10_000)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: StudentT(0), "df must be a finite number above 0; got 0"),
        (lambda: ChiSquare(-1.0), "df must be"),
        (lambda: F(1, np.inf), "df2 must be one finite number; got inf"),
        (lambda: F(1, np.nan), "df2 must be"),
        (lambda: Beta(1e16, 1), "a must be at most 1e.15"),
        (lambda: Normal(0, 0), "deviation must be"),
        (lambda: Normal([0, 1]), "mean must be one finite number"),
        (lambda: Binomial(2.5, 0.5), "n must be a whole number"),
        (lambda: Binomial(2, [0.1, 0.2]), "p must be one finite number"),
        (lambda: Binomial(2, 1.5), "p must be a probability.*got 1.5"),
        (lambda: Normal().quantile([0.5, 1.5]), "p must be a probability.*got 1.5"),
        (lambda: Poisson(3).upper_quantile(-0.1), "q must be a probability.*got -0.1"),
    ],
)
def test_what_cannot_be_says_so(make, words):
    with pytest.raises(InputError, match=words):
        make()


def test_text_is_not_a_number():
    with pytest.raises(InputTypeError, match="x must be a real number"):
        Normal().cdf("three")
    with pytest.raises(InputTypeError, match="x must be a real number"):
        Normal().cdf(np.array([1j]))
