"""python -m mutation: try mutants that are not tried yet, then write the page."""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from groundup.exam.power.pieces import shard_of, version
from mutation import battery, changes, library, table, watch
from mutation.sittings import sittings

PAGE = Path("docs/exam-mutants.md")
QUICK = 1.2
"""Seconds of an exam that every mutant sits; the longer ones are for what survives."""

Found = dict[str, Any]


def main() -> None:
    """Baseline, mutants, page."""
    words = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    words.add_argument("--most", type=int, default=700, help="how many mutants, drawn by chance")
    words.add_argument("--draws", type=int, default=2, help="how many such draws, each on its own")
    words.add_argument("--shard", default="1/1", help="i/k tries the i-th of k parts")
    words.add_argument("--results", type=Path, default=Path("mutation/results"), help="where results are kept")
    words.add_argument("--seconds", type=float, default=1e9, help="stop after so long; a later call goes on")
    words.add_argument("--again", action="store_true", help="try again what an earlier exam noticed, or should have")
    words.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    asked = words.parse_args()
    asked.results.mkdir(parents=True, exist_ok=True)
    trial = Trial(asked.results)
    drawn, reach = draw(trial.lines, asked.most, asked.draws)
    chosen = list({change.key: change for part in drawn for change in part}.values())
    first, parts = shard_of(asked.shard)
    done = finished(asked.results)
    todo = [c for c in chosen[first - 1 :: parts] if is_open(done.get(c.key), again=asked.again)]
    print(f"{len(chosen)} mutants of {reach['reached']} in reach; {len(todo)} to try", flush=True)
    end = time.monotonic() + asked.seconds
    with (asked.results / f"found-{first}-of-{parts}.jsonl").open("a", encoding="utf-8") as file:
        for change in todo:
            if time.monotonic() > end:
                break
            done[change.key] = trial.of(change, done.get(change.key))
            file.write(json.dumps(done[change.key], ensure_ascii=False) + "\n")
            file.flush()
    found = [[done[c.key] for c in part if c.key in done] for part in drawn]
    asked.page.write_text(table.page(found, reach), encoding="utf-8")
    caught = sum(bool(done[c.key]["failed"]) for c in chosen if c.key in done)
    print(f"{caught} of {len(chosen)} caught; {asked.page} is written", flush=True)


def is_open(line: Found | None, *, again: bool) -> bool:
    """Whether there is something to find out about this change; `again`: also where it was noticed before."""
    if line is None or not (line["failed"] or "differs" in line):
        return True
    return again and bool(line["failed"] or line["differs"]) and line["exam"] != version()


class Trial:
    """What mutants are tried with: the copy, the exams, which line is run by which, the right answers."""

    def __init__(self, folder: Path):
        self.copy = library.Copy()
        self.copy.install()
        self.paths = library.to_change()
        known = baseline(folder, {str(path) for path in self.paths.values()})
        self.lines, self.seconds, self.remarks = known["lines"], known["seconds"], known["remarks"]
        self.sittings = {sitting[0]: sitting for sitting in sittings()}
        started = time.monotonic()
        self.right = watch.in_child(lambda: battery.answers(__import__(library.NAME)), 300)
        self.answering = time.monotonic() - started

    def of(self, change: changes.Change, before: Found | None) -> Found:
        """Which exam this mutant fails; where it fails no quick one, which answer of the battery is another one.

        The exam that noticed it before comes first. A mutant with another answer, or a remark, sits the long exams too.
        """
        path = self.paths[change.module]
        code = compile(changes.changed(library.text(path), change.module, change.number), str(path), "exec")
        earlier = before["failed"].partition(": ")[0] if before else ""
        order = sorted(self.lines[str(path)][str(change.line)], key=lambda name: (name != earlier, self.seconds[name]))
        quick = [name for name in order if self.seconds[name] < QUICK or name == earlier]
        failed = self.sits(quick, change.module, code)
        line = {**change.__dict__, "key": change.key, "failed": failed, "exam": version()}
        if watch.is_failure(failed):
            return line
        line["differs"] = watch.in_child(
            lambda: watch.differs(self.copy, change.module, code, self.right), watch.limit(self.answering)
        )
        if failed or line["differs"]:
            later = self.sits([name for name in order if name not in quick], change.module, code)
            line["failed"] = later if watch.is_failure(later) else failed or later
        return line

    def sits(self, names: list[str], module: str, code: CodeType) -> str:
        """The first of these exams that this code fails, or has a remark in."""
        exams = [self.sittings[name] for name in names]
        limit = watch.limit(sum(self.seconds[name] for name in names))
        return watch.in_child(lambda: watch.failing(exams, self.copy, module, code, self.remarks), limit)


def baseline(folder: Path, paths: set[str]) -> dict[str, Any]:
    """Which exam runs which line and how long it takes, for the library as it is; kept, as it takes a minute."""
    digest = hashlib.sha256("".join(Path(path).read_text(encoding="utf-8") for path in sorted(paths)).encode())
    kept = folder / f"baseline-{digest.hexdigest()[:8]}-{version()}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    seconds: dict[str, float] = {}
    remarks: dict[str, list[str]] = {}
    for sitting in sittings():
        answer = watch.in_child(lambda s=sitting: watch.reached(s, paths), 300)
        if isinstance(answer, str) or answer[2]:
            if isinstance(answer, str) or answer[2] != [watch.NOTHING]:
                print(f"left out, as the library itself does not pass: {sitting[0]} ({answer})"[:300])
            continue
        seconds[sitting[0]], remarks[sitting[0]] = answer[1], answer[3]
        for file, number in answer[0]:
            lines[file][str(number)].append(sitting[0])
    found = {"lines": lines, "seconds": seconds, "remarks": remarks}
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def draw(lines: dict[str, Any], most: int, draws: int = 1) -> tuple[list[list[changes.Change]], dict[str, int]]:
    """So many draws of the changes in reach, each by a hash of what they change: the same ones every time."""
    paths = library.to_change()
    whole = [change for name, path in paths.items() for change, _ in changes.changes(name, library.text(path))]
    unique = {c.key: c for c in whole if str(c.line) in lines.get(str(paths[c.module]), {})}

    def chance(key: str, number: int) -> str:
        return hashlib.sha256((key if number == 1 else f"{number} {key}").encode()).hexdigest()

    drawn = [
        [unique[key] for key in sorted(unique, key=lambda key, k=number: chance(key, k))[:most]]
        for number in range(1, draws + 1)
    ]
    return drawn, {"all": len({c.key for c in whole}), "reached": len(unique)}


def finished(folder: Path) -> dict[str, Found]:
    """What is known of each change: by the exam as it is now, else by an earlier one."""
    lines = [json.loads(text) for text in _texts(folder)]
    return {line["key"]: line for line in sorted(lines, key=lambda line: line["exam"] == version())}


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("found-*.jsonl")):
        yield from path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()
