"""Room 7: judging. A test kit for anything that learns.

    examining     examine(candidate, task) -> Card
    grading       grade(function, "sigmoid") -> Card: one formula of a learner's own
    boundary      boundaries with a stated false-alarm probability, for tests of your own
    plugin        parametrize(candidate): the same questions as pytest tests
    practice      an exercise for every formula, step and model
    submissions   many candidates, graded one beside the other
    transcript    what a card says, signed
    card          the report card; parts, text, page: what stands on it, as text, Markdown and HTML
    loading       from FILE.py:NAME, or a notebook, to the thing itself
    sitting       which exam it sits: of a formula, an exercise, or the whole one
    slips         the slip by which an answer was missed, measured
    guessing      which task it is for, where nobody says it
    handshake     where a call is a guess, an error at the first table leaves it open
    evidence      Check, Evidence, Verdict: the nouns
    checks        the questions
    candidates    whatever learns, in one shape
    reference     the right answers, by the plainest formulas
    jail          a child process in which a candidate may do what it likes
    mutants       a catalogue of mistakes: small wrong implementations, each with its name
    naming        from the pattern of failed questions to the name of the mistake
    fingerprints  python -m groundup.exam.fingerprints makes those patterns anew

>>> import groundup as gu
>>> print(gu.exam.examine(lambda X, y, learning_rate, epochs: (0 * X[0], 0.0)).passed)
False
"""

from __future__ import annotations

from groundup.exam import boundary, guessing, loading, practice, sitting, transcript
from groundup.exam.card import Card
from groundup.exam.evidence import Check, Evidence, Verdict
from groundup.exam.examining import examine
from groundup.exam.grading import grade
from groundup.exam.jail import Limits
from groundup.exam.plugin import parametrize

__all__ = [
    "Card",
    "Check",
    "Evidence",
    "Limits",
    "Verdict",
    "boundary",
    "examine",
    "grade",
    "guessing",
    "loading",
    "parametrize",
    "practice",
    "sitting",
    "transcript",
]
