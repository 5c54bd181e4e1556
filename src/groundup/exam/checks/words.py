"""Words of a candidate's own that are a promise: whoever says so fails where it does not hold, and gets no remark.

Each is a pattern for `Check.promise`, and looked for in the name, the docstrings and the defaults of the arguments.
"""

from __future__ import annotations

import re
from typing import Any

NAN = r"\b(raises?|refuses?|rejects?|an error)\b[^.=]{0,150}(missing|\bNaNs?\b)"
UNITS = r"(whatever|any|in unlike) (the )?units"
NOTHING_NEW = r"columns?[^.]{0,80}(are constant|constant,|there twice)"
TWINS = r"columns?[^.]{0,80}nearly (the same|alike|collinear)"
APART = r"(told|tells?) apart|(perfect(ly)?|complete(ly)?)[ -]separa"
NO_LIKELIEST = r"no (finite )?likeliest|maximum likelihood[^.]{0,40}(not|n't) exist"
NO_NUMBER = r"\bNaN\b[^.]{0,150}(not determine|not identif|not estimable|cannot tell)"
CHOOSES = r"\b(epochs|\w+_epochs|n_iters?|max_iter|iterations)='auto'"
STANDARDISES = r"\b(standardi[sz]e|normali[sz]e)=('auto'|True)"
STANDARDISES_Y = r"\bstandardi[sz]e\b[^.]{0,120}(prediction|target)"
FLAT = r"\by one entry a row|\by\b[^.]{0,60}\((n|n_samples|rows|n_rows),\)"


def says(c: Any, pattern: str) -> bool:
    """Whether this candidate has given its word."""
    return re.search(pattern, c.promises, re.IGNORECASE) is not None
