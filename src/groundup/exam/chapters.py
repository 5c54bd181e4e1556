"""Where to read on: a page of our own documentation for each kind of question, before the book."""

from __future__ import annotations

import re

PAGES = (
    (r"B03b?", "docs/training.md", "Before training: the forecast"),
    (r"B1[1-5]|B22b?", "docs/training.md", "One epoch"),
    (r"Y\d+", "docs/training.md", "Stop early"),
    (r"B0[1-4].*|B09.*|B1[07]|B2[0-9].*|M\d+|[OSK]\d+", "docs/training.md", "Training that can be watched"),
    (r"C17.*", "docs/classification.md", "Classes that can be told apart without error"),
    (r"C0[48]", "docs/classification.md", "Are the chances true?"),
    (r"B0[5-8]|C.*", "docs/classification.md", "One of several classes"),
    (r"A04.*|A15.*", "docs/inference.md", "How sure is a fitted model?"),
    (r"A0[89].*", "docs/solvers.md", "The units of penalties"),
    (r"A.*", "docs/solvers.md", "Which solver?"),
    (r"[EN]\d+.*", "docs/networks.md", "Networks of neurons"),
    (r"D0[1-3].*", "docs/formulas/activations.md", "Activations"),
)
"""Which questions, the page, and the heading on it."""


def chapter(id: str, book: str) -> str:
    """The page of ours with its heading, and then the book; the book alone where we have no page.

    >>> chapter("B03", "Boyd and Vandenberghe, 9.3")
    'docs/training.md, "Before training: the forecast"; then Boyd and Vandenberghe, 9.3'
    >>> chapter("F17", "scikit-learn, developing estimators")
    'scikit-learn, developing estimators'
    """
    bare = id.partition(" ")[0]
    page = next((f'{file}, "{head}"' for ids, file, head in PAGES if re.fullmatch(ids, bare)), "")
    return "; then ".join(filter(None, (page, book)))
