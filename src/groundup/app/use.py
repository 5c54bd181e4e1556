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
from groundup.app import cutting, judge, options, pictures, report, show
from groundup.app.numbers import scores
from groundup.app.rows import Rows, matrix, of_columns, open_table, without_missing
from groundup.errors import InputError

HINT = (
    "The threshold is 0.5. Choose another by --recall 0.9, --precision 0.9, --cost-false-negative 10, or --threshold."
)


def predict(
    model: options.Model,
    csv: options.Csv,
    output: Annotated[
        Path | None, typer.Option(help="Write to this CSV file. [default: print]", show_default=False)
    ] = None,
    threshold: options.Threshold = None,
    positive: options.Positive = None,
    drop_missing: options.DropMissing = False,
    delimiter: options.Delimiter = None,
    decimal_comma: options.DecimalComma = False,
    no_header: options.NoHeader = False,
    json: options.Json = False,
) -> None:
    """Predict the label for each row of a CSV file.

    Its columns come back with one more, the prediction, and for classes with the probability of each. Those that the
    model learnt from are found by their names, in any order; others are only passed on. Numbers are written with all
    their digits.

    Example:  groundup predict fare.npz new.csv --output predictions.csv
    """
    estimator = _loaded(model)
    of_classes = _classifies(estimator, model, {"--threshold": threshold, "--positive": positive})
    view = judge.View(estimator, positive) if of_classes else None
    if view is not None:
        view.answers(np.full((1, len(view.names)), 0.5), threshold)  # before the file is read
    table = open_table(csv, delimiter=delimiter, decimal_comma=decimal_comma, no_header=no_header)
    names = learnt_names(estimator, table, model)
    table, dropped = without_missing(table, names, drop_missing)
    X, chances = matrix(table, names), dict[str, Any]()
    if view is None:
        prediction = np.asarray(estimator.predict(X), dtype=np.float64)
    else:
        chance = view.predict_proba(X)
        prediction = np.asarray(view.classes_)[view.answers(chance, threshold)]
        chances = {name: chance[:, view.names.index(name)] for name in map(str, estimator.classes_)}
    if json:
        made = {"rows": table.n_rows, "rows_left_out": dropped, "predictions": prediction}
        show.as_json(made | ({"probabilities": chances} if chances else {}))
        return
    label = getattr(estimator, "label_name_", None)
    added = {f"predicted_{label}" if label else "prediction": prediction}
    text = _with_columns(table, added | {f"probability_{name}": column for name, column in chances.items()})
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
    threshold: options.Threshold = None,
    positive: options.Positive = None,
    cost_false_positive: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Choose the cheapest threshold: what a false alarm costs.", show_default=False),
    ] = None,
    cost_false_negative: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Choose the cheapest threshold: what a miss costs.", show_default=False),
    ] = None,
    recall: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Choose the most precise threshold that finds this share.", show_default=False),
    ] = None,
    precision: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Choose the threshold that finds most at this precision.", show_default=False),
    ] = None,
    by: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Choose the threshold with the largest f1, f2, matthews, ...", show_default=False),
    ] = None,
    plot: options.Plot = None,
    report_file: options.Report = None,
    drop_missing: options.DropMissing = False,
    delimiter: options.Delimiter = None,
    decimal_comma: options.DecimalComma = False,
    no_header: options.NoHeader = False,
    json: options.Json = False,
) -> None:
    """Compare a saved model with the truth in a CSV file.

    Example:  groundup evaluate fare.npz test.csv --label fare

    A miss costs ten false alarms:  groundup evaluate spam.npz test.csv --cost-false-negative 10 --cost-false-positive 1
    """
    rule = cutting.Rule(threshold, by, recall, precision, cost_false_positive, cost_false_negative)
    cutting.check(rule)
    report.check(report_file)
    pictures.check(plot, report_file)
    estimator = _loaded(model)
    of_classes = _classifies(estimator, model, {**dict.fromkeys(rule.given, 1), "--positive": positive})
    label = label or getattr(estimator, "label_name_", None)
    if label is None:
        raise InputError(f"{model} does not say what it predicts; name the column with the truth by --label.")
    table = open_table(csv, delimiter=delimiter, decimal_comma=decimal_comma, no_header=no_header)
    names = learnt_names(estimator, table, model)
    known = estimator.classes_.tolist() if of_classes else None
    rows = of_columns(table, label, names, drop_missing=drop_missing, classes=of_classes, known=known)
    made: dict[str, Any] = {"label": label, "rows": len(rows.y), "rows_left_out": rows.dropped}
    title = f"{label}: {len(rows.y):,} rows of {table.path}"
    if of_classes:
        found, content, panels = _of_classes(judge.View(estimator, positive), rows, rule, str(model))
        made |= found
        content = [report.Words(title, strong=True), *content]
    else:
        made["losses"] = scores(estimator, rows)
        content = [report.Sheet(title, ["loss", "value"], list(made["losses"].items()))]
        panels = pictures.of_numbers(estimator, rows, training=False)
    if plot is not None:
        pictures.save(panels, plot)
    if report_file is not None:
        drawn = pictures.drawn(panels)
        report.write(report_file, title, [*content[of_classes:], report.Words("Pictures", strong=True), *drawn])
    if json:
        show.as_json(made)
        return
    report.tell(content)
    report.tell(report.saved(Pictures=plot, Report=report_file))


def _of_classes(view: judge.View, rows: Rows, rule: cutting.Rule, model: str) -> tuple[dict[str, Any], list[Any], Any]:
    """What these rows say of a classifier: values, words and pictures."""
    chosen = cutting.cut(view, rows, rule)
    threshold = None if chosen is None else chosen["threshold"]
    judged = judge.judgement(view, rows, threshold)
    base = judge.without_model(view, None, rows)
    made = {**judged, "scores_without_model": base, "threshold": chosen}
    columns = {"these rows" if threshold is None else f"at {show.number(threshold)}": judged["scores"]}
    content: list[Any] = [] if chosen is None else cutting.content(chosen, rule, view, model)
    content += judge.told({"label": rows.label, **judged}, view.names, columns | {"without a model": base})
    if chosen is None and len(view.names) == 2:
        content += [report.Words(HINT)]
    return made, content, pictures.of_classes(view, rows, threshold=threshold)


def _loaded(model: Path) -> Any:
    """The model in the file, which has proved that it can predict."""
    estimator = gu.load(model)
    try:
        estimator.predict(np.zeros((1, estimator.n_features_in_)))
    except AttributeError as error:
        missing = "" if error.name in (None, "predict") else f", because it lacks {error.name}"
        kind = type(estimator).__name__
        raise InputError(f"{model} holds a {kind} that cannot predict{missing}. Save a fitted model again.") from None
    return estimator


def _classifies(estimator: Any, model: Path, asked: dict[str, Any]) -> bool:
    """Whether the model predicts classes; InputError for options that only such a model has."""
    given = [option for option, value in asked.items() if value is not None]
    if given and not hasattr(estimator, "classes_"):
        raise InputError(f"{given[0]} is for models that predict classes; {model} predicts numbers. Leave it out.")
    return hasattr(estimator, "classes_")


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


def _with_columns(table: gu.files.Table, added: dict[str, Any]) -> str:
    """The table with more columns at its right, as CSV."""
    names = list(table.names)
    for name in added:
        while name in names:
            name += "_"
        names.append(name)
    out = io.StringIO()
    writer = csv_module.writer(out, lineterminator="\n")
    writer.writerow(names)
    more = [[cell if isinstance(cell, str) else repr(cell) for cell in column.tolist()] for column in added.values()]
    writer.writerows(zip(*table.columns.values(), *more, strict=True))
    return out.getvalue()
