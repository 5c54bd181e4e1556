"""Name a mistake by the pattern of failed questions that it leaves."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from groundup.exam.evidence import Verdict

WHOLE = ("regression", "classification", "multiclass")
FAINT = 0.1
"""Less like than this is not like at all. With 0.2, a mistake in another style than the stored ones went unnamed."""
FEW = 4
"""A sign that so few mistakes of the catalogue show tells them from the others; one that many show tells that something
is wrong."""
VAGUE = 0.45
"""How much less like a pattern is that has only signs in common which many mistakes show: never enough for a name."""
REFUTED = {"a loss that grows is taken for a loss that has converged": "it walks by another rate than it is given"}
"""Names that the words of a verdict rule out, whatever the pattern."""


TOLD = {
    "A12c:rows by their names": "pandas matches rows and labels by the names of the rows, and not by their places",
    "A16b:standardised weights": "the weights of standardised columns are handed back for the columns as given",
    "B11c:nothing learnt": "a table with fewer rows than a batch is not learnt from at all",
    "C11b:wraps round": "labels of one byte wrap round: 2 y - 1 of a 0 in uint8 is 255",
    "C12b:yes or no": "each class votes yes or no, and how sure it is is lost before the votes are compared",
    "E18:another way": "what a small batch moves the weights by is not the gradient of its own rows",
    "E19:chance in predict": "units are left out by chance in predict too, as drop-out does in training",
    "E20:all pairs of rows": "the loss is that of all pairs of rows: answers (n, 1) minus labels (n,) are (n, n)",
    "F22c:worse the second time": "a second training goes on with what the first one changed, as a fallen rate",
    "F31b:all pairs of rows": "its own figures are of all pairs of rows: answers (n, 1) minus labels (n,) are (n, n)",
    "F32:chance in predict": "predict gives another answer each time: something is still drawn by chance",
    "F33:mixed": "several columns of labels are mixed up with one another, as by a bias that they share",
    "O02:squares corrected with beta1": "the average of the squares is corrected with beta1 instead of beta2",
    "K05:each": "each gradient of a list is clipped by itself, and not all of them by their joint length",
    "O07:rate left out": "weight decay is not multiplied by the learning rate",
    "O10:nesterov": "with nesterov=True it is not Nesterov's form",
    "O10:nesterov idle": "nesterov=True changes nothing: the step does not look ahead along the new velocity",
    "O10:amsgrad": "with amsgrad=True it does not divide by the largest of the squares so far",
    "O10:amsgrad idle": "amsgrad=True changes nothing: the largest of the squares so far is not used",
    "O02:rate squared": "the learning rate is multiplied in twice",
    "P01:one power short": "the highest power is left out",
    "P01:one power more": "there is a power more than the degree says",
    "R01:least squares": "the slopes of far rows are not bounded: it is the answer of least squares",
    "R02:the other tail": "the quantile is that of the other tail",
}
"""Signs that are a name by themselves, where little else has failed."""
EXACT = {
    "C13:one column free": "the penalty leaves out a column in place of the bias",
    "A22:over the rows": "the penalty is weaker than the formula in its words by the number of rows",
    "A22:the rows": "the penalty is stronger than the formula in its words by the number of rows",
    "A22:parts changed places": "the two parts of the elastic net have changed places",
    "A01:nothing but the mean of y": "the loss is that of all pairs of rows, whose best answer is the mean of y: "
    "answers (n, 1) minus labels (n,) are (n, n)",
    "A01:bias is the mean of y": "the bias is the mean of y, although the columns are not centred",
    "A16:predict standardises by the rows it is given": "predict standardises by the rows it is given, not by those it "
    "learnt from",
    "B01:all pairs of rows": "the loss is that of all pairs of rows: answers (n, 1) minus labels (n,) are (n, n)",
    "B01:rows and labels come apart": "rows and labels are matched in different orders",
    "B01:gradients pile up": "gradients pile up from epoch to epoch: they are not set to zero",
    "B11:the last, smaller batch is left out": "the last, smaller batch is left out",
    "B11e:the last, smaller batch is left out": "the last, smaller batch is left out",
}
"""Signs of an answer that nothing else gives: they are a name whatever else has failed."""


@dataclass(frozen=True)
class Named:
    """A mistake of the catalogue, and how like it this candidate is: 1 is the same pattern."""

    mistake: str
    likeness: float


@cache
def prints() -> list[dict[str, Any]]:
    """The fingerprints of the catalogue: task, mistake, the questions asked and the signs found."""
    file = resources.files("groundup.exam").joinpath("fingerprints.json")
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []


def frequency(verdict: Verdict) -> int:
    """How many mistakes of the catalogue fail this question, in this way where it has a sign."""
    sign = max(verdict.signs, key=len, default="")
    counts = _counts()
    return counts[sign] or counts[verdict.id]


def names_itself(verdict: Verdict) -> bool:
    """Whether it has a sign that nothing else gives, and so is a name whatever else has failed."""
    return any(sign in EXACT for sign in verdict.signs)


@cache
def _counts() -> Counter[str]:
    return Counter(sign for p in prints() for sign in p["signs"])


def nearest(
    verdicts: Sequence[Verdict], task: str, known: Sequence[dict[str, Any]] | None = None, most: int = 3
) -> list[Named]:
    """The mistakes whose patterns are most like this one, the nearest first; none where nothing failed.

    Where no mistake of this task is like it, those of the other tasks are looked at: a last batch that is divided
    wrongly is the same mistake for a line and for two classes.
    """
    found = {sign for verdict in verdicts for sign in verdict.signs if verdict.outcome == "failed"}
    refuted = {name for name, words in REFUTED.items() if any(words in v.words for v in verdicts)}
    asked = {verdict.id for verdict in verdicts if verdict.outcome != "not examined"}
    patterns = [p for p in (prints() if known is None else known) if p["mistake"] not in refuted]
    tasks = [task, *(other for other in WHOLE if task in WHOLE and other != task)]
    likely = [likest(found, asked, one, patterns, most) for one in tasks]
    alone = len({sign.partition(":")[0] for sign in found}) <= 3
    told = [EXACT[sign] for sign in sorted(found & EXACT.keys()) if "B01:weights never move" not in found]
    told += [TOLD[sign] for sign in sorted(found & TOLD.keys()) if alone]
    alike = [
        n for n in next(filter(None, likely), likely[0]) if n.mistake not in told and (n.likeness < 1.0 or not told)
    ]
    return [*(Named(name, 1.0) for name in told), *alike][:most]


def likest(
    found: set[str], asked: set[str], task: str, patterns: Sequence[dict[str, Any]], most: int = 3
) -> list[Named]:
    """The same, from the signs that were found and the questions that were asked."""
    known = [p for p in patterns if p["task"] == task]
    if not found or not known:
        return []
    counts = Counter(sign for p in known for sign in p["signs"])
    own = {sign for sign, names in _bearers(known).items() if len(names) <= FEW and (":" in sign or task not in WHOLE)}
    best: dict[str, float] = {}
    for p in known:
        likeness = _likeness(found, asked, p, counts, len(known)) * (1.0 if own & found & set(p["signs"]) else VAGUE)
        best[p["mistake"]] = max(best.get(p["mistake"], 0.0), likeness)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return [Named(mistake, likeness) for mistake, likeness in ranked[:most] if likeness > FAINT]


def _bearers(known: Sequence[dict[str, Any]]) -> dict[str, set[str]]:
    """Which mistakes show each sign."""
    bearers: dict[str, set[str]] = {}
    for p in known:
        for sign in p["signs"]:
            bearers.setdefault(sign, set()).add(p["mistake"])
    return bearers


def _likeness(found: set[str], asked: set[str], known: dict[str, Any], counts: Counter[str], total: int) -> float:
    """The weight of the signs in common, over that of all signs.

    What this candidate was not asked does not count; what it failed and the other was not asked counts half.
    """

    def weight(signs: set[str]) -> float:
        # A sign with words behind it says more than that a question failed, and a rare one more than a common one.
        return sum(
            math.log((total + 2) / (counts[sign] + 1))
            * (3 if ":" in sign else 1)
            * (1 if sign.partition(":")[0] in known["asked"] else 0.5)
            for sign in signs
        )

    theirs = {sign for sign in known["signs"] if sign.partition(":")[0] in asked}
    whole = weight(found | theirs)
    return weight(found & theirs) / whole if whole else 0.0
