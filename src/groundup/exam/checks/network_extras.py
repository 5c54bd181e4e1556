# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""What a network has beside its gradient: drop-out on the way back, and a penalty in every layer."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam import network_book as book
from groundup.exam.checks.networks import NETWORK, READ, architecture
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any


def _one_row(c: Any, rng: Any, more: dict[str, Any]) -> tuple[book.Layers, book.Layers]:
    """(start, gradient of one row) with these settings; NotExamined where two rates do not tell them."""
    X, y = c.rows(rng, 1)
    try:
        found = [c.layers(c.study(X, y, k * c.rate, 1, **more)) for k in (1, 2, 4)]
    except (ValueError, IndexError, TypeError) as error:
        raise NotExamined(f"it cannot be taught one row with this setting: {error}") from None
    one, two, four = (book.flat(part) for part in found)
    if np.abs(four - one - 3 * (two - one)).max() > 1e-9 * max(1.0, float(np.abs(four).max())):
        raise NotExamined("its steps with this setting are not in proportion to the rate, or depend on chance")
    pairs = list(zip(*found[:2], strict=True))
    start = [(2 * V - W, 2 * p - q) for (V, p), (W, q) in pairs]
    return start, [((V - W) / c.rate, (p - q) / c.rate) for (V, p), (W, q) in pairs]


@check(
    "E21",
    "With drop-out the error goes back through the units that were there on the way forward, as much enlarged.",
    tasks=NETWORK,
    needs="steps layers",
    boundary="1e-6 of the step",
    read="Srivastava et al., Dropout (2014), 5.1: back-propagation through thinned networks",
)
def same_units_back(c: Any, rng: Any) -> Evidence:
    """With one row a layer's step shows what went into it: dW = a' delta, db = delta. So the mask can be read off."""
    word = next((w for w in ("keep", "dropout") if w in c.shape.knobs), "")
    if not word or c.torch is not None:
        raise NotExamined("it has no argument for drop-out")
    if not c.activation:
        architecture(c)
    value, slope = book.ACTIVATIONS[c.activation]
    mine, right, plain, unmasked = (list[Array]() for _ in range(4))
    for seed in range(6):
        start, steps = _one_row(c, rng, {word: 0.6, "seed": 7 + seed})
        (W, b), (dW, db) = start[-2], steps[-2]
        if not np.any(db) or not np.any(steps[-1][1]):
            continue
        j, o = int(np.argmax(np.abs(db))), int(np.argmax(np.abs(steps[-1][1])))
        z = (dW[:, j] / db[j]) @ W + b
        kept, was = steps[-1][0][:, o] / steps[-1][1][o], value(z)
        share = np.where(np.abs(was) > 1e-9, kept / np.where(np.abs(was) > 1e-9, was, 1.0), 0.0)
        scale = float(np.abs(share).max())
        if scale == 0.0 or not np.all((np.abs(share) < 1e-6) | (np.abs(share - scale) < 1e-6 * scale)):
            raise NotExamined("its drop-out could not be read off its steps")
        back = start[-1][0] @ steps[-1][1] * slope(z)
        mine, right = [*mine, db], [*right, back * share]
        plain, unmasked = [*plain, back * (share > 0)], [*unmasked, back]
    if not mine or np.allclose(right, unmasked):
        raise NotExamined("its drop-out leaves no unit out")
    size = float(np.abs(right).max())
    gap = float(np.abs(np.array(mine) - right).max() / size)
    ways = {"the enlargement of the kept units is left out on the way back": plain, "units that were out": unmasked}
    sign = next((w for w, way in ways.items() if np.allclose(mine, way, rtol=1e-6, atol=1e-9 * size)), "")
    words = f"the step of the layer before the last is {gap:.3g} of itself off"
    return Evidence(gap, 1e-6, words + (f": it is exactly this: {sign}" if gap > 1e-6 and sign else ""), sign)


@check(
    "E22",
    "An l2 penalty pulls at the weights of every layer, each by the same share of itself.",
    tasks=NETWORK,
    needs="steps layers",
    boundary="1e-6 of the pull, in any scale of the penalty",
    read=READ,
)
def one_price_in_all_layers(c: Any, rng: Any) -> Evidence:
    """What a price of 0.5 adds to the first step, against the weights where it began."""
    name = c.shape.knobs.get("l2", "")
    if not name or c.torch is not None or c.floor:
        raise NotExamined("it has no argument for an l2 penalty")
    if re.search(r"(only|except|but|first|last|output|hidden)[^.]{0,40}(penal|regulari)", c.promises, re.IGNORECASE):
        raise NotExamined("it says which of its layers are penalised")
    X, y = c.rows(rng, 17)
    free, bound = (c.layers(c.study(X, y, c.rate, 1, l2=price)) for price in (0.0, 0.5))
    start = c.layers(c.study(X, y, 1e-12, 1, l2=0.0))
    pulls = [(V - W) / c.rate for (V, _), (W, _) in zip(free, bound, strict=True)]
    weights = [W for W, _ in start]
    if max(float(np.abs(pull).max()) for pull in pulls) < 1e-9:
        raise NotExamined(f"{name} does not change its first step")
    prices = [float((P * W).sum() / (W * W).sum()) for P, W in zip(pulls, weights, strict=True)]
    most = max(prices, key=abs)
    if most < 0:
        return Evidence(1.0, 1e-6, f"the penalty makes the weights grow, by {-most:.3g} of themselves", "wrong sign")
    off = [float(np.abs(P - most * W).max() / (most * np.abs(W).max())) for P, W in zip(pulls, weights, strict=True)]
    told = ", ".join(f"{price:.4g}" for price in prices)
    sign = "a layer left out" if min(np.abs(prices)) < 1e-6 * most else ""
    return Evidence(max(off), 1e-6, f"the layers are pulled at by {told} times their weights", sign)
