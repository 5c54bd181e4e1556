"""Layers and slopes of strangers' files: what a layer must hand back, and what the slope of an activation is called."""

import itertools

import pytest

import groundup as gu
from groundup.exam.grading import names
from groundup.exam.loading import load

NUMBERS = itertools.count()
LAYERS = """
import numpy as np

class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        {first}

    def backward(self, dout):
        return np.where(self.mask, 0, dout)

class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        {second}

    def backward(self, dout):
        {back} dout * self.out * (1 - self.out)
"""


def card(folder, text):
    file = folder / f"parts_of_files_{next(NUMBERS)}.py"
    file.write_text(text, encoding="utf-8")
    return gu.exam.examine(load(str(file)), "parts")


@pytest.mark.parametrize(
    ("first", "second", "back", "right"),
    [
        ("return out", "return self.out", "return", True),
        ("self.out = out", "pass", "return", True),  # all of this file keep it
        ("self.out = out", "pass", "self.dx =", True),
        ("return out", "pass", "return", False),
        ("self.out = out", "return", "return", False),
    ],
)
def test_a_forward_that_hands_back_nothing(tmp_path, first, second, back, right):
    """Kills: a layer whose answer is lost, passed by what it keeps; one that keeps both on purpose called wrong."""
    found = card(tmp_path, LAYERS.format(first=first, second=second, back=back))
    assert [v.id for v in found.failed] == ([] if right else ["L13 Sigmoid"])


@pytest.mark.parametrize(
    "name", ["sigmoid_der", "sigmoidDerivative", "dsigmoid", "sigmoid_deriv", "derivative_sigmoid"]
)
@pytest.mark.parametrize(("slope", "right"), [("s * (1 - s)", True), ("s / (1 - s)", False)])
def test_what_a_slope_is_called(tmp_path, name, slope, right):
    """Kills: slopes that are not looked at, because of their names."""
    text = f"import numpy as np\ndef {name}(x):\n    s = 1 / (1 + np.exp(-x))\n    return {slope}\n"
    found = card(tmp_path, text)
    assert found.passed == right
    assert bool(found.failed) != right


@pytest.mark.parametrize("name", ["sigmoid", "hard_sigmoid", "dice", "prime", "d", "elu", "grade", "softsign"])
def test_what_is_no_slope(name):
    assert names.slope_of(name) == ""
