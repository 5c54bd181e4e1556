"""Errors that no call can be to blame for: they stand in the candidate's own lines, whatever it is given.

NameError                       a name that the file does not have
'module' object is not callable, module 'numpy' has no attribute 'zero'
'tuple' object has no attribute 'dot'      the exam gives no tuples
'Line' object has no attribute 'n'         nothing in the file stores an attribute of that name
f() takes 1 positional argument but 2 were given, where the file itself calls f
"""

from __future__ import annotations

import ast
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
    if isinstance(error, AttributeError):
        return re.search(NEVER_GIVEN, words) is not None or _is_nowhere(error, frame)
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
    thing, name, file = error.obj, error.name, frame.f_code.co_filename
    if not name or type(thing).__module__ != frame.f_globals.get("__name__") or len(type(thing).__mro__) > 2:
        return False
    text = "".join(linecache.getlines(file))
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:
        return False
    stored = {n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
    named = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    named |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return bool(text) and name not in stored | named and not re.search(r"setattr|__dict__|__getattr", text)


def _given_plain(frame: FrameType) -> bool:
    """Whether the function where it stands was given its own object, arrays, numbers and words only."""
    code = frame.f_code
    given: list[Any] = [frame.f_locals.get(n) for n in code.co_varnames[: code.co_argcount]]
    own = frame.f_globals.get("__name__")
    plain = (int, float, str, np.ndarray, np.generic, type(None), list, tuple)
    return all(isinstance(value, plain) or type(value).__module__ == own for value in given)
