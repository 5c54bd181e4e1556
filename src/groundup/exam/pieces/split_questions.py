# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Splits of a file: rows for training and for testing, and folds that take turns.

Every row has a number of its own, so that each answer is exact: which row stands where, and with which label.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Check, Evidence, NotExamined, check
from groundup.exam.pieces.splits import FOLDS, SHARE, TEST_SHARES, Split, settings
from groundup.exam.pieces.splits import kind_of as kind_of  # as every book has one

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 7.10: cross-validation"
ROWS = 40


def numbered(n: int = ROWS, classes: int = 0) -> tuple[Array, Array]:
    """Rows that say their own number, and labels that say it too, or those of a few classes in turn."""
    number = np.arange(float(n))
    return np.column_stack([number, -number]), (number % classes if classes else number.copy())


@check("K01", "Each row keeps its label.", needs="split", boundary="no row", read=READ)
def together(s: Split, rng: Any) -> Evidence:
    """The rows of each part are in the order of its labels, and the parts are handed back in one order."""
    X, y = numbered(classes=s.classes)
    rows, labels = s.parted(X, y)
    if [len(part) for part in rows] != [len(part) for part in labels]:
        turned = [len(part) for part in rows] == [len(part) for part in labels][::-1]
        words = "the labels of the test rows come before those of the training rows" if turned else "the parts differ"
        return Evidence(
            float(ROWS),
            0.0,
            f"{words}: {[len(p) for p in rows]} rows, {[len(p) for p in labels]} labels",
            "turned" * turned,
        )
    wrong = sum(int((y[part[:, 0].astype(int)] != own).sum()) for part, own in zip(rows, labels, strict=True))
    return Evidence(float(wrong), 0.0, f"{wrong} of {ROWS} rows have another row's label")


@check("K02", "No row is in both parts, and none is lost.", needs="split", boundary="no row", read=READ)
def apart(s: Split, rng: Any) -> Evidence:
    """By their numbers, for an even and an odd number of rows."""
    worst, words, sign = 0.0, "each row once", ""
    for n in (ROWS, 23):
        X, y = numbered(n, s.classes)
        rows, _ = s.parted(X, y)
        counts = np.bincount(np.concatenate([part[:, 0] for part in rows]).astype(int), minlength=n)
        both, lost = int((counts > 1).sum()), int((counts == 0).sum())
        if both + lost > worst:
            worst, words = float(both + lost), f"of {n} rows {both} are there more than once, and {lost} nowhere"
            sign = "both" if both else "lost"
    return Evidence(worst, 0.0, words, sign)


@check("K03", "The part for testing is as large as was asked.", needs="split", boundary="one row", read=READ)
def sizes(s: Split, rng: Any) -> Evidence:
    """A quarter and 0.4 of forty rows, and of three; an error is as good for so few.

    Where each class is divided by itself, each is rounded by itself: up to a row a class is right.
    """
    name = settings(s.thing, 2)[1].get("share", "")
    if spelling.plain(name) not in TEST_SHARES:
        raise NotExamined("its share of test rows has no name that is known")
    worst, words, sign = 0.0, "as was asked", ""
    for n, share in ((ROWS, SHARE), (ROWS, 0.4), (3, SHARE)):
        if s.classes > n:
            continue
        try:
            rows, _ = s.parted(*numbered(n, s.classes), share=share)
        except (ValueError, NotExamined):
            if n == ROWS:
                raise
            continue  # so few rows may be refused
        off = abs(len(rows[1]) - share * n)
        if off > worst:
            worst, words = off, f"with {name}={share:g}, {len(rows[1])} of {n} rows are for testing"
            sign = "turned" if abs(len(rows[0]) - share * n) <= max(1, s.classes) else ""
    return Evidence(worst, float(max(1, s.classes)), words, sign)


@check("K04", "X and y are left as they were.", needs="split", boundary="equal", read=READ)
def left_alone(s: Split, rng: Any) -> Evidence:
    """A shuffle in place changes the caller's tables."""
    X, y = numbered(classes=s.classes)
    s.parted(X, y)
    again = numbered(classes=s.classes)
    moved = float((again[0] != X).any(axis=1).sum() + (y != again[1]).sum())
    return Evidence(moved, 0.0, f"{moved:.0f} rows and labels of the caller were moved")


@check("K05", "The same seed splits in the same way, another seed in another.", needs="split", read=READ, manners=True)
def seeds(s: Split, rng: Any) -> Evidence:
    """Two seeds, one of them twice."""
    name = settings(s.thing, 2)[1].get("seed", "")
    if spelling.plain(name) not in spelling.KNOBS["seed"]:
        raise NotExamined("it takes no seed")
    X, y = numbered(classes=s.classes)
    one, two, other = (s.parted(X, y, seed=seed)[0][1] for seed in (11, 11, 12))
    bad = float(not np.array_equal(one, two)) + float(np.array_equal(one, other))
    return Evidence(bad, 0.0, f"with {name}=11 twice and then 12, {bad:.0f} of two comparisons is wrong")


@check("K15", "The seed 0 is a seed like any other.", needs="split", boundary="equal", read=READ)
def seed_of_zero(s: Split, rng: Any) -> Evidence:
    """`if seed:` takes it for no seed at all; asked where other seeds do what they should."""
    name = settings(s.thing, 2)[1].get("seed", "")
    if spelling.plain(name) not in spelling.KNOBS["seed"]:
        raise NotExamined("it takes no seed")
    X, y = numbered(classes=s.classes)
    one, two = (s.parted(X, y, seed=11)[0][1] for _ in range(2))
    if not np.array_equal(one, two):
        raise NotExamined("its seeds do not settle how it splits")
    one, two = (s.parted(X, y, seed=0)[0][1] for _ in range(2))
    words = f"with {name}=0 twice the test rows are {one[:3, 0].astype(int).tolist()}, ... and then "
    words += f"{two[:3, 0].astype(int).tolist()}, ...; with {name}=11 they are the same twice"
    return Evidence(float(not np.array_equal(one, two)), 0.0, words, "no seed")


@check(
    "K06", "Each class has its share of the test rows.", needs="split classes", boundary="one row a class", read=READ
)
def class_by_class(s: Split, rng: Any) -> Evidence:
    """Forty rows of four classes of 16, 12, 8 and 4, which are sorted: each class may be rounded by itself."""
    y = np.repeat(np.arange(4.0), [16, 12, 8, 4])
    X = numbered(len(y))[0]
    rows, labels = s.parted(X, y)
    share = len(rows[1]) / len(y)
    found = [float((labels[1] == k).sum()) for k in range(4)]
    off = [abs(few - share * int((y == k).sum())) for k, few in enumerate(found)]
    worst = int(np.argmax(off))
    words = f"of {(y == worst).sum()} rows of one class {found[worst]:.0f} are for testing, of all {100 * share:.3g} %"
    return Evidence(off[worst], 1.0 + 1e-9, words)


@check(
    "K09",
    "With stratify=y each class has its share of the test rows.",
    needs="split asked",
    boundary="one row a class",
    read=READ,
)
def asked_by_class(s: Split, rng: Any) -> Evidence:
    """Four thousand rows, of which chance alone would not do this."""
    y = np.repeat(np.arange(4.0), [1600, 1200, 800, 400])
    name = next(n for n in spelling.parameters(s.thing) if spelling.plain(n) == "stratify")
    switch = isinstance(spelling.parameters(s.thing)[name].default, bool)
    rows, labels = s.parted(numbered(len(y))[0], y, **{name: True if switch else y})
    share = len(rows[1]) / len(y)
    off = [abs(float((labels[1] == k).sum()) - share * int((y == k).sum())) for k in range(4)]
    worst = int(np.argmax(off))
    few = int((labels[1] == worst).sum())
    words = f"of {(y == worst).sum()} rows of one class {few} are for testing, of all {100 * share:.3g} %"
    return Evidence(off[worst], 1.0 + 1e-9, words)


@check("K08", "A whole number of test rows is that many rows.", needs="split", boundary="equal", read=READ)
def counted(s: Split, rng: Any) -> Evidence:
    """Seven of forty, where its code or its docstring tells a number from a share."""
    name = settings(s.thing, 2)[1].get("share", "")
    try:
        text = inspect.getsource(s.thing)
    except (OSError, TypeError):
        text = ""
    code = re.sub(r'"""(.|\n)*?"""', "", text)  # a docstring's 0 < test_size < 1 says what a share is
    tells = re.search(rf"isinstance\([^)]*\b(int|float)|\b{name} *[<>]=? *1\b", code)
    if not tells and not re.search(r"\bint(eger)?\b[^.\n]{0,40}number", text):
        raise NotExamined("it does not speak of whole numbers")
    if spelling.plain(name) not in TEST_SHARES or s.classes:
        raise NotExamined("its share of test rows has no name that is known")
    try:
        rows, _ = s.parted(*numbered(ROWS), share=7)
    except (ValueError, TypeError, AssertionError):
        raise NotExamined("it refuses whole numbers") from None
    return Evidence(abs(len(rows[1]) - 7.0), 0.0, f"with {name}=7, {len(rows[1])} of {ROWS} rows are for testing")


@check("K14", "Each fold has its share of every class.", needs="folds classes", boundary="one row a class", read=READ)
def folds_by_class(s: Split, rng: Any) -> Evidence:
    """Four hundred rows of four classes of 180, 110, 60 and 50, in no order."""
    y = rng.permutation(np.repeat(np.arange(4), [180, 110, 60, 50]))
    worst, words = 0.0, "each its share"
    for k, (_, test) in enumerate(s.folds(len(y), y)):
        for one in range(4):
            few, share = int((y[test] == one).sum()), float((y == one).sum()) / FOLDS
            if abs(few - share) > worst:
                worst, words = (
                    abs(few - share),
                    f"fold {k + 1} has {few} rows of a class, of which {share:g} are its share",
                )
    return Evidence(worst, 1.0 + 1e-9, words)


@check("K11", "Every row is tested exactly once.", needs="folds", boundary="no row", read=READ)
def each_once(s: Split, rng: Any) -> Evidence:
    """23 rows in 5 folds: the rest of a division counts too."""
    n = 23
    found = s.folds(n, np.arange(n) % 2)
    counts = np.bincount(np.concatenate([test for _, test in found]), minlength=n)
    never, often = int((counts == 0).sum()), int((counts > 1).sum())
    words = f"of {n} rows in {len(found)} folds {never} are tested never, and {often} more than once"
    return Evidence(float(never + often), 0.0, words, "never" if never else "often")


@check("K12", "A row that is tested is not learnt from, and every other row is.", needs="folds", read=READ)
def folds_apart(s: Split, rng: Any) -> Evidence:
    """In every fold, by their numbers."""
    worst, words, sign = 0.0, "in no fold", ""
    n = 23
    for k, (train, test) in enumerate(s.folds(n, np.arange(n) % 2)):
        both = len(np.intersect1d(train, test))
        lost = n - len(np.union1d(train, test)) + len(train) - len(np.unique(train))
        if both + lost > worst:
            worst = float(both + lost)
            words = f"in fold {k + 1}, {both} rows are learnt from and tested, and {lost} are in neither part or twice"
            sign = "both" if both else "lost"
    return Evidence(worst, 0.0, words, sign)


@check("K13", "There are as many folds as were asked for.", needs="folds", boundary="equal", read=READ)
def many_folds(s: Split, rng: Any) -> Evidence:
    """Five."""
    count = len(s.folds(23, np.arange(23) % 2))
    return Evidence(float(abs(count - FOLDS)), 0.0, f"{count} folds came of {FOLDS}")


QUESTIONS: list[Check] = [
    together,
    apart,
    sizes,
    left_alone,
    seeds,
    seed_of_zero,
    class_by_class,
    asked_by_class,
    counted,
    each_once,
    folds_apart,
    many_folds,
    folds_by_class,
]
