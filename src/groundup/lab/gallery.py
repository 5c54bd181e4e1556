"""Formulas drawn with characters: the value as a solid line, its slope dotted, on axes with numbers.

A character holds eight dots of Braille, two across and four down, so 30 columns and 11 rows are 60 by 44 dots.

>>> from groundup import formulas
>>> for line in draw(formulas.catalogue.find("relu")[0].curve, columns=31, rows=6):
...     print(line)
4 ┤              ┊           ⡠⠔
  │              ┊        ⢀⠤⠊
  │              ┊      ⡠⠔⠁
2 ┤              ┊   ⢀⡠⠊
  │              ⠂ ⣂⠔⠃ ⠂ ⠂ ⠂ ⠂
0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠊┈┈┈┈┈┈┈┈┈┈┈┈
  └┬──────┬──────┬─────┬──────┬
  -4     -2      0     2      4  x
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
POINTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
"""Where the gallery's tables look."""


def table(curve: Any, at: Sequence[float] = POINTS) -> dict[str, list[float]]:
    """{"x": [...], "value": [...], "derivative": [...]} of a formula's curve.

    >>> from groundup import formulas
    >>> table(formulas.catalogue.find("relu")[0].curve)["value"]
    [0.0, 0.0, 0.0, 1.0, 2.0]
    """
    x = np.asarray(at, dtype=np.float64)
    # Adding 0 makes 0 of -0, which would puzzle.
    return {
        "x": x.tolist(),
        "value": (np.asarray(curve.value(x)) + 0.0).tolist(),
        "derivative": (np.asarray(curve.slope(x)) + 0.0).tolist(),
    }


def draw(curve: Any, columns: int = 72, rows: int = 11) -> list[str]:
    """The curve as lines of text, at most `columns` wide: `rows` of picture, then the numbers below the axis."""
    low, high = limits(curve)
    ticks = [number for number in nice_numbers(low, high, 4) if low <= number <= high]
    words = {row_of(number, low, high, rows): short(number) for number in ticks}
    margin = max(map(len, words.values())) + 2
    width = columns - margin
    cells = paper(curve, low, high, width, rows)
    solid = dots(curve, curve.value, low, high, width, rows)
    dotted = thinned(dots(curve, curve.slope, low, high, width, rows))
    for (across, down), bit in _bits(solid | dotted).items():
        cells[down][across] = chr(0x2800 + bit)
    lines = [
        f"{words.get(row, ''):>{margin - 2}} {'┤' if row in words else '│'}" + "".join(cells[row])
        for row in range(rows)
    ]
    return [line.rstrip() for line in [*lines, *_below(curve, margin, width)]]


def limits(curve: Any) -> tuple[float, float]:
    """From the lowest to the highest that value and slope reach, but no steeper than the eye can use."""
    x: Numbers = np.linspace(float(curve.low), float(curve.high), 401)
    y: Numbers = np.concatenate([curve.value(x), curve.slope(x)])
    y = y[np.isfinite(y)]
    # What grows like e^x would press everything else flat.
    low, high = max(float(y.min()), -6.0), min(float(y.max()), 6.0)
    spare = 0.04 * max(high - low, 1e-3)
    return low - spare, high + spare


def nice_numbers(low: float, high: float, about: int) -> list[float]:
    """Round numbers from low to high, about so many.

    >>> nice_numbers(-0.1, 1.1, 4)
    [0.0, 0.5, 1.0]
    """
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    return [round(k * step, 10) + 0.0 for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def short(number: float) -> str:
    """A number for an axis.

    >>> short(0.5), short(-2.0)
    ('0.5', '-2')
    """
    return f"{number:g}"


def row_of(y: float, low: float, high: float, rows: int) -> int:
    """The row of characters, counted from the top, in which y lies."""
    return min(rows - 1, max(0, int((high - y) / (high - low) * rows)))


def paper(curve: Any, low: float, high: float, width: int, rows: int) -> list[list[str]]:
    """Empty cells with the lines x = 0 and y = 0 where they are in sight."""
    cells = [[" "] * width for _ in range(rows)]
    middle = _column(0.0, curve, width)
    for line in cells:
        line[middle] = "┊"
    if low < 0 < high:
        cells[row_of(0.0, low, high, rows)] = ["┼" if place == middle else "┈" for place in range(width)]
    return cells


def dots(curve: Any, function: Any, low: float, high: float, width: int, rows: int) -> dict[tuple[int, int], int]:
    """(dot across, dot down) along the function, each with its place in the order of drawing; jumps stay open."""
    x: Numbers = np.linspace(float(curve.low), float(curve.high), 2 * width)
    y: Numbers = np.asarray(function(x), dtype=np.float64)
    place = (high - y) / (high - low) * (4 * rows) - 0.5
    steep: Numbers = np.abs(np.diff(place))
    # A jump is far steeper than its neighbours; a steep curve is not.
    around: Numbers = np.maximum(np.append(steep[1:], 0.0), np.insert(steep[:-1], 0, 0.0))
    open_here = (steep > 1.2) & (steep > 5 * around)
    found: dict[tuple[int, int], int] = {}
    for across in range(len(x)):
        here = place[across]
        if not math.isfinite(here):
            continue
        back = across > 0 and not open_here[across - 1] and math.isfinite(place[across - 1])
        start = (place[across - 1] + here) / 2 if back else here
        ahead = across + 1 < len(x) and not open_here[across] and math.isfinite(place[across + 1])
        end = (place[across + 1] + here) / 2 if ahead else here
        for point in _between(start, here, end):
            if 0 <= point < 4 * rows:
                found.setdefault((across, point), len(found))
    return found


def _between(start: float, here: float, end: float) -> list[int]:
    """The whole numbers on the way from start by here to end, without the last step, which the next point draws."""
    first, middle, last = round(start), round(here), round(end)
    way = [*range(first, middle, 1 if middle > first else -1), *range(middle, last, 1 if last > middle else -1)]
    return way or [middle]


def thinned(found: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """Every fourth dot of a line."""
    return {dot: order for dot, order in found.items() if order % 4 == 0}


def _bits(found: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """The Braille pattern of every cell that holds a dot."""
    patterns = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
    cells: dict[tuple[int, int], int] = {}
    for across, down in found:
        cell = across // 2, down // 4
        cells[cell] = cells.get(cell, 0) | patterns[down % 4][across % 2]
    return cells


def _column(x: float, curve: Any, width: int) -> int:
    return min(width - 1, round((x - curve.low) / (curve.high - curve.low) * (width - 1)))


def _below(curve: Any, margin: int, width: int) -> list[str]:
    """The axis and its numbers."""
    axis, numbers = ["─"] * width, [" "] * (margin + width + 4)
    for x in nice_numbers(curve.low, curve.high, max(2, width // 7)):
        place = _column(x, curve, width)
        axis[place] = "┬"
        text = short(x)
        # The digits are centred below the tick, and a minus hangs over on the left.
        start = margin + place - (len(text) - (x < 0)) // 2 - (x < 0)
        numbers[start : start + len(text)] = text
    return [" " * (margin - 1) + "└" + "".join(axis), "".join(numbers).rstrip() + f"  {curve.x_name}"]
