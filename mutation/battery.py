"""Does a change make any difference at all? Many fits and formulas, answer by answer, beside the unchanged library's.

An exam asks whether an answer is right; this asks whether it is the same. What differs nowhere here by more than a part
in a million of the largest number, the exam's own boundary for descent, is counted apart: a threshold between two right
methods, a guard for a case that does not come up, a step that another step makes good.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import numpy as np

ROUNDING = 1e-6
Answers = dict[str, list[float]]


def answers(lib: Any) -> Answers:
    """Every answer as numbers; none where it is refused."""
    found: Answers = {}
    for name, work in problems(lib):
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            try:
                found[name] = [float(v) for v in np.ravel(np.concatenate([np.ravel(part) for part in work()]))]
            except Exception:
                found[name] = []
    return found


def first_difference(mine: Answers, right: Answers) -> str:
    """The name of the first answer that is another one; "" where all are the same. What was refused is not compared."""
    for name, expected in right.items():
        if not expected:
            continue
        a, b = np.array(mine[name]), np.array(expected)
        if a.shape != b.shape:
            return name
        size = np.max(np.abs(b[np.isfinite(b)]), initial=1e-300)
        if not np.allclose(a, b, rtol=ROUNDING, atol=ROUNDING * size, equal_nan=True):
            return name
    return ""


def problems(lib: Any) -> Iterator[tuple[str, Callable[[], list[Any]]]]:
    """Each a name and what gives its numbers."""
    rng = np.random.default_rng(5)
    yield from lines(lib, rng)
    yield from classes(lib, rng)
    yield from networks(lib, rng)
    yield from formulas(lib, rng)


def tables(rng: Any) -> Iterator[tuple[str, Any, Any]]:
    """Rows of many shapes and scales, with the scores of a plane."""
    for n, p in ((4, 1), (9, 3), (60, 3), (150, 8), (6, 9)):
        X = rng.normal(size=(n, p)) * np.linspace(0.5, 2, p) + np.linspace(-1, 2, p)
        yield f"{n}x{p}", X, X @ np.linspace(-1, 1.5, p) + 0.7
    X = rng.normal(size=(50, 3))
    yield "units", X * [1e-7, 1.0, 1e6] + [0.0, 1e3, 1e9], X.sum(axis=1)
    yield "near", X @ np.array([[1, 1, 0], [0, 1e-5, 0], [0, 0, 1]]), X.sum(axis=1)
    yield "twice", X[:, [0, 1, 1]], X[:, 0] - X[:, 1]
    yield "whole", np.rint(3 * X).astype(int), np.rint(X.sum(axis=1))
    yield "single", X.astype(np.float32), X.sum(axis=1)
    yield "constant", np.column_stack([X, np.full(50, 3.0)]), X.sum(axis=1)


def shown(model: Any, X: Any) -> list[Any]:
    """What a fitted model says of itself and of rows; a number added to the scores of all classes changes nothing."""
    parts = [np.asarray(model.coef_), centred(model.intercept_), model.predict(X)]
    parts += [model.predict_proba(X)] if hasattr(model, "predict_proba") else []
    parts += [centred(model.decision_function(X))] if hasattr(model, "decision_function") else []
    return [np.asarray(part, dtype=float) for part in parts]


def centred(scores: Any) -> Any:
    """Scores of several classes against their mean."""
    scores = np.asarray(scores)
    return scores - scores.mean(axis=-1, keepdims=True) if scores.ndim and scores.shape[-1] == 3 else scores


def lines(lib: Any, rng: Any) -> Iterator[tuple[str, Callable[[], list[Any]]]]:
    """Linear regression: every option that an exam asks about."""
    options: dict[str, dict[str, Any]] = {
        "plain": {},
        "l2": {"l2": 0.3},
        "l1": {"l1": 0.05},
        "no bias": {"fit_intercept": False},
        **{name: {"solver": name, "learning_rate": 0.02, "epochs": 12} for name in lib.methods.METHODS},
        "batches": {
            "solver": "gradient_descent",
            "learning_rate": 0.01,
            "epochs": 3,
            "batch_size": 7,
            "random_state": 4,
        },
        "tolerance": {"solver": "gradient_descent", "learning_rate": 0.05, "epochs": 400, "tolerance": 1e-5},
    }
    for table, X, z in tables(rng):
        y, weight = z + rng.normal(size=len(z)), rng.uniform(0.2, 3.0, len(z))
        for option, given in options.items():
            if option not in ("plain", "l2", "l1") and table not in ("9x3", "60x3"):
                continue
            yield (
                f"line {table} {option}",
                lambda X=X, y=y, given=given: shown(lib.LinearRegression(**given).fit(X, y), X),
            )
        yield (
            f"line {table} weights",
            lambda X=X, y=y, w=weight: shown(lib.LinearRegression().fit(X, y, sample_weight=w), X),
        )
        yield f"line {table} errors", lambda X=X, y=y: errors(lib.LinearRegression().fit(X, y))
        yield f"line {table} score", lambda X=X, y=y: [lib.LinearRegression().fit(X, y).score(X, y)]


def errors(model: Any) -> list[Any]:
    """Standard errors and the deviation of the noise."""
    with redirect_stdout(StringIO()):
        summary = model.summary()
    return [summary.standard_errors, summary.residual_deviation]


def classes(lib: Any, rng: Any) -> Iterator[tuple[str, Callable[[], list[Any]]]]:
    """Logistic regression of two and of many classes."""
    for table, X, z in tables(rng):
        if len(X) < 50:
            continue  # few rows are separated by some plane, and then no weights are the likeliest
        chance = 1 / (1 + np.exp(-np.clip(z / np.std(z), -30, 30)))
        two = (rng.random(len(X)) < chance).astype(int)
        two[:2] = [0, 1]
        many = rng.integers(0, 3, len(X))
        many[:3] = [0, 1, 2]
        weight = rng.uniform(0.2, 3.0, len(X))
        apart = (z > np.median(z)).astype(int)
        yield f"separated {table}", lambda X=X, y=apart: [lib.LogisticRegression().fit(X, y).predict(X).astype(float)]
        for kind, y in (("two", two), ("many", many)):
            for option, given in {"plain": {}, "l2": {"l2": 0.2}, "l1": {"l1": 0.02}}.items():
                if option != "plain" and table not in ("60x3", "units"):
                    continue
                yield (
                    f"{kind} {table} {option}",
                    lambda X=X, y=y, given=given: shown(lib.LogisticRegression(**given).fit(X, y), X),
                )
            if table == "60x3":
                for name in ("gradient_descent", "adam"):
                    given = {"solver": name, "learning_rate": 0.1, "epochs": 15}
                    yield (
                        f"{kind} {table} {name}",
                        lambda X=X, y=y, given=given: shown(lib.LogisticRegression(**given).fit(X, y), X),
                    )
                yield (
                    f"{kind} {table} weights",
                    lambda X=X, y=y, w=weight: shown(lib.LogisticRegression(l2=0.1).fit(X, y, sample_weight=w), X),
                )


def networks(lib: Any, rng: Any) -> Iterator[tuple[str, Callable[[], list[Any]]]]:
    """A few epochs of small networks."""
    X = rng.normal(size=(40, 3))
    y, codes = np.sin(X).sum(axis=1), rng.integers(0, 3, 40)
    for kind, cls, labels in (
        ("regressor", lib.NeuralNetworkRegressor, y),
        ("two", lib.NeuralNetworkClassifier, codes % 2),
        ("many", lib.NeuralNetworkClassifier, codes),
    ):
        for given in ({}, {"hidden": (5, 4), "activation": "tanh"}, {"solver": "gradient_descent", "l2": 0.01}):
            made = {"epochs": 6, "random_state": 3, **given}
            yield (
                f"network {kind} {given}",
                lambda cls=cls, made=made, labels=labels: [
                    np.asarray(part, dtype=float)
                    for model in [cls(**made).fit(X, labels)]
                    for part in (
                        model.predict(X),
                        *([model.predict_proba(X)] if hasattr(model, "predict_proba") else []),
                    )
                ],
            )


def formulas(lib: Any, rng: Any) -> Iterator[tuple[str, Callable[[], list[Any]]]]:
    """Activations, losses and metrics, in the middle and far out."""
    far = np.array([0.0, -0.0, 1e-9, -1e-9, 1.0, -1.0, 30.0, -30.0, 800.0, -800.0, 1e9, -1e9, np.inf, -np.inf, np.nan])
    x = np.concatenate([rng.normal(size=60) * 3, far])
    rows = rng.normal(size=(12, 4)) * 4
    for name, f in lib.formulas.activations.NAMES.items():
        elementwise = isinstance(f, lib.formulas.activations.Elementwise)
        yield f"{name}", lambda f=f, z=(x if elementwise else rows): [np.asarray(f(z), dtype=float)]
        if elementwise:  # at a kink, and of NaN, a slope is a matter of taste
            yield f"{name} slope", lambda f=f: [np.asarray(f.derivative(x[(x != 0) & ~np.isnan(x)]), dtype=float)]
    y, p = rng.normal(size=30), rng.normal(size=30)
    codes, guess = rng.integers(0, 3, 30), rng.integers(0, 3, 30)
    chance, weight = rng.uniform(0.0, 1.0, 30), rng.uniform(0.1, 2.0, 30)
    for name, f in lib.formulas.metrics.NAMES.items():
        for data, pair in {
            "numbers": (y, p),
            "labels": (codes, guess),
            "two": (codes % 2, guess % 2),
            "chances": (codes % 2, chance),
            "ties": (codes % 2, np.rint(4 * chance) / 4),
        }.items():
            yield f"{name} {data}", lambda f=f, pair=pair: [np.asarray(f(*pair), dtype=float)]
            yield (
                f"{name} {data} weighed",
                lambda f=f, pair=pair: [np.asarray(f(*pair, sample_weight=weight), dtype=float)],
            )
