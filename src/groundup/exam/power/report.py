"""What was found, as one page of Markdown."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from groundup.exam import boundary, examining
from groundup.exam.checks import all_checks
from groundup.exam.grading import QUESTIONS
from groundup.exam.mutants import catalogue as mistakes
from groundup.exam.power import alarms, calibration, catching
from groundup.exam.power.makes import installed
from groundup.exam.power.pieces import answers, version, versions
from groundup.exam.power.sitting import FORMULA

WORDS = {
    "regression": "regression",
    "classification": "two classes",
    "multiclass": "many classes",
    "formula": "single formulas",
}


def page(folder: Path, command: str = "groundup exam --power") -> str:
    """The whole page, from every piece that is done."""
    lines = [
        "# How strong the exam is",
        "",
        "An exam has two ways to be wrong: it fails a right learner, or it passes a wrong one. Both are counted here.",
        f"This page is made by `{command}`.",
        "",
        *false_alarms({v: alarms.merged(answers(folder, "alarms", v)) for v in versions(folder)}),
        *boundaries(calibration.merged(answers(folder, "calibration"))),
        *catalogue(catching.merged(answers(folder, "catalogue"))),
    ]
    return "\n".join(lines).rstrip() + "\n"


def words(text: str) -> Iterator[str]:
    """A paragraph."""
    yield from textwrap.wrap(text, 120)
    yield ""


def table(head: str, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A table; the first column is words, the others are numbers."""
    names = head.split("|")
    yield f"| {' | '.join(names)} |"
    yield "|---|" + "---:|" * (len(names) - 1)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def at_most(failed: int, asked: int) -> str:
    """The upper end of the exact confidence interval (95 %), by Clopper and Pearson.

    >>> at_most(0, 3000)
    '0.000998'
    """
    return f"{boundary.share(failed, asked, p=0.1)[1]:.3g}" if asked else "-"


def by_version(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Which version of the questions was asked how often; the last one is that of this page."""
    told = {v: one for v, one in found.items() if one["sat"]}
    if set(told) <= {version()}:
        return
    yield from words("The exams were sat while questions were still added; each version of them is counted:")
    yield from table(
        "version|exams of learners|of formulas|failed",
        (
            (
                f"{v}{' (this one)' if v == version() else ''}",
                f"{sum(n for title, n in one['sat'].items() if f', {FORMULA}' not in title):,}",
                f"{sum(n for title, n in one['sat'].items() if f', {FORMULA}' in title):,}",
                len({(f["make"], f["seed"]) for f in one["failed"]}),
            )
            for v, one in told.items()
        ),
    )


def false_alarms(versioned: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Right learners: by library, and by question."""
    found = alarms.merged(list(versioned.values()))
    if not found["sat"]:
        return
    failed: Counter[tuple[str, str]] = Counter((f["make"], f["seed"]) for f in found["failed"])
    whole: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for title, count in found["sat"].items():
        kind = (title.partition(":")[0], f", {FORMULA}" in title)
        whole[kind][0] += count
        whole[kind][1] += sum(make == title for make, _ in failed)
    yield "## Right learners that were failed"
    yield ""
    learners, formulas = (sum(n for (_, f), (n, _) in whole.items() if f is is_formula) for is_formula in (False, True))
    lost = sum(k for (_, f), (_, k) in whole.items() if not f)
    yield from words(
        f"{learners:,} whole exams of right learners, each with a seed of its own: {lost} failed. The true share of "
        f"failures is at most {at_most(lost, learners)} (95 % confidence, Clopper-Pearson). Single formulas sat "
        f"{formulas:,} exams more."
    )
    yield from by_version(versioned)
    _, missing = installed()
    for library, reason in missing.items():
        yield f"Left out, because it is not installed: {library} ({reason})."
    makes = {title for title in found["sat"] if f", {FORMULA}" not in title}
    yield from table(
        "made with|right learners|their exams|failed|at most|exams of formulas|failed",
        (
            (
                library,
                sum(title.startswith(library + ":") for title in makes),
                *(f"{whole[library, False][0]:,}", whole[library, False][1]),
                at_most(whole[library, False][1], whole[library, False][0]),
                *(f"{whole[library, True][0]:,}", whole[library, True][1]),
            )
            for library in dict.fromkeys(title.partition(":")[0] for title in found["sat"])
        ),
    )
    stated = _stated()
    lost_by = Counter((_kind(f["make"]), f["id"]) for f in found["failed"])
    yield from words(
        "Question by question. *Stated* is the probability with which a right learner is failed: 0 where the boundary "
        "is exact."
    )
    for kind, counts in found["asked"].items():
        yield f"**{WORDS.get(kind, kind)}**"
        yield ""
        yield from table(
            "question|asked|failed|at most|stated",
            (
                (
                    id,
                    f"{n:,}",
                    lost_by[kind, id],
                    at_most(lost_by[kind, id], n),
                    f"{stated[id]:.0e}" if stated.get(id) else 0,
                )
                for id, n in sorted(counts.items())
            ),
        )


def _kind(title: str) -> str:
    task = title.rpartition(", ")[2]
    return "formula" if task.startswith(FORMULA) else task


def _stated() -> dict[str, float]:
    tasks = [q for task in calibration.TASKS for q in all_checks(task)]
    return {q.id: q.false_alarm for q in [*tasks, *(q for asked in QUESTIONS.values() for q in asked)]}


def boundaries(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Statistical questions at p = 0.01."""
    if not found:
        return
    yield "## Are the boundaries where they say?"
    yield ""
    yield from words(
        "One in a billion cannot be counted. So each statistical question is asked again with p = 0.01 in the same "
        "formula, of a right learner with fresh seeds. Where the boundary is exact the failures are binomial; where it "
        "is a bound there are fewer. *Allowed* is between which counts they lie but for one in a million."
    )
    rows: list[Sequence[Any]] = []
    for line in found:
        low, high = boundary.binomial(line["asked"], calibration.LEVEL, 1e-6) if line["asked"] else (0, 0)
        verdict = "above" if line["failed"] > high else "below: a bound" if line["failed"] < low else "as stated"
        name = f"{line['id']}, {WORDS[line['task']]}"
        rows.append((name, line["asked"], line["failed"], f"{low} to {high}", verdict if line["asked"] else "no make"))
    yield from table("question|asked|failed|allowed|found", rows)


def catalogue(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Wrong learners: by style, and by question."""
    if not lines:
        return
    yield "## Wrong learners that were caught"
    yield ""
    yield from words(
        "The catalogue of mistakes: small wrong implementations, each a right one with one thing changed. Beside the "
        "exam, the same mistakes through the smoke tests that projects usually have (a high score, a loss that falls, "
        "shapes, known points), and through scikit-learn's `check_estimator`, each wrapped so that it keeps that "
        "library's manners; there a mistake counts as caught where a check fails that the right one passes. Formulas "
        "are no estimators, so they are not asked."
    )
    whole = len(mistakes())
    if len(lines) < whole:
        yield from words(f"Measured so far for {len(lines)} of the {whole} mistakes of the catalogue.")
    styles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        styles[line["style"]].append(line)
    styles["all"] = list(lines)
    yield from table(
        "style|mistakes|exam|smoke tests|check_estimator",
        (
            (
                style,
                len(own),
                _part(bool(line["failed"]) for line in own),
                _part(bool(line["smoke"]) for line in own),
                _part(bool(line["check_estimator"]) for line in own if line["check_estimator"] is not None),
            )
            for style, own in styles.items()
        ),
    )
    missed = [f"{line['style']}: {line['key']}" for line in lines if not line["failed"]]
    if missed:
        yield from words(f"Not caught: {'; '.join(missed)}.")
    caught, named = catching.named_right(lines)
    tries, hits = catching.named_in_another_style(lines)
    yield from words(
        f"Called by its own name, first or second: {named} of {caught} ({100 * named / max(caught, 1):.1f} %), with "
        "seeds that the stored patterns have not seen. Where every pattern of its own style is hidden, and another "
        f"style has the mistake: {hits} of {tries} ({100 * hits / max(tries, 1):.1f} %)."
    )
    yield from words("Which question catches how many, and how many only it catches:")
    all_of, alone = catching.catches(lines)
    claims = {q.id: q.claim for task in examining.TASKS for q in all_checks(task)}
    claims |= {q.id: q.claim for asked in QUESTIONS.values() for q in asked}
    yield from table(
        "question|catches|alone",
        ((f"{id}: {claims.get(id, '')}", n, alone[id] or "") for id, n in all_of.most_common()),
    )


def _part(values: Iterable[bool]) -> str:
    """How many, and in per cent."""
    all_of = list(values)
    return f"{sum(all_of)} ({100 * sum(all_of) / len(all_of):.0f} %)" if all_of else "-"
