"""All benchmarks, one after the other: `make bench`, or `python -m benchmarks small least_squares` for some."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

FRAME = {"__main__", "paired"}


def main() -> None:
    """Each file's table under its first line."""
    every = [info.name for info in pkgutil.iter_modules(benchmarks.__path__) if info.name not in FRAME]
    for name in sys.argv[1:] or every:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n## {name}: {(module.__doc__ or '').splitlines()[0]}\n", flush=True)
        module.main()


if __name__ == "__main__":
    main()
