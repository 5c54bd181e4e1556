# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false
"""Settings that are words: the values that its own code compares an argument with, penalty in ("l1", "l2")."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import typing
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from groundup.exam.candidates import spelling

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate
    from groundup.exam.candidates.learnt import Learnt

Array = Any

SAYS_NOTHING = re.compile(
    r"path|file|folder|dir$|name|device|dtype|label|title|backend|url|verbos|plot|log|color|order"
)
"""Arguments of such names change nothing that is learnt, or want what is not there."""
OF_OTHERS = ("precomputed", "custom", "callable", "given", "manual", "user")
"""Values that need another argument."""
MOST = 12
NORMS = {"l1": 1, "lasso": 1, "l2": 2, "ridge": 2}
"""The norm of the weights that a penalty of this name is about."""


def plain(word: str) -> str:
    """Without case, and with one kind of joint between its parts.

    >>> plain("Mini-Batch")
    'mini_batch'
    """
    return word.strip().lower().replace("-", "_").replace(" ", "_")


def other_words(c: Candidate) -> list[tuple[str, str]]:
    """(setting, value) of each word that its code knows, but those that stand where nobody sets them."""
    thing = getattr(c.maker, "cls", None) or getattr(c.maker, "function", None)
    found = words_of(thing, c.maker.names_of_settings())
    return [(name, word) for name, word in found if c.maker.default(name) != word]


def with_word(c: Candidate, name: str, word: str, X: Array, y: Array, **settings: Any) -> Learnt:
    """What it learns with this one setting changed."""
    c.maker.knobs["worded"] = name
    try:
        return c.study(X, y, worded=word, **settings)
    finally:
        del c.maker.knobs["worded"]


def only_with_a_word(c: Candidate, X: Array, y: Array, one: dict[str, Any], other: dict[str, Any]) -> tuple[str, str]:
    """(setting, value) of the first word with which these settings make a difference; empty where none does."""
    for name, word in other_words(c):
        try:
            a, b = (with_word(c, name, word, X, y, **settings).predict(X) for settings in (one, other))
        except Exception:
            continue
        if not np.array_equal(a, b):
            return name, word
    return "", ""


def price_with_a_word(c: Candidate, X: Array, y: Array, **plan: Any) -> None:
    """Where the price of a penalty counts only once the penalty is named, it is named: penalty="l2"."""
    words = [pair for pair in other_words(c) if plain(pair[1]) in NORMS]
    if "l2" not in c.can or "mix" in c.can or not words:
        return
    named = spelling.plain(str(c.maker.default(words[0][0])))
    if NORMS.get(plain(named)) != 1:
        free, bound = (_parameters(c.study(X, y, l2=price, **plan), X) for price in (0.0, 0.5))
        if not np.array_equal(free, bound):
            return
        for name, word in sorted(words, key=lambda pair: -NORMS[plain(pair[1])]):
            try:
                free, bound = (_parameters(with_word(c, name, word, X, y, l2=p, **plan), X) for p in (0.0, 0.5))
            except Exception:
                continue
            if not np.array_equal(free, bound):
                c.maker.knobs["penalty"], c.quiet = name, {**c.quiet, "penalty": word}
                c.conventions["penalty"] = f"its price plays a part with {name}={word!r} only, so that is set"
                named = word
                break
        else:
            return
    if NORMS.get(plain(named)) == 1 and "l2" in c.maker.knobs and "l1" not in c.maker.knobs:
        c.maker.knobs["l1"] = c.maker.knobs.pop("l2")
        c.can = c.can - {"l2"} | {"l1"}


def _parameters(learnt: Learnt, X: Array) -> Array:
    return learnt.theta if learnt.candidate.task != "regression" else learnt.predict(X)


def words_of(thing: Any, names: list[str]) -> list[tuple[str, str]]:
    """(argument, value) of each word that the code of a class or a function compares one of these arguments with.

    >>> def train(X, y, penalty="l2"):
    ...     if penalty == "l1" or penalty in ("l2", "none"):
    ...         return X
    >>> words_of(train, ["penalty"])
    [('penalty', 'l1'), ('penalty', 'l2'), ('penalty', 'none')]
    """
    tree = ast.Module([], [])
    own = [cls for cls in thing.__mro__ if cls.__module__ == thing.__module__] if inspect.isclass(thing) else [thing]
    for part in own:
        try:
            tree.body += ast.parse(textwrap.dedent(inspect.getsource(part))).body
        except (OSError, TypeError, SyntaxError):
            continue
    known = {name: name for name in names if not SAYS_NOTHING.search(name.lower())}
    stored = dict(known)
    for node in ast.walk(tree):  # self._penalty = penalty
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            name = _argument(node.value, known)
            stored |= {node.targets[0].attr: name} if name else {}
    places = {**_globals(thing), **(vars(thing) if inspect.isclass(thing) else {})}
    found = [pair for node in ast.walk(tree) for pair in _compared(node, stored, places)]
    found += [(n, v) for n, values in _literals(thing).items() if n in known for v in values]
    return [pair for pair in dict.fromkeys(found) if pair[1] and pair[1] not in OF_OTHERS][:MOST]


def _compared(node: ast.AST, stored: Mapping[str, str], places: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What one place in the code shows: a comparison, a look-up in a dict, or a case."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for one, other in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
            yield from ((_argument(one, stored), word) for word in _texts(other, places) if _argument(one, stored))
    elif isinstance(node, ast.Subscript) and _argument(node.slice, stored):
        yield from ((_argument(node.slice, stored), word) for word in _keys(node.value, places))
    elif isinstance(node, ast.Match) and _argument(node.subject, stored):
        inside = [part for case in node.cases for part in ast.walk(case.pattern) if isinstance(part, ast.MatchValue)]
        yield from ((_argument(node.subject, stored), word) for part in inside for word in _texts(part.value, places))


def _argument(node: ast.AST, stored: Mapping[str, str]) -> str:
    """The argument that an expression is: penalty, self.penalty or self.penalty.lower(); empty for any other."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("lower", "strip"):
        node = node.func.value
    if isinstance(node, ast.Name):
        return stored.get(node.id, "")
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    return stored.get(node.attr, "") if own else ""  # pyright: ignore[reportAttributeAccessIssue]


def _texts(node: ast.AST, places: Mapping[str, Any]) -> list[str]:
    """The words of a word, or of a tuple, list or set of them."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [word for part in node.elts for word in _texts(part, places)]
    return _keys(node, places)


def _keys(node: ast.AST, places: Mapping[str, Any]) -> list[str]:
    """The words of a dict or a tuple that stands there, or that has a name in the file or the class."""
    if isinstance(node, ast.Dict):
        return [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    found = places.get(name)
    return [word for word in found if isinstance(word, str)] if isinstance(found, dict | tuple | list | set) else []


def _globals(thing: Any) -> dict[str, Any]:
    own = thing.__init__ if inspect.isclass(thing) else thing
    return getattr(own, "__globals__", {})


def _literals(thing: Any) -> dict[str, list[str]]:
    """The words of arguments whose annotation is Literal["l1", "l2"]."""
    try:
        hints = typing.get_type_hints(thing.__init__ if inspect.isclass(thing) else thing)
    except Exception:
        return {}
    of_words = {n: kind for n, kind in hints.items() if typing.get_origin(kind) is typing.Literal}
    return {n: [v for v in typing.get_args(kind) if isinstance(v, str)] for n, kind in of_words.items()}
