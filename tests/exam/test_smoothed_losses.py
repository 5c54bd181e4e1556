"""Losses of classes whose labels are smoothed, and losses that hand back their slope beside the value.

Kills: a smoothing that is taken for a wrong loss, one whose labels do not add up to one and passes, and a slope that
nobody compares.
"""

from __future__ import annotations

import numpy as np
import pytest

from groundup.exam import grade


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def make(kept, spread, slope=1.0):
    """A loss whose true class has kept(s, K), and every class spread(s, K) besides."""

    def softmax_cross_entropy(logits, labels, smoothing=0.1):
        n, k = logits.shape
        target = np.full((n, k), spread(smoothing, k))
        target[np.arange(n), labels] = kept(smoothing, k)
        log_p = log_softmax(logits)
        return -(target * log_p).sum() / n, slope * (np.exp(log_p) * target.sum(axis=1, keepdims=True) - target) / n

    return softmax_cross_entropy


@pytest.mark.parametrize(
    "loss",
    [
        make(lambda s, k: 1 - s + s / k, lambda s, k: s / k),
        make(lambda s, k: 1 - s, lambda s, k: s / (k - 1)),
    ],
    ids=["spread over all", "spread over the others"],
)
def test_both_ways_to_smooth_are_right(loss):
    card = grade(loss, "softmax_cross_entropy")
    assert card.passed, [(v.id, v.words) for v in card.failed]
    assert {"D06", "D06b", "L03b"} <= {v.id for v in card.verdicts if v.outcome == "passed"}


def test_labels_that_do_not_add_up_to_one_are_named():
    card = grade(make(lambda s, k: 1 - s, lambda s, k: s / k), "softmax_cross_entropy")
    assert "D06" in {v.id for v in card.failed}
    assert card.mistake.startswith("the smoothed labels of a row do not add up to one")


def test_a_slope_that_is_not_that_of_its_value_is_caught():
    good = make(lambda s, k: 1 - s + s / k, lambda s, k: s / k)

    def softmax_cross_entropy(logits, labels, smoothing=0.1):
        value, _ = good(logits, labels, smoothing)
        hot = np.eye(logits.shape[1])[labels]
        return value, (np.exp(log_softmax(logits)) - hot) / len(logits)  # it forgets the smoothing

    assert [v.id for v in grade(softmax_cross_entropy, "softmax_cross_entropy").failed] == ["L03b"]


def test_a_slope_alone_or_none_is_no_mistake():
    def hinge(y, z):
        return np.maximum(0.0, 1.0 - y * z).mean()

    card = grade(hinge, "hinge")
    assert card.passed
    assert next(v for v in card.verdicts if v.id == "L03b").outcome == "not examined"
