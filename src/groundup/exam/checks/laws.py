# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Laws that every learner keeps, whatever it learns, and manners that are good to have."""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import experiment, tables
from groundup.exam.checks.words import NAN
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
MANNERS = "scikit-learn, developing estimators"


def tolerance(c: Candidate) -> float:
    """How nearly equal two answers of this candidate can be asked to be."""
    return {"exact": 1e-9, "descent": 1e-6, "stochastic": 0.5}[c.mode if c.task == "regression" else "descent"]


def difference(c: Candidate, a: Array, b: Array) -> float:
    """The largest difference, against the larger of 1 and the numbers themselves."""
    return float(np.abs(a - b).max() / max(1.0, np.abs(b).max()))


def answers(c: Candidate, learnt: Learnt, X: Array) -> Array:
    """Numbers for regression, probabilities for classes."""
    return learnt.predict(X) if c.task == "regression" else learnt.proba(X)


def size(c: Candidate) -> int:
    """How many rows these questions take: classes need more, lest some line separates them."""
    return 60 if c.task == "regression" else 200


def steady(c: Candidate) -> None:
    """Two fits can only be compared where a fit is not a matter of chance."""
    if c.mode == "stochastic":
        raise NotExamined("its answer depends on chance, or on when it stops")


def softmax_only(c: Candidate) -> None:
    """One logistic regression against the rest for each class is another model, where it is declared."""
    if c.one_against_rest:
        raise NotExamined("it says itself that it learns one against the rest, whose answers are not those of softmax")


@check("S01", "It learns from a small table and answers, without an error.", boundary="finite answers")
def answers_at_all(c: Candidate, rng: Any) -> Evidence:
    """Whatever goes wrong here goes wrong everywhere."""
    table = tables.of(c.task, rng, size(c), c.width)
    learnt = c.study(table.X, table.y)
    prediction = learnt.predict(table.X)
    n = len(table.y)
    if len(prediction) != n or prediction.ndim != 1:
        return Evidence(1.0, 0.0, f"{n} rows were asked; the answer has shape {prediction.shape}", "shape")
    bad = n - int(np.isfinite(prediction.astype(float)).sum()) if prediction.dtype.kind in "fiub" else 0
    return Evidence(float(bad), 0.0, f"{bad} of {n} predictions are not finite numbers", "not finite")


@check("F16", "The order of the rows does not matter.", boundary="1e-9 (1e-6 for descent)", read=MANNERS)
def order_of_rows(c: Candidate, rng: Any) -> Evidence:
    """The same rows, shuffled with their labels."""
    steady(c)
    table = tables.of(c.task, rng, size(c), c.width)
    order = rng.permutation(len(table.y))
    plan = c.short(table.X)
    one, two = c.study(table.X, table.y, **plan), c.study(table.X[order], table.y[order], **plan)
    gap = difference(c, answers(c, two, table.X), answers(c, one, table.X))
    return Evidence(gap, tolerance(c), f"with the same rows in another order an answer moved by {gap:.3g}")


@check("F17", "A row gets the same answer alone as among others.", boundary="1e-12", read=MANNERS)
def one_row_alone(c: Candidate, rng: Any) -> Evidence:
    """Whoever standardises by the rows to be predicted gives one row another answer than many."""
    table = tables.of(c.task, rng, size(c), c.width)
    learnt = c.study(table.X, table.y, **c.short(table.X))
    rows = tables.columns(rng, 8, c.width) + 0.3
    whole = answers(c, learnt, rows)
    alone = np.concatenate([answers(c, learnt, rows[k : k + 1]) for k in range(8)])
    gap = difference(c, alone, whole)
    first = (
        f"row {np.round(rows[0], 2).tolist()}: among others {np.ravel(whole)[0]:.5g}, alone {np.ravel(alone)[0]:.5g}"
    )
    seen = experiment.one_row(c) if not gap <= 1e-12 else ""
    return Evidence(gap, 1e-12, first, "not finite" if not np.isfinite(gap) else "", seen)


@check(
    "F05",
    "A row that lies on the fitted plane changes nothing.",
    tasks="regression",
    boundary="1e-9 (1e-6 for descent)",
    read="Hastie, Tibshirani, Friedman, 3.2",
)
def row_on_the_plane(c: Candidate, rng: Any) -> Evidence:
    """Its residual is zero, so it pulls at nothing."""
    steady(c)
    table = tables.numbers(rng, 50, c.width)
    theta = c.study(table.X, table.y).theta
    extra = tables.columns(rng, 1, c.width)
    label = reference.with_bias(extra) @ theta
    again = c.study(np.vstack([table.X, extra]), np.append(table.y, label)).theta
    gap = difference(c, again, theta)
    return Evidence(gap, tolerance(c), f"a row on the plane itself moved the answer by {gap:.3g}")


@check(
    "F06",
    "The fit is linear in y: a sum of labels gives the sum of the answers.",
    tasks="regression",
    boundary="1e-9 (1e-6 for descent)",
    read="Hastie, Tibshirani, Friedman, 3.2",
)
def linear_in_y(c: Candidate, rng: Any) -> Evidence:
    """fit(y1 + y2) = fit(y1) + fit(y2)."""
    steady(c)
    table = tables.numbers(rng, 50, c.width)
    other = rng.normal(size=50)
    parts = [c.study(table.X, y).theta for y in (table.y, other, table.y + other)]
    gap = difference(c, parts[2], parts[0] + parts[1])
    return Evidence(gap, tolerance(c), f"the answer for the sum differs by {gap:.3g} from the sum of the answers")


@check(
    "F07",
    "Turning the columns of X turns the weights with them: predictions stay.",
    boundary="1e-9 (1e-6 for descent)",
    read="Hastie, Tibshirani, Friedman, 3.2",
)
def turned_columns(c: Candidate, rng: Any) -> Evidence:
    """An orthogonal matrix times X."""
    steady(c)
    if c.width == 1:
        raise NotExamined("one column cannot be turned")
    if c.deviation is not None or c.scales_inside:
        raise NotExamined("it standardises the columns, so descent takes another path in turned ones")
    table = tables.of(c.task, rng, size(c), c.width)
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    one, two = c.study(table.X, table.y), c.study(table.X @ turn, table.y)
    gap = difference(c, answers(c, two, table.X @ turn), answers(c, one, table.X))
    return Evidence(gap, tolerance(c), f"an answer moved by {gap:.3g}")


@check("F22", "Learning again forgets what was learnt before.", needs="estimator", boundary="1e-12", read=MANNERS)
def forgets(c: Candidate, rng: Any) -> Evidence:
    """fit on one table and then another equals fit on the other."""
    if c.made_with_weights():
        raise NotExamined("its weights are made with the object, so that fit goes on from where it stands")
    if c.maker.teach != "fit" and goes_on(getattr(c.maker.cls, c.maker.teach)):
        raise NotExamined("its code says that it goes on, once there are weights")
    if c.task == "regression" and c.mode != "exact" and np.any(c.start):
        return _forgets_by_chance(c, rng)
    steady(c)
    one, two = tables.of(c.task, rng, size(c), c.width), tables.of(c.task, rng, size(c), c.width)
    same_start = "steps" in c.can and not np.any(c.start)
    # Few epochs, so that what is left of the first fit cannot be forgotten on the way to the minimum.
    plan = {"rate": 0.5 * c.plan(two.X)["rate"], "epochs": 10 if same_start else 400} if c.mode != "exact" else {}
    fresh = c.study(two.X, two.y, **plan)
    used = c.study(one.X, one.y, **plan)
    labels = two.y if c.task == "regression" else c.labels[two.y]
    turned = {c.maker.knobs[w]: v for w, v in c.settings(two.X, plan).items() if c.maker.knobs[w] in c.maker.fit}
    if not hasattr(used.result, c.maker.teach):
        raise NotExamined("its fit hands back something that cannot be taught again")
    np.random.seed(7)
    result = getattr(used.result, c.maker.teach)(*c.shown(two.X, labels), **turned)
    again = Learnt(c, used.result if hasattr(used.result, "predict") or result is None else result, two.X, c.labels)
    gap = difference(c, answers(c, again, two.X), answers(c, fresh, two.X))
    limit = 1e-9 if c.mode == "exact" or same_start else 1e-3
    return Evidence(gap, limit, f"after an earlier fit, an answer is off by {gap:.3g}")


def goes_on(teach: Any) -> bool:
    """Whether a method makes its weights only where there are none yet: if self.W is None."""
    try:
        return re.search(r"if self\.\w+ is None", inspect.getsource(teach)) is not None
    except (OSError, TypeError):
        return False


def _forgets_by_chance(c: Candidate, rng: Any) -> Evidence:
    """From a start that is drawn: after labels a thousand times as large it is no farther off than chance throws it.

    Twelve fresh ones say how far that is; ten times their spread, and 20, is allowed, and what is kept of labels in
    the thousands is some hundreds.
    """
    one, two = tables.of(c.task, rng, size(c), c.width), tables.of(c.task, rng, size(c), c.width)
    plan = {"rate": 0.5 * c.plan(two.X)["rate"], "epochs": 10}
    fresh = np.array([answers(c, c.study(two.X, two.y, seed=7 + k, **plan), two.X) for k in range(12)])
    used = c.study(one.X, 1000.0 * one.y + 1000.0, **plan)
    turned = {c.maker.knobs[w]: v for w, v in c.settings(two.X, plan).items() if c.maker.knobs[w] in c.maker.fit}
    np.random.seed(7)
    result = getattr(used.result, c.maker.teach)(*c.shown(two.X, two.y), **turned)
    again = Learnt(c, used.result if hasattr(used.result, "predict") or result is None else result, two.X, c.labels)
    gap = float(np.abs(answers(c, again, two.X) - fresh.mean(axis=0)).max())
    allowed = 20.0 + 10.0 * float(np.ptp(fresh, axis=0).max())
    return Evidence(gap, allowed, f"after an earlier fit of labels in the thousands, an answer is off by {gap:.3g}")


@check("A13", "X and y are left as they were.", boundary="equal", read=MANNERS)
def arguments_unchanged(c: Candidate, rng: Any) -> Evidence:
    """Centring in place changes the caller's table."""
    table = tables.of(c.task, rng, size(c), c.width)
    X = table.X.copy()
    y = table.y.copy() if c.task == "regression" else c.labels[table.y].copy()
    learnt = c.study_as_is(X, y)
    rows = table.X.copy()
    learnt.predict(rows)
    original = table.y if c.task == "regression" else c.labels[table.y]
    changed = [
        n
        for n, a, b in (("X", X, table.X), ("y", y, original), ("the rows to predict", rows, table.X))
        if not np.array_equal(a, b)
    ]
    for name in getattr(c.maker, "touched", ()):
        c.conventions[f"start {name}"] = f"the {name} that it is given is changed in place"
    return Evidence(float(len(changed)), 0.0, f"changed by the candidate: {', '.join(changed) or 'nothing'}")


@check("A11", "Whole numbers are the same as whole numbers with a decimal point.", boundary="1e-9", read=MANNERS)
def integers(c: Candidate, rng: Any) -> Evidence:
    """int64 against float64, in X and in y."""
    steady(c)
    table = tables.of(c.task, rng, size(c), c.width)
    X = np.rint(4 * table.X).astype(int)
    y = np.rint(table.y).astype(int)
    whole = c.study(X, y, **c.short(X))
    real = c.study(X.astype(float), y.astype(float) if c.task == "regression" else y, **c.short(X))
    a, b = (answers(c, learnt, X.astype(float)) for learnt in (whole, real))
    if "rate" not in c.can and "epochs" in c.can and not (np.isfinite(a).all() or np.isfinite(b).all()):
        raise NotExamined("its rate, which cannot be set, is too large for such rows")
    gap = difference(c, a, b)
    return Evidence(gap, 1e-9, f"an answer moved by {gap:.3g}", experiment=_whole_numbers(c) if gap > 1e-9 else "")


@check(
    "A11b",
    "Whole-number labels do not make the predictions whole numbers.",
    tasks="regression",
    needs="predict",
    boundary="not all of them",
    read=MANNERS,
)
def no_whole_predictions(c: Candidate, rng: Any) -> Evidence:
    """An array made for the predictions with the type of the labels cuts off their decimals."""
    table = tables.numbers(rng, 50, c.width)
    answer = c.study(table.X, np.rint(table.y).astype(int)).predict(table.X + 0.01)
    whole = float(np.mean(answer == np.rint(answer)))
    return Evidence(whole, 0.5, f"taught with whole numbers, {100 * whole:.3g} % of its predictions are whole", "cut")


def _whole_numbers(c: Candidate) -> str:
    X, y = np.array([[1], [2], [4]]), np.array([3, 4, 9])
    if c.task != "regression":
        return ""
    plan: dict[str, Any] = c.plan(X) if c.mode != "exact" else {}
    plan = {"rate": float(f"{plan['rate']:.1g}") / 2, "epochs": 4 * plan["epochs"]} if plan else {}
    one, two = c.study(X, y, **plan).theta, c.study(X.astype(float), y.astype(float), **plan).theta
    return c.lines(X, y, f"# as integers: {experiment.say(one)}", f"# as floats:   {experiment.say(two)}", **plan)


@check(
    "A12", "Labels in a column (n, 1) give the same answer as in a row.", boundary="1e-9", read=MANNERS, manners=True
)
def labels_in_a_column(c: Candidate, rng: Any) -> Evidence:
    """(n,) against (n, 1) becomes (n, n) where nobody looks."""
    steady(c)
    table = tables.of(c.task, rng, 40, c.width)
    labels = table.y if c.task == "regression" else c.labels[table.y]
    plan = c.short(table.X)
    flat = c.study(table.X, table.y, **plan)
    try:
        column = c.study_as_is(table.X, labels.reshape(-1, 1), **plan)
    except (ValueError, TypeError, IndexError, RuntimeError) as error:
        said = f"it stopped with a {type(error).__name__} on labels of shape (n, 1), as a table's column is; "
        return Evidence(1.0, 0.0, said + "y = np.ravel(y) at its beginning takes both", "refused")
    a = np.ravel(answers(c, column, table.X))
    b = np.ravel(answers(c, flat, table.X))
    if a.size != b.size:
        return Evidence(1.0, 0.0, f"{len(table.y)} rows got {a.size} numbers, not {b.size}", "shape")
    gap = difference(c, a, b)
    return Evidence(gap, 1e-9, f"an answer moved by {gap:.3g}")


@check(
    "A13b",
    "A missing number (NaN) in X is refused on purpose.",
    boundary="an error that says so",
    read=MANNERS,
    manners=True,
    promise=NAN,
)
def nan_refused(c: Candidate, rng: Any) -> Evidence:
    """NaN weights, or a solver's failure, are no refusal."""
    table = tables.of(c.task, rng, 40, c.width)
    X = table.X.copy()
    X[3, -1] = np.nan
    try:
        learnt = c.study(X, table.y, **({"epochs": 5, "rate": 0.01} if c.mode != "exact" else {}))
    except np.linalg.LinAlgError:
        return Evidence(1.0, 0.0, "its solver failed, which is no refusal on purpose", "solver failed")
    except (ValueError, TypeError):
        return Evidence(0.0, 0.0, "refused")
    a = answers(c, learnt, table.X)
    words = (
        "it answered, with NaN"
        if not np.all(np.isfinite(a.astype(float)))
        else "it answered as if nothing were missing"
    )
    return Evidence(1.0, 0.0, words, "nan" if "NaN" in words else "silent")


@check(
    "F22b",
    "predict before fit is an error, and fit hands back the object itself.",
    needs="estimator",
    read=MANNERS,
    manners=True,
)
def manners_of_fit(c: Candidate, rng: Any) -> Evidence:
    """So that model = Model().fit(X, y) works."""
    table = tables.of(c.task, rng, 30, c.width)
    fresh: Any = c.maker.unfitted(c.settings(table.X, {}), 3, len(c.labels))
    try:
        fresh.predict(c.with_ones(table.X))
    except Exception:
        pass
    else:
        return Evidence(1.0, 0.0, "it predicts before it has learnt anything", "predicts unfitted")
    labels = table.y if c.task == "regression" else c.labels[table.y]
    turned = {c.maker.knobs[w]: v for w, v in c.settings(table.X, {}).items() if c.maker.knobs[w] in c.maker.fit}
    found = getattr(fresh, c.maker.teach)(*c.shown(table.X, labels), **turned)
    return Evidence(
        float(found is not fresh), 0.0, f"fit returns {type(found).__name__}, not the object itself", "fit returns"
    )
