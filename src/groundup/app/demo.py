"""`groundup demo`: the whole story on real data, in one minute."""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np

import groundup as gu
from groundup.app import ahead, show
from groundup.app.numbers import scores
from groundup.app.rows import Rows, split
from groundup.app.training import train

SHOWN = (0, 1, 2, 3, 5, 10, 20, 40)
"""The updates whose line is printed."""


def demo() -> None:
    """Tell the whole story on real flights.

    A forecast, the training, the line in words, rows it has never seen, an outlier, and a learning rate too large.

    Example:  groundup demo
    """
    flights = gu.examples.flights()
    everything = Rows(flights.X, flights.y, flights.feature_names, flights.label_name, 0)
    rows, held = split(everything, 0.2, seed=0)
    assert held is not None
    _question(everything, rows, held)
    _forecast(rows)
    model = _training(rows)
    _line(model, rows)
    _held_out(model, rows, held)
    _outlier()
    _too_large(rows)
    _next()


def _chapter(number: int, title: str) -> None:
    show.say()
    show.say(f"{number}. {title}", strong=True)


def _question(everything: Rows, rows: Rows, held: Rows) -> None:
    _chapter(1, "The question")
    show.say(
        f"{len(everything.y):,} flights left New York in 2013. How many minutes does a flight of so many miles take? "
        f"We learn from {len(rows.y):,} of them and hold {len(held.y):,} back, to see whether what we learnt is true."
    )


def _forecast(rows: Rows) -> None:
    _chapter(2, "A forecast, before any training")
    show.say(
        "The loss is a bowl over weight and bias. Gradient descent walks down into it; how steep and how narrow the "
        "bowl is says how large a step may be, and how many it takes."
    )
    forecast = gu.forecast(rows.X, rows.y)
    ahead.compare(forecast)
    for sentence in forecast.advice:
        show.say(sentence)
    show.say(
        "In miles the bowl is a long, narrow valley; standardised (mean 0, spread 1) it is round. So we standardise."
    )


def _training(rows: Rows) -> Any:
    _chapter(3, "Training: look, then move against the slope")
    seen: list[Any] = []

    def watch(state: Any) -> None:
        if state.step in SHOWN:
            seen.append([str(state.step), state.loss, state.gap, float(state.weights[0]), float(state.bias)])

    def slowly(state: Any) -> None:
        time.sleep(0.05)  # for the eye

    bar = (gu.progress(), slowly) if sys.stderr.isatty() else ()
    model = gu.LinearRegression(
        solver="gradient_descent", learning_rate=0.1, epochs=40, tolerance=0, listeners=(watch, *bar)
    )
    train(model, rows, standardise=True)
    show.table("", ["update", "loss (MSE)", "above the minimum", "weight", "bias"], seen)
    show.say("Weight and bias are those of the standardised feature; each update takes 0.1 of the slope.")
    show.say(f"It ended so: {model.reason_}.")
    return model


def _line(model: Any, rows: Rows) -> None:
    _chapter(4, "The line, in words")
    weight, bias = float(model.coef_[0]), float(model.intercept_)
    at = float(model.predict(np.array([[1000.0]]))[0])
    show.say(show.formula("air_time", ["distance"], [weight], bias))
    show.say(
        f"Each extra mile adds {weight:.3f} minutes, on top of {bias:.1f} minutes that every flight takes: "
        f"1,000 miles take {at:.0f} minutes."
    )
    exact = gu.LinearRegression().fit(rows.X, rows.y)
    show.say(
        f"The exact solution, which takes no steps: {float(exact.coef_[0]):.6g} minutes a mile and "
        f"{float(exact.intercept_):.6g} minutes; descent found {weight:.6g} and {bias:.6g}."
    )


def _held_out(model: Any, rows: Rows, held: Rows) -> None:
    _chapter(5, "Is it true of flights that it has never seen?")
    learnt, unseen = scores(model, rows), scores(model, held)
    show.table(
        "", ["loss", "rows learnt from", "rows held out"], [[name, learnt[name], unseen[name]] for name in learnt]
    )
    show.say(
        f"A prediction misses by {unseen['MAE']:.1f} minutes on average (MAE). MSE squares the misses, RMSE takes the "
        f"root again, and R2 says that the line explains {100 * unseen['R2']:.1f} % of the variance."
    )


def _outlier() -> None:
    _chapter(6, "One wrong row: squares against absolute values")
    cars = gu.examples.cars()
    weight, mileage = cars.X, cars.y
    wrong = mileage.copy()
    wrong[0] = 180.0
    lines: list[list[Any]] = []
    for loss in ("mse", "mae"):
        for labels, what in ((mileage, "as it is"), (wrong, "one typing mistake")):
            model = _on_cars(loss, weight, labels)
            lines.append([f"{loss}, {what}", float(model.coef_[0]), float(model.intercept_)])
    show.say("Seven cars: miles per gallon from weight. Then somebody types 180 for 18 in the first row:")
    show.table("", ["loss, data", "per 1,000 pounds", "bias"], lines)
    show.say(
        "A squared miss of 160 outweighs all the others, and the line follows it; MAE counts it as one among seven."
    )


def _on_cars(loss: str, weight: Any, labels: Any) -> Any:
    """The exact line for squares; for absolute values descent, with a rate that falls until it stops circling."""
    rows = Rows(weight, labels, ("weight",), "miles_per_gallon", 0)
    if loss == "mse":
        return gu.LinearRegression().fit(rows.X, rows.y)
    model = gu.LinearRegression(
        loss, solver="gradient_descent", learning_rate=5.0, epochs=4000, schedule=lambda epoch: 0.998**epoch
    )
    return train(model, rows, standardise=True)


def _too_large(rows: Rows) -> None:
    _chapter(7, "A learning rate that is too large")
    model = gu.LinearRegression(solver="gradient_descent", learning_rate=0.1).fit(rows.X, rows.y)
    show.say("The same training on miles as they are, at the same rate of 0.1. The model says what happened and why:")
    show.say(f"  {model.reason_}")


def _next() -> None:
    show.say()
    show.say("Next", strong=True)
    show.say(
        "  groundup fit FILE.csv --label COLUMN --test 0.2      your own data; add --save model.npz --plot fit.png"
    )
    show.say("  groundup forecast FILE.csv --label COLUMN            which learning rates will work, before training")
    show.say("  groundup --help                                      every command")
