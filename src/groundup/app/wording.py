"""What the library says in its own words, said in those of the command line."""

from __future__ import annotations

import re

NAMES = "l1|l2|learning_rate|batch_size|epochs|solver|loss|tolerance"
"""Parameters that are options too."""


def as_options(sentence: str) -> str:
    """`l2=0.001` is typed `--l2 0.001`.

    >>> as_options("the loss rose. Use l2 (for instance l2=0.001), or learning_rate='safe'.")
    'the loss rose. Use --l2 (for instance --l2 0.001), or --learning-rate safe.'
    """
    sentence = re.sub(rf"\b({NAMES})=['\"]?([\w.+-]*\w)['\"]?", _option, sentence)
    return re.sub(r"\bUse (l1|l2)\b", r"Use --\1", sentence)


def _option(found: re.Match[str]) -> str:
    return f"--{found[1].replace('_', '-')} {found[2]}"
