"""CSV as people really have it: every oddity is either read exactly or refused in one sentence that says where."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.data.files import find_delimiter, parse, read_csv
from groundup.errors import GroundupError, InputError, InputTypeError, UnknownNameError


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_delimiters_line_ends_and_byte_order_marks(tmp_path, delimiter, end, mark):
    path = tmp_path / "x.csv"
    lines = [["air time", "distance"], ["1.5", "-2e3"], ["3", "4"]]
    path.write_bytes((mark + end.join(delimiter.join(line) for line in lines) + end).encode())
    table = read_csv(path)
    assert table.names == ("air time", "distance")
    assert table.numbers("distance").tolist() == [-2000.0, 4.0]


def test_utf16_as_a_spreadsheet_writes_it(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("größe\tb\r\n1\t2\r\n".encode("utf-16"))
    assert read_csv(path).columns == {"größe": ["1"], "b": ["2"]}


def test_quotes_blanks_empty_lines_and_line_numbers():
    table = parse('a, "b, c",d\n\n1, "x\ny", 3\n\n 4 ,"5 ""six""",6\n')
    assert table.names == ("a", "b, c", "d")
    assert table.columns["b, c"] == ["x\ny", '5 "six"']
    assert table.lines == [4, 6]
    assert table.where(1) == "row 2 (line 6 of the text)"


def test_a_cell_with_a_unicode_line_separator_stays_one_cell():
    assert parse("a,b\n1\u2028x\x85y,2\n").columns["a"] == ["1\u2028x\x85y"]


def test_one_column_needs_no_delimiter():
    assert parse("a\n1\n2\n").numbers("a").tolist() == [1.0, 2.0]


def test_semicolons_with_a_decimal_comma():
    text = "a;b\n1,5;2\n2,5;3\n"
    assert find_delimiter(text) == ";"
    assert parse(text, decimal=",").numbers("a").tolist() == [1.5, 2.5]
    with pytest.raises(InputTypeError, match=r"row 1 \(line 2 of the text\) holds '1,5': if that is a decimal comma"):
        parse(text).numbers("a")


def test_a_point_in_a_file_of_decimal_commas_is_not_guessed():
    with pytest.raises(InputTypeError, match=r"'1\.234,5': write it without marks between the thousands"):
        parse("a;b\n1.234,5;2\n", decimal=",").numbers("a")
    with pytest.raises(InputTypeError, match=r"'1\.234'"):
        parse("a;b\n1.234;2\n", decimal=",").numbers("a")


@pytest.mark.parametrize("cell", ["", "NA", "n/a", "NaN", "null", "None", "?", "#N/A"])
def test_missing_cells_are_nan_and_are_found(cell):
    table = parse(f"a,b\n1,2\n{cell},3\n")
    values = table.numbers("a")
    assert values[0] == 1.0
    assert math.isnan(values[1])
    assert table.missing(["a", "b"]) == {"a": [1]}
    assert table.without([1]).numbers("a").tolist() == [1.0]
    assert table.without([0]).where(0) == "row 1 (line 3 of the text)"


def test_no_header():
    assert parse("1,2\n3,4\n", header=False).numbers("column_2").tolist() == [2.0, 4.0]
    for first in ("3.5,18", "3.5,UA", "1,2", "-1,a"):
        with pytest.raises(InputError, match="must name the columns"):
            parse(f"{first}\n3.4,17\n")
    assert parse("country,2019,2020\nFR,1,2\n").names == ("country", "2019", "2020")


def test_a_column_without_a_name_gets_one():
    assert parse(",a\n0,5\n").names == ("unnamed_1", "a")


REFUSED = {
    "is empty": "",
    "and no rows below": "a,b\n",
    "must have 2 cells, as the header has; it has 3": "a,b\n1,2\n1,2,3\n",
    "line 3 of x.csv must have 2 cells": "a,b\n1,2\n1\n",
    "numbers with a decimal comma need semicolons": "a,b\n1,5,2,5\n",
    "quotation mark that is not closed": 'a,b\n1,"2\n3,4\n',
    "'a' stands above columns 1, 3": "a,b,a\n1,2,3\n",
    "holds a zero byte": "a,b\n1,\x002\n",
}


@pytest.mark.parametrize("message", REFUSED)
def test_refused_in_a_sentence(tmp_path, message):
    path = tmp_path / "x.csv"
    path.write_text(REFUSED[message], encoding="utf-8", newline="")
    with pytest.raises(InputError, match=message.replace(".", r"\.")):
        read_csv(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n1,\xe9\n", "line 2 holds the byte 0xe9"),
        (b"PK\x03\x04....", "spreadsheet or a zip archive"),
        (b"\x1f\x8b....", "compressed by gzip"),
        (b"PAR1....", "a Parquet file"),
    ],
)
def test_files_that_are_no_text(tmp_path, content, message):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_csv(path)


def test_a_file_that_is_not_there_names_the_nearest(tmp_path):
    (tmp_path / "trips.csv").write_text("a\n1\n")
    with pytest.raises(InputError, match=r"Did you mean 'trips\.csv'"):
        read_csv(tmp_path / "trip.csv")
    with pytest.raises(InputError, match="there is no file"):
        read_csv(tmp_path / "nowhere" / "trip.csv")
    with pytest.raises(InputError, match="is a folder"):
        read_csv(tmp_path)


def test_text_infinity_and_unknown_columns():
    table = parse("distance,carrier,odd,big\n1,UA,1_000,1e400\n")
    assert [table.is_text(name) for name in ("distance", "carrier", "odd")] == [False, True, True]
    with pytest.raises(InputTypeError, match=r"column 'carrier' .* row 1 \(line 2 of the text\) holds 'UA'"):
        table.numbers("carrier")
    with pytest.raises(InputTypeError, match="'1_000'"):
        table.numbers("odd")
    with pytest.raises(InputError, match=r"finite numbers; row 1 .* holds '1e400'"):
        table.numbers("big")
    with pytest.raises(UnknownNameError, match="Did you mean 'distance'"):
        table.numbers("distanse")


def test_a_hundred_thousand_rows_take_less_than_a_few_seconds():
    """0.3 s on the machine it was written on; a quadratic step would take minutes."""
    rng = np.random.default_rng(0)
    text = "a,b,c\n" + "\n".join(f"{a!r},{b!r},x" for a, b in rng.standard_normal((100_000, 2)).tolist())
    start = time.perf_counter()
    table = parse(text)
    a, _ = table.numbers("a"), table.missing(["a", "b"])
    assert time.perf_counter() - start < 10
    assert np.array_equal(a, np.random.default_rng(0).standard_normal((100_000, 2))[:, 0])


@given(
    st.lists(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=2), min_size=1, max_size=9)
)
def test_numbers_come_back_to_the_last_bit(rows):
    out = io.StringIO()
    csv.writer(out).writerows([["a", "b"], *[[repr(cell) for cell in row] for row in rows]])
    table = parse(out.getvalue())
    assert np.column_stack([table.numbers("a"), table.numbers("b")]).tolist() == rows


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from('ab1.,;"\n\r\t |-eE\x00\ufeffé'), max_size=60))
def test_any_text_is_read_or_refused_but_never_crashes(text):
    with contextlib.suppress(GroundupError):
        table = parse(text)
        for name in table.names:
            table.is_text(name)
