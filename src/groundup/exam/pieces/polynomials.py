# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Polynomial features of a file: columns become products of their powers.

    a class       PolynomialFeatures(degree).fit_transform(X)
    a function    polynomial_features(X, degree), map_feature(x1, x2, degree)

On positive columns the logarithm of such a product is a sum of theirs, so the powers of every new column are read off
exactly. Their order is taste; powers of single columns alone, without mixed products, are a convention.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from itertools import product
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "scikit-learn, user guide, 7.3.6: generating polynomial features"
NAMES = re.compile(r"poly\w*(feat|expan|transf|basis)|map_?features?|expand_?poly|poly_?(expand|map)|polynomials?$")
DEGREES = ("degree", "d", "deg", "n", "max_degree", "power", "order", "p", "poly_degree")
BIASES = ("include_bias", "bias", "add_bias", "intercept", "with_bias", "include_intercept")
MIXED = ("interaction_only", "interactions_only", "only_interactions")
CASES = ((2, 3), (3, 2), (1, 3), (3, 3))
"""(columns, degree): the first shows powers above one in mixed products, the last all kinds."""


class Powers(Asked):
    """A class with fit and transform, or a function of a table, and what its degree is called."""

    LACKS: ClassVar = {"class": "it is a function", "switch": "it has no switch that is known"}

    def __init__(self, thing: Any):
        super().__init__(*(["class"] if inspect.isclass(thing) else []))
        self.thing = thing
        self.names = {spelling.plain(n): n for n in spelling.parameters(thing)}
        self.can |= {"switch"} if self.switches() else set()

    def switches(self) -> dict[str, str]:
        """Which of its switches are known: "bias" and "mixed"."""
        both = {"bias": BIASES, "mixed": MIXED}
        found = {word: next((self.names[s] for s in names if s in self.names), "") for word, names in both.items()}
        return {word: name for word, name in found.items() if name}

    def transformed(self, X: Array, degree: int, **given: Any) -> Array:
        """The table by this degree."""
        given = {next(self.names[s] for s in DEGREES if s in self.names): degree, **given}
        if not inspect.isclass(self.thing):
            apart = _takes_two(self.thing)
            if apart and X.shape[1] != 2:
                raise NotExamined("it takes two columns")
            return np.asarray(self.thing(*(X.T.copy() if apart else (X.copy(),)), **given), dtype=float)
        made = self.thing(**given)
        if hasattr(made, "fit"):
            made.fit(X.copy())
            return np.asarray(made.transform(X.copy()), dtype=float)
        return np.asarray((getattr(made, "fit_transform", None) or made.transform)(X.copy()), dtype=float)

    def powers(self, columns: int, degree: int, **given: Any) -> Counter[tuple[int, ...]]:
        """How often each product is there, by the powers of its columns."""
        X = np.random.default_rng(4).uniform(0.5, 2.0, (40, columns))
        Z = self.transformed(X, degree, **given)
        if Z.ndim != 2 or len(Z) != len(X) or not (Z > 0).all():
            raise NotExamined(f"of a table of shape {X.shape} it made {Z.shape}, or numbers that are no products")
        found = np.linalg.lstsq(np.log(X), np.log(Z), rcond=None)[0]
        whole = np.round(found)
        if np.abs(np.log(X) @ whole - np.log(Z)).max() > 1e-9:
            raise NotExamined("its columns are not products of powers")
        return Counter(tuple(int(p) for p in column) for column in whole.T)


def kind_of(thing: Any) -> bool:
    """Whether a class or a function makes polynomial features by its name, and has a degree."""
    if not (inspect.isclass(thing) or inspect.isfunction(thing)) or hasattr(thing, "predict"):
        return False
    names = list(map(spelling.plain, spelling.parameters(thing)))
    bare = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", thing.__name__).lower().strip("_")
    if not NAMES.search(bare.replace("_", "")) and not NAMES.search(bare):
        return False
    if inspect.isclass(thing):
        return callable(getattr(thing, "transform", None)) and bool({*names} & {*DEGREES})
    return bool({*names[1:]} & {*DEGREES}) and (
        spelling.argument(next(iter(spelling.parameters(thing)))) == "X" or _takes_two(thing)
    )


def _takes_two(thing: Any) -> bool:
    return [spelling.plain(n) for n in spelling.parameters(thing)][:2] in (["x1", "x2"], ["a", "b"], ["u", "v"])


def expected(columns: int, degree: int, kind: str) -> set[tuple[int, ...]]:
    """The powers of all products up to a degree, but the constant: all, those of one column each, or each power 0 or 1.

    >>> sorted(expected(2, 2, "all")), sorted(expected(2, 2, "mixed only"))
    ([(0, 1), (0, 2), (1, 0), (1, 1), (2, 0)], [(0, 1), (1, 0), (1, 1)])
    """
    every = [p for p in product(range(degree + 1), repeat=columns) if 0 < sum(p) <= degree]
    keep = {"all": lambda p: True, "single": lambda p: max(p) == sum(p), "mixed only": lambda p: max(p) == 1}[kind]
    return {p for p in every if keep(p)}


def said(powers: tuple[int, ...]) -> str:
    """A product in words.

    >>> said((2, 1)), said((0, 0))
    ('a^2 b', '1')
    """
    parts = [f"{name}^{k}" if k > 1 else name for name, k in zip("abcdef", powers, strict=False) if k]
    return " ".join(parts) or "1"


@check("P01", "Every product of powers up to the degree is there, once.", boundary="no product", read=READ)
def every_product(s: Powers, rng: Any) -> Evidence:
    """Two and three columns, up to the third degree; with or without a column of ones."""
    found: dict[tuple[int, int], Counter[tuple[int, ...]]] = {}
    for case in CASES:
        try:
            found[case] = s.powers(*case)
        except NotExamined:
            if case == CASES[0]:
                raise
    rest = {case: {p for p in own if sum(p)} for case, own in found.items()}
    if all(own == expected(*case, "single") for case, own in rest.items()):
        s.conventions["products"] = "it takes the powers of each column, and no mixed products"
    kind = "single" if s.conventions.get("products") else "all"
    for case, own in found.items():
        right = expected(*case, kind)
        lost, more = right - rest[case], rest[case] - right
        twice = {p for p, many in own.items() if many > 1}
        if lost or more or twice:
            words = f"of {case[0]} columns with degree {case[1]}"
            told = [(lost, "missing"), (more, "too many"), (twice, "there more than once")]
            words += "".join(f"; {', '.join(said(p) for p in sorted(some))}: {how}" for some, how in told if some)
            sign = "lost" if lost else "more" if more else "twice"
            return Evidence(float(len(lost | more | twice)), 0.0, words, sign)
    return Evidence(0.0, 0.0, "each product once")


@check("P02", "Its switches do what their names say.", needs="switch", boundary="no product", read=READ)
def switches(s: Powers, rng: Any) -> Evidence:
    """With and without the column of ones; products of unlike columns only."""
    case = (3, 2)
    if s.conventions.get("products"):
        raise NotExamined("it makes no mixed products")
    for word, name in s.switches().items():
        for on in (True, False):
            own = s.powers(*case, **{name: on})
            if word == "bias":
                count = own[(0,) * case[0]]
                if count != on:
                    return Evidence(1.0, 0.0, f"with {name}={on} there are {count} columns of ones", "bias")
                continue
            rest = {p for p in own if sum(p)}
            right = expected(*case, "mixed only" if on else "all")
            if rest != right:
                words = ", ".join(said(p) for p in sorted(rest ^ right))
                return Evidence(
                    float(len(rest ^ right)), 0.0, f"with {name}={on}: {words} missing or too many", "mixed"
                )
    return Evidence(0.0, 0.0, "as they say")


@check("P03", "A row is transformed alone as among others, and the table is left as it was.", needs="class", read=READ)
def rows_alone(s: Powers, rng: Any) -> Evidence:
    """By what was asked for, and not by the rows that are transformed."""
    X, rows = rng.normal(size=(12, 3)), rng.normal(size=(4, 3))
    made = s.thing(**{next(s.names[w] for w in DEGREES if w in s.names): 2})
    mine = X.copy()
    (getattr(made, "fit", None) or made.fit_transform)(mine)
    whole = np.asarray(made.transform(rows.copy()), dtype=float)
    each = np.vstack([np.asarray(made.transform(rows[k : k + 1]), dtype=float) for k in range(4)])
    far = max(float(np.abs(whole - each).max()), float(np.abs(mine - X).max()))
    return Evidence(far, 1e-12, f"a number is off by {far:.3g}")


QUESTIONS: list[Check] = [every_product, switches, rows_alone]
