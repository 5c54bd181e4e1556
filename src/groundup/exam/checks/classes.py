# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Two classes: the optimum, the truth, labels of any kind, and probabilities that are probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import boundary, reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import experiment, tables
from groundup.exam.checks.chance import all_rows, from_the_optimum, times_the_variance
from groundup.exam.checks.laws import difference, softmax_only, steady
from groundup.exam.evidence import Evidence, NotExamined, P, check

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4: logistic regression"
TWO = "classification"
BOTH = "classification multiclass"


def decrement(theta: Array, X: Array, y: Array) -> float:
    """n g'H⁻¹g: the squared distance to the optimum in standard errors."""
    g = reference.gradient(TWO, theta, X, y)
    H = reference.hessian(TWO, theta, X)
    if not np.all(np.isfinite(H)):
        return np.inf
    return float(len(X) * g @ np.linalg.lstsq(H, g, rcond=None)[0])


@check(
    "B05",
    "It reaches the weights of greatest likelihood: more training could not matter.",
    tasks=TWO,
    boundary="0.01 standard errors a weight; by chance 1.5 times the chi-square of 4 degrees",
    read=READ,
)
def logistic_optimum(c: Candidate, rng: Any) -> Evidence:
    """The Newton decrement at the answer."""
    all_rows(c)
    table = tables.two_classes(rng, 600 if c.mode != "stochastic" else 3000)
    theta = c.study(table.X, table.y).theta
    far = decrement(theta, table.X, table.y.astype(float))
    allowed = max(4e-4, from_the_optimum(c, 4))
    if far <= allowed:
        return Evidence(far, allowed, "squared distance to the optimum in standard errors")
    best = reference.optimum(TWO, table.X, table.y.astype(float))
    words = f"it is {np.sqrt(far):.3g} standard errors from the optimum: "
    words += f"weights {np.round(theta[:-1], 4).tolist()}, bias {theta[-1]:.4g}; "
    words += f"the likeliest are {np.round(best[:-1], 4).tolist()}, bias {best[-1]:.4g}"
    return Evidence(far, allowed, words, _sign(theta, best, table))


def _sign(theta: Array, best: Array, table: tables.Table) -> str:
    X, y = table.X, table.y.astype(float)
    g = reference.gradient(TWO, theta, X, y)
    if abs(theta[-1]) < 1e-12:
        return "no bias"
    if np.allclose(theta, -best, rtol=1e-3, atol=1e-3):
        return "all signs wrong"
    linear = reference.optimum("regression", X, y)
    if np.allclose(theta, linear, rtol=1e-4, atol=1e-5):
        return "least squares in place of log loss"
    if np.allclose(theta / theta[0], best / best[0], rtol=1e-3) and theta[0] * best[0] > 0:
        return "right direction, wrong length"
    if np.linalg.norm(theta) < 1e-9:
        return "still at zero"
    slope = float(g[:-1] @ theta[:-1] / max(float(theta[:-1] @ theta[:-1]), 1e-300))
    if slope < 0 and np.allclose(g[:-1], slope * theta[:-1], rtol=1e-2, atol=1e-6):
        return "a penalty that was not asked for"
    p = reference.sigmoid(reference.with_bias(X) @ theta)
    squares = reference.with_bias(X).T @ ((p - y) * p * (1 - p)) / len(y)
    return "squared errors in place of log loss" if np.abs(squares).max() < 1e-4 else ""


@check(
    "B06",
    "The weights lie as near the truth as chance allows.",
    tasks=TWO,
    boundary="1.5 times the chi-square of 4 degrees, and 3 times that for who depends on chance",
    false_alarm=P,
    read=READ,
)
def logistic_truth(c: Candidate, rng: Any) -> Evidence:
    """(b - beta)'I(b - beta) with 4,000 rows; the factor 1.5 takes up what 4,000 rows are short of infinity."""
    table = tables.two_classes(rng, 4000)
    miss = c.study(table.X, table.y).theta - table.truth
    distance = float(len(table.X) * miss @ reference.hessian(TWO, table.truth, table.X) @ miss)
    allowed = 1.5 * times_the_variance(c) * boundary.chi_square(4, P)[1]
    return Evidence(distance, allowed, "squared distance from the truth in standard errors")


@check(
    "C03",
    "Probabilities lie in [0, 1], each row adds up to 1, and the likeliest class is predicted.",
    tasks=BOTH,
    boundary="1e-9",
    read=READ,
)
def probabilities(c: Candidate, rng: Any) -> Evidence:
    """Also for rows far away, where exponentials overflow."""
    table = tables.of(c.task, rng, 300)
    learnt = c.study(table.X, table.y)
    X = np.vstack([table.X, 1e4 * table.X[:20]])
    p, labels = learnt.proba(X), learnt.predict(X)
    if p.shape != (320, len(c.labels)):
        words = f"320 rows and {len(c.labels)} classes gave probabilities of shape {p.shape}"
        return Evidence(1.0, 0.0, words, "shape")
    if not np.all(np.isfinite(p)):
        bad = int((~np.isfinite(p).all(axis=1)).sum())
        return Evidence(
            float(bad), 0.0, f"{bad} rows, those far away first, got probabilities that are not numbers", "not finite"
        )
    off = float(max(np.abs(p.sum(axis=1) - 1).max(), -p.min(), p.max() - 1))
    sure = np.abs(np.sort(p, axis=1)[:, -1] - np.sort(p, axis=1)[:, -2]) > 1e-9
    wrong = labels[sure] != np.asarray(c.labels)[np.argmax(p, axis=1)][sure]
    share = float(wrong.mean())
    if share > 0:
        row = int(np.flatnonzero(sure)[np.flatnonzero(wrong)[0]])
        words = f"{100 * share:.3g} % of the predictions are not the likeliest class; one row has the probabilities "
        words += f"{np.round(p[row], 4).tolist()} for {np.asarray(c.labels).tolist()} and the prediction {labels[row]}"
        one_sided = len(set(labels[sure][wrong].tolist())) == 1
        sign = "always the other" if share == 1 else "some, one-sided" if one_sided else "some"
        return Evidence(share, 0.0, words, sign, experiment.other_class(c))
    words = f"probabilities go from {p.min():.4g} to {p.max():.4g}; the rows add up to 1 but for {off:.3g}"
    return Evidence(off, 1e-9, words, "sums" if off > 1e-9 else "")


@check(
    "C04",
    "The probabilities of the rows it learnt from add up to the number of rows of each class.",
    tasks=BOTH,
    needs="proba",
    boundary="1e-3 of the rows; by chance Hoeffding's bound on the mean of half of them",
    read=READ,
)
def sums_of_probabilities(c: Candidate, rng: Any) -> Evidence:
    """The condition that the bias's own gradient is zero."""
    softmax_only(c)
    table = tables.of(c.task, rng, 400)
    p = c.study(table.X, table.y).proba(table.X)
    counts = np.bincount(table.y, minlength=p.shape[1])
    gap = float(np.abs(p.sum(axis=0) - counts).max() / len(table.y))
    words = (
        f"the classes have {counts.tolist()} rows; the probabilities add up to {np.round(p.sum(axis=0), 2).tolist()}"
    )
    sign = "swapped" if np.allclose(p.sum(axis=0)[::-1], counts, rtol=1e-3) else ""
    allowed = 1e-3 if c.mode != "stochastic" else boundary.mean(len(table.y), 0.0, 1.0, P / p.shape[1])
    return Evidence(gap, allowed, words, sign)


@check(
    "C08",
    "On fresh rows the probabilities agree with what happens.",
    tasks=TWO,
    needs="proba",
    boundary="8.9 deviations: chi-square of 1 degree, for three parts, twice",
    false_alarm=P,
    read=READ,
)
def calibration(c: Candidate, rng: Any) -> Evidence:
    """|sum (y - p)| / sqrt(sum p (1 - p)), for all rows and for the more and the less likely half."""
    table = tables.two_classes(rng, 4000)
    p = c.study(table.X[:2000], table.y[:2000]).proba(table.X[2000:])[:, 1]
    y = table.y[2000:]
    worst = 0.0
    for part in (np.ones(2000, bool), p > np.median(p), p <= np.median(p)):
        spread = np.sqrt(max(float((p * (1 - p))[part].sum()), 1.0))
        worst = max(worst, abs(float((y - p)[part].sum())) / spread)
    # Once more, because the weights too are off by chance: they were learnt from as many rows.
    allowed = float(np.sqrt((1 + times_the_variance(c)) * boundary.chi_square(1, 2 * P / 3)[1]))
    return Evidence(worst, allowed, f"hits and probabilities are {worst:.3g} deviations apart")


@check(
    "C02",
    "Swapping the names of the classes swaps their probabilities, and nothing else.",
    tasks=BOTH,
    boundary="1e-5",
    read=READ,
)
def swapped_names(c: Candidate, rng: Any) -> Evidence:
    """Class k becomes class K - 1 - k."""
    steady(c)
    table = tables.of(c.task, rng, 300)
    last = len(c.labels) - 1
    plan = c.short(table.X) if not np.any(c.start) and c.reference_class is None else {}
    one, two = (c.study(table.X, y, **plan).proba(table.X) for y in (table.y, last - table.y))
    gap = difference(c, two[:, ::-1], one)
    return Evidence(gap, 1e-5, f"a probability moved by {gap:.3g}")


@check(
    "C01",
    "Labels of any kind are learnt, and given back: words, -1 and 1, numbers with gaps.",
    tasks=BOTH,
    needs="estimator predict",
    boundary="the same predictions",
    read="scikit-learn, developing estimators",
    manners=True,
)
def any_labels(c: Candidate, rng: Any) -> Evidence:
    """A label is a name, neither an index nor a number."""
    steady(c)
    table = tables.of(c.task, rng, 200)
    K, plan = len(c.labels), c.short(table.X)
    expected = c.study(table.X, table.y, **plan).codes(table.X)
    for labels in (
        np.array(["no", "yes", "zero", "zoo"][:K]),
        np.array([-1, 1, 2, 5][:K]),
        np.array([3, 10, 70, 71][:K]),
    ):
        learnt = c.study(table.X, table.y, labels=labels, **plan)
        found = learnt.codes(table.X)
        share = float(((found != expected) | (found < 0)).mean())
        if share > 0:
            what = sorted({str(v) for v in learnt.predict(table.X)})[:4]
            return Evidence(share, 0.0, f"taught with {labels.tolist()} it answers {what}", f"{labels.dtype.kind}")
    return Evidence(0.0, 0.0, "every kind of label came back")


@check(
    "C06",
    "A table with one class only is refused, or answered with that class.",
    tasks=BOTH,
    needs="estimator",
    boundary="no other class",
    read=READ,
    manners=True,
)
def one_class(c: Candidate, rng: Any) -> Evidence:
    """What was never seen cannot be predicted."""
    X = tables.columns(rng, 30)
    try:
        learnt = c.study(X, np.full(30, 1), rate=0.1, epochs=20)
        share = float((learnt.predict(X).astype(str) != str(c.labels[1])).mean())
    except (ValueError, TypeError):
        return Evidence(0.0, 0.0, "refused")
    return Evidence(share, 0.0, f"{100 * share:.3g} % of the answers are a class that it never saw")


@check(
    "C11",
    "Whole-number labels leave the decimals of X alone.",
    tasks=BOTH,
    boundary="1e-9",
    read="NumPy, user guide: data types",
)
def decimals_kept(c: Candidate, rng: Any) -> Evidence:
    """X cast to the type of y becomes 0 almost everywhere."""
    steady(c)
    table = tables.of(c.task, rng, 200)
    small = 0.3 * table.X
    labels, plan = np.asarray(c.labels)[table.y], c.short(small)
    whole = c.study_as_is(small, labels.astype(int), **plan).proba(small)
    try:
        real = c.study_as_is(small, labels.astype(float), **plan).proba(small)
    except (IndexError, TypeError):
        raise NotExamined("it takes the labels for places in an array, so they must be whole numbers") from None
    gap = difference(c, whole, real)
    flat = float(np.ptp(whole[:, 0]))
    sign = "all rows alike" if flat < 1e-6 else ""
    return Evidence(
        max(gap, float(flat < 1e-6)), 1e-9, f"an answer moved by {gap:.3g} with the type of the labels", sign
    )


@check(
    "C12",
    "Of two classes as unlike as chance allows, it predicts fresh rows as well as the truth does.",
    tasks=TWO,
    boundary="Hoeffding's bound on the difference",
    false_alarm=P,
    read=READ,
)
def as_good_as_the_truth(c: Candidate, rng: Any) -> Evidence:
    """Hits of its own predictions against hits of the true probabilities, on 4,000 fresh rows."""
    table = tables.two_classes(rng, 6000)
    learnt = c.study(table.X[:2000], table.y[:2000])
    fresh, y = table.X[2000:], table.y[2000:]
    mine = learnt.codes(fresh)
    ideal = (reference.with_bias(fresh) @ table.truth > 0).astype(int)
    if c.labels[0] == -1 and not set(mine.tolist()) <= {0, 1}:
        raise NotExamined("its predictions are other labels than those it was taught")
    allowed = boundary.mean(4000, -1.0, 1.0, P, variance=0.05) + 0.01
    lost, words = lost_hits(mine, ideal, y, "the truth itself")
    return Evidence(lost, allowed, words, "worse than guessing" if (mine == y).mean() < 0.45 else "")


def lost_hits(mine: Array, ideal: Array, y: Array, whose: str) -> tuple[float, str]:
    """By what share of rows it hits less often than the ideal answers, and both shares in words."""
    own, best = float((mine == y).mean()), float((ideal == y).mean())
    return best - own, f"{100 * own:.3g} % right; {whose} gets {100 * best:.3g} %"


@check(
    "C01b",
    "It keeps the labels that it was taught (classes_), and answers with those.",
    tasks=BOTH,
    needs="estimator predict",
    boundary="equal",
    read="scikit-learn, developing estimators",
)
def labels_it_was_taught(c: Candidate, rng: Any) -> Evidence:
    """Labels 3, 10, ... come back as 3, 10, ..."""
    steady(c)
    table = tables.of(c.task, rng, 200)
    labels, plan = np.array([3, 10, 70, 71][: len(c.labels)]), c.short(table.X)
    try:
        learnt = c.study(table.X, table.y, labels=labels, **plan)
    except (ValueError, TypeError, IndexError) as reason:
        raise NotExamined(f"it refuses other labels: {reason}") from None
    if getattr(learnt.result, "classes_", None) is None:
        raise NotExamined("it keeps no classes_, so it does not promise to learn other labels")
    found = {str(v) for v in learnt.predict(table.X).tolist()}
    strange = found - {str(v) for v in labels.tolist()}
    names = np.array(["no", "yes!", "z", "perhaps"][: len(c.labels)])
    if not strange:
        try:
            said = {str(v) for v in c.study(table.X, table.y, labels=names, **plan).predict(table.X).tolist()}
        except (ValueError, TypeError, IndexError):
            said = set[str]()
        strange = said - set(names.tolist())
        labels, found = (names, said) if strange else (labels, found)
    words = f"taught with {labels.tolist()} it answers {sorted(found)[:4]}"
    numbers = {str(k) for k in range(len(labels))}
    return Evidence(float(len(strange)), 0.0, words, "numbers of the classes" if found <= numbers else "")
