"""How well a classifier tells its classes apart, drawn on rows whose class is known."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundup.errors import InputError, InputTypeError
from groundup.formulas import metrics
from groundup.lab.paper import DATA, FAINT, INK, SECOND, axes, columns, label_name, legend, number

STROKES = ((INK, "-"), (SECOND, "--"), ("0.35", "-."), (DATA, ":"), (INK, (0, (6, 2, 1, 2))), (SECOND, (0, (1, 1))))
"""Colour and dashes of up to six curves: told apart in grey as well."""

MOST_LETTERS = 18


class Judged(NamedTuple):
    """The classes, the place of each row's class in them, and the chance of each class (rows, classes)."""

    classes: list[Any]
    code: NDArray[np.int64]
    chance: NDArray[np.float64]

    @property
    def names(self) -> list[str]:
        """The classes, short enough for an axis."""
        return [shortened(str(label)) for label in self.classes]


def plot_confusion(
    model: Any, X: Any, y: Any, *, threshold: float | None = None, y_name: str | None = None, ax: Any = None
) -> Any:
    """Which class was taken for which: a row is the true class, a column the answer, right answers on the diagonal.

    Each cell holds the number of rows and its share of the row's class; the darker, the larger that share. `threshold`
    is for two classes: the second is answered where its chance is at least so much (1/2 where it is left out).
    X (rows, features), y (rows,) of labels. Returns the Axes.

    >>> import groundup as gu
    >>> penguin = gu.examples.penguins()
    >>> model = gu.LogisticRegression(l2=0.01).fit(penguin.X, penguin.y)
    >>> plot_confusion(model, penguin.X, penguin.y, y_name="species").get_xlabel()
    'predicted species'
    """
    rows = judged(model, X, y)
    counts = metrics.confusion_matrix(rows.code, answers(rows, threshold), labels=list(range(len(rows.classes))))
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ax = axes(ax)
    ax.imshow(share, cmap="Blues" if len(counts) > 1 else "Greys", vmin=0, vmax=1.25, aspect="auto")
    small = len(counts) <= 12
    for (row, column), count in np.ndenumerate(counts):
        text = f"{count:,}\n{100 * share[row, column]:.3g} %" if small and count else f"{count:,}"
        ax.text(
            *(column, row, text if len(counts) <= 30 else ""),
            ha="center",
            va="center",
            fontsize=11 if len(counts) <= 5 else 8,
            fontweight="bold" if row == column else "normal",
            color="white" if share[row, column] > 0.6 else "0.15",
        )
    name = label_name(y, y_name)
    places, turned = range(len(counts)), sum(map(len, rows.names)) > 45
    ax.set_xticks(
        places, rows.names, parse_math=False, rotation=40 if turned else 0, ha="right" if turned else "center"
    )
    ax.set_yticks(places, rows.names, parse_math=False)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    cut = "" if threshold is None else f" at a threshold of {number(threshold)}"
    ax.set_xlabel((f"predicted {name}" if name != "y" else "predicted class") + cut, parse_math=False)
    ax.set_ylabel(f"true {name}" if name != "y" else "true class", parse_math=False)
    return ax


def plot_roc(model: Any, X: Any, y: Any, *, threshold: float = 0.5, ax: Any = None) -> Any:
    """How many of the class are found, against how many of the others are taken for it, for every threshold.

    The area under the curve (AUC) is the chance that a row of the class is ranked above a row of another: 1 is perfect,
    1/2 is chance, the dashed diagonal. Two classes have one curve, on which `threshold` is marked; of more, each has a
    curve against all others. Returns the Axes.

    >>> import groundup as gu
    >>> penguin = gu.examples.penguins(label="sex")
    >>> ax = plot_roc(gu.LogisticRegression().fit(penguin.X, penguin.y), penguin.X, penguin.y)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['male: AUC = 0.9644', 'by chance', 'threshold 0.5: 91.7 % found, 9.7 % false alarms']
    """
    rows, ax = judged(model, X, y), axes(ax)
    for k, (colour, dashes) in _drawn(rows):
        curve = metrics.roc_curve(rows.code == k, rows.chance[:, k])
        area = float(metrics.roc_auc(rows.code == k, rows.chance[:, k]))
        name = f"{rows.names[k]}: AUC = {number(area)}"
        ax.plot(*curve[:2], color=colour, linestyle=dashes, linewidth=2.2, label=name, zorder=3, clip_on=False)
    ax.plot([0, 1], [0, 1], color=FAINT, linestyle=(0, (3, 3)), linewidth=1.2, label="by chance", zorder=1)
    if len(rows.classes) == 2:
        found = rows.chance[:, 1] >= threshold
        alarms, hits = float(np.mean(found[rows.code == 0])), float(np.mean(found[rows.code == 1]))
        words = f"threshold {number(threshold)}: {100 * hits:.3g} % found, {100 * alarms:.3g} % false alarms"
        _mark(ax, alarms, hits, words)
    _square(ax, _of(rows, "false alarms: share of the rows of {other}"), _of(rows, "found: share of the rows of {own}"))
    _legend(ax, loc="lower right")
    return ax


def plot_precision_recall(model: Any, X: Any, y: Any, *, threshold: float = 0.5, ax: Any = None) -> Any:
    """How many of those found are right, against how many of the right ones are found, for every threshold.

    The honest picture where a class is rare. The average precision (AP) is the area under the curve; without a model
    the precision is the share of the class, the thin line. Two classes have one curve, for the second, on which
    `threshold` is marked. Returns the Axes.

    >>> import groundup as gu
    >>> penguin = gu.examples.penguins(label="sex")
    >>> ax = plot_precision_recall(gu.LogisticRegression().fit(penguin.X, penguin.y), penguin.X, penguin.y)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['male: AP = 0.9636', 'without a model', 'threshold 0.5: recall 0.917, precision 0.906']
    """
    rows, ax, area = judged(model, X, y), axes(ax), 1.0
    for k, (colour, dashes) in _drawn(rows):
        yes: NDArray[np.bool_] = rows.code == k
        curve = metrics.precision_recall_curve(yes, rows.chance[:, k])
        area = float(metrics.average_precision(yes, rows.chance[:, k]))
        name = f"{rows.names[k]}: AP = {number(area)}"
        style: dict[str, Any] = {"color": colour, "linestyle": dashes, "zorder": 3, "clip_on": False}
        ax.plot(curve.recall, curve.precision, drawstyle="steps-post", linewidth=2.2, label=name, **style)
        without = "without a model" if k == _drawn(rows)[-1][0] else None
        ax.axhline(float(np.mean(yes)), color=FAINT, linestyle=(0, (3, 3)), linewidth=1.2, label=without, zorder=1)
    if len(rows.classes) == 2:
        found: NDArray[np.bool_] = rows.chance[:, 1] >= threshold
        yes: NDArray[np.bool_] = rows.code == 1
        recall = float(np.mean(found[yes]))
        if found.any():
            precision = float(np.mean(yes[found]))
            words = f"threshold {number(threshold)}: recall {recall:.3g}, precision {precision:.3g}"
            _mark(ax, recall, precision, words)
    own = _of(rows, "recall: share of the rows of {own} that is found")
    _square(ax, own, _of(rows, "precision: share of those found that is {own}"))
    rare = area < 0.5 and len(rows.classes) == 2  # then the curve runs along the bottom
    _legend(ax, loc="upper right" if rare else "lower left")
    return ax


def plot_calibration(model: Any, X: Any, y: Any, *, bins: int = 10, ax: Any = None) -> Any:
    """Does what is said to happen in 30 % of the cases happen in 30 % of them? On the diagonal it does.

    Rows are put into `bins` buckets by the chance that the model gives: that of the second of two classes, and that of
    the answer where there are more. A point stands for a bucket, its bar for the 95 % interval of Wilson, and the grey
    columns below say how many rows each bucket has. Returns the Axes.

    >>> import groundup as gu
    >>> penguin = gu.examples.penguins(label="sex")
    >>> ax = plot_calibration(gu.LogisticRegression().fit(penguin.X, penguin.y), penguin.X, penguin.y)
    >>> ax.get_xlabel()
    'predicted chance of male'

    Wilson, Probable inference, JASA 22 (1927).
    """
    rows, ax = judged(model, X, y), axes(ax)
    two = len(rows.classes) == 2
    chance = rows.chance[:, 1] if two else rows.chance.max(axis=1)
    yes = rows.code == (1 if two else rows.chance.argmax(axis=1))
    curve = metrics.calibration_curve(yes, chance, bins=bins, positive=True)
    low, high = wilson(curve.observed, curve.weight)
    size: NDArray[np.float64] = curve.weight / curve.weight.sum()
    ax.bar(curve.predicted, 0.25 * size / size.max(), width=0.6 / bins, color=DATA, alpha=0.25, zorder=1)
    ax.plot([0, 1], [0, 1], color=FAINT, linestyle=(0, (3, 3)), linewidth=1.2, label="perfectly calibrated", zorder=2)
    error = metrics.expected_calibration_error(yes, chance, bins=bins, positive=True)
    ax.errorbar(
        *(curve.predicted, curve.observed, np.maximum([curve.observed - low, high - curve.observed], 0)),
        color=INK,
        marker="o",
        markersize=6,
        linewidth=1.6,
        elinewidth=1.2,
        capsize=3,
        label=f"{len(yes):,} rows; off by {error:.2g} on average",
        zorder=3,
        clip_on=False,
    )
    bias = round(metrics.prediction_bias(yes.astype(float), chance), 4) + 0.0
    ax.plot([], [], " ", label=f"mean chance − share: {'+' if bias > 0 else ''}{number(bias)}")
    _square(
        ax,
        f"predicted chance of {rows.names[1]}" if two else "predicted chance of the answer",
        f"share of {rows.names[1]}" if two else "share of right answers",
    )
    _legend(ax, loc="upper left")
    return ax


def judged(model: Any, X: Any, y: Any) -> Judged:
    """What the model says of these rows, and what is true."""
    if not hasattr(model, "predict_proba") or not hasattr(model, "classes_"):
        raise InputTypeError(
            f"this picture needs a fitted classifier with predict_proba and classes_; came {type(model).__name__}. "
            "Fit one first, such as gu.LogisticRegression()."
        )
    classes = np.asarray(model.classes_)
    if len(classes) < 2:
        raise InputError(f"this picture needs at least two classes; the model knows only {classes.tolist()[0]!r}.")
    matrix, label = columns(X), np.asarray(y)
    if label.shape != (len(matrix),):
        raise InputError(f"y must hold one label for each of the {len(matrix)} rows of X; its shape is {label.shape}.")
    place = {known: k for k, known in enumerate(classes.tolist())}
    code = [place.get(value, -1) for value in label.tolist()]
    if -1 in code:
        row = code.index(-1)
        raise InputError(
            f"y must hold classes that the model knows, {', '.join(map(repr, list(place)[:8]))}; row {row} holds "
            f"{label.tolist()[row]!r}. Leave such rows out, or train on them."
        )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="X does not have valid feature names")  # the order is that of fit
        chance = np.asarray(model.predict_proba(matrix), dtype=np.float64)
    if not np.isfinite(chance).all():
        raise InputError("the model's chances are not finite, so there is nothing to draw; look at model.reason_.")
    return Judged(classes.tolist(), np.array(code, dtype=np.int64), chance)


def answers(rows: Judged, threshold: float | None) -> NDArray[np.int64]:
    """The place of the class that is answered in each row."""
    if threshold is None and len(rows.classes) > 2:
        return rows.chance.argmax(axis=1)
    if len(rows.classes) > 2:
        raise InputError(f"threshold is for two classes; this model knows {len(rows.classes)}. Leave it out.")
    return (rows.chance[:, 1] >= (0.5 if threshold is None else threshold)).astype(np.int64)


def wilson(share: Any, count: Any, z: float = 1.959963984540054) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """((p + z²/2n) ± z sqrt(p (1 - p)/n + z²/4n²)) / (1 + z²/n): where the true share lies, 95 times of 100.

    >>> low, high = wilson([0.5], [10])
    >>> low.round(4), high.round(4)
    (array([0.2366]), array([0.7634]))
    """
    p, n = np.asarray(share, dtype=np.float64), np.asarray(count, dtype=np.float64)
    middle = p + z * z / (2 * n)
    half: NDArray[np.float64] = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def shortened(name: str) -> str:
    """A name, cut where it is long.

    >>> shortened("Spheniscus magellanicus")
    'Spheniscus magell…'
    """
    name = name.replace("\n", " ")
    return name if len(name) <= MOST_LETTERS else name[: MOST_LETTERS - 1] + "…"


def _drawn(rows: Judged) -> Sequence[tuple[int, Any]]:
    """The classes that get a curve, with their strokes: the second of two, else those with most rows."""
    there: NDArray[np.int64] = np.bincount(rows.code, minlength=len(rows.classes))
    if np.count_nonzero(there) < 2:
        label = rows.classes[int(rows.code[0])]
        raise InputError(f"this picture needs rows of at least two classes; all {len(rows.code)} are {label!r}.")
    if len(rows.classes) == 2:
        return [(1, STROKES[0])]
    frequent = [int(k) for k in np.argsort(-there, kind="stable")[: len(STROKES)] if there[k] > 0]
    return list(zip(sorted(frequent), STROKES, strict=False))


def _of(rows: Judged, words: str) -> str:
    own, other = (rows.names[1], rows.names[0]) if len(rows.classes) == 2 else ("the class", "all other classes")
    return words.format(own=own, other=other)


def _mark(ax: Any, x: float, y: float, words: str) -> None:
    if not math.isfinite(x + y):
        return
    look = {"color": SECOND, "markerfacecolor": "white", "markeredgewidth": 2.2, "markersize": 10}
    ax.plot([x], [y], "o", label=words, zorder=5, clip_on=False, **look)


def _square(ax: Any, x_label: str, y_label: str) -> None:
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.02)
    ax.set_xlabel(x_label, parse_math=False)
    ax.set_ylabel(y_label, parse_math=False)


def _legend(ax: Any, **options: Any) -> None:
    """The legend, with names that may hold a dollar sign."""
    legend(ax, fontsize=9, **options)
    for text in ax.get_legend().get_texts():
        text.set_parse_math(False)
