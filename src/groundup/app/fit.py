"""`groundup fit`: from a CSV file to a model, with the training in sight."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

import groundup as gu
from groundup.app import classes as class_labels
from groundup.app import judge, keeping, numbers, options, pictures, report, show, training
from groundup.app.rows import Rows, labelled, open_table, split


def fit(
    csv: options.Csv,
    label: options.Label,
    model: Annotated[str, typer.Option(help="linear predicts numbers, logistic classes, network either.")] = "linear",
    features: options.Features = None,
    loss: Annotated[
        Optional[str],  # noqa: UP045  # Typer reads this at run time
        typer.Option(help="What a wrong number costs: mse, mae, huber, ... [default: mse]", show_default=False),
    ] = None,
    solver: Annotated[str, typer.Option(help="auto (exact where that exists), gradient_descent, adam, ...")] = "auto",
    learning_rate: Annotated[str, typer.Option(help="A number, or safe: computed from the data.")] = "safe",
    batch_size: Annotated[
        int | None, typer.Option(help="Rows in one update. [default: all]", show_default=False)
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(help="Passes over the rows, at most. [default: 1000]", show_default=False)
    ] = None,
    tolerance: Annotated[float, typer.Option(help="Stop once the distance has shrunk by this factor.")] = 1e-8,
    l1: Annotated[float, typer.Option(help="The price of absolute weights; 0 is none.")] = 0.0,
    l2: options.L2 = 0.0,
    hidden: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            help="Neurons in each hidden layer of a network, such as 16,16. [default: 16]", show_default=False
        ),
    ] = None,
    activation: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Of a network: tanh, relu, gelu, ... [default: tanh]", show_default=False),
    ] = None,
    classify: Annotated[
        bool, typer.Option("--classify", help="For a network: the numbers in the label are classes.")
    ] = False,
    class_weight: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="balanced: every class weighs the same, however rare. Logistic only.", show_default=False),
    ] = None,
    standardise: Annotated[
        bool,
        typer.Option(
            "--standardise", help="Train on features of mean 0 and spread 1; weights are told in the file's units."
        ),
    ] = False,
    test: Annotated[float, typer.Option(help="The share of rows held out to test the model on, such as 0.2.")] = 0.0,
    seed: Annotated[int, typer.Option(help="Decides which rows are held out, and all other chance.")] = 0,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="Keep the training in this folder while it runs, safe from a kill.", show_default=False),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the training in --checkpoint, with the same digits.")
    ] = False,
    save: Annotated[Path | None, typer.Option(help="Save the model to this file (.npz).", show_default=False)] = None,
    plot: options.Plot = None,
    report_file: options.Report = None,
    drop_missing: options.DropMissing = False,
    delimiter: options.Delimiter = None,
    decimal_comma: options.DecimalComma = False,
    no_header: options.NoHeader = False,
    json: options.Json = False,
) -> None:
    """Fit a model to the rows of a CSV file.

    Example:  groundup fit trips.csv --label fare --features miles,minutes --test 0.2 --save fare.npz

    Classes:  groundup fit penguins.csv --label species --model logistic --test 0.2 --report penguins.html

    Watch it learn:  groundup fit trips.csv --label fare --solver gradient_descent --standardise --plot fare.png

    Long training:  groundup fit trips.csv --label fare --model network --checkpoint run, and with --resume after a stop

    Exit status: 0 fitted, 1 the training diverged, 2 the input is wrong, 130 interrupted by Ctrl-C.
    """
    wishes = training.Wishes(
        model=model,
        classes=model == "logistic" or classify,
        loss=loss,
        solver=solver,
        learning_rate=training.rate(learning_rate),
        batch_size=batch_size,
        epochs=epochs,
        tolerance=tolerance,
        l1=l1,
        l2=l2,
        hidden=training.widths(hidden),
        activation=activation,
        class_weight=class_weight,
        standardise=standardise,
        seed=seed,
    )
    training.check(wishes)
    kept = keeping.kept(checkpoint, resume=resume, model=model, solver=solver)
    report.check(report_file)
    pictures.check(plot, report_file)
    table = open_table(csv, delimiter=delimiter, decimal_comma=decimal_comma, no_header=no_header)
    table.texts(label)
    if model == "network" and class_labels.looks_like_classes(table, label):
        wishes = wishes._replace(classes=True)
    if not wishes.classes:
        class_labels.must_be_numbers(table, label)
    everything = labelled(table, label, features, drop_missing=drop_missing, classes=wishes.classes)
    if wishes.classes:
        class_labels.must_be_classes(everything)
    rows, held = split(everything, test, seed, classes=wishes.classes)
    told = before(wishes, rows, held)
    if not json:
        report.tell(told["content"])
    watching = [] if json else [gu.progress(after=1.0)]
    estimator = training.train(training.estimator(wishes, watching), rows, standardise=standardise, kept=kept)
    if save is not None:
        gu.save(estimator, save)
    after(wishes, estimator, rows, held, told, plot=plot, page=report_file, save=save, json=json)
    if estimator.reason_.startswith("interrupted"):
        if kept is not None and not json:
            show.say(f"The training is kept in {kept.folder}: the same command with --resume goes on with it.")
        raise typer.Exit(130)
    if estimator.reason_.startswith("diverg"):
        raise typer.Exit(1)


def before(wishes: training.Wishes, rows: Rows, held: Rows | None) -> dict[str, Any]:
    """What can be said before any training: the balance of the classes."""
    if not wishes.classes:
        return {"content": []}
    balance = class_labels.balance(rows, held)
    return {"balance": balance, "content": class_labels.content(rows.label, rows.features, balance)}


def after(
    wishes: training.Wishes,
    estimator: Any,
    rows: Rows,
    held: Rows | None,
    told: dict[str, Any],
    *,
    plot: Path | None,
    page: Path | None,
    save: Path | None,
    json: bool,
) -> None:
    """The summary, printed, and the pictures and the page that were asked for."""
    judged = rows if held is None else held
    if wishes.classes:
        made = judge.summary(estimator, rows, held, told["balance"])
        content, panels = judge.content(made), pictures.of_training(estimator)
        if made["confusion"]:
            panels = [*pictures.of_classes(judge.View(estimator), judged), *panels]
    else:
        made = numbers.summary(estimator, rows, held)
        content, panels = numbers.content(made), pictures.of_numbers(estimator, rows)
    if plot is not None:
        pictures.save(panels, plot)
    if page is not None:
        drawn = pictures.drawn(panels)
        title = f"{rows.label} from {', '.join(rows.features[:4])}{', ...' if len(rows.features) > 4 else ''}"
        report.write(page, title, [*told["content"], *content, report.Words("Pictures", strong=True), *drawn])
    files = {"saved": save, "plot": plot, "report": page}
    made |= {key: path and str(path) for key, path in files.items()}
    if json:
        show.as_json(made)
        return
    report.tell(content)
    report.tell(report.saved(Model=save, Pictures=plot, Report=page))
