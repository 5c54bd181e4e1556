# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""The steps of optimisers by the book: where the parameters stand after each of many given gradients.

A rule is a function of one gradient, the parameters, a memory (a dict) and the settings, that returns the next
parameters. What is a matter of taste is a change of its settings with a sentence; what is a mistake is another change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Array = Any
Rule = Callable[[Array, Array, dict[str, Any], dict[str, Any]], Array]


def walk(rule: Rule, w: Array, gradients: Array, settings: dict[str, Any]) -> Array:
    """The parameters after each gradient, one row a step."""
    memory: dict[str, Any] = {"t": 0}
    places: list[Array] = []
    with np.errstate(all="ignore"):
        for g in gradients:
            memory["t"] += 1
            w = rule(np.array(g), w, memory, settings)
            places.append(w)
    return np.array(places)


def _pull(w: Array, g: Array, s: dict[str, Any]) -> Array:
    """The gradient, with that of an l2 penalty."""
    return g + s.get("decay_sign", 1) * s["weight_decay"] * w if s.get("decay", "l2") == "l2" else g


def _shrink(w: Array, s: dict[str, Any]) -> Array:
    """The parameters, shrunk beside the step."""
    kind = s.get("decay", "l2")
    price = {"decoupled": s["rate"] * s["weight_decay"], "without rate": s["weight_decay"]}.get(kind, 0.0)
    return w * (1 - price)


def sgd(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """w <- w - rate g."""
    return _shrink(w, s) - s["rate"] * s.get("times", 1.0) * _pull(w, g, s)


def momentum(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """v <- mu v + (1 - dampening) g; w <- w - rate v."""
    mu, pull = s["momentum"], _pull(w, g, s)
    kind = s.get("kind", "")
    keep, take = {
        "dampened": (mu, 1 - mu),
        "swapped": (1 - mu, mu),
        "on the gradient": (1.0, mu),
        "sum": (1.0, 1.0),
        "none": (0.0, 1.0),
        "minus": (-mu, 1.0),
        "squared": (mu * mu, 1.0),
    }.get(kind, (mu, 1.0))
    damp = s.get("dampening", 0.0)
    if damp:
        take = 1.0 if memory["t"] == 1 and s.get("first whole", True) else 1 - damp
    old = memory.get("v", 0.0)
    memory["v"] = v = keep * old + take * pull
    if s.get("nesterov"):
        pull_now = {"twice": v + mu * v, "only velocity": mu * v}
        return _shrink(w, s) - s["rate"] * s.get("times", 1.0) * pull_now.get(s.get("look", ""), take * pull + mu * v)
    return _shrink(w, s) - s["rate"] * s.get("times", 1.0) * v


def adagrad(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """s <- s + g²; w <- w - rate g / (√s + eps)."""
    pull = _pull(w, g, s)
    size = {"magnitude": np.abs(pull), "gradient": pull}.get(s.get("kind", ""), pull * pull)
    old = memory.get("s", s.get("start", 0.0))
    memory["s"] = size if s.get("kind") == "forgets" else old + size
    return _shrink(w, s) - s["rate"] * s.get("times", 1.0) * pull / _root(
        old if s.get("kind") == "old" else memory["s"], s
    )


def rmsprop(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """s <- rho s + (1 - rho) g²; w <- w - rate g / (√s + eps)."""
    rho, pull = s["rho"], _pull(w, g, s)
    keep, take = {"swapped": (1 - rho, rho), "sum": (1.0, 1.0), "no share": (rho, 1.0), "forgets": (0.0, 1.0)}.get(
        s.get("kind", ""), (rho, 1 - rho)
    )
    size = np.abs(pull) if s.get("kind") == "magnitude" else pull * pull
    old = memory.get("s", 0.0)
    memory["s"] = keep * old + take * size
    over = memory["s"] / (1 - rho ** memory["t"]) if s.get("kind") == "unbiased" else memory["s"]
    move = pull / _root(np.asarray(old) + 0 * pull if s.get("kind") == "old" else over, s)
    return _shrink(w, s) - s["rate"] * s.get("times", 1.0) * move


def adadelta(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """s <- rho s + (1 - rho) g²; d = g √(u + eps) / √(s + eps); u <- rho u + (1 - rho) d²; w <- w - rate d."""
    rho, eps, pull, kind = s["rho"], s["epsilon"], _pull(w, g, s), s.get("kind", "")
    keep, take = (1 - rho, rho) if kind == "swapped" else (rho, 1 - rho)
    memory["s"] = keep * memory.get("s", 0.0) + take * pull * pull
    u = memory.get("u", 0.0)
    root = (lambda x: x) if kind == "no root" else np.sqrt
    move = pull * root(u + eps) / root(memory["s"] + eps)
    if kind == "upside down":
        move = pull * root(memory["s"] + eps) / root(u + eps)
    if kind == "gradients for steps":
        move = pull * root(u + eps) / root(memory["s"] + eps)
        memory["u"] = keep * u + take * pull * pull
    else:
        memory["u"] = keep * u + take * move * move
    return _shrink(w, s) - s["rate"] * s.get("times", 1.0) * move


def _root(size: Array, s: dict[str, Any]) -> Array:
    eps = s["epsilon"]
    place = s.get("eps", "outside")
    if place == "no root":
        return size + eps
    return np.sqrt(size + eps) if place == "inside" else np.sqrt(size) + eps


def adam(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """m <- b1 m + (1 - b1) g; v <- b2 v + (1 - b2) g²; w <- w - rate m^ / (√v^ + eps)."""
    pull = _pull(w, g, s)
    b1, b2 = (s["beta2"], s["beta1"]) if s.get("kind") == "swapped" else (s["beta1"], s["beta2"])
    kind, t = s.get("kind", ""), memory["t"] + s.get("late", 0)
    first, second = b1, b2
    m_old, v_old = memory.get("m", 0.0), memory.get("v", 0.0)
    size = {"magnitude": np.abs(pull), "gradient": pull}.get(kind, pull * pull)
    m = {"shares swapped": (1 - first) * m_old + first * pull, "no share": first * m_old + pull}.get(
        kind, first * m_old + (1 - first) * pull
    )
    if kind == "square of the mean":
        size = m * m
    v = {"squares swapped": (1 - second) * v_old + second * size, "no share of squares": second * v_old + size}.get(
        kind, second * v_old + (1 - second) * size
    )
    if kind == "amsgrad":
        memory["top"] = np.maximum(memory.get("top", 0.0), v)
    memory["m"], memory["v"] = m, v
    v = memory["top"] if kind == "amsgrad" else v
    bias1 = 1 - b1**t if s.get("bias1", True) else 1.0
    bias2 = 1 - (b1 if s.get("bias2") == "beta1" else b2) ** t if s.get("bias2", True) else 1.0
    if kind == "amsgrad of the corrected":
        memory["top"] = np.maximum(memory.get("top", 0.0), v / bias2)
        v, bias2 = memory["top"], 1.0
    if kind == "constant correction":
        bias1, bias2 = 1 - b1, 1 - b2
    mean = m / bias1
    if s.get("ahead"):  # Nadam with a constant momentum
        mean = b1 * m / (1 - b1 ** (t + 1)) + (1 - b1) * pull / (1 - b1**t)
        mean = b1 * m / bias1 + (1 - b1) * pull / bias1 if s["ahead"] == "simple" else mean
    if s.get("psi"):
        now, soon = (b1 * (1 - 0.5 * 0.96 ** (k * s["psi"])) for k in (t, t + 1))
        memory["product"] = memory.get("product", 1.0) * now
        mean = soon * m / (1 - memory["product"] * soon) + (1 - now) * pull / (1 - memory["product"])
    hat = s.get("eps") == "hat"
    divisor = (np.sqrt(v) + s["epsilon"]) / np.sqrt(bias2) if hat else _root(v / bias2, s)
    step = s["rate"] * s.get("times", 1.0) * mean / divisor
    if kind == "gradient on top":
        step = s["rate"] * pull / divisor
    if s.get("decay") == "after":
        return (w - step) * (1 - s["rate"] * s["weight_decay"])
    return _shrink(w, s) - step


def adamax(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """m <- b1 m + (1 - b1) g; u <- max(b2 u, |g|); w <- w - rate / (1 - b1^t) m / u."""
    pull, b1, b2 = _pull(w, g, s), s["beta1"], s["beta2"]
    memory["m"] = b1 * memory.get("m", 0.0) + (1 - b1) * pull
    old = memory.get("u", 0.0)
    if s.get("kind") == "no decay":
        b2 = 1.0
    top = np.maximum(b2 * old, np.abs(pull) + (s["epsilon"] if s.get("eps") == "with the gradient" else 0.0))
    memory["u"] = np.minimum(b2 * old, np.abs(pull)) if s.get("kind") == "smallest" else top
    bias = 1 - b1 ** memory["t"] if s.get("bias1", True) else 1.0
    extra = 0.0 if s.get("eps") == "with the gradient" else s["epsilon"]
    return _shrink(w, s) - s["rate"] * s.get("times", 1.0) / bias * memory["m"] / (memory["u"] + extra)


def lion(g: Array, w: Array, memory: dict[str, Any], s: dict[str, Any]) -> Array:
    """w <- w - rate sign(b1 m + (1 - b1) g); m <- b2 m + (1 - b2) g."""
    b1, b2 = (s["beta2"], s["beta1"]) if s.get("kind") == "swapped" else (s["beta1"], s["beta2"])
    m = memory.get("m", 0.0)
    mixed = b1 * m + (1 - b1) * g
    memory["m"] = b2 * m + (1 - b2) * g
    move = {"no sign": mixed, "new mean": np.sign(memory["m"])}.get(s.get("kind", ""), np.sign(mixed))
    return _shrink(w, s) - s["rate"] * s.get("times", 1.0) * move


RULES: dict[str, Rule] = {
    "sgd": sgd,
    "momentum": momentum,
    "nesterov": momentum,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adadelta": adadelta,
    "adam": adam,
    "adamw": adam,
    "amsgrad": adam,
    "nadam": adam,
    "adamax": adamax,
    "lion": lion,
}
FIXED: dict[str, dict[str, Any]] = {
    "nesterov": {"nesterov": True},
    "adamw": {"decay": "decoupled"},
    "lion": {"decay": "decoupled"},
    "amsgrad": {"kind": "amsgrad"},
    "nadam": {"psi": 0.004},
}
"""What a name says beside its rule."""

INSIDE = {"eps": "inside"}, "epsilon stands inside the root"
HAT = {"eps": "hat"}, "epsilon is added before the correction of the average (the paper's second form)"
TASTE: dict[str, list[tuple[dict[str, Any], str]]] = {
    "momentum": [
        ({"kind": "dampened"}, "the velocity is an average: the gradient counts 1 - momentum"),
        ({"nesterov": True}, "it looks ahead, as Nesterov's form does"),
    ],
    "nesterov": [({"kind": "dampened"}, "the velocity is an average: the gradient counts 1 - momentum")],
    "adagrad": [INSIDE, ({"start": 0.1}, "the sum of squares starts at 0.1")],
    "rmsprop": [INSIDE, ({"kind": "unbiased"}, "the average of the squares is corrected for its start at zero")],
    "adam": [HAT],
    "adamw": [HAT, ({"decay": "without rate"}, "the weight decay is not multiplied by the learning rate")],
    "amsgrad": [
        HAT,
        ({"kind": "amsgrad of the corrected"}, "the largest is taken of the corrected squares"),
        ({"bias1": False, "bias2": False}, "the averages are not corrected (the paper's form)"),
    ],
    "nadam": [
        ({"psi": 0, "ahead": True}, "the momentum is constant"),
        ({"psi": 0, "ahead": "simple"}, "the momentum is constant, and both parts have one correction"),
    ],
    "adamax": [({"eps": "with the gradient"}, "epsilon is added to the size of the gradient")],
}
DECAYS: list[tuple[dict[str, Any], str]] = [
    ({"decay": "l2"}, "weight decay is an l2 penalty: it goes through the gradient"),
    ({"decay": "decoupled"}, "weight decay shrinks the parameters beside the step"),
    ({"decay": "without rate"}, "weight decay shrinks the parameters, whatever the learning rate"),
    ({"decay": "after"}, "weight decay shrinks the parameters after the step"),
]
TIMES = {
    "uphill": {"times": -1.0},
    "twice as far": {"times": 2.0},
    "half as far": {"times": 0.5},
}
MISTAKES: dict[str, dict[str, dict[str, Any]]] = {
    "momentum": {
        "no memory": {"kind": "none"},
        "gradients pile up": {"kind": "sum"},
        "shares swapped": {"kind": "swapped"},
        "momentum on the gradient": {"kind": "on the gradient"},
        "velocity of the wrong sign": {"kind": "minus"},
        "momentum squared": {"kind": "squared"},
        "looks twice": {"nesterov": True, "look": "twice"},
        "gradient left out of the look ahead": {"nesterov": True, "look": "only velocity"},
        "no look ahead": {"nesterov": False},
        "no look ahead, an average": {"nesterov": False, "kind": "dampened"},
    },
    "adagrad": {
        "no root": {"eps": "no root"},
        "no memory": {"kind": "forgets"},
        "magnitudes for squares": {"kind": "magnitude"},
        "gradients for squares": {"kind": "gradient"},
        "old squares": {"kind": "old"},
    },
    "rmsprop": {
        "no root": {"eps": "no root"},
        "no memory": {"kind": "forgets"},
        "magnitudes for squares": {"kind": "magnitude"},
        "shares swapped": {"kind": "swapped"},
        "squares pile up": {"kind": "sum"},
        "share of the new square left out": {"kind": "no share"},
        "old squares": {"kind": "old"},
    },
    "adadelta": {
        "no root": {"kind": "no root"},
        "shares swapped": {"kind": "swapped"},
        "upside down": {"kind": "upside down"},
        "squares of gradients for squares of steps": {"kind": "gradients for steps"},
    },
    "adam": {
        "no bias correction": {"bias1": False, "bias2": False},
        "squares not corrected": {"bias2": False},
        "mean not corrected": {"bias1": False},
        "squares corrected with beta1": {"bias2": "beta1"},
        "t one too large": {"late": 1},
        "t from 0": {"late": -1},
        "constant correction": {"kind": "constant correction"},
        "no root": {"eps": "no root"},
        "epsilon inside the root": {"eps": "inside"},
        "betas swapped": {"kind": "swapped"},
        "shares swapped": {"kind": "shares swapped"},
        "shares of the squares swapped": {"kind": "squares swapped"},
        "share of the gradient left out": {"kind": "no share"},
        "share of the squares left out": {"kind": "no share of squares"},
        "magnitudes for squares": {"kind": "magnitude"},
        "gradients for squares": {"kind": "gradient"},
        "square of the mean": {"kind": "square of the mean"},
        "gradient in place of its mean": {"kind": "gradient on top"},
        "no largest": {"kind": "adam"},
        "no look ahead": {"psi": 0},
    },
    "adamax": {
        "mean not corrected": {"bias1": False},
        "largest never shrinks": {"kind": "no decay"},
        "smallest for largest": {"kind": "smallest"},
    },
    "lion": {
        "no sign": {"kind": "no sign"},
        "betas swapped": {"kind": "swapped"},
        "sign of the new mean": {"kind": "new mean"},
    },
}


def decays(name: str) -> list[tuple[dict[str, Any], str]]:
    """The accepted forms of weight decay: AdamW's own is not l2, and only Adam's kin knows one after the step."""
    refused = {"l2"} if name == "adamw" else set[str]() if RULES[name] is adam else {"after"}
    return [(change, words) for change, words in DECAYS if change["decay"] not in refused]


def conventions(name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The accepted forms of a rule; the first is the book's and has no words."""
    fixed = FIXED.get(name, {})
    yield fixed, ""
    for change, words in TASTE.get(name, []):
        yield {**fixed, **change}, words


def mistakes(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(sign, change) of every known wrong form of a rule."""
    family = {"nesterov": "momentum", "adamw": "adam", "amsgrad": "adam", "nadam": "adam"}.get(name, name)
    for form, _ in conventions(name):
        for sign, change in {**TIMES, **MISTAKES.get(family, {})}.items():
            yield sign, {**form, **change}
