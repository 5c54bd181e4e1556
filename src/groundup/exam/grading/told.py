"""The name of a mistake where the very numbers of a formula say which other formula it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from groundup.exam import naming, part_names
from groundup.exam.evidence import Verdict
from groundup.exam.grading.names import Target
from groundup.exam.naming import Named

SIGNS = {
    "negative": "the minus sign is missing",
    "turned": "the minus sign is missing",
    "mirrored": "the wrong side of zero is taken",
    "half": "it is half of what it should be",
    "twice": "it is twice what it should be",
    "one minus": "it is one minus what it should be",
    "root": "the root is taken where none belongs",
    "squared": "the root is missing, or a square is too many",
    "slope": "it is the slope, not the value",
    "value": "it is the value, not the slope",
    "base 2": "the logarithm is to base 2",
    "base 10": "the logarithm is to base 10",
    "over n - 1": "it is divided by n - 1 instead of n",
    "in percent": "it is in percent",
    "single precision": "it is counted in single precision",
    "signed": "misses above and below cancel: the magnitude is missing",
    "over the prediction": "it is divided by the prediction instead of the label",
    "weighted by the predictions": "classes are weighted by how often they are predicted, not by how often they occur",
    **{
        f"{mean} mean": f"the average over the classes is {what}, not the one that was asked for"
        for mean, what in (("macro", "the plain mean"), ("micro", "over pooled rows"), ("weighted", "a weighted one"))
    },
    "arguments swapped": "label and prediction are exchanged",
    "sign between": "the sign between the two logarithms is wrong",
    "twice the same logarithm": "the second logarithm is of p instead of 1 - p",
    "mean over the classes too": "the mean is taken over the classes too, and not over the rows alone",
    "margin turned": "the sign before the label times the score is wrong",
    "rounded": "it is rounded",
    "magnitude in the exponent": "the magnitude of the score is missing in the exponent: exp(-|z|) became exp(-z)",
    "no margin": "the margin of 1 is missing",
    "squared hinge": "the hinge is squared",
    "first term alone": "a term of the loss is missing",
    "smoothed labels do not add up to one": "the smoothed labels of a row do not add up to one: the true class lacks "
    "its part of what is spread over all classes",
    "softmax missing": "scores are taken for probabilities: the softmax is missing",
    "clipped": "probabilities are clipped so far from 0 that a sure and wrong answer costs too little",
    "axis": "softmax is taken over the rows instead of the classes",
    "whole": "softmax divides by the sum over all rows",
    "not divided": "exponentials are not divided by their sum",
}
"""What a question found its numbers to be, as a sentence."""
OVERFLOW = "far out the value is infinite, because an exponential overflows before its logarithm is taken"
FAR = {
    ("loss", "inf"): OVERFLOW,
    ("loss", "nan"): "a probability of exactly 0 or 1 gives NaN: 0 times log 0",
    ("elementwise", "inf"): OVERFLOW,
    ("elementwise", "nan"): "far out the value is not a number, because an exponential overflows",
    ("rowwise", "nan"): "softmax overflows, because the largest score is not subtracted",
}
"""The same of a kind of formulas, far out."""
OTHERS = ("accuracy", "precision", "recall", "specificity", "f1", "mse", "mae", "rmse", "r2")
WORDS = (
    (r"guard 0?\.?\d", "the number added inside the logarithm is so large that it changes the loss"),
    (
        r"could not be broadcast together with shapes \((\d+),\d+\) \(\1,\)",
        "the sums of the rows lie in a row instead of a column: keepdims=True is missing",
    ),
    (
        r"OverflowError: math range error|OverflowError: \(34",
        "far out an exponential is too large for a number, and an error is raised",
    ),
)
MAIN = ("D01", "D03", "D06", "D01b", "D03d", "D03b", "D06b", "D12")
"""Questions whose sign says most, in this order."""


def nearest(verdicts: Sequence[Verdict], wanted: Target, most: int = 3) -> list[Named]:
    """The likely mistakes: the pattern of a known one, or else what the numbers themselves say.

    >>> half = Verdict("D06", "", "failed", 1.0, 0.0, symptom="half")
    >>> [named.mistake for named in nearest([half], Target("log_loss", "metric", None))]
    ['it is half of what it should be']
    """
    known = naming.nearest(verdicts, f"formula {wanted.name}", most=most)
    if known and known[0].likeness > 0.99:
        return known
    failed: dict[str, Verdict] = {}
    for verdict in verdicts:
        if verdict.outcome == "failed":
            failed.setdefault(verdict.id.partition(" ")[0], verdict)
    for verdict in [failed[word] for word in MAIN if word in failed]:
        said = SIGNS.get(verdict.symptom) or next(
            (name for pattern, name in WORDS if re.search(pattern, f"{verdict.symptom} {verdict.words}")), ""
        )
        said = said or FAR.get((wanted.kind, verdict.symptom), "")
        said = said or (f"it is {verdict.symptom}, not {wanted.name}" if verdict.symptom in OTHERS else "")
        if said:
            return [Named(said, 1.0)]
        if verdict.id == "D12" and wanted.kind == "elementwise" and len(failed) == 1:
            return [Named("for whole numbers the answer is cut off to whole numbers", 1.0)]
    unlike = {verdict.id.partition(" ")[2] for verdict in failed.values()}
    if len(unlike) == 1 and "=" in (setting := unlike.pop()) and not known:
        word = setting.partition("=")[0]
        return [Named(f"it is right for the usual {word} only: with another {word} it is another formula", 1.0)]
    parts = verdicts if wanted.kind in ("metric", "loss") else verdicts[:0]
    return part_names.named(parts) or known
