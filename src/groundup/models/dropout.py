"""Dropout as an objective: on every batch the network is another one."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.data.blocks import Blocks
from groundup.models.network import Network
from groundup.models.objective import Cost, Objective
from groundup.models.units import InUnits


class Dropping(Objective):
    """All rows see the whole network; a batch sees one with neurons left out.

    Each batch takes one number from `rng` and draws its own from that. So a training that goes on after an
    interruption, with the generator as it was when the epoch began, drops the same neurons.
    """

    noisy = True

    def __init__(self, objective: Objective, rng: np.random.Generator):
        super().__init__(objective.cost, objective.blocks, objective.penalty, objective.total)
        self.rng = rng

    def on(self, blocks: Blocks) -> Objective:
        """The objective on one batch, with neurons dropped."""
        chance = np.random.default_rng(self.rng.integers(2**63))
        return Objective(Cost(_dropping(self.model, chance), self.cost.loss), blocks, self.penalty, self.total)


def _dropping(model: Any, chance: np.random.Generator) -> Any:
    if isinstance(model, InUnits):
        return InUnits(_dropping(model.inside, chance), model.centre, model.scale)
    assert isinstance(model, Network)
    return model.dropping(chance)
