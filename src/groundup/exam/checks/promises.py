# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""What an argument promises beside the plain fit: balanced classes, rows to validate, early stopping, one price.

Each is asked only of a candidate that has the argument, or says so in its own words.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.descent import parameters
from groundup.exam.checks.extras import arrives, penalised_bias
from groundup.exam.checks.laws import softmax_only, steady
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
BEST = r"best[ -](epoch|weight|parameter|model|state|iter)|restor"
STOP = "Goodfellow, Bengio, Courville, Deep Learning, 7.8: early stopping"
RIDGE = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.4: shrinkage"


@check(
    "C22",
    "Balanced classes count the same in total, however few rows one of them has.",
    tasks="classification",
    needs="class_weight",
    boundary="0.05 standard errors a weight",
    read="scikit-learn, user guide, 1.4.1.3: unbalanced problems",
)
def balanced_classes(c: Candidate, rng: Any) -> Evidence:
    """With weights n / (2 n_k) the likelihood's gradient is zero at the answer."""
    steady(c)
    table = tables.two_classes(rng, 900)
    few = np.flatnonzero(table.y == 1)[:60]
    keep = np.sort(np.concatenate([np.flatnonzero(table.y == 0), few]))
    X, y = table.X[keep], table.y[keep]
    try:
        theta = c.study(X, y, **{"class_weight": "balanced"}).theta
    except (ValueError, TypeError, KeyError, AttributeError) as reason:
        raise NotExamined(f"its class_weight takes no 'balanced': {reason}") from None
    A, n = reference.with_bias(X), len(y)
    shares = np.bincount(y) / n

    def far(weights: Array) -> float:
        p = reference.sigmoid(A @ theta)
        g = A.T @ (weights * (p - y))
        H = A.T @ (A * (weights * p * (1 - p))[:, None])
        return float(np.sqrt(abs(g @ np.linalg.lstsq(H, g, rcond=None)[0])))

    gap = far(1 / (2 * shares[y]))
    others = {"weights ignored": np.ones(n), "weights turned round": shares[y], "weights squared": 1 / shares[y] ** 2}
    sign = next((words for words, weights in others.items() if far(weights) < 0.1), "") if gap > 0.1 else ""
    words = f"with classes of {np.bincount(y).tolist()} rows it is {gap:.3g} standard errors from the balanced optimum"
    return Evidence(gap, 0.1, words, sign)


@check(
    "B21",
    "Weights and bias that it hands back are those of one and the same epoch, of the best one where it says so.",
    tasks="regression classification",
    needs="steps validation_rows",
    boundary="1e-9 of the way",
    read=STOP,
)
def of_one_epoch(c: Candidate, rng: Any) -> Evidence:
    """Rows to validate whose labels are the other way round get worse with each epoch, so the best is an early one."""
    table = tables.of(c.task, rng, 40)
    rate = 0.3 * c.plan(table.X)["rate"]
    wrong = 1 - table.y if c.task == "classification" else -table.y
    shown = c.labels[wrong] if c.task == "classification" else wrong
    given: dict[str, Any] = {"validation_rows": table.X.copy(), "validation_labels": shown}
    given |= {"patience": 2} if "patience" in c.can else {}
    mine = parameters(c, c.study(table.X, table.y, rate=rate, epochs=8, **given))
    path = [c.start, *(parameters(c, c.study(table.X, table.y, rate=rate, epochs=k)) for k in range(1, 9))]
    length = float(np.abs(path[-1] - path[0]).max())
    gaps = [float(np.abs(mine - stop).max()) / length for stop in path]
    words = f"the nearest is epoch {int(np.argmin(gaps))}, and {min(gaps):.3g} of the way from it"
    nearest = int(np.argmin(gaps))
    if min(gaps) <= 1e-9 and nearest > 1 and "patience" in c.can and c.says(BEST):
        return Evidence(nearest, 1, f"{words}; the first was the best one", "last in place of best")
    sign = "bias of another epoch" if any(np.allclose(mine[:-1], stop[:-1], rtol=1e-9) for stop in path) else ""
    return Evidence(min(gaps), 1e-9, words, sign if min(gaps) > 1e-9 else "")


@check(
    "B21b",
    "Early stopping hands back the best epoch, as it says, and not the last.",
    tasks="regression classification",
    needs="estimator rate epochs early_stopping patience",
    boundary="1e-12",
    read=STOP,
)
def best_epoch_restored(c: Candidate, rng: Any) -> Evidence:
    """Where it stopped after k epochs without a better one, training that ends k epochs earlier gives the same."""
    if not c.says(r"best|restor"):
        raise NotExamined("it does not say that it hands back the best epoch")
    name, patience = c.maker.knobs["epochs"], 4
    for share in (0.4, 1.0, 0.1, 1.6):
        table = tables.of(c.task, rng, 60)
        rate = share * c.plan(table.X)["rate"]
        more: dict[str, Any] = {"early_stopping": True, "patience": patience, "rate": rate, "tolerance": 0.0}
        more |= {"batch": 5} if "batch" in c.can else {}
        learnt = c.study(table.X, table.y, epochs=600, **more)
        ended = getattr(learnt.result, "n_iter_", getattr(learnt.result, "n_epochs_", None))
        if not isinstance(ended, int) or not patience + 1 < ended < 600:
            continue
        found = learnt.theta
        best, last = (c.study(table.X, table.y, epochs=k, **more).theta for k in (ended - patience, ended))
        gap = float(np.abs(found - best).max())
        if np.array_equal(best, last):
            continue
        words = f"it stopped after {ended} {name} with a patience of {patience}; a weight is {gap:.3g} from the best"
        return Evidence(gap, 1e-12, words, "last in place of best" if np.array_equal(found, last) else "")
    raise NotExamined("it does not say when it stopped, or never stopped early")


def price_of(c: Candidate, word: str, X: Array, y: Array) -> float:
    """How hard the rows pull at the weights, in prices."""
    price = {"l2": 0.3, "l1": 0.02}[word]
    plan = c.plan(X) if c.mode != "exact" else {}
    plan = {"rate": 0.5 * plan["rate"], "epochs": 3 * plan["epochs"]} if plan else {}
    theta = c.study(X, y, **{word: price}, **plan).theta
    w, pull = theta[:-1], X.T @ (y - reference.with_bias(X) @ theta)
    if word == "l2":
        return float(pull @ w / max(float(w @ w), 1e-300)) / price
    return float(np.median((pull * np.sign(w))[np.abs(w) > 1e-9])) / price


def one_price(c: Candidate, word: str, rng: Any) -> Evidence:
    """The same for columns twice as large; with twice the rows the same, or twice; in a wide table as in a tall one."""
    arrives(c)
    table = tables.numbers(rng, 40, noise=0.3)
    X, y = table.X, table.y
    plain = price_of(c, word, X, y)
    if not plain > 0:
        raise NotExamined("its penalty does not pull")
    wider = price_of(c, word, 2 * X, y) / plain
    more = price_of(c, word, np.vstack([X, X]), np.append(y, y)) / plain
    if any(abs(wider / other - 1) < 1e-3 for other in ((4.0, 2.0) if word == "l2" else (2.0,))):
        itself = "standardises the columns itself" in c.conventions.get("columns", "")
        if itself or (c.mode == "exact" and np.ptp(X.std(axis=0)) > 0 and _even_in_standardised(c, word, X, y)):
            raise NotExamined("its penalty is on the weights of standardised columns")
    told = f"for columns twice as large the price is {wider:.4g} times as high, for twice the rows {more:.4g} times"
    if abs(wider - 1) > 1e-3:
        return Evidence(abs(wider - 1), 1e-3, told, "with the columns")
    grows = min((1.0, 2.0), key=lambda k: abs(more / k - 1))
    if abs(more / grows - 1) > 1e-3:
        return Evidence(abs(more / grows - 1), 1e-3, told, "with the rows")
    if c.mode == "exact" and word == "l2":
        wide = tables.numbers(rng, 6, 9)
        there = price_of(c, word, wide.X, wide.y) / plain
        expected = 1.0 if grows == 1 else 6 / 40
        return Evidence(
            abs(there / expected - 1),
            1e-3,
            f"with more columns than rows the price is {there / expected:.4g} times that of a tall table",
            "wide tables",
        )
    return Evidence(max(abs(wider - 1), abs(more / grows - 1)), 1e-3, told)


def _even_in_standardised(c: Candidate, word: str, X: Array, y: Array) -> bool:
    theta = c.study(X, y, **{word: 0.3 if word == "l2" else 0.02}).theta
    w, pull = theta[:-1], X.T @ (y - reference.with_bias(X) @ theta)
    width = X.std(axis=0)
    w, pull = w * width, pull / width
    if word == "l1":
        return bool(np.ptp(pull * np.sign(w)) < 1e-3 * np.abs(pull).max())
    return bool(np.abs(pull - (pull @ w) / (w @ w) * w).max() < 1e-3 * np.abs(pull).max())


@check(
    "A09h",
    "The price of an l2 penalty is one number: the same for columns of any size, and for wide and tall tables.",
    tasks="regression",
    needs="l2",
    boundary="1e-3; with twice the rows it may be twice",
    read=RIDGE,
)
def one_price_l2(c: Candidate, rng: Any) -> Evidence:
    """X'r = price x w, with a price that is l2, or l2 times the rows, in any scale."""
    return one_price(c, "l2", rng)


@check(
    "A09i",
    "The price of an l1 penalty is one number: the same for columns of any size.",
    tasks="regression",
    needs="l1",
    boundary="1e-3; with twice the rows it may be twice",
    read=RIDGE,
)
def one_price_l1(c: Candidate, rng: Any) -> Evidence:
    """X'r = price x sign(w), with a price that is l1, or l1 times the rows, in any scale."""
    return one_price(c, "l1", rng)


@check(
    "B22c",
    "A tolerance waits for the bias too, where the columns have nothing to say about the labels.",
    tasks="regression classification",
    needs="tolerance steps",
    boundary="0.02",
    read="Boyd and Vandenberghe, Convex Optimization, 9.3: gradient descent",
)
def bias_arrives(c: Candidate, rng: Any) -> Evidence:
    """Columns at right angles to the labels: at the start only the bias has a slope."""
    softmax_only(c)
    if np.any(c.start):
        raise NotExamined("it does not start at 0")
    y = (np.arange(60) % 4 > 0).astype(int) if c.task == "classification" else 3.0 + rng.normal(size=60)
    table = tables.columns(rng, 60)
    against = np.column_stack([np.ones(60), y])
    X = table - against @ np.linalg.lstsq(against, table, rcond=None)[0]
    learnt = c.study(X, y, tolerance=1e-7, rate=c.plan(X)["rate"], epochs=3000)
    answer = learnt.proba(X)[:, 1] if c.task == "classification" else learnt.predict(X)
    gap = float(np.abs(answer - y.mean()).max())
    sign = "stopped at the start" if float(np.abs(learnt.raw).max()) < 1e-9 else ""
    return Evidence(gap, 0.02, f"every answer should be {y.mean():.4g}; one is {gap:.3g} off", sign)


@check(
    "C23",
    "Rows far away get the class of the largest score.",
    tasks="multiclass",
    needs="predict",
    boundary="equal",
    read="Goldberg, What every computer scientist should know about floating-point arithmetic (1991)",
)
def far_rows(c: Candidate, rng: Any) -> Evidence:
    """Sigmoids of large scores are all 1.0, and the first of them is not the likeliest."""
    table = tables.of(c.task, rng, 120)
    learnt = c.study(table.X, table.y, **({} if c.mode == "exact" else {"epochs": 100}))
    if not learnt.shows_matrix:
        raise NotExamined("its weights cannot be read")
    W, b = learnt.matrix()
    near, X = table.X @ W + b, 300 * table.X
    codes = {str(label): k for k, label in enumerate(np.asarray(c.labels).tolist())}
    said = np.array([codes.get(str(v), -1) for v in learnt.predict(table.X).tolist()])
    if float((said != near.argmax(axis=1)).mean()) > 0.02:
        raise NotExamined("its predictions near by are not those of the largest score")
    z = X @ W + b
    sure = np.sort(z, axis=1)[:, -1] - np.sort(z, axis=1)[:, -2] > 1e-6 * np.abs(z).max(axis=1)
    far = np.array([codes.get(str(v), -1) for v in learnt.predict(X).tolist()])
    share = float((far[sure] != z.argmax(axis=1)[sure]).mean())
    return Evidence(share, 0.0, f"{100 * share:.3g} % of far rows are not given the class of the largest score")


@check(
    "C13b",
    "An l2 penalty of many classes makes the weights shorter, and leaves the biases alone.",
    tasks="multiclass",
    needs="l2 steps",
    boundary="1e-6 of their length; a declared penalty on the biases is a convention",
    read=RIDGE,
)
def many_shrink(c: Candidate, rng: Any) -> Evidence:
    """The step of one epoch from weights that are not 0 tells what is added to the gradient, row by row."""
    softmax_only(c)
    if c.reference_class is not None:
        raise NotExamined("it has a class of reference")
    table = tables.many_classes(rng, 60)
    rate, price = 0.4 * c.plan(table.X)["rate"], 0.3
    X, y = c.view(table.X), tables.targets(c.task, table.y)
    before, after = (parameters(c, c.study(table.X, table.y, rate=rate, epochs=k, l2=price)) for k in (30, 31))
    pull = (before - after) / rate - c.scale(len(X)) * reference.gradient(c.task, before, X, y)
    w, b = before[:-1], before[-1]
    scale = float((pull[:-1] * w).sum() / max(float((w * w).sum()), 1e-300))
    off = float(np.abs(pull[:-1] - scale * w).max() / max(float(np.abs(pull[:-1]).max()), 1e-300))
    words = f"the penalty pulls at the weights by {scale:.4g} times each of them"
    if float(np.abs(pull).max()) < 1e-9 * c.scale(len(X)):
        return Evidence(1.0, 1e-5, "the penalty changed nothing", "no effect")
    if scale < 0 or off > 1e-5:
        return Evidence(1.0 if scale < 0 else off, 1e-5, words, "wrong sign" if scale < 0 else "")
    if float(np.abs(pull[-1] - scale * b).max()) < 1e-3 * scale * float(np.abs(b).max()):
        return penalised_bias(c, float(np.abs(b).max()))
    return Evidence(off, 1e-5, words)


@check(
    "A09j",
    "The two parts of an elastic net grow alike with the rows.",
    tasks="regression",
    needs="l1 l2",
    boundary="1e-3",
    read=RIDGE,
)
def parts_alike(c: Candidate, rng: Any) -> Evidence:
    """Each price may be as it is, or times the rows, but not one so and the other otherwise."""
    arrives(c)
    table = tables.numbers(rng, 40, noise=0.3)
    X, y = table.X, table.y
    grown = [price_of(c, word, np.vstack([X, X]), np.append(y, y)) / price_of(c, word, X, y) for word in ("l1", "l2")]
    if c.maker.knobs["l1"] != c.maker.knobs["l2"]:
        raise NotExamined("each of its penalties has a price of its own, in units of its own")
    words = f"with twice the rows the price of l1 is {grown[0]:.4g} times as high, that of l2 {grown[1]:.4g} times"
    return Evidence(abs(grown[0] / grown[1] - 1), 1e-3, words)
