"""`groundup predict` and `groundup evaluate`: a saved model on new rows."""

from __future__ import annotations

import csv as csv_module
import io
import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import numpy as np
import typer

import groundup as gu
from groundup.app import options, show
from groundup.app.numbers import scores
from groundup.app.rows import matrix, of_columns, open_table, without_missing
from groundup.errors import InputError


def predict(
    model: options.Model,
    csv: options.Csv,
    output: Annotated[
        Path | None, typer.Option(help="Write to this CSV file. [default: print]", show_default=False)
    ] = None,
    drop_missing: options.DropMissing = False,
    delimiter: options.Delimiter = None,
    decimal_comma: options.DecimalComma = False,
    no_header: options.NoHeader = False,
    json: options.Json = False,
) -> None:
    """Predict the label for each row of a CSV file.

    Its columns come back with one more, the prediction. Those that the model learnt from are found by their
    names, in any order; others are only passed on. Predictions are written with all their digits.

    Example:  groundup predict fare.npz new.csv --output predictions.csv
    """
    estimator = gu.load(model)
    table = open_table(csv, delimiter=delimiter, decimal_comma=decimal_comma, no_header=no_header)
    names = learnt_names(estimator, table, model)
    table, dropped = without_missing(table, names, drop_missing)
    prediction = np.asarray(estimator.predict(matrix(table, names)), dtype=np.float64)
    if json:
        show.as_json({"rows": table.n_rows, "rows_left_out": dropped, "predictions": prediction})
        return
    text = _with_prediction(table, prediction, getattr(estimator, "label_name_", None))
    if output is None:
        sys.stdout.write(text)
        return
    gu.files.write(output, text.encode())
    left = f"; {dropped:,} rows with missing cells were left out" if dropped else ""
    show.say(f"{len(prediction):,} predictions written to {output}{left}")


def evaluate(
    model: options.Model,
    csv: options.Csv,
    label: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="The column with the truth. [default: the one the model learnt]", show_default=False),
    ] = None,
    drop_missing: options.DropMissing = False,
    delimiter: options.Delimiter = None,
    decimal_comma: options.DecimalComma = False,
    no_header: options.NoHeader = False,
    json: options.Json = False,
) -> None:
    """Compare a saved model with the truth in a CSV file.

    Example:  groundup evaluate fare.npz test.csv --label fare
    """
    estimator = gu.load(model)
    label = label or getattr(estimator, "label_name_", None)
    if label is None:
        raise InputError(f"{model} does not say what it predicts; name the column with the truth by --label.")
    table = open_table(csv, delimiter=delimiter, decimal_comma=decimal_comma, no_header=no_header)
    names = learnt_names(estimator, table, model)
    rows = of_columns(table, label, names, drop_missing=drop_missing)
    measured = scores(estimator, rows)
    if json:
        show.as_json({"label": label, "rows": len(rows.y), "rows_left_out": rows.dropped, "losses": measured})
        return
    show.table(
        f"{label}: {len(rows.y):,} rows of {csv.name}",
        ["loss", "value"],
        [[name, value] for name, value in measured.items()],
    )


def learnt_names(estimator: Any, table: gu.files.Table, model: Path) -> list[str]:
    """The columns that the model learnt from; each must be in the table."""
    names = getattr(estimator, "feature_names_in_", None)
    if names is None:
        if len(table.names) != estimator.n_features_in_:
            raise InputError(
                f"{model} learnt from {estimator.n_features_in_} columns without names; {table.path} has "
                f"{len(table.names)}. Give it a file with exactly those columns."
            )
        return list(table.names)
    for name in names:
        table.texts(name)
    return [str(name) for name in names]


def _with_prediction(table: gu.files.Table, prediction: Any, label: str | None) -> str:
    name = f"predicted_{label}" if label else "prediction"
    while name in table.columns:
        name += "_"
    out = io.StringIO()
    writer = csv_module.writer(out, lineterminator="\n")
    writer.writerow([*table.names, name])
    writer.writerows(zip(*table.columns.values(), map(repr, prediction.tolist()), strict=True))
    return out.getvalue()
