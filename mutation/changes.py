"""Small changes to a module's text, one at a time."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}
COMPARISON = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt},
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is},
}
PAIRS = ("mean sum", "max min", "maximum minimum", "argmax argmin", "any all", "ones zeros", "ceil floor", "cos sin")
WORDS = {a: b for pair in PAIRS for a, b in (pair.split(), reversed(pair.split()))} | {
    **{"log1p": "log", "expm1": "exp", "sqrt": "abs", "abs": "positive", "cumsum": "cumprod", "tanh": "sin"},
    **{"ones_like": "zeros_like", "zeros_like": "ones_like", "logical_and": "logical_or", "square": "abs"},
}
TEXT = {"__repr__", "__str__", "_repr_html_", "explain", "describe"}


@dataclass(frozen=True)
class Change:
    """One change: where, of which kind, what stood there and what stands there now."""

    module: str
    function: str
    line: int
    kind: str
    text: str
    before: str
    after: str
    number: int
    time: int = 1

    @property
    def key(self) -> str:
        """By what it is known again while the line stays as it is."""
        again = f" #{self.time}" if self.time > 1 else ""
        return f"{self.module}:{self.function}: {self.text} [{self.kind}: {self.before} -> {self.after}]{again}"


Edit = Callable[[ast.AST], None]


def changes(module: str, text: str) -> Iterator[tuple[Change, Edit]]:
    """Every change of this module, with an edit that makes it in a fresh tree of the same text."""
    tree = ast.parse(text)
    lines = text.splitlines()
    number, seen = 0, Counter[str]()
    for function, place, node in _inside_functions(tree):
        for kind, after, edit in _edits(node):
            line = getattr(node, "lineno", 0)
            before = _short(node)
            change = Change(module, function, line, kind, lines[line - 1].strip(), before, after, number)
            seen[change.key] += 1
            yield replace(change, time=seen[change.key]), _at(place, edit)
            number += 1


def changed(text: str, module: str, number: int) -> ast.Module:
    """The tree of this text with the change of that number in it."""
    for change, edit in changes(module, text):
        if change.number == number:
            tree = ast.parse(text)
            edit(tree)
            return ast.fix_missing_locations(tree)
    raise LookupError(f"{module} has no change number {number}")


def _at(place: int, edit: Callable[[ast.AST, ast.AST], None]) -> Edit:
    def made(tree: ast.AST) -> None:
        node = list(ast.walk(tree))[place]
        edit(tree, node)

    return made


def _inside_functions(tree: ast.Module) -> Iterator[tuple[str, int, ast.AST]]:
    """(function, place in ast.walk, node) for all that runs in functions, but for words, types, defaults and guards."""
    places = {id(node): place for place, node in enumerate(ast.walk(tree))}
    skipped = {id(n) for node in ast.walk(tree) for quiet in _quiet(node) for n in ast.walk(quiet)}
    seen: set[int] = set()
    for outer in ast.walk(tree):
        if isinstance(outer, ast.FunctionDef) and outer.name not in TEXT:
            for statement in outer.body:
                for node in ast.walk(statement):
                    if id(node) not in skipped and id(node) not in seen:
                        seen.add(id(node))
                        yield outer.name, places[id(node)], node


def _quiet(node: ast.AST) -> Iterator[ast.AST]:
    """What says something and computes nothing: docstrings, errors and their guards, types, defaults, f-strings."""
    if isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr | ast.arguments | ast.Import | ast.ImportFrom):
        yield node
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node
    if isinstance(node, ast.AnnAssign):
        yield node.annotation
    if isinstance(node, ast.If) and all(isinstance(s, ast.Raise) for s in node.body):
        yield node.test
    if isinstance(node, ast.FunctionDef):
        yield from [*node.decorator_list, *([node.returns] if node.returns else [])]


def _edits(node: ast.AST) -> Iterator[tuple[str, str, Callable[[ast.AST, ast.AST], None]]]:
    """(kind, what stands there afterwards, the edit) for this node."""
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        yield _by("operator", node, lambda n: setattr(n, "op", ARITHMETIC[type(n.op)]()))
    if isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
        yield _by("operator", node, lambda n: setattr(n, "op", ARITHMETIC[type(n.op)]()))
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISON:
        yield _by("comparison", node, lambda n: n.ops.__setitem__(0, COMPARISON[type(n.ops[0])]()))
    if isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield _by("and/or", node, lambda n: setattr(n, "op", other()))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield _by("sign", node, lambda n: setattr(n, "op", ast.UAdd() if isinstance(n.op, ast.USub) else _same(n)))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield _by("constant", node, lambda n: setattr(n, "value", _other(n.value)))
    if isinstance(node, ast.Attribute) and node.attr in WORDS:
        yield _by("word", node, lambda n: setattr(n, "attr", WORDS[n.attr]))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("max", "min", "any", "all"):
        yield _by("word", node, lambda n: setattr(n.func, "id", WORDS[n.func.id]))
    if isinstance(node, ast.If | ast.While | ast.IfExp) and not _turned_elsewhere(node):
        yield _by("condition", node, lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test)))
    if isinstance(node, ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield "dropped", "pass", _drop


def _turned_elsewhere(node: ast.If | ast.While | ast.IfExp) -> bool:
    """A guard is left alone, and `not x`, `x is y`, `x == y` are turned round by another change."""
    guard = isinstance(node, ast.If) and all(isinstance(s, ast.Raise) for s in node.body)
    test = node.test
    same = isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is | ast.IsNot | ast.Eq | ast.NotEq)
    return guard or same or (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))


def _same(node: ast.AST) -> ast.AST:
    """Not twice is not at all: `not x` becomes `not not x`."""
    node.operand = ast.UnaryOp(ast.Not(), node.operand)  # type: ignore[attr-defined]
    return ast.Not()


def _other(value: float) -> float:
    return value + 1 if isinstance(value, int) else 2 * value if value else 1.0


def _by(
    kind: str, node: ast.AST, edit: Callable[[ast.AST], None]
) -> tuple[str, str, Callable[[ast.AST, ast.AST], None]]:
    trial = copy.deepcopy(node)
    edit(trial)
    return kind, _short(trial), lambda _tree, found: edit(found)


def _drop(tree: ast.AST, node: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and node in block:
                block[block.index(node)] = ast.copy_location(ast.Pass(), node)


def _short(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While):
        node = node.test
    text = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return text if len(text) <= 70 else text[:67] + "..."
