# ruff: noqa: E501  # a change is one line of code, as it stands in the candidate
"""Mistakes of single formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundup.exam.mutants.making import Mutant, of

CHANGES: dict[str, dict[str, Any]] = {
    "sigmoid": {
        "sign in exponent": (
            "return np.where(z >= 0, 1 / (1 + e), e / (1 + e))",
            "return np.where(z >= 0, e / (1 + e), 1 / (1 + e))",
        ),
        "overflow nan": (
            "e = np.exp(-np.abs(z))\n    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))",
            "e = np.exp(z)\n    return e / (1 + e)",
        ),
        "clipped argument": (
            "return np.where(z >= 0, 1 / (1 + e), e / (1 + e))",
            "return 1 / (1 + np.exp(-np.clip(z, -10, 10)))",
        ),
        "slope for value": ("return np.where(z >= 0, 1 / (1 + e), e / (1 + e))", "return e / (1 + e) ** 2"),
    },
    "sigmoid_derivative": {
        "slope of a slope": ("return e / (1 + e) ** 2", "s = e / (1 + e) ** 2\n    return s * (1 - s)"),
        "value for slope": ("return e / (1 + e) ** 2", "return 1 / (1 + np.exp(-z))"),
        "one minus lost": ("return e / (1 + e) ** 2", "return 1 / (1 + e) ** 2"),
    },
    "tanh": {
        "tanh overflow": (
            "e = np.exp(-2 * np.abs(z))\n    return np.sign(z) * (1 - e) / (1 + e)",
            "a, b = np.exp(z), np.exp(-z)\n    return (a - b) / (a + b)",
        ),
        "half argument": ("e = np.exp(-2 * np.abs(z))", "e = np.exp(-np.abs(z))"),
        "sign lost": ("return np.sign(z) * (1 - e) / (1 + e)", "return (1 - e) / (1 + e)"),
    },
    "tanh_derivative": {
        "square lost": ("return 1 - np.tanh(z) ** 2", "return 1 - np.tanh(z)"),
    },
    "relu": {
        "magnitude": ("return np.maximum(z, 0)\n", "return np.abs(z)\n"),
        "one number": ("return np.maximum(z, 0)\n", "return max(np.max(z, initial=0.0), 0)\n"),
        "argument changed": ("return np.maximum(z, 0)\n", "z = np.asarray(z)\n    z[z < 0] = 0\n    return z\n"),
        "mirrored": ("return np.maximum(z, 0)\n", "return np.maximum(-z, 0)\n"),
    },
    "relu_derivative": {
        "mirrored": ("> 0, 1.0, 0.0)", "< 0, 1.0, 0.0)"),
        "value for slope": ("np.where(np.asarray(z) > 0, 1.0, 0.0)", "np.maximum(z, 0)"),
    },
    "leaky_relu": {
        "integers cut off": (
            "return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))",
            "out = np.array(z)\n    out[out < 0] = 0.01 * out[out < 0]\n    return out",
        ),
        "leak everywhere": ("np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))", "np.maximum(z, 0) + 0.01 * z"),
        "leak sign": ("0.01 * np.asarray(z))", "-0.01 * np.asarray(z))"),
    },
    "softplus": {
        "overflow inf": ("np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))", "np.log(1 + np.exp(z))"),
        "maximum forgotten": ("np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))", "np.log1p(np.exp(-np.abs(z)))"),
    },
    "elu": {
        "one forgotten": ("np.expm1(np.minimum(z, 0))", "np.exp(np.minimum(z, 0))"),
        "overflow in branch": (
            "np.where(np.asarray(z) > 0, z, np.expm1(np.minimum(z, 0)))",
            "(np.asarray(z) > 0) * z + (np.asarray(z) <= 0) * np.expm1(z)",
        ),
    },
    "softmax": {
        "softmax no shift": ("shifted = z - np.max(z, axis=-1, keepdims=True)", "shifted = z"),
        "softmax one maximum": ("np.max(z, axis=-1, keepdims=True)", "np.max(z)"),
        "softmax axis": ("np.sum(e, axis=-1, keepdims=True)", "np.sum(e, axis=0, keepdims=True)"),
        "softmax global": ("np.sum(e, axis=-1, keepdims=True)", "np.sum(e)"),
        "not divided": ("return e / np.sum(e, axis=-1, keepdims=True)", "return e"),
        "argument changed": (
            "shifted = z - np.max(z, axis=-1, keepdims=True)",
            "z -= np.max(z, axis=-1, keepdims=True)\n    shifted = z",
        ),
    },
    "mse": {
        "all pairs": (
            "return np.mean((np.asarray(y, dtype=float) - y_pred) ** 2)",
            "return np.mean((np.asarray(y, dtype=float)[:, None] - y_pred) ** 2)",
        ),
        "square lost": (
            "return np.mean((np.asarray(y, dtype=float) - y_pred) ** 2)",
            "return np.mean(np.asarray(y, dtype=float) - y_pred)",
        ),
        "root for square": (
            "return np.mean((np.asarray(y, dtype=float) - y_pred) ** 2)",
            "return np.sqrt(np.mean((np.asarray(y, dtype=float) - y_pred) ** 2))",
        ),
        "squared too late": (
            "return np.mean((np.asarray(y, dtype=float) - y_pred) ** 2)",
            "return np.mean(np.asarray(y, dtype=float) - y_pred) ** 2",
        ),
    },
    "mae": {
        "magnitude lost": (
            "np.mean(np.abs(np.asarray(y, dtype=float) - y_pred))",
            "np.mean(y_pred - np.asarray(y, dtype=float))",
        ),
        "square for magnitude": (
            "np.mean(np.abs(np.asarray(y, dtype=float) - y_pred))",
            "np.mean((np.asarray(y, dtype=float) - y_pred) ** 2)",
        ),
    },
    "rmse": {
        "root forgotten": (
            "np.sqrt(np.mean((np.asarray(y, dtype=float) - y_pred) ** 2))",
            "np.mean(np.square(np.asarray(y, dtype=float) - y_pred))",
        ),
        "root too early": (
            "np.sqrt(np.mean((np.asarray(y, dtype=float) - y_pred) ** 2))",
            "np.mean(np.sqrt(np.square(np.asarray(y, dtype=float) - y_pred)))",
        ),
        "divided by n - 1": (
            "np.sqrt(np.mean((np.asarray(y, dtype=float) - y_pred) ** 2))",
            "np.sqrt(np.sum((np.asarray(y, dtype=float) - y_pred) ** 2) / (len(y) - 1))",
        ),
    },
    "huber": {
        "huber offset": ("delta * (r - 0.5 * delta)", "delta * r"),
        "huber wrong side": ("r <= delta", "r > delta"),
        "huber no half": ("0.5 * r**2", "r**2"),
    },
    "r2": {
        "arguments swapped": ("tss = np.sum((y - np.mean(y)) ** 2)", "tss = np.sum((y_pred - np.mean(y_pred)) ** 2)"),
        "one-pass variance": ("tss = np.sum((y - np.mean(y)) ** 2)", "tss = np.sum(y**2) - len(y) * np.mean(y) ** 2"),
        "one minus forgotten": ("return 1 - rss / tss", "return rss / tss"),
        "correlation": ("return 1 - rss / tss", "return np.corrcoef(y, y_pred)[0, 1] ** 2"),
        "through zero": ("tss = np.sum((y - np.mean(y)) ** 2)", "tss = np.sum(y**2)"),
    },
    "log_loss": {
        "minus forgotten": ("return -np.mean(np.log(chance))", "return np.mean(np.log(chance))"),
        "zero times log": (
            "    chance = np.where(y == 1, p, 1 - p)\n    return -np.mean(np.log(chance))",
            "    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
        ),
        "clipped": (
            "p = np.asarray(y), np.asarray(p, dtype=float)",
            "p = np.asarray(y), np.clip(np.asarray(p, dtype=float), 1e-3, 1 - 1e-3)",
        ),
        "loss one half": ("return -np.mean(np.log(chance))", "return -np.mean(y * np.log(chance))"),
        "halves swapped": ("np.where(y == 1, p, 1 - p)", "np.where(y == 1, 1 - p, p)"),
        "log of base 2": ("return -np.mean(np.log(chance))", "return -np.mean(np.log2(chance))"),
    },
    "accuracy": {
        "one minus": ("np.mean(np.asarray(y) == np.asarray(y_pred))", "np.mean(np.asarray(y) != np.asarray(y_pred))"),
        "whole-number division": (
            "np.mean(np.asarray(y) == np.asarray(y_pred))",
            "np.sum(np.asarray(y) == np.asarray(y_pred)) // len(y)",
        ),
        "positives only": (
            "np.mean(np.asarray(y) == np.asarray(y_pred))",
            "np.mean((np.asarray(y) == 1) & (np.asarray(y_pred) == 1))",
        ),
    },
    "precision": {
        "recall for precision": ("fp = np.sum((y == 0) & (y_pred == 1))", "fp = np.sum((y == 1) & (y_pred == 0))"),
        "true negatives counted": ("tp = np.sum((y == 1) & (y_pred == 1))\n    fp", "tp = np.sum(y == y_pred)\n    fp"),
    },
    "recall": {
        "precision for recall": ("fn = np.sum((y == 1) & (y_pred == 0))", "fn = np.sum((y == 0) & (y_pred == 1))"),
    },
    "f1": {
        "mean for harmonic": ("return 2 * p * r / max(p + r, 1e-300)", "return (p + r) / 2"),
        "precision as f1": ("return 2 * p * r / max(p + r, 1e-300)", "return p"),
        "two forgotten": ("return 2 * p * r / max(p + r, 1e-300)", "return p * r / max(p + r, 1e-300)"),
    },
    "roc_auc": {
        "ties by order": ("(gap > 0) + 0.5 * (gap == 0)", "gap >= 0"),
        "ties lost": ("(gap > 0) + 0.5 * (gap == 0)", "gap > 0"),
        "one minus": ("(gap > 0) + 0.5 * (gap == 0)", "(gap < 0) + 0.5 * (gap == 0)"),
    },
}

SENTENCES = {
    "sign in exponent": "the sign in the exponent is wrong",
    "overflow nan": "far out the value is not a number, because an exponential overflows and is divided by itself",
    "overflow inf": "far out the value is infinite, because an exponential overflows before its logarithm is taken",
    "overflow in branch": "far out the value is not a number, because a branch that is not used overflows and is multiplied by 0",
    "tanh overflow": "tanh of large numbers is not a number, because exponentials overflow",
    "clipped argument": "the argument is clipped, so large numbers all have one value",
    "slope for value": "it is the slope, not the value",
    "value for slope": "it is the value, not the slope",
    "slope of a slope": "the derivative is applied twice: s (1 - s) of what is already s (1 - s)",
    "one minus lost": "a factor of the slope is missing",
    "half argument": "the argument is half as large as it should be",
    "sign lost": "negative numbers get the value of positive ones",
    "square lost": "the square is missing",
    "magnitude": "negative numbers are made positive instead of zero",
    "one number": "an array becomes one number",
    "argument changed": "the caller's array is changed in place",
    "mirrored": "the wrong side of zero is taken",
    "integers cut off": "for whole numbers the answer is cut off to whole numbers",
    "leak everywhere": "the leak is added on both sides of zero",
    "leak sign": "the leak has the wrong sign",
    "maximum forgotten": "a term is missing for positive numbers",
    "one forgotten": "the curve jumps at zero: a constant is missing",
    "softmax one maximum": "the maximum of everything is subtracted instead of each row's own",
    "not divided": "exponentials are not divided by their sum",
    "all pairs": "every label is compared with every prediction: (n, 1) against (n) became (n, n)",
    "root for square": "the root is taken where none belongs",
    "squared too late": "the mean is taken before the square",
    "magnitude lost": "misses above and below cancel: the magnitude is missing",
    "square for magnitude": "misses are squared where magnitudes belong",
    "root forgotten": "the root is missing",
    "root too early": "the root is taken of each row, before the mean",
    "huber offset": "the straight part has the wrong offset, so the curve jumps",
    "huber wrong side": "the square and the straight part are exchanged",
    "huber no half": "the square part has a factor that the straight part does not have",
    "arguments swapped": "label and prediction are exchanged",
    "one-pass variance": "the variance is a difference of two large numbers, which loses all digits far from zero",
    "one minus forgotten": "it is the share that is missed, not the share that is explained",
    "correlation": "it is the squared correlation, which forgives any scale and offset",
    "through zero": "squares are taken about zero instead of about the mean",
    "minus forgotten": "the minus sign is missing",
    "zero times log": "a probability of exactly 0 or 1 gives NaN: 0 times log 0",
    "clipped": "probabilities are clipped so far from 0 that a sure and wrong answer costs too little",
    "halves swapped": "the probability of the other class is taken",
    "log of base 2": "the logarithm is to base 2",
    "one minus": "it counts the misses, or the pairs in the wrong order",
    "whole-number division": "the division is one of whole numbers",
    "positives only": "only the positive rows are counted as hits",
    "recall for precision": "it is recall, not precision",
    "precision for recall": "it is precision, not recall",
    "true negatives counted": "true negatives are counted as true positives",
    "mean for harmonic": "it is the plain mean of precision and recall, not the harmonic one",
    "precision as f1": "it is precision alone",
    "two forgotten": "it is half of what it should be: a factor 2 is missing",
    "ties by order": "ties count as pairs in the right order",
    "ties lost": "ties count as pairs in the wrong order",
}
"""The names of these mistakes; they join those of `mistakes`."""


def _all() -> Iterator[Mutant]:
    for name, changes in CHANGES.items():
        yield from of("formulas", f"formula {name.removesuffix('_derivative')}", name, changes, formula=name)


MUTANTS: list[Mutant] = list(_all())
