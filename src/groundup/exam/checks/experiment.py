# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The smallest experiment on which right and wrong differ: a few rows, one step, a few lines to repeat it."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, by_hand
from groundup.exam.checks import tables
from groundup.exam.evidence import NotExamined

Array = Any

LINE = (np.array([[1.0], [2.0], [4.0]]), np.array([3.0, 4.0, 9.0]))
PLANE = (np.array([[1.0, 0.0], [2.0, 1.0], [4.0, 1.0], [3.0, -2.0]]), np.array([3.0, 4.0, 9.0, 5.0]))
FOUR = (np.array([[-1.0], [0.5], [2.0], [1.0], [3.0]]), np.array([0, 1, 2, 1, 3]))
TWO = (np.array([[-1.0], [0.5], [2.0], [1.0]]), np.array([0, 1, 0, 1]))


def small_tables(task: str) -> list[tuple[Array, Array]]:
    """Tables that fit on a card."""
    return {"regression": [LINE, PLANE], "classification": [TWO], "multiclass": [FOUR]}[task]


def say(theta: Array) -> str:
    """Weights and bias in a few digits; one of each for every class where theta is a matrix."""
    if theta.ndim == 2:
        weights, biases = (np.array2string(v, precision=5, separator=", ") for v in (theta[:-1].ravel(), theta[-1]))
        return f"weights {weights} and biases {biases}"
    return f"weights {np.array2string(theta[:-1], precision=5, separator=', ')} and bias {theta[-1]:.5g}"


def one_step(c: Candidate) -> str:
    """The first small table and number of epochs on which this descent leaves the right path."""
    if c.deviation is not None or np.linalg.norm(c.start) > 1e-12:
        return ""
    for epochs in (1, 2, 3):
        for X, y in small_tables(c.task):
            rate = 0.1
            goal = tables.targets(c.task, y)
            start = np.zeros((X.shape[1] + 1, *goal.shape[1:]))
            right = reference.descend(c.task, start, X, goal, rate * c.scale(len(X)), epochs)
            try:
                learnt = c.study(X, y, rate=rate, epochs=epochs)
                mine = np.vstack(learnt.matrix()) if c.task == "multiclass" else learnt.raw
            except NotExamined:
                return ""
            except Exception as error:
                return c.lines(X, shown(c, y), f"# it raised {type(error).__name__}", rate=rate, epochs=epochs)
            if not np.allclose(mine, right, rtol=1e-6, atol=1e-9):
                return c.lines(
                    *(X, shown(c, y)),
                    f"# yours:        {say(mine)}",
                    f"# by the book:  {say(right)}   ({'epoch' if epochs == 1 else 'epochs'}: {epochs})",
                    rate=rate,
                    epochs=epochs,
                )
    return ""


def one_answer(c: Candidate) -> str:
    """A small table whose best line this candidate does not find."""
    if c.task != "regression":
        return ""
    for X, y in small_tables(c.task):
        right = reference.optimum(c.task, X, y)
        own = c.plan(X) if c.mode != "exact" else {}
        plan: dict[str, Any] = {"rate": float(f"{own['rate']:.1g}") / 2, "epochs": 4 * own["epochs"]} if own else {}
        try:
            learnt = c.study(X, y, **plan)
            mine = learnt.theta
            prediction = learnt.predict(X)
        except Exception as error:
            return c.lines(X, y, f"# it raised {type(error).__name__}: {error}", **plan)
        if not np.allclose(prediction, reference.with_bias(X) @ right, rtol=1e-4, atol=1e-5):
            return c.lines(
                *(X, y),
                f"# yours:        {say(mine)}, predictions {np.array2string(prediction, precision=5, separator=', ')}",
                f"# least squares: {say(right)}, predictions "
                + np.array2string(reference.with_bias(X) @ right, precision=5, separator=", "),
                **plan,
            )
    return ""


def one_row(c: Candidate) -> str:
    """A small table of which the first row is predicted, among the others and alone."""
    ask = "predict_proba" if c.task != "regression" and {"estimator", "proba"} <= c.can else "predict"
    for X, y in small_tables(c.task):
        try:
            learnt = c.study(X, y, **_short(c, X))
            (call, things), (first, _) = (by_hand.predicting(c, learnt, rows, ask) for rows in ("X", "X[:1]"))
            answer = learnt.proba if ask == "predict_proba" else learnt.predict
            among, alone = (answer(rows)[0] for rows in (X, X[:1]))
        except Exception:
            return ""
        if call and not np.array_equal(among, alone):
            return c.lines(
                *(X, shown(c, y), f"print({call}[0])", f"print({first}[0])"),
                *(f"# among others: {among}", f"# alone:        {alone}   (the same row, so it should be the same)"),
                instead=things,
                **_short(c, X),
            )
    return ""


def other_class(c: Candidate) -> str:
    """A row for which the class that is predicted is not the likelier one."""
    X, y = small_tables(c.task)[0]
    try:
        learnt = c.study(X, y, **_short(c, X))
        rows = np.linspace(-3.0, 3.0, 121)[:, None]
        p, labels = learnt.proba(rows), learnt.predict(rows)
        likely = np.asarray(c.labels)[np.argmax(p, axis=1)]
        k = int(np.flatnonzero((likely != labels) & (np.ptp(p, axis=1) > 0.02))[0])
        row = f"np.array([[{rows[k, 0]:.5g}]])"
        call, things = by_hand.predicting(c, learnt, row)
    except Exception:
        return ""
    if not call:
        return ""
    chances, things_too = by_hand.predicting(c, learnt, row, "predict_proba") if "proba" in c.can else ("", [])
    told = ", ".join(f"{chance:.3g} for {label}" for label, chance in zip(c.labels, p[k], strict=True))
    return c.lines(
        *(X, shown(c, y), f"print({call})", *([f"print({chances})"] if chances else [])),
        *(f"# predicted:     {labels[k]}", f"# probabilities: {told}, so it should be {likely[k]}"),
        instead=[*things, *things_too],
        **_short(c, X),
    )


def _short(c: Candidate, X: Array) -> dict[str, Any]:
    """A rate and a number of epochs that are quick to type."""
    return {} if c.mode == "exact" else {"rate": 0.1 / max(c.scale(len(X)), 1e-3), "epochs": 100}


def shown(c: Candidate, y: Array) -> Array:
    """Labels as the candidate wants them."""
    return y if c.task == "regression" else np.asarray(c.labels)[y]
