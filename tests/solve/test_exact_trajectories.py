"""Whole trainings again in 40 digits: every update rule on logistic rows, every planned schedule from its formula."""

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.formulas import losses
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.adaptive import AdamW, Lion
from groundup.solve.loop import Training
from groundup.solve.methods import METHODS
from groundup.solve.schedules import Cosine, InverseScaling, OneCycle, Polynomial, WarmRestarts, WarmUp

mpmath = pytest.importorskip("mpmath")
mp = mpmath.mpf
RNG = np.random.default_rng(3)
X = np.round(RNG.normal(size=(9, 2)) * 8) / 8  # dyadic, so that both start from the same numbers
Y = (RNG.random(9) < 0.5).astype(float)
RATE, EPOCHS = 0.0625, 40


def exact_slopes(w):
    """Mean of (sigmoid(z) - y) x over the rows, the bias last."""
    slopes = [mp(0)] * 3
    for row, y in zip(X.tolist(), Y.tolist(), strict=True):
        x = [mp(row[0]), mp(row[1]), mp(1)]
        p = 1 / (1 + mpmath.exp(-sum(a * b for a, b in zip(w, x, strict=True))))
        slopes = [s + (p - mp(y)) * a / len(Y) for s, a in zip(slopes, x, strict=True)]
    return slopes


def root(x):
    return mpmath.sqrt(x)


def sign(x):
    return (x > 0) - (x < 0)


# Each rule for one parameter, from its paper: (g, memory, t, w, is it a weight) -> (step, memory).
def gradient_descent(g, m, t, w, weight, r):
    return -r * g, m


def momentum(g, m, t, w, weight, r):
    v = mp("0.9") * m.get("v", 0) + g  # in the units of a slope: a rate that changes counts at once
    return -r * v, {"v": v}


def nesterov(g, m, t, w, weight, r):
    v = mp("0.9") * m.get("v", 0) + g
    return -r * (g + mp("0.9") * v), {"v": v}


def adagrad(g, m, t, w, weight, r):
    s = m.get("s", 0) + g**2
    return -r * g / (root(s) + mp("1e-10")), {"s": s}


def adadelta(g, m, t, w, weight, r):
    rho, eps = mp("0.95"), mp("1e-6")
    s = rho * m.get("s", 0) + (1 - rho) * g**2
    d = root(m.get("u", 0) + eps) / root(s + eps) * g
    return -r * d, {"s": s, "u": rho * m.get("u", 0) + (1 - rho) * d**2}


def rmsprop(g, m, t, w, weight, r):
    s = mp("0.9") * m.get("s", 0) + mp("0.1") * g**2
    return -r * g / (root(s) + mp("1e-8")), {"s": s}


def moments(g, m):
    b1, b2 = mp("0.9"), mp("0.999")
    return b1 * m.get("m", 0) + (1 - b1) * g, b2 * m.get("s", 0) + (1 - b2) * g**2


def adam(g, m, t, w, weight, r):
    mean, s = moments(g, m)
    step = mean / (1 - mp("0.9") ** t) / (root(s / (1 - mp("0.999") ** t)) + mp("1e-8"))
    return -r * step, {"m": mean, "s": s}


def adamw(g, m, t, w, weight, r):
    step, m = adam(g, m, t, w, weight, r)
    return step - (r * mp("0.25") * w if weight else 0), m


def amsgrad(g, m, t, w, weight, r):
    mean, s = moments(g, m)
    high = max(m.get("high", mp(0)), s)
    step = mean / (1 - mp("0.9") ** t) / (root(high / (1 - mp("0.999") ** t)) + mp("1e-8"))
    return -r * step, {"m": mean, "s": s, "high": high}


def adamax(g, m, t, w, weight, r):
    mean = mp("0.9") * m.get("m", 0) + mp("0.1") * g
    u = max(mp("0.999") * m.get("u", mp(0)), abs(g) + mp("1e-8"))
    return -r / (1 - mp("0.9") ** t) * mean / u, {"m": mean, "u": u}


def nadam(g, m, t, w, weight, r):
    mean, s = moments(g, m)
    now, after = (mp("0.9") * (1 - mp("0.96") ** (k * mp("0.004")) / 2) for k in (t, t + 1))
    product = m.get("product", mp(1)) * now
    ahead = after * mean / (1 - product * after) + (1 - now) * g / (1 - product)
    return -r * ahead / (root(s / (1 - mp("0.999") ** t)) + mp("1e-8")), {"m": mean, "s": s, "product": product}


def lion(g, m, t, w, weight, r):
    c = mp("0.9") * m.get("m", 0) + mp("0.1") * g
    step = sign(c) + (mp("0.25") * w if weight else 0)
    return -r * step, {"m": mp("0.99") * m.get("m", 0) + mp("0.01") * g}


RULES = {
    rule.__name__: rule
    for rule in (adadelta, adagrad, adam, adamax, adamw, amsgrad, gradient_descent, lion, momentum, nadam, nesterov)
} | {"rmsprop": rmsprop}
OURS = {"adamw": AdamW(weight_decay=0.25), "lion": Lion(weight_decay=0.25)}


def test_every_method_has_its_rule_here():
    assert sorted(RULES) == sorted(METHODS)


@pytest.mark.parametrize("schedule", [None, Cosine(EPOCHS)], ids=["constant", "cosine"])
@pytest.mark.parametrize("name", METHODS)
def test_a_whole_training_in_40_digits(name, schedule):
    """Kills: any wrong term of a rule, a rate of the epoch before, decay that falls on the bias or is divided."""
    with mpmath.workdps(40):
        w, memory, path = [mp(0)] * 3, [{} for _ in range(3)], [[0.0] * 3]
        for t in range(1, EPOCHS + 1):
            share = 1 if schedule is None else (1 + mpmath.cos(mpmath.pi * (t - 1) / EPOCHS)) / 2
            slopes = exact_slopes(w)
            for k in range(3):
                step, memory[k] = RULES[name](slopes[k], memory[k], t, w[k], k < 2, mp(RATE) * share)
                w[k] += step
            path.append([float(v) for v in w])
    objective = Objective(Cost(Affine(2, 1), losses.logistic), ArrayBlocks(X, Y[:, None]))
    method = OURS.get(name) or METHODS[name]()
    training = Training(objective, method, parameters=np.zeros(3), learning_rate=RATE, epochs=EPOCHS, schedule=schedule)
    for state, expected in zip(training, path, strict=True):
        np.testing.assert_allclose(state.parameters, expected, rtol=1e-11, atol=1e-13)


def cosine_between(high, low, share):
    return low + (high - low) * (1 + mpmath.cos(mpmath.pi * share)) / 2


def exact_one_cycle(e, E=12, rise="0.25", start="0.04", end="0.0001"):
    top = mp(rise) * E
    if e < top:
        return cosine_between(1, mp(start), 1 - e / top)
    return cosine_between(1, mp(end), (min(e, E) - top) / (E - top))


def exact_restarts(e, first=3, longer="1.5", end="0.125"):
    begin, length = mp(0), mp(first)
    while e >= begin + length:
        begin, length = begin + length, length * mp(longer)
    return cosine_between(1, mp(end), (e - begin) / length)


def exact_warm_up(e):
    return mp("0.25") + mp("0.75") * e / 4 if e < 4 else cosine_between(1, 0, min(mp(e - 4) / 8, 1))


@pytest.mark.parametrize(
    ("ours", "exact"),
    [
        (OneCycle(12, rise=0.25), exact_one_cycle),
        (WarmRestarts(3, 1.5, end=0.125), exact_restarts),
        (WarmUp(4, then=Cosine(8), start=0.25), exact_warm_up),
        (Polynomial(12, power=3.0, end=0.25), lambda e: mp("0.25") + mp("0.75") * (1 - min(mp(e) / 12, 1)) ** 3),
        (InverseScaling(tau=5.0, power=0.75), lambda e: (1 + mp(e) / 5) ** mp("-0.75")),
    ],
    ids=lambda v: type(v).__name__,
)
def test_schedules_in_40_digits(ours, exact):
    with mpmath.workdps(40):
        expected = [float(exact(epoch)) for epoch in range(15)]
    np.testing.assert_allclose([ours(epoch) for epoch in range(15)], expected, rtol=1e-14, atol=1e-16)


def test_one_cycle_through_the_front_door():
    """The rates of the history are those of the schedule for as many epochs as were asked for."""
    model = gu.LogisticRegression(solver="momentum", learning_rate=0.5, epochs=12, schedule=OneCycle(rise=0.25))
    model.set_params(tolerance=0).fit(X, Y)
    with mpmath.workdps(40):
        expected = [float(exact_one_cycle(epoch) / 2) for epoch in range(13)]
    np.testing.assert_allclose(model.history_["learning_rate"], expected, rtol=1e-14)
