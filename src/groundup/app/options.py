"""The options that several commands share, written once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

Csv = Annotated[
    Path,
    typer.Argument(help="A CSV file whose first line names the columns; - reads standard input.", show_default=False),
]
Label = Annotated[str, typer.Option(help="The column to predict.", show_default=False)]
Features = Annotated[
    Optional[str],  # noqa: UP045  # Typer reads this at run time
    typer.Option(help="The columns to predict it from, with commas between. [default: all others]", show_default=False),
]
Loss = Annotated[str, typer.Option(help="What a wrong answer costs: mse, mae, rmse, huber, ...")]
L2 = Annotated[float, typer.Option(help="The price of squared weights; 0 is none.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]
Delimiter = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="The mark between cells. [default: found out]", show_default=False),
]
DecimalComma = Annotated[bool, typer.Option("--decimal-comma", help="Numbers are written 1,5 and not 1.5.")]
NoHeader = Annotated[
    bool, typer.Option("--no-header", help="The first line is data; columns are column_1, column_2, ...")
]
DropMissing = Annotated[bool, typer.Option("--drop-missing", help="Leave out rows in which a needed cell is missing.")]
Plot = Annotated[Path | None, typer.Option(help="Save pictures to this file (.png, .svg, .pdf).", show_default=False)]
Report = Annotated[
    Path | None,
    typer.Option("--report", help="Save all of it, with pictures, as one page (.html).", show_default=False),
]
Threshold = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        help="For two classes: answer the positive one where its chance is at least this. [default: 0.5]",
        show_default=False,
    ),
]
Positive = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="Which of two classes is the positive one. [default: the later in order]", show_default=False),
]
Model = Annotated[Path, typer.Argument(help="A model saved by `groundup fit --save`.", show_default=False)]
