"""The page about the benchmarks: tables, numbers for programs, and three pictures, into docs."""

from __future__ import annotations

import importlib
import json
import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.paired import HEAD

DOCS = Path(__file__).parents[1] / "docs"
FIRST, LAST = "<!-- the last run: written by make bench -->", "<!-- the end of the last run -->"
PACKAGES = ["numpy", "numba", "threadpoolctl", "scikit-learn", "scipy", "statsmodels", "torch", "jax", "glum"]
Records = dict[str, list[dict[str, Any]]]


def write(records: Records, printed: dict[str, str], seconds: float) -> None:
    """docs/performance.md between its two marks, docs/performance.json, and the pictures."""
    where = machine()
    pictures = draw(records)
    page = DOCS / "performance.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(FIRST)
    after = rest.partition(LAST)[2]
    found = f"{FIRST}\n\n{section(records, printed, where, seconds, pictures)}\n{LAST}"
    page.write_text(before + found + after, encoding="utf-8")
    numbers = {"machine": where, "seconds": round(seconds), "records": records}
    (DOCS / "performance.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    model = re.search(r"model name\s*:\s*(.*)", _read("/proc/cpuinfo"))
    found = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "processor": model.group(1) if model else platform.processor(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "load before": f"{os.getloadavg()[2]:.1f} (mean of the last 15 minutes)",
        "python": platform.python_version(),
    }
    return found | {name: _version(name) for name in PACKAGES}


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def section(
    records: Records, printed: dict[str, str], where: dict[str, str], seconds: float, pictures: list[str]
) -> str:
    """The generated part of the page."""
    said = ", ".join(f"{name} {value}" for name, value in where.items())
    lines = [f"{said}. {seconds / 60:.1f} minutes.\n", "### Goals\n", *goals(records)]
    for name in pictures:
        lines += [f"![{PICTURES[name][0]}](pictures/{name}.png)\n"]
    for name, rows in records.items():
        module = importlib.import_module(f"benchmarks.{name}")
        lines += [f"### {name}\n", (module.__doc__ or "").splitlines()[0] + "\n"]
        ratios, facts = ([row for row in rows if row["kind"] == kind] for kind in ("ratio", "fact"))
        if ratios:
            lines += [HEAD, *(_ratio(row) for row in ratios), ""]
        lines += [f"- {_fact(row)}" for row in facts]
        text = printed[name].strip()
        remarks = [line for line in text.splitlines() if line.startswith("(")]
        if not ratios and not facts and text and not any(row["kind"] == "point" for row in rows):
            lines += [text if text.startswith("|") else f"```\n{text}\n```"]
        else:
            lines += remarks
        lines.append("")
    return "\n".join(lines)


def goals(records: Records) -> list[str]:
    """Only what has a goal, met or not, in one table."""
    rows = [row for some in records.values() for row in some if row.get("verdict") in ("met", "NOT MET")]
    lines = ["| job | against | measured | goal | |", "|---|---|---|---|---|"]
    for row in rows:
        if row["kind"] == "ratio":
            measured = f"{row['times_faster']:.2f} times faster"
            lines.append(f"| {row['job']} | {row['peer']} | {measured} | {row['goal']:.3g} | {row['verdict']} |")
        else:
            lines.append(f"| {row['what']} | | {row['value']:.3g} {row['unit']} | {row['goal']} | {row['verdict']} |")
    return [*lines, ""]


def _ratio(row: dict[str, Any]) -> str:
    if row["verdict"] == "not installed":
        return f"| {row['job']} | {row['peer']} | | | | | not installed |"
    times = f"{row['ours'] * 1e3:.4g} ms | {row['theirs'] * 1e3:.4g} ms | {row['times_faster']:.2f}"
    goal = f"{row['goal']:.3g}" if row["goal"] else ""
    return f"| {row['job']} | {row['peer']} | {times} | {goal} | {row['verdict']} |"


def _fact(row: dict[str, Any]) -> str:
    goal = f" (goal {row['goal']}: {row['verdict']})" if row["goal"] else ""
    return f"{row['what']}: {row['value']:.3g} {row['unit']}".rstrip() + goal


PICTURES = {
    "performance_linear": ("Linear regression: loss above its minimum, as a share of it, against time", "linear"),
    "performance_logistic": ("Logistic regression: share of the first gradient that is left, against time", "logistic"),
    "performance_rows": ("Seconds of a fit against the number of rows, 10 features", "rows"),
    "performance_features": ("Seconds of a fit against the number of features, 20,000 rows", "features"),
}


def draw(records: Records) -> list[str]:
    """A picture for each kind of point; the names of those that were drawn."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    drawn: list[str] = []
    for name, (title, kind) in PICTURES.items():
        points = [row for some in records.values() for row in some if row["kind"] == "point" and row["picture"] == kind]
        if not points:
            continue
        figure, ax = plt.subplots(figsize=(8, 4.5), layout="constrained")
        for i, curve in enumerate(dict.fromkeys(row["curve"] for row in points)):
            own = [(row["x"], row["y"]) for row in points if row["curve"] == curve]
            ours = "groundup" in curve or (kind in ("rows", "features") and "scikit" not in curve)
            style = {"linewidth": 2.2, "marker": "o"} if ours else {"linewidth": 1, "marker": "sxv^d"[i % 5]}
            ax.loglog(*zip(*own, strict=True), label=curve, **style)  # pyright: ignore
        ax.set_title(title, fontsize=10)
        ax.set_xlabel({"rows": "rows", "features": "features"}.get(kind, "seconds"))
        ax.set_ylabel({"rows": "seconds", "features": "seconds"}.get(kind, "error"))
        ax.grid(visible=True, which="major", alpha=0.3)
        ax.legend(fontsize=7, loc="center left", bbox_to_anchor=(1, 0.5))
        figure.savefig(DOCS / "pictures" / f"{name}.png", dpi=110)
        plt.close(figure)
        drawn.append(name)
    return drawn
