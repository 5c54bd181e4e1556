"""Minimisers of any function: with --task optimiser a line search of either kind is asked for minima.

Kills: a minimiser that is graded as an optimiser of given gradients, and a line search that takes no step.
"""

from __future__ import annotations

import numpy as np
import pytest

from groundup.exam.sitting import sit


def descent(sign):
    """Steepest descent with halved steps; with the wrong sign it asks for an increase, and stays."""

    def descend(f, grad, x0, shrink=0.5, max_iter=2000):
        x = np.asarray(x0, dtype=float).copy()
        for _ in range(max_iter):
            g, t = grad(x), 1.0
            while f(x - t * g) > f(x) - sign * 1e-4 * t * (g @ g) and t > 1e-14:
                t *= shrink
            x = x - t * g
        return x, f(x)

    return descend


def test_a_line_search_that_works_passes():
    card = sit(descent(1), "optimiser")
    assert card.outcome == "passed", card.failed


def test_one_that_takes_a_rise_fails():
    assert sit(descent(-1), "optimiser").outcome == "not passed"


@pytest.mark.parametrize("shape", ["lr", "learning_rate"])
def test_steps_of_a_length_that_the_caller_sets_are_not_asked(shape):
    from groundup.exam.pieces.minimisers import kind_of

    space: dict[str, object] = {}
    exec(f"def minimise(f, grad, x0, {shape}=0.01):\n    return x0", space)
    assert kind_of(space["minimise"]) == ""
