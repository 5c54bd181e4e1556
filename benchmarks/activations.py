"""How long each activation takes on 1,000,000 float64 values, against the best of SciPy, PyTorch and plain NumPy.

    python -m benchmarks.activations                     the tables of values and of pullbacks (g times the slope)
    python -m benchmarks.activations value sigmoid       one table, one line

Each round times ours and then every rival once, in turn, with one thread; the ratio of a line is the median over rounds
of ours divided by the fastest rival. The goal is 1.2; where it is not met, the line says why. The column before says
what that rival gives up: its largest relative distance from ours over the same values, in units of 2^-53 (ours is
within about 10, plus the condition).

Two threads over the blocks were tried and rejected: each NumPy call on a block takes 5 to 20 microseconds, and two
threads then wait for the interpreter's lock: sigmoid 3.5 instead of 3.0 ms, gelu 23 instead of 19, sinusoid alone won
(8 instead of 15).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from groundup.formulas import activations

Run = Callable[[], object]
ROUNDS = 15


def rivals(x: np.ndarray) -> dict[str, dict[str, Run]]:
    """For each activation the plainest NumPy expression, and SciPy's and PyTorch's function where there is one."""
    found: dict[str, dict[str, Run]] = {
        "identity": {"numpy": lambda: x.copy()},
        "binary_step": {"numpy": lambda: (x >= 0).astype(x.dtype), "heaviside": lambda: np.heaviside(x, 1.0)},
        "sigmoid": {"numpy": lambda: 1 / (1 + np.exp(-x))},
        "log_sigmoid": {"numpy": lambda: -np.log(1 + np.exp(-x))},
        "tanh": {"numpy": lambda: np.tanh(x)},
        "lecun_tanh": {"numpy": lambda: 1.7159 * np.tanh(2 / 3 * x)},
        "hard_tanh": {"numpy": lambda: np.clip(x, -1, 1)},
        "hard_sigmoid_torch": {"numpy": lambda: np.clip(x / 6 + 0.5, 0, 1)},
        "hard_sigmoid_keras2": {"numpy": lambda: np.clip(0.2 * x + 0.5, 0, 1)},
        "softsign": {"numpy": lambda: x / (1 + np.abs(x))},
        "softplus": {"numpy": lambda: np.log(1 + np.exp(x)), "logaddexp": lambda: np.logaddexp(0, x)},
        "squareplus": {"numpy": lambda: (x + np.sqrt(x * x + 4)) / 2},
        "relu": {"numpy": lambda: np.maximum(x, 0)},
        "leaky_relu": {"numpy": lambda: np.maximum(x, 0.01 * x)},
        "prelu": {"numpy": lambda: np.maximum(x, 0.25 * x)},
        "relu6": {"numpy": lambda: np.clip(x, 0, 6)},
        "relu_squared": {"numpy": lambda: np.maximum(x, 0) ** 2},
        "threshold": {"numpy": lambda: np.where(x > 1.0, x, 0.0)},
        "elu": {"numpy": lambda: np.where(x > 0, x, np.expm1(x))},
        "selu": {"numpy": lambda: 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(x))},
        "celu": {"numpy": lambda: np.where(x > 0, x, np.expm1(x))},
        "gelu_tanh": {"numpy": lambda: x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x)))},
        "quick_gelu": {"numpy": lambda: x / (1 + np.exp(-1.702 * x))},
        "silu": {"numpy": lambda: x / (1 + np.exp(-x))},
        "swish": {"numpy": lambda: x / (1 + np.exp(-1.0 * x))},
        "hard_swish": {"numpy": lambda: x * np.clip(x + 3, 0, 6) / 6},
        "mish": {"numpy": lambda: x * np.tanh(np.log1p(np.exp(x)))},
        "gaussian": {"numpy": lambda: np.exp(-x * x)},
        "sinusoid": {"numpy": lambda: np.sin(x)},
        "arctan": {"numpy": lambda: np.arctan(x)},
        "bent_identity": {"numpy": lambda: (np.sqrt(x * x + 1) - 1) / 2 + x},
        "cloglog": {"numpy": lambda: 1 - np.exp(-np.exp(x))},
        "log_cosh": {"numpy": lambda: np.log(np.cosh(x))},
        "softshrink": {"numpy": lambda: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0)},
        "hardshrink": {"numpy": lambda: x * (np.abs(x) > 0.5)},
        "tanhshrink": {"numpy": lambda: x - np.tanh(x)},
        "exponential": {"numpy": lambda: np.exp(x)},
        "gelu": {},
        "softmax": {"numpy": lambda: _softmax(x.reshape(-1, 10))},
        "log_softmax": {"numpy": lambda: np.log(_softmax(x.reshape(-1, 10)))},
        "softmin": {"numpy": lambda: _softmax(-x.reshape(-1, 10))},
        "maxout": {"numpy": lambda: np.maximum(x.reshape(-1, 10)[:, :5], x.reshape(-1, 10)[:, 5:])},
        "sparsemax": {"numpy": lambda: _sparsemax(x.reshape(-1, 10))},
        "glu": {"numpy": lambda: _halves(x)[0] / (1 + np.exp(-_halves(x)[1]))},
        "swiglu": {"numpy": lambda: _halves(x)[0] / (1 + np.exp(-_halves(x)[0])) * _halves(x)[1]},
        "geglu": {},
        "reglu": {"numpy": lambda: np.maximum(_halves(x)[0], 0) * _halves(x)[1]},
        "bilinear": {"numpy": lambda: _halves(x)[0] * _halves(x)[1]},
    }
    _add_scipy(found, x)
    _add_torch(found, x)
    return found


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _halves(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows = x.reshape(-1, 10)
    return rows[:, :5], rows[:, 5:]


def _sparsemax(x: np.ndarray) -> np.ndarray:
    falling = -np.sort(-x, axis=-1)
    sums = np.cumsum(falling, axis=-1) - 1
    size = (falling * np.arange(1, x.shape[-1] + 1) > sums).sum(axis=-1, keepdims=True)
    return np.maximum(x - np.take_along_axis(sums, size - 1, axis=-1) / size, 0)


def _add_scipy(found: dict[str, dict[str, Run]], x: np.ndarray) -> None:
    try:
        from scipy import special
    except ImportError:
        return
    rows = x.reshape(-1, 10)
    found["sigmoid"]["scipy"] = lambda: special.expit(x)
    found["log_sigmoid"]["scipy"] = lambda: special.log_expit(x)
    found["gelu"]["scipy"] = lambda: x * special.ndtr(x)
    found["geglu"]["scipy"] = lambda: _halves(x)[0] * special.ndtr(_halves(x)[0]) * _halves(x)[1]
    found["softmax"]["scipy"] = lambda: special.softmax(rows, axis=-1)
    found["log_softmax"]["scipy"] = lambda: special.log_softmax(rows, axis=-1)


def _add_torch(found: dict[str, dict[str, Run]], x: np.ndarray) -> None:
    try:
        import torch
    except ImportError:
        return
    torch.set_num_threads(1)
    t, f = torch.from_numpy(x), torch.nn.functional
    rows = t.reshape(-1, 10)
    weight = torch.tensor([0.25], dtype=t.dtype)
    torch_runs: dict[str, Run] = {
        "sigmoid": lambda: torch.sigmoid(t),
        "log_sigmoid": lambda: f.logsigmoid(t),
        "tanh": lambda: torch.tanh(t),
        "hard_tanh": lambda: f.hardtanh(t),
        "hard_sigmoid_torch": lambda: f.hardsigmoid(t),
        "softsign": lambda: f.softsign(t),
        "softplus": lambda: f.softplus(t),
        "relu": lambda: torch.relu(t),
        "leaky_relu": lambda: f.leaky_relu(t),
        "prelu": lambda: f.prelu(t, weight),
        "relu6": lambda: f.relu6(t),
        "threshold": lambda: f.threshold(t, 1.0, 0.0),
        "elu": lambda: f.elu(t),
        "selu": lambda: f.selu(t),
        "celu": lambda: f.celu(t),
        "gelu": lambda: f.gelu(t),
        "gelu_tanh": lambda: f.gelu(t, approximate="tanh"),
        "silu": lambda: f.silu(t),
        "swish": lambda: f.silu(t),
        "quick_gelu": lambda: t * torch.sigmoid(1.702 * t),
        "hard_swish": lambda: f.hardswish(t),
        "mish": lambda: f.mish(t),
        "sinusoid": lambda: torch.sin(t),
        "arctan": lambda: torch.atan(t),
        "exponential": lambda: torch.exp(t),
        "softshrink": lambda: f.softshrink(t),
        "hardshrink": lambda: f.hardshrink(t),
        "tanhshrink": lambda: f.tanhshrink(t),
        "softmax": lambda: torch.softmax(rows, -1),
        "log_softmax": lambda: torch.log_softmax(rows, -1),
        "softmin": lambda: f.softmin(rows, -1),
        "glu": lambda: f.glu(rows, -1),
        "swiglu": lambda: f.silu(rows[:, :5]) * rows[:, 5:],
        "geglu": lambda: f.gelu(rows[:, :5]) * rows[:, 5:],
        "reglu": lambda: torch.relu(rows[:, :5]) * rows[:, 5:],
        "bilinear": lambda: rows[:, :5] * rows[:, 5:],
        "maxout": lambda: torch.maximum(rows[:, :5], rows[:, 5:]),
    }
    for name, run in torch_runs.items():
        found[name]["torch"] = run


def slopes(x: np.ndarray, g: np.ndarray) -> dict[str, dict[str, Run]]:
    """The same for g f'(x): the textbook expression of the slope, and PyTorch's own backward function."""
    found: dict[str, dict[str, Run]] = {name: {} for name in activations.NAMES}

    def textbook(name: str, slope: Callable[[], np.ndarray]) -> None:
        found[name]["numpy"] = lambda: g * slope()

    def sigmoid(z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-z))

    def bump(z: np.ndarray) -> np.ndarray:
        s = sigmoid(z)
        return s * (1 - s)

    def swish_slope(beta: float) -> np.ndarray:
        s = sigmoid(beta * x)
        return s + beta * x * s * (1 - s)

    textbook("identity", lambda: np.ones_like(x))
    textbook("binary_step", lambda: np.zeros_like(x))
    textbook("sigmoid", lambda: bump(x))
    textbook("log_sigmoid", lambda: 1 - sigmoid(x))
    textbook("tanh", lambda: 1 - np.tanh(x) ** 2)
    textbook("lecun_tanh", lambda: 1.7159 * 2 / 3 * (1 - np.tanh(2 / 3 * x) ** 2))
    textbook("hard_tanh", lambda: np.abs(x) < 1)
    textbook("hard_sigmoid_torch", lambda: (np.abs(x) < 3) / 6)
    textbook("hard_sigmoid_keras2", lambda: (np.abs(x) < 2.5) * 0.2)
    textbook("softsign", lambda: 1 / (1 + np.abs(x)) ** 2)
    textbook("softplus", lambda: sigmoid(x))
    textbook("squareplus", lambda: (1 + x / np.sqrt(x * x + 4)) / 2)
    textbook("relu", lambda: x > 0)
    textbook("leaky_relu", lambda: np.where(x > 0, 1, 0.01))
    textbook("prelu", lambda: np.where(x > 0, 1, 0.25))
    textbook("relu6", lambda: (x > 0) & (x < 6))
    textbook("relu_squared", lambda: 2 * np.maximum(x, 0))
    textbook("threshold", lambda: x > 1)
    textbook("elu", lambda: np.exp(np.minimum(x, 0)))
    textbook("selu", lambda: 1.0507009873554805 * np.where(x > 0, 1, 1.6732632423543772 * np.exp(x)))
    textbook("celu", lambda: np.exp(np.minimum(x, 0)))
    textbook("quick_gelu", lambda: swish_slope(1.702))
    textbook("silu", lambda: swish_slope(1.0))
    textbook("swish", lambda: swish_slope(1.0))
    textbook("hard_swish", lambda: np.where(x < -3, 0, np.where(x > 3, 1, x / 3 + 0.5)))
    textbook("gaussian", lambda: -2 * x * np.exp(-x * x))
    textbook("sinusoid", lambda: np.cos(x))
    textbook("arctan", lambda: 1 / (1 + x * x))
    textbook("bent_identity", lambda: x / (2 * np.sqrt(x * x + 1)) + 1)
    textbook("cloglog", lambda: np.exp(x - np.exp(x)))
    textbook("log_cosh", lambda: np.tanh(x))
    textbook("softshrink", lambda: np.abs(x) > 0.5)
    textbook("hardshrink", lambda: np.abs(x) > 0.5)
    textbook("tanhshrink", lambda: np.tanh(x) ** 2)
    textbook("exponential", lambda: np.exp(x))
    _add_torch_slopes(found, x, g)
    return {name: against for name, against in found.items() if against}


def _add_torch_slopes(found: dict[str, dict[str, Run]], x: np.ndarray, g: np.ndarray) -> None:
    try:
        import torch
    except ImportError:
        return
    torch.set_num_threads(1)
    t, d, back = torch.from_numpy(x), torch.from_numpy(g), torch.ops.aten
    rows, d_rows = t.reshape(-1, 10), d.reshape(-1, 10)
    half = d_rows[:, :5].contiguous()
    y_sigmoid, y_tanh = torch.sigmoid(t), torch.tanh(t)
    y_softmax, y_log = torch.softmax(rows, -1), torch.log_softmax(rows, -1)
    runs: dict[str, Run] = {
        "sigmoid": lambda: back.sigmoid_backward(d, y_sigmoid),
        "tanh": lambda: back.tanh_backward(d, y_tanh),
        "log_sigmoid": lambda: back.log_sigmoid_backward(d, t, t),
        "hard_tanh": lambda: back.hardtanh_backward(d, t, -1, 1),
        "hard_sigmoid_torch": lambda: back.hardsigmoid_backward(d, t),
        "softplus": lambda: back.softplus_backward(d, t, 1, 20),
        "relu": lambda: back.threshold_backward(d, t, 0),
        "relu6": lambda: back.hardtanh_backward(d, t, 0, 6),
        "threshold": lambda: back.threshold_backward(d, t, 1.0),
        "leaky_relu": lambda: back.leaky_relu_backward(d, t, 0.01, False),
        "elu": lambda: back.elu_backward(d, 1.0, 1.0, 1.0, False, t),
        "celu": lambda: back.elu_backward(d, 1.0, 1.0, 1.0, False, t),
        "selu": lambda: back.elu_backward(d, 1.6732632423543772, 1.0507009873554805, 1.0, False, t),
        "gelu": lambda: back.gelu_backward(d, t),
        "gelu_tanh": lambda: back.gelu_backward(d, t, approximate="tanh"),
        "silu": lambda: back.silu_backward(d, t),
        "swish": lambda: back.silu_backward(d, t),
        "mish": lambda: back.mish_backward(d, t),
        "hard_swish": lambda: back.hardswish_backward(d, t),
        "softshrink": lambda: back.softshrink_backward(d, t, 0.5),
        "hardshrink": lambda: back.hardshrink_backward(d, t, 0.5),
        "sinusoid": lambda: d * torch.cos(t),
        "softmax": lambda: back._softmax_backward_data(d_rows, y_softmax, -1, t.dtype),
        "log_softmax": lambda: back._log_softmax_backward_data(d_rows, y_log, -1, t.dtype),
        "glu": lambda: back.glu_backward(half, rows, -1),
    }
    for name, run in runs.items():
        found[name]["torch"] = run


PASSES = (
    "PyTorch has one fused loop that reads and writes memory once; NumPy calls one loop for each operation, three to "
    "eight of them, though in the cache"
)
DIGITS = "the rival loses digits, as the column before shows"
EXTREMES = "NaN stays NaN and an infinity has its limit: a pass or two that the textbook line does without"
WHY: dict[str, str] = {
    **dict.fromkeys(["sinusoid"], "NumPy's own sine and cosine of float64 are slower than PyTorch's"),
    **dict.fromkeys(["gelu", "geglu"], "a polynomial of degree 23 keeps every digit of the left tail; " + DIGITS),
    "exponential": "the same NumPy call against PyTorch's",
    "glu": "value and gate by separate calls, each with its own blocks",
}
"""Why a line misses the goal, where it is not `DIGITS`, `PASSES` (PyTorch is the fastest) or `EXTREMES`."""


def seconds(run: Run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def measure(name: str, ours: Run, against: dict[str, Run]) -> str:
    runs: dict[str, Run] = {"ours": ours, **against}
    rounds = [{who: seconds(run) for who, run in runs.items()} for _ in range(ROUNDS + 2)][2:]
    median = {who: sorted(r[who] for r in rounds)[ROUNDS // 2] * 1e3 for who in runs}
    fastest = min(against, key=median.__getitem__)
    ratio = sorted(r["ours"] / r[fastest] for r in rounds)[ROUNDS // 2]
    with np.errstate(all="ignore"):
        mine, theirs = np.asarray(ours()), np.asarray(against[fastest]())
        error = np.max(np.abs(theirs - mine) / np.abs(mine), where=mine != 0, initial=0.0) * 2**53
    why = DIGITS if error > 16 else PASSES if fastest == "torch" else EXTREMES
    goal = "yes" if ratio <= 1.2 else f"no: {WHY.get(name, why)}"
    return f"| {name} | {median['ours']:.2f} | {fastest} {median[fastest]:.2f} | {ratio:.2f} | {error:.3g} | {goal} |"


def main(asked: list[str] | None = None) -> None:
    """Both tables, or the one that is named, of all activations or of those named."""
    rng = np.random.default_rng(0)
    x, g = rng.normal(0, 3, 1_000_000), rng.normal(size=1_000_000)
    tables, names = ({"value", "pullback"} & set(asked or [])), set(asked or []) - {"value", "pullback"}
    for table, against in (("value", rivals(x)), ("pullback", slopes(x, g))):
        if tables and table not in tables:
            continue
        print(f"\n| {table} | ours, ms | fastest rival, ms | ratio | rival's error, 2^-53 | within 1.2 |")
        print("|---|---|---|---|---|---|")
        for name, runs in against.items():
            if runs and (not names or name in names):
                print(measure(name, _ours(table, name, x, g), runs), flush=True)


def _ours(table: str, name: str, x: np.ndarray, g: np.ndarray) -> Run:
    activation = activations.named(name)
    given = x if isinstance(activation, activations.Elementwise) else x.reshape(-1, 10)
    if table == "value":
        return lambda: activation.value(given)
    y = activation.value(given)
    flowing = g.reshape(given.shape)[..., : y.shape[-1]] if y.ndim > 1 else g
    return lambda: activation.pullback(given, y, flowing)


if __name__ == "__main__":
    main(sys.argv[1:])
