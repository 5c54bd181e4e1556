# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Questions for what an optimiser can be asked beside its plain step: weight decay, and switches."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading import rules
from groundup.exam.grading.optimisers import START, Optimiser, far, gradients, settle

Array = Any


@check(
    "O07",
    "Weight decay pulls the parameters towards zero, in proportion to its price.",
    needs="weight_decay",
    boundary="1e-6 of the way",
    read="Loshchilov and Hutter, Decoupled weight decay regularization",
)
def weight_decay(f: Optimiser, rng: Any) -> Evidence:
    """Through the gradient (l2) or beside the step (AdamW): which one it is, is said."""
    settle(f, np.random.default_rng(3))
    if f.form is None:
        raise NotExamined("its path is not that of the book even without weight decay")
    g, rule = gradients(rng, 20), rules.RULES[f.target.name]
    mine = f.run(g, weight_decay=0.1)
    base = {**f.constants, **f.form, "weight_decay": 0.1}
    known = rules.decays(f.target.name)
    for change, words in known:
        if far(mine, rules.walk(rule, START, g, {**base, **change})) <= 1e-6:
            promised = _promised(f) if change["decay"] == "without rate" else ""
            if promised:
                return Evidence(1.0, 1e-6, f"{words}, and {promised}", "rate left out")
            f.conventions["weight decay"] = words
            return Evidence(0.0, 1e-6, words)
    wrong = {
        "no effect": {"weight_decay": 0.0},
        "l2 in place of weight decay": {"decay": "l2"},
        "wrong sign": {"decay": "l2", "decay_sign": -1},
        "wrong sign beside the step": {"decay": "decoupled", "weight_decay": -0.1},
        "squared": {"decay": "l2", "weight_decay": 0.01},
    }
    sign = next((s for s, c in wrong.items() if far(mine, rules.walk(rule, START, g, {**base, **c})) <= 1e-6), "")
    gap = min(far(mine, rules.walk(rule, START, g, {**base, **c})) for c, _ in known)
    return Evidence(
        gap, 1e-6, f"with weight decay 0.1 it is {gap:.3g} of the way off" + (f": {sign}" if sign else ""), sign
    )


def _promised(f: Optimiser) -> str:
    """Why a weight decay without the rate, which is the paper's form, is a mistake here; empty where it is none.

    Adam's step is at most the rate, so that with such a decay no weight grows beyond rate / price.
    """
    names, knob = f.stepper.named, f.stepper.knobs
    usual = [names[knob[word]].default if word in knob else None for word in ("rate", "weight_decay")]
    rate, price = (float(n) if isinstance(n, int | float) else 0.0 for n in usual)
    if re.search("torch", str(getattr(f.stepper.thing, "__doc__", "") or ""), re.IGNORECASE):
        return "the docstring names PyTorch's, where the price is multiplied by the rate"
    if f.target.name in ("adam", "adamw") and 0 < rate <= price:
        return f"with its defaults, {rate:g} and {price:g}, no weight can grow beyond {rate / price:.3g}"
    return ""


@check(
    "O10",
    "A switch that it has does what its name says.",
    boundary="1e-6 of the way",
    read="Sutskever and others, On the importance of initialization and momentum; PyTorch, torch.optim",
)
def switches(f: Optimiser, rng: Any) -> Evidence:
    """nesterov=True looks ahead, amsgrad=True divides by the largest square so far, and False does neither."""
    g = gradients(rng, 30) * np.linspace(3.0, 0.2, 30)[:, None]  # squares that fall: their largest lies behind
    asked: list[tuple[str, bool, list[dict[str, Any]]]] = []
    if "nesterov" in f.stepper.knobs and f.target.name == "momentum":
        asked = [("nesterov", on, _looking(on)) for on in (True, False)]
    if "amsgrad" in f.stepper.knobs and f.target.name in ("adam", "adamw"):
        fixed = rules.FIXED.get(f.target.name, {})
        asked += [
            ("amsgrad", True, [{**fixed, "kind": f"amsgrad{of}"} for of in ("", " of the corrected")]),
            ("amsgrad", False, [fixed]),
        ]
    if not asked:
        raise NotExamined("it has no switch that is known")
    worst, words, sign = 0.0, "as they say", ""
    for word, on, forms in asked:
        name = f.stepper.knobs[word]
        f.stepper.switched[name] = on
        try:
            mine = f.run(g)
        finally:
            del f.stepper.switched[name]
        gap = min(_gap(f, mine, g, {**form, "eps": place}) for form in forms for place in ("outside", "hat", "inside"))
        if gap > worst:
            worst, words, sign = gap, f"with {name}={on} it is {gap:.3g} of the way off", word
            other = [one for w, way, many in asked if (w, way) == (word, not on) for one in many]
            if min(_gap(f, mine, g, form) for form in other) <= 1e-6:
                words += f", and goes where it goes with {name}={not on}"
                sign += " idle"
    return Evidence(worst, 1e-6, words, sign)


def _looking(ahead: bool) -> list[dict[str, Any]]:
    return [{"nesterov": ahead, "kind": kind} for kind in ("", "dampened")]


def _gap(f: Optimiser, mine: Array, g: Array, form: dict[str, Any]) -> float:
    rule = rules.RULES[f.target.name]
    return min(far(mine, rules.walk(rule, START, g, {**settings, **form})) for settings in f.settings())


QUESTIONS = [weight_decay, switches]
