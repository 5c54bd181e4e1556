"""A sealed file of arrays and one page of JSON: it is read whole and unchanged, or not at all.

    a .npz archive, nothing compressed:   model.json, coef_.npy, intercept_.npy, ...
    its comment, the last 64 bytes:       the SHA-256 of every byte before them

`np.load` reads it too. Nothing in it can run: no pickle. Nothing in it can ask for more memory than the file is long:
every size is compared with the bytes that are there before an array is made.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
import re
import stat
import struct
import zipfile
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn, cast

import numpy as np
from numpy.typing import NDArray

from groundup.errors import InputError, InputTypeError

PAGE = "model.json"
SEAL = 64
LARGEST_PAGE = 16 << 20
MOST_MEMBERS = 10_000
_MEMBER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*\.npy")
_WHAT_ZIPFILE_RAISES = (RuntimeError, EOFError, OSError, ValueError, struct.error, OverflowError, IndexError)
_DTYPE = r"[<>|](?:b1|[iu][1248]|f[248]|c8|c16|[US]\d{1,6})"
_HEADER = re.compile(  # NumPy's own reader tries harder: it would tokenise what is not a literal
    rf"\{{'descr': '(?P<descr>{_DTYPE})', 'fortran_order': (?P<fortran>True|False), "
    r"'shape': \((?P<shape>(?:\d{1,18}, ?)*(?:\d{1,18})?)\), \} *\n"
)


def pack(page: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The bytes of the file; the same page and arrays always give the same bytes.

    >>> page, arrays = unpack(pack({"class": "Line"}, {"coef_": np.array([2.0])}))
    >>> page, arrays
    ({'class': 'Line'}, {'coef_': array([2.])})
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        text = json.dumps(page, ensure_ascii=False, allow_nan=False, indent=1)
        _add(archive, PAGE, text.encode())
        for name, array in arrays.items():
            if not re.fullmatch(_DTYPE, array.dtype.str):
                raise InputTypeError(f"{name} cannot be saved: it holds {array.dtype}, not plain numbers or text.")
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            _add(archive, f"{name}.npy", member.getvalue())
        archive.comment = b"0" * SEAL
    body = out.getvalue()[:-SEAL]
    return body + hashlib.sha256(body).hexdigest().encode()


def unpack(content: bytes, name: str = "the file") -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The page and the arrays. Raises InputError, in one sentence, for anything that `pack` did not write."""
    _check_seal(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _members(archive, len(content), name)
            texts = {info.filename: archive.read(info) for info in members}
    except InputError:
        raise
    except (zipfile.BadZipFile, *_WHAT_ZIPFILE_RAISES) as error:
        refuse(name, f"its archive cannot be read ({type(error).__name__})")
    page = _page(texts.pop(PAGE), name)
    return page, {member[: -len(".npy")]: _array(text, member, name) for member, text in texts.items()}


def read(path: str | PathLike[str]) -> bytes:
    """The bytes of a file; InputError where there is none, or where it is not a plain file."""
    place = Path(path)
    try:
        with open(
            os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
        ) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError(f"a model is a plain file; {str(place)!r} is not.")
            return file.read()
    except OSError as error:
        raise InputError(f"the model {str(place)!r} cannot be read: {error.strerror}.") from None


def refuse(name: str, why: str) -> NoReturn:
    """Say why a file is not to be trusted, and what to do."""
    raise InputError(f"{name} is not a model that can be trusted: {why}. Save the model again, or use another copy.")


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)


def _check_seal(content: bytes, name: str) -> None:
    if not content.startswith(b"PK\x03\x04"):
        raise InputError(f"{name} is not a model saved by groundup; expected a .npz file made by model.save(path).")
    body, seal = content[:-SEAL], content[-SEAL:]
    if hashlib.sha256(body).hexdigest().encode() != seal:
        refuse(name, "its check sum does not match, so it was damaged, cut short or changed after it was saved")


def _members(archive: zipfile.ZipFile, length: int, name: str) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    names = [info.filename for info in members]
    odd = next((member for member in names if member != PAGE and not _MEMBER.fullmatch(member)), None)
    if len(members) > MOST_MEMBERS:
        refuse(name, f"it has {len(members):,} parts, more than {MOST_MEMBERS:,}")
    if odd is not None:
        refuse(name, f"it has a part named {odd[:60]!r}")
    if PAGE not in names or len(set(names)) < len(names):
        refuse(name, f"it must hold {PAGE} and every other part exactly once")
    if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 0x1 for info in members):
        refuse(name, "its parts must be stored as they are, neither compressed nor encrypted")
    if sum(info.file_size for info in members) > length:
        refuse(name, f"its parts claim to be larger than the file's {length:,} bytes")
    return members


def _page(text: bytes, name: str) -> dict[str, Any]:
    if len(text) > LARGEST_PAGE:
        refuse(name, f"{PAGE} has {len(text):,} bytes, more than {LARGEST_PAGE:,}")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) < len(pairs):
            refuse(name, f"{PAGE} has the same key twice")
        return dict(pairs)

    def finite(number: str) -> float:
        if not math.isfinite(float(number)):
            refuse(name, f"{PAGE} holds {number[:20]}, which is not a finite number")
        return float(number)

    try:
        page = json.loads(text.decode("utf-8"), object_pairs_hook=once, parse_constant=finite, parse_float=finite)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        refuse(name, f"{PAGE} cannot be read ({type(error).__name__})")
    except InputError:
        raise
    except ValueError:  # a whole number of more digits than Python will convert
        refuse(name, f"{PAGE} holds a number that is too long")
    if not isinstance(page, dict):
        refuse(name, f"{PAGE} must be a JSON object")
    return cast(dict[str, Any], page)


def _array(text: bytes, member: str, name: str) -> NDArray[Any]:
    """The array in a .npy, made only after its header has been found to agree with the bytes that follow."""
    start = 10 + int.from_bytes(text[8:10], "little")
    header = _HEADER.fullmatch(text[10:start].decode("latin1")) if text[:8] == b"\x93NUMPY\x01\x00" else None
    if header is None:
        refuse(name, f"the header of {member} is not one of plain numbers or text")
    dtype, order = np.dtype(header["descr"]), "F" if header["fortran"] == "True" else "C"
    shape = tuple(int(size) for size in header["shape"].split(",") if size.strip())
    if len(shape) > 32 or len(text) - start != math.prod(shape) * dtype.itemsize or any(n > len(text) for n in shape):
        refuse(name, f"{member} says that its shape is {shape[:9]}, which does not fit its {len(text):,} bytes")
    flat = np.frombuffer(text[start:], dtype) if dtype.itemsize else np.zeros(math.prod(shape), dtype)
    return flat.reshape(shape, order=order).copy(order=order)
