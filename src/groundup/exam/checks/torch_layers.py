# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false
"""Modules of PyTorch: whether all of their layers are where an optimiser looks for them."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.candidates import torch_models
from groundup.exam.evidence import Evidence, NotExamined, check


@check(
    "T01",
    "Every layer of a module learns, those that it keeps in a list too.",
    tasks="regression classification multiclass network",
    boundary="none stands still",
    read="PyTorch, documentation of torch.nn.ModuleList",
)
def layers_in_lists(c: Any, rng: Any) -> Evidence:
    """parameters() does not look into a plain list: what stands there is never stepped, and not saved either."""
    if c.torch is None:
        raise NotExamined("it is no module of PyTorch with a function that trains it")
    if not torch_models.unlisted(c.torch.fresh(3)):
        raise NotExamined("it keeps no layers in a plain list")
    if c.task == "network":
        X, y = c.rows(rng, 19)
        trained = c.study(X, y, 1e-2, 5)
    else:
        labels = rng.normal(size=19) if c.task == "regression" else np.arange(19) % len(c.labels)
        trained = c.study(rng.normal(size=(19, 3)), labels, rate=1e-2, epochs=5).result
    trained = trained[0] if isinstance(trained, tuple) else trained
    c.torch.torch.manual_seed(7)
    before = torch_models.unlisted(c.torch.fresh(3))
    after = torch_models.unlisted(trained.module)
    still = [name for name, p in after.items() if bool((p == before[name]).all())]
    words = f"after five epochs these are as they were made: {', '.join(still) or 'none'}; nn.ModuleList lists layers"
    return Evidence(float(len(still)), 0.0, words, "layers in a plain list" if still else "")
