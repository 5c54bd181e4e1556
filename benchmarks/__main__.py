"""All benchmarks, one after the other, and the page about them: `make bench`.

    python -m benchmarks                           all, written to docs/performance.md, .json and pictures
    python -m benchmarks small least_squares       some, shown only

Each file runs in an interpreter of its own, for at most `SECONDS`, so that no settings of threads are carried over.
"""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import benchmarks
from benchmarks import report

FRAME = {"__main__", "paired", "report"}
LATER = ["growth", "curves", "robust", "activations"]
"""Without goals of their own, or long: last, in case the time runs out."""
SECONDS = 110
TOTAL = 12 * 60


def run(name: str, record: Path, most: float) -> str:
    """What the file prints; a last line says so where it was cut off or failed."""
    environment = {**os.environ, "GROUNDUP_BENCH": str(record)}
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    lines: list[str] = []
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        timer = _stop_after(process, most)
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
        failed = process.wait()
        timer.cancel()
    taken = time.perf_counter() - start
    if failed:
        lines.append(f"(cut off after {taken:.0f} s)\n" if taken >= most else f"(failed after {taken:.0f} s)\n")
        print(lines[-1], end="")
    return "".join(lines)


def _stop_after(process: subprocess.Popen[str], most: float):
    from threading import Timer

    timer = Timer(most, process.kill)
    timer.start()
    return timer


def main() -> None:
    """Each file under its name, then the page."""
    found = [info.name for info in pkgutil.iter_modules(benchmarks.__path__) if info.name not in FRAME]
    every = [*(name for name in found if name not in LATER), *LATER]
    start, printed, records = time.monotonic(), {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or every:
            print(f"\n## {name}\n", flush=True)
            record = Path(folder) / f"{name}.jsonl"
            left = TOTAL - (time.monotonic() - start)
            printed[name] = run(name, record, min(SECONDS, left)) if left > 5 else "(no time was left)\n"
            lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
            records[name] = [json.loads(line) for line in lines]
    if not sys.argv[1:]:
        report.write(records, printed, time.monotonic() - start)


if __name__ == "__main__":
    main()
