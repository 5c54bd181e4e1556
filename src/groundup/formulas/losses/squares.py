"""Squares: twice as far costs four times as much. Their best constant is the mean."""

from __future__ import annotations

import math
from types import ModuleType

from groundup._arrays import Array
from groundup.formulas.losses.base import Residual, keep_nan


class Squared(Residual):
    """(z - y)²: twice as far costs four times as much.

    Labels:    any number.
    Response:  z.      Gradient:  2 (z - y).      Curvature:  2.

    >>> Squared().gradient(3.0, 1.0)
    np.float64(4.0)
    """

    name = "mse"
    equation = "(z - y)²"
    gradient_equation = "2 (z - y)"
    notes = "Its best constant is the mean of y. One outlier, far enough out, moves the whole line."
    source = "Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805); Gauss (1809)."
    curvature_bound = 2.0

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        return r * r

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return 2 * r

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return keep_nan(xp, r, 2.0)

    def _root(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return xp.abs(z - y)


class HalfSquared(Residual):
    """(z - y)² / 2: the half makes the gradient the miss itself.

    Labels:    any number.
    Response:  z.      Gradient:  z - y.      Curvature:  1.

    >>> HalfSquared().gradient(3.0, 1.0)
    np.float64(2.0)
    """

    name = "half_squared"
    equation = "(z - y)² / 2"
    gradient_equation = "z - y"
    notes = "Minus the log-likelihood of a normal error of variance 1. The usable learning rate is twice that of mse."
    source = "Bishop, Pattern Recognition and Machine Learning (2006), equation 1.2."
    curvature_bound = 1.0

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        # Halved before it is squared: r² of a residual of 1.4e154 overflows, r²/2 does not.
        return 0.5 * r * r

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return r

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return keep_nan(xp, r, 1.0)

    def _root(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return math.sqrt(0.5) * xp.abs(z - y)
