"""Early stopping: train as long as it helps on rows that the training does not see."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.loop import State, Training
from groundup.solve.settings import number, positive, whole


@dataclass(frozen=True)
class EarlyStopping:
    """Ends the training when the loss on a validation part has not fallen for `patience` epochs; the best weights stay.

    `validation` is the share of the rows that is kept apart, at random (for classes: the same share of each);
    `threshold` is how much the loss must fall to count, as a share of the best loss so far.

    >>> EarlyStopping(patience=5)
    EarlyStopping(patience=5, validation=0.2, threshold=0.0)

    Prechelt, Early stopping - but when? (1998).
    """

    patience: int = 10
    validation: float = 0.2
    threshold: float = 0.0

    def __post_init__(self):
        whole("patience", self.patience, example=10)
        positive("threshold", self.threshold, example=0, zero=True)
        if not 0 < number("validation", self.validation) < 1:
            raise InputError(
                f"validation is the share of the rows that is kept apart, between 0 and 1; got {self.validation!r}. "
                "Use for instance validation=0.2."
            )

    def listener(self) -> Patience:
        """What watches one training."""
        return Patience(self)


class Patience:
    """Remembers the best weights, and ends the loop when they have been the best for too long."""

    def __init__(self, settings: EarlyStopping):
        self.settings = settings
        self.best_loss, self.best_epoch = math.inf, 0
        self.best: Array | None = None

    def __call__(self, state: State) -> str | None:
        """Look once an epoch."""
        if not state.epoch_starts:
            return None
        loss = state.validation_loss
        enough = self.best_loss - self.settings.threshold * abs(self.best_loss) if self.best is not None else math.inf
        if loss < enough:
            self.best_loss, self.best_epoch, self.best = loss, state.epoch, state.parameters
        elif state.epoch - self.best_epoch >= self.settings.patience:
            return (
                f"stopped early: the loss on the validation part was least, {self.best_loss:.6g}, after epoch "
                f"{self.best_epoch}, and did not fall in the {self.settings.patience} epochs after it"
            )
        return None

    def ended(self, training: Training) -> None:
        """However it ended, the best weights are the ones to keep."""
        if self.best is not None:
            training.parameters = self.best

    def memory(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        best = {} if self.best is None else {"best": self.best}
        return {"best_loss": self.best_loss, "best_epoch": self.best_epoch, **best}

    def recall(self, memory: dict[str, Any]) -> None:
        """Go on from what a checkpoint kept."""
        self.best_loss, self.best_epoch = float(memory["best_loss"]), int(memory["best_epoch"])
        self.best = memory.get("best")


def early_stopping(asked: EarlyStopping | bool | None) -> EarlyStopping | None:
    """None and False: no. True: the defaults.

    >>> early_stopping(True).patience
    10
    """
    if asked is None or asked is False:
        return None
    if asked is True:
        return EarlyStopping()
    if not isinstance(asked, EarlyStopping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError(
            f"early_stopping must be None, True or an EarlyStopping; got {asked!r}. "
            "Use for instance early_stopping=gu.EarlyStopping(patience=10, validation=0.2)."
        )
    return asked
