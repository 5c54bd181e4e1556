"""Room 6: looking. Pictures of what a model has learnt and of how it got there.

    plot_line        the fitted line on its data
    plot_residuals   what the line misses, against what it predicts
    plot_loss        the loss, epoch by epoch, down to the minimum
    plot_rate_test   the loss while the learning rate grows: which rates are usable
    plot_surface     the bowl of the loss over weight and bias, with the path of the descent
    plot_activation  an activation and its slope
    plot_boundary    where a classifier changes its mind, along one feature or over two
    plot_confusion   which class was taken for which
    plot_roc, plot_precision_recall   what is found, and at what price, for every threshold
    plot_calibration whether the chances are true
    gallery          any formula drawn with characters, for a terminal

Each takes `ax=` (a new figure is made without one), returns the Axes, and can be read in grey. They need matplotlib:
pip install 'groundup[plot]'.
"""

from __future__ import annotations

from groundup.lab import gallery
from groundup.lab.activations import plot_activation
from groundup.lab.boundaries import plot_boundary
from groundup.lab.classes import plot_calibration, plot_confusion, plot_precision_recall, plot_roc
from groundup.lab.descents import plot_loss, plot_surface
from groundup.lab.fits import plot_line, plot_residuals
from groundup.lab.rates import plot_rate_test

__all__ = [
    "gallery",
    "plot_activation",
    "plot_boundary",
    "plot_calibration",
    "plot_confusion",
    "plot_line",
    "plot_loss",
    "plot_precision_recall",
    "plot_rate_test",
    "plot_residuals",
    "plot_roc",
    "plot_surface",
]
