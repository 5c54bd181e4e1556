"""The exam as pytest tests: one test for each question, and each fails with the number and the mistake."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal

from groundup.errors import InputError, InputTypeError
from groundup.exam import chapters, grading
from groundup.exam.card import Card
from groundup.exam.checks import all_checks
from groundup.exam.examining import TASKS, examine, formulas_of
from groundup.exam.jail import Limits
from groundup.exam.parts import numbers, sentence


def parametrize(
    candidate: Any,
    task: str = "regression",
    *,
    seed: int | Literal["fresh"] = 0,
    limits: Limits | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make one pytest test for each question of the exam.

        @gu.exam.parametrize(MyModel(), task="regression")
        def test_my_model(question):
            question()

    A test is skipped where the candidate cannot be asked. With the fixed seed the same questions are asked each time;
    `seed="fresh"` asks new ones, and a failure says which seed repeats it. A right candidate then fails a whole exam
    with a probability below 1e-7. Raises ImportError without pytest.

    >>> import groundup as gu
    >>> @gu.exam.parametrize(gu.LinearRegression())
    ... def test_line(question):
    ...     question()
    >>> [question.id for question in test_line.pytestmark[0].args[1][:2]]
    ['S01', 'F16']
    """
    try:
        import pytest
    except ImportError:
        raise ImportError("the exam makes tests for pytest, which is not installed: pip install pytest") from None
    if task not in TASKS:
        raise InputError(f"task must be one of {', '.join(TASKS)}; got {task!r}.")
    if seed != "fresh" and (isinstance(seed, bool) or not isinstance(seed, int)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputTypeError(f'seed must be a whole number or "fresh"; got {seed!r}.')
    sitting = Sitting(candidate, task, secrets.randbelow(2**31) if seed == "fresh" else seed, limits)
    questions = [Question(sitting, id) for id in sitting.ids()]
    return pytest.mark.parametrize("question", questions, ids=[question.id for question in questions])


class Sitting:
    """One exam, sat when the first of its tests runs."""

    def __init__(self, candidate: Any, task: str, seed: int, limits: Limits | None):
        self.candidate, self.task, self.seed, self.limits = candidate, task, seed, limits

    def ids(self) -> list[str]:
        """The questions by their numbers, known before a single one is asked."""
        found = dict(formulas_of(self.candidate))
        formulas = [f"{q.id} {name}" for name, (_, wanted) in found.items() for q in grading.QUESTIONS[wanted.kind]]
        return [*(q.id for q in all_checks(self.task)), *formulas]

    @cached_property
    def card(self) -> Card:
        """The card of the whole exam."""
        return examine(self.candidate, self.task, self.seed, limits=self.limits)


class Question:
    """One question as a test: call it."""

    def __init__(self, sitting: Sitting, id: str):
        self.sitting, self.id = sitting, id

    def __repr__(self) -> str:
        return self.id

    def __call__(self) -> None:
        """Pass, skip, or fail with the claim, the number, the experiment and the likely mistake."""
        import pytest

        __tracebackhide__ = True
        card = self.sitting.card
        verdict = next((v for v in card.verdicts if v.id == self.id), None)
        if verdict is None or verdict.outcome == "not examined":
            pytest.skip(verdict.words if verdict is not None else "it cannot be asked this")
        if verdict.outcome == "failed":
            told = [verdict.claim, sentence(verdict.words), numbers(verdict), verdict.experiment]
            told += [f"Likely mistake: {sentence(card.mistake)}"] if card.mistake else []
            told += [f"To read: {chapters.chapter(verdict.id, verdict.read)}."] if verdict.read else []
            pytest.fail("\n".join([*filter(None, told), f"(seed={card.seed})"]), pytrace=False)
