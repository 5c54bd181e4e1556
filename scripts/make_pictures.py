"""Makes the pictures of the README and the docs: python scripts/make_pictures.py"""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import numpy as np
from matplotlib.figure import Figure

import groundup as gu

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


def standardised(X: np.ndarray) -> np.ndarray:
    return (X - X.mean(axis=0)) / X.std(axis=0)


def save(figure: Figure, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure.savefig(FOLDER / name, dpi=110, metadata={"Software": None})
    print(f"{name:14} {(FOLDER / name).stat().st_size:8,} bytes")


def flights() -> Figure:
    """The README's picture: the line that flights follow, and the descent that found it."""
    example = gu.examples.flights()
    line = gu.LinearRegression().fit(example.X, example.y)
    descent = gu.LinearRegression(solver="gradient_descent", learning_rate=0.1, epochs=40, tolerance=0)
    descent.fit(standardised(example.X), example.y)
    figure = Figure(figsize=(11, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    gu.lab.plot_line(line, example.X, example.y, x_name="distance (miles)", y_name="air time (minutes)", ax=left)
    gu.lab.plot_loss(descent, name="mean squared error (minutes²)", ax=right)
    return figure


def bowls() -> Figure:
    """The same seven cars, as they are and standardised: a valley and a bowl."""
    example = gu.examples.cars()
    figure = Figure(figsize=(11, 4.2), layout="constrained")
    for ax, X, rate, name in zip(
        figure.subplots(1, 2),
        (example.X, standardised(example.X)),
        (0.065, 0.2),
        ("weight in 1,000 pounds", "weight, standardised"),
        strict=True,
    ):
        model = gu.LinearRegression(solver="gradient_descent", learning_rate=rate, epochs=2000).fit(X, example.y)
        gu.lab.plot_surface(model, X, example.y, x_name=name, ax=ax)
        ax.set_title(f"learning rate {rate}: {model.n_iter_:,} epochs")
    return figure


if __name__ == "__main__":
    save(flights(), "flights.png")
    save(bowls(), "bowls.png")
