"""Functions that normalise a table: what their names promise comes out, and what promises nothing is left alone."""

import itertools

import pytest

import groundup as gu
from groundup.exam.loading import load

NUMBERS = itertools.count()


def card(folder, text):
    file = folder / f"normalisers_{next(NUMBERS)}.py"
    file.write_text(f"import numpy as np\n{text}\n", encoding="utf-8")
    return gu.exam.examine(load(str(file)), "parts")


RIGHT = {
    "spread": "def standardize(X):\n    return (X - X.mean(axis=0)) / X.std(axis=0)",
    "guarded": "def zscore_normalize(X):\n    return (X - X.mean(0)) / np.sqrt(X.var(0) + 1e-5)",
    "of n - 1": "def standardization(data):\n    return (data - data.mean()) / np.std(data, ddof=1)",
    "one column": "def min_max_scaling(x):\n    return (x - min(x)) / (max(x) - min(x))",
    "range": "def min_max_scale(X, feature_range=(-1, 1)):\n"
    "    low, high = feature_range\n"
    "    return (X - X.min(0)) / (X.max(0) - X.min(0)) * (high - low) + low",
    "with its numbers": "def featureNormalize(X):\n"
    "    mu, sigma = X.mean(axis=0), X.std(axis=0)\n    return (X - mu) / sigma, mu, sigma",
    "in place": "def normalize_features(X):\n"
    "    for j in range(X.shape[1]):\n        X[:, j] = (X[:, j] - X[:, j].min()) / np.ptp(X[:, j])",
    "rows": "def normalize(X):\n    return X / np.linalg.norm(X, axis=1, keepdims=True)",
    "mean": "def mean_normalization(X):\n    return (X - X.mean(0)) / (X.max(0) - X.min(0))",
    "rounded": "def zscore(x):\n    return np.round((x - x.mean()) / x.std(), 3)",
    "single": "def minmax(x):\n    return ((x - x.min()) / (x.max() - x.min())).astype(np.float32)",
    "of the docstring": "def normalize(X):\n    '''Scale to [0, 1].'''\n    return (X - X.min(0)) / np.ptp(X, 0)",
}
WRONG = {
    "variance": "def standardize(X):\n    return (X - X.mean(axis=0)) / X.var(axis=0)",
    "brackets": "def z_score(x):\n    return x - np.mean(x) / np.std(x)",
    "largest": "def min_max_normalize(X):\n    return (X - X.min(axis=0)) / X.max(axis=0)",
    "range": "def min_max_scale(X, feature_range=(-1, 1)):\n"
    "    low, high = feature_range\n    return (X - X.min(0)) / (X.max(0) - X.min(0)) * high + low",
    "of the docstring": "def normalize(X):\n    '''Scale to the range [0, 1].'''\n    return X / np.max(X, axis=0)",
    "of the code": "def normalize(X):\n    return (X + X.mean(axis=0)) / X.std(axis=0)",
    "digits": "def standardize(X):\n    m = X.mean(0)\n    return (X - m) / np.sqrt((X**2).mean(0) - m**2)",
}
LEFT = {
    "two spreads": "def normalize(X):\n    return (X - X.mean(axis=0)) / (2 * X.std(axis=0))",
    "pixels": "def normalize(X):\n    return X / 255.0",
    "a number": "def norm(x):\n    return np.sqrt((x**2).sum())",
    "words": "def normalize(x):\n    return x.strip().lower()",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_ones_pass(tmp_path, name):
    """Kills: a guard against 0 / 0, another shape of answer, one column, or a way across the table called wrong."""
    found = card(tmp_path, RIGHT[name])
    assert found.passed, str(found)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_ones_fail(tmp_path, name):
    """Kills: "name one of them" for a file of functions; a promise that is not held to."""
    assert card(tmp_path, WRONG[name]).failed


@pytest.mark.parametrize("name", LEFT)
def test_what_promises_nothing_is_not_judged(tmp_path, name):
    """Kills: another scaling, or another function of the same name, called a mistake."""
    found = card(tmp_path, LEFT[name])
    assert not found.failed
    assert not found.passed


def test_the_variance_is_named(tmp_path):
    assert card(tmp_path, WRONG["variance"]).mistake == "it is divided by the variance, and not by its root"
