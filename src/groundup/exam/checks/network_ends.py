# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Networks beside their gradient: rows apart from one another, first weights, the end, and predict."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import boundary
from groundup.exam.candidates.layers import layers
from groundup.exam.checks.networks import NETWORK, READ, START, architecture, tight
from groundup.exam.evidence import Evidence, NotExamined, P, check

Array = Any


@check(
    "E02",
    "A row gets the same answer alone as among others, and every time.",
    tasks=NETWORK,
    boundary="1e-9",
    read=READ,
)
def rows_apart(c: Any, rng: Any) -> Evidence:
    """Dropout that is still active, softmax over the rows, or standardising by the rows to predict."""
    X, y = c.rows(rng, 19)
    learnt = c.study(X, y, c.rate, 3)
    whole, again = c.output(X, learnt), c.output(X, learnt)
    alone = np.concatenate([c.output(X[k : k + 1], learnt) for k in range(6)])
    twice = float(np.abs(again - whole).max())
    gap = max(twice, float(np.abs(alone - whole[:6]).max()))
    sign = "another answer each time" if twice > 1e-6 else ""
    return Evidence(
        gap,
        tight(c, 1e-9),
        f"an answer moves by {gap:.3g} with the rows beside it, by {twice:.3g} when asked again",
        sign,
    )


@check(
    "E02b",
    "Far rows get probabilities that are numbers.",
    tasks=NETWORK,
    boundary="finite",
    read="Goodfellow, Bengio, Courville, 4.1: overflow",
)
def far_rows(c: Any, rng: Any) -> Evidence:
    """A softmax that overflows is not a number."""
    if c.kind == "regression":
        raise NotExamined("it does not say that it gives probabilities")
    X, y = c.rows(rng, 19)
    out = c.output(1e5 * X, c.study(X, y, c.rate, 3))
    bad = int((~np.isfinite(out)).any(axis=1).sum())
    return Evidence(
        float(bad), 0.0, f"{bad} of 19 rows, 100,000 times as large, got answers that are not numbers", "not finite"
    )


@check(
    "E03",
    "Hidden units start unlike each other, or they would stay alike.",
    tasks=NETWORK,
    needs="layers",
    boundary="0",
    read=START,
)
def unlike_units(c: Any, rng: Any) -> Evidence:
    """Zeros and constants keep the symmetry for ever."""
    first = c.start[0][0]
    scale = max(float(np.abs(first).max()), 1e-300)
    alike = [
        (i, j)
        for i in range(first.shape[1])
        for j in range(i)
        if np.abs(first[:, i] - first[:, j]).max() <= 1e-6 * scale
    ]
    if float(np.abs(first).max()) < 1e-9:
        return Evidence(1.0, 0.0, "all weights of the first layer start at zero", "zeros")
    return Evidence(float(len(alike)), 0.0, f"{len(alike)} pairs of hidden units start alike", "constant")


@check(
    "E03b",
    "First weights that are called He's or Glorot's have that spread.",
    tasks=NETWORK,
    needs="layers",
    boundary="chi-square, two-sided",
    false_alarm=P,
    read=START,
)
def spread_of_start(c: Any, rng: Any) -> Evidence:
    """sum W² fan-in / 2 is at most as scattered as a chi-square, for normal and for even numbers alike."""
    words = ("initialisation", "initialization", "init", "weight_init", "initializer", "weights_init", "init_method")
    name = next((n for n in getattr(c.shape, "init", {}) if n in words), "")
    default = str(c.shape.init[name].default).lower() if name else ""
    kinds = {
        "he": ("he", "kaiming", "he_normal", "he_uniform"),
        "glorot": ("xavier", "glorot", "xavier_uniform", "glorot_uniform", "xavier_normal"),
    }
    kind = next((k for k, names in kinds.items() if default in names), "")
    if not kind or "hidden" not in c.shape.knobs or c.shape.base is None:
        raise NotExamined("it does not say how its first weights are drawn, or the size of its layers cannot be set")
    columns, hidden = 12, 48
    X = rng.normal(size=(20, columns))
    y = c.rows(rng, 20)[1]
    several = isinstance(c.shape.init[c.shape.knobs["hidden"]].default, list | tuple)
    given = {
        "hidden": (hidden,) if several else hidden,
        "sizes": [columns, hidden, c.shape.outputs],
        "columns": columns,
    }
    fresh = c.shape.fill

    def fill(_: int, names: Any) -> dict[str, Any]:
        return {**fresh(columns, names), **{c.shape.knobs[w]: v for w, v in given.items() if w in c.shape.knobs}}

    c.shape.fill = fill
    try:
        learnt = c.study(X, y, 1e-9, 1, seed=int(rng.integers(1, 10**6)))
    except Exception as error:
        raise NotExamined(f"the sizes of its layers could not be set ({type(error).__name__})") from None
    finally:
        c.shape.fill = fresh
    found = layers(learnt, columns)
    if found is None or found[0][0].shape != (columns, hidden):
        raise NotExamined("the sizes of its layers could not be set")
    total = float((found[0][0] ** 2).sum())
    variances = {"he": [2 / columns], "glorot": [2 / (columns + hidden), 1 / columns]}[kind]
    bounds = boundary.chi_square(columns * hidden, P)
    best = min(variances, key=lambda v: abs(np.log(total / (v * columns * hidden))))
    ratio = total / (best * columns * hidden)
    others = {
        "by the outputs": 2 / hidden,
        "deviation for variance": best**2,
        "root twice": best**0.5,
        "half": best / 2,
        "twice": 2 * best,
        "of variance 1": 1.0,
    }
    sign = min(others, key=lambda w: abs(np.log(total / (others[w] * columns * hidden))))
    return Evidence(
        total / best, bounds, f"the variance of its first weights is {ratio:.3g} times that of {kind.title()}", sign
    )


@check(
    "E07",
    "A network for numbers can answer any number: nothing bends its last score.",
    tasks=NETWORK,
    needs="layers",
    boundary="no activation",
    read="Goodfellow, Bengio, Courville, Deep Learning, 6.2.2: output units",
)
def any_number(c: Any, rng: Any) -> Evidence:
    """A sigmoid at the end ends at 1, a relu at 0."""
    if not c.activation:
        architecture(c)
    if c.kind != "regression" or not (c.says == "regression" or c.end == "relu"):
        raise NotExamined("it does not say that it answers with any number")
    return Evidence(
        float(c.end != "identity"), 0.0, f"its last layer has {c.end or 'no activation that could be told'}", c.end
    )


@check(
    "E11",
    "predict says what comes out of the forward pass: the number, or the likeliest class.",
    tasks=NETWORK,
    boundary="1e-9",
    read="Goodfellow, Bengio, Courville, Deep Learning, 6.2.2: output units",
)
def predict_is_forward(c: Any, rng: Any) -> Evidence:
    """Rows in another order, a threshold on the score, or another standardisation."""
    X, y = c.rows(rng, 40)
    learnt = c.study(X, y, c.rate, 30)
    said, out = c.predicted(X, learnt), c.output(X, learnt)
    if c.kind == "regression" and not (c.end == "sigmoid" and set(said.tolist()) <= {0, 1}):
        gap = float(np.abs(said.astype(float) - out[:, 0]).max())
        return Evidence(gap, tight(c, 1e-9), f"a prediction is {gap:.3g} away from what comes out of the forward pass")
    if c.end == "identity":
        p = np.column_stack([-out[:, 0], out[:, 0]]) if out.shape[1] == 1 else out
    else:
        p = np.column_stack([1 - out[:, 0], out[:, 0]]) if out.shape[1] == 1 else out
    sure = np.abs(np.sort(p, axis=1)[:, -1] - np.sort(p, axis=1)[:, -2]) > 1e-6
    codes = np.argmax(p, axis=1)
    if not set(said.tolist()) <= {*range(p.shape[1])}:
        raise NotExamined("its predictions are no class numbers")
    share = float((said[sure] != codes[sure]).mean()) if sure.any() else 0.0
    sign = "always the other" if share == 1 else "some" if share else ""
    return Evidence(share, 0.0, f"{100 * share:.3g} % of the predictions are not the likeliest class", sign)
