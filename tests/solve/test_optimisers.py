"""Every rule of descent: exact trajectories, textbook recursions at 50 digits, PyTorch, and problems to be solved."""

import json
import pickle
from dataclasses import fields
from decimal import Decimal, getcontext
from pathlib import Path

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.formulas import losses
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.adaptive import AdaDelta, AdaGrad, Adam, AdaMax, AdamW, AMSGrad, Lion, Nadam, RMSProp
from groundup.solve.clipping import Clipped
from groundup.solve.descent import GradientDescent
from groundup.solve.lbfgs import LBFGS
from groundup.solve.loop import Point, Training
from groundup.solve.methods import METHODS
from groundup.solve.momentum import Momentum, Nesterov
from groundup.solve.schedules import Cosine

REFERENCE = Path(__file__).parent.parent / "reference" / "optimizer_trajectories"
RULES = {
    "sgd": lambda case: GradientDescent(),
    "momentum_classical": lambda case: Momentum(case["mu"]),
    "momentum_pytorch": lambda case: Momentum(case["mu"]),
    "nesterov_pytorch": lambda case: Nesterov(case["mu"]),
    "adagrad": lambda case: AdaGrad(epsilon=case["eps"]),
    "rmsprop": lambda case: RMSProp(rho=case["alpha"], epsilon=case["eps"]),
    "adam": lambda case: Adam(case["b1"], case["b2"], case["eps"]),
    "adamw": lambda case: AdamW(case["b1"], case["b2"], case["eps"], case["wd"]),
}


def objective_of(case):
    X, y = np.array(case["X"]), np.array(case["y"], dtype=float)
    loss = {"linear": losses.mse, "logistic": losses.logistic, "softmax": losses.cross_entropy}[case["model"]]
    if case["convention"] == "sum":
        loss = losses.Logistic(total=gu.formulas.totals.Sum())
    y = losses.one_hot(y) if case["model"] == "softmax" else y[:, None]
    # The recursions treat the column of ones like any other: decay falls on it too.
    model = Affine(X.shape[1], y.shape[1], fit_intercept=False)
    return Objective(Cost(model, loss), ArrayBlocks(X, y))


PATHS = sorted(REFERENCE.glob("*.json"))


@pytest.mark.parametrize("path", [p for p in PATHS if "linear_sgd" not in p.stem], ids=lambda p: p.stem)
def test_exact_trajectories(path):
    """Kills: epsilon inside the root, a missing bias correction, decay inside the gradient, old velocity for new."""
    case = json.loads(path.read_text())
    objective = objective_of(case)
    method = RULES[case["rule"]](case)
    last = max(int(epoch) for epoch in case["epochs"])
    training = Training(objective, method, parameters=objective.model.start(), learning_rate=case["lr"], epochs=last)
    for state in training:
        expected = case["epochs"].get(str(state.step))
        if expected is not None:
            got = state.parameters.reshape(objective.model.n_features, -1).T.ravel()
            np.testing.assert_allclose(got, np.array(expected, dtype=float), rtol=1e-11, atol=1e-14)


MU, RHO, B1, B2, LION = map(Decimal, ("0.9", "0.95", "0.9", "0.999", "0.99"))
E6, E8, E10, PSI = map(Decimal, ("1e-6", "1e-8", "1e-10", "0.004"))


def recursions():
    """Each rule again, from its paper: a generator that is sent gradients and yields steps, in 50 digits."""

    def momentum(rate, mu=MU, dampening=0):
        u, g = 0, (yield)
        while True:
            u = mu * u - rate * (1 - dampening) * g
            g = yield u

    def nesterov(rate, mu=MU):
        u, g = 0, (yield)  # the ball x with velocity u; what is kept is x + mu u
        while True:
            before, u = u, mu * u - rate * g
            g = yield (1 + mu) * u - mu * before

    def adagrad(rate, eps=E10):
        s, g = 0, (yield)
        while True:
            s += g**2
            g = yield -rate * g / (s.sqrt() + eps)

    def adadelta(rate, rho=RHO, eps=E6):
        s, u, g = Decimal(0), Decimal(0), (yield)
        while True:
            s = rho * s + (1 - rho) * g**2
            d = -((u + eps) / (s + eps)).sqrt() * g
            u = rho * u + (1 - rho) * d**2
            g = yield rate * d

    def rmsprop(rate, rho=MU, eps=E8):
        s, g = 0, (yield)
        while True:
            s = rho * s + (1 - rho) * g**2
            g = yield -rate * g / (s.sqrt() + eps)

    def adam(rate, b1=B1, b2=B2, eps=E8, keep_highest=False):
        m, s, t, high, g = Decimal(0), Decimal(0), 0, Decimal(0), (yield)
        while True:
            t += 1
            m, s = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g**2
            high = max(high, s) if keep_highest else s
            g = yield -rate * (m / (1 - b1**t)) / ((high / (1 - b2**t)).sqrt() + eps)

    def adamax(rate, b1=B1, b2=B2, eps=E8):
        m, u, t, g = Decimal(0), Decimal(0), 0, (yield)
        while True:
            t += 1
            m, u = b1 * m + (1 - b1) * g, max(b2 * u, abs(g) + eps)
            g = yield -rate / (1 - b1**t) * m / u

    def nadam(rate, b1=B1, b2=B2, eps=E8, psi=PSI):
        m, s, t, product, g = Decimal(0), Decimal(0), 0, Decimal(1), (yield)
        while True:
            t += 1
            now, following = (b1 * (1 - Decimal("0.96") ** (k * psi) / 2) for k in (t, t + 1))
            product *= now
            m, s = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g**2
            ahead = following * m / (1 - product * following) + (1 - now) * g / (1 - product)
            g = yield -rate * ahead / ((s / (1 - b2**t)).sqrt() + eps)

    def lion(rate, b1=B1, b2=LION):
        m, g = Decimal(0), (yield)
        while True:
            c = b1 * m + (1 - b1) * g
            m = b2 * m + (1 - b2) * g
            g = yield -rate * ((c > 0) - (c < 0))

    return {
        "momentum": momentum,
        "nesterov": nesterov,
        "adagrad": adagrad,
        "adadelta": adadelta,
        "rmsprop": rmsprop,
        "adam": adam,
        "amsgrad": lambda rate: adam(rate, keep_highest=True),
        "adamax": adamax,
        "nadam": nadam,
        "lion": lion,
    }


@pytest.mark.parametrize(
    "name", ["momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "amsgrad", "adamax", "nadam", "lion"]
)
def test_textbook_recursions(name):
    """A slope that is given, large now and then. Kills: any wrong term, also those that a bowl would forgive."""
    getcontext().prec = 50
    rng = np.random.default_rng(5)
    slopes = rng.normal(size=60) * np.where(rng.random(60) < 0.2, 100.0, 1.0)
    slopes[7:11] = 0.0
    rule = recursions()[name](Decimal("0.03"))
    next(rule)
    method = METHODS[name]()
    w, exact = np.zeros(1), Decimal(0)
    memory = method.init(w)
    for slope in slopes:
        exact += rule.send(Decimal(float(slope)))
        w, memory = method.step(None, Point(w, 0.0, np.array([slope])), memory, 0.03)
        assert float(w[0]) == pytest.approx(float(exact), rel=1e-12, abs=1e-13)


def test_dampened_momentum_is_a_running_average():
    w, memory = np.zeros(1), Momentum(0.75, 0.75).init(np.zeros(1))
    for _ in range(100):
        w, memory = Momentum(0.75, 0.75).step(None, Point(w, 0.0, np.array([2.0])), memory, 0.1)
    assert memory.velocity[0] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("ours", "theirs", "settings"),
    [
        (Momentum(0.8), "SGD", {"momentum": 0.8}),
        (Nesterov(0.8), "SGD", {"momentum": 0.8, "nesterov": True}),
        (AdaGrad(), "Adagrad", {"eps": 1e-10}),
        (AdaDelta(), "Adadelta", {"rho": 0.95, "eps": 1e-6}),
        (RMSProp(), "RMSprop", {"alpha": 0.9, "eps": 1e-8}),
        (Adam(), "Adam", {}),
        (AMSGrad(), "Adam", {"amsgrad": True}),
        (AdamW(weight_decay=0.1), "AdamW", {"weight_decay": 0.1}),
        (AdaMax(), "Adamax", {}),
        (Nadam(), "NAdam", {}),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_pytorch_takes_the_same_steps(ours, theirs, settings):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(20, 3)), rng.normal(size=20)
    weight = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimiser = getattr(torch.optim, theirs)([weight], lr=0.05, **settings)
    objective = Objective(Cost(Affine(3, 1, fit_intercept=False), losses.mse), ArrayBlocks(X, y[:, None]))
    training = Training(objective, ours, parameters=np.zeros(3), learning_rate=0.05, epochs=30)
    digits = 1e-7 if theirs == "NAdam" else 1e-9  # PyTorch keeps NAdam's product of momenta in float32
    for state in training:
        np.testing.assert_allclose(state.parameters, weight.detach().numpy(), rtol=digits, atol=1e-12)
        optimiser.zero_grad()
        ((torch.tensor(X) @ weight - torch.tensor(y)) ** 2).mean().backward()
        optimiser.step()


class Surface:
    """A function of the parameters as an objective: no rows, no model."""

    class _Rows:
        n_rows = 1

    class _Nothing:
        def weights_and_bias(self, parameters):
            return parameters, 0.0

    blocks, model = _Rows(), _Nothing()

    def __init__(self, value_and_gradient):
        self.value_and_gradient = value_and_gradient

    def gap(self, parameters, value):
        return value


def bowl(w):
    return float(w @ w), 2 * w


def ravine(w):
    scales = np.array([1.0, 50.0])
    return float(w @ (scales * w)), 2 * scales * w


def rosenbrock(w):
    x, y = w
    value = (1 - x) ** 2 + 100 * (y - x * x) ** 2
    return float(value), np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def rows_of_logistic():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 2))
    y = (X @ [1.0, -2.0] + rng.logistic(size=60) > 0).astype(float)
    return Objective(Cost(Affine(2), losses.logistic), ArrayBlocks(X, y[:, None]), gu.formulas.penalties.L2(0.01))


def rows_of_network():
    from groundup.models.network import Network

    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return Objective(Cost(Network(2, (4,), 1), losses.logistic), ArrayBlocks(X, np.array([[0.0], [1.0], [1.0], [0.0]])))


# name: (objective, start, how much of the loss above the minimum may be left)
PROBLEMS = {
    "bowl": (lambda: Surface(bowl), [3.0, -2.0], 1e-3),
    "ravine": (lambda: Surface(ravine), [3.0, -2.0], 1e-3),
    "rosenbrock": (lambda: Surface(rosenbrock), [-1.0, 1.0], 0.05),
    "logistic": (rows_of_logistic, None, 0.01),
    "network": (rows_of_network, None, 0.05),
}
# A rate that suits the rule, and one of its own where a problem is steeper (the largest curvature of the ravine is 100,
# of Rosenbrock's valley about 1000).
RATES = {
    "gradient_descent": (0.1, {"ravine": 0.015, "rosenbrock": 1e-3, "logistic": 1.0, "network": 2.0}),
    "momentum": (0.02, {"ravine": 0.01, "rosenbrock": 2e-4, "logistic": 0.2, "network": 0.2}),
    "nesterov": (0.02, {"ravine": 0.005, "rosenbrock": 2e-4, "logistic": 0.2, "network": 0.2}),
    "adagrad": (0.5, {}),
    "adadelta": (5.0, {}),
    "rmsprop": (0.02, {}),
    "adam": (0.05, {}),
    "adamax": (0.05, {}),
    "nadam": (0.05, {}),
    "amsgrad": (0.05, {}),
    "adamw": (0.05, {}),
    "lion": (0.01, {}),
}


def test_every_method_has_a_rate_for_the_problems():
    assert set(RATES) == set(METHODS)
    assert list(METHODS) == sorted(METHODS)


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("name", [*METHODS, "lbfgs"])
def test_methods_times_problems(name, problem):
    """Kills: a rule that goes uphill, a memory that is not handed on, a rate that is applied twice."""
    make, start, left = PROBLEMS[problem]
    objective = make()
    others = {"adamw": AdamW(weight_decay=0.0), "lbfgs": LBFGS()}
    method = others.get(name) or METHODS[name]()
    rate, own = RATES.get(name, (1.0, {}))
    seed = 2 if name in METHODS else 3  # from 2 L-BFGS comes to rest in a hollow of its own, at a gradient of 1e-15
    parameters = objective.model.start(np.random.default_rng(seed)) if start is None else np.array(start)
    training = Training(
        objective,
        method,
        parameters=parameters,
        learning_rate=own.get(problem, rate),
        epochs=4000 if name in METHODS else 60,
        schedule=Cosine(4000) if name in METHODS else None,
    )
    first = next(training).loss
    last = training.run().loss
    minimum = 0.0
    if problem == "logistic":
        minimum = least_logistic(objective)
    assert last - minimum <= left * (first - minimum)
    assert training.reason.endswith("epochs done")


def least_logistic(objective):
    w = np.zeros(3)
    for _ in range(20):
        H = np.column_stack([objective.hessian_times(w, e) for e in np.eye(3)])
        w = w - np.linalg.solve(H, objective.value_and_gradient(w)[1])
    return objective.value(w)


@pytest.mark.parametrize("name", METHODS)
def test_a_step_is_pure(name):
    """The same step from the same place is the same step, and nothing that was given has changed."""
    method, rng = METHODS[name](), np.random.default_rng(0)
    w, memory = rng.normal(size=4), None
    memory = method.init(w)
    for _ in range(3):
        g = rng.normal(size=4)
        before = pickle.dumps((w, g, memory))
        one = method.step(None, Point(w, 0.0, g), memory, 0.1)
        two = method.step(None, Point(w, 0.0, g), memory, 0.1)
        assert pickle.dumps((w, g, memory)) == before
        assert pickle.dumps(one) == pickle.dumps(two)
        w, memory = one
    assert type(memory) is tuple or hasattr(memory, "_fields")


@pytest.mark.parametrize("name", METHODS)
def test_no_slope_no_step_and_no_nan(name):
    """Kills: 0 / 0 for a feature that is always zero. Warnings are errors here."""
    method = AdamW(weight_decay=0.0) if name == "adamw" else METHODS[name]()
    w = np.array([1.0, 2.0])
    memory = method.init(w)
    for _ in range(3):
        w, memory = method.step(None, Point(w, 0.0, np.zeros(2)), memory, 0.1)
    np.testing.assert_array_equal(w, [1.0, 2.0])


@pytest.mark.parametrize("method", [AdamW(weight_decay=0.5), Lion(weight_decay=0.5)], ids=repr)
def test_decay_spares_the_bias(method):
    objective = Objective(Cost(Affine(1), losses.mse), ArrayBlocks(np.ones((1, 1)), np.ones((1, 1))))
    w = np.array([2.0, 2.0])
    moved, _ = method.step(objective, Point(w, 0.0, np.zeros(2)), method.init(w), 0.1)
    np.testing.assert_allclose(moved, [1.9, 2.0])


class TestClipping:
    def test_by_norm_keeps_the_direction(self):
        cut = Clipped(Adam(), norm=2.0).cut(np.array([3.0, -4.0]))
        np.testing.assert_allclose(cut, [1.2, -1.6])
        np.testing.assert_array_equal(Clipped(Adam(), norm=6.0).cut(np.array([3.0, -4.0])), [3.0, -4.0])

    def test_by_value(self):
        np.testing.assert_array_equal(Clipped(Adam(), value=2.0).cut(np.array([1.0, -4.0])), [1.0, -2.0])

    def test_extremes(self):
        clipped = Clipped(GradientDescent(), norm=5.0)
        np.testing.assert_array_equal(clipped.cut(np.zeros(3)), np.zeros(3))
        np.testing.assert_allclose(clipped.cut(np.array([3e200, 4e200])), [3, 4])
        np.testing.assert_allclose(clipped.cut(np.array([1e-320])), [1e-320])
        assert np.isnan(clipped.cut(np.array([np.nan, 1.0]))[0])

    def test_steps_and_remembers_like_the_method_inside(self):
        w, g = np.zeros(2), np.array([30.0, 40.0])
        clipped = Clipped(Momentum(0.5), norm=5.0)
        one = clipped.step(None, Point(w, 0.0, g), clipped.init(w), 0.1)
        two = Momentum(0.5).step(None, Point(w, 0.0, g / 10), Momentum(0.5).init(w), 0.1)
        np.testing.assert_allclose(one[0], two[0])
        assert Clipped(Adam(), norm=1).default_learning_rate == Adam.default_learning_rate

    def test_nothing_is_clipped_unless_asked(self):
        w, g = np.zeros(1), np.array([1e12])
        assert GradientDescent().step(None, Point(w, 0.0, g), (), 1.0)[0][0] == -1e12

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ({}, "either a norm or a value"),
            ({"norm": 1, "value": 1}, "either"),
            ({"norm": -1}, "norm must be a finite"),
        ],
    )
    def test_refusals(self, settings, message):
        with pytest.raises(gu.InputError, match=message):
            Clipped(Adam(), **settings)


@pytest.mark.parametrize("name", METHODS)
def test_settings_are_checked(name):
    """Kills: momentum=9 typed for 0.9, which would throw the weights away without a word."""
    kind = METHODS[name]
    for field in fields(kind) if name != "gradient_descent" else ():
        for wrong in (-1.0, float("nan"), "0.9"):
            with pytest.raises((gu.InputError, gu.InputTypeError), match=field.name):
                kind(**{field.name: wrong})
    assert eval(repr(kind()), {kind.__name__: kind}) == kind() or name == "gradient_descent"


def test_published_rates():
    rates = {name: method.default_learning_rate for name, method in METHODS.items()}
    assert rates == {
        "adadelta": 1.0,
        "adagrad": 0.01,
        "adam": 0.001,
        "adamax": 0.002,
        "adamw": 0.001,
        "amsgrad": 0.001,
        "gradient_descent": None,
        "lion": 0.0001,
        "momentum": None,
        "nadam": 0.002,
        "nesterov": None,
        "rmsprop": 0.001,
    }
