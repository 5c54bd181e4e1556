# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Minimisers of any function: minimise(f, gradient, x0) -> where f is least, with steps whose length they find.

Where steps have a length that the caller sets, how far they come is the caller's doing: such a one is not asked.
"""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "Nocedal and Wright, Numerical Optimization, chapters 3 and 6: line searches and quasi-Newton methods"
FUNCTIONS = ("f", "fun", "func", "function", "objective", "cost", "loss")
GRADIENTS = ("grad", "gradient", "df", "gradf", "grad_f", "fprime", "f_prime", "jac", "dfun", "g", "dcost")
STARTS = ("x0", "x_0", "start", "x_start", "x_init", "initial", "theta0", "w0", "guess", "initial_guess")
ENDS = ("maxit", "nmax", "max_iter", "maxiter", "max_iterations", "max_steps", "n_iter", "iterations", "itmax")


class Minimiser(Asked):
    """A function that is given f, its gradient, and where to start."""

    def __init__(self, function: Any):
        super().__init__()
        self.function = function

    def end(self, f: Any, gradient: Any, start: Array) -> Array:
        """Where it ends, after at most 5000 steps where that can be asked for."""
        limit = {n: 5000 for n in spelling.parameters(self.function) if spelling.plain(n) in ENDS}
        out = self.function(f, gradient, start.copy(), **limit)
        out = out.get("x", out) if isinstance(out, dict) else getattr(out, "x", out)
        for part in out if isinstance(out, tuple) else (out,):
            if isinstance(part, np.ndarray | list) and np.shape(part) == start.shape:
                return np.asarray(part, dtype=float)
        raise NotExamined(f"tried it from {start.tolist()}, and its answer holds no point of that length")


def kind_of(thing: Any) -> str:
    """ "minimiser" where its arguments begin with a function, its gradient and a start; else empty.

    >>> def bfgs(f, grad, x0, gtol=1e-8): ...
    >>> kind_of(bfgs), kind_of(len)
    ('minimiser', '')
    """
    if not inspect.isfunction(thing):
        return ""
    given = {spelling.plain(n): p for n, p in spelling.parameters(thing).items()}
    known = len(given) >= 3 and all(n in words for n, words in zip(given, (FUNCTIONS, GRADIENTS, STARTS), strict=False))
    more = [p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD for p in list(given.values())[3:]]
    return "minimiser" if known and not any(more) and not {*spelling.KNOBS["rate"]} & {*given} else ""


@check("J01", "It finds the minimum of a bowl.", boundary="1/100 of the way down", read=READ)
def bowl(m: Minimiser, rng: Any) -> Evidence:
    """|x|², and a convex quadratic whose slopes are from 1 to 3: steepest descent with any line search finds both."""
    worst, words = 0.0, "at the minimum of both"
    for A, least in ((2 * np.eye(2), np.zeros(2)), (np.array([[3.0, 0.4], [0.4, 1.0]]), np.array([0.5, -1.5]))):
        start = least + np.array([2.0, -1.0])

        def f(x: Array, A: Array = A, c: Array = least) -> float:
            return float(0.5 * (x - c) @ A @ (x - c))

        end = m.end(f, lambda x, A=A, c=least: A @ (x - c), start)
        left = f(end) / f(start) if np.all(np.isfinite(end)) else np.inf
        if left > worst:
            place = np.round(end, 6).tolist()
            worst, words = left, f"from {start.tolist()} it ends at {place}; the minimum is at {least.tolist()}"
    return Evidence(worst, 0.01, words)


@check("J02", "In a curved valley it ends lower than it began.", boundary="half the height", read=READ)
def valley(m: Minimiser, rng: Any) -> Evidence:
    """Rosenbrock's function from (-1.2, 1), where one good step leads from 24.2 into the valley, below 5."""

    def f(x: Array) -> float:
        return float((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2)

    def gradient(x: Array) -> Array:
        bend = x[1] - x[0] ** 2
        return np.array([-2 * (1 - x[0]) - 400 * x[0] * bend, 200 * bend])

    start = np.array([-1.2, 1.0])
    end = m.end(f, gradient, start)
    height = f(end) if np.all(np.isfinite(end)) else np.inf
    words = f"from f = {f(start):.4g} it ends at f = {height:.4g}"
    return Evidence(height / f(start), 0.5, words)


QUESTIONS: list[Check] = [bowl, valley]
