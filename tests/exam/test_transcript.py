"""A transcript says what was signed, and nothing else. Kills: a field that is not signed, a key that is not asked."""

from __future__ import annotations

import copy
import json
import stat
import sys

import pytest

import groundup as gu
from groundup.exam import transcript

KEY = b"the secret of a teacher"


@pytest.fixture(scope="module")
def card():
    return gu.exam.grade(lambda z: 1 / (1 + 2.718281828459045 ** (-z)), "sigmoid", seed=5)


@pytest.fixture(scope="module")
def signed(card):
    return transcript.sign(card, KEY, learner="Ada", source=__file__)


def places(value, path=()):
    """Every leaf, by the way to it."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from places(item, (*path, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from places(item, (*path, place))
    else:
        yield path


def other(value):
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "x"
        case None:
            return "x"
    raise AssertionError(value)


def changed(signed, path, value):
    copied = copy.deepcopy(signed)
    inside = copied
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return copied


def test_what_was_signed_is_genuine_also_after_a_file(card, signed, tmp_path):
    path = tmp_path / "t.json"
    transcript.write(path, signed)
    content = transcript.verify(transcript.read(path), KEY)
    assert content["learner"] == "Ada"
    assert content["seed"] == 5
    assert content["source"] == transcript.fingerprint(__file__)
    assert [q["id"] for q in content["questions"]] == [v.id for v in card.verdicts]
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert transcript.verify(transcript.read(path), KEY) == content


def test_every_single_field_that_is_changed_is_seen(signed):
    every = list(places(signed))
    assert len(every) > 50
    for path in every:
        value = signed
        for step in path:
            value = value[step]
        with pytest.raises(transcript.NotGenuineError):
            transcript.verify(changed(signed, path, other(value)), KEY)


def test_fields_that_are_added_taken_away_or_put_in_another_order_are_seen(signed):
    with pytest.raises(transcript.NotGenuineError):
        transcript.verify({**signed, "honours": True}, KEY)
    for name in signed:
        with pytest.raises(transcript.NotGenuineError):
            transcript.verify({n: v for n, v in signed.items() if n != name}, KEY)
    with pytest.raises(transcript.NotGenuineError):
        transcript.verify({**signed, "questions": signed["questions"][::-1]}, KEY)
    for questions in (signed["questions"][1:], [*signed["questions"], signed["questions"][0]]):
        with pytest.raises(transcript.NotGenuineError):
            transcript.verify({**signed, "questions": questions}, KEY)


def test_another_key_or_a_strange_signature_is_seen(signed):
    with pytest.raises(transcript.NotGenuineError):
        transcript.verify(signed, KEY + b"!")
    for strange in (None, 3, "", "é" * 64, ["x"]):
        with pytest.raises(transcript.NotGenuineError):
            transcript.verify({**signed, "signature": strange}, KEY)


def test_something_else_that_was_signed_is_no_transcript(signed):
    content = {"kind": "groundup transcript 9"}
    with pytest.raises(transcript.NotGenuineError, match="no 'groundup transcript 1'"):
        transcript.verify({**content, "signature": transcript._signature(content, KEY)}, KEY)


def test_a_name_that_stands_twice_is_refused(tmp_path, signed):
    """Kills: a file that shows people the first value, and the check the last."""
    path = tmp_path / "t.json"
    text = json.dumps(signed)
    path.write_text('{"passed": true, ' + text[1:], encoding="utf-8")
    with pytest.raises(gu.InputError, match="'passed' stands in it twice"):
        transcript.read(path)
    for text in ("[]", "no json"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(gu.InputError, match="is no transcript"):
            transcript.read(path)


def test_keys(tmp_path):
    path = tmp_path / "teacher.key"
    transcript.new_key(path)
    assert len(transcript.read_key(path)) == 64
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(gu.InputError, match="never overwritten"):
        transcript.new_key(path)
    path.with_name("short.key").write_text("secret\n", encoding="utf-8")
    with pytest.raises(gu.InputError, match="at least 16 bytes"):
        transcript.read_key(path.with_name("short.key"))
    with pytest.raises(gu.InputError, match="cannot be read as a key"):
        transcript.read_key(tmp_path / "nowhere.key")
