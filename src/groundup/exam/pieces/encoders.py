# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Encoders of a file: words or classes become columns of 0 and 1, or whole numbers.

    a class       fit(X) and transform(X), whose name says that it encodes: OneHotEncoder, LabelEncoder
    a function    one_hot(y) or to_categorical(y, classes)

Which column stands for what is taste; that equal things get equal codes, others others, and that the columns are those
of fit, is not.
"""

from __future__ import annotations

import inspect
import re
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "scikit-learn, user guide, 7.3.4: encoding categorical features"
NAMES = re.compile(r"one_?hot|to_?categorical|encod|binariz|dumm", re.IGNORECASE)
HOT = re.compile(r"one_?hot|to_?categorical", re.IGNORECASE)
CLASSES = (*spelling.KNOBS["classes"], "depth", "c", "n", "num_class", "n_class", "size", "nb_classes", "class_count")
SEEN = np.array([[3, 10], [1, 20], [2, 10], [3, 30], [1, 10], [2, 30]])
"""Two columns of three categories each, none of them in order."""


class Encoder(Asked):
    """A class with fit and transform, or a function of labels."""

    LACKS: ClassVar = {"class": "it is a function", "function": "it is a class", "back": "it has no inverse_transform"}

    def __init__(self, thing: Any):
        super().__init__("class" if inspect.isclass(thing) else "function")
        self.thing: Any = thing
        self.can |= {"back"} if hasattr(thing, "inverse_transform") else set()
        self.flat: bool | None = None

    def shaped(self, X: Array) -> Array:
        """The table as it wants it: with columns, or one column as a row of labels."""
        return X[:, 0].copy() if self.flat else X.copy()

    def learnt(self, X: Array, made: Any = None) -> Any:
        """A fresh one, or this one, after it learnt from X."""
        made = self._made() if made is None else made
        (made.fit if hasattr(made, "fit") else made.fit_transform)(self.shaped(X))
        return made

    def _made(self) -> Any:
        try:
            return self.thing()
        except TypeError as reason:
            raise NotExamined(f"tried {self.thing.__name__}() without arguments: {reason}") from None

    def codes(self, made: Any, X: Array) -> Array:
        """A table of numbers, one row for each row of X."""
        found = made.transform(self.shaped(X))
        found = found.toarray() if hasattr(found, "toarray") else found
        table = np.asarray(found, dtype=float)
        return table.reshape(len(X), -1) if table.ndim < 2 or len(table) == len(X) else table

    def settle(self) -> None:
        """Find out whether it takes a table or one column of labels."""
        if self.flat is not None:
            return
        for flat in (False, True):
            self.flat = flat
            try:
                if len(self.codes(self.learnt(SEEN), SEEN)) == len(SEEN):
                    return
            except (ValueError, TypeError, IndexError, KeyError):
                continue
        self.flat = None
        raise NotExamined(
            f"tried {self.thing.__name__}().fit(X).transform(X) with a table and with a column of numbers"
        )


def kind_of(thing: Any) -> bool:
    """Whether its name says that it encodes, and it can be asked."""
    name = str(getattr(thing, "__name__", ""))
    if inspect.isclass(thing):
        learns = getattr(thing, "fit", None) or getattr(thing, "fit_transform", None)
        needed = [p for p in spelling.parameters(learns).values() if p.default is p.empty] if learns else []
        able = callable(getattr(thing, "transform", None)) and not hasattr(thing, "predict") and len(needed) == 2
        return able and NAMES.search(name) is not None
    return inspect.isfunction(thing) and HOT.search(name) is not None and 0 < len(spelling.parameters(thing)) <= 3


@check("N01", "Equal rows get equal codes, and others others.", needs="class", boundary="no pair", read=READ)
def one_to_one(e: Encoder, rng: Any) -> Evidence:
    """Of the table that it learnt from, and of one in another order."""
    e.settle()
    made = e.learnt(SEEN)
    X = np.vstack([SEEN, SEEN[::-1]])
    Z = e.codes(made, X)
    rows = X[:, :1] if e.flat else X
    same = (rows[:, None] == rows[None]).all(axis=2)
    alike = (Z[:, None] == Z[None]).all(axis=2)
    wrong = float((same != alike).sum() // 2)
    return Evidence(wrong, 0.0, f"{wrong:.0f} pairs of rows are alike in one and not in the other")


@check("N02", "A row alone is encoded as among others: the columns are those of fit.", needs="class", read=READ)
def alone(e: Encoder, rng: Any) -> Evidence:
    """Rows that lack most of the categories."""
    e.settle()
    made = e.learnt(SEEN)
    whole = e.codes(made, SEEN)
    worst, words = 0.0, "each row alone as among others"
    for k in range(len(SEEN)):
        one = e.codes(made, SEEN[k : k + 1])
        if one.shape[1:] != whole.shape[1:]:
            words = f"{whole.shape[1]} columns for all rows became {one.shape[1]} for a row alone"
            return Evidence(1.0, 0.0, words, "columns")
        if not np.array_equal(one[0], whole[k]):
            worst, words = (
                1.0,
                f"the row {SEEN[k].tolist()} is {one[0].tolist()} alone and {whole[k].tolist()} among others",
            )
    return Evidence(worst, 0.0, words)


@check("N03", "What was never seen is refused, or gets no code of another.", needs="class", boundary="none", read=READ)
def unseen(e: Encoder, rng: Any) -> Evidence:
    """A category between those of fit, and one beyond them."""
    e.settle()
    made = e.learnt(SEEN * 10)
    known = {tuple(row) for row in e.codes(made, SEEN * 10)[:, : None if e.flat else _width(e, made)].tolist()}
    for value in (15, 99, -7):
        row = SEEN[:1] * 10
        row[0, 0] = value
        try:
            code = e.codes(made, row)[0]
        except Exception:  # an error is what it should be
            continue
        found = tuple(code[: None if e.flat else _width(e, made)].tolist())
        if found in known and any(found):
            return Evidence(1.0, 0.0, f"{value}, which it never saw, got the code {list(found)} of another", "unseen")
    return Evidence(0.0, 0.0, "refused, or marked as unknown")


def _width(e: Encoder, made: Any) -> int:
    """How many columns change with the first column of the table."""
    rows = np.array([[a, 100] for a in (10, 20, 30)])
    Z = e.codes(made, rows)
    changing = np.flatnonzero((Z[0] != Z).any(axis=0))
    return int(changing.max()) + 1 if changing.size else 1


@check("N04", "A second fit forgets the first.", needs="class", boundary="equal", read=READ)
def forgets(e: Encoder, rng: Any) -> Evidence:
    """Other categories first."""
    e.settle()
    fresh = e.codes(e.learnt(SEEN), SEEN)
    again = e.codes(e.learnt(SEEN, e.learnt(SEEN + 50)), SEEN)
    bad = float(fresh.shape != again.shape or not np.array_equal(fresh, again))
    words = f"after an earlier fit there are {again.shape[1]} columns instead of {fresh.shape[1]}, or other codes"
    return Evidence(bad, 0.0, words)


@check("N05", "What was encoded comes back.", needs="class back", boundary="equal", read=READ)
def there_and_back(e: Encoder, rng: Any) -> Evidence:
    """inverse_transform(transform(X)) is X."""
    e.settle()
    made = e.learnt(SEEN)
    X = e.shaped(SEEN)
    back = np.asarray(made.inverse_transform(made.transform(X.copy())))
    bad = float(back.shape != X.shape or not np.array_equal(back.astype(float), X.astype(float)))
    return Evidence(bad, 0.0, f"{X.tolist()} came back as {back.tolist()}")


@check("N11", "Row i has one 1, in the column of its class.", needs="function", boundary="equal", read=READ)
def hot(e: Encoder, rng: Any) -> Evidence:
    """Classes 0, 1 and 2; where it is told how many there are, four."""
    y = np.array([2, 0, 1, 2, 2, 0])
    names = list(spelling.parameters(e.thing))
    count = next((n for n in names[1:] if spelling.plain(n) in CLASSES), "")
    other = [n for n, p in list(spelling.parameters(e.thing).items())[1:] if p.default is p.empty and n != count]
    if other:
        raise NotExamined(f"it is not known what the {other[0]} of {e.thing.__name__} may be")
    classes = 4 if count else 3
    found = np.asarray(e.thing(y.copy(), **({count: classes} if count else {})), dtype=float)
    right = np.eye(classes)[y]
    if found.shape == right.T.shape and np.array_equal(found, right.T):
        e.conventions["samples"] = "its columns are the samples"
        found = found.T
    if found.shape != right.shape:
        words = f"{len(y)} labels of {classes} classes became a table of shape {found.shape}"
        return Evidence(1.0, 0.0, words, "shape")
    wrong = float((found != right).any(axis=1).sum())
    k = int((found != right).any(axis=1).argmax())
    return Evidence(wrong, 0.0, f"the label {y[k]} became {found[k].tolist()}" if wrong else "every label")


@check("N06", "With drop='first' one column of each is left out, and no other.", needs="class", read=READ)
def first_dropped(e: Encoder, rng: Any) -> Evidence:
    """Two columns of three categories each: four columns of the six are left, as they were."""
    own = spelling.parameters(e.thing)
    knob = next((n for n in own if spelling.plain(n) in ("drop", "drop_first")), "")
    if not knob or own[knob].default not in (None, False):
        raise NotExamined("it does not leave out columns")
    value: Any = True if spelling.plain(knob) == "drop_first" else "first"
    tables: list[Array] = []
    for given in ({}, {knob: value}):
        made = e.thing(**given)
        made.fit(SEEN.copy())
        found = made.transform(SEEN.copy())
        tables.append(np.asarray(found.toarray() if hasattr(found, "toarray") else found, dtype=float))
    if tables[0].shape != (len(SEEN), 6):
        raise NotExamined("it does not make a column of each category")
    kept = {tuple(c) for c in tables[1].T} if tables[1].ndim == 2 else set[tuple[float, ...]]()
    right = {tuple(c) for k, c in enumerate(tables[0].T) if k not in (0, 3)}
    bad = float(len(kept ^ right))
    return Evidence(bad, 0.0, f"with {knob}={value!r}, of six columns {len(kept)} are left, and {bad:.0f} are others")


QUESTIONS: list[Check] = [one_to_one, alone, unseen, forgets, there_and_back, hot, first_dropped]
