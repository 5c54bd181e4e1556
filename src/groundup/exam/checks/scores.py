# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Its own score is a figure of the book."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from groundup.exam.candidates import Candidate, Learnt, spelling, tensors
from groundup.exam.checks import tables
from groundup.exam.checks.laws import size
from groundup.exam.evidence import Evidence, NotExamined, check


@check(
    "F31",
    "score is a figure of the book for its own predictions: R² for numbers, the share of hits for classes.",
    needs="score predict",
    boundary="1e-6",
    read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 7.2",
)
def score_by_the_book(c: Candidate, rng: Any) -> Evidence:
    """On rows that it never saw; mean squared or absolute errors are figures too, and reported."""
    learnt, fresh, p = _on_fresh_rows(c, rng)
    labels = fresh.y if c.task == "regression" else np.asarray(c.labels)[fresh.y]
    mine = float(tensors.in_lists(learnt.result.score, c.with_ones(fresh.X), labels))
    if c.task != "regression":
        hits = float(np.mean([str(a) == str(b) for a, b in zip(p.tolist(), labels.tolist(), strict=True)]))
        book, usual = hits, {"the share of hits": hits, "the percentage of hits": 100 * hits}
        others = {"the share of misses": 1 - hits, "the number of hits": 40 * hits}
    else:
        r, centred = labels - p, labels - labels.mean()
        book = float(1 - r @ r / (centred @ centred))
        mse = float(r @ r / 40)
        sizes = {"mean squared error": mse, "root of it": mse**0.5, "mean absolute error": float(np.abs(r).mean())}
        usual = {"R²": book, **sizes, **{f"minus the {w}": -v for w, v in sizes.items()}}
        about = p - p.mean()
        others = {
            "arguments swapped": float(1 - r @ r / (about @ about)),
            "share that is missed": 1 - book,
            "about zero": float(1 - r @ r / (labels @ labels)),
            "spread of the predictions": float(about @ about / (centred @ centred)),
            "squared correlation": float(np.corrcoef(p, labels)[0, 1] ** 2),
            "deviations for variances": float(1 - np.sqrt(r @ r / (centred @ centred))),
        }
    close = {words: abs(mine - value) <= 1e-6 * max(1.0, abs(value)) for words, value in {**others, **usual}.items()}
    seen = next((words for words in usual if close[words]), "")
    if seen:
        c.conventions |= {"score": f"its score is the {seen}"} if seen not in ("R²", "the share of hits") else {}
        return Evidence(0.0, 1e-6, f"its score is {seen}")
    sign = next((words for words in others if close[words]), "")
    if not sign:
        raise NotExamined("its score is none of the usual figures")
    words = f"on 40 fresh rows its score is {mine:.6g}; the figure for its own predictions is {book:.6g}"
    return Evidence(abs(mine - book), 1e-6, words, sign)


def _on_fresh_rows(c: Candidate, rng: Any) -> tuple[Learnt, tables.Table, Any]:
    """(what it learnt, 40 rows that it never saw, its predictions for them)."""
    table, fresh = tables.of(c.task, rng, size(c), c.width), tables.of(c.task, rng, 40, c.width)
    learnt = c.study(table.X, table.y)
    return learnt, fresh, learnt.predict(fresh.X)


def figures(p: Any, y: Any) -> dict[str, float]:
    """What methods of these names say of predictions p and labels y: of all pairs where one is (n, 1), one (n,)."""
    square = float(np.mean((p - y) ** 2))
    r2 = 1 - float(np.sum((p - y) ** 2) / np.sum((y - y.mean()) ** 2))
    return {"mse": square, "rmse": square**0.5, "mae": float(np.abs(p - y).mean()), "r2": r2, "r2_score": r2}


@check(
    "F31b",
    "Its own mse, rmse, mae and r2 are those of each row's prediction with that row's label.",
    tasks="regression",
    needs="predict",
    boundary="1e-6",
    read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 7.2",
)
def figures_by_the_book(c: Candidate, rng: Any) -> Evidence:
    """A column (n, 1) minus labels (n,) is a table of all pairs; other figures than those two are not judged."""
    learnt, fresh, p = _on_fresh_rows(c, rng)
    labels = fresh.y[:, None] if c.y_column else fresh.y
    right, pairs = figures(p, fresh.y), figures(p[:, None], fresh.y)
    judged: list[str] = []
    for name, book in right.items():
        method = getattr(learnt.result, name, None)
        if not callable(method) or [spelling.argument(n) for n in spelling.parameters(method)][:2] != ["X", "y"]:
            continue
        try:
            mine = float(cast(Any, method)(c.with_ones(fresh.X), labels))
        except Exception:
            continue  # it wants other arguments
        if abs(mine - pairs[name]) <= 1e-6 * max(1.0, abs(mine)):
            words = f"{name} of 40 fresh rows is {mine:.6g}; of its own predictions it is {book:.6g}"
            return Evidence(abs(mine - book), 1e-6, words, "all pairs of rows")
        if abs(mine - book) <= 1e-6 * max(1.0, abs(book)):
            judged.append(name)
    if not judged:
        raise NotExamined("it has no mse, rmse, mae or r2 of rows and labels that could be judged")
    return Evidence(0.0, 1e-6, f"{', '.join(judged)}: those of its own predictions")
