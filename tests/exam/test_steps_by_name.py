"""Optimisers that are told the name of the array they step, and quantile losses under their usual names.

Kills: update(name, w, g) that is left aside because a word is no array; a memory that arrays of unlike names share; and
a quantile loss that is compared at 1/2 only, where both of its tails are one.
"""

import sys
import textwrap
import types

import pytest

import groundup as gu
from groundup.exam import guessing

NESTEROV = """
    import numpy as np

    class NesterovSGD:
        def __init__(self, lr=0.01, mu=0.9):
            self.lr, self.mu, self.velocity = lr, mu, {}
        def update(self, name, w, g):
            v = self.velocity.setdefault(name, np.zeros_like(w, dtype=float))
            before = v.copy()
            v *= self.mu
            v -= self.lr * g
            return w - self.mu * before + (1 + self.mu) * v
"""
ADAM = """
    import numpy as np

    class Adam:
        def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
            self.lr, self.beta1, self.beta2, self.eps, self.kept = lr, beta1, beta2, eps, {}
        def step(self, w, g, key):
            m, v, t = self.kept.get(key, (0.0, 0.0, 0))
            m, v, t = self.beta1 * m + (1 - self.beta1) * g, self.beta2 * v + (1 - self.beta2) * g**2, t + 1
            self.kept[key] = m, v, t
            w -= self.lr * m / (1 - self.beta1**t) / (np.sqrt(v / (1 - self.beta2**t)) + self.eps)
"""
PINBALL = """
    import numpy as np

    def NAME(y_true, y_pred, SETTING):
        e = np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float)
        return np.mean(np.maximum(q * e, (q - 1) * e))
"""


def module_of(code):
    module = types.ModuleType("stranger")
    sys.modules["stranger"] = module
    exec(textwrap.dedent(code), module.__dict__)
    return module


def card(code):
    module = module_of(code)
    return gu.exam.examine(module, guessing.task_of(module)[0])


@pytest.mark.parametrize("code", [NESTEROV, ADAM], ids=["name first", "name last"])
def test_a_step_by_name_is_asked_and_passes(code):
    found = card(code)
    assert found.outcome == "passed", found.failed
    assert {"O02", "O09"} <= {v.id.split()[0] for v in found.verdicts}


@pytest.mark.parametrize(
    ("code", "right", "wrong", "question"),
    [
        (NESTEROV, "v.copy()", "v", "O02"),
        (NESTEROV, "setdefault(name", "setdefault(0", "O09"),
        (ADAM, "- self.beta2**t", "- self.beta1**t", "O02"),
        (ADAM, "get(key,", "get(0,", "O02"),
    ],
)
def test_its_wrong_twin_fails(code, right, wrong, question):
    assert right in code
    found = card(code.replace(right, wrong))
    assert question in {v.id.split()[0] for v in found.verdicts if v.outcome == "failed"}


@pytest.mark.parametrize("name", ["pinball", "pinball_loss", "quantile_loss", "tilted_loss"])
@pytest.mark.parametrize("setting", ["q=0.5", "q", "q=0.9"])
def test_quantile_losses(name, setting):
    code = PINBALL.replace("NAME", name).replace("SETTING", setting)
    turned = code.replace("(y_true, dtype=float) - np", "(y_pred, dtype=float) - np").replace(
        "(y_pred, dtype=float)\n", "(y_true, dtype=float)\n"
    )
    assert turned != code
    assert card(code).passed
    assert not card(turned).passed
    assert "exchanged" in card(turned).mistake
    assert gu.exam.grade(getattr(module_of(code), name), name).passed
    assert not gu.exam.grade(getattr(module_of(turned), name), name).passed
