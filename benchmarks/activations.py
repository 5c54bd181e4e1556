"""How long each activation takes on 1,000,000 float64 values, against the best of SciPy, PyTorch and plain NumPy.

    python -m benchmarks.activations            the table
    python -m benchmarks.activations sigmoid    one line

Each round times ours and then every rival once, in turn, with one thread; the ratio of a line is the median over rounds
of ours divided by the fastest rival. The goal is 1.2. The last column says what that rival gives up: its largest
relative distance from ours over the same values, in units of 2^-53 (ours is within about 10, plus the condition).

Where the goal is not met, and why:
- sigmoid, silu, swish, leaky_relu, prelu, threshold, hard_sigmoid_torch, hard_swish, softshrink, hardshrink, selu:
  PyTorch has one fused loop that reads and writes memory once; NumPy needs three to five passes, though in the cache.
  The passes of sigmoid alone (negative, exp, add, divide, all in place) take 1.9 ms where PyTorch takes 1.0.
- sinusoid: NumPy's own sine of float64 is 10 times slower than PyTorch's vector library.
- gelu, log_cosh, softplus, log_sigmoid, squareplus, bent_identity, tanhshrink, log_softmax: the rival
  loses digits by cancellation (the last column). gelu keeps every digit of a left tail that PyTorch rounds to 0: its
  polynomial has degree 23.
- binary_step: the rival turns NaN into 0. glu: a value and a gate by separate calls. relu_squared, maxout: a block is
  copied into the answer. exponential: the same NumPy call, between 1.0 and 1.3 from run to run.
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
        "glu": {"numpy": lambda: x.reshape(-1, 10)[:, :5] / (1 + np.exp(-x.reshape(-1, 10)[:, 5:]))},
    }
    _add_scipy(found, x)
    _add_torch(found, x)
    return found


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _add_scipy(found: dict[str, dict[str, Run]], x: np.ndarray) -> None:
    try:
        from scipy import special
    except ImportError:
        return
    rows = x.reshape(-1, 10)
    found["sigmoid"]["scipy"] = lambda: special.expit(x)
    found["log_sigmoid"]["scipy"] = lambda: special.log_expit(x)
    found["gelu"]["scipy"] = lambda: x * special.ndtr(x)
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
    }
    for name, run in torch_runs.items():
        found[name]["torch"] = run


def seconds(run: Run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def measure(name: str, against: dict[str, Run], x: np.ndarray) -> str:
    activation = activations.named(name)
    given = x if isinstance(activation, activations.Elementwise) else x.reshape(-1, 10)
    runs: dict[str, Run] = {"ours": lambda: activation.value(given), **against}
    rounds = [{who: seconds(run) for who, run in runs.items()} for _ in range(ROUNDS + 2)][2:]
    median = {who: sorted(r[who] for r in rounds)[ROUNDS // 2] * 1e3 for who in runs}
    fastest = min(against, key=median.__getitem__)
    ratio = sorted(r["ours"] / r[fastest] for r in rounds)[ROUNDS // 2]
    with np.errstate(all="ignore"):
        mine, theirs = activation.value(given), np.asarray(against[fastest]())
        error = np.nanmax(np.abs(theirs - mine) / np.abs(mine)) * 2**53
    verdict = "yes" if ratio <= 1.2 else "NO"
    return (
        f"| {name} | {median['ours']:.2f} | {fastest} {median[fastest]:.2f} | {ratio:.2f} | {verdict} | {error:.3g} |"
    )


def main(names: list[str] | None = None) -> None:
    """The table, of all activations or of those named."""
    x = np.random.default_rng(0).normal(0, 3, 1_000_000)
    print("| activation | ours, ms | fastest rival, ms | ratio | within 1.2 | rival's error, 2^-53 |")
    print("|---|---|---|---|---|---|")
    for name, against in rivals(x).items():
        if not names or name in names:
            print(measure(name, against, x), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
