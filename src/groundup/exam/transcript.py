"""A transcript: what a card says, signed, so that it can be shown and checked without a network.

    read_key     the secret of whoever examines
    sign         from a card to a transcript
    verify       whether not a letter of it was changed since

The signature is HMAC-SHA-256 over all fields in one fixed spelling. Whoever has the key can sign and verify; whoever
has not can repeat the exam, for the seed and the fingerprint of the source are in the transcript. Why so is told in
docs/decisions/0012-how-a-transcript-is-signed.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

from groundup import __version__
from groundup.errors import InputError
from groundup.exam.card import Card

KIND = "groundup transcript 1"
SHORTEST = 16


class NotGenuineError(InputError):
    """A transcript that was not signed with this key, or was changed since."""


def new_key(path: str | PathLike[str]) -> None:
    """Write 256 random bits, as text, to a new file that only its owner can read."""
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InputError(f"{path} exists; a key is never overwritten. Choose another name.") from None
    with open(place, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")


def read_key(path: str | PathLike[str]) -> bytes:
    """The key in this file, without blanks at its ends. Raises InputError below 16 bytes."""
    try:
        key = Path(path).read_bytes().strip()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read as a key: {error.strerror}. `groundup transcript key` makes one."
        ) from None
    if len(key) < SHORTEST:
        raise InputError(
            f"a key has at least {SHORTEST} bytes; {path} has {len(key)}. `groundup transcript key FILE` makes one."
        )
    return key


def sign(card: Card, key: bytes, *, learner: str = "", source: str | PathLike[str] | None = None) -> dict[str, Any]:
    """The transcript of this card.

    >>> card = Card("Model", "regression", 7, [], {}, [])
    >>> found = sign(card, b"a key of the teacher", learner="Ada")
    >>> verify(found, b"a key of the teacher")["learner"]
    'Ada'
    >>> verify({**found, "passed": True}, b"a key of the teacher")
    Traceback (most recent call last):
    groundup.exam.transcript.NotGenuineError: this is not what was signed: it was changed, or signed with another key.
    """
    content: dict[str, Any] = {
        "kind": KIND,
        "version": __version__,
        "learner": learner,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "source": "" if source is None else fingerprint(source),
        **{name: value for name, value in card.as_dict().items() if name not in ("verdicts", "mistakes")},
        "questions": [
            {"id": v.id, "claim": v.claim, "outcome": v.outcome, "measured": _digits(v.measured)} for v in card.verdicts
        ],
    }
    content["false_alarm"] = _digits(content["false_alarm"])
    return {**content, "signature": _signature(content, key)}


def verify(transcript: Mapping[str, Any], key: bytes) -> dict[str, Any]:
    """Its content; NotGenuineError where a single letter differs from what was signed with this key."""
    content = {name: value for name, value in transcript.items() if name != "signature"}
    given = transcript.get("signature")
    if not isinstance(given, str) or not given.isascii() or not hmac.compare_digest(given, _signature(content, key)):
        raise NotGenuineError("this is not what was signed: it was changed, or signed with another key.")
    if content.get("kind") != KIND:
        raise NotGenuineError(f"this is signed, but it is no {KIND!r}.")
    return content


def fingerprint(source: str | PathLike[str]) -> str:
    """SHA-256 of the file that was examined."""
    return hashlib.sha256(Path(source).read_bytes()).hexdigest()


def write(path: str | PathLike[str], transcript: Mapping[str, Any]) -> None:
    """As JSON that can be read by people too."""
    Path(path).write_text(json.dumps(transcript, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: str | PathLike[str]) -> dict[str, Any]:
    """The transcript in this file, not yet verified. Raises InputError where it is none."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"), object_pairs_hook=_once)
    except ValueError as error:
        raise InputError(f"{path} is no transcript: {error}.") from None
    if not isinstance(found, dict):
        raise InputError(f"{path} is no transcript: it holds no JSON object.")
    return found  # pyright: ignore[reportUnknownVariableType]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice could show people one value and the signature another."""
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"{twice!r} stands in it twice")
    return dict(pairs)


def _digits(value: float | None) -> str | None:
    """A number as text: then no reader of JSON can round it, and what is signed is what is written."""
    return None if value is None else repr(float(value))


def _signature(content: Mapping[str, Any], key: bytes) -> str:
    """HMAC-SHA-256 of the content in one spelling: names sorted, no blanks, ASCII."""
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(key, spelled.encode("ascii"), hashlib.sha256).hexdigest()
