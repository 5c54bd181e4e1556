# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false
"""Settings that are words, each tried in its turn: penalty="l1", method="normal", mode="stochastic".

A value that is refused on purpose, by a line that raises, or that wants another argument beside it, is no mistake.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, spelling
from groundup.exam.candidates.worded import NORMS, other_words, plain, with_word
from groundup.exam.checks import tables
from groundup.exam.checks.laws import difference, size, steady
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
READ = "scikit-learn, developing estimators"
WAYS = ("solver", "method", "algorithm", "mode", "variant", "strategy", "way", "fit_method", "training")
"""What the argument for the way of training is called."""
EXACT = (
    *("normal", "normal_equation", "normal_equations", "closed_form", "closed", "analytic", "analytical", "exact"),
    *("ols", "qr", "svd", "lstsq", "pinv", "cholesky", "direct", "least_squares"),
)
WHOLE = ("gd", "bgd", "batch", "full", "full_batch", "gradient_descent", "batch_gradient_descent")


def values(c: Candidate) -> list[tuple[str, str]]:
    """(setting, value) of each word that it takes, but its usual ones. Raises NotExamined for none."""
    found = other_words(c)
    if not found:
        raise NotExamined("no setting of it is a word with several values")
    return found


def plan_of(c: Candidate, X: Array, share: float, epochs: int) -> dict[str, Any]:
    """A share of a safe rate, where it has one."""
    return {"rate": share * c.plan(X)["rate"], "epochs": epochs} if c.mode == "descent" else {}


def on_purpose(c: Candidate, error: BaseException) -> bool:
    """Whether a line that raises says no, or an argument that is None where nobody gives it would be needed."""
    if isinstance(error, NotImplementedError | ImportError | NotExamined | MemoryError):
        return True
    line = (traceback.extract_tb(error.__traceback__)[-1].line or "").strip()
    if isinstance(error, NameError | AttributeError) and "NoneType" not in str(error):
        return False
    lacks = "None" in str(error) and any(c.maker.default(name) is None for name in c.maker.names_of_settings())
    return lacks or line.startswith(("raise", "assert")) or not line


@check(
    "S02",
    "Each word that its code knows for a setting works: it learns without an error, and answers with numbers.",
    boundary="no error, finite answers",
    read=READ,
)
def every_word(c: Candidate, rng: Any) -> Evidence:
    """A hundredth of the rate: so small a step leads nowhere far, be it after each row or for the sum of all."""
    table = tables.of(c.task, rng, size(c), c.width)
    plan, tried = plan_of(c, table.X, 0.01, 20), list[str]()
    for name, word in values(c):
        try:
            answers = with_word(c, name, word, table.X, table.y, **plan).predict(table.X)
        except Exception as error:
            if not on_purpose(c, error):
                told = f"with {name}={word!r} it raises {type(error).__name__}: {str(error)[:120]}"
                return Evidence(1.0, 0.0, told, type(error).__name__)
            continue
        bad = int((~np.isfinite(answers)).sum()) if answers.dtype.kind == "f" else 0
        if bad and plan:
            return Evidence(float(bad), 0.0, f"with {name}={word!r} {bad} answers are not finite", "not finite")
        tried.append(f"{name}={word!r}")
    if not tried:
        raise NotExamined("it refuses the other words of its settings on purpose, or they want other arguments")
    return Evidence(0.0, 0.0, f"it learns with {', '.join(tried)}")


@check(
    "S03",
    "Ways of training that lead to the same minimum give the same answer, whichever setting names them.",
    boundary="1e-4; 1e-3 where it descends",
    read=READ,
)
def every_way(c: Candidate, rng: Any) -> Evidence:
    """Normal equations, QR and descent by all rows, where its usual way comes to the minimum."""
    steady(c)
    named = [(name, word) for name, word in values(c) if spelling.plain(name) in WAYS or plain(word) in EXACT]
    table = tables.of(c.task, rng, size(c), c.width)
    usual, tried = c.study(table.X, table.y).theta, list[str]()
    best = reference.optimum(c.task, table.X, tables.targets(c.task, table.y))
    if c.task == "multiclass" or difference(c, usual, best) > 1e-4:
        raise NotExamined("its usual way does not come to the minimum, or not to one answer")
    for name, word in named:
        exact, whole = c.task == "regression" and plain(word) in EXACT, plain(word) in WHOLE and c.mode == "descent"
        if not exact and not whole:
            continue
        try:
            theta = with_word(c, name, word, table.X, table.y).theta
        except Exception:
            continue  # that is another question's
        gap = difference(c, theta, best)
        if not gap <= (1e-4 if exact else 1e-3):
            words = f"with {name}={word!r} a weight is {gap:.3g} off the minimum, to which its usual way comes"
            return Evidence(gap, 1e-4, words, "another answer")
        tried.append(f"{name}={word!r}")
    if not tried:
        raise NotExamined("no setting of it names a way of training that is known to lead to the minimum")
    return Evidence(0.0, 1e-4, f"the same minimum with {', '.join(tried)}")


def _penalties(c: Candidate) -> Iterator[tuple[str, str, int]]:
    """(setting, value, which norm it makes smaller), its usual value among them."""
    names = {name for name, _ in values(c)}
    own = [(name, c.maker.default(name)) for name in names]
    for name, word in [*own, *values(c)]:
        if isinstance(word, str) and plain(word) in NORMS:
            yield name, word, NORMS[plain(word)]


@check(
    "S04",
    "With each penalty that it knows by name, a price makes the weights smaller in that norm.",
    needs="l2",
    boundary="by 1e-6 of it",
    read="Hastie, Tibshirani, Friedman, 3.4: shrinkage",
)
def every_penalty(c: Candidate, rng: Any) -> Evidence:
    """The least of loss + price x |w| has a smaller |w| than the least of the loss alone."""
    steady(c)
    if "mix" in c.can or c.task == "multiclass":
        raise NotExamined("its penalty is mixed, or that of many classes")
    table = tables.of(c.task, rng, size(c) + 100, c.width)
    plan = c.plan(table.X) if c.mode == "descent" else {}
    plan = {"rate": 0.5 * plan["rate"], "epochs": 2 * plan["epochs"]} if plan else {}
    tried: list[str] = []
    for name, word, norm in _penalties(c):
        try:
            free, bound = (
                with_word(c, name, word, table.X, table.y, l2=price, **plan).theta[:-1] for price in (0.0, 0.3)
            )
        except Exception:
            continue  # that is another question's
        sizes = [float(np.linalg.norm(w, norm)) for w in (free, bound)]
        ratio = sizes[1] / max(sizes[0], 1e-300)
        if not ratio <= 1 - 1e-6:
            words = (
                f"with {name}={word!r} a price of 0.3 makes the {norm}-norm of the weights {ratio:.6g} times as large"
            )
            return Evidence(ratio, 1 - 1e-6, words, "no effect" if abs(ratio - 1) < 1e-6 else "wrong sign")
        tried.append(f"{name}={word!r}")
    if not tried:
        raise NotExamined("no setting of it names a penalty")
    return Evidence(0.0, 1 - 1e-6, f"smaller weights with {', '.join(tried)}")
