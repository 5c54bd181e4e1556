"""Errors that no call can be to blame for: they stand in the candidate's own lines, whatever it is given.

NameError                       a name that the file does not have
'module' object is not callable, module 'numpy' has no attribute 'zero'
'tuple' object has no attribute 'dot'      the exam gives no tuples
'Line' object has no attribute 'n'         nothing in the file stores an attribute of that name
f() takes 1 positional argument but 2 were given, where the file itself calls f
'numpy.ndarray' object has no attribute 'shpae'    a slip of the pen: nothing that one could give has it
'NoneType' object is not subscriptable     of self.h, where the file stores nothing but None in h
'float' object cannot be interpreted as an integer, in range(a / b): a quotient is never whole by type
"""

from __future__ import annotations

import ast
import difflib
import linecache
import os
import re
from types import FrameType
from typing import Any

import numpy as np

NEVER_GIVEN = r"'(tuple|method|function|builtin_function_or_method|numpy\.ufunc)' object has no attribute"
MODULES = r"^module '[\w.]+' has no attribute|'module' object is not (callable|subscriptable)"
CALLS = (
    r"\b(takes|missing|got an unexpected keyword|got multiple values).*arguments?\b|^Cannot interpret '.*' as a data"
)
QUOTIENT = r"'(numpy\.)?float(64|32)?' object cannot be interpreted as an integer|^slice indices must be integers"
COUNTED = ("range", "zeros", "empty", "reshape")
"""What takes whole numbers only, beside the bounds of a slice."""
OF_OTHERS = (
    *("asfptype", "arg_max", "arg_min", "arg_sort", "bfill", "cfloat", "compare", "cum_prod", "cum_sum", "dtypes"),
    *("ffill", "fillna", "float", "get_device", "items", "get_shape", "is_nonzero", "isreal", "median", "msort"),
    *("partition_by", "repeat_by", "resample", "reshape_as", "resize_as", "rpartition", "search_sorted", "set_flags"),
    *(
        "set_shape",
        "short",
        "stride",
        "swapcase",
        "to_bytes",
        "to_dict",
        "to_list",
        "type_as",
        "unflatten",
        "unsqueeze",
    ),
)
"""Attributes of tensors, data frames, dicts and words that read like one of an array."""


def its_own(error: BaseException) -> bool:
    """Whether an error is the candidate's own, however it was called.

    >>> try:
    ...     np.zero(3)
    ... except AttributeError as reason:
    ...     its_own(reason)
    True
    """
    frame, words = _last(error), str(error)
    if frame is None or _inside(frame, os.path.join("groundup", "exam", "")):
        return False
    if isinstance(error, AttributeError | TypeError) and re.search(MODULES, words):
        return True  # NumPy raises it in a line of its own
    if _inside(frame, "site-packages"):
        return False
    if isinstance(error, NameError):
        return not isinstance(error, UnboundLocalError)
    if _of_nothing_else_than_none(error, frame):
        return True
    if isinstance(error, AttributeError):
        return re.search(NEVER_GIVEN, words) is not None or _is_nowhere(error, frame) or _is_a_slip(error, frame)
    if isinstance(error, TypeError) and re.search(QUOTIENT, words):
        return _counts_by_a_quotient(error)
    return isinstance(error, TypeError) and re.search(CALLS, words) is not None and _given_plain(frame)


def _last(error: BaseException) -> FrameType | None:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return None if place is None else place.tb_frame


def _inside(frame: FrameType, folder: str) -> bool:
    return folder in frame.f_code.co_filename


def _is_nowhere(error: AttributeError, frame: FrameType) -> bool:
    """Whether an attribute of one of the file's own objects is stored by nothing in the file."""
    thing, name = error.obj, error.name
    if not name or type(thing).__module__ != frame.f_globals.get("__name__") or len(type(thing).__mro__) > 2:
        return False
    return bool(_text(frame)) and name not in _names_of(frame) and not _stores_by_name(frame)


def _is_a_slip(error: AttributeError, frame: FrameType) -> bool:
    """Whether an array was asked for an attribute that is nearly one of its own, and that nothing else has."""
    name = error.name or ""
    if type(error.obj) is not np.ndarray or len(name) < 5 or name.strip("_") != name or name in OF_OTHERS:
        return False
    return bool(difflib.get_close_matches(name, dir(np.ndarray), 1, 0.75)) and name not in _names_of(frame)


def _of_nothing_else_than_none(error: BaseException, frame: FrameType) -> bool:
    """Whether self.h is None where it is used, and the file stores nothing but None in h."""
    if not isinstance(error, AttributeError | TypeError) or "'NoneType'" not in str(error) or _stores_by_name(frame):
        return False
    owner = next(iter(frame.f_code.co_varnames[: frame.f_code.co_argcount]), "")
    own = frame.f_locals.get(owner)
    nodes = _nodes(frame)
    if own is None or type(own).__module__ != frame.f_globals.get("__name__") or len(type(own).__mro__) > 2:
        return False
    line = _last_line(error)
    used = {
        n.value.attr
        for n in nodes
        if isinstance(n, ast.Attribute | ast.Subscript)
        and isinstance(n.value, ast.Attribute)
        and isinstance(n.value.value, ast.Name)
        and n.value.value.id == owner
        and n.lineno <= line <= (n.end_lineno or n.lineno)
    }
    empty = {name for name in used if getattr(own, name, 0) is None}
    stores = [n for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store) and n.attr in empty]
    nones = {
        id(target)
        for n in nodes
        if isinstance(n, ast.Assign | ast.AnnAssign) and isinstance(n.value, ast.Constant) and n.value.value is None
        for target in (n.targets if isinstance(n, ast.Assign) else [n.target])
    }
    return bool(empty) and bool(stores) and all(id(n) in nones for n in stores)


def _counts_by_a_quotient(error: BaseException) -> bool:
    """Whether the line that raised counts, or cuts, by a quotient or by a multiple of a decimal number."""
    frame, line = _last(error), _last_line(error)
    if frame is None:
        return False
    found: list[ast.expr] = []
    for n in _nodes(frame):
        if isinstance(n, ast.Call) and n.lineno <= line <= (n.end_lineno or n.lineno):
            name = n.func.attr if isinstance(n.func, ast.Attribute) else getattr(n.func, "id", "")
            found += n.args if name in COUNTED else []
        if isinstance(n, ast.Slice) and n.lineno <= line <= (n.end_lineno or n.lineno):
            found += [bound for bound in (n.lower, n.upper, n.step) if bound is not None]
    found += [inner for n in found if isinstance(n, ast.Tuple) for inner in n.elts]
    return any(map(_is_never_whole, found))


def _is_never_whole(value: ast.expr) -> bool:
    if not isinstance(value, ast.BinOp):
        return False
    decimal = any(isinstance(n, ast.Constant) and isinstance(n.value, float) for n in (value.left, value.right))
    return isinstance(value.op, ast.Div) or (isinstance(value.op, ast.Mult) and decimal)


def _last_line(error: BaseException) -> int:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return 0 if place is None else place.tb_lineno


def _text(frame: FrameType) -> str:
    return "".join(linecache.getlines(frame.f_code.co_filename))


def _nodes(frame: FrameType) -> list[ast.AST]:
    """All that the file of a frame says; nothing where it cannot be read."""
    try:
        return list(ast.walk(ast.parse(_text(frame))))
    except SyntaxError:
        return []


def _names_of(frame: FrameType) -> set[str]:
    """What the file stores or defines by name, as an attribute or otherwise."""
    nodes = _nodes(frame)
    stored = {n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
    stored |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    return stored | {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _stores_by_name(frame: FrameType) -> bool:
    return bool(re.search(r"setattr|__dict__|__getattr", _text(frame)))


def _given_plain(frame: FrameType) -> bool:
    """Whether the function where it stands was given its own object, arrays, numbers and words only."""
    code = frame.f_code
    given: list[Any] = [frame.f_locals.get(n) for n in code.co_varnames[: code.co_argcount]]
    own = frame.f_globals.get("__name__")
    plain = (int, float, str, np.ndarray, np.generic, type(None), list, tuple)
    return all(isinstance(value, plain) or type(value).__module__ == own for value in given)
