"""The exam's strength is measured rightly: pieces that go on, right learners that pass, levels that are put back.

Statistical: one count at p = 0.01 is judged with a false alarm of 1e-6, and the seeds are fixed.
"""

from __future__ import annotations

import json
import sys

import pytest

import groundup as gu
from groundup.exam import naming
from groundup.exam.checks import all_checks
from groundup.exam.mutants import RIGHT, build, catalogue, right_code
from groundup.exam.power import alarms, calibration, catching, makes, outside, pieces, report, smoke

MAKES, MISSING = makes.installed()
QUICK = [m for m in MAKES if m.every <= 3 and "catalogue" not in m.name and not m.task.startswith("formula")]


@pytest.mark.parametrize("make", QUICK, ids=lambda m: m.title)
def test_right_learners_of_every_library_pass(make):
    """Kills: a question that fails a right learner of a make that the other tests do not have."""
    found = alarms.answer([(make, 12)])
    assert found["failed"] == []
    assert sum(found["asked"][next(iter(found["asked"]))].values()) >= 6


def test_there_are_at_least_eight_makes():
    pytest.importorskip("sklearn")
    pytest.importorskip("scipy")
    pytest.importorskip("statsmodels")
    assert len({m.title for m in MAKES if not m.task.startswith("formula")}) >= 15
    assert len({m.library for m in MAKES}) >= 5


def test_a_library_that_is_not_here_is_left_out_and_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    found, missing = makes.installed()
    assert "statsmodels" in missing
    assert not any(m.library == "statsmodels" for m in found)


def test_a_wrong_learner_is_a_failure_that_is_counted_with_its_seed():
    """Kills: a count of failures that is always 0."""
    wrong = makes.Make("wrong", "NumPy", "formula sigmoid", lambda: lambda z: z)
    right = makes.Make("right", "NumPy", "formula relu", lambda: lambda z: abs(z) / 2 + z / 2)
    found = alarms.merged([alarms.answer([(wrong, 5), (right, 5)]), alarms.answer([(wrong, 6)])])
    assert {(f["make"], f["seed"]) for f in found["failed"]} == {(wrong.title, 5), (wrong.title, 6)}
    text = "\n".join(report.false_alarms({"new": found}))
    assert "Single formulas sat 3 exams more" in text
    assert "| NumPy | 0 | 0 | 0 | - | 3 | 2 |" in text
    text = "\n".join(report.false_alarms({"new": found, "old": found}))
    assert "Single formulas sat 6 exams more" in text
    assert "| old | 0 | 3 | 2 |" in text


def test_pieces_hold_as_many_exams_as_asked_and_fresh_seeds():
    made = [makes.Make("a", "NumPy", "regression", list), makes.Make("b", "NumPy", "regression", list, 10)]
    seen = []
    for piece in alarms.pieces(made, 100, 1000):
        seen += piece.work.__defaults__[0]
    assert len(seen) >= 100
    assert len({(m.name, s) for m, s in seen}) == len(seen)
    assert {s for m, s in seen if m.name == "b"} == set(range(1000, max(s for _, s in seen) + 1, 10))


def test_shards_do_everything_once_and_nothing_twice(tmp_path):
    """Kills: a piece that two shards do, or none; work that starts anew after a stop."""
    done = []
    work = [pieces.Piece(f"t-{k}", lambda k=k: done.append(k) or {"k": k}) for k in range(7)]
    for shard in ("1/3", "2/3", "3/3", "1/1"):
        list(pieces.do(pieces.missing(work, tmp_path, pieces.shard_of(shard)), tmp_path))
    assert sorted(done) == list(range(7))
    assert [found["k"] for found in pieces.answers(tmp_path, "t")] == list(range(7))
    for wrong in ("0/3", "4/3", "1", "a/b"):
        with pytest.raises(gu.InputError, match="shard"):
            pieces.shard_of(wrong)


def test_the_version_changes_with_whatever_decides_an_outcome(tmp_path):
    """Kills: strength results that are taken for those of other questions, other calls or other books."""
    names = {str(path.relative_to(pieces.ROOM)) for path in pieces.deciding()}
    assert names >= {"handshake.py", "alone.py", "parts.py", "loading.py", "guessing.py", "part_names.py", "slips.py"}
    assert names >= {"pieces/layers.py", "checks/ways.py", "candidates/makers.py", "grading/steppers.py", "jail.py"}
    assert not [name for name in names if name.startswith(("practice/", "power/", "mutants/", "card", "page"))]
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    seen = {pieces.of_files([one, two]), pieces.of_files([one]), pieces.of_files([two, one])}
    two.write_text("c", encoding="utf-8")
    assert len(seen | {pieces.of_files([one, two])}) == 4


def test_a_level_is_put_back_also_after_an_error():
    question = next(q for q in all_checks("regression") if q.id == "A02")
    room = question.ask.__globals__
    before = room["P"]
    with pytest.raises(AssertionError, match="inside"), calibration.at_level(question, 0.01):
        assert room["P"] != 0.01, "inside"
    assert room["P"] == before


def test_every_question_of_chance_can_be_asked_at_another_level():
    """Kills: a boundary that is a number of its own, which no calibration would ever see."""
    for asked in calibration.questions().values():
        for question in asked:
            assert "P" in question.ask.__globals__
            assert "P" in question.ask.__code__.co_names, question.id


def test_a_boundary_is_where_it_says():
    """False alarm 1e-6."""
    question = next(q for q in all_checks("regression") if q.id == "A02")
    able = [m for m in MAKES if m.name == "normal equations"]
    found = calibration.merged([calibration.answer(question, "regression", able, first) for first in (0, 100, 200)])
    low, high = gu.exam.boundary.binomial(300, calibration.LEVEL, 1e-6)
    assert found[0]["asked"] == 300
    assert low <= found[0]["failed"] <= high


@pytest.mark.parametrize("style", RIGHT)
def test_right_ones_pass_the_smoke_tests(style):
    thing, task = RIGHT[style]
    assert smoke.smoke(build(right_code(style), thing, style), task) == []


def test_smoke_tests_and_check_estimator_catch_what_is_plain_to_see():
    pytest.importorskip("sklearn")
    mutant = next(m for m in catalogue() if m.id == "line_function: uphill")
    found = catching.of_one(mutant, 3)
    assert found["failed"]
    assert found["smoke"]
    assert "check_regressors_train" in found["check_estimator"]
    assert found["mistake"] in found["names"][:2]


def test_check_estimator_fails_a_wrapped_right_one_on_pickling_only():
    pytest.importorskip("sklearn")
    thing, task = RIGHT["line_class"]
    assert outside.failed(build(right_code("line_class"), thing, "line_class"), task) == {"check_estimators_pickle"}


def test_mistakes_are_named_in_a_style_that_the_patterns_do_not_have():
    """At least 90 %, with the stored patterns in the place of fresh answers."""
    lines = [{**p, "failed": p["signs"]} for p in naming.prints()]
    tries, hits = catching.named_in_another_style(lines)
    assert tries >= 100
    assert hits >= 0.9 * tries


def test_the_page_shows_what_is_in_the_folder(tmp_path):
    line = {"style": "s", "key": "k", "formula": "", "mistake": "m", "task": "regression", "failed": ["A01"]}
    line |= {"asked": ["A01"], "signs": ["A01"], "names": ["m"], "smoke": [], "check_estimator": None}
    text = "\n".join(report.catalogue([line, {**line, "failed": [], "key": "other"}]))
    assert "| s | 2 | 1 (50 %) | 0 (0 %) | - |" in text
    assert "Not caught: s: other." in text
    (tmp_path / pieces.version()).mkdir()
    found = {"id": "A02", "task": "regression", "make": "m", "asked": 1000, "failed": 40}
    (tmp_path / pieces.version() / "calibration-x.json").write_text(json.dumps(found), encoding="utf-8")
    low, high = gu.exam.boundary.binomial(1000, 0.01, 1e-6)
    assert f"| A02, regression | 1000 | 40 | {low} to {high} | above |" in report.page(tmp_path)
