# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""How a split is called: what it is by its name and its arguments, and what its settings are called.

a split    train_test_split(X, y) -> four tables, in either usual order
folds      KFold(k).split(X) or k_fold(n, k) -> (rows to learn from, rows to be tested) k times
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, NotExamined

Array = Any
SHARE, FOLDS = 0.25, 5
CLASSES = 4
TEST_SHARES = ("test_size", "test_ratio", "test_share", "test_fraction", "test_split", "test_percent", "val_size")
SHARES = (*TEST_SHARES, "ratio", "size", "split", "split_ratio", "train_size", "train_ratio", "split_size", "fraction")
COUNTS = ("n_splits", "k", "n_folds", "folds", "num_folds", "k_folds", "nfolds", "splits", "nsplits", "cv")
SIZES = ("n", "n_samples", "num_samples", "size", "length", "n_rows", "m")
SEEDS = (*spelling.KNOBS["seed"], "rng", "generator")
OTHERS = re.compile("time|group|repeated|out|bootstrap|purged|walk|rolling")
"""What is in the names of splits that test some rows never, or more than once, on purpose."""


class Split(Asked):
    """A function or a class that divides rows, and how to call it."""

    LACKS: ClassVar = {
        "split": "it gives folds",
        "folds": "it gives one split",
        "classes": "it does not promise to split class by class",
        "asked": "it takes no labels to split class by class",
    }

    def __init__(self, thing: Any):
        super().__init__(kind_of(thing))
        self.thing = thing
        self.classes = CLASSES if is_stratified(thing) else 0
        self.can |= {"classes"} if self.classes else set()
        self.can |= {"asked"} if "stratify" in settings_named(thing) else set()
        self.places: list[int] = []

    def parted(self, X: Array, y: Array, **more: Any) -> tuple[list[Array], list[Array]]:
        """(the tables of rows, the columns of labels), each with the first part first."""
        given, names = settings(self.thing, 2)
        given = {
            **given,
            **{names.get(w, w): v for w, v in more.items() if w in names or spelling.plain(w) == "stratify"},
        }
        found = list(_flat(self.thing(X, y, **given)))
        if not self.places:  # a part of few rows may be empty, and tells nothing
            rows = [k for k, part in enumerate(found) if np.ndim(part) == 2 and np.shape(part)[1] == X.shape[1]]
            labels = [k for k, part in enumerate(found) if np.ndim(part) == 1 or np.shape(part)[1:] == (1,)]
            if len(rows) != 2 or len(labels) != 2:
                words = "which gave no two tables of rows and two of labels"
                raise NotExamined(f"tried {_name(self.thing)}(X, y), {words}")
            self.places = [*rows, *labels]
        parts = [np.asarray(found[k]) for k in self.places]
        return parts[:2], [np.ravel(part) for part in parts[2:]]

    def folds(self, n: int, y: Array) -> list[tuple[Array, Array]]:
        """(numbers of the rows to learn from, numbers of those to be tested) of every fold."""
        X = np.arange(float(n)).reshape(-1, 1)
        if inspect.isclass(self.thing):
            given, _ = settings(self.thing, 0)
            wanted = spelling.parameters(self.thing.split)
            taken = [name for name, p in list(wanted.items())[1:] if p.default is p.empty or name in ("y", "labels")]
            made = self.thing(**given).split(*(X, y)[: len(taken)])
        else:
            names = list(spelling.parameters(self.thing))
            first = n if spelling.plain(names[0]) in SIZES else X
            both = len(names) > 1 and spelling.argument(names[1]) == "y"
            given, _ = settings(self.thing, 2 if both else 1)
            made = self.thing(*((first, y) if both else (first,)), **given)
        found: list[tuple[Array, Array]] = []
        for one in made:
            parts = [np.asarray(part) for part in one] if isinstance(one, tuple | list) and len(one) in (2, 4) else []
            if len(parts) == 4:  # tables, of which a row is known by its number
                tables = [part for part in parts if part.ndim == 2 and part.shape[1] == 1]
                parts = [np.ravel(tables[0]), np.ravel(tables[1])] if len(tables) >= 2 else []
            if len(parts) != 2 or any(part.ndim != 1 for part in parts):
                raise NotExamined(f"tried {_name(self.thing)}, which gave no pairs of row numbers")
            if all(part.dtype == bool and part.size == n for part in parts):
                parts = [np.flatnonzero(part) for part in parts]
            found.append((parts[0].astype(int), parts[1].astype(int)))
        return found


def kind_of(thing: Any) -> str:
    """ "split" or "folds"; empty where it is neither."""
    name = _name(thing).lower().replace("_", "")
    if inspect.isclass(thing):
        fold = callable(getattr(thing, "split", None)) and "fold" in name and not hasattr(thing, "fit")
        return "folds" if fold and not OTHERS.search(name) else ""
    if not inspect.isfunction(thing) or OTHERS.search(name.replace("holdout", "")):
        return ""
    words = list(spelling.parameters(thing))
    if not words:
        return ""
    if re.search(r"folds?(split|s|indices|index|generator|)$", name) and not re.search("valid|score|evalu", name):
        return "folds" if set(map(spelling.plain, words[1:])) & set(COUNTS) else ""
    pair = [spelling.argument(word) for word in words[:2]] == ["X", "y"]
    return "split" if pair and ("split" in name or "holdout" in name) and "fold" not in name else ""


def within(cls: Any) -> Iterator[tuple[str, Any]]:
    """(name, function) of the methods by which a class that is made without arguments divides its rows.

    >>> class Learner:
    ...     def train_test_split(self, X, y): ...
    >>> [name for name, split in within(Learner)]
    ['train_test_split']
    """
    for name, method in vars(cls).items() if inspect.isclass(cls) else ():
        own = list(inspect.signature(method).parameters.values()) if inspect.isfunction(method) else []
        if len(own) < 3 or own[0].name != "self":
            continue

        def split(*rows: Any, _name: str = name, **more: Any) -> Any:
            return getattr(cls(), _name)(*rows, **more)

        split.__name__, split.__doc__ = name, method.__doc__
        split.__signature__ = inspect.Signature(own[1:])
        if kind_of(split) == "split":
            yield name, split


def is_stratified(thing: Any) -> bool:
    """Whether its name or its docstring says that it divides each class by itself; an argument may ask for that."""
    asked = any(spelling.plain(name) == "stratify" for name in spelling.parameters(thing))
    return not asked and "stratif" in f"{_name(thing)} {thing.__doc__}".lower()


def settings_named(thing: Any) -> set[str]:
    """What its arguments are called, plainly."""
    return {*map(spelling.plain, spelling.parameters(thing))}


def settings(thing: Any, skip: int) -> tuple[dict[str, Any], dict[str, str]]:
    """(what it is given, what its settings are called); NotExamined where it wants what is not known."""
    given: dict[str, Any] = {}
    names: dict[str, str] = {}
    for name, parameter in list(spelling.parameters(thing).items())[skip:]:
        bare, needed = spelling.plain(name), parameter.default is parameter.empty
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if bare in COUNTS:
            given[name], names["folds"] = FOLDS, name
        elif bare in SHARES:
            names["share"] = name
            given |= {name: SHARE} if needed else {}
        elif bare in SEEDS:
            names["seed"] = name
            given |= {name: np.random.default_rng(3) if bare in ("rng", "generator") else 3} if needed else {}
        elif bare == "shuffle":
            names["shuffle"] = name
            given |= {name: True} if needed else {}
        elif needed:
            raise NotExamined(f"it is not known what the {name} of {_name(thing)} may be")
    return given, names


def _flat(found: Any) -> Iterator[Any]:
    for part in found:
        if isinstance(part, tuple) or (isinstance(part, list) and part and np.ndim(part[0]) > 1):
            yield from _flat(part)
        else:
            yield part


def _name(thing: Any) -> str:
    return str(getattr(thing, "__name__", type(thing).__name__))
