# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Optimisers of PyTorch, asked as every other one: here is a gradient, where do the parameters go?"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from groundup.exam.grading.steppers import Stepper

Array = Any


class TorchStepper(Stepper):
    """An optimiser class of PyTorch, or one written for it."""

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """A parameter whose gradient is set by hand."""
        torch: Any = __import__("torch")
        p = torch.tensor(np.asarray(w, dtype=float), requires_grad=True)
        optimiser = self.thing([p], **self.given(settings))
        return _TorchWalk(torch, p, optimiser)

    def run_halves(self, w: Array, gradients: Array, settings: dict[str, Any]) -> Array:
        """Two parameters of one optimiser."""
        torch: Any = __import__("torch")
        both = [torch.tensor(half, requires_grad=True) for half in np.split(np.asarray(w, dtype=float), 2)]
        optimiser = self.thing(both, **self.given(settings))
        path: list[Array] = []
        for g in gradients:
            for p, half in zip(both, np.split(g, 2), strict=True):
                p.grad = torch.tensor(half)
            optimiser.step()
            path.append(np.concatenate([p.detach().numpy() for p in both]))
        return np.array(path)


class _TorchWalk:
    def __init__(self, torch: Any, p: Any, optimiser: Any):
        self.torch, self.p, self.optimiser = torch, p, optimiser

    def __call__(self, g: Array) -> Array:
        self.p.grad = self.torch.tensor(np.asarray(g, dtype=float))
        self.optimiser.step()
        return self.p.detach().numpy().copy()

    def state(self) -> Any:
        return copy.deepcopy(self.optimiser.state_dict())

    def restore(self, state: Any) -> None:
        self.optimiser.load_state_dict(state)
