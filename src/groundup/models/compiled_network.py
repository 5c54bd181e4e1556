"""Which networks have compiled epochs, and what those must know."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.formulas.activations import Elementwise
from groundup.models.network import Network
from groundup.models.units import InUnits
from groundup.solve.compiled.epochs import NetworkTerms, Terms

WIDEST = 256
"""Above it a BLAS is faster than loops."""


def network_terms(model: Any, terms: Terms) -> NetworkTerms | None:
    """The terms of a network with elementwise activations, none of its layers very wide; else None."""
    network = model.inside if isinstance(model, InUnits) else model
    if type(network) is not Network:
        return None
    widths = np.array([network.n_features, *(layer.n_outputs for layer in network.layers)])
    if not all(isinstance(f, Elementwise) for f in network.activations) or widths.max() > WIDEST:
        return None
    plain = np.zeros(network.n_outputs), np.ones(network.n_outputs)
    centre, scale = (model.centre, model.scale) if isinstance(model, InUnits) else plain
    return NetworkTerms(terms, widths, bool(network.fit_intercept), network.activations, centre, scale)
