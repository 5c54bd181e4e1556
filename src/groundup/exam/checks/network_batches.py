# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A network in small batches, with labels in a row, and asked for the same answers twice."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam import network_book as book
from groundup.exam.checks.networks import NETWORK, READ, explained, last_layer
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any


@check(
    "E18",
    "At a tiny rate an epoch in batches goes where all rows together point, as far as its number of batches.",
    tasks=NETWORK,
    needs="steps layers",
    boundary="1e-3 of the way at a rate of 1e-6; in single precision 0.1 at 1e-3",
    read=READ,
)
def batches_add_up(c: Any, rng: Any) -> Evidence:
    """24 rows in batches of 2, each of which lacks a class of three: their gradients have the mean of all rows."""
    if "batch" not in c.shape.knobs:
        raise NotExamined("it has no argument for the batch size")
    rate, allowed = (1e-6, 1e-3) if c.floor == 0 else (1e-3, 0.1)  # single precision sees no tiny step
    if last_layer(c, *explained(c)) is None:
        raise NotExamined("no usual loss explains its steps with all rows in one batch")
    X, y = c.rows(rng, 24)
    start = book.flat(c.path(X, y, 1e-14, 1))
    whole = book.flat(c.path(X, y, rate, 1)) - start
    twelve = book.flat(c.path(X, y, rate, 12)) - start
    if np.linalg.norm(twelve - 12 * whole) > allowed * np.linalg.norm(twelve):
        raise NotExamined("its steps depend on those before, as with momentum or a rate that falls")
    try:
        parts = book.flat(c.layers(c.study(X, y, rate, 1, batch=2))) - start
    except (ValueError, IndexError) as error:
        raise NotExamined(f"it cannot be taught with batches of 2: {error}") from None
    far = float(parts @ whole / max(float(whole @ whole), 1e-300))
    aside = float(np.linalg.norm(parts - far * whole) / max(float(np.linalg.norm(parts)), 1e-300))
    number = min((1.0, 12.0), key=lambda k: abs(far / k - 1))
    gap = max(aside, abs(far / number - 1))
    if gap > allowed and "epoch" not in c.shape.knobs["epochs"].lower():
        raise NotExamined("it counts steps and not epochs, so that its rows may be drawn")
    words = f"twelve batches of two go {far:.4g} times as far as all rows in one, and {aside:.3g} of that aside"
    return Evidence(gap, allowed, words, "another way" if aside > allowed else "")


@check(
    "E19",
    "Asked twice, a network gives the same answers: nothing is left out by chance when it predicts.",
    tasks=NETWORK,
    boundary="equal",
    read="Srivastava et al., Dropout (2014), 4: at test time every unit is there",
)
def asked_twice(c: Any, rng: Any) -> Evidence:
    """With its own drop-out, or half of the units where it has none by itself."""
    X, y = c.rows(rng, 24)
    more = {"dropout": 0.5, "shuffle": True} if "dropout" in c.shape.knobs else {}
    learnt = c.study(X, y, 1e-3, 2, **more)
    rows = X.T.copy() if c.turned else X
    ask = getattr(learnt, "predict_proba", None)
    if ask is None and c.torch is not None:
        raise NotExamined("its module is put to rest by the exam")

    def answer() -> Array:
        return np.asarray(ask(rows.copy())) if callable(ask) else c.predicted(X, learnt)

    one, two = answer(), answer()
    changed = float(np.mean(one != two))
    words = f"{100 * changed:.3g} % of the answers changed when they were asked for again"
    return Evidence(changed, 0.0, words, "chance in predict")


@check(
    "E20",
    "Labels of shape (n,), where it says that it takes such, are learnt like those of shape (n, 1).",
    tasks=NETWORK,
    boundary="1e-2 of their deviation",
    read="PyTorch, documentation: broadcasting semantics",
)
def labels_in_a_row(c: Any, rng: Any) -> Evidence:
    """Answers (n, 1) minus labels (n,) are the differences of all pairs of rows, and only the mean is learnt."""
    torch: Any = c.torch
    if torch is None or c.kind != "regression":
        raise NotExamined("it is no module of PyTorch that answers with numbers")
    told = torch.own_train.__doc__ or ""
    if not re.search(r"\by\b[^.\n]{0,40}\(\w+,\)", told):
        raise NotExamined("it does not say that its labels have the shape (n,)")
    X, y = c.rows(rng, 40)
    y, found, own = X[:, :1] - y, list[Array](), c.column
    try:
        for c.column in (True, False):
            torch.column = c.column
            found.append(c.output(X, c.study(X, y, 0.01, 60)))
    finally:
        c.column = torch.column = own
    gap = float(np.abs(found[0] - found[1]).max() / np.std(y))
    words = f"with labels of shape (n,) an answer is {gap:.3g} of their deviation from that with shape (n, 1)"
    return Evidence(gap, 1e-2, words, "all pairs of rows")
