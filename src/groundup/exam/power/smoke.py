# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""The usual smoke tests, to compare with: a high R², many right answers, a loss that falls, sigmoid(0) = 0.5.

They are the tests that a careful project or a course would write by hand, with the marks that such tests have.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.candidates import candidate as made
from groundup.exam.candidates.networks import Network
from groundup.exam.checks import tables
from groundup.exam.grading import rules
from groundup.exam.grading.function_steppers import stepper
from groundup.exam.power.sitting import FORMULA

Array = Any

POINTS: dict[str, Callable[[Any], bool]] = {
    "sigmoid": lambda f: near(f(0.0), 0.5) and near(f(np.array([2.0]))[0], 1 / (1 + math.exp(-2.0))),
    "sigmoid_derivative": lambda f: near(f(0.0), 0.25),
    "tanh": lambda f: near(f(0.0), 0.0) and near(f(1.0), math.tanh(1.0)),
    "tanh_derivative": lambda f: near(f(0.0), 1.0),
    "relu": lambda f: np.array_equal(f(np.array([-1.0, 0.0, 2.0])), [0.0, 0.0, 2.0]),
    "relu_derivative": lambda f: np.array_equal(f(np.array([-1.0, 2.0])), [0.0, 1.0]),
    "leaky_relu": lambda f: np.allclose(f(np.array([-1.0, 2.0])), [-0.01, 2.0]),
    "softplus": lambda f: near(f(0.0), math.log(2.0)),
    "elu": lambda f: np.allclose(f(np.array([-1.0, 2.0])), [math.expm1(-1.0), 2.0]),
    "gelu": lambda f: near(f(0.0), 0.0),
    "swish": lambda f: near(f(0.0), 0.0),
    "softmax": lambda f: near(np.sum(f(np.array([1.0, 2.0, 3.0]))), 1.0),
    "log_softmax": lambda f: near(np.exp(f(np.array([1.0, 2.0, 3.0]))).sum(), 1.0),
    "mse": lambda f: near(f(Y, Y), 0.0) and near(f(Y, Y + 1), 1.0),
    "mae": lambda f: near(f(Y, Y), 0.0) and near(f(Y, Y + 1), 1.0),
    "rmse": lambda f: near(f(Y, Y), 0.0) and near(f(Y, Y + 2), 2.0),
    "huber": lambda f: near(f(Y, Y), 0.0),
    "r2": lambda f: near(f(Y, Y), 1.0) and near(f(Y, np.full(4, Y.mean())), 0.0),
    "accuracy": lambda f: near(f(C, C), 1.0) and near(f(C, 1 - C), 0.0),
    "precision": lambda f: near(f(C, C), 1.0),
    "recall": lambda f: near(f(C, C), 1.0),
    "f1": lambda f: near(f(C, C), 1.0),
    "roc_auc": lambda f: near(f(C, C + 0.0), 1.0),
    "log_loss": lambda f: f(C, np.where(C == 1, 0.9, 0.1)) < f(C, np.where(C == 1, 0.6, 0.4)),
}
"""What a test of one formula usually asks: one or two known points."""
Y = np.array([1.0, 2.0, 4.0, 3.0])
C = np.array([0, 1, 1, 0])


def near(a: Any, b: float) -> bool:
    """Six digits."""
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-9))


def downhill(thing: Any, rule: str) -> bool:
    """Twenty steps of an optimiser with a gradient of 1 go down."""
    found = stepper(thing, rule).run(np.ones(3), np.ones((20, 3)), {"rate": 0.01})
    return bool((found[-1] < 1).all())


def smoke(thing: Any, task: str) -> list[str]:
    """The names of the smoke tests that this candidate fails.

    >>> smoke(lambda z: np.maximum(z, 0), "formula relu"), smoke(lambda z: np.abs(z), "formula relu")
    ([], ['known points'])
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if task.startswith(FORMULA):
            name = task.removeprefix(FORMULA)
            if name in rules.RULES:
                return [] if _holds(lambda: downhill(thing, name)) else ["twenty steps go down"]
            asked = POINTS.get(name)
            return [] if asked is None or _holds(lambda: asked(thing)) else ["known points"]
        try:
            c: Any = made(thing, task)
        except Exception:
            return ["it runs"]
        tests = NETWORK if isinstance(c, Network) else TESTS
        return [name for name, test in tests.items() if not _holds(lambda t=test: t(c))]


def _holds(test: Callable[[], Any]) -> bool:
    try:
        return bool(test())
    except Exception:
        return False


def _good(c: Candidate) -> bool:
    """R² above 0.9, or nine in ten right, on an easy table."""
    rng = np.random.default_rng(0)
    rows = tables.columns(rng, 200)
    z = rows @ [2.0, -1.5, 1.0] + 3.0
    if c.task == "regression":
        y = z + 0.1 * rng.normal(size=200)
        return 1 - np.mean((c.study(rows, y).predict(rows) - y) ** 2) / y.var() > 0.9
    if c.task == "classification":
        y = (z + 0.3 * rng.normal(size=200) > 3.0).astype(int)
    else:
        y = rng.integers(0, len(c.labels), 200)
        rows = rows + 4 * np.eye(len(c.labels))[y][:, :3]
    return np.mean(c.study(rows, y).predict(rows) == np.asarray(c.labels)[y]) > (0.9 if len(c.labels) == 2 else 0.75)


def _falls(c: Candidate) -> bool:
    """The loss after 50 epochs is below that after 1."""
    if c.mode == "exact" or "steps" not in c.can:
        return True
    table = tables.of(c.task, np.random.default_rng(1), 100)
    y = tables.targets(c.task, table.y)
    values: list[float] = []
    for epochs in (1, 50):
        learnt = c.study(table.X, table.y, rate=0.1 * c.plan(table.X)["rate"], epochs=epochs)
        theta = learnt.theta
        values.append(reference.loss(c.task, theta, table.X, y))
    return values[1] < values[0]


def _shapes(c: Candidate) -> bool:
    """As many finite answers as rows."""
    table = tables.of(c.task, np.random.default_rng(2), 50)
    answer = c.study(table.X, table.y).predict(table.X)
    return answer.shape == (50,) and (answer.dtype.kind not in "f" or bool(np.isfinite(answer).all()))


def _after(c: Network, epochs: int) -> tuple[Array, Array]:
    """(targets, answers) after so many epochs, of targets that go up with the first two columns."""
    rows, y = c.rows(np.random.default_rng(3), 60)
    if c.kind == "multiclass":
        rows = rows + 3 * y
    else:
        rows, y = rows[np.argsort(rows[:, 0] + rows[:, 1])], np.sort(y, axis=0)
    return y, c.output(rows, c.study(rows, y, c.rate, epochs))


def _network_learns(c: Network) -> bool:
    y, out = _after(c, 500)
    return bool(np.isfinite(out).all()) and np.corrcoef(out.ravel(), y.ravel())[0, 1] > 0.7


def _network_falls(c: Network) -> bool:
    far = [float(np.mean((out - y) ** 2)) for y, out in (_after(c, 1), _after(c, 100))]
    return far[1] < far[0]


TESTS = {"a high score": _good, "the loss falls": _falls, "shapes": _shapes}
NETWORK = {"it learns": _network_learns, "the loss falls": _network_falls}
