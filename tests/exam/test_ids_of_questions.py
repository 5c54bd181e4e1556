"""Each question has an id of its own. Kills: a new question that takes the id of another, which is then never asked."""

import importlib
import pkgutil

from groundup.exam import checks
from groundup.exam.evidence import Check


def test_no_two_questions_share_an_id():
    rooms = [
        importlib.import_module(f"{checks.__name__}.{info.name}") for info in pkgutil.iter_modules(checks.__path__)
    ]
    found = {id(thing): thing for room in rooms for thing in vars(room).values() if isinstance(thing, Check)}
    ids = sorted(question.id for question in found.values())
    assert ids == sorted(set(ids))
